"""Detects during a call whether the microphone hears the customer, by comparing what is played with what is heard.

Unplugging a headset leaves the call with loudspeakers, or with a "microphone" that carries what the computer plays, and
no sound system reports it: the customer would be interrupted by their own voice. Compared are the levels of frames of
20 ms, which survive any room and any codec; the delay is searched for, as in `voice.soundcheck`.

For a second the trainee's own speech may resemble the customer's by chance. So an echo is believed only when chance
cannot explain the likeness, and frames of several lines are put together where these are short. Only lines count: after
a hum in the trainee's pause their next word follows every time. An echo once found is believed until it is missing, for
other sound in the microphone can only be added to it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio import FRAME_SECONDS, Samples, dbfs
from voice.echo.likeness import Levels, Likeness, likeness, rung

LONGEST_DELAY_SECONDS = 0.4
QUIETEST_DB = -60.0
"""Levels below this count as silence."""
BEFORE_SECONDS, AFTER_SECONDS = 0.3, 0.4
"""How much around the customer's voice is compared, too: an echo begins and ends with it, a trainee's interruption does
not."""
COMPARED_SECONDS = (1.5, 2.0, 3.0, 4.0)
"""The latest frames are compared over each of these: long stretches find an echo in noise, short ones a new one."""
LEAST_SECONDS = 0.8
"""How much of that must be the customer's voice: a single word only has a beginning and an end, like any word of the
trainee's."""
ECHO_LIKENESS, ECHO_SURENESS = 0.7, 3.75
"""Above both, the microphone hears the customer (`python -m benchmarks.echo` counts false alarms)."""
RINGING_DB = 3.0
"""Decay per frame in a room where sound falls by 60 dB in 0.4 s. Levels are compared with and without it."""
MISSING_DB, MISSING_SECONDS = 10.0, 0.5
"""An echo is gone when the louder half of the customer's voice is heard this much fainter for this long."""
NO_ECHO_LIKENESS = 0.5
"""An echo is also gone, or lost in noise, when the correlation over the longest of COMPARED_SECONDS is lower."""
ADDED_DB = 6.0
"""For that correlation, heard levels are capped this far above the echo's: the trainee's speech must not hide it."""
GAP_SECONDS = 0.2
"""A stream this far behind the wall clock has lost blocks."""
KEPT_SECONDS = 3.2

DELAYS = round(LONGEST_DELAY_SECONDS / FRAME_SECONDS)
BEFORE, AFTER = round(BEFORE_SECONDS / FRAME_SECONDS), round(AFTER_SECONDS / FRAME_SECONDS)
MOST = round(COMPARED_SECONDS[-1] / FRAME_SECONDS)


class _Track:
    """The levels of one stream on a grid of 20 ms. Blocks are counted, not timed, so late callbacks do not matter."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._levels: deque[float] = deque(maxlen=round(KEPT_SECONDS / FRAME_SECONDS))
        self._end = 0  # grid position after the newest level

    def add(self, level_db: float) -> None:
        now = round(self._monotonic() / FRAME_SECONDS)
        if abs(now - self._end) * FRAME_SECONDS > GAP_SECONDS:
            self._levels.extend([QUIETEST_DB] * min(max(now - self._end, 0), 1000))
            self._end = now
        self._levels.append(max(level_db, QUIETEST_DB))
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


@dataclass(frozen=True, slots=True)
class _Frames:
    """The frames that are compared, all around the customer's voice; time may have passed between one and the next."""

    played: Levels
    rung: Levels
    """The same as a reverberant room returns it. Both (n,)."""
    heard: Levels
    """(n, DELAYS): column k is what was heard k frames later."""
    sounding: npt.NDArray[np.bool_]
    """(n,): where the customer's voice itself sounds."""

    def __len__(self) -> int:
        return len(self.played)

    def last(self, count: int) -> "_Frames":
        begin = max(len(self) - count, 0)
        return _Frames(self.played[begin:], self.rung[begin:], self.heard[begin:], self.sounding[begin:])

    def and_then(self, more: "_Frames") -> "_Frames":
        return _Frames(
            np.concatenate([self.played, more.played]),
            np.concatenate([self.rung, more.rung]),
            np.concatenate([self.heard, more.heard]),
            np.concatenate([self.sounding, more.sounding]),
        )

    def alike(self) -> Likeness | None:
        """What was heard against what was played, with or without reverberation, whichever is surer."""
        both = (likeness(played, self.heard) for played in (self.played, self.rung))
        return max((each for each in both if each), key=lambda each: each.sureness, default=None)

    def likeness_within(self, gain_db: float) -> float:
        """Correlation (-1..1) with what was played, reverberant, when heard levels are capped `gain_db` above it."""
        alike = likeness(self.rung, np.minimum(self.heard, self.rung[:, np.newaxis] + gain_db))
        return alike.correlation if alike else 0.0

    def gains_db(self) -> Levels:
        """(DELAYS,): how much louder than played the louder half of the customer's voice is heard, at each delay."""
        loud = self.sounding & (self.played >= np.median(self.played[self.sounding]))
        gains: Levels = np.median(self.heard[loud] - self.played[loud, np.newaxis], axis=0)
        return gains

    def voice_seconds(self) -> float:
        return float(self.sounding.sum()) * FRAME_SECONDS


