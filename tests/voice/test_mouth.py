"""The mouth in virtual time: lines heard whole, cut off, prepared; threads and devices given back."""

import threading

import numpy as np
import pytest

from dialogue.events import PlaybackFinished, PlaybackStarted
from dialogue.turns import unheard_part
from tests.voice.mouth_stage import BLOCK, LINE, RATE, Stage, reply, wait_for
from voice.audio import dbfs
from voice.mouth import Mouth


def test_a_line_is_heard_whole_and_its_length_is_the_sound_s(stage):
    stage.mouth.say(reply())
    (finished,) = stage.finish()
    assert (finished.heard_text, finished.interrupted, finished.reply) == (LINE, False, 1)
    sounded = np.flatnonzero(stage.headphones.kept())
    assert finished.heard_seconds == pytest.approx((sounded[-1] + 1 - sounded[0]) / RATE, abs=1e-9)
    started = stage.events[0]
    assert isinstance(started, PlaybackStarted)
    assert started.t == pytest.approx(BLOCK)
    assert finished.t - started.t == pytest.approx(finished.heard_seconds, abs=2 * BLOCK)
    assert stage.threads == {"mouth speaks"}
    assert [on for _, on in stage.spoke] == [True, False]


def test_the_opener_sounds_while_the_rest_is_still_being_made(stage):
    stage.voice.held_back = lambda text: text != "Look,"
    stage.voice.let_through.clear()
    stage.mouth.say(reply(opener="Look,"))
    wait_for(lambda: stage.headphones.pending_samples() > 0)
    stage.headphones.move_on(until_looked_at=True)
    wait_for(lambda: bool(stage.events))
    assert isinstance(stage.events[0], PlaybackStarted)
    assert stage.mouth.speaking
    assert not stage.mouth.settled
    stage.voice.let_through.set()
    (finished,) = stage.finish()
    assert finished.heard_text == LINE
    assert stage.voice.asked[0] == "Look,"


def test_lines_are_said_one_after_the_other(stage):
    stage.mouth.say(reply("One two three.", 1))
    stage.mouth.say(reply("Four five six.", 2))
    stage.pass_time(2.0)
    kinds = [(type(event).__name__, event.reply) for event in stage.events]
    assert kinds == [(name, n) for n in (1, 2) for name in ("PlaybackStarted", "PlaybackFinished")]
    assert stage.events[1].t <= stage.events[2].t


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.7, 1.1, 1.5])
def test_a_barge_in_is_silent_at_once_and_says_what_was_heard(stage, seconds):
    stage.mouth.say(reply(opener="Look,"))
    stage.pass_time(seconds)
    stage.mouth.stop()
    stopped_at = stage.t
    stage.pass_time(1.0)
    _, finished = stage.events
    assert finished.interrupted
    assert finished.t == stopped_at
    assert finished.heard_seconds == pytest.approx(seconds, abs=1e-6)
    assert LINE.startswith(finished.heard_text)
    assert len(finished.heard_text) < len(LINE)
    assert LINE[len(finished.heard_text)] == " ", "a word was cut"
    fade_samples = RATE // 100
    silent_from = round(stopped_at * RATE) + fade_samples
    assert not stage.headphones.kept()[silent_from:].any()
    assert not stage.mouth.speaking
    assert stage.spoke[-1][1] is False


def test_more_is_heard_the_later_the_barge_in(stage):
    lengths = []
    for n, seconds in enumerate([0.2, 0.6, 1.0, 1.4], 1):
        stage.mouth.say(reply(identity=n))
        stage.pass_time(seconds)
        stage.mouth.stop()
        stage.settle()
        lengths.append(len(stage.events[-1].heard_text))
    assert lengths == sorted(set(lengths))


def test_a_line_cut_before_its_first_sound_was_not_heard(stage):
    stage.voice.held_back = lambda text: True
    stage.voice.let_through.clear()
    stage.mouth.say(reply(identity=1))
    stage.mouth.say(reply(identity=2))
    wait_for(lambda: bool(stage.voice.asked))
    stage.mouth.stop()
    stage.settle()
    assert [(type(e), e.reply, e.heard_text, e.heard_seconds, e.interrupted) for e in stage.events] == [
        (PlaybackFinished, 1, "", 0.0, True),
        (PlaybackFinished, 2, "", 0.0, True),
    ]
    stage.voice.let_through.set()
    stage.pass_time(0.5)
    assert not stage.headphones.kept().any()


