"""One trainee as the console sees them: the state of their newest call, folded from its lines. No Textual."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogue.events import (
    CallStarted,
    Event,
    PlaybackFinished,
    Reply,
    SpeechStarted,
    Steered,
    TraineeAction,
    Utterance,
)
from ui.calls.call_view import CallView
from ui.classroom.protocol import State

ASK_AGAIN_SECONDS = 2.0
CLOCK_SECONDS = 30.0
"""How long the best reading of a trainee's call clock is kept."""
RISING_POINTS, RISING_SECONDS = 15.0, 60.0
"""A rise of so many points within so many seconds is worth a warning."""
LEFT_SECONDS = 5.0
"""Who leaves so soon after they put the phone down has left the call: a window that is closed does both."""
SILENT_SECONDS = 20.0
"""Silence of the trainee, while the customer waits, that is worth a warning."""
NOBODY = State("", "lost")


@dataclass(slots=True)
class Following:
    """Puts the numbered lines of a growing journal in order: duplicates are skipped, gaps asked for."""

    lines: int = 0
    """Lines read so far."""
    asked_at: float = float("-inf")
    """When the desk was last asked for missing lines, s."""

    def fresh(self, first: int, events: Sequence[Event]) -> Sequence[Event]:
        """The events that come next, out of `events`, whose first one is line `first`."""
        new = events[self.lines + 1 - first :] if first <= self.lines + 1 else ()
        self.lines += len(new)
        return new

    def lacks(self, first: int, now: float) -> bool:
        """Whether to ask now for lines missing before line `first`; not again within ASK_AGAIN_SECONDS."""
        asks = first > self.lines + 1 and now - self.asked_at >= ASK_AGAIN_SECONDS
        if asks:
            self.asked_at = now
        return asks


@dataclass(slots=True)
class Person:
    """One trainee."""

    id: str
    state: State = NOBODY
    call: str = ""
    view: CallView = field(default_factory=CallView)
    following: Following = field(default_factory=Following)
    """Of that call's journal."""
    listened: bool = False
    """The trainer listens to the call."""
    manager: bool = False
    """The customer has asked for a manager."""
    thrown: frozenset[str] = frozenset()
    """Curveballs that the customer has brought up."""
    hung_up: float = float("-inf")
    """When they put the phone down, on this machine's clock, s."""
    silent_since: float = 0.0
    """Call time of the trainee's last speech or action, or of the end of the customer's line after it, s. What the
    customer asks into the silence does not end it."""
    answered: bool = False
    """Whether that line has ended."""
    changed: int = 0
    """Grows with every change that may be visible."""
    _offset: float = float("-inf")
    """Call time minus this machine's clock, s: the maximum of recent readings, since messages arrive late."""
    _seen_at: float = float("-inf")
    """When it was read, on this machine's clock, s."""

    @property
    def lines(self) -> int:
        """Lines of the journal read so far."""
        return self.following.lines

    @property
    def in_call(self) -> bool:
        return self.view.started is not None and self.view.ended is None and self.state.status == "in_call"

    @property
    def paused(self) -> bool:
        return self.view.paused

    def is_newest(self, call: str) -> bool:
        """Whether `call` is their newest one: by their own state, else by its name, which begins with its time (on a
        clock that may have been set back)."""
        says = self.state.call
        shown = says != "" and self.call == says
        return call == says or (call > self.call and not shown)

    def now(self, here: float) -> float:
        """Call time when this machine's clock says `here`, s; it stands still when the call does."""
        running = self.clock(here) if self.in_call else None
        return self.view.t if running is None else max(self.view.t, running)

    def clock(self, here: float) -> float | None:
        """Call time, s, estimated from live messages; None before the first one."""
        return None if self._offset == float("-inf") else here + self._offset

    def tell_time(self, t: float, here: float) -> None:
        """A message sent at call time `t` arrived when this machine's clock said `here`, s. Old readings are dropped,
        since the call clock falls behind for good when the trainee's machine sleeps."""
        if t - here >= self._offset or here - self._seen_at > CLOCK_SECONDS:
            self._offset, self._seen_at = t - here, here

    def read(self, event: Event, here: float, *, live: bool) -> None:
        if isinstance(event, CallStarted):
            self.view, self._offset = CallView(), float("-inf")
            self.silent_since, self.answered = 0.0, False
            self.listened, self.manager, self.thrown = False, False, frozenset()
        self.view.read(event)
        if live:
            self.tell_time(event.t, here)
        match event:
            case Steered(step="listen" | "unlisten" as step):
                self.listened = step == "listen"
            case Reply(act="manager_demand"):
                self.manager = True
            case Reply(act=act) if act.startswith("curveball:"):
                self.thrown |= {act.removeprefix("curveball:")}
            case TraineeAction(action="hang_up"):
                self.hung_up = here
            case Utterance() | SpeechStarted() | TraineeAction() | Steered(step="go_on"):
                self.silent_since, self.answered = event.t, False
            case PlaybackFinished() if not self.answered:
                self.silent_since, self.answered = event.t, True
        self.changed += 1

    def leaves_call(self, before: State, here: float) -> bool:
        """Whether they have gone in the middle of a call; `before`: their state until now."""
        gone = self.state.status in ("lost", "away") and before.status not in ("lost", "away")
        return gone and (before.status in ("ringing", "in_call") or here - self.hung_up < LEFT_SECONDS)

    def anger(self, here: float) -> float | None:
        return self.view.anger_at(self.now(here))

    def last_words(self) -> str:
        """The newest line of the call, with a mark of the speaker."""
        if self.view.partial and self.view.you_speak:
            return f"› {self.view.partial}"
        for line in reversed(self.view.lines):
            if line.who != "aside":
                return f"{'›' if line.who == 'you' else '‹'} {line.text}"
        return ""

    def warning(self, here: float) -> str:
        """The gravest warning, a key of `strings.BOARD_WARNINGS`; "" for none."""
        view, mood = self.view, self.view.mood
        if not self.in_call or mood is None or self.paused:
            return ""
        now = self.now(here)
        if mood.band == "furious":
            return "furious"
        if self.manager:
            return "manager"
        before = view.anger_at(max(now - RISING_SECONDS, view.moods[0].t))
        if before is not None and (view.anger_at(now) or 0.0) - before >= RISING_POINTS:
            return "rising"
        silent = not (view.you_speak or view.customer_speaks or view.hold_since is not None)
        return "silent" if silent and self.silence(here) >= SILENT_SECONDS else ""

    def silence(self, here: float) -> float:
        """How long the trainee has said and done nothing, s; of use while nobody speaks."""
        return self.now(here) - self.silent_since