_NONE = _Frames(np.zeros(0), np.zeros(0), np.zeros((0, DELAYS)), np.zeros(0, np.bool_))


class EchoWatch:
    """`played` and `heard` get every block of 20 ms, in the devices' threads; `look` is called a few times a second."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.echo = False
        """Whether the microphone hears the customer."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._played, self._line, self._heard = _Track(monotonic), _Track(monotonic), _Track(monotonic)
        self._seen = 0  # grid position up to which frames were gathered
        self._frames = _NONE
        self._gain_db = 0.0
        """The echo's gain when it was found."""

    def played(self, block: Samples, of_line: bool = True) -> None:
        """`of_line`: the block belongs to a line, not to a breath, a hum or music."""
        level_db = dbfs(block)
        with self._lock:
            self._played.add(level_db)
            self._line.add(level_db if of_line else QUIETEST_DB)

    def heard(self, block: Samples) -> None:
        level_db = dbfs(block)
        with self._lock:
            self._heard.add(level_db)

    def look(self) -> bool:
        """Compare what is new; whether `echo` has changed."""
        new = self._gathered()
        if not len(new):
            return False
        self._frames = self._frames.and_then(new).last(MOST)
        changed = self._gone() if self.echo else self._found()
        if changed:
            self.echo = not self.echo
            self._frames = _NONE
        return changed

    def _gathered(self) -> _Frames:
        """The frames since the last look, up to the latest of which every possible echo has been heard."""
        last = round(self._monotonic() / FRAME_SECONDS) - DELAYS
        first = max(self._seen, last - round(KEPT_SECONDS / FRAME_SECONDS) + DELAYS + AFTER)
        if first >= last:
            return _NONE
        self._seen = last
        with self._lock:
            played = self._played.between(first - AFTER, last)
            line = self._line.between(first - AFTER, last + BEFORE)
            heard = self._heard.between(first, last + DELAYS)
        sounding = line > QUIETEST_DB
        near = np.convolve(sounding, np.ones(BEFORE + AFTER + 1), "valid") > 0.5
        return _Frames(
            played[AFTER:][near],
            rung(played, RINGING_DB)[AFTER:][near],
            np.lib.stride_tricks.sliding_window_view(heard, DELAYS)[: last - first][near],
            sounding[AFTER : AFTER + last - first][near],
        )

    def _found(self) -> bool:
        for seconds in COMPARED_SECONDS:
            frames = self._frames.last(count := round(seconds / FRAME_SECONDS))
            if len(frames) < count or frames.voice_seconds() < LEAST_SECONDS:
                continue
            alike = frames.alike()
            if alike and alike.correlation > ECHO_LIKENESS and alike.sureness > ECHO_SURENESS:
                self._gain_db = float(frames.gains_db()[alike.delay])
                return True
        return False

    def _gone(self) -> bool:
        lately = self._frames.last(round(COMPARED_SECONDS[0] / FRAME_SECONDS))
        if lately.voice_seconds() >= MISSING_SECONDS and max(lately.gains_db()) < self._gain_db - MISSING_DB:
            return True
        return len(self._frames) == MOST and self._frames.likeness_within(self._gain_db + ADDED_DB) < NO_ECHO_LIKENESS
