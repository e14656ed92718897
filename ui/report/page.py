"""The report as one HTML file: no script, nothing fetched, fit for printing. What was said is text from outside and is
escaped."""

from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from dialogue.events import Event
from dialogue.persona import Pack
from dialogue.rubric import load_rubric, score
from dialogue.scoring import settled
from ui import strings, wording
from ui.callview import CallView
from ui.futures import futures
from ui.history import date, local_time
from ui.noted import note_on, noted
from ui.report.curve import draw
from ui.review import review

if TYPE_CHECKING:
    from ui.recordings import Spoken


def page(events: Sequence[Event], pack: Pack | None, sound: "Sequence[Spoken]" = ()) -> str:
    """The page of a call, whole or cut off; with the `sound` of its lines in it, where that is given."""
    from jinja2 import Environment, StrictUndefined

    call = review(events, pack)
    both = futures(events)
    first = review(both.first, pack) if both else None
    view = CallView()
    for event in events:
        view.read(event)
    card = score(events, load_rubric(), settled(events, pack)) if pack else None
    template = files("ui.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        call=call,
        curve=draw(call, first.seconds if first else 1.0) if call.moods else None,
        before=draw(first, call.seconds).path if first else "",
        futures=both,
        lines=list(noted(view.lines, call)),
        sound={(each.line.who, each.line.t): b64encode(each.sound.read_bytes()).decode() for each in sound},
        corrected=wording.corrected(events),
        came_for=wording.came_for(call),
        opinion=(wording.opinion_title(pack) if pack else "", wording.opinion_lines(call.opinion, pack)),
        notes=call.notes,
        title=pack.title if pack else (call.started.pack if call.started else ""),
        first_name=pack.customer.first_name if pack else strings.REPORT_CUSTOMER,
        customer=pack.customer.name if pack else strings.REPORT_CUSTOMER,
        when=date(local_time(call.started.settings.get("started_at"))) if call.started else "",
        card=card,
        outcome_text=wording.outcome_text(call, pack),
        strings=strings,
        words=wording,
        note_on=note_on,
    )
