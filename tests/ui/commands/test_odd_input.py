"""What a script or a pipe may hand in that no person would type."""

import io
import sys
from pathlib import Path

import pytest

from ui.commandline.declaration import command
from ui.commands import call, judge, replay, simulate
from ui.runtime.problems import Problem
from ui.runtime.terminal import on_screen
from voice.ports import VoiceProblem


def test_of_a_line_that_is_far_too_long_only_the_beginning_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "_LONGEST_LINE", 10)
    typed = io.TextIOWrapper(io.BytesIO(b"x" * 35 + b"\n" + b"y" * 9 + b"\nnext\n" + b"z" * 20))
    assert list(judge._lines(typed)) == ["x" * 10, "y" * 9, "next", "z" * 10]


def test_half_a_character_is_read_as_one_that_means_so() -> None:
    (text, context), problem = judge.read_request('{"text": "\\ud800 sorry", "name": "\\udfff"}', "")
    assert (text, context.customer_name, problem) == ("? sorry", "?", "")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file that never ends")
def test_a_journal_from_a_pipe_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_BYTES", 1_000)
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        with pytest.raises(Problem, match="- cannot be read: file too large"):
            replay.run(journal=Path("-"), rejudge=False, json_lines=False)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400", "-1e300", "9" * 5_000])
def test_a_number_that_no_turn_has_is_named(number: str, tmp_path: Path) -> None:
    turns = tmp_path / "turns.json"
    for turn in (f'"pause_before": {number}', f'"prosody": {{"relative": {{"pitch_hz": {number}}}}}'):
        turns.write_text(f'{{"turns": [{{"text": "Hello", {turn}}}]}}')
        with pytest.raises(Problem, match=r"turns\.json: .* is no number of a turn") as told:
            simulate.run(pack="flatpack-bookcase", turns=[turns], seed=None, json_lines=True)
        assert len(str(told.value)) < 400


def test_an_option_that_is_no_text_is_read_as_one_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import typer
    from typer.testing import CliRunner

    app, given = typer.Typer(), dict[str, object]()

    @command(app, "any.thing")
    def try_it(name: str = "", number: int = 1, file: Path = Path()) -> None: ...

    def thing(**typed: object) -> int:
        given.update(typed)
        return 0

    monkeypatch.setattr("ui.commandline.declaration.function", lambda work: thing)
    CliRunner().invoke(app, ["--name", "Zo\udce9", "--number", "3", "--file", "no\udcfftext"])
    assert given == {"name": "Zo?", "number": 3, "file": Path("no\udcfftext")}


def test_a_terminal_that_cannot_move_its_cursor_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    for term, drawn in (("xterm-256color", True), ("dumb", False)):
        monkeypatch.setenv("TERM", term)
        assert on_screen() is drawn


@pytest.mark.usefixtures("home")
def test_a_recogniser_that_is_none_is_refused_where_nobody_could_listen() -> None:
    options = {"text": True, "plain": True, "seed": 1, "voice": None, "telephone": None, "test": False, "record": False}
    with pytest.raises(VoiceProblem, match="no recogniser called 'siri'"):
        call.run(pack="flatpack-bookcase", recognizer="siri", **options)  # type: ignore[arg-type]
