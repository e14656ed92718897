"""When a turn begins and when it is over, from speech probabilities alone.

Pure: it counts samples and never looks at a clock, so the same sound gives the same turns on every machine. How long a
pause must last depends on the words before it: see `voice.hearing.finished`.
"""

from dataclasses import dataclass
from enum import Enum, auto

from voice.audio import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Rules:
    """When to believe the detector. Probabilities 0..1, times in seconds."""

    onset_probability: float = 0.5
    offset_probability: float = 0.35
    """Lower than the onset's, as Silero advises, so that a weak syllable does not end a word."""
    onset_seconds: float = 0.09
    """So much speech (three chunks), nearly unbroken, before a turn begins: a click is shorter."""
    onset_gap_seconds: float = 0.06
    """The longest break in it."""
    maybe_over_seconds: float = 0.09
    """Silence (three chunks) after which it pays to decode what has been said so far, in case that was all. People are
    silent for so long .38 times a second of speech, for 0.16 s hardly less often (.32; 118 clips of two kinds)."""
    hangover_seconds: float = 0.45
    """Silence that ends a turn, unless `Endpointer.wait` says otherwise for this pause."""
    resume_seconds: float = 0.06
    """So much speech in a row, after `maybe_over_seconds`, takes the turn up again: a breath or a click does not."""
    least_speech_seconds: float = 0.2
    """A turn with less speech than this in it was a cough or a knock."""
    least_speech_share: float = 0.3
    """The same for speech / (end - start): a keyboard is detected now and then, a person most of the time."""
    longest_turn_seconds: float = 60.0
    """Then the turn is over, pause or no pause: a television must not keep the customer waiting for ever."""


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Somebody speaks since `sample`."""

    sample: int


@dataclass(frozen=True, slots=True)
class MaybeOver:
    """Silence since `sample`: perhaps the end of the turn, perhaps a pause."""

    sample: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """It was a pause: speech again since `sample`."""

    sample: int


@dataclass(frozen=True, slots=True)
class TurnOver:
    """The turn went from sample `start` to `end`; `credible` is False for what was too little speech to be one."""

    start: int
    end: int
    credible: bool


Endpoint = SpeechBegan | MaybeOver | Resumed | TurnOver


class _State(Enum):
    QUIET = auto()
    STARTING = auto()
    SPEAKING = auto()
    PAUSING = auto()


class Endpointer:
    """Fed one probability a chunk; answers with what that chunk decided."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.maybe_over = False
        """True from MaybeOver until the turn is over or resumes."""
        self._position = 0  # samples fed so far
        self._state = _State.QUIET
        self._start = self._end = 0  # of the speech heard since the state was QUIET
        self._speech = 0  # samples of speech in it
        self._back = 0  # samples of speech since MaybeOver: perhaps a resumption
        self._hangover = self.rules.hangover_seconds * SAMPLE_RATE

    @property
    def speaking(self) -> bool:
        """True from SpeechBegan to MaybeOver, and from Resumed on."""
        return self.in_turn and not self.maybe_over

    @property
    def in_turn(self) -> bool:
        """True from SpeechBegan to TurnOver."""
        return self._state in (_State.SPEAKING, _State.PAUSING)

    def wait(self, seconds: float) -> tuple[Endpoint, ...]:
        """The pause going on must last `seconds` to end the turn, which it may have done already; the next pause is
        judged afresh."""
        self._hangover = seconds * SAMPLE_RATE
        return self._paused() if self.maybe_over and not self._back else ()

    def feed(self, probability: float, samples: int) -> tuple[Endpoint, ...]:
        """What the next chunk of `samples` samples, with this speech probability, decides; mostly nothing."""
        begin, self._position = self._position, self._position + samples
        rules = self.rules
        certain = self._state in (_State.QUIET, _State.STARTING) or self.maybe_over
        limit = rules.onset_probability if certain else rules.offset_probability
        speech = probability >= limit
        match self._state, speech:
            case _State.QUIET, True:
                self._state, self._start = _State.STARTING, begin
                self._hear(samples)
                return self._begun()
            case _State.STARTING, True:
                self._hear(samples)
                return self._begun()
            case _State.STARTING, False:
                if self._position - self._end > rules.onset_gap_seconds * SAMPLE_RATE:
                    self._rest()
            case _State.SPEAKING, True:
                self._hear(samples)
            case _State.SPEAKING, False:
                self._state = _State.PAUSING
                return self._paused()
            case _State.PAUSING, True if not self.maybe_over:
                self._state = _State.SPEAKING
                self._hear(samples)
            case _State.PAUSING, True:
                self._back += samples
                if self._back >= rules.resume_seconds * SAMPLE_RATE:
                    return self._resumed()
            case _State.PAUSING, False:
                self._back = 0
                return self._paused()
        if self.in_turn and self._position - self._start >= rules.longest_turn_seconds * SAMPLE_RATE:
            return self.flush()
        return ()

    def flush(self) -> tuple[Endpoint, ...]:
        """The source has ended, or the turn may not go on: close the turn that is open, if one is."""
        return (self._over(),) if self.in_turn else ()

    def _hear(self, samples: int) -> None:
        self._speech += samples
        self._end = self._position

    def _begun(self) -> tuple[Endpoint, ...]:
        if self._speech < self.rules.onset_seconds * SAMPLE_RATE:
            return ()
        self._state = _State.SPEAKING
        return (SpeechBegan(self._start),)

    def _paused(self) -> tuple[Endpoint, ...]:
        silence = self._position - self._end
        found: list[Endpoint] = []
        if not self.maybe_over and silence >= self.rules.maybe_over_seconds * SAMPLE_RATE:
            self.maybe_over = True
            found.append(MaybeOver(self._end))
        elif self.maybe_over and silence >= self._hangover:
            found.append(self._over())
        return tuple(found)

    def _resumed(self) -> tuple[Endpoint, ...]:
        since = self._position - self._back
        self._state, self.maybe_over = _State.SPEAKING, False
        self._hear(self._back)
        self._back = 0
        self._hangover = self.rules.hangover_seconds * SAMPLE_RATE
        return (Resumed(since),)

    def _over(self) -> TurnOver:
        speech = self._speech / SAMPLE_RATE
        share = self._speech / max(self._end - self._start, 1)
        credible = speech >= self.rules.least_speech_seconds and share >= self.rules.least_speech_share
        over = TurnOver(self._start, self._end, credible)
        self._rest()
        return over

    def _rest(self) -> None:
        self._state = _State.QUIET
        self._start = self._end = self._position
        self._speech = 0
        self._back = 0
        self.maybe_over = False
        self._hangover = self.rules.hangover_seconds * SAMPLE_RATE
