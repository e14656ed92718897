"""Headphones for a whole call: when they are lost, they are reopened as soon as possible."""

import contextlib
import threading
from collections.abc import Callable

from voice.audio import Samples
from voice.devices import retrying
from voice.devices.resampling import resample
from voice.ports import Speaker, VoiceProblem

Lost = Callable[[str], None]
OpenSpeaker = Callable[[Lost], Speaker]


class LastingSpeaker:
    """A `Speaker` that retries once a second after a loss. Until then `play` raises VoiceProblem."""

    def __init__(self, open_speaker: OpenSpeaker) -> None:
        """Opens the device at once. VoiceProblem when there is none."""
        self._open = open_speaker
        self._over = threading.Event()
        self._changing = threading.Lock()
        """Held while one device replaces another, and while their sample counts are added."""
        self._problem = ""
        self._retrying = False
        self._before = 0  # samples played on devices that were lost
        self._loop: Samples | None = None
        self._speaker = open_speaker(self._lost)
        self.rate = self._speaker.rate

    @property
    def problem(self) -> str:
        return self._problem or self._speaker.problem

    def play(self, samples: Samples) -> None:
        if self.problem:
            raise VoiceProblem(self.problem)
        self._speaker.play(resample(samples, self.rate, self._speaker.rate))

    def stop(self) -> None:
        self._speaker.stop()

    def played_samples(self) -> int:
        with self._changing:
            return self._played()

    def pending_samples(self) -> int:
        return self._speaker.pending_samples() * self.rate // self._speaker.rate

    def background(self, loop: Samples | None) -> None:
        with self._changing:
            self._loop = loop
            self._speaker.background(loop if loop is None else resample(loop, self.rate, self._speaker.rate))

    def close(self) -> None:
        with self._changing:
            self._over.set()
        self._speaker.close()

    def _played(self) -> int:
        return self._before + self._speaker.played_samples() * self.rate // self._speaker.rate

    def _lost(self, problem: str) -> None:
        with self._changing:
            if self._over.is_set() or self._retrying:
                return
            self._problem, self._retrying = problem, True
        threading.Thread(target=self._retry, name="headphones retry", daemon=True).start()

    def _retry(self) -> None:
        with contextlib.suppress(Exception):  # how a dead device fails to close is of no interest
            self._speaker.close()
        self._over.wait(retrying.RETRY_SECONDS)
        retrying.done_at_last(self._reopen, self._over)

    def _reopen(self) -> bool:
        speaker = self._open(self._lost)
        try:
            taken = self._replace(speaker)
        except Exception:
            speaker.close()
            raise
        if not taken:
            speaker.close()
        return taken

    def _replace(self, speaker: Speaker) -> bool:
        """Use `speaker` from now on, unless the call is over or it has been lost meanwhile; whether it is used."""
        with self._changing:
            if self._over.is_set() or speaker.problem:
                return False
            if self._loop is not None:
                speaker.background(resample(self._loop, self.rate, speaker.rate))
            self._before = self._played()
            self._speaker = speaker
            self._problem, self._retrying = "", False
            return True