def test_stopping_when_all_was_heard_or_nothing_is_said_changes_nothing(stage):
    stage.mouth.stop()
    stage.mouth.say(reply("One two."))
    (finished,) = stage.finish()
    stage.mouth.stop()
    stage.pass_time(0.2)
    assert not finished.interrupted
    assert len(stage.events) == 2


def test_after_a_barge_in_the_next_line_is_spoken(stage):
    stage.mouth.say(reply(identity=1))
    stage.pass_time(0.4)
    stage.mouth.stop()
    stage.mouth.say(reply("What was that?", 2))
    *_, finished = stage.finish()
    assert (finished.reply, finished.heard_text, finished.interrupted) == (2, "What was that?", False)


def test_a_prepared_line_is_not_rendered_again(stage):
    stage.mouth.prepare(reply())
    wait_for(lambda: len(stage.voice.asked) == 3)
    stage.mouth.say(reply(anger=40.2))
    stage.finish()
    assert stage.voice.asked == ["Look, I called twice.", "Nobody ever came back to me!", "What now?"]


def test_a_newer_guess_drops_the_older_but_never_what_is_being_said(stage):
    stage.voice.held_back = lambda text: text == "Look, I called twice."
    stage.voice.let_through.clear()
    stage.mouth.say(reply())
    wait_for(lambda: bool(stage.voice.asked))
    stage.mouth.prepare(reply("First guess.", 2))
    stage.mouth.prepare(reply("Second guess.", 2))
    stage.voice.let_through.set()
    (finished,) = stage.finish()
    assert finished.heard_text == LINE
    wait_for(lambda: "Second guess." in stage.voice.asked)
    assert "First guess." not in stage.voice.asked


def test_a_line_of_which_nothing_can_be_said_is_over_at_once(stage):
    stage.mouth.say(reply("…"))
    stage.settle()
    assert [type(event).__name__ for event in stage.events] == ["PlaybackStarted", "PlaybackFinished"]
    assert stage.events[1].heard_text == "…"


def test_a_clip_at_another_rate_keeps_its_length(stage):
    stage.headphones.rate = 16_000
    mouth = Mouth(stage.voice, stage.headphones, lambda: stage.t, stage.events.append)
    mouth.say(reply("One two three."))
    wait_for(lambda: stage.headphones.pending_samples() > 0)
    assert stage.headphones.pending_samples() == pytest.approx(0.3 * 16_000, abs=2)
    mouth.close()


def test_a_hold_is_quiet_music_that_counts_as_nothing_said(stage):
    stage.mouth.hold(True)
    stage.pass_time(2.0)
    stage.mouth.hold(False)
    stage.pass_time(0.5)
    stage.mouth.say(reply("One two three."))
    (finished,) = stage.finish()
    kept = stage.headphones.kept()
    music = kept[RATE // 2 : 2 * RATE]
    assert -50.0 < dbfs(music) < -30.0
    assert not kept[round(2.1 * RATE) : round(2.4 * RATE)].any()
    assert finished.heard_seconds == pytest.approx(0.3)


def test_closing_in_the_middle_leaves_nothing_behind():
    before = set(threading.enumerate())
    stage = Stage()
    stage.voice.held_back = lambda text: text == "What now?"
    stage.voice.let_through.clear()
    stage.mouth.say(reply())
    wait_for(lambda: "What now?" in stage.voice.asked)
    stage.headphones.move_on(until_looked_at=True)
    stage.mouth.close()
    stage.mouth.close()
    stage.mouth.say(reply(identity=2))
    assert set(threading.enumerate()) <= before
    assert (stage.voice.closed, stage.headphones.closed) == (1, 1)
    assert [event.reply for event in stage.events if isinstance(event, PlaybackFinished)] == [1]
    assert stage.mouth.settled


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.9])
def test_an_opener_that_was_left_out_was_not_heard(stage, seconds):
    stage.mouth.say(reply(opener="Look,"), words_at=0.001)
    stage.pass_time(seconds)
    stage.mouth.stop()
    stage.settle()
    finished = stage.events[-1]
    assert finished.interrupted
    assert finished.heard_text
    assert "I called twice. Nobody ever came back to me! What now?".startswith(finished.heard_text)
    left = unheard_part(LINE, finished.heard_text)
    assert f"Look, {finished.heard_text} {left}" == LINE
