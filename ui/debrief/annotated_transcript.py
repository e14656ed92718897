"""The transcript with its notes: under a moment that cost something what kind of slip it was, why, and what to try."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from dialogue.events import Event
from ui import strings
from ui.calls.call_view import CallView, TranscriptLine
from ui.debrief.review import Moment, Review
from ui.debrief.wording import causes, change

Kind = Literal["you", "customer", "aside", "note", "try"]


def noted(lines: Sequence[TranscriptLine], call: Review) -> Iterator[tuple[TranscriptLine | None, Moment | None]]:
    """Each line with the note on it; a note on a silence or a hold comes alone, at its moment."""
    by_turn = {moment.turn: moment for moment in call.learnt if moment.turn is not None}
    alone = [moment for moment in call.learnt if moment.turn is None]
    for line in lines:
        while alone and alone[0].t < line.t:
            yield None, alone.pop(0)
        yield line, by_turn.get(line.number) if line.who == "you" else None
    yield from ((None, moment) for moment in alone)


def transcript(
    events: Sequence[Event], call: Review, name: str, as_text: Callable[[float], str] = change
) -> Iterator[tuple[Kind, str, str]]:
    """The same as rows: of what kind, when, and the text; `name`: the customer's. `as_text` writes a change."""
    who = {"you": strings.YOU, "customer": name}
    for line, note in noted(CallView.of(events).lines, call):
        if line:
            text = f"{who[line.who]}: {line.text}" if line.who in who else line.text
            did = as_text(line.delta) if line.delta else ""
            yield line.who, strings.clock(line.t), f"{text}  {did}" if did else text
        if note:
            yield "note", "" if line else strings.clock(note.t), note_on(note)
            if note.advice:
                yield "try", "", strings.NOTE_TRY.format(advice=note.advice)


def note_on(moment: Moment) -> str:
    """What kind of slip it was, by what, and why it matters. `moment` is one that was learnt from."""
    assert moment.kind is not None
    return strings.NOTE.format(kind=strings.NOTE_KINDS[moment.kind], causes=causes(moment), why=moment.why)
