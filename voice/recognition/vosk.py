"""Vosk behind the Recognizer port: words while they are spoken, from a model folder on this machine.

Measured traps of vosk 0.3.45, each met below where it says so: without `model_path` it goes to the network and may end
the process; its errors reach file descriptor 2 whatever the log level; a new recogniser's first sound costs about a
second; its word times count every sample since it was made; `Reset` lets the old stretch leak into the new one.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dialogue.events import Word
from voice.audio import SAMPLE_RATE, Samples
from voice.models import weights
from voice.ports import Hypothesis, VoiceProblem
from voice.quiet import descriptor_2_silenced

_NEEDED = ("conf/mfcc.conf", "graph/phones/word_boundary.int")
"""Vosk would start without these and fail later, or lose the word times."""


class Vosk:
    """One Kaldi recogniser, made once and kept; `accept` decodes as it goes."""

    name = "vosk"

    def __init__(self, folder: Path) -> None:
        """A model folder as its archive unpacks; loaded at `warm_up` or first use."""
        self._folder = folder
        self.model_hash = weights.main_hash(folder)
        self._recognizer: Any = None
        self._fed_samples = 0
        self._clear()

    def warm_up(self) -> None:
        """Load, and decode a second of noise: it takes the first sound's cost, and a broken model fails here."""
        self._feed(np.random.default_rng(0).normal(0.0, 1e-3, SAMPLE_RATE).astype(np.float32))
        self._kaldi().FinalResult()

    def begin(self, t0: float) -> None:
        self.abort()
        self._clear(t0)

    def accept(self, samples: Samples) -> None:
        if self._feed(samples):  # Kaldi has met a pause of its own: that part of the stretch is done
            self._take(self._kaldi().Result())
        self._open = True

    def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
        unfinished = str(json.loads(self._kaldi().PartialResult()).get("partial", ""))
        text = " ".join([*(word.text for word in self._words), unfinished]).strip()
        return Hypothesis(text) if text else None

    def finish(self, end: float | None = None) -> Hypothesis:
        self._take(self._kaldi().FinalResult())
        words = tuple(self._words)
        self._clear()
        return Hypothesis(" ".join(word.text for word in words), words)

    def abort(self) -> None:
        if self._open:
            self._kaldi().FinalResult()  # not Reset(): frames it leaves behind surface as words of the next turn
        self._clear()

    def close(self) -> None:
        self._recognizer = None
        self._fed_samples = 0
        self._clear()

    def _kaldi(self) -> Any:
        if self._recognizer is None:
            self._recognizer = _load(self._folder)
        return self._recognizer

    def _clear(self, t0: float = 0.0) -> None:
        self._offset = t0 - self._fed_samples / SAMPLE_RATE  # s, from Kaldi's clock to that of `begin`
        self._words: list[Word] = []
        self._open = False

    def _feed(self, samples: Samples) -> bool:
        """Whether Kaldi thinks that an utterance has ended."""
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        try:
            ended = bool(self._kaldi().AcceptWaveform(pcm))
        except VoiceProblem:
            raise
        except Exception as problem:  # vosk raises bare Exception
            raise VoiceProblem(f"The speech model in {self._folder} failed ({problem}): install it again.") from problem
        self._fed_samples += len(samples)
        return ended

    def _take(self, result: str) -> None:
        """Add the words of one of Kaldi's results."""
        for word in json.loads(result).get("result", ()):
            times = float(word["start"]) + self._offset, float(word["end"]) + self._offset
            self._words.append(Word(str(word["word"]), *times, round(float(word["conf"]), 3)))


def _load(folder: Path) -> Any:
    """A recogniser with word times, or VoiceProblem for a model that is not whole."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise VoiceProblem(f"{folder} is not a whole Vosk model ({missing[0]} is missing): install it again.")
    with descriptor_2_silenced():
        try:
            from vosk import KaldiRecognizer, Model, SetLogLevel

            SetLogLevel(-1)
            recognizer = KaldiRecognizer(Model(model_path=str(folder)), SAMPLE_RATE)
        except Exception as problem:  # vosk raises bare Exception; a wheel without its library raises OSError
            raise VoiceProblem(
                f"The Vosk model in {folder} cannot be loaded ({problem}): install it again."
            ) from problem
    recognizer.SetWords(True)
    return recognizer
