"""Progress: recent calls count more, few calls mean little, and the next drill is for what is missed."""

import pytest

from dialogue.debrief.progress import next_drill, skills
from dialogue.debrief.rubric import Mark, Scorecard, SectionMarks


def card(*met: bool, title: str = "Listening", causes: tuple[str, ...] = ()) -> Scorecard:
    marks = tuple(Mark(f"{title} {i}", "met" if ok else "missed", (), causes) for i, ok in enumerate(met))
    return Scorecard("R", (SectionMarks(title, 10.0, marks),), ())


def test_one_call_is_a_guess_and_many_are_not() -> None:
    (guess,) = skills([card(True, True)])
    assert guess.share == pytest.approx(3 / 4)
    assert not guess.sure
    (known,) = skills([card(True, True, True, True)] * 12)
    assert known.sure
    assert known.high - known.low < guess.high - guess.low
    assert 0.0 <= known.low <= known.share <= known.high <= 1.0


def test_the_last_calls_count_more_than_the_first() -> None:
    better, worse = [card(True)] * 5 + [card(False)] * 5, [card(False)] * 5 + [card(True)] * 5
    (now_good,), (now_bad,) = skills(better), skills(worse)
    assert now_good.share > 0.6
    assert now_bad.share < 0.4
    assert now_good.share == pytest.approx(1 - now_bad.share)


def test_what_never_came_up_is_no_skill() -> None:
    empty = Scorecard("R", (SectionMarks("Hold", 10.0, (Mark("asks", "n/a", ()),)),), ())
    assert not skills([empty])
    assert not skills([])


def test_the_next_drill_is_for_the_point_that_is_missed_most_lately() -> None:
    early = card(False, title="A", causes=("apology",))
    late = card(False, title="B", causes=("conduct_warning", "boundary"))
    wanted = next_drill([late, late, early])
    assert wanted is not None
    assert wanted.drill.id == "a-kind-limit"
    assert wanted.missed == 2
    assert next_drill([card(True, causes=("apology",))]) is None
    assert next_drill([card(False, causes=("nothing_known",))]) is None
