"""Whisper base behind the Recognizer port: the recogniser that works with no download."""

import copy
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from dialogue.events import Word
from voice.audio import SAMPLE_RATE, Samples
from voice.models import weights
from voice.ports import Hypothesis
from voice.recognition import endofturn
from voice.recognition.decoding import WINDOW_SECONDS, Decoded, Unwanted, WhisperModel
from voice.recognition.draft import Draft
from voice.recognition.guards import repeats
from voice.recognition.segments import LONG_SECONDS, STILL_SHORT_SECONDS, TOO_LONG_SECONDS, cut_point

MOST_THREADS = 2
"""More help little on stretches this short, and the screen and the voice want a core too."""

# A stretch is taken for noise when the model itself doubts that it is speech and is unsure of its words. Whisper's own
# limits are 0.6 and -1.0 (Radford et al. 2022, section 4.5); a text in which hardly a word is sure is refused as well.
NO_SPEECH = 0.6
UNSURE_LOG_PROBABILITY = -0.7
LEAST_CONFIDENCE = 0.35

HURRIED_SECONDS = 6.0
"""The least context in a call. Measured on 118 clips of two kinds: 5, 6, 8 and 10 s make the same number of errors
within 2 %, and 10 s cost 90 ms more before every answer."""
UNHURRIED_BEAM = 5
"""For recordings, where nobody waits: measured by benchmarks/recognition.py, a third more time and fewer errors in read
speech and on the telephone."""
UNSURE_CONFIDENCE = 0.6
"""Words less sure than this on average are worth the model's full context, which costs three times as much."""


class Whisper:
    """Keeps the sound of the current stretch and decodes it when asked. Long stretches are committed piece by piece."""

    name = "whisper"

    def __init__(self, folder: Path | None = None, *, language: str = "en", threads: int | None = None) -> None:
        """Weights from `folder` (CTranslate2's form) or from the installed packages; loaded at first use."""
        self._folder = folder
        self._language = language
        self._threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        self._loaded: WhisperModel | None = None
        self.model_hash = weights.entry("whisper-base").sha256 if folder is None else weights.main_hash(folder)
        self._t0 = 0.0
        self._clear()

    def warm_up(self) -> None:
        noise = np.random.default_rng(0).normal(0.0, 1e-3, SAMPLE_RATE).astype(np.float32)
        self._model().decode(noise)

    def sibling(self) -> "Whisper":
        """Another recogniser on the same loaded model, for another thread to use at the same time."""
        self._model()
        twin = copy.copy(self)
        twin._clear()
        return twin

    def begin(self, t0: float) -> None:
        self._t0 = t0
        self._clear()

    def accept(self, samples: Samples) -> None:
        self._pieces.append(samples)
        self._tail_samples += len(samples)

    def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
        self._commit_long(STILL_SHORT_SECONDS if settled else LONG_SECONDS)
        if settled:
            result = self._careful()
            return result if result.text else None
        try:
            self._guess = self._draft.text(self._model(), self._tail(), wanted)
        except Unwanted:
            return None
        text = " ".join([*(word.text for word in self._committed), self._guess]).strip()
        return Hypothesis(text) if text else None

    def finish(self, end: float | None = None) -> Hypothesis:
        settled, decoded_samples = self._settled
        covered = end is not None and self._t0 + (self._committed_samples + decoded_samples) / SAMPLE_RATE >= end
        if settled is None or not covered:
            # Nothing was decoded ahead, so nobody is waiting: the model gets all the context it can take.
            self._commit_long(TOO_LONG_SECONDS, unhurried=True)
            settled = self._careful(unhurried=True)
        self._clear()
        return settled

    def abort(self) -> None:
        self._clear()

    def close(self) -> None:
        self._clear()
        self._loaded = None

    def _model(self) -> WhisperModel:
        if self._loaded is None:
            ours = self._folder is None and self._language == "en"
            folder = self._folder or weights.packaged_dir("whisper-base")
            self._loaded = WhisperModel(
                folder, language=self._language, threads=self._threads, end_of_turn=endofturn.load() if ours else None
            )
        return self._loaded

    def _clear(self) -> None:
        self._pieces: list[Samples] = []
        self._tail_samples = 0
        self._guess = ""
        """The words last made of what has not been committed: much of the next result."""
        self._committed: tuple[Word, ...] = ()
        self._committed_samples = 0
        self._settled: tuple[Hypothesis | None, int] = (None, 0)
        self._draft: Draft = Draft()

    def _tail(self) -> Samples:
        """What has not been committed yet, in one piece."""
        if len(self._pieces) != 1:
            self._pieces = [np.concatenate(self._pieces)] if self._pieces else [np.zeros(0, dtype=np.float32)]
        return self._pieces[0]

    def _commit_long(self, long_seconds: float, *, unhurried: bool = False) -> None:
        """Decode for good, up to a pause, what grows too long to be decoded again and again."""
        while (cut := cut_point(self._tail(), long_seconds=long_seconds)) is not None:
            tail = self._tail()
            self._committed += self._decoded(tail[:cut], unhurried=unhurried).words
            self._committed_samples += cut
            self._pieces, self._tail_samples = [tail[cut:]], len(tail) - cut
            self._settled, self._draft, self._guess = (None, 0), Draft(), ""

    def _careful(self, *, unhurried: bool = False) -> Hypothesis:
        new = self._decoded(self._tail(), unhurried=unhurried)
        words = self._committed + new.words
        self._guess = " ".join(word.text for word in new.words)
        hypothesis = Hypothesis(" ".join(word.text for word in words), words, new.finished)
        self._settled = (hypothesis, self._tail_samples)
        return hypothesis

    def _decoded(self, samples: Samples, *, unhurried: bool) -> Decoded:
        """The stretch that follows what is committed, its words on the clock of `begin`; without any if it is noise.

        `unhurried`: more texts compete, and where the model is unsure or seems to loop, it decodes again with as much
        context as it was trained on. The surer of the two results stands, one that does not loop before one that does.
        """
        model = self._model()
        if unhurried:
            decoded = model.decode(samples, beam=UNHURRIED_BEAM)
        else:
            decoded = model.decode(samples, least_seconds=HURRIED_SECONDS, guess=self._guess)
        if is_noise(decoded):
            return replace(decoded, words=(), finished=None)
        if unhurried and (repeats(decoded.words) or mean_confidence(decoded) < UNSURE_CONFIDENCE):
            again = model.decode(samples, least_seconds=WINDOW_SECONDS, beam=UNHURRIED_BEAM)
            if not is_noise(again):
                decoded = max(decoded, again, key=lambda one: (not repeats(one.words), mean_confidence(one)))
        offset = self._t0 + self._committed_samples / SAMPLE_RATE
        words = (replace(word, start=word.start + offset, end=word.end + offset) for word in decoded.words)
        return replace(decoded, words=tuple(words))


def mean_confidence(decoded: Decoded) -> float:
    """0..1 over the words; 0 when there are none."""
    return sum(word.confidence or 0.0 for word in decoded.words) / max(1, len(decoded.words))


def is_noise(decoded: Decoded) -> bool:
    """Whether the text is rather the model's imagination than somebody's words."""
    doubted = decoded.no_speech > NO_SPEECH and decoded.mean_log_probability < UNSURE_LOG_PROBABILITY
    return doubted or mean_confidence(decoded) < LEAST_CONFIDENCE
