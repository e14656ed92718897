"""A recorded call: asked for, said so, beside its journal, heard again, and gone with it."""

import stat
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from textual.widgets import OptionList

from dialogue.events import CallStarted, Event, PlaybackFinished, Utterance
from dialogue.persona import load
from tests.ui.kept import take
from tests.ui.stage import press
from ui import strings
from ui.app import CoolheadApp
from ui.calls import recordings
from ui.calls.call_view import CallView
from ui.calls.driver import Call
from ui.calls.journaling import journal_of
from ui.calls.switchboard import Wishes, connect
from ui.commands import call as call_command
from ui.commands import history as history_command
from ui.commands import listen
from ui.records import history, index, retention
from ui.records.archive import calls_folder, read_journal, sound_path
from ui.report import page
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from ui.screens.debrief import DebriefScreen
from ui.screens.listen import ListenScreen
from voice.audio import SAMPLE_RATE
from voice.ear import Ear
from voice.ports import VoiceProblem
from voice.recordings.recorder import Recorder, line_name, turn_name

pytestmark = pytest.mark.usefixtures("home")


def recorded(journal: Path) -> list[Event]:
    """Sound for that call's turns and lines, half a second each."""
    events = read_journal(journal)
    folder = sound_path(journal)
    folder.mkdir(mode=0o700)
    names = {turn_name(event.t) for event in events if isinstance(event, Utterance)}
    names |= {line_name(event.reply) for event in events if isinstance(event, PlaybackFinished)}
    for name in names:
        soundfile.write(folder / name, np.full(SAMPLE_RATE // 2, 0.1), SAMPLE_RATE)
    return events


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(recordings, "play", lambda sound, *how: found.append(sound.name))
    monkeypatch.setattr(listen, "play", lambda sound, *how: found.append(sound.name))
    return found


def _call() -> Call:
    return connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes(text=True, seed=5))


def test_nothing_is_recorded_unless_it_was_asked_for_and_then_it_is_said() -> None:
    call = _call()
    assert not any(isinstance(sink, Recorder) for sink in call.sinks)
    recordings.record(call)  # by keyboard there is nothing to record
    assert not any(isinstance(sink, Recorder) for sink in call.sinks)
    assert strings.RECORDED_NOTHING in call.status
    call.ear = Ear.__new__(Ear)
    recordings.record(call)
    view = CallView()
    view.read(call.started)
    assert view.recorded
    assert call.status.startswith(strings.RECORDED_CONSENT)
    with pytest.raises(Problem, match="no sound to record"):
        call_command.run(
            pack=None,
            text=True,
            plain=True,
            seed=None,
            recognizer=None,
            voice=None,
            telephone=None,
            test=False,
            record=True,
        )


def test_the_sound_lies_beside_the_journal_and_goes_with_it() -> None:
    call = _call()
    call.ear = Ear.__new__(Ear)
    recordings.record(call)
    with journal_of(call) as path:
        recorder = next(sink for sink in call.sinks if isinstance(sink, Recorder))
        recorder.turn(1.0, np.zeros(SAMPLE_RATE, np.float32))
        for sink in call.sinks:
            sink(call.started)
            sink(Utterance(2.5, 1.0, 2.0, "I see.", "voice"))
    assert [file.name for file in sound_path(path).iterdir()] == [turn_name(2.5)]
    assert stat.S_IMODE(sound_path(path).stat().st_mode) == 0o700
    [kept] = index.calls()
    history.delete(kept)
    assert list(calls_folder().iterdir()) == []


def test_purging_and_forgetting_take_the_sound_too() -> None:
    recorded(take("1-old", days_ago=40))
    recorded(take("2-new"))
    assert history_command.purge(older_than=30, yes=True) == 0
    assert sorted(path.name for path in calls_folder().iterdir()) == ["2-new.jsonl", "2-new.sound"]
    retention.forget()
    assert not calls_folder().exists()


def test_a_call_is_heard_again_line_by_line_or_one_exchange(
    played: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = take("1-first")
    events = recorded(path)
    assert listen.run(journal=path, turn=None) == 0
    turns = [turn_name(event.t) for event in events if isinstance(event, Utterance)]
    assert [name for name in played if name.startswith("you")] == turns
    assert len(played) == len(list(sound_path(path).iterdir()))
    played.clear()
    capsys.readouterr()
    assert listen.run(journal=path, turn=2) == 0
    assert played[0] == turns[1]
    assert len(played) >= 2
    assert all(name.startswith("customer") for name in played[1:])
    assert capsys.readouterr().out.count("\n") == len(played)
    with pytest.raises(Problem, match="no sound of turn 99"):
        listen.run(journal=path, turn=99)
    with pytest.raises(Problem, match="No sound of this call was kept"):
        listen.run(journal=take("2-silent"), turn=None)


async def test_in_the_debrief_p_opens_the_lines_and_enter_plays_one(played: list[str]) -> None:
    path = take("1-first")
    events = recorded(path)
    app = CoolheadApp(first=DebriefScreen(events, load("flatpack-bookcase"), journal=path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        assert isinstance(app.screen, ListenScreen)
        assert app.screen.query_one(OptionList).option_count == len(list(sound_path(path).iterdir()))
        await press(pilot, "down", "enter")
        await pilot.pause(0.2)
        assert len(played) == 1
        await press(pilot, "escape")
        assert isinstance(app.screen, DebriefScreen)


async def test_without_sound_there_is_nothing_to_listen_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = read_journal(take("1-silent"))
    app = CoolheadApp(first=DebriefScreen(silent, None))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert "p" not in app.screen.active_bindings
        await press(pilot, "p")
        assert isinstance(app.screen, DebriefScreen)

    def no_headphones(*given: object) -> None:
        raise VoiceProblem("There are no headphones.")

    monkeypatch.setattr(recordings, "play", no_headphones)
    loud = take("2-loud")
    app = CoolheadApp(first=DebriefScreen(recorded(loud), None, journal=loud))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "p", "enter")
        await pilot.pause(0.2)
        assert "There are no headphones." in next(iter(app._notifications)).message


def test_a_report_holds_the_sound_only_when_asked() -> None:
    path = take("1-first")
    events = recorded(path)
    assert "<audio" not in page(events, None)
    aloud = page(events, None, recordings.with_sound(events, path))
    assert aloud.count("<audio") == len(list(sound_path(path).iterdir()))
    assert 'src="data:audio/flac;base64,' in aloud


def test_a_moment_tried_again_is_not_taken_for_recorded_because_the_first_call_was() -> None:
    started = read_journal(take("1-first"))[0]
    assert isinstance(started, CallStarted)
    first = replace(started, settings={**started.settings, "recorded": "on"})
    again = connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes(text=True), past=(first,))
    view = CallView()
    view.read(again.started)
    assert not view.recorded
