"""Parts with known behaviour, for tests of what lies between them."""

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from dialogue.events import AudioProblem, Partial, Prosody, Utterance, Word, WorldEvent
from voice.audio import SAMPLE_RATE, Samples
from voice.ports import Hypothesis


class LevelVad:
    """Speech is what is louder than -40 dBFS."""

    chunk_samples = 512

    def probability(self, chunk: Samples) -> float:
        return 1.0 if float(np.sqrt(np.mean(chunk**2))) > 0.01 else 0.0

    def reset(self) -> None:
        pass


class ScriptedRecognizer:
    """Says the next of `texts` for each stretch, and keeps what it was given."""

    name = "scripted"
    model_hash = "none"

    def __init__(self, texts: Sequence[str] = (), on_decode: Callable[[], None] = lambda: None) -> None:
        self._texts = list(texts)
        self._on_decode = on_decode
        self._open = False
        self.stretches: list[Samples] = []
        self.starts: list[float] = []
        self.decodes = 0
        self.aborted = 0

    def warm_up(self) -> None: ...

    def begin(self, t0: float) -> None:
        assert not self._open, "begin within a stretch"
        self._open = True
        self.starts.append(t0)
        self.stretches.append(np.zeros(0, np.float32))

    def accept(self, samples: Samples) -> None:
        assert self._open, "accept outside a stretch"
        self.stretches[-1] = np.concatenate([self.stretches[-1], samples])

    def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
        assert self._open, "partial outside a stretch"
        return self._hypothesis()

    def finish(self, end: float | None = None) -> Hypothesis:
        assert self._open, "finish outside a stretch"
        self._open = False
        found = self._hypothesis()
        if len(self._texts) > 1:
            self._texts.pop(0)
        return found

    def abort(self) -> None:
        self._open = False
        self.aborted += 1

    def close(self) -> None: ...

    def _hypothesis(self) -> Hypothesis:
        self.decodes += 1
        self._on_decode()
        text = self._texts[0] if self._texts else "word"
        t0 = self.starts[-1]
        end = t0 + len(self.stretches[-1]) / SAMPLE_RATE
        return Hypothesis(text, tuple(Word(each, t0, end, 0.9) for each in text.split()))


def noise(seconds: float, dbfs: float = -20.0, seed: int = 0) -> Samples:
    """White noise: speech, to LevelVad, when louder than -40 dBFS."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE))
    return (samples * 10 ** (dbfs / 20)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def sequence(*parts: float) -> Samples:
    """Speech for positive, silence for negative seconds, one after the other."""
    return np.concatenate([noise(part) if part > 0 else silence(-part) for part in parts])


class Failing(ScriptedRecognizer):
    """Fails the first `times` times that it is to finish."""

    def __init__(self, times: int) -> None:
        super().__init__(["Back again."])
        self._times = times

    def finish(self, end: float | None = None) -> Hypothesis:
        if self._times:
            self._times -= 1
            raise RuntimeError("out of memory")
        return super().finish(end)


def assert_apart(recognizer: ScriptedRecognizer, samples: Samples) -> None:
    first, second = recognizer.stretches
    assert recognizer.starts[0] + len(first) / SAMPLE_RATE <= recognizer.starts[1] + 1e-9
    at = round(recognizer.starts[1] * SAMPLE_RATE)
    assert np.array_equal(second, samples[at : at + len(second)])


PATIENCE_SECONDS = 30.0
"""A bound for broken programs, not a measure."""


def measured(samples: Samples) -> Prosody:
    """A voice of which only the length is known."""
    return Prosody(len(samples) / SAMPLE_RATE, -20.0, None, None, 4.0, 0.0, 0.0)


def utterances(events: Sequence[WorldEvent]) -> list[Utterance]:
    return [event for event in events if isinstance(event, Utterance)]


class Listener:
    """Keeps what an ear and a mouth emit from their threads, and waits for it."""

    def __init__(self) -> None:
        self.events: list[WorldEvent] = []
        self.heard = threading.Event()
        """There has been an utterance."""

    def emit(self, event: WorldEvent) -> None:
        self.events.append(event)
        if isinstance(event, Utterance):
            self.heard.set()

    @property
    def turns(self) -> list[Utterance]:
        return utterances(self.events)

    @property
    def said(self) -> list[str]:
        return [turn.text for turn in self.turns]

    @property
    def partials(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Partial)]

    def problems(self, kind: str) -> list[str]:
        return [event.text for event in self.events if isinstance(event, AudioProblem) and event.kind == kind]

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.events
            time.sleep(0.005)
