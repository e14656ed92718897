"""Work that takes long, done beside a thread that must not wait: one piece after the other, in order."""

import queue
import threading
from collections.abc import Callable
from typing import Any

Job = Callable[[], Any]
Then = Callable[[Any], None]
"""Gets what the job returned."""


def _nothing(result: object) -> None: ...


class Worker:
    """Does jobs on a thread of its own; what follows from a result happens on the owner's, who asks for it.

    Not `beside`, each job is done at once and all is one straight line: for time that waits. A job must not raise.
    """

    def __init__(self, name: str, *, beside: bool) -> None:
        self._name, self._beside = name, beside
        self._jobs: queue.SimpleQueue[tuple[Job, Then] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[Then, Any]] = queue.SimpleQueue()
        self._left = 0
        self._thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        """Everything is done and followed up."""
        return not self._left

    def do(self, job: Job, then: Then = _nothing) -> None:
        """Do the job when those before it are done."""
        if not self._beside:
            then(job())
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._left += 1
        self._jobs.put((job, then))

    def follow_up(self, *, wait: bool = False) -> None:
        """Do what follows from the jobs that are done; with `wait`, from all there are."""
        while self._left and (wait or not self._results.empty()):
            then, result = self._results.get()
            self._left -= 1
            then(result)

    def end(self) -> None:
        """Wait for what is under way and leave no thread. Results that nobody asked for are dropped."""
        if self._thread:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (work := self._jobs.get()) is not None:
            job, then = work
            self._results.put((then, job()))
