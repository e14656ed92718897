"""The vocabulary: every fact of a call as a frozen event with a time.

Times (`t`, `start`, `end`) are seconds on the call clock, 0.0 when the call is picked up. World events enter the
session, session events leave it; the journal is both, in order. Nothing here computes anything.
"""

from dialogue.events.parts import Band, Behaviour, ClauseScores, Delivery, LedgerRow, Mood, Prosody, Scores, Word
from dialogue.events.session import (
    Appraisal,
    CallEnded,
    Cue,
    MoodChanged,
    Outcome,
    Phase,
    PhaseChanged,
    Reply,
    SessionEvent,
)
from dialogue.events.world import (
    SCHEMA_VERSION,
    WORLD,
    Action,
    AudioProblem,
    CallStarted,
    Partial,
    PlaybackFinished,
    PlaybackStarted,
    SpeechStarted,
    Steered,
    Step,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)

Event = WorldEvent | SessionEvent

__all__ = [
    "SCHEMA_VERSION",
    "WORLD",
    "Action",
    "Appraisal",
    "AudioProblem",
    "Band",
    "Behaviour",
    "CallEnded",
    "CallStarted",
    "ClauseScores",
    "Cue",
    "Delivery",
    "Event",
    "LedgerRow",
    "Mood",
    "MoodChanged",
    "Outcome",
    "Partial",
    "Phase",
    "PhaseChanged",
    "PlaybackFinished",
    "PlaybackStarted",
    "Prosody",
    "Reply",
    "Scores",
    "SessionEvent",
    "SpeechStarted",
    "Steered",
    "Step",
    "TimePassed",
    "TraineeAction",
    "Utterance",
    "Word",
    "WorldEvent",
]
