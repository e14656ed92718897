"""A spoken turn that was answered but may still continue, and how its two parts become one turn.

The customer answers as soon as a turn seems complete, which is sometimes too early. The session's events since that
turn are held back until it is certain: if the trainee continues, the session returns to its state before the turn and
the events are dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dialogue.events import (
    AudioProblem,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SessionEvent,
    Steered,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.session import Session

NOTICED_SECONDS = 0.1
"""Speech is noticed this much after it begins (`voice.hearing.endpointing.Rules.onset_seconds`)."""
OPEN_SECONDS = 1.2 + NOTICED_SECONDS
"""After the end of speech: whoever is noticed to resume within this had only paused, for 1.2 s at most. Of the pauses
of 0.3 s and more inside 118 turns of human speech 96 % are shorter, and the ear waits no longer than this either
(`voice.hearing.finished`)."""
WORDS_SECONDS = 0.62
"""After the end of speech: before this the customer may draw breath or say an opener, but no word of content."""
SPARE_SECONDS = 0.1
"""When a trainee resumes after a pause, the customer's words wait for that pause plus this in the next turn; the wait
then decays towards WORDS_SECONDS by half each turn. It does not apply within the same turn: of 188 recorded turns none
had a second pause for which that would have been enough."""
LONGEST_SECONDS = 45.0
"""A turn of this length is complete at its next pause: a television must not keep the customer waiting for ever."""


@dataclass(slots=True)
class ProvisionalTurn:
    before: Session
    """A fork from before the turn."""
    utterance: Utterance
    facts: list[Event]
    """The turn and all events since, in order; no sink has seen them."""
    words_seconds: float = WORDS_SECONDS
    """From the end of speech to the first word of content."""

    @property
    def replies(self) -> list[int]:
        """Ids of the customer's replies since the turn."""
        return [fact.id for fact in self.facts if isinstance(fact, Reply)]

    @property
    def words_at(self) -> float:
        """Call time before which no word of content may sound, s."""
        return self.utterance.end + self.words_seconds

    def lasts(self, t: float) -> bool:
        """Whether speech that starts at call time `t` continues this turn."""
        return t - self.utterance.end <= OPEN_SECONDS

    def outlasts(self, event: WorldEvent) -> bool:
        """Whether the turn may still continue after `event`: only time passing and the start of its own answer leave it
        open. Keys, sound problems and a finished answer cannot be undone."""
        of_the_answer = isinstance(event, PlaybackStarted) and event.reply in self.replies
        return (of_the_answer or isinstance(event, TimePassed)) and self.lasts(event.t)


class RevocableSession:
    """The session of a call, whose last turn can be revoked. Its events are final at once, or when that turn is."""

    def __init__(
        self, session: Session, tell: Callable[[Sequence[Event]], None], keep_back: Callable[[Sequence[Event]], None]
    ) -> None:
        """`tell` gets final events. `keep_back` gets the provisional ones, whole, whenever they change."""
        self.session = session
        self._tell = tell
        self._keep_back = keep_back
        self.open: ProvisionalTurn | None = None
        """The turn that was answered and may still continue."""
        self.half: Utterance | None = None
        """The first part of a revoked turn, while the trainee says the rest."""
        self._revoked: list[int] = []
        """Ids of revoked replies: playback events about them are ignored."""
        self._words_seconds = WORDS_SECONDS
        """`ProvisionalTurn.words_seconds` of the next turn."""
        self._paused_seconds = 0.0
        """The longest pause within the current turn, plus SPARE_SECONDS; 0 for none."""

    def receive(self, event: WorldEvent, *, may_go_on: bool = False) -> tuple[SessionEvent, ...]:
        """The session's answers. With `may_go_on` a spoken turn stays open, and its events are held back. An event that
        makes the session fail is told all the same: what was said must not be lost."""
        turn = event if isinstance(event, Utterance) and event.source == "voice" else None
        if turn:
            self.half = None  # `whole` has put it into this turn
        keeps = may_go_on and turn and turn.text and turn.end - turn.start < LONGEST_SECONDS
        before = self.session.fork() if keeps else None
        try:
            answers = self.session.receive(event)
        except Exception:
            self._keep_back(())
            self._tell((*(self.open.facts if self.open else ()), event))
            self.open = None
            raise
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

    def commit(self) -> None:
        """The open turn is complete: its events are final."""
        turn, self.open = self.open, None
        if turn:
            self._words_seconds = (max(self._words_seconds, self._paused_seconds) + WORDS_SECONDS) / 2.0
            self._paused_seconds = 0.0
            self._keep_back(())
            self._tell(turn.facts)

    def revoke(self, t: float) -> list[int]:
        """The trainee continues the open turn at call time `t`, s: undo the answer. Returns the ids of its replies."""
        assert self.open
        turn, self.open = self.open, None
        self._paused_seconds = max(min(t - turn.utterance.end + SPARE_SECONDS, OPEN_SECONDS), self._paused_seconds)
        self.session, self.half = turn.before, turn.utterance
        self._keep_back((self.half,))
        self._revoked += turn.replies
        return turn.replies

    def concerns_revoked(self, event: WorldEvent) -> bool:
        """Whether `event` is about a revoked reply; each is forgotten when its playback has finished."""
        if not isinstance(event, (PlaybackStarted, PlaybackFinished)) or event.reply not in self._revoked:
            return False
        if isinstance(event, PlaybackFinished):
            self._revoked.remove(event.reply)
        return True

    def whole(self, turn: Utterance) -> Utterance:
        """`turn` with its first part in front, if it continues a revoked turn."""
        return joined(self.half, turn) if self.half and turn.source == "voice" else turn


def cannot_wait(event: WorldEvent) -> bool:
    """Whether `event` cannot wait for the rest of a turn that the trainee is continuing."""
    match event:
        case Utterance(source="keyboard") | TraineeAction(action="hold" | "hang_up"):
            return True
        case AudioProblem(kind="lost") | Steered(step="end"):
            return True
        case _:
            return False


def joined(first: Utterance, second: Utterance) -> Utterance:
    """Both as one turn that ends with the second. Only the first one's overlap counts: then the customer was early."""
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
