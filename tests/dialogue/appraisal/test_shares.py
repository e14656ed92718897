"""How much of a thing is felt: once too often, too early, too loosely, only as a formality, unasked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dialogue import phases
from dialogue.appraisal.appraise import appraise
from dialogue.events import ClauseScores, MoodChanged, Prosody, Scores, Utterance
from dialogue.mood import Finding
from dialogue.persona import Need, Pack
from dialogue.rehearsal import Line
from dialogue.state import CallState
from dialogue.tone import LOUDNESS_STEP_DB, PITCH_STEP_ST, TILT_STEP_DB
from tests.dialogue.conftest import BASELINE

Ring = Callable[..., Line]
Play = Callable[..., Line]
TOLD = ("Hello, how can I help?", "That must have been a fright. Please go on.")
OFFER = "I'll send you a new shelf by express, it is with you on Thursday."


def midway(pack: Pack, ring: Ring, *, used: dict[str, int] | None = None, **case: Any) -> CallState:
    """A call in its fourth turn, in which the customer has told everything and was heard."""
    state: CallState = ring(pack).session.state
    state.memory = replace(state.memory, turn=3, last_line="It just came down.", used=used or {})
    state.case = replace(state.case, **{"told": 3, "heard": True, "acknowledged": True, **case})
    return state


def found(state: CallState, text: str, prosody: Prosody | None = None, **labels: float) -> dict[str, Finding]:
    """What a turn does, which the classifier reads as these labels."""
    scores = Scores("x", (ClauseScores(0, len(text), labels, {}, 0.5),)) if labels else None
    heard = Utterance(state.t, state.t, state.t, text, "keyboard", prosody=prosody, scores=scores)
    return {one.id: one for one in appraise(state, heard).findings}


def causes(line: Line) -> list[str]:
    return [row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because]


def charged(line: Line, cause: str) -> float:
    """Anger points."""
    rows = (row for one in line.said if isinstance(one, MoodChanged) for row in one.because)
    return sum(row.delta for row in rows if row.cause == cause)


def parameters(line: Line, cause: str) -> str:
    """What scaled it, from the ledger."""
    rows = (row for one in line.said if isinstance(one, MoodChanged) for row in one.because)
    return " ".join(row.parameter for row in rows if row.cause == cause)


def test_a_name_is_warm_four_times_and_trained_the_fifth(flatpack: Pack, ring: Ring) -> None:
    text = "I see what you mean, Dana."
    fourth, fifth = (found(midway(flatpack, ring, used={"name_use": before}), text) for before in (3, 4))
    assert "name_use" in fourth
    assert "name_overuse" not in fourth
    assert "name_use" not in fifth
    assert "name_overuse" in fifth


def test_kind_words_that_lead_nowhere_cost_more_each_time_but_not_without_end(flatpack: Pack, ring: Ring) -> None:
    def costs(idle: int) -> float:
        state = midway(flatpack, ring)
        state.memory = replace(state.memory, turn=idle - 1)
        return found(state, "I feel for you, Dana.")["no_progress"].amount

    assert costs(3) < costs(4) < costs(6)
    assert costs(15) == costs(6)


@pytest.mark.parametrize(("seconds", "kept"), [(1.0, False), (9.0, True)])
def test_a_wait_of_a_second_keeps_no_promise(flatpack: Pack, play: Play, seconds: float, kept: bool) -> None:
    line = play(flatpack, [*TOLD, "Let me look that up, give me twenty seconds."])
    line.wait(seconds)
    line.speak("Here I am, thank you for waiting.")
    assert ("promise_kept" in causes(line)) is kept


def test_to_ask_what_else_too_soon_costs_less_than_to_say_goodbye(flatpack: Pack, play: Play) -> None:
    asked, closed = (
        charged(play(flatpack, [*TOLD, text]), "goodbye_too_soon")
        for text in ("Is there anything else I can help you with?", "Goodbye.")
    )
    assert 0 < asked < 0.6 * closed


def test_concern_that_meets_their_own_worry_is_worth_more(flatpack: Pack, ring: Ring) -> None:
    theirs = found(midway(flatpack, ring), "Was anyone hurt?")["concern"]
    somebody = found(midway(flatpack, ring), "Is your neighbour all right?")["concern"]
    assert 0 < somebody.amount < theirs.amount


def test_a_way_out_for_who_has_not_been_heard_soothes_nobody(flatpack: Pack, play: Play, ring: Ring) -> None:
    opened = ("Hello, how can I help?", "Which order is that?")
    assert play(flatpack, [*opened, OFFER]).anger >= play(flatpack, opened).anger
    assert play(flatpack, [*TOLD, OFFER]).anger < play(flatpack, TOLD).anger
    unheard, heard = (found(midway(flatpack, ring, heard=one, acknowledged=one), OFFER) for one in (False, True))
    assert 0 < unheard["plan_time"].amount < heard["plan_time"].amount / 2


def test_their_story_given_back_in_their_own_words_is_worth_more(flatpack: Pack, ring: Ring) -> None:
    loose = "So something of yours went wrong at an early hour."
    own = "So your bookcase came down at six this morning, with all your books."
    state = midway(flatpack, ring)
    state.memory = replace(state.memory, said=frozenset(state.memory.said) | {flatpack.vent[0]["hot"][0]})
    amounts = [found(state, text, paraphrase=0.95, recap=0.05)["paraphrase"].amount for text in (loose, own)]
    assert 0 < amounts[0] < amounts[1]


@pytest.mark.parametrize("vulgar", [False, True])
def test_a_warning_hurts_unless_they_have_sworn(flatpack: Pack, ring: Ring, vulgar: bool) -> None:
    conduct = flatpack.conduct.model_copy(update={"vulgar": vulgar})
    state = midway(flatpack.model_copy(update={"conduct": conduct}), ring)
    text = "If you keep swearing at me I will have to end this call."
    assert (found(state, text)["conduct_warning"].amount == 0.0) is vulgar


def test_what_stands_on_the_desk_contradicts_nobody(flatpack: Pack, ring: Ring) -> None:
    desk = "Actually, the Aldby stands only with the cross-brace from step six."
    argued = "Actually, the Aldby never fell over like that in any house I know."
    reads, argues = (found(midway(flatpack, ring), text, arguing=0.95) for text in (desk, argued))
    assert argues["arguing"].amount > 0.5
    assert "arguing" not in reads or reads["arguing"].amount < 0.2


@pytest.mark.parametrize(("share", "felt"), [(0.5, False), (0.9, True), (1.2, True)])
def test_a_voice_is_felt_as_raised_from_a_little_below_what_the_standard_calls_so(
    flatpack: Pack, ring: Ring, share: float, felt: bool
) -> None:
    voice = replace(
        BASELINE,
        seconds=3.0,
        loudness_dbfs=BASELINE.loudness_dbfs + share * LOUDNESS_STEP_DB,
        pitch_hz=(BASELINE.pitch_hz or 0.0) * 2.0 ** (share * PITCH_STEP_ST / 12.0),
        tilt_db=(BASELINE.tilt_db or 0.0) + share * TILT_STEP_DB,
    )
    line = ring(flatpack)
    for text in TOLD:
        line.speak(text)
    line.speak("You must be worn out by now, all of that before breakfast.", prosody=voice)
    assert ("raised_voice" in causes(line)) is felt
    assert "empathy" in causes(line)
    assert ("raised" in parameters(line, "empathy")) is felt  # and takes from what helps


def settled(pack: Pack, play: Play, anger: float, text: str) -> Line:
    """A call in which everything was agreed, at this anger, after one turn more."""
    line = play(pack, TOLD)
    state = line.session.state
    state.case = replace(state.case, heard=True, agreed=True, met=tuple(need.id for need in pack.settlement))
    state.mood = replace(state.mood, anger=anger, resting=anger)
    line.wait(0.6)
    line.speak(text)
    return line


def test_a_slight_in_the_closing_undoes_what_was_agreed_only_with_who_is_still_angry(
    flatpack: Pack, play: Play
) -> None:
    slight = "I don't know."
    hot = flatpack.settled_below + phases.SPOILED + 5.0
    cool = settled(flatpack, play, 20.0, slight)
    angry = settled(flatpack, play, hot, slight)
    assert "dont_know" in causes(cool)
    assert cool.ended or cool.session.state.case.agreed
    assert not angry.session.state.case.agreed
    assert settled(flatpack, play, hot, "It is with you on Thursday.").session.state.case.agreed


def test_one_sorry_too_many_takes_nothing_from_being_heard(flatpack: Pack, play: Play) -> None:
    need = Need(id="felt", title="being heard", kind="show", behaviours=("empathy",), open={"any": ("Hear me.",)})
    pack = flatpack.model_copy(update={"settlement": (*flatpack.settlement, need)})
    for text, met in (
        ("I'm sorry. I can imagine how frightening that must have been.", True),
        ("Calm down. I can imagine how frightening that must have been.", False),
    ):
        line = play(pack, ["Hello, how can I help?"])
        line.session.state.memory = replace(line.session.state.memory, used={"apology": 2})
        line.speak(text)
        assert ("apology_again" in causes(line)) is met
        assert ("felt" in line.session.state.case.met) is met
