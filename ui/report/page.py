"""The report as one HTML file, fit for printing."""

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogue.debrief.record import settled
from dialogue.debrief.rubric import load_rubric, score
from dialogue.events import Event
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import CallView
from ui.debrief import wording
from ui.debrief.annotated_transcript import note_on, noted
from ui.debrief.retry_comparison import futures
from ui.debrief.review import review
from ui.records.history import date, local_time
from ui.report.curve import draw
from ui.report.template import filled

if TYPE_CHECKING:
    from ui.calls.recordings import Spoken


def page(events: Sequence[Event], pack: Pack | None, sound: "Sequence[Spoken]" = ()) -> str:
    """The page of a call, whole or cut off; with the `sound` of its lines in it, where that is given."""
    call = review(events, pack)
    both = futures(events)
    first = review(both.first, pack) if both else None
    card = score(events, load_rubric(), settled(events, pack)) if pack else None
    return filled(
        "ui.report",
        "page.html.j2",
        call=call,
        curve=draw(call, first.seconds if first else 1.0) if call.moods else None,
        before=draw(first, call.seconds).path if first else "",
        futures=both,
        lines=list(noted(CallView.of(events).lines, call)),
        sound={(each.line.who, each.line.t): b64encode(each.sound.read_bytes()).decode() for each in sound},
        corrected=wording.corrected(events),
        sections=list(wording.sections(events, call, pack)),
        title=pack.title if pack else (call.started.pack if call.started else ""),
        first_name=wording.first_name(pack),
        customer=pack.customer.name if pack else strings.REPORT_CUSTOMER,
        when=date(local_time(call.started.settings.get("started_at"))) if call.started else "",
        card=card,
        outcome_text=wording.outcome_text(call, pack),
        strings=strings,
        words=wording,
        note_on=note_on,
    )
