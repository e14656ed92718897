"""What scales an effect: who it is, how it sounds, what stands beside it, and how much room there is."""

from dataclasses import replace

import pytest

from dialogue.mood import Finding, Impulse, Moment, Person, weigh
from dialogue.mood.effects import EFFECTS
from dialogue.mood.weighing import AT_ONCE, BEYOND, CEILING, HEADROOM, LEAST

ANYBODY = Person({})
NOW = Moment(anger=60.0, trust=50.0, floor=20.0, raised=0.0, used={})


def weighed(*ids: str, person: Person = ANYBODY, now: Moment = NOW) -> dict[str, Impulse]:
    return {one.cause: one for one in weigh([Finding(each, f"“{each}”") for each in ids], person, now)}


def points(effect: str, *beside: str, person: Person = ANYBODY, now: Moment = NOW) -> float:
    return weighed(effect, *beside, person=person, now=now)[effect].anger


@pytest.mark.parametrize("effect", ["rude", "empathy", "plan_time", "dead_air"])
def test_alone_and_at_an_average_moment_the_table_holds(effect: str) -> None:
    assert points(effect) == pytest.approx(EFFECTS[effect].anger)
    assert weighed(effect)[effect].trust == pytest.approx(EFFECTS[effect].trust)


def test_who_they_are_scales_by_id_and_by_kind_and_the_difficulty_each_way() -> None:
    touchy = Person({"rude": 1.5, "harm": 1.2, "kindness": 0.5}, soothing=0.8, harming=1.1)
    assert points("rude", person=touchy) == pytest.approx(1.5 * 1.2 * 1.1 * points("rude"))
    assert points("empathy", person=touchy) == pytest.approx(0.5 * 0.8 * points("empathy"))
    assert points("plan_time", person=touchy) == pytest.approx(0.8 * points("plan_time"))
    assert "rude_effect=1.5" in weighed("rude", person=touchy)["rude"].parameter
    for effect in ("rude", "empathy", "plan_time"):  # trust moves with it
        usual, theirs = weighed(effect)[effect], weighed(effect, person=touchy)[effect]
        assert theirs.trust / usual.trust == pytest.approx(theirs.anger / usual.anger)


def test_the_worst_of_two_harms_counts_whole_and_the_other_less() -> None:
    both = weighed("arguing", "rude")
    assert list(both) == ["rude", "arguing"]
    assert both["rude"].anger == points("rude")
    assert 0.0 < points("arguing", "rude") < points("arguing")
    assert "no. 2 in the turn" in both["arguing"].parameter


def test_what_a_turn_left_out_counts_less_behind_what_it_said_and_takes_nothing_from_it() -> None:
    assert points("no_acknowledgement", "rude") < points("no_acknowledgement")
    assert points("rude", "no_acknowledgement") == points("rude")
    assert points("empathy", "beside_the_point") == points("empathy")
    room = replace(NOW, anger=40.0)
    assert points("dead_air", "rude", now=room) == points("dead_air")  # a silence was before the turn


def test_kindness_beside_a_hurt_does_less_but_not_beside_a_trifle() -> None:
    assert abs(points("empathy", "arguing")) < 0.5 * abs(points("empathy"))
    assert abs(points("need_met", "arguing")) < abs(points("need_met"))
    assert points("empathy", "self_blame") == pytest.approx(points("empathy"))


def test_five_phrases_in_a_row_are_not_five_times_as_kind() -> None:
    many = weighed("thanks", "empathy", "apology", "together", "paraphrase")
    assert next(iter(many)) == "empathy"
    assert many["empathy"].anger == points("empathy")
    shares = [one.anger / EFFECTS[cause].anger for cause, one in many.items()]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.5


def test_a_raised_voice_takes_from_kindness_and_from_a_bound_on() -> None:
    quiet, natural, raised = (replace(NOW, raised=share) for share in (0.0, 0.3, 1.0))
    assert points("empathy", now=natural) == points("empathy", now=quiet)
    assert abs(points("empathy", now=raised)) < 0.5 * abs(points("empathy", now=quiet))
    assert points("rude", now=raised) == points("rude", now=quiet)
    assert "raised 1.00" in weighed("empathy", now=raised)["empathy"].parameter


