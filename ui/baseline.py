"""The trainee's calm baseline: follows their calm turns from call to call, as measured numbers only."""

from dataclasses import asdict

from dialogue import tone
from dialogue.events import Event, Prosody, Utterance
from ui.settings import remember


class FollowingBaseline:
    """A sink. Calm turns draw the baseline a little towards themselves; raised ones never do (`dialogue.tone`)."""

    def __init__(self, baseline: Prosody) -> None:
        self._before = self.now = baseline

    def __call__(self, event: Event) -> None:
        if isinstance(event, Utterance) and event.text and event.prosody:
            self.now = tone.updated(self.now, event.prosody)

    def keep(self) -> None:
        """After the call: remember it, if it moved. Raises OSError when the settings cannot be written."""
        if self.now != self._before:
            remember({"baseline": asdict(self.now)})
            self._before = self.now
