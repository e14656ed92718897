"""World events: what enters the session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from dialogue.events.parts import Prosody, Scores, Word

SCHEMA_VERSION = 1

Action = Literal["mute", "unmute", "hold", "resume", "hang_up"]


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
WORLD = get_args(WorldEvent)
"""For `isinstance`."""
