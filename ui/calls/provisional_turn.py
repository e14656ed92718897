"""A spoken turn that has been answered and may yet go on, and how its two halves become one.

The customer answers as soon as a turn seems to be over, which is sometimes too soon. What the session made of the turn
is kept back until it is certain: no sink has seen it, the journal neither, and if the trainee goes on it never was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dialogue.events import (
    Event,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SessionEvent,
    TimePassed,
    Utterance,
    WorldEvent,
)
from dialogue.session import Session

OPEN_SECONDS = 1.2
"""From the end of speech: who goes on within this had only paused. Of the pauses of 0.3 s and more inside 118 turns of
human speech 96 % are shorter, and the ear allows no longer one whatever the words (`voice.hearing.finished`)."""
WORDS_SECONDS = 0.62
"""From the end of speech: before this the customer may draw breath or say an opener, but no word of content."""
SPARE_SECONDS = 0.1
"""Added to the pause after which a trainee has gone on. In the next turns the words wait longer for it: the wait
decays from there towards WORDS_SECONDS, by half a turn. Not in the same turn: of 188 recorded ones none had a second
pause for which that would have been enough."""
LONGEST_SECONDS = 45.0
"""A turn of this length does not go on, pause or no pause: a television must not keep the customer waiting for ever."""


@dataclass(slots=True)
class ProvisionalTurn:
    before: Session
    """As it was before the turn."""
    utterance: Utterance
    facts: list[Event]
    """The turn and all that followed, in order, not yet told to anybody."""
    words_seconds: float = WORDS_SECONDS
    """From the end of speech to the first word of content."""

    @property
    def replies(self) -> list[int]:
        """What the customer was given to say since."""
        return [fact.id for fact in self.facts if isinstance(fact, Reply)]

    @property
    def words_at(self) -> float:
        """Call time at which an answer to it may come to the point."""
        return self.utterance.end + self.words_seconds

    def lasts(self, t: float) -> bool:
        """Whether speech beginning at call time `t` would be more of the same turn."""
        return t - self.utterance.end <= OPEN_SECONDS

    def outlasts(self, event: WorldEvent) -> bool:
        """Whether the trainee may still go on after `event`. An answer heard to its end has been given; keys, trouble
        with the sound and whatever concerns other lines are facts that nothing takes back."""
        of_the_answer = isinstance(event, PlaybackStarted) and event.reply in self.replies
        return (of_the_answer or isinstance(event, TimePassed)) and self.lasts(event.t)


class Turns:
    """The session of a call, and when its facts are told: at once, or when the turn they follow is over for good."""

    def __init__(
        self, session: Session, tell: Callable[[Sequence[Event]], None], keep_back: Callable[[Sequence[Event]], None]
    ) -> None:
        """`keep_back` is told, whenever it changes, what nobody else may be told yet."""
        self.session = session
        self._tell = tell
        self._keep_back = keep_back
        self.open: ProvisionalTurn | None = None
        """Answered, but nobody has been told yet: the trainee may go on."""
        self.half: Utterance | None = None
        """What was said of a turn that was taken up again."""
        self._withdrawn: list[int] = []
        """Replies to it, which never were: what the mouth still has to say about them is nobody's business."""
        self._words_seconds = WORDS_SECONDS
        """Who pauses for thought is waited for, though not for the rest of the call."""
        self._paused_seconds = 0.0
        """The longest pause after which the turn going on was taken up again, with some to spare."""

    def receive(self, event: WorldEvent, *, may_go_on: bool = False) -> tuple[SessionEvent, ...]:
        """What the session answers. With `may_go_on` a spoken turn is kept open, and all that follows it kept back."""
        turn = event if isinstance(event, Utterance) and event.source == "voice" else None
        if turn:
            self.half = None  # it is in there
        keeps = may_go_on and turn and turn.text and turn.end - turn.start < LONGEST_SECONDS
        before = self.session.fork() if keeps else None
        answers = self.session.receive(event)
        # a poke that changed nothing is not a fact of the call
        if isinstance(event, TimePassed) and not answers:
            return answers
        facts = (event, *answers)
        if before and turn:
            self.open = ProvisionalTurn(before, turn, list(facts), self._words_seconds)
        elif self.open:
            self.open.facts += facts
        self._keep_back(self.open.facts if self.open else (self.half,) if self.half else ())
        if not self.open:
            self._tell(facts)
        return answers

    def settle(self) -> None:
        """The turn is over for good: everybody is told."""
        turn, self.open = self.open, None
        if turn:
            self._words_seconds = (max(self._words_seconds, self._paused_seconds) + WORDS_SECONDS) / 2.0
            self._paused_seconds = 0.0
            self._keep_back(())
            self._tell(turn.facts)

    def take_back(self, t: float) -> list[int]:
        """The trainee goes on at call time `t`: the answer was never given, and what follows is the rest of the same
        turn. Returns the replies that never were."""
        assert self.open
        turn, self.open = self.open, None
        self._paused_seconds = max(min(t - turn.utterance.end + SPARE_SECONDS, OPEN_SECONDS), self._paused_seconds)
        self.session, self.half = turn.before, turn.utterance
        self._keep_back((self.half,))
        self._withdrawn += turn.replies
        return turn.replies

    def withdrew(self, event: WorldEvent) -> bool:
        """Whether `event` is about a reply that never was. Each is done with when the mouth is."""
        if not isinstance(event, (PlaybackStarted, PlaybackFinished)) or event.reply not in self._withdrawn:
            return False
        if isinstance(event, PlaybackFinished):
            self._withdrawn.remove(event.reply)
        return True

    def whole(self, turn: Utterance) -> Utterance:
        """`turn` with what was said of it before, if it was taken up again."""
        return joined(self.half, turn) if self.half and turn.source == "voice" else turn


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
