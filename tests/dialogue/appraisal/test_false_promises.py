"""Promises that are not theirs to make, and empty ones: they meet nothing, and take belief from what stands beside."""

from collections.abc import Callable

import pytest

from dialogue.debrief.record import notes
from dialogue.events import ClauseScores, MoodChanged, Scores
from dialogue.persona import Pack, Trap
from dialogue.rehearsal import Line
from tests.dialogue.appraisal.test_settling import causes
from tests.dialogue.scorers import scorer_of

Play = Callable[..., Line]


def test_what_is_not_theirs_to_promise_meets_nothing_and_is_told_of(flatpack: Pack, play: Callable[..., Line]) -> None:
    def pack(*traps: Trap) -> Pack:
        return flatpack.model_copy(update={"traps": traps})

    trap = Trap(
        id="too_much",
        title="a shelf for everybody",
        words=(("new shelf",),),
        wordings=("I'll send a new shelf to all.",) * 3,
        promise=True,
        cost=0,
        lines={"any": ("If you say so.",)},
        teaches="One shelf is yours to send.",
    )
    call = [
        "Hello, how can I help?",
        "That must have been a fright. Please tell me what happened.",
        "I see, go on.",
        *2 * ["I'll send you and your whole street a new shelf by express on Thursday."],
    ]
    kept, over = play(pack(), call), play(pack(trap), call)
    assert "new_shelf" in kept.session.state.case.met
    assert "new_shelf" not in over.session.state.case.met
    assert causes(over).count("over_promise:too_much") == 1
    turn = next(one for one in over.said if isinstance(one, MoodChanged) and one.turn == 4)
    assert {row.cause: row.delta for row in turn.because if row.kind == "impulse"} == {"over_promise:too_much": 0.0}
    assert notes(over.said, pack(trap))[0] == trap.teaches


def test_what_is_offered_beside_an_empty_promise_is_not_believed(flatpack: Pack, play: Callable[..., Line]) -> None:
    before = ["Hello, how can I help?", "That must have been a fright. Please tell me what happened.", "I see, go on."]
    offer = "I'll send you a new shelf by express on Thursday."
    honest = play(flatpack, [*before, offer]).session.state.case
    sworn = play(flatpack, [*before, f"{offer} I guarantee you it will never ever happen again."]).session.state.case
    assert "new_shelf" in honest.met
    assert "new_shelf" not in sworn.met
    assert "new_shelf" in sworn.partly


def test_half_an_empty_promise_takes_nothing_from_an_offer(flatpack: Pack, play: Play) -> None:
    before = ["Hello, how can I help?", "That must have been a fright. Please tell me what happened.", "I see, go on."]
    text = "It's true. I'll send you a new shelf by express on Thursday."
    met = {}
    for tact in (0.4, 0.01):
        call = play(flatpack, before)
        call.speak(text, scores=Scores("x", (ClauseScores(0, len(text), {"empty_promise": 0.9}, {}, tact),)))
        met[tact] = call.session.state.case.met
    assert "new_shelf" in met[0.4]
    assert "new_shelf" not in met[0.01]


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("I'll give you a voucher for twenty-five pounds.", False),
        ("I'll give you twenty-five pounds off the whole price and your money back.", True),
    ],
)
def test_what_the_desk_allows_is_no_forbidden_promise(text: str, over: bool, flatpack: Pack, play: Play) -> None:
    call = play(flatpack, ["Hello, how can I help?", "Go on.", "I see, tell me the rest."])
    call.said.clear()
    call.speak(text, scores=scorer_of(flatpack.id).score(text))
    rows = [row.cause for one in call.said if isinstance(one, MoodChanged) for row in one.because]
    assert any(cause.startswith("over_promise") for cause in rows) == over
