"""What to do after a debrief, worst first: take up again what cost most, drill what hurt most, call once more."""

import shlex
from collections.abc import Iterator, Sequence

from dialogue.debrief.record import TurnScore, turns
from dialogue.debrief.retry import costliest
from dialogue.events import Event
from ui import strings
from ui.debrief.review import Review
from ui.debrief.wording import drill_for


def by_key(events: Sequence[Event], call: Review, name: str, *, retry: bool, again: bool) -> Iterator[str]:
    """With the keys of the debrief's screen. `name`: the customer's; `retry`, `again`: whether that can be done."""
    said = turns(events)
    if retry and (worst := _costliest(events, said)):
        yield strings.NEXT_RETRY.format(time=strings.clock(worst.t))
    if retry and call.turning:
        most = len(call.turning)
        yield strings.NEXT_MOMENTS.format(numbers=strings.NEXT_NUMBERS.format(most=most) if most > 1 else most)
    if retry and said:
        yield strings.NEXT_RETRY_ANY
    if drill := drill_for(call):
        yield strings.NEXT_DRILL.format(title=drill.title)
    if again:
        yield strings.NEXT_CALL_AGAIN.format(name=name)


def by_command(events: Sequence[Event], call: Review, named: str | None) -> Iterator[str]:
    """As commands. `named`: what names the call in one, "" for the newest; None for a call that was kept nowhere."""
    worst = _costliest(events, turns(events))
    if worst and named is not None:
        yield strings.PLAIN_NEXT_RETRY.format(
            time=strings.clock(worst.t), call=f"{shlex.quote(named)} " if named else "", turn=worst.turn
        )
    if (call.silent or call.left_early) and call.started:
        yield strings.PLAIN_NEXT_ANEW.format(pack=shlex.quote(call.started.pack))
    if drill := drill_for(call):
        yield strings.PLAIN_NEXT_DRILL.format(title=drill.title, id=drill.id)


def _costliest(events: Sequence[Event], said: Sequence[TurnScore]) -> TurnScore | None:
    number = costliest(events)
    return next((turn for turn in said if turn.turn == number), None)
