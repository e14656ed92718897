"""The live cue: one at a time, what helps most now, and a reaction to the last turns."""

from collections.abc import Callable

import pytest

from dialogue import coaching
from dialogue.coaching import TEXTS
from dialogue.events import Cue
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Pack
from dialogue.rehearsal import Line

Play = Callable[..., Line]
OPENING = [
    "Hello, how can I help?",
    "I'm so sorry, that must have been a terrible shock.",
    "Please go on, I'm listening.",
]


def cues(line: Line) -> list[str]:
    return [one.id for one in line.said if isinstance(one, Cue) and one.id]


@pytest.mark.parametrize("given", ["my name is Noor", "this is Noor", "Noor speaking", "Noor here", "my name's noor"])
def test_nobody_is_told_to_give_a_name_that_they_gave(flatpack: Pack, play: Play, given: str) -> None:
    line = play(flatpack, [f"Hello, {given}, how can I help?", *OPENING[1:], "I see.", "What exactly is broken?"])
    assert line.session.state.memory.agent == "Noor"
    assert not {"introduce", "put_own_name"} & set(cues(line))
    assert "introduce" in cues(play(flatpack, [*OPENING, "Was anyone hurt?", "What exactly is broken?"]))


def test_a_harm_is_answered_at_once_and_a_feeling_before_a_step(flatpack: Pack, play: Play) -> None:
    assert cues(play(flatpack, ["Hello.", "Calm down."]))[-1] == "avoid_calm_down"
    assert cues(play(flatpack, ["Hello, how can I help?"])) == ["acknowledge"]


def test_no_step_is_asked_for_when_one_was_given(broadband: Pack, play: Play) -> None:
    step = "I'll run a line test tonight between one and five, and I'll call you back tomorrow at nine."
    line = play(broadband, [*OPENING, step])
    last = cues(line)[-1]
    answer = line.session.state.memory.last_line
    asked = answer.endswith("?") or line.session.state.memory.last_act.startswith("open:")
    assert asked or not last.startswith("open:")


def test_the_open_step_is_named_in_the_packs_words(broadband: Pack) -> None:
    assert broadband.need("line_test").title in coaching.text("open:line_test", broadband)
    assert all("{" not in text.replace("{title}", "") for text in TEXTS.values())


def test_what_a_customer_puts_to_the_test_has_its_own_line(broadband: Pack, flatpack: Pack) -> None:
    for pack in (broadband, flatpack):
        for ball in pack.curveballs:
            assert any(f"put_{name}" in TEXTS for name in ball.expects), ball.id


def test_a_cue_lasts_until_the_customer_has_spoken_and_it_was_read(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello, how can I help?"])  # the line has been heard out by now
    prompter = line.session.state.prompter
    assert prompter.until - line.now == pytest.approx(coaching.SHOWN_SECONDS)
    assert coaching.reading_seconds(prompter.id) < coaching.SHOWN_SECONDS


def test_silence_is_met_with_a_line_for_it(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, OPENING[:2])
    line.wait(9.0)
    assert cues(line)[-1] == "narrate"


def test_every_avoided_harm_exists() -> None:
    assert all(EFFECTS[cue.removeprefix("avoid_")].kind == "harm" for cue in TEXTS if cue.startswith("avoid_"))
