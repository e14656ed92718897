"""The five ports (microphone, voice activity detector, recogniser, synthesiser, speaker): all that touches sound.

Implementations raise `VoiceProblem`, with one sentence that a user can act on, for every failure they expect.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from dialogue.events import Word
from voice.audio import AudioClip, AudioFrame, Samples


class VoiceProblem(Exception):
    """One clear sentence: what is wrong and what to do."""


Arrived = Callable[[Samples, int], None]
"""(the block that just arrived, samples at 16 kHz since the microphone opened, this block included)."""

Block = Callable[[Samples], None]
"""Gets 20 ms of sound at the device's rate; must return at once."""

Recorded = Callable[[float, Samples], None]
"""(call time at which the turn began, s; its sound at 16 kHz with some silence around it): called before its
Utterance is emitted."""


class Microphone(Protocol):
    """Frames in order. Iteration blocks until the next frame and ends when the source ends or is closed.

    When the source is lost, iteration raises `VoiceProblem`.
    """

    real_time: bool
    """True: frames arrive at their own pace. False: reading them drives a virtual time."""
    arrived: Arrived | None
    """Gets every block the moment it arrives, before iteration does; in the device's thread, so it must return at once.
    It drives clock and level meter, because iteration may lag behind."""

    def __iter__(self) -> Iterator[AudioFrame]: ...

    def close(self) -> None: ...


class VoiceActivityDetector(Protocol):
    """Speech probability of successive chunks; state is carried from call to call."""

    chunk_samples: int
    """How many samples at 16 kHz `probability` takes."""

    def probability(self, chunk: Samples) -> float:
        """0..1 for the chunk just given; chunk has shape (chunk_samples,)."""
        ...

    def reset(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a recogniser makes of the sound since `begin`. Times are seconds on the clock given to `begin`."""

    text: str
    words: tuple[Word, ...] = ()
    """The same with times; empty for a quick partial text."""
    finished: float | None = None
    """Log odds that the speaker, silent now, has finished, by how it sounds; None where the engine cannot tell."""


class Recognizer(Protocol):
    """One stretch of speech at a time: begin, accept..., then finish or abort. Not thread-safe: one thread owns it.

    Endpointing lives outside: the recogniser never decides that a turn is over.
    """

    name: str
    model_hash: str

    def warm_up(self) -> None:
        """Load the model and decode a second of quiet noise, so that the first turn is as fast as the others."""
        ...

    def begin(self, t0: float) -> None: ...

    def accept(self, samples: Samples) -> None:
        """16 kHz samples; must return within a few milliseconds."""
        ...

    def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
        """The best text so far, or None when there is none yet. May decode; call it about every 0.5 s of speech.

        `settled`: the speaker has just fallen silent, and the turn may be complete; the engine then decodes as
        carefully as for `finish`, so that `finish(end)` can return that result at once. `wanted` may be called at any
        moment: once it returns False the answer is not needed and may be None.
        """
        ...

    def finish(self, end: float | None = None) -> Hypothesis:
        """The final text of the stretch (text "" when no speech was found).

        `end` is when the last speech ended, on the clock given to `begin`; samples after it count as silence. An engine
        that has decoded up to there (`partial(settled=True)`) need not decode again.
        """
        ...

    def abort(self) -> None: ...

    def close(self) -> None: ...


class Synthesizer(Protocol):
    """Text and mood to sound: trimmed, shaped by the mood (rate, pitch, gain) and limited."""

    name: str

    def warm_up(self) -> None: ...

    def render(self, text: str, anger: float) -> AudioClip:
        """`anger`: 0..100."""
        ...

    def close(self) -> None: ...


class Speaker(Protocol):
    """A stream that plays what it is given and can fall silent at once."""

    rate: int
    """Hz; clips must be converted to it before `play`."""

    @property
    def problem(self) -> str:
        """One sentence while its device is lost, else "". Up to date also while nothing is played."""
        ...

    def play(self, samples: Samples) -> None:
        """Queue samples behind those already queued. Returns at once."""
        ...

    def stop(self) -> None:
        """Drop everything queued; silent within one block."""
        ...

    def played_samples(self) -> int:
        """How many queued samples have gone to the device since it was opened."""
        ...

    def pending_samples(self) -> int: ...

    def background(self, loop: Samples | None) -> None:
        """Loop this while nothing is queued; None stops it. It does not count as played."""
        ...

    def close(self) -> None: ...


Progress = Callable[[int, int], None]
"""(done, total) in bytes."""
