"""Feeds lines to the speaker piece by piece and reads from its counters how much of a line has sounded."""

import contextlib
import threading
from collections.abc import Callable

import numpy as np

from voice.audio import Samples
from voice.ports import Speaker, VoiceProblem
from voice.speaking.line import Played, SpokenLine
from voice.synthesis.pieces import Piece

POLL_SECONDS = 0.003
"""How often the speaker's counters are read while a line sounds."""
STALL_SECONDS = 2.0
"""A speaker that plays none of its queued samples for this long (call time) counts as lost."""


class Stopped(Exception):
    """Raised on the feeding thread after `stop`."""


class Feed:
    """One thread calls `queue`, `watch`, `rest` and `cut`; any thread may call `stop`."""

    def __init__(self, speaker: Speaker, now: Callable[[], float]) -> None:
        """`now` gives call time, s."""
        self._speaker = speaker
        self._now = now
        self.lock = threading.Lock()
        """Held while the speaker's queue changes, so that nothing is queued after a stop."""
        self.stops = 0
        """How often `stop` was called. A line given before the last stop is not played any more."""
        self._stopped_at = 0.0
        self._stopped_count = 0
        self._woken = threading.Event()

    def stop(self) -> None:
        """Silent within one block."""
        with self.lock:
            self.stops += 1
            self._stopped_at = self._now()
            with contextlib.suppress(VoiceProblem):
                self._speaker.stop()
                self._stopped_count = self._speaker.played_samples()
        self._woken.set()

    def queue(self, line: SpokenLine, piece: Piece | None, samples: Samples, pause: float) -> None:
        """Queue the samples of a piece (None: of a breath), then `pause` s of silence. Raises Stopped, VoiceProblem."""
        gap = np.zeros(int(pause * self._speaker.rate), np.float32)
        sound = np.concatenate([samples, gap])
        with self.lock:
            self._heed(line)
            if not line.queued:
                line.base = self._speaker.played_samples() + self._speaker.pending_samples()
            line.sound.append(sound)
            self._speaker.play(sound)
        if piece:
            line.played.append(Played(piece, line.queued, line.queued + len(samples)))
        line.queued += len(sound)
        line.moved_at = self._now()

    def watch(self, line: SpokenLine) -> int:
        """How many samples of the line have sounded. Raises Stopped, and VoiceProblem for a speaker that has died."""
        if self._speaker.problem:
            raise VoiceProblem(self._speaker.problem)
        with self.lock:
            self._heed(line)
            played = self._speaker.played_samples()
            sounded = played - line.base if line.queued else 0
        if sounded > line.sounded:
            line.sounded, line.moved_at = sounded, self._now()
        elif line.sounded < line.queued and self._now() - line.moved_at > STALL_SECONDS:
            raise VoiceProblem("the headphones have stopped playing: check that they are plugged in.")
        return line.sounded

    def rest(self) -> None:
        """Wait until it is time to read the counters again, or until `stop`."""
        self._woken.wait(POLL_SECONDS)
        self._woken.clear()

    def cut(self, line: SpokenLine) -> tuple[float, int, str]:
        """For a line that was stopped: call time of the stop in s, and the samples and words that had sounded."""
        with self.lock:
            at, count = self._stopped_at, self._stopped_count
        return at, *line.cut_at(count)

    def _heed(self, line: SpokenLine) -> None:
        if line.stops != self.stops:
            raise Stopped
