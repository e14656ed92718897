"""Runs the recogniser in a thread of its own: jobs in order, one retry of a failed job, and an error when turns keep
failing."""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from functools import partial

import numpy as np

from voice.audio import Samples
from voice.ports import Hypothesis, Recognizer, VoiceProblem

FAILURES = 3
"""Turns in a row on which the recogniser fails before the ear gives up."""
GIVEN_UP = "The recogniser {} ({}): type what you say until it works again."
Job = Callable[[], Hypothesis | None]
Then = Callable[[Hypothesis | None], None]


def _nothing(answer: Hypothesis | None) -> None: ...


class RecognitionWorker:
    """Runs jobs in its thread; the callbacks with their answers run in the asker's thread, in `follow_up`.

    When a job fails, the recogniser is reset, gets the whole stretch again, and the job is repeated once. If that fails
    too, answers are None for the rest of the stretch. Without `threaded` every job, and its callback, runs before the
    call that asks for it returns.
    """

    def __init__(self, recognizer: Recognizer, now: Callable[[], float], *, threaded: bool) -> None:
        """`now` gives call time, s."""
        self._recognizer = recognizer  # only ever touched by jobs, as is what follows
        self._stretch: tuple[float, list[Samples]] | None = None  # when it began, and all of its sound
        self._now = now
        self._threaded = threaded
        self._jobs: queue.SimpleQueue[tuple[Job, Then] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[Then, Hypothesis | None]] = queue.SimpleQueue()
        self._asked_at: deque[float] = deque()  # of each job that has not been followed up
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None  # in this stretch
        self._failures = 0

    def begin(self, t0: float) -> None:
        self._ask(partial(self._begin, t0))

    def accept(self, samples: Samples) -> None:
        self._ask(partial(self._accept, samples))

    def partial(self, then: Then, *, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> None:
        self._ask(partial(self._recognizer.partial, settled=settled, wanted=wanted), then)

    def finish(self, end: float) -> Hypothesis | None:
        """The final text; waits for it, hardly at all if `partial(settled=True)` has decoded up to `end`."""
        found: list[Hypothesis | None] = []
        self._ask(partial(self._finish, end), found.append)
        self.follow_up(wait=True)
        return found[0]

    def abort(self) -> None:
        """Drop the stretch; waits for jobs under way."""
        self._ask(self._abort)
        self.follow_up(wait=True)

    @property
    def failure(self) -> str:
        """Why the current stretch will have no words; "" while it may have some."""
        return _told(self._failure) if self._failure else ""

    def trouble(self) -> str:
        """What went wrong in the last stretch, "" for nothing. Raises VoiceProblem after FAILURES in a row."""
        failure, self._failure = self._failure, None
        if failure is None:
            self._failures = 0
            return ""
        self._failures += 1
        why = _told(failure)
        if self._failures >= FAILURES:
            raise VoiceProblem(GIVEN_UP.format(f"failed {FAILURES} times in a row", why)) from failure
        self.abort()
        if self._failure:
            raise VoiceProblem(GIVEN_UP.format("failed and could not be reset", why)) from self._failure
        return why

    def follow_up(self, *, wait: bool = False) -> None:
        """Run the callbacks of the answers that have come; with `wait`, of all jobs."""
        while self._asked_at and (wait or not self._answers.empty()):
            then, answer = self._answers.get()
            self._asked_at.popleft()
            then(answer)

    def waits_seconds(self) -> float:
        """How long the oldest job has been waiting, s. From any thread."""
        try:
            return self._now() - self._asked_at[0]
        except IndexError:
            return 0.0

    def close(self) -> None:
        """Wait for the job under way and end the thread."""
        if self._thread:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _ask(self, job: Job, then: Then = _nothing) -> None:
        if not self._threaded:
            then(self._attempt(job))
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recogniser", daemon=True)
            self._thread.start()
        self._asked_at.append(self._now())
        self._jobs.put((job, then))

    def _run(self) -> None:
        while (asked := self._jobs.get()) is not None:
            job, then = asked
            self._answers.put((then, self._attempt(job)))

    def _attempt(self, job: Job) -> Hypothesis | None:
        if self._failure:
            return None
        failed: BaseException | None = None
        for attempt in (job, partial(self._once_more, job)):
            try:
                return attempt()
            except KeyboardInterrupt:
                raise
            except BaseException as failure:  # engines' errors are many, panics of tokenizers none of Exception's kind
                logging.getLogger(__name__).warning("the recogniser failed", exc_info=True)
                failed = failure
        self._failure = failed  # costs one turn, not the call
        return None

    # --- jobs -----------------------------------------------------------------------------------------------------

    def _begin(self, t0: float) -> None:
        self._recognizer.begin(t0)
        self._stretch = t0, []

    def _accept(self, samples: Samples) -> None:
        self._recognizer.accept(samples)
        if self._stretch:
            self._stretch[1].append(samples)

    def _finish(self, end: float) -> Hypothesis:
        final = self._recognizer.finish(end)
        self._stretch = None
        return final

    def _abort(self) -> None:
        self._recognizer.abort()
        self._stretch = None

    def _once_more(self, job: Job) -> Hypothesis | None:
        """Repeat the job after resetting the recogniser and feeding it the whole stretch."""
        self._recognizer.abort()
        if self._stretch:
            t0, pieces = self._stretch
            self._recognizer.begin(t0)
            self._recognizer.accept(np.concatenate([*pieces, np.zeros(0, np.float32)]))
        return job()


def _told(failure: BaseException) -> str:
    return str(failure) or type(failure).__name__
