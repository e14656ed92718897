"""A misheard turn put right: the call judged anew with what was really said, all else as it happened."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogue.debrief.retry import spoken
from dialogue.events import WORLD, CallStarted, Event, Scores, TimePassed, Utterance
from dialogue.journal import session_for
from dialogue.persona import Pack


def corrected(
    events: Sequence[Event], turn: int, text: str, pack: Pack, score: Callable[[str], Scores] | None = None
) -> list[Event]:
    """The call with `text` as the trainee's `turn` (from 1). What the world did is kept, with its times; what the
    customer felt and answered is worked out anew, and may no longer fit what was said next.

    The utterance keeps what was heard first. Words and confidence were the recogniser's and go. Raises JournalProblem
    when the call has no such turn.
    """
    index = spoken(events, turn)
    said = events[index]
    assert isinstance(said, Utterance)
    anew = replace(
        said,
        text=text,
        heard=said.heard or said.text,
        words=(),
        confidence=None,
        scores=score(text) if score else None,
    )
    return recomputed([*events[:index], anew, *events[index + 1 :]], pack)


def recomputed(events: Sequence[Event], pack: Pack) -> list[Event]:
    """The journal that a session writes today for the world's part of `events`."""
    started = events[0]
    assert isinstance(started, CallStarted)
    session = session_for(replace(started, pack_sha256=pack.sha256), pack)
    journal: list[Event] = []
    for event in events:
        if isinstance(event, CallStarted):
            event = replace(event, pack_sha256=pack.sha256)
        if isinstance(event, WORLD):
            journal += [event, *session.receive(event)]
    return [*journal, *session.receive(TimePassed(max(event.t for event in events)))]


def corrections(events: Sequence[Event]) -> list[Utterance]:
    """The turns whose text is the trainee's own correction."""
    return [event for event in events if isinstance(event, Utterance) and event.heard]
