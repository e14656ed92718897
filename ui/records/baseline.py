"""The trainee's calm baseline: follows their calm turns from call to call, as measured numbers only."""

import contextlib
from collections.abc import Callable
from dataclasses import asdict

from dialogue import tone
from dialogue.events import CallEnded, Event, Prosody, Utterance
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings, remember


class FollowingBaseline:
    """A sink. Calm turns draw the baseline a little towards themselves; raised ones never do (`dialogue.tone`).

    Remembered when the call ends, unless a newer one has been measured or followed since: that of the set-up, or the
    present one while an old call is taken up again.
    """

    def __init__(self, baseline: Prosody, kept: Callable[[Prosody], None] = lambda baseline: None) -> None:
        """`kept` is told of the baseline that was remembered."""
        self._before = self.now = baseline
        self._kept = kept

    def __call__(self, event: Event) -> None:
        if isinstance(event, Utterance) and event.text and event.prosody:
            self.now = tone.updated(self.now, event.prosody)
        if isinstance(event, CallEnded):
            with contextlib.suppress(OSError, Problem):  # it holds for the next call or it does not: no word is due
                self.keep()

    def keep(self) -> None:
        """Remember it, if it moved. Raises OSError or Problem when the settings cannot be written or read."""
        if self.now == self._before or load_settings().baseline != self._before:
            return
        remember({"baseline": asdict(self.now)})
        self._before = self.now
        self._kept(self.now)
