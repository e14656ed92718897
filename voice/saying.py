"""One reply on its way through the speaker."""

from dataclasses import dataclass, field

from dialogue.events import Reply
from voice.audio import Samples
from voice.spoken import Played, heard


@dataclass
class Line:
    """One reply on its way through the speaker. Sample counts start at 0 with its first sample."""

    reply: Reply
    stops: int
    """How often stop() had been called when it was asked for; one more ends it."""
    begin: int = 0
    """Where in the text what is said begins: behind an opener that was left out."""
    words_at: float = 0.0
    """Call time before which nothing but an opener sounds, s."""
    base: int = 0
    """The speaker's count at sample 0."""
    queued: int = 0
    sounded: int = 0
    noticed: int = 0
    """The last `sounded` whose events have been emitted."""
    moved_at: float = 0.0
    """Call time at which `sounded` last grew, s."""
    played: list[Played] = field(default_factory=list)
    sound: list[Samples] = field(default_factory=list)
    """What was queued."""
    whole: bool = False
    """Every piece is queued."""
    started: bool = False
    waits_until: float | None = None
    """Nothing sounds yet; the words begin then, on the call clock, s."""
    shown_until: float | None = None
    """It cannot sound and is being read instead, until then on the call clock, s."""

    @property
    def text(self) -> str:
        """What of it is said."""
        return self.reply.text[self.begin :]

    def cut_at(self, count: int) -> tuple[int, str]:
        """How many samples of it had sounded when the speaker had played `count`, and which words those were."""
        sounded = min(max(count - self.base, 0), self.queued) if self.queued else 0
        if sounded and self.whole and sounded == self.queued:
            return sounded, self.text
        return sounded, heard(self.reply.text, self.played, sounded)[self.begin :]
