"""A spoken turn that has been answered and may yet go on, and how its two halves become one.

The customer answers as soon as a turn seems to be over, which is sometimes too soon. What the session made of the turn
is kept back until it is certain: no sink has seen it, the journal neither, and if the trainee goes on it never was.
"""

from dataclasses import dataclass, replace

from dialogue.events import Event, Prosody, Utterance
from dialogue.session import Session

OPEN_SECONDS = 1.2
"""From the end of speech: who goes on within this had only paused. Of the pauses inside the turns of recorded service
calls nearly all are shorter; an interruption of the customer hardly ever comes so early in a line."""


@dataclass(slots=True)
class OpenTurn:
    before: Session
    """As it was before the turn."""
    utterance: Utterance
    facts: list[Event]
    """The turn and all that followed, in order, not yet told to anybody."""

    def lasts(self, t: float) -> bool:
        """Whether speech beginning at call time `t` would be more of the same turn."""
        return t - self.utterance.end <= OPEN_SECONDS


def joined(first: Utterance, second: Utterance) -> Utterance:
    """Both as one turn that ended when the second did. Speaking over the customer's premature start is no overlap."""
    if not second.text:
        return replace(first, t=second.t)
    spoken = (first, len(first.words)), (second, len(second.words))
    sure = [(one.confidence, max(count, 1)) for one, count in spoken if one.confidence is not None]
    confidence = sum(value * count for value, count in sure) / sum(count for _, count in sure) if sure else None
    return replace(
        second,
        start=first.start,
        text=f"{first.text} {second.text}",
        words=(*first.words, *second.words),
        confidence=None if confidence is None else round(confidence, 3),
        prosody=_together(first.prosody, second.prosody),
        overlap_seconds=first.overlap_seconds,
        scores=None,
    )


def _together(first: Prosody | None, second: Prosody | None) -> Prosody | None:
    """Means weighted by how long each spoke."""
    if first is None or second is None or not first.seconds or not second.seconds:
        return second if first is None or not first.seconds else first
    total = first.seconds + second.seconds

    def mean(one: float | None, other: float | None) -> float | None:
        if one is None or other is None:
            return other if one is None else one
        return (one * first.seconds + other * second.seconds) / total

    return Prosody(
        seconds=round(total, 2),
        loudness_dbfs=mean(first.loudness_dbfs, second.loudness_dbfs) or 0.0,
        pitch_hz=mean(first.pitch_hz, second.pitch_hz),
        pitch_range_st=mean(first.pitch_range_st, second.pitch_range_st),
        rate_syllables_s=mean(first.rate_syllables_s, second.rate_syllables_s) or 0.0,
        pause_share=mean(first.pause_share, second.pause_share) or 0.0,
        tilt_db=mean(first.tilt_db, second.tilt_db) or 0.0,
    )
