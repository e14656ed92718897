"""Sinks: the readers of a call's events (journal, screens, recorder)."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from dialogue.events import Event

Sink = Callable[[Event], None]


@runtime_checkable
class KeepsBack(Protocol):
    """A sink that also stores provisional events, which may still be revoked: the journal."""

    def keep_back(self, facts: Sequence[Event]) -> None:
        """Store these provisional events in place of those stored before. They come again as final ones, or never."""
        ...


def tell(sinks: Sequence[Sink], facts: Sequence[Event]) -> None:
    """Give every fact to every sink, even if one of them fails: the journal gets them all. Raises the first failure."""
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
    """Give provisional events to the sinks that store them."""
    for sink in sinks:
        if isinstance(sink, KeepsBack):
            sink.keep_back(facts)
