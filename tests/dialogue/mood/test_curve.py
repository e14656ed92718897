"""Anger over time in closed form: the way back, the names it has on it, and a ledger that accounts for every point."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import Band, Mood
from dialogue.mood import Impulse, at, band, crossing, relax, strike
from dialogue.mood.curve import BANDS, HYSTERESIS

THRESHOLDS = (30.0, 55.0, 80.0)
MOOD = Mood(t=10.0, anger=40.0, trust=50.0, band="irritated", resting=60.0, half_life_seconds=100.0)


def test_each_half_life_goes_half_the_way() -> None:
    assert at(MOOD, 10.0) == 40.0
    assert at(MOOD, 110.0) == pytest.approx(50.0)
    assert at(MOOD, 210.0) == pytest.approx(55.0)
    assert at(MOOD, 5.0) == 40.0  # what is past does not change


def test_it_stands_still_from_its_moment_on() -> None:
    stopped = replace(MOOD, until=110.0)
    assert at(stopped, 60.0) == at(MOOD, 60.0)
    assert at(stopped, 1e6) == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("anger", "before", "after"),
    [
        (29.9, "calm", "calm"),
        (30.0, "calm", "irritated"),
        (80.0, "calm", "furious"),
        (100.0, "furious", "furious"),
        (55.0 - HYSTERESIS + 0.1, "angry", "angry"),  # a name does not flicker
        (55.0 - HYSTERESIS, "angry", "irritated"),
        (55.0 - HYSTERESIS + 0.1, "irritated", "irritated"),
        (0.0, "furious", "calm"),
    ],
)
def test_a_band_is_entered_at_its_threshold_and_left_below_it(anger: float, before: Band, after: Band) -> None:
    assert band(anger, before, THRESHOLDS) == after


@st.composite
def moods(draw: st.DrawFn) -> Mood:
    """Any the session may hold: its band fits its anger, and rest does not lie below it."""
    anger = draw(st.floats(0.0, 100.0))
    named = band(anger, draw(st.sampled_from(BANDS)), THRESHOLDS)
    until = draw(st.none() | st.floats(10.0, 900.0))
    return Mood(10.0, anger, 50.0, named, draw(st.floats(anger, 100.0)), draw(st.floats(20.0, 600.0)), until)


@given(mood=moods(), later=st.floats(0.0, 2_000.0))
def test_the_name_changes_just_when_it_was_said_to(mood: Mood, later: float) -> None:
    due = crossing(mood, THRESHOLDS)
    if due is None:
        assert relax(mood, mood.t + later, THRESHOLDS)[0].band == mood.band
        return
    assert due >= mood.t
    assert relax(mood, due, THRESHOLDS)[0].band != mood.band
    assert relax(mood, mood.t + 0.999 * (due - mood.t), THRESHOLDS)[0].band == mood.band or due - mood.t < 1e-6


def test_where_time_never_leads_to_another_name_there_is_no_such_moment() -> None:
    assert crossing(replace(MOOD, resting=54.9), THRESHOLDS) is None
    assert crossing(replace(MOOD, resting=40.0), THRESHOLDS) is None
    due = crossing(MOOD, THRESHOLDS)
    assert due is not None
    assert at(MOOD, due) == pytest.approx(55.0)
    assert crossing(replace(MOOD, until=due - 1.0), THRESHOLDS) is None
    assert crossing(replace(MOOD, until=due + 1.0), THRESHOLDS) == due


def test_time_has_its_row_and_no_time_has_none() -> None:
    moved, (row,) = relax(MOOD, 110.0, THRESHOLDS)
    assert (moved.t, moved.anger, moved.resting) == (110.0, pytest.approx(50.0), 60.0)
    assert (row.t, row.kind, row.delta) == (110.0, "relaxation", pytest.approx(10.0))
    assert row.evidence == "100 s towards 60"
    (stopped,) = relax(replace(MOOD, until=20.0), 110.0, THRESHOLDS)[1]
    assert stopped.evidence == "10 s towards 60"  # it moved no longer than that
    assert stopped.delta == pytest.approx(20.0 * (1 - 0.5**0.1))
    assert relax(MOOD, 10.0, THRESHOLDS) == (MOOD, ())


def test_every_cause_has_a_row_and_they_add_up() -> None:
    causes = (Impulse("rude", "you fool", 18.0, -12.0, "p", "t"), Impulse("thanks", "thanks", -2.5, 1.0))
    after, rows = strike(MOOD, (*causes, Impulse("own_name", "Sam", 0.0, 2.0)), THRESHOLDS, resting=45.0, until=99.0)
    assert [(row.cause, row.evidence, row.delta) for row in rows] == [
        ("rude", "you fool", 18.0),
        ("thanks", "thanks", -2.5),
    ]
    assert (rows[0].parameter, rows[0].title, {row.kind for row in rows}) == ("p", "t", {"impulse"})
    assert (after.anger, after.trust, after.band) == (55.5, 41.0, "angry")
    assert (after.resting, after.until) == (55.5, 99.0)  # time alone is no reason to calm
    assert strike(MOOD, causes, THRESHOLDS, resting=70.0)[0].resting == 70.0


@pytest.mark.parametrize(
    ("points", "trust", "anger", "swallowed"), [(90.0, -60.0, 100.0, -30.0), (-50.0, 60.0, 0.0, 10.0)]
)
def test_what_the_ends_of_the_scale_swallow_has_its_row_too(
    points: float, trust: float, anger: float, swallowed: float
) -> None:
    after, rows = strike(MOOD, [Impulse("x", "y", points, trust)], THRESHOLDS, resting=0.0)
    assert after.anger == anger
    assert after.trust == (0.0 if trust < 0 else 100.0)
    assert [(row.kind, row.delta) for row in rows] == [("impulse", points), ("limit", swallowed)]
