"""Every trouble is one sentence and an exit code, whatever the trouble is made of."""

import os
from pathlib import Path

import pytest

from ui.runtime.problems import EXPECTED, Problem, complain, explained


def test_a_sentence_stays_on_one_line_and_out_of_the_terminals_hands(capsys: pytest.CaptureFixture[str]) -> None:
    complain("a\nb.jsonl cannot be read: \x1b[2J\u202eno such file.")
    assert capsys.readouterr().err == "coolhead: a b.jsonl cannot be read: [2J no such file.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_where_nothing_can_be_said_the_exit_code_still_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", buffering=1) as full:
        monkeypatch.setattr("sys.stderr", full)
        with pytest.raises(SystemExit) as left, explained():
            raise Problem("There is no call yet.")
        assert left.value.code == EXPECTED
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())  # what is left in it goes somewhere


def test_a_user_without_a_home_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a container that runs under a number: no such user, and no HOME."""

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    with pytest.raises(SystemExit) as left, explained():
        pytest.fail("it would look for its folders")
    assert left.value.code == EXPECTED
    assert "HOME" in capsys.readouterr().err
