"""How a call ends for who puts the phone down."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue.persona import Pack
from dialogue.phases import ended_by_trainee
from dialogue.rehearsal import Line


@pytest.mark.parametrize(
    ("last", "outcome"), [("Good. Thank you.", "satisfied"), ("And what if it fails?", "resigned")]
)
def test_who_hangs_up_on_a_question_leaves_doubts(
    flatpack: Pack, ring: Callable[..., Line], last: str, outcome: str
) -> None:
    state = ring(flatpack, 1).session.state
    state.case = replace(state.case, agreed=True)
    state.memory = replace(state.memory, last_line=last)
    state.floor = replace(state.floor, line=None)
    assert ended_by_trainee(state) == outcome


@pytest.mark.parametrize("floor", [{"line": 3}, {"unheard": "and I will tell my sister"}])
def test_who_hangs_up_while_the_customer_speaks_has_not_satisfied_them(
    flatpack: Pack, ring: Callable[..., Line], floor: dict[str, object]
) -> None:
    state = ring(flatpack, 1).session.state
    state.case = replace(state.case, agreed=True)
    state.memory = replace(state.memory, last_line="Good. Thank you.")
    state.floor = replace(state.floor, **floor)  # type: ignore[arg-type]
    assert ended_by_trainee(state) == "resigned"
