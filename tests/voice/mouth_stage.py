"""The mouth in virtual time: `Stage` moves clock and headphones on by 20 ms at a time, once the mouth is settled."""

import threading
import time
from collections.abc import Callable

import numpy as np

from dialogue.events import AudioProblem, Delivery, PlaybackFinished, Reply, WorldEvent
from voice.audio import AudioClip, Samples
from voice.devices.scripted import ScriptedSpeaker
from voice.mouth import Mouth
from voice.ports import VoiceProblem

BLOCK = 0.02
RATE = 24_000
PATIENCE_SECONDS = 20.0
LINE = "Look, I called twice. Nobody ever came back to me! What now?"


class Humming:
    """0.1 s of a hum a word; can be told to fail or to wait, and keeps what it was asked."""

    name = "humming"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.trouble: Exception | None = None
        self.let_through = threading.Event()
        self.let_through.set()
        self.held_back: Callable[[str], bool] = lambda text: False
        self.closed = 0

    def warm_up(self) -> None: ...

    def render(self, text: str, anger: float) -> AudioClip:
        self.asked.append(text)
        if self.held_back(text):
            self.let_through.wait(PATIENCE_SECONDS)
        if self.trouble:
            raise self.trouble
        count = len(text.split()) * RATE // 10
        return AudioClip(np.full(count, 0.1, np.float32), RATE)

    def close(self) -> None:
        self.closed += 1
        self.let_through.set()


class Headphones(ScriptedSpeaker):
    def __init__(self) -> None:
        super().__init__(RATE)
        self.closed = 0
        self.trouble: VoiceProblem | None = None

    def play(self, samples: Samples) -> None:
        if self.trouble:
            raise self.trouble
        super().play(samples)

    def close(self) -> None:
        self.closed += 1
        super().close()


class Stage:
    """A mouth, its voice and its headphones, and the time they live in."""

    def __init__(self) -> None:
        self.t = 0.0
        self.events: list[WorldEvent] = []
        self.spoke: list[tuple[float, bool]] = []
        self.threads: set[str] = set()
        self.voice, self.headphones = Humming(), Headphones()
        self.mouth = Mouth(self.voice, self.headphones, lambda: self.t, self._emit, self._on_speaking)
        self.headphones.watched = lambda: self.mouth.busy

    def _emit(self, event: WorldEvent) -> None:
        self.threads.add(threading.current_thread().name)
        self.events.append(event)

    def _on_speaking(self, on: bool) -> None:
        self.spoke.append((self.t, on))

    def problems(self) -> list[str]:
        return [event.kind for event in self.events if isinstance(event, AudioProblem)]

    def settle(self) -> None:
        wait_for(lambda: self.mouth.settled)

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK)):
            self.settle()
            self.t += BLOCK
            self.headphones.move_on(until_looked_at=True)
        self.settle()

    def stand_still_until(self, condition: Callable[[], bool]) -> None:
        """Time passes, and neither voice nor headphones move on."""

        def later() -> bool:
            self.t += BLOCK
            return condition()

        wait_for(lambda: condition() or later())

    def finished(self) -> bool:
        return bool(self.events) and isinstance(self.events[-1], PlaybackFinished)

    def finish(self) -> list[PlaybackFinished]:
        """Everything said has been heard."""
        for _ in range(3000):
            self.pass_time(BLOCK)
            if not self.mouth.speaking and not self.headphones.pending_samples():
                break
        return [event for event in self.events if isinstance(event, PlaybackFinished)]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.0005)


def reply(text: str = LINE, identity: int = 1, opener: str = "", anger: float = 40.0) -> Reply:
    return Reply(0.0, identity, text, Delivery(anger, opener))
