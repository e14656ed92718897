"""The scorecard: met, missed or not applicable, always with what shows it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.debrief.record import settled
from dialogue.debrief.rubric import Rubric, Scorecard, load_rubric, score
from dialogue.events import (
    Appraisal,
    Behaviour,
    CallStarted,
    Delivery,
    Event,
    LedgerRow,
    Mood,
    MoodChanged,
    Reply,
    Utterance,
)
from dialogue.journal import read
from dialogue.persona import PackProblem, load

JOURNALS = Path(__file__).parents[2] / "journals"
MOOD = Mood(5.0, 60.0, 20.0, "angry", 55.0, 150.0)


def _call(turns: Sequence[Sequence[str]], *, happened: Sequence[str] = (), mode: str = "text") -> list[Event]:
    events: list[Event] = [CallStarted(0.0, "p", "", 1, mode, "0")]  # type: ignore[arg-type]
    for number, ids in enumerate(turns, 1):
        t = 10.0 * number
        events.append(Utterance(t, t - 1, t, "Some words. And more.", "voice" if mode == "voice" else "keyboard"))
        events.append(Appraisal(t, number, tuple(Behaviour(each, 0.9, "some words") for each in ids)))
    for each in happened:
        events.append(MoodChanged(99.0, MOOD, (LedgerRow(99.0, "impulse", each, "7 s", 3.0),)))
    return events


def _rubric(**point: object) -> Rubric:
    section = {"title": "S", "weight": 10, "points": [{"title": "P", **point}]}
    return Rubric.model_validate({"format": 1, "title": "R", "sections": [section]})


def _state(events: Sequence[Event], settled: float = 0.5, **point: object) -> str:
    return score(events, _rubric(**point), settled).sections[0].marks[0].state


def test_a_point_needs_one_of_each_group_and_none_of_what_it_avoids() -> None:
    call = _call([["greeting"], ["own_name"]])
    assert _state(call, shows=[["greeting", "help_offer"], ["own_name"]]) == "met"
    assert _state(call, shows=[["greeting"], ["recap"]]) == "missed"
    assert _state(call, shows=[["greeting"]], avoids=["own_name"]) == "missed"
    assert _state(call, avoids=["rude"]) == "met"


def test_how_often_and_when_in_the_call() -> None:
    call = _call([["clarify"], [], ["clarify"], ["recap"]])
    assert _state(call, shows=[["clarify"]], at_least=2) == "met"
    assert _state(call, shows=[["clarify"]], at_least=2, within_turns=2) == "missed"
    assert _state(call, shows=[["recap"]], last_turns=1) == "met"
    assert _state(call, shows=[["clarify"]], last_turns=1) == "missed"


def test_what_was_meant_well_and_calmed_nobody_shows_nothing() -> None:
    call = _call([["empathy", "calm_down"]])
    harm = LedgerRow(10.0, "impulse", "calm_down", "calm down", 9.0)
    felt = LedgerRow(10.0, "impulse", "empathy", "that must be hard", -4.0)
    assert _state([*call, MoodChanged(10.0, MOOD, (harm, felt), 1)], shows=[["empathy"]]) == "met"
    hardly = replace(felt, delta=-0.1)
    assert _state([*call, MoodChanged(10.0, MOOD, (harm, hardly), 1)], shows=[["empathy"]]) == "missed"
    assert _state([*call, MoodChanged(10.0, MOOD, (hardly,), 1)], shows=[["empathy"]]) == "met"
    assert _state([*call, MoodChanged(10.0, MOOD, (harm,), 1)], avoids=["calm_down"]) == "missed"


def test_a_curveball_is_taken_well_or_missed() -> None:
    def thrown(delta: float) -> list[Event]:
        row = LedgerRow(10.0, "impulse", "curveball:name", "Sam", delta)
        return [*_call([["own_name"]]), MoodChanged(10.0, MOOD, (row,), 1)]

    point = {"shows": [["curveball"]], "when": ["curveball", "curveball_missed"]}
    assert _state(thrown(-5.0), **point) == "met"
    assert _state(thrown(4.0), **point) == "missed"
    assert _state(_call([[]]), **point) == "n/a"


def test_what_did_not_come_up_is_not_held_against_anyone() -> None:
    assert _state(_call([[]]), when=["hold_demand"], shows=[["hold_permission"]]) == "n/a"
    assert _state(_call([["hold_demand"]]), when=["hold_demand"], shows=[["hold_permission"]]) == "missed"
    assert _state(_call([[]]), spoken=True, avoids=["raised_voice"]) == "n/a"
    assert _state(_call([[]], mode="voice"), spoken=True, avoids=["raised_voice"]) == "met"


def test_what_was_not_heard_is_not_scored() -> None:
    typed = _call([["greeting"]])
    by_hand = [CallStarted(0.0, "p", "", 1, "voice", "0"), *typed[1:]]  # the sound was lost, all of it was typed
    for call in (typed, by_hand):
        (section,) = [one for one in score(call, load_rubric(), 0.0).sections if "heard" in one.title]
        assert section.share is None
        assert section.unheard
        assert {mark.state for mark in section.marks} == {"n/a"}
    card = score(_call([["greeting"]], happened=["dead_air"], mode="voice"), load_rubric(), 0.0)
    (section,) = [one for one in card.sections if "heard" in one.title]
    assert (section.share, section.unheard) == (0.5, False)


def test_a_call_in_which_nothing_was_said_has_no_score() -> None:
    card = score(_call([]), load_rubric(), 0.0)
    assert card.total is None
    assert not any(section.share for section in card.sections)


def test_situations_of_the_ledger_count_and_carry_their_measure() -> None:
    card = score(_call([[]], happened=["dead_air"]), _rubric(avoids=["dead_air"]), 1.0)
    mark = card.sections[0].marks[0]
    assert mark.state == "missed"
    assert mark.signs[0].quote == "7 s"


def test_the_case_counts_by_what_was_settled() -> None:
    assert _state(_call([[]]), 1.0, settles=1.0) == "met"
    assert _state(_call([[]]), 0.5, settles=1.0) == "missed"
    assert _state(_call([[]]), 0.5, settles=0.5) == "met"


def test_the_total_is_weighted_and_leaves_out_what_does_not_apply() -> None:
    points = [
        {"title": "A", "weight": 30, "points": [{"title": "a", "shows": [["greeting"]]}]},
        {"title": "B", "weight": 10, "points": [{"title": "b", "shows": [["recap"]]}]},
        {"title": "C", "weight": 60, "points": [{"title": "c", "spoken": True}]},
    ]
    fail = [{"title": "F", "avoids": ["rude"], "at_least": 2}]
    rubric = Rubric.model_validate({"format": 1, "title": "R", "sections": points, "auto_fail": fail})
    assert score(_call([["greeting"], ["rude"]]), rubric, 1.0).total == pytest.approx(75.0)
    failed = score(_call([["greeting", "rude"], ["rude"]]), rubric, 1.0)
    assert failed.total == 0.0
    assert [mark.title for mark in failed.failed] == ["F"]
    assert score(_call([[]]), _rubric(spoken=True), 1.0).total is None


def _scored(name: str) -> Scorecard:
    events = read((JOURNALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return score(events, load_rubric(), settled(events, load(name.rpartition("-")[0])))


@pytest.mark.parametrize("pack", ["flatpack-bookcase", "broadband-dropouts"])
def test_our_rubric_tells_a_good_call_from_a_middling_and_a_poor_one(pack: str) -> None:
    totals = [_scored(f"{pack}-{kind}").total or 0.0 for kind in ("excellent", "good", "average", "poor")]
    assert totals[0] >= 85
    assert min(totals[:2]) > max(totals[2:]) + 20
    assert totals[3] < 45


def test_a_quote_is_a_whole_sentence_where_it_is_short() -> None:
    card = score(_call([["greeting"]]), _rubric(shows=[["greeting"]]), 1.0)
    assert card.sections[0].marks[0].signs[0].quote == "Some words"


def test_it_is_shown_by_what_calmed_most_and_an_ending_by_its_last_words() -> None:
    call = _call([["empathy", "thanks"], ["empathy"], ["close"], ["thanks"]])
    felt = [LedgerRow(20.0, "impulse", "empathy", "some words", -6.0)]
    call.insert(5, MoodChanged(20.0, MOOD, tuple(felt), 2))
    (told,) = score(call, _rubric(shows=[["empathy"]]), 1.0).sections[0].marks
    assert [sign.turn for sign in told.signs] == [2]
    (ending,) = score(call, _rubric(shows=[["close", "thanks"]], last_turns=4), 1.0).sections[0].marks
    assert [(sign.id, sign.turn) for sign in ending.signs] == [("close", 3)]
    (thanked,) = score(call, _rubric(shows=[["thanks"]], last_turns=4), 1.0).sections[0].marks
    assert [sign.turn for sign in thanked.signs] == [4]


def test_one_sentence_is_quoted_once() -> None:
    (mark,) = (
        score(_call([["greeting", "own_name"]]), _rubric(shows=[["greeting"], ["own_name"]]), 1.0).sections[0].marks
    )
    assert (mark.state, len(mark.signs)) == ("met", 1)


def test_what_was_done_too_seldom_is_shown_with_how_often_it_was() -> None:
    (mark,) = score(_call([["clarify"]]), _rubric(shows=[["clarify"]], at_least=2), 1.0).sections[0].marks
    assert (mark.state, len(mark.signs), mark.wanted) == ("missed", 1, 2)


def test_a_name_that_the_customer_puts_right_is_not_the_right_one() -> None:
    named = _call([["name_use"]])
    put_right = Reply(11.0, 1, "It's Miss Oakes, by the way.", Delivery(40.0, ""), "wrong_title")
    assert _state(named, shows=[["name_use"]]) == "met"
    assert _state([*named, put_right], shows=[["name_use"]]) == "missed"
    again = [Appraisal(20.0, 2, (Behaviour("name_use", 0.9, "Miss Oakes"),))]
    assert _state([*named, put_right, *again], shows=[["name_use"]]) == "met"


def test_a_friendly_ending_sums_up_and_says_goodbye() -> None:
    def closing(*ids: str) -> dict[str, str]:
        card = score(_call([[], [], list(ids)]), load_rubric(), 1.0)
        return {mark.title: mark.state for mark in card.sections[-1].marks}

    assert set(closing("plan_time", "extra_mile").values()) == {"missed"}
    assert set(closing("recap", "close").values()) == {"met"}


def test_a_broken_rubric_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("format: 1\ntitle: Mine\nsections:\n  - title: A\n    weight: 10\n    points:\n      - titel: x\n")
    with pytest.raises(PackProblem, match=r"mine\.yaml, line 7: .*titel"):
        load_rubric(file)
    file.write_text(
        "format: 1\ntitle: M\nsections:\n- title: A\n  weight: 1\n  points:\n  - {title: x, avoids: [charm]}\n"
    )
    with pytest.raises(PackProblem, match="'charm' is neither"):
        load_rubric(file)
    with pytest.raises(PackProblem, match="cannot be read"):
        load_rubric(tmp_path / "none.yaml")
