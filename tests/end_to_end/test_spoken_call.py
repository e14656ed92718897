"""A whole spoken call of the real program through a virtual headset: talk, lose the headset, type, get it back, end."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import personas
from dialogue import journal
from dialogue.events import AudioProblem, CallEnded, Event, PlaybackFinished, SpeechStarted, Utterance
from tests.end_to_end import coolhead
from tests.voice.virtual_headset import RATE, VirtualHeadset
from voice import recognition
from voice.audio import SAMPLE_RATE
from voice.recordings import hear
from voice.sources import read, resample

pytestmark = pytest.mark.real

PATIENCE_SECONDS = 120.0
"""For a loaded machine; nothing here measures speed."""


class SpokenCall:
    """`coolhead call` in a session of its own, wearing the headset."""

    def __init__(self, headset: VirtualHeadset, home: Path, **settings: str) -> None:
        self._home = home
        env = coolhead.environment(home) | headset.environment | settings
        del env["COOLHEAD_MICROPHONE"], env["COOLHEAD_SPEAKER"]
        self.process = subprocess.Popen(
            [*coolhead.PROGRAM, "call", "flatpack-bookcase", "--plain", "--seed", "4"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        self.printed: list[str] = []
        self._read_to = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed.append(line.rstrip("\n"))

    def line(self, part: str) -> str:
        """The next printed line that has `part` in it; lines before it are passed over."""

        def found() -> bool:
            return any(part in line for line in self.printed[self._read_to :])

        self.until(found, f"{part!r} to be printed")
        at = next(n for n, line in enumerate(self.printed) if n >= self._read_to and part in line)
        self._read_to = at + 1
        return self.printed[at]

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"waited for {what}; printed: {self.printed}"
            time.sleep(0.05)

    def enter(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    @property
    def journal(self) -> Path:
        [path] = (self._home / "data" / "calls").glob("*.jsonl")
        return path

    def events(self) -> list[Event]:
        return journal.read(self.journal.read_text(encoding="utf-8").splitlines())

    def count(self, kind: type[Event]) -> int:
        return sum(isinstance(event, kind) for event in self.events())

    def left_behind(self) -> list[str]:
        """Processes of the call's session that still live."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, fields = stat.read_text().rpartition(")")
            except OSError:
                continue  # it ended meanwhile
            state, *numbers = fields.split()
            if state != "Z" and int(numbers[2]) == self.process.pid:
                found.append(name)
        return found


@pytest.fixture
def call(headset: VirtualHeadset, tmp_path: Path) -> Iterator[SpokenCall]:
    home = tmp_path / "home"
    home.mkdir()
    running = SpokenCall(headset, home)
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
    running.process.wait()


def say(headset: VirtualHeadset, clip: str) -> None:
    sound = read(Path(personas.__path__[0]) / "demo" / f"{clip}.ogg").samples
    headset.say(resample(sound, SAMPLE_RATE, RATE), RATE)


def shared_words(said: str, heard: str) -> float:
    """Share of the said words that were heard, in any order."""
    wanted, found = ({word.strip(".,?!").lower() for word in text.split()} for text in (said, heard))
    return len(wanted & found) / len(wanted)


def replays_equal(call: SpokenCall) -> bool:
    return journal.replay(call.journal.read_text(encoding="utf-8").splitlines()) is None


def test_a_spoken_call_outlives_the_headset(headset: VirtualHeadset, call: SpokenCall) -> None:
    call.line("Call with Dana")
    listening = headset.listen()
    say(headset, "good-1")
    assert shared_words("Good morning, thank you for calling. My name is Sam.", call.line("You: ")) > 0.7
    answer = call.line("Dana: ").removeprefix("Dana: ")
    call.until(lambda: call.count(PlaybackFinished) >= 1, "the customer's line to end")
    time.sleep(0.5)  # what was queued is still on its way through the sound server
    heard = listening.stop()

    headset.kill()
    call.line("The microphone has gone silent")
    call.enter("I am so sorry, Dana. Please tell me what happened, step by step.")
    call.line("Dana: ")

    headset.start()
    call.line("The microphone is back")
    call.until(lambda: call.count(PlaybackFinished) >= 2, "the customer's line to end")
    say(headset, "good-2")
    assert "sorry" in call.line("You: ")
    call.line("Dana: ")

    call.enter("/hangup")
    assert call.process.wait(PATIENCE_SECONDS) == 0
    assert call.process.stderr
    assert call.process.stderr.read() == ""
    events = call.events()
    assert isinstance(next(event for event in reversed(events) if not isinstance(event, PlaybackFinished)), CallEnded)
    assert {"lost", "recovered"} <= {event.kind for event in events if isinstance(event, AudioProblem)}
    assert [event.source for event in events if isinstance(event, Utterance) and event.text] == [
        "voice",
        "keyboard",
        "voice",
    ]
    assert call.count(SpeechStarted) == sum(isinstance(e, Utterance) and e.source == "voice" for e in events)
    assert replays_equal(call)
    assert call.left_behind() == []

    # Only now: the customer would wait in silence while this machine decodes, and in the end hang up.
    recognizer = recognition.choose("whisper")
    captured = hear(resample(heard, RATE, SAMPLE_RATE), recognizer)
    recognizer.close()
    assert shared_words(answer, " ".join(turn.text for turn in captured)) > 0.7


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_call_that_is_told_to_stop_hangs_up_properly(call: SpokenCall, ending: signal.Signals) -> None:
    call.line("Call with Dana")
    call.process.send_signal(ending)
    assert call.process.wait(PATIENCE_SECONDS) in (0, 130)
    assert call.count(CallEnded) == 1
    assert replays_equal(call)
    assert call.left_behind() == []
