"""One trainee as the console has heard of them: their newest call, folded line by line as it grows. No Textual."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogue.events import CallStarted, Event, Reply, Steered
from ui.calls.call_view import CallView
from ui.classroom.protocol import State

ASK_AGAIN_SECONDS = 2.0
CLOCK_SECONDS = 30.0
"""How long a reading of a trainee's call clock is better than any that lags behind it."""
RISING_POINTS, RISING_SECONDS = 15.0, 60.0
"""So much more anger than so long ago is worth a warning."""
SILENT_SECONDS = 20.0
"""So long without a sound from the trainee, while the customer waits."""
NOBODY = State("", "lost")


@dataclass(slots=True)
class Following:
    """A journal that grows on another machine. Its lines have numbers: the next one is read, one that was read before
    is left out, and after a gap the desk is asked."""

    lines: int = 0
    """That have been read."""
    asked_at: float = float("-inf")
    """When the desk was asked for others, s."""

    def fresh(self, first: int, events: Sequence[Event]) -> Sequence[Event]:
        """Those of `events` that come next; the first of them is line `first`."""
        new = events[self.lines + 1 - first :] if first <= self.lines + 1 else ()
        self.lines += len(new)
        return new

    def lacks(self, first: int, now: float) -> bool:
        """Whether what is before line `first` is to be asked for, now: it was not a moment ago."""
        asks = first > self.lines + 1 and now - self.asked_at >= ASK_AGAIN_SECONDS
        if asks:
            self.asked_at = now
        return asks


@dataclass(slots=True)
class Person:
    """One trainee, as far as the console has heard."""

    id: str
    state: State = NOBODY
    call: str = ""
    view: CallView = field(default_factory=CallView)
    following: Following = field(default_factory=Following)
    """The lines of its journal."""
    listened: bool = False
    """The trainer hears the call."""
    manager: bool = False
    """The customer has asked for one."""
    thrown: frozenset[str] = frozenset()
    """Curveballs that the customer has brought up."""
    spoke_at: float = 0.0
    """When the trainee last did something, s on the call clock."""
    changed: int = 0
    """Grows with everything that may show."""
    _offset: float = float("-inf")
    """Call clock minus this machine's, s: the most that has been seen of late, for what comes has been under way."""
    _seen_at: float = float("-inf")
    """When that was, on this machine's clock, s."""

    @property
    def lines(self) -> int:
        """Of the journal that have been read."""
        return self.following.lines

    @property
    def in_call(self) -> bool:
        return self.view.started is not None and self.view.ended is None and self.state.status == "in_call"

    @property
    def paused(self) -> bool:
        return self.view.paused

    def is_newest(self, call: str) -> bool:
        """Whether that is their newest call: by what they say themselves, else by its name, which begins with the time
        of a clock that may have been set back."""
        says = self.state.call
        shown = says != "" and self.call == says
        return call == says or (call > self.call and not shown)

    def now(self, here: float) -> float:
        """The call clock when this machine's says `here`, s; it stands still with the call."""
        running = self.clock(here) if self.in_call else None
        return self.view.t if running is None else max(self.view.t, running)

    def clock(self, here: float) -> float | None:
        """The call clock, s, by what has come live; None when nothing has."""
        return None if self._offset == float("-inf") else here + self._offset

    def tell_time(self, t: float, here: float) -> None:
        """The call clock showed `t` when something was sent that comes `here`, s. It falls behind for good when the
        trainee's machine sleeps: so what was seen long ago counts no more."""
        if t - here >= self._offset or here - self._seen_at > CLOCK_SECONDS:
            self._offset, self._seen_at = t - here, here

    def read(self, event: Event, here: float, *, live: bool) -> None:
        if isinstance(event, CallStarted):
            self.view, self._offset, self.spoke_at = CallView(), float("-inf"), 0.0
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
            case _ if event.type in ("utterance", "speech_started", "trainee_action"):
                self.spoke_at = event.t
        self.changed += 1

    def anger(self, here: float) -> float | None:
        return self.view.anger_at(self.now(here))

    def last_words(self) -> str:
        """The newest line of the call, and whose it is."""
        if self.view.partial and self.view.you_speak:
            return f"› {self.view.partial}"
        for line in reversed(self.view.lines):
            if line.who != "aside":
                return f"{'›' if line.who == 'you' else '‹'} {line.text}"
        return ""

    def warning(self, here: float) -> str:
        """A key of `strings.BOARD_WARNINGS`, the gravest first; "" for none."""
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
        return "silent" if silent and now - max(self.spoke_at, view.t) >= SILENT_SECONDS else ""
