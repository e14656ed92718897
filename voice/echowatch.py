"""Does the microphone hear the customer? Found out during a call, from the levels of what is played and what is heard.

A headset that is unplugged leaves the call with loudspeakers, or with a "microphone" that carries what the computer
plays, and no sound system says so: the customer would be cut off by their own voice. Levels of 20 ms survive any room
and any codec; the delay between the two is searched for, as in `voice.soundcheck`.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from voice.audio import FRAME_SECONDS, Samples, dbfs

WINDOW_SECONDS = 1.6
LONGEST_DELAY_SECONDS = 0.4
QUIETEST_DB = -60.0
"""Levels below this are silence."""
LEAST_SECONDS, UNENDED_SECONDS = 0.2, 0.9
"""Of the customer's voice, before anything is concluded: where its end is heard too, and where it goes on."""
BEFORE_SECONDS, AFTER_SECONDS = 0.3, 0.4
"""What is compared around the customer's voice: an echo begins and ends with it, a trainee who cuts in does not."""
ECHO_LIKENESS, NO_ECHO_LIKENESS = 0.8, 0.5
"""Above the one the microphone hears the customer, below the other it does not; at two looks one after the other."""
GAP_SECONDS = 0.2
"""A stream this far behind the wall clock has lost blocks."""

Levels = npt.NDArray[np.float64]


class _Track:
    """The levels of one stream on a grid of 20 ms, by the number of blocks, so that late callbacks do not matter."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._levels: deque[float] = deque(maxlen=round(2 * WINDOW_SECONDS / FRAME_SECONDS))
        self._end = 0  # grid position after the newest level

    def add(self, block: Samples) -> None:
        now = round(self._monotonic() / FRAME_SECONDS)
        if abs(now - self._end) * FRAME_SECONDS > GAP_SECONDS:
            self._levels.extend([QUIETEST_DB] * min(max(now - self._end, 0), 1000))
            self._end = now
        self._levels.append(max(dbfs(block), QUIETEST_DB))
        self._end += 1

    def between(self, first: int, last: int) -> Levels:
        """Grid positions first..last-1; silence where there is nothing. Shape (last - first,)."""
        found = np.full(last - first, QUIETEST_DB)
        levels, end = list(self._levels), self._end
        begin = end - len(levels)
        lower, upper = max(first, begin), min(last, end)
        if lower < upper:
            found[lower - first : upper - first] = levels[lower - begin : upper - begin]
        return found


class EchoWatch:
    """`played` and `heard` are given every 20 ms block by the devices' own threads; `look` is asked now and then."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.echo = False
        """The microphone hears the customer."""
        self._found = False  # at the last look
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._played, self._heard = _Track(monotonic), _Track(monotonic)

    def played(self, block: Samples) -> None:
        with self._lock:
            self._played.add(block)

    def heard(self, block: Samples) -> None:
        with self._lock:
            self._heard.add(block)

    def look(self) -> bool:
        """Whether `echo` has changed."""
        likeness = self.likeness()
        found = self.echo if likeness is None else likeness > (NO_ECHO_LIKENESS if self.echo else ECHO_LIKENESS)
        changed = found == self._found != self.echo
        self._found = found
        if changed:
            self.echo = found
        return changed

    def likeness(self) -> float | None:
        """-1..1: correlation of the levels around what was played lately with those heard, at the best delay. None
        where too little was played, or its end is not yet heard."""
        last = round((self._monotonic() - LONGEST_DELAY_SECONDS) / FRAME_SECONDS)
        first = last - round(WINDOW_SECONDS / FRAME_SECONDS)
        delays = round(LONGEST_DELAY_SECONDS / FRAME_SECONDS)
        with self._lock:
            played = self._played.between(first, last)
            heard = self._heard.between(first, last + delays)
        sounding = played > QUIETEST_DB
        ended = not sounding[-round(AFTER_SECONDS / FRAME_SECONDS) :].any()
        if ended:
            sounding = _whole(sounding)
        if sounding.sum() * FRAME_SECONDS < (LEAST_SECONDS if ended else UNENDED_SECONDS):
            return None
        compared = _around(sounding)
        wanted = played[compared]
        if not np.std(wanted):
            return None
        return max(_correlation(wanted, heard[delay : delay + len(played)][compared]) for delay in range(delays))


def _whole(sounding: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Without what began before the window did."""
    gap = np.convolve(sounding, np.ones(round(BEFORE_SECONDS / FRAME_SECONDS)), "valid") == 0
    begins = int(np.argmax(gap)) if gap.any() else len(sounding)
    return np.where(np.arange(len(sounding)) < begins, False, sounding)


def _around(sounding: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The frames that sound, and those shortly before and after."""
    reach = np.ones(round((BEFORE_SECONDS + AFTER_SECONDS) / FRAME_SECONDS) + 1)
    before = round(BEFORE_SECONDS / FRAME_SECONDS)
    return np.convolve(sounding, reach)[before : before + len(sounding)] > 0.5


def _correlation(one: Levels, other: Levels) -> float:
    return float(np.corrcoef(one, other)[0, 1]) if np.std(other) > 0 else 0.0
