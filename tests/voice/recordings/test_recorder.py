"""What is recorded: turns and lines that the journal has, private, written by another thread; never a call's end."""

import resource
import signal
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dialogue.events import PlaybackFinished, Utterance
from tests.voice.mouth_stage import RATE, Stage, reply
from tests.voice.scripted import LevelVad, ScriptedRecognizer, measured, sequence
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.clock import CallClock
from voice.devices.file_microphone import FileMicrophone
from voice.ear import Ear
from voice.recordings.reading import read
from voice.recordings.recorder import Recorder, line_name, turn_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "call.sound"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def recorder(folder: Path, said: list[str]) -> Iterator[Recorder]:
    made = Recorder()
    made.open(folder, said.append)
    yield made
    made.close()


def level(value: float, seconds: float = 1.0) -> Samples:
    return np.full(round(seconds * SAMPLE_RATE), value, np.float32)


def turn(start: float, end: float, text: str = "I see.") -> Utterance:
    return Utterance(end + 0.5, start, end, text, "voice")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_turn_and_a_line_are_files_that_only_the_user_may_read(recorder: Recorder, folder: Path) -> None:
    recorder.turn(1.0, level(0.25))
    recorder(turn(1.0, 2.0))
    recorder.line(3, AudioClip(np.full(48_000, 0.5, np.float32), 48_000))
    recorder(PlaybackFinished(4.0, 3, 1.0, "Well."))
    recorder.close()
    assert names(folder) == [line_name(3), turn_name(2.5)]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert read(folder / turn_name(2.5)).samples == pytest.approx(level(0.25), abs=1e-4)
    line = read(folder / line_name(3))
    assert line.seconds == pytest.approx(1.0, abs=0.01)
    assert np.median(line.samples) == pytest.approx(0.5, abs=0.01)


def test_both_halves_of_a_turn_that_went_on_are_one_file(recorder: Recorder, folder: Path) -> None:
    recorder.turn(1.0, level(0.1))
    recorder.turn(2.4, level(0.2))
    recorder.turn(9.0, level(0.3))  # a later one
    recorder(turn(1.0, 3.4))
    recorder.close()
    assert names(folder) == [turn_name(3.9)]
    assert read(folder / turn_name(3.9)).seconds == pytest.approx(2.0)


def test_a_cough_a_line_nobody_heard_and_an_answer_taken_back_are_not_kept(recorder: Recorder, folder: Path) -> None:
    recorder.turn(1.0, level(0.1))
    recorder(turn(1.0, 2.0, text=""))
    recorder.turn(2.3, level(0.1))  # the end of a turn that went on as a cough: no part of the next
    recorder(Utterance(8.0, 5.0, 7.0, "Typed.", "keyboard"))
    recorder.turn(5.0, level(0.2))
    recorder(turn(5.0, 6.0))
    recorder.line(1, AudioClip(level(0.5), SAMPLE_RATE))  # taken back; the answer that was given has the same id
    recorder.line(1, AudioClip(level(0.0, 0.0), SAMPLE_RATE))
    recorder(PlaybackFinished(9.0, 1, 0.0, "", True))
    recorder.line(2, AudioClip(level(0.5), SAMPLE_RATE))
    recorder.close()
    assert names(folder) == [turn_name(6.5)]
    assert read(folder / turn_name(6.5)).seconds == pytest.approx(1.0)


@pytest.mark.parametrize("full", [False, True])
def test_a_disk_that_cannot_take_it_costs_one_sentence(
    recorder: Recorder, folder: Path, said: list[str], full: bool
) -> None:
    if full:  # nothing can be written to a file from here on: what a full disk does
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    else:
        folder.write_text("in the way")
    try:
        for start in (1.0, 3.0, 5.0):
            recorder.turn(start, level(0.1))
            recorder(turn(start, start + 1.0))
        recorder.close()
    finally:
        if full:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignored)
    assert len(said) == 1
    assert "not recorded any more" in said[0]
    assert not full or names(folder) == []  # nothing half written is left


def test_the_ear_hands_in_what_it_heard_of_a_turn_and_nothing_while_muted() -> None:
    found: list[tuple[float, Samples]] = []
    events: list[object] = []

    def hear(muted: bool) -> None:
        microphone = FileMicrophone(sequence(-1.0, 2.0, -2.0), real_time=False)
        ear = Ear(
            microphone,
            LevelVad(),
            ScriptedRecognizer(["I see."]),
            CallClock(lambda: 0.0),
            events.append,
            measure=measured,
        )
        ear.recorded = lambda start, samples: found.append((start, samples))
        ear.mute(muted)
        ear.run()

    hear(muted=False)
    [(start, samples)] = found
    [heard] = [event for event in events if isinstance(event, Utterance)]
    assert start == pytest.approx(heard.start, abs=0.01)
    assert 2.0 <= len(samples) / SAMPLE_RATE <= 3.3
    assert np.abs(samples).max() > 0.01
    hear(muted=True)
    assert len(found) == 1


def test_the_mouth_hands_in_what_sounded_of_a_line_on_its_own_thread(stage: Stage) -> None:
    found: list[tuple[int, AudioClip, str]] = []
    stage.mouth.recorded = lambda number, clip: found.append((number, clip, threading.current_thread().name))
    stage.mouth.say(reply())
    [whole] = stage.finish()
    stage.mouth.say(reply(identity=2))
    stage.pass_time(0.3)
    stage.mouth.stop()
    cut = stage.finish()[-1]
    assert [(number, clip.rate) for number, clip, _ in found] == [(1, RATE), (2, RATE)]
    assert [clip.seconds for _, clip, _ in found] == pytest.approx([whole.heard_seconds, cut.heard_seconds])
    assert cut.heard_seconds < whole.heard_seconds
    assert {name for _, _, name in found} == {"mouth speaks"}
