"""The driver's ports: what it needs of a mouth, an ear, a clock and a text model."""

from dataclasses import dataclass
from typing import Literal, Protocol

from dialogue.events import Reply, Scores


class Mouth(Protocol):
    """What says the customer's lines: `voice.mouth.Mouth`, or `TextMouth` in a call by keyboard."""

    @property
    def speaking(self) -> bool: ...

    def say(self, reply: Reply, words_at: float = 0.0) -> None: ...

    def breathe(self, text: str, anger: float, paused_seconds: float) -> None: ...

    def prepare(self, reply: Reply) -> None: ...

    def hold(self, on: bool) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Ear(Protocol):
    """What hears the trainee: `voice.ear.Ear`."""

    def start(self) -> None: ...

    def stop(self) -> object: ...

    def mute(self, on: bool) -> None: ...

    def customer_speaking(self, on: bool) -> None: ...


class Clock(Protocol):
    """`voice.clock.CallClock`."""

    def now(self) -> float:
        """Seconds since the call was picked up."""
        ...

    def pick_up(self, at: float = 0.0) -> None:
        """The call begins now, `at` seconds into it."""
        ...


class TextModel(Protocol):
    """`dialogue.content.encoder.Scorer`."""

    def score(self, text: str) -> Scores: ...


@dataclass(frozen=True, slots=True)
class Meter:
    """The latest values, for screens that poll."""

    level_dbfs: float = -120.0
    """Of the trainee's newest 20 ms, dB re full scale."""
    speaking: bool = False
    """The trainee is heard to speak."""
    customer_speaking: bool = False
    listening: Literal["microphone", "keyboard", "file"] = "keyboard"
    """Where the trainee's words come from; a file in the demo and in what is played again."""
    muted_dbfs: float = -120.0
    """Of the newest 20 ms that a closed microphone lets nobody hear: its level alone."""
