"""What events are made of: values without a type of their own in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Band = Literal["calm", "irritated", "angry", "furious"]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word. `confidence` is 0..1, None when the engine gives none."""

    text: str
    start: float
    end: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Prosody:
    """How a stretch of speech sounded: observable measures only. Also the form of a trainee's baseline."""

    seconds: float
    """From first to last speech, s."""
    loudness_dbfs: float
    """Mean power of the speech frames, dB re full scale."""
    pitch_hz: float | None
    """Mean of log F0 over the voiced frames weighted by their power, Hz; None when too little is voiced."""
    pitch_range_st: float | None
    """10th to 90th percentile of F0, semitones."""
    rate_syllables_s: float
    """Syllable nuclei per second, pauses included."""
    pause_share: float
    """Share of the stretch that is silence of 0.2 s or more, 0..1."""
    tilt_db: float
    """Energy 1-5 kHz over energy 50-1000 Hz, median of the speech frames, dB (alpha ratio): rises with vocal effort."""


@dataclass(frozen=True, slots=True)
class ClauseScores:
    """What the text model says of text[start:end]; scores 0..1, rounded to three decimals."""

    start: int
    end: int
    labels: Mapping[str, float]
    """Behaviour id -> probability."""
    facts: Mapping[str, float]
    """Pack fact id -> cosine similarity with the nearest wording of that fact's question."""
    tact: float | None = None
    """How it will be taken: 0 badly, .5 as plain talk, 1 well. None in journals from before it was judged."""


@dataclass(frozen=True, slots=True)
class Scores:
    """World input from the text model, so that replay needs no model."""

    model: str
    """Name and hash of encoder and classifier."""
    clauses: tuple[ClauseScores, ...]
    """The whole turn, then its clauses where it has several."""
    sentences: tuple[ClauseScores, ...] = ()
    """Where it has several of these: their labels, as if each were a turn."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing the trainee did in a turn (`id` from `dialogue.content`), with the words that show it."""

    id: str
    confidence: float
    evidence: str
    about: str = ""
    """The fact, promise or name it concerns, where there is one."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One cause of a change of anger. Start + all deltas = end, to 1e-6."""

    t: float
    kind: Literal["impulse", "relaxation", "limit"]
    cause: str
    """Behaviour or situation id, e.g. "apology", "dead_air"; "relaxation" and "limit" for those kinds."""
    evidence: str
    """The quoted words, or the measured value beside the trainee's baseline."""
    delta: float
    """Anger points."""
    parameter: str = ""
    """The persona parameter that scaled it, with its value, e.g. "empathy_effect=1.2"."""
    title: str = ""
    """The author's name for what the cause concerns (a need, a curveball), where there is one."""


@dataclass(frozen=True, slots=True)
class Mood:
    """The customer's mood at `t`; between events `dialogue.mood.at` carries it forward."""

    t: float
    anger: float
    """0..100."""
    trust: float
    """0..100."""
    band: Band
    resting: float
    """The anger that time alone leads back to, 0..100; never below `anger`, for time alone calms nobody."""
    half_life_seconds: float
    """In which the distance to `resting` halves."""
    until: float | None = None
    """When it stops moving by itself, s; None when it goes on until something happens."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The mood in which a line is to be spoken; `voice.synthesis.delivery` turns it into rate, pitch and gain."""

    anger: float
    """0..100."""
    opener: str = ""
    """A short first piece of the text ("Look,") that may be rendered and played before the rest; a prefix of it."""
