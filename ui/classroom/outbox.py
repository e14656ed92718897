"""What still has to reach the trainer: the lines of this machine's journals, in order, nothing twice, nothing lost.

The journal is the outbox. The trainer's desk says how many lines of each call it has on disk, and everything beyond is
sent, again after every loss. Whatever was under way then may arrive twice: the desk knows a line by its number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dialogue import journal
from dialogue.events import Event
from dialogue.files import finite
from ui.classroom.protocol import MOST_BYTES, Batch, batches

RESEND_SECONDS = 3.0
"""How long the desk may be silent about lines that were sent, before they are sent again."""
WINDOW_LINES = 2_000
"""The most that may be under way without an answer."""
MOST_A_POKE = 50
"""Batches between two pokes, a second apart: half of what the desk takes for a flood. The rest waits for the next."""


@dataclass(slots=True)
class _Call:
    lines: list[bytes] = field(default_factory=list)
    have: int | None = None
    """How many the desk has; None until it has said so."""
    sent: int = 0
    heard_at: float = 0.0
    """When the desk last said something new, or lines were sent after silence; s."""


class Outbox:
    """`send` is given (call's name, batch) and says whether there is a connection; `now` is monotonic, s."""

    def __init__(self, send: Callable[[str, Batch], bool], now: Callable[[], float]) -> None:
        self._send, self._now = send, now
        self._calls: dict[str, _Call] = {}
        self._left = MOST_A_POKE

    @property
    def waiting(self) -> int:
        """Lines that the desk has not confirmed."""
        return sum(len(call.lines) - (call.have or 0) for call in self._calls.values())

    def begin(self, name: str) -> Callable[[Event], None]:
        """A sink for the events of a new call."""
        call = self._calls[name] = _Call(have=0)

        def take(event: Event) -> None:
            call.lines.append(journal.encode(event).encode() + b"\n")
            self._flush(name, call)

        return take

    def add(self, path: Path) -> None:
        """A call of before, whole or cut off: what of it is missing is sent on. Raises OSError."""
        whole, _, _ = finite(path).read_bytes().rpartition(b"\n")  # a last line without its end was never written
        lines = [line + b"\n" for line in whole.split(b"\n")] if whole else []
        self._calls[path.stem] = _Call(lines)

    def confirmed(self, name: str, have: int) -> None:
        """The desk has so many lines of the call. Fewer than were sent: it missed some. More than are here: a power cut
        took the end of this file and not of the trainer's copy, which stays the longer one."""
        call = self._calls.get(name)
        if call is None or have < 0:
            return
        have = min(have, len(call.lines))
        if call.have is None or have > call.have:
            call.heard_at = self._now()
        call.have = have
        call.sent = max(call.sent, have)
        self._flush(name, call)

    def again(self) -> None:
        """The connection is back: nothing that was under way counts as sent."""
        for name, call in self._calls.items():
            call.sent = call.have or 0
            call.have = None
            self._flush(name, call)

    def poke(self) -> None:
        """Once a second: what has not been sent is sent, and again what was not confirmed for too long."""
        self._left = MOST_A_POKE
        for name, call in self._calls.items():
            silent = self._now() - call.heard_at >= RESEND_SECONDS
            if silent and call.have is not None and call.sent > call.have:
                call.sent = call.have
            if silent or call.have is not None:
                self._flush(name, call)

    def _flush(self, name: str, call: _Call) -> None:
        if call.have is None:
            if self._pass(name, Batch(call.sent + 1, ())):  # how many have arrived?
                call.heard_at = self._now()
            return
        upto = min(len(call.lines), call.have + WINDOW_LINES)
        if call.sent >= upto:
            return
        if call.sent == call.have:
            call.heard_at = self._now()
        for batch in batches(call.lines[call.sent : upto], call.sent + 1):
            if len(batch.encode()) > MOST_BYTES or not self._pass(name, batch):
                return
            call.sent += len(batch.lines)

    def _pass(self, name: str, batch: Batch) -> bool:
        if self._left and self._send(name, batch):
            self._left -= 1
            return True
        return False
