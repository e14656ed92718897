"""A trainee's growing call, from its first line, for `CallBoard`."""

import time
from collections.abc import Callable, Sequence

from dialogue.events import CallStarted, Event
from ui.calls.call_view import CallView
from ui.calls.ports import Meter
from ui.classroom.group import Group
from ui.classroom.person import Following, Person


class Watched:
    """Reads the person's call from the beginning; `started` is None until line 1 has come."""

    def __init__(self, group: Group, person: Person, now: Callable[[], float] = time.monotonic) -> None:
        self.person, self.call = person, person.call
        self.view = CallView()
        self.started: CallStarted | None = None
        self._group, self._now = group, now
        self._following = Following(asked_at=now())
        group.readers.append(self._read)
        group.fetch(person.id, self.call)

    @property
    def lines(self) -> int:
        """Lines read so far."""
        return self._following.lines

    def close(self) -> None:
        self._group.readers.remove(self._read)

    @property
    def over(self) -> bool:
        """Whether they are in another call by now."""
        return self.person.call != self.call

    def now(self) -> float:
        return self.view.t if self.over else self.person.now(self._now())

    def meter(self) -> Meter:
        """Who speaks, from the journal; levels are not sent."""
        text = self.started is not None and self.started.mode == "text"
        return Meter(
            speaking=self.view.you_speak,
            customer_speaking=self.view.customer_speaks,
            listening="keyboard" if text else "microphone",
        )

    def _read(self, person: str, call: str, first: int, events: Sequence[Event]) -> None:
        if person != self.person.id or call != self.call:
            return
        for event in self._following.fresh(first, events):
            if isinstance(event, CallStarted):
                self.started = event
            self.view.read(event)
        if self._following.lacks(first, self._now()):
            self._group.fetch(person, call, self.lines + 1)
