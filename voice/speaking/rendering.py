"""Renders pieces of lines ahead of time, on a separate thread, and caches the clips."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from voice.audio import Samples
from voice.devices.resampling import resample
from voice.ports import Synthesizer
from voice.synthesis.pieces import Piece

KEPT_CLIPS = 32
"""Size of the cache: about 10 MB."""

Clip = Future[Samples]
Key = tuple[str, int]
"""Text and anger."""


class Rendering:
    """One synthesizer on one thread. Any thread may call any method; all but `close` return at once."""

    def __init__(self, synthesizer: Synthesizer, rate: int) -> None:
        """`rate`: what the speaker wants, Hz."""
        self._synthesizer = synthesizer
        self._rate = rate
        self._lock = threading.Lock()
        self._clips: OrderedDict[Key, Clip] = OrderedDict()
        self._guesses: set[Key] = set()
        """Requested only by `prepare` so far."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mouth renders")

    def clip(self, piece: Piece, anger: float) -> Clip:
        """The piece at that anger (0..100, rounded), rendered or being rendered."""
        key = (piece.text, round(anger))
        with self._lock:
            self._guesses.discard(key)
            return self._wanted(key)

    def prepare(self, pieces: Sequence[Piece], anger: float) -> None:
        """Render these pieces, which may be needed soon. Earlier guesses not yet being rendered are dropped."""
        keys = [(piece.text, round(anger)) for piece in pieces]
        with self._lock:
            for key in self._guesses.difference(keys):
                if key in self._clips and self._clips[key].cancel():
                    del self._clips[key]
            self._guesses = {key for key in keys if key not in self._clips or key in self._guesses}
            for key in keys:
                self._wanted(key)

    def close(self) -> None:
        """Close the synthesizer, which also ends a render that hangs, and the thread."""
        try:
            self._synthesizer.close()
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._clips.clear()

    def _wanted(self, key: Key) -> Clip:
        """The clip for `key`, requested (again) if it is missing, cancelled or failed. The caller holds the lock."""
        clip = self._clips.get(key)
        if clip is None or clip.cancelled() or (clip.done() and clip.exception() is not None):
            clip = self._clips[key] = self._thread.submit(self._render, *key)
        self._clips.move_to_end(key)
        while len(self._clips) > KEPT_CLIPS:
            self._clips.popitem(last=False)
        return clip

    def _render(self, text: str, anger: int) -> Samples:
        clip = self._synthesizer.render(text, anger)
        if clip.rate == self._rate:
            return clip.samples
        return np.clip(resample(clip.samples, clip.rate, self._rate), -1.0, 1.0)
