"""A recogniser beside the ear: asked in order, answering when it can, and given up on when it keeps failing."""

from collections.abc import Callable
from typing import TypeVar

from voice.audio import Samples
from voice.hearing.worker import Worker
from voice.ports import Hypothesis, Recognizer, VoiceProblem

FAILURES = 3
"""So many turns in a row that the recogniser fails on, and the ear gives up."""
T = TypeVar("T")
Then = Callable[[Hypothesis | None], None]


class Beside:
    """One recogniser on a worker. Its answers arrive in `follow_up`, and are None once it has failed in a stretch."""

    def __init__(self, recognizer: Recognizer, *, beside: bool) -> None:
        """Not `beside`, every answer arrives before the call that asks for it returns."""
        self._recognizer = recognizer  # only ever touched by the worker's jobs
        self._worker = Worker("recogniser", beside=beside)
        self._failure: Exception | None = None  # in this stretch
        self._failures = 0
        self.follow_up = self._worker.follow_up
        self.close = self._worker.end

    def begin(self, t0: float) -> None:
        self._ask(lambda: self._recognizer.begin(t0))

    def accept(self, samples: Samples) -> None:
        self._ask(lambda: self._recognizer.accept(samples))

    def partial(self, then: Then, *, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> None:
        self._ask(lambda: self._recognizer.partial(settled=settled, wanted=wanted), then)

    def finish(self, end: float) -> Hypothesis | None:
        """Waits; hardly at all, if what was said up to `end` has been asked for and answered."""
        found: list[Hypothesis | None] = []
        self._ask(lambda: self._recognizer.finish(end=end), found.append)
        self.follow_up(wait=True)
        return found[0]

    def abort(self) -> None:
        """Waits."""
        self._ask(self._recognizer.abort)
        self.follow_up(wait=True)

    def trouble(self) -> str:
        """What went wrong in the stretch that is over, "" for nothing. VoiceProblem when it goes wrong for good."""
        failure, self._failure = self._failure, None
        if failure is None:
            self._failures = 0
            return ""
        self._failures += 1
        why = str(failure) or type(failure).__name__
        if self._failures >= FAILURES:
            raise VoiceProblem(f"The recogniser failed {FAILURES} times in a row: {why}") from failure
        self.abort()
        if self._failure:
            raise VoiceProblem(f"The recogniser failed and could not be reset: {why}") from self._failure
        return why

    def _ask(self, work: Callable[[], T], then: Callable[[T | None], None] = lambda result: None) -> None:
        def attempt() -> T | None:
            if self._failure:
                return None
            try:
                return work()
            except Exception as failure:  # an engine's own errors are many; each costs one turn, not the call
                self._failure = failure
                return None

        self._worker.do(attempt, then)
