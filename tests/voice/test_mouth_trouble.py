"""A voice or headphones that fail, in virtual time: the line is shown, and what is back is told of."""

import pytest

from dialogue.events import AudioProblem, PlaybackStarted
from tests.voice.mouth_stage import BLOCK, LINE, reply, wait_for
from voice.mouth import VOICE_SECONDS
from voice.ports import VoiceProblem
from voice.speaking.feed import STALL_SECONDS


@pytest.mark.parametrize("trouble", [VoiceProblem("The voice is hoarse."), RuntimeError("model fell over")])
def test_a_voice_that_fails_shows_the_line_and_the_call_goes_on(stage, trouble):
    stage.voice.trouble = trouble
    stage.mouth.say(reply(identity=1))
    stage.mouth.say(reply("And again.", 2))
    stage.pass_time(8.0)
    problem, started, finished, again, finished_again = stage.events
    assert isinstance(problem, AudioProblem)
    assert problem.kind == "lost"
    assert str(trouble).rstrip(".") in problem.text
    assert isinstance(started, PlaybackStarted)
    assert (finished.heard_text, finished.heard_seconds, finished.interrupted) == (LINE, 0.0, False)
    assert finished.t - started.t == pytest.approx(len(LINE.split()) / 2.5, abs=2 * BLOCK)
    assert (again.reply, finished_again.reply) == (2, 2)

    stage.voice.trouble = None
    stage.mouth.say(reply("Back again.", 3))
    stage.finish()
    assert [type(event).__name__ for event in stage.events[5:]] == [
        "AudioProblem",
        "PlaybackStarted",
        "PlaybackFinished",
    ]
    assert stage.events[5].kind == "recovered"


def test_typing_on_counts_as_having_read_a_line_that_is_only_shown(stage):
    stage.voice.trouble = VoiceProblem("The voice is hoarse.")
    stage.mouth.say(reply())
    stage.pass_time(0.5)
    stage.mouth.stop()
    stage.settle()
    assert stage.events[-1].heard_text == LINE
    assert stage.events[-1].t == pytest.approx(0.5)


def test_headphones_that_refuse_are_told_of_once(stage):
    stage.headphones.trouble = VoiceProblem("The headphones are gone.")
    stage.mouth.say(reply("One two.", 1))
    stage.mouth.say(reply("Three four.", 2))
    stage.pass_time(3.0)
    assert [type(event).__name__ for event in stage.events].count("AudioProblem") == 1
    assert "The headphones are gone." in stage.events[0].text


def test_headphones_that_silently_stop_do_not_stop_the_call(stage):
    stage.mouth.say(reply())
    stage.pass_time(0.4)
    stage.stand_still_until(lambda: bool(stage.problems()))
    assert stage.t >= 0.4 + STALL_SECONDS
    stage.stand_still_until(stage.finished)
    assert stage.events[-1].heard_text == LINE
    assert stage.events[-1].heard_seconds == pytest.approx(0.4)


@pytest.mark.parametrize("speaking", [False, True])
def test_headphones_that_go_are_told_of_at_once_and_again_when_they_are_back(stage, speaking):
    if speaking:
        stage.mouth.say(reply())
        stage.pass_time(0.4)
    stage.headphones.problem = "The headphones are gone."
    wait_for(lambda: stage.problems() == ["lost"])
    stage.headphones.problem = ""
    wait_for(lambda: stage.problems() == ["lost", "recovered"])
    stage.t += 10.0
    stage.mouth.say(reply("Back again.", 2))
    finished = stage.finish()[-1]
    assert (finished.reply, finished.heard_text) == (2, "Back again.")
    assert finished.heard_seconds > 0.1
    assert stage.problems() == ["lost", "recovered"]


def test_a_voice_that_does_not_answer_is_not_waited_for(stage):
    stage.voice.held_back = lambda text: True
    stage.voice.let_through.clear()
    stage.mouth.say(reply())
    wait_for(lambda: bool(stage.voice.asked))
    stage.stand_still_until(lambda: bool(stage.events))
    assert stage.t >= VOICE_SECONDS
    assert "does not answer" in stage.events[0].text
    stage.stand_still_until(stage.finished)
    assert stage.events[-1].heard_text == LINE
