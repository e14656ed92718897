"""Who is told what happens in a call."""

from collections.abc import Callable, Sequence

from dialogue.events import Event

Sink = Callable[[Event], None]


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
