"""Sends journal lines to the trainer's desk: all of them, in order.

The journal is the outbox. The desk says how many lines of each call it has on disk, and all others are sent, again
after every loss. Lines that arrive twice are recognised by their number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dialogue import journal
from dialogue.events import Event
from dialogue.files import finite
from ui.classroom.protocol import MOST_BYTES, Batch, batches

RESEND_SECONDS = 3.0
"""Lines are sent again when the desk has not confirmed them for so long."""
WINDOW_LINES = 2_000
"""The most lines sent but not confirmed."""
MOST_A_POKE = 50
"""Batches between two pokes, a second apart: half of what the desk takes for a flood."""


@dataclass(slots=True)
class _Call:
    lines: list[bytes] = field(default_factory=list)
    have: int | None = None
    """Lines the desk has; None until it says so."""
    sent: int = 0
    heard_at: float = 0.0
    """When the desk last confirmed new lines, or lines were sent with none outstanding, s."""


class Outbox:
    """`send` takes (call's name, batch) and returns whether there is a connection; `now` is monotonic, s."""

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
        """Send what the desk lacks of an earlier call. Raises OSError."""
        whole, _, _ = finite(path).read_bytes().rpartition(b"\n")  # a last line without its end was never written
        lines = [line + b"\n" for line in whole.split(b"\n")] if whole else []
        self._calls[path.stem] = _Call(lines)

    def confirmed(self, name: str, have: int) -> None:
        """The desk has so many lines of the call. More than are here means that a power cut took the end of this file;
        the trainer's copy keeps it."""
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
        """The connection is back: unconfirmed lines count as not sent."""
        for name, call in self._calls.items():
            call.sent = call.have or 0
            call.have = None
            self._flush(name, call)

    def poke(self) -> None:
        """Once a second: send what has not been sent, and again what was not confirmed in time."""
        self._left = MOST_A_POKE
        for name, call in self._calls.items():
            silent = self._now() - call.heard_at >= RESEND_SECONDS
            if silent and call.have is not None and call.sent > call.have:
                call.sent = call.have
            if silent or call.have is not None:
                self._flush(name, call)

    def _flush(self, name: str, call: _Call) -> None:
        if call.have is None:
            if self._pass(name, Batch(call.sent + 1, ())):  # asks how many have arrived
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
