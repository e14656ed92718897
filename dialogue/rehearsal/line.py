"""A telephone line in closed form: a clock that jumps and a mouth that needs no sound.

Plays a trainee's turns against a session as fast as it can, with the times of a spoken call: a turn lasts its words
/ 2.5 s, and so do the customer's lines. For `coolhead simulate`, the pack workbench and the tests.
"""

from dataclasses import dataclass, field

from dialogue.events import (
    Action,
    CallEnded,
    CallStarted,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    Scores,
    SessionEvent,
    SpeechStarted,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.session import Session
from dialogue.turns import WORDS_PER_SECOND

CUT_IN_SECONDS = 0.8
"""How long both speak until the customer gives way."""


@dataclass(slots=True)
class Line:
    """One call. `journal` is the whole of it, `said` the session's part."""

    session: Session
    started: CallStarted
    now: float = 0.0
    said: list[SessionEvent] = field(default_factory=list)
    journal: list[Event] = field(default_factory=list)
    ended: CallEnded | None = None
    cut_in_after: float = 1.0
    """Share of the customer's next lines after which the trainee begins to talk over them."""
    _talking_since: float | None = None

    def __post_init__(self) -> None:
        self._hand_in(self.started)

    @property
    def anger(self) -> float:
        return self.session.state.mood.anger

    def wait(self, seconds: float) -> None:
        """Silence. What the customer says into it is heard out, and the rest of the silence comes after it."""
        left = max(seconds, 0.0)
        while self.ended is None:
            due = self.session.due()
            if due is None or due > self.now + left:
                break
            left -= max(due - self.now, 0.0)
            self.now = max(self.now, due)
            self._hand_in(TimePassed(self.now))
        if self.ended is None:
            self.now += left

    def speak(
        self,
        text: str,
        *,
        scores: Scores | None = None,
        prosody: Prosody | None = None,
        confidence: float | None = None,
        overlap_seconds: float = 0.0,
    ) -> None:
        """One whole turn, and the customer's answer to its end."""
        start = self.now
        if self._talking_since is not None:
            overlap_seconds, self._talking_since = CUT_IN_SECONDS, None
            start -= CUT_IN_SECONDS
        else:
            self._hand_in(SpeechStarted(start))
        self.now = start + len(text.split()) / WORDS_PER_SECOND
        self._hand_in(
            Utterance(
                self.now,
                start,
                self.now,
                text,
                "keyboard",
                confidence=confidence,
                prosody=prosody,
                overlap_seconds=overlap_seconds,
                scores=scores,
            )
        )

    def act(self, action: Action) -> None:
        self._hand_in(TraineeAction(self.now, action))

    def _hand_in(self, event: WorldEvent) -> None:
        answers = self.session.receive(event)
        self.journal += [event, *answers]
        self.said += answers
        self.ended = next((one for one in answers if isinstance(one, CallEnded)), self.ended)
        for answer in answers:
            if isinstance(answer, Reply) and self.ended is None:
                self._sound(answer)

    def _sound(self, reply: Reply) -> None:
        """The customer says the line, as far as they are let."""
        words = reply.text.split()
        self._hand_in(PlaybackStarted(self.now, reply.id))
        heard = words[: max(1, round(len(words) * self.cut_in_after))]
        cut_in = len(heard) < len(words)
        self.now += len(heard) / WORDS_PER_SECOND
        if cut_in:
            self._talking_since = self.now
            self._hand_in(SpeechStarted(self.now))
            self.now += CUT_IN_SECONDS
        seconds = len(heard) / WORDS_PER_SECOND + CUT_IN_SECONDS * cut_in
        self._hand_in(PlaybackFinished(self.now, reply.id, seconds, " ".join(heard), interrupted=cut_in))
