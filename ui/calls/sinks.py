"""Who is told what happens in a call."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from dialogue.events import Event

Sink = Callable[[Event], None]


@runtime_checkable
class Safe(Protocol):
    """A sink that also keeps what may yet be taken back: the journal."""

    def keep_back(self, facts: Sequence[Event]) -> None:
        """In place of what it was told so before. They are told as facts, or never were."""
        ...


def tell(sinks: Sequence[Sink], facts: Sequence[Event]) -> None:
    """Every sink gets every fact, whatever another sink does: the journal has them all. Raises the first fault."""
    fault: Exception | None = None
    for fact in facts:
        for sink in sinks:
            try:
                sink(fact)
            except Exception as problem:
                fault = fault or problem
    if fault:
        raise fault


def keep_back(sinks: Sequence[Sink], facts: Sequence[Event]) -> None:
    """Only the sinks that are `Safe` are told."""
    for sink in sinks:
        if isinstance(sink, Safe):
            sink.keep_back(facts)
