"""Whether the trainee can be heard at all, by the level alone: a microphone that is muted, wrong, too quiet or too
loud is the first thing that goes wrong in a first call, and sounds like a trainee who says nothing."""

from collections import deque

from ui import strings
from ui.calls.call_view import CallView
from ui.calls.ports import Meter

NOTHING_DBFS, QUIET_DBFS, LOUD_DBFS = -50.0, -38.0, -3.0
"""The loudest 20 ms of late: below the first nobody speaks, below the second too quietly; above the last it clips."""
UNHEARD_SECONDS = 8.0
"""So long after the first moment for words nobody who can be heard is still silent."""
MUTED_SECONDS = 1.5
"""So long, for half of it at the least, somebody who is muted talks before they are told."""


class MicrophoneWatch:
    """Look at the meter as often as a screen draws."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._loudest = -120.0
        """dBFS, since the microphone opened."""
        self._loudest_of_turn = -120.0
        self._verdict = ""
        """On the last turn."""
        self._heard = False
        self._while_muted: deque[tuple[float, bool]] = deque()
        """(s on the call clock, loud enough for words) of the newest `MUTED_SECONDS`."""
        self._talked_muted = False
        """Since the mute key was pressed."""

    def look(self, meter: Meter, view: CallView, now: float) -> str:
        """One sentence on what to do about the microphone, "" when all is well. `now` in s on the call clock."""
        if meter.listening != "microphone" or view.hold_since is not None or view.ended:
            return ""
        if view.muted:
            return strings.TALKS_MUTED if self._talks_muted(meter, now) else ""
        self._talked_muted = False
        self._while_muted.clear()
        self._began = now if self._began is None else self._began
        self._loudest = max(self._loudest, meter.level_dbfs)
        self._heard = self._heard or meter.speaking or any(line.who == "you" for line in view.lines)
        if meter.speaking:
            self._loudest_of_turn = max(self._loudest_of_turn, meter.level_dbfs)
        elif self._loudest_of_turn > NOTHING_DBFS:
            self._verdict = _on_a_turn(self._loudest_of_turn)
            self._loudest_of_turn = -120.0
        if self._heard or now - self._began < UNHEARD_SECONDS:
            return self._verdict
        return strings.MICROPHONE_SILENT if self._loudest < NOTHING_DBFS else strings.MICROPHONE_NO_WORDS

    def _talks_muted(self, meter: Meter, now: float) -> bool:
        """Once they did, it is said until they are heard again. Behind a closed microphone the customer sounds, too."""
        last = self._while_muted
        if meter.customer_speaking:
            last.clear()
        else:
            last.append((now, meter.muted_dbfs > QUIET_DBFS))
        full = bool(last) and now - last[0][0] >= MUTED_SECONDS
        while last and now - last[0][0] > MUTED_SECONDS:
            last.popleft()
        self._talked_muted |= full and 2 * sum(loud for _, loud in last) >= len(last)
        return self._talked_muted


def _on_a_turn(loudest_dbfs: float) -> str:
    if loudest_dbfs < QUIET_DBFS:
        return strings.TURN_QUIET
    return strings.TURN_LOUD if loudest_dbfs > LOUD_DBFS else ""
