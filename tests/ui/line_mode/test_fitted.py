"""Lines in a terminal break between words; elsewhere they stay whole."""

import os

import pytest

from ui.line_mode.fitted import fitted

LINE = "      Try: Before we part, one thing I'd like to know. Please tell me what happened, from the beginning."


@pytest.fixture(params=[True, False], ids=["terminal", "pipe"])
def terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("sys.stdout.isatty", lambda: request.param)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((40, 24)))
    return bool(request.param)


def test_no_word_is_cut_and_nothing_is_lost(terminal: bool) -> None:
    lines = fitted(LINE).split("\n")
    assert " ".join(line.strip() for line in lines) == LINE.strip()
    assert (len(lines) > 1) is terminal
    if terminal:
        assert max(map(len, lines)) <= 40
        assert lines[0].startswith("      Try:")
        assert all(line.startswith("        ") for line in lines[1:])


def test_a_path_stays_in_one_piece(terminal: bool) -> None:
    path = "/home/somebody/.local/share/coolhead/calls/2026-11-23T08-11-19-slow-checkout.jsonl"
    assert path in fitted(f"The call is kept in {path}.")
