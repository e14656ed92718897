"""The debrief: turning points, what went well, what to say instead, and the author's notes."""

from collections.abc import Callable

from dialogue.coaching import TEXTS
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.scoring import ADVICE, debrief, turns

Play = Callable[..., Line]


def test_a_good_call_is_told_as_one(flatpack: Pack, play: Play, script: Callable[[str, str], list[str]]) -> None:
    told = debrief(play(flatpack, script("flatpack-bookcase", "excellent")).journal, flatpack)
    assert told.outcome == "satisfied"
    assert told.anger_end < told.anger_start
    assert "the step that was missing" in told.met
    assert not told.open
    assert any("gap was the cause" in note for note in told.notes)
    assert all(row.delta < 0 for row in told.went_well)
    assert any(one.delta < -5 for one in told.turning_points)


def test_a_poor_call_says_what_hurt_and_what_to_say_instead(
    flatpack: Pack, play: Play, script: Callable[[str, str], list[str]]
) -> None:
    line = play(flatpack, script("flatpack-bookcase", "poor"))
    if not line.ended:
        line.act("hang_up")
    told = debrief(line.journal, flatpack)
    assert told.outcome in ("hung_up", "escalated", "abandoned")
    causes = {row.cause for _, row, _ in told.instead}
    assert "calm_down" in causes
    assert all(advice.why and advice.instead for _, _, advice in told.instead)
    assert any("Nobody asked about six" in note for note in told.notes)
    assert "the new shelf" in told.open


def test_turns_are_counted_as_the_session_counts_them(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello, how can I help?", "", "   ", "Calm down."])
    scores = turns(line.journal)
    assert [(one.turn, one.said) for one in scores] == [(1, "Hello, how can I help?"), (2, "Calm down.")]
    assert scores[1].rows[0].cause == "calm_down"


def test_a_record_cut_off_is_scored_as_far_as_it_goes(flatpack: Pack, play: Play) -> None:
    journal = play(flatpack, ["Hello.", "I'm so sorry, that must have been a shock."]).journal
    for kept in range(1, len(journal)):
        assert debrief(journal[:kept], flatpack).outcome == ""


def test_every_harm_has_advice_and_every_avoided_one_a_cue() -> None:
    harms = {name for name, effect in EFFECTS.items() if effect.kind == "harm"} - {"curveball", "self_blame"}
    assert harms == set(ADVICE)
    assert {cue.removeprefix("avoid_") for cue in TEXTS if cue.startswith("avoid_")} <= harms
