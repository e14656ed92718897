"""Session events: what leaves the session."""

from dataclasses import dataclass
from typing import Literal

from dialogue.events.parts import Behaviour, Delivery, LedgerRow, Mood

Phase = Literal["greeting", "venting", "explaining", "negotiating", "resolving", "closing", "ended"]
Outcome = Literal["satisfied", "resigned", "escalated", "hung_up", "ended_by_policy", "abandoned", "stopped"]


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


SessionEvent = Appraisal | MoodChanged | PhaseChanged | Reply | Cue | CallEnded
