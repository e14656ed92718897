"""The sound of the last moments, addressed by sample number."""

from collections import deque

import numpy as np

from voice.audio import Samples


class RollingBuffer:
    """A buffer that grows at the end and is forgotten from the front; sample 0 is the first ever added."""

    def __init__(self) -> None:
        self._pieces: deque[Samples] = deque()
        self.start = 0
        """The oldest sample still here."""
        self.end = 0
        """One past the newest sample."""
        self.position = 0
        """One past the last sample given out by `next_chunk`."""

    def add(self, samples: Samples) -> None:
        if len(samples):
            self._pieces.append(samples)
            self.end += len(samples)

    def next_chunk(self, size: int) -> Samples | None:
        """The next `size` samples in order, or None until there are so many."""
        if self.end - self.position < size:
            return None
        self.position += size
        return self.between(self.position - size, self.position)

    def between(self, first: int, last: int) -> Samples:
        """Samples first..last-1, as far as they are still here; shape (n,)."""
        found: list[Samples] = []
        at = self.end
        for piece in reversed(self._pieces):  # what is asked for is nearly always near the end
            at -= len(piece)
            if at < last:
                found.append(piece[max(first - at, 0) : last - at])
            if at <= first:
                break
        return np.concatenate(found[::-1]) if found else np.zeros(0, np.float32)

    def forget_before(self, sample: int) -> None:
        """Drop whole pieces that lie before `sample`."""
        while self._pieces and self.start + len(self._pieces[0]) <= sample:
            self.start += len(self._pieces.popleft())
