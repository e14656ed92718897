"""The vocabulary: every fact of a call as a frozen event with a time.

Times (`t`, `start`, `end`) are seconds on the call clock, 0.0 when the call is picked up. World events enter the
session, session events leave it; the journal is both, in order. Nothing here computes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SCHEMA_VERSION = 1

Band = Literal["calm", "irritated", "angry", "furious"]
Phase = Literal["greeting", "venting", "explaining", "negotiating", "resolving", "closing", "ended"]
Outcome = Literal["satisfied", "resigned", "escalated", "hung_up", "ended_by_policy", "abandoned", "stopped"]
Action = Literal["mute", "unmute", "hold", "resume", "hang_up"]


# --- parts of events --------------------------------------------------------------------------------------------


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


# --- world events: what enters the session -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallStarted:
    """Line 1 of every journal."""

    t: float
    pack: str
    pack_sha256: str
    seed: int
    mode: Literal["voice", "text"]
    app_version: str
    difficulty: str = "normal"
    models: Mapping[str, str] = field(default_factory=dict)
    """Model name -> hash."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Those that matter to the judgement, and the wall-clock start as ISO 8601 under "started_at"."""
    baseline: Prosody | None = None
    schema_version: int = SCHEMA_VERSION
    type: Literal["call_started"] = "call_started"


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The trainee began to speak."""

    t: float
    type: Literal["speech_started"] = "speech_started"


@dataclass(frozen=True, slots=True)
class Partial:
    """What the recogniser has so far; for screens, without effect on the session."""

    t: float
    text: str
    type: Literal["partial"] = "partial"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One whole turn of the trainee, confirmed by the endpointer (or sent with Enter)."""

    t: float
    start: float
    end: float
    text: str
    source: Literal["voice", "keyboard"]
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    """Mean word confidence 0..1; None when typed or not given."""
    prosody: Prosody | None = None
    overlap_seconds: float = 0.0
    """How much of it was spoken while the customer was speaking."""
    scores: Scores | None = None
    heard: str = ""
    """What the recogniser had heard, where `text` is the trainee's own correction; "" otherwise."""
    type: Literal["utterance"] = "utterance"


@dataclass(frozen=True, slots=True)
class PlaybackStarted:
    """The customer's line `reply` began to sound (or was shown, in a text call)."""

    t: float
    reply: int
    type: Literal["playback_started"] = "playback_started"


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    """The customer's line stopped sounding. `heard_text` is the part that was played."""

    t: float
    reply: int
    heard_seconds: float
    heard_text: str
    interrupted: bool = False
    type: Literal["playback_finished"] = "playback_finished"


@dataclass(frozen=True, slots=True)
class TraineeAction:
    t: float
    action: Action
    type: Literal["trainee_action"] = "trainee_action"


@dataclass(frozen=True, slots=True)
class TimePassed:
    """A poke: nothing happened until `t`. How often it comes must not matter."""

    t: float
    type: Literal["time_passed"] = "time_passed"


@dataclass(frozen=True, slots=True)
class AudioProblem:
    """Something about the sound that people and replays must know; `text` is one clear sentence for the screen."""

    t: float
    kind: Literal["lost", "recovered", "dropped"]
    text: str
    type: Literal["audio_problem"] = "audio_problem"


Step = Literal[
    "whisper", "ear", "listen", "unlisten", "mark", "speak", "curveball", "manager", "nudge", "pause", "go_on", "end"
]
"""`ear` is a whisper that is also spoken; from `listen` to `unlisten` the trainer hears the call."""


@dataclass(frozen=True, slots=True)
class Steered:
    """The trainer of a class has stepped in, or trouble has ended the call."""

    t: float
    step: Step
    text: str = ""
    """What is whispered, noted or to be said by the customer; a curveball's id; why the call ends."""
    points: float = 0.0
    """Anger points of a nudge."""
    type: Literal["steered"] = "steered"


# --- session events: what leaves the session -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What the trainee's turn did and how it sounded."""

    t: float
    turn: int
    """1 for the trainee's first turn."""
    behaviours: tuple[Behaviour, ...]
    raised: float = 0.0
    """0..1: how far the voice stood above its own baseline."""
    tone: tuple[str, ...] = ()
    """Measured reasons for `raised`, e.g. "loudness +7 dB"."""
    type: Literal["appraisal"] = "appraisal"


@dataclass(frozen=True, slots=True)
class MoodChanged:
    t: float
    mood: Mood
    because: tuple[LedgerRow, ...]
    turn: int | None = None
    """The trainee's turn that did it; None when time or an action did."""
    type: Literal["mood_changed"] = "mood_changed"


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    t: float
    phase: Phase
    why: str
    type: Literal["phase_changed"] = "phase_changed"


@dataclass(frozen=True, slots=True)
class Reply:
    """The customer's next line. `id` counts from 1."""

    t: float
    id: int
    text: str
    delivery: Delivery
    act: str = ""
    """What the line does: "vent", "answer:FACT", "demand", "accept", "are_you_there", ..."""
    type: Literal["reply"] = "reply"


@dataclass(frozen=True, slots=True)
class Cue:
    """The one coaching line to show from `t` until the next Cue; an empty `id` clears it."""

    t: float
    id: str
    text: str
    type: Literal["cue"] = "cue"


@dataclass(frozen=True, slots=True)
class CallEnded:
    t: float
    outcome: Outcome
    why: str
    type: Literal["call_ended"] = "call_ended"


WorldEvent = (
    CallStarted
    | SpeechStarted
    | Partial
    | Utterance
    | PlaybackStarted
    | PlaybackFinished
    | TraineeAction
    | TimePassed
    | AudioProblem
    | Steered
)
SessionEvent = Appraisal | MoodChanged | PhaseChanged | Reply | Cue | CallEnded
Event = WorldEvent | SessionEvent
