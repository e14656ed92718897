"""A misheard turn put right: judged anew, all else as it happened, the record as it was heard kept."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.debrief.correction import corrected, recomputed
from dialogue.debrief.record import turns
from dialogue.events import CallEnded, Utterance
from dialogue.journal import encode, replay
from dialogue.persona import load
from tests.ui.driven import until
from tests.ui.stage import press
from ui import strings
from ui.app import CoolheadApp
from ui.commands import correct as command
from ui.commands.history import _line
from ui.debrief import correction
from ui.line_mode.plain import debrief_lines
from ui.records import index
from ui.records.archive import as_heard_path, belonging, calls_folder, read_journal
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem
from ui.screens.correct import CorrectScreen
from ui.screens.debrief import DebriefScreen

JOURNALS = Path(__file__).parents[2] / "journals"
REALLY = "I'm so sorry, that must have been a terrible shock for you."


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    calls_folder().mkdir()
    kept = calls_folder() / "2026-01-01T10-00-00-flatpack-bookcase.jsonl"
    typed = read_journal(JOURNALS / "flatpack-bookcase-poor.jsonl")
    spoken = [replace(event, source="voice") if isinstance(event, Utterance) else event for event in typed]
    events = recomputed(spoken, load("flatpack-bookcase"))
    kept.write_text("".join(encode(event) + "\n" for event in events), encoding="utf-8")
    return kept


def test_what_was_typed_was_not_misheard(path: Path) -> None:
    events = [replace(one, source="keyboard") if isinstance(one, Utterance) else one for one in read_journal(path)]
    path.write_text("".join(encode(event) + "\n" for event in events), encoding="utf-8")
    with pytest.raises(Problem, match="Turn 3 was typed"):
        command.run(journal=path, turn=3, text=REALLY, undo_all=False)
    assert not as_heard_path(path).exists()


def test_one_turn_is_judged_anew_and_the_world_stays_as_it_was() -> None:
    pack = load("flatpack-bookcase")
    before = read_journal(JOURNALS / "flatpack-bookcase-poor.jsonl")
    worst = max(turns(before), key=lambda turn: turn.delta)
    after = corrected(before, worst.turn, REALLY, pack)
    new = next(turn for turn in turns(after) if turn.turn == worst.turn)
    assert (new.said, new.t) == (REALLY, worst.t)
    assert new.delta < 0 < worst.delta
    assert [turn.delta for turn in turns(after)[: worst.turn - 1]] == pytest.approx(
        [turn.delta for turn in turns(before)[: worst.turn - 1]]
    )
    said = [(each.t, each.text) for each in before if isinstance(each, Utterance)]
    heard = [(each.t, each.heard or each.text) for each in after if isinstance(each, Utterance)]
    assert heard == said


@pytest.mark.real
def test_on_disk_the_record_as_heard_is_kept_and_comes_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = path.read_text()
    assert command.run(journal=Path("1"), turn=3, text=REALLY, undo_all=False) == 0
    lines = path.read_text().splitlines()
    assert replay(lines) is None
    assert as_heard_path(path).read_text() == first
    assert as_heard_path(path).stat().st_mode & 0o077 == 0
    heard = turns(read_journal(as_heard_path(path)))[2].said
    told = "\n".join(debrief_lines(read_journal(path), load("flatpack-bookcase")))
    assert f"Corrected by you, and judged anew: “{REALLY}” (heard as “{heard}”)" in told
    command.run(journal=path, turn=3, text="Hello again.", undo_all=False)
    assert next(each.heard for each in read_journal(path) if isinstance(each, Utterance) and each.heard) == heard
    [call] = index.calls()
    assert "corrected" in _line(1, call, "The bookcase")
    assert as_heard_path(path) in belonging(path)
    command.run(journal=path, turn=None, text=None, undo_all=True)
    assert path.read_text() == first
    assert belonging(path) == (path,)


def test_what_cannot_be_corrected_is_said_and_changes_nothing(path: Path) -> None:
    first = path.read_text()
    for turn, text, undo, sentence in (
        (None, None, True, "Nothing was corrected"),
        (3, None, False, "say which"),
        (3, "   ", False, "1 to 2000 letters"),
        (99, "Hello.", False, "no turn 99"),
    ):
        with pytest.raises(Problem, match=sentence):
            command.run(journal=path, turn=turn, text=text, undo_all=undo)
    assert path.read_text() == first
    assert not as_heard_path(path).exists()


def test_what_could_not_be_written_leaves_a_call_that_nothing_was_corrected_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = path.read_text()

    def no_room_for_the_call(target: Path, data: bytes | str) -> None:
        if target == path:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_private(target, data)

    monkeypatch.setattr(correction, "write_private", no_room_for_the_call)
    with pytest.raises(Problem, match="Nothing changed"):
        command.run(journal=path, turn=3, text="Hello.", undo_all=False)
    assert path.read_text() == first
    assert not as_heard_path(path).exists()


def test_without_options_the_turns_are_listed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(journal=path, turn=None, text=None, undo_all=False) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(turns(read_journal(path)))


def test_a_call_without_a_word_says_that_there_is_nothing_to_correct(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    assert command.run(journal=path, turn=None, text=None, undo_all=False) == 0
    assert capsys.readouterr().out.strip() == strings.CORRECT_NONE


@pytest.mark.real
async def test_in_the_debrief_by_keys_alone(path: Path) -> None:
    first = DebriefScreen(read_journal(path), load("flatpack-bookcase"), retry=True)
    app = CoolheadApp(first=first)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert isinstance(app.screen, CorrectScreen)
        await press(pilot, "escape", "c", "down", "enter", "end", *"indeed", "enter")
        await until(lambda: as_heard_path(path).exists() and app.screen is not first)
        assert isinstance(app.screen, DebriefScreen)
        second = turns(read_journal(path))[1]
        assert second.said.endswith("indeed")
    assert any(isinstance(event, CallEnded) for event in read_journal(path))


@pytest.mark.real
async def test_a_call_that_is_kept_elsewhere_is_corrected_where_it_is(path: Path, tmp_path: Path) -> None:
    elsewhere = path.rename(tmp_path / "sent.jsonl")
    screen = DebriefScreen(read_journal(elsewhere), load("flatpack-bookcase"), retry=True, journal=elsewhere)
    app = CoolheadApp(first=screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "down", "enter", "end", *"indeed", "enter")
        await until(lambda: app.screen is not screen and isinstance(app.screen, DebriefScreen))
    assert turns(read_journal(elsewhere))[1].said.endswith("indeed")


async def test_a_call_that_is_kept_nowhere_offers_no_correction(path: Path) -> None:
    events = read_journal(path)
    path.unlink()
    screen = DebriefScreen(events, load("flatpack-bookcase"), retry=True)
    app = CoolheadApp(first=screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert app.screen is screen