def test_help_that_is_only_promised_does_more_for_who_is_trusted() -> None:
    doubted, trusted = replace(NOW, trust=0.0), replace(NOW, trust=100.0)
    assert points("plan_time", now=trusted) < points("plan_time", now=doubted) < 0
    assert points("empathy", now=trusted) == points("empathy", now=doubted)
    assert points("need_met", now=trusted) == points("need_met", now=doubted)


def test_what_was_said_before_in_the_call_does_less() -> None:
    again = replace(NOW, used={"empathy": 2, "need_met": 3, "rude": 4})
    assert points("empathy", now=again) == pytest.approx(points("empathy") * EFFECTS["empathy"].again ** 2)
    assert "time 3" in weighed("empathy", now=again)["empathy"].parameter
    assert points("need_met", now=again) == points("need_met")
    assert points("rude", now=again) == points("rude")


def test_at_their_floor_kindness_moves_nothing_and_a_solution_does() -> None:
    near, there = replace(NOW, anger=20.0 + HEADROOM / 2), replace(NOW, anger=20.0)
    assert points("empathy", now=near) == pytest.approx(points("empathy") / 2)
    assert "empathy" not in weighed("empathy", "plan_time", now=there)
    assert points("need_met", now=there) == points("need_met")
    strong = weigh([Finding("empathy", "...", amount=99.0)], ANYBODY, NOW)[0].anger
    assert -HEADROOM < strong < points("empathy")  # no kindness leaps over the floor


def test_what_is_solved_first_leaves_less_room_for_kindness() -> None:
    low = replace(NOW, anger=50.0)
    assert abs(points("empathy", "need_met", now=low)) < abs(points("empathy", now=low))


def test_at_the_top_one_remark_more_hurts_less() -> None:
    high, top = replace(NOW, anger=100.0 - CEILING / 2), replace(NOW, anger=100.0)
    assert points("rude", now=high) == pytest.approx(points("rude") / 2)
    assert points("rude", now=top) == 0.0
    assert points("rude", now=replace(NOW, anger=100.0 - CEILING)) == EFFECTS["rude"].anger


def test_a_kindness_too_small_to_notice_stands_nowhere() -> None:
    tiny = 0.9 * LEAST / abs(EFFECTS["empathy"].anger)
    assert not weigh([Finding("empathy", "...", amount=tiny)], ANYBODY, NOW)
    assert weigh([Finding("empathy", "...", amount=1.3 * tiny)], ANYBODY, NOW)


def test_the_ledger_has_the_words_the_cause_the_title_and_what_took_from_it() -> None:
    found = Finding("curveball", "so what?", 7.0, "ball", "curveball:ball", "The ball", "half: x0.5")
    (row,) = weigh([found], ANYBODY, NOW)
    assert (row.cause, row.evidence, row.anger, row.title) == ("curveball:ball", "so what?", 7.0, "The ball")
    assert row.parameter == "curveball_effect=1, half: x0.5"
    (kind,) = weigh([replace(found, id="empathy", amount=0.5)], ANYBODY, NOW)
    assert kind.parameter.startswith("empathy_effect=1, half: x0.5")


def test_relief_takes_time() -> None:
    moment = Moment(anger=80.0, trust=50.0, floor=0.0, raised=0.0, used={})

    def soothed(*needs: float) -> float:
        rows = weigh([Finding("need_met", "", share) for share in needs], Person({}), moment)
        assert all(("much at once" in row.parameter) == (row is rows[-1] and sum(needs) > 0.5) for row in rows)
        return -sum(row.anger for row in rows)

    one, two, three = soothed(0.2), soothed(0.4), soothed(0.4, 0.4)
    assert two == pytest.approx(2 * one)
    assert two == pytest.approx(-0.4 * EFFECTS["need_met"].anger)
    assert AT_ONCE < three < 2 * two
    assert three == pytest.approx(AT_ONCE + (2 * two - AT_ONCE) * BEYOND)


def test_what_a_curveball_brought_is_relief_as_well() -> None:
    moment = Moment(anger=80.0, trust=50.0, floor=0.0, raised=0.0, used={})
    rows = weigh([Finding("curveball", "", -10.0), Finding("need_met", "", 0.4)], Person({}), moment)
    alone = weigh([Finding("need_met", "", 0.4)], Person({}), moment)
    assert abs(rows[-1].anger) < abs(alone[-1].anger)
