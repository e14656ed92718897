"""What the mood model makes of persona and moment: courtesy, loyalty, listening, kindness that leads nowhere."""

from collections.abc import Callable

import pytest

from dialogue.events import LedgerRow, MoodChanged
from dialogue.mood import Finding, Moment, Person, weigh
from dialogue.persona import Pack
from dialogue.rehearsal import Line

Play = Callable[..., Line]
NOW = Moment(60.0, 40.0, 20.0, 0.0, {})
HEARD = [
    "Hello, how can I help?",
    "I'm so sorry, that must have been a terrible shock.",
    "Please go on, I'm listening.",
]


def rows(line: Line, cause: str) -> list[LedgerRow]:
    return [row for one in line.said if isinstance(one, MoodChanged) for row in one.because if row.cause == cause]


def test_the_courteous_are_slower_to_rise_at_what_is_said_and_it_stands_on_the_ledger() -> None:
    blunt, courteous = (
        weigh([Finding("rude", "...")], Person({}, politeness=politeness), NOW)[0] for politeness in (0.0, 1.0)
    )
    assert 0 < courteous.anger < blunt.anger
    assert "politeness=1: x0.85" in courteous.parameter
    silence = [weigh([Finding("dead_air", "...")], Person({}, politeness=p), NOW)[0].anger for p in (0.0, 1.0)]
    assert silence[0] == silence[1]  # a silence is no rudeness


def test_long_custom_counts_where_the_pack_states_it(flatpack: Pack, play: Play) -> None:
    stranger = flatpack.model_copy(update={"customer": flatpack.customer.model_copy(update={"loyalty": ""})})
    thanks = [*HEARD[:2], "Thank you for being a loyal customer for so many years."]
    stated, guessed = rows(play(flatpack, thanks), "loyalty"), rows(play(stranger, thanks), "loyalty")
    assert stated[0].delta < guessed[0].delta < 0


def test_an_offer_before_anything_was_said_is_an_opening(flatpack: Pack, play: Play) -> None:
    early = rows(play(flatpack, ["Hello, I'd like to help you."]), "help_offer")
    later = rows(play(flatpack, ["Hello.", "Oh dear, I'd like to help you."]), "help_offer")
    assert abs(early[0].delta) < 0.5 * abs(later[0].delta)


def test_letting_them_tell_helps_while_there_is_more_to_tell(flatpack: Pack, play: Play) -> None:
    assert rows(play(flatpack, [HEARD[0], "Go on, I'm listening."]), "listened")
    told = play(flatpack, [*HEARD, "Was anyone hurt?", "Go on, I'm listening."])
    assert len(rows(told, "listened")) <= len(rows(play(flatpack, HEARD), "listened"))


def test_kindness_that_leads_nowhere_wears_off_and_a_step_ends_it(broadband: Pack, play: Play) -> None:
    kind = ["You've been so patient.", "I can imagine how tiring that is.", "Thank you for telling me.", "I hear you."]
    line = play(broadband, [*HEARD, *kind])
    found = [row.delta for row in rows(line, "no_progress")]
    assert found
    assert found == sorted(found)
    step = "I'll run a line test tonight between one and five."
    helped = play(broadband, [*HEARD, *kind[:2], step, kind[2]])
    assert len(rows(helped, "no_progress")) < len(found)


def test_a_feeling_is_passed_over_only_when_two_turns_hold_nothing_for_it(flatpack: Pack, play: Play) -> None:
    kind, flat = "I'm so sorry, that must have been awful.", "What is your order number, please?"
    assert rows(play(flatpack, ["Hello.", flat]), "no_acknowledgement")
    assert not rows(play(flatpack, ["Hello.", kind, flat]), "no_acknowledgement")
    waited = play(flatpack, [])
    waited.wait(6.0)  # the customer starts by themselves
    waited.speak("Hello, Larkwood Home, this is Priya speaking, what can I do for you?")
    assert not rows(waited, "no_acknowledgement")
    assert not rows(waited, "listened")


def test_a_sentence_that_is_for_nothing_costs_while_they_are_angry(flatpack: Pack, play: Play) -> None:
    idle = "Bookcases are made of wood after all."
    furious = play(flatpack, ["Hello.", "Calm down.", "You must have built it wrong.", "Calm down now.", idle])
    assert furious.session.state.mood.band in ("angry", "furious")
    assert rows(furious, "beside_the_point")
    asking = play(flatpack, ["Hello.", "Calm down.", "You must have built it wrong.", "Calm down now.", "And then?"])
    assert not rows(asking, "beside_the_point")


@pytest.mark.parametrize("text", ["Take all the time you need.", "No rush, I have plenty of time."])
def test_leaving_them_time_is_an_answer(flatpack: Pack, play: Play, text: str) -> None:
    line = play(flatpack, ["Hello, how can I help?", text])
    assert not rows(line, "beside_the_point")
    assert rows(line, "listened")


def test_a_question_that_they_can_answer_is_one_in_any_words(flatpack: Pack, play: Play) -> None:
    asked = "the steps you took in order"  # no cue of a question in it
    line = play(flatpack, [*HEARD, f"Would you go with me through {asked}?"])
    assert "steps" in line.session.state.case.asked
    assert rows(line, "clarify")


@pytest.mark.parametrize(
    "asked", ["Shall I book an engineer for Thursday morning?", "How about I book an engineer for Thursday?"]
)
def test_an_offer_put_as_a_question_is_an_offer(broadband: Pack, play: Play, asked: str) -> None:
    assert rows(play(broadband, [*HEARD, asked]), "need:engineer")


def test_an_insult_in_the_closing_undoes_the_agreement(
    flatpack: Pack, play: Play, script: Callable[[str, str], list[str]]
) -> None:
    texts = script("flatpack-bookcase", "excellent")[:-1]
    line = play(flatpack, texts)
    assert line.session.state.case.agreed
    line.speak("You must have built it wrong, though.")
    assert not line.session.state.case.agreed
    assert line.session.state.case.phase != "closing"
