"""The trainee's calm baseline: measured numbers that follow their calm turns from call to call."""

import contextlib
from collections.abc import Callable
from dataclasses import asdict

from dialogue import tone
from dialogue.events import CallEnded, Event, Prosody, Utterance
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings, remember


class FollowingBaseline:
    """A sink. Calm turns move the baseline a little towards themselves; raised ones never do (`dialogue.tone`).

    It is saved when the call ends, unless the settings hold another baseline by then: one measured in the set-up, or a
    newer one than that of the old call which is being retried.
    """

    def __init__(self, baseline: Prosody, kept: Callable[[Prosody], None] = lambda baseline: None) -> None:
        """`kept` is given the baseline that was saved."""
        self._before = self.now = baseline
        self._kept = kept

    def __call__(self, event: Event) -> None:
        if isinstance(event, Utterance) and event.text and event.prosody:
            self.now = tone.updated(self.now, event.prosody)
        if isinstance(event, CallEnded):
            with contextlib.suppress(OSError, Problem):  # the old one will do: not worth a message
                self.keep()

    def keep(self) -> None:
        """Save it if it has moved. Raises OSError or Problem when the settings cannot be written or read."""
        if self.now == self._before or load_settings().baseline != self._before:
            return
        remember({"baseline": asdict(self.now)})
        self._before = self.now
        self._kept(self.now)
