"""Set phrases of contempt and contradiction, and the everyday sentences that look like them; what is asked for."""

import pytest

from dialogue.content import Context, judge
from dialogue.content.rules import ALL, IDIOM
from dialogue.events import ClauseScores, Scores
from tests.dialogue.content.cues import ids


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("Jog on.", "rude"),
        ("Tough luck.", "rude"),
        ("We'll talk about it once tempers have cooled.", "calm_down"),
        ("I look now what the depot wrote.", "look_up"),
        ("God give me strength.", "rude"),
        ("When you've quite finished, we can start.", "rude"),
        ("Whose bright idea was that?", "rude"),
        ("That's a bit of an exaggeration.", "arguing"),
        ("Nobody else finds it loud.", "arguing"),
        ("The form doesn't work like that.", "arguing"),
        ("I can't imagine that he would say so.", "arguing"),
        ("You're probably holding it wrong.", "blaming"),
        ("You'll have pressed the other one.", "blaming"),
        ("I'm sorry you had to wait, but everybody is off sick.", "non_apology"),
    ],
)
def test_a_set_phrase_is_known(text: str, present: str) -> None:
    assert present in ids(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("You're not exaggerating.", "arguing"),
        ("You drive a tough bargain.", "rude"),
        ("We check the bags at the gate.", "look_up"),
        ("It leaves today, no, sorry, tomorrow.", "apology"),
        ("You folded it the way they showed you, step by step.", "process"),
        ("That was a hard knock in the evening.", "plan_time"),
        ("Nobody else can decide that, so I'll ask her.", "arguing"),
        ("I can't imagine what that was like.", "arguing"),
        ("I can't imagine how tired you are.", "arguing"),
        ("Some of us are on it already.", "rude"),
        ("Please take your time, and when you're done with the form, I'm here.", "rude"),
        ("I had no idea that it stopped the whole street.", "dont_know"),
        ("We weren't aware of that.", "arguing"),
        ("I'm sorry it broke, but we have a new one for you.", "non_apology"),
        ("I'm sorry, and I know how busy you are.", "non_apology"),
    ],
)
def test_what_looks_like_one_is_none(text: str, absent: str) -> None:
    assert absent not in ids(text)


def judged(text: str, labels: dict[str, float], heard: str = "") -> set[str]:
    scores = Scores("model", (ClauseScores(0, len(text), labels, {}),))
    return {one.id for one in judge(text, scores, Context(heard=heard))}


def test_the_classifier_takes_each_for_a_cue_that_it_knows() -> None:
    speaking_for = [rule for rule in IDIOM if rule.confidence]  # of what speaks against something it knows nothing
    assert {rule.family for rule in speaking_for} <= {rule.name for rule in ALL}
    assert all(rule.family.partition("/")[0] == rule.behaviour for rule in speaking_for)
    assert len({rule.name for rule in (*ALL, *IDIOM)}) == len(ALL) + len(IDIOM)


def test_an_idiom_is_heard_though_the_classifier_never_saw_it() -> None:
    assert "rude" in judged("Jog on.", {"rude": 0.02, "clarify": 0.03})
    assert "rude" not in judged("They told you to jog on, and I'm so sorry.", {"rude": 0.02, "apology": 0.9})


def test_an_everyday_phrase_of_help_counts_where_the_classifier_is_in_two_minds() -> None:
    assert "look_up" in judged("Of course, let me look it up again.", {"look_up": 0.34})
    assert "look_up" not in judged("Of course, let me look it up again.", {"look_up": 0.05})


def test_who_says_it_back_does_not_rush_past_it() -> None:
    heard = "The colour is fine, only the sleeve is torn."
    text = "So the colour is fine and the sleeve is torn. Which sleeve is it?"
    assert "rush" not in judged(text, {"rush": 0.8, "clarify": 0.7}, heard=heard)
    assert "rush" in judged("Which sleeve?", {"rush": 0.8}, heard=heard)
