"""What sounds before the first word of content: an opener, a breath, or nothing."""

import numpy as np
import pytest

from dialogue.events import PlaybackFinished, PlaybackStarted
from tests.voice.mouth_stage import BLOCK, LINE, RATE, Stage, reply
from voice.audio import dbfs
from voice.speaking.backchannel import (
    BREATH_LASTS_SECONDS,
    LONG_PAUSE_SECONDS,
    SPEAKERS_BREATH_LASTS_SECONDS,
)
from voice.speaking.breath import BELOW_SPEECH_DB, QUICKEST_SECONDS, SHARE, before
from voice.synthesis.delivery import CALM_DBFS, FURIOUS_DBFS

WORDS_AT = 0.6
LULL = 0.2


def text_with(*, breath: bool) -> str:
    return next(text for n in range(99) if bool(len(before(text := f"Number {n} is gone.", 40.0, RATE))) == breath)


def whole(stage: Stage) -> PlaybackFinished:
    stage.pass_time(5.0)
    (finished,) = [event for event in stage.events if isinstance(event, PlaybackFinished)]
    return finished


def test_most_lines_get_a_breath_always_the_same_ones_and_not_all() -> None:
    lines = [f"This is line {n}." for n in range(400)]
    drawn = [len(before(line, 60.0, 24_000)) > 0 for line in lines]
    assert np.mean(drawn) == pytest.approx(SHARE, abs=0.07)
    assert drawn == [len(before(line, 10.0, 24_000)) > 0 for line in lines]


@pytest.mark.parametrize("anger", [0.0, 30.0, 60.0, 100.0])
def test_a_breath_is_short_quiet_and_no_click(anger: float) -> None:
    breaths = [before(f"{n}", anger, 24_000) for n in range(40)]
    speech_dbfs = CALM_DBFS + (FURIOUS_DBFS - CALM_DBFS) * anger / 100.0
    kinds = {len(breath) for breath in breaths if len(breath)}
    assert len(kinds) == (2 if 25.0 <= anger <= 80.0 else 1)
    for breath in breaths:
        if len(breath):
            assert 0.15 <= len(breath) / 24_000 <= 0.35
            assert dbfs(breath) == pytest.approx(speech_dbfs - BELOW_SPEECH_DB, abs=0.1)
            assert max(np.abs(breath[[0, -1]])) < 0.1 * np.abs(breath).max()


def test_where_there_is_little_time_a_breath_is_snatched_and_in_less_there_is_none() -> None:
    for n in range(40):
        unhurried, short = before(f"{n}", 60.0, RATE), before(f"{n}", 60.0, RATE, 0.15)
        assert bool(len(short)) == bool(len(unhurried))
        if len(short):
            assert 0.1 < len(short) / RATE <= 0.15
            assert dbfs(short) == pytest.approx(dbfs(unhurried), abs=0.1)
            assert np.array_equal(before(f"{n}", 60.0, RATE, 0.6), unhurried)
        assert not len(before(f"{n}", 60.0, RATE, QUICKEST_SECONDS - 0.01))


def test_a_breath_is_drawn_at_once_and_the_words_begin_when_they_may(stage: Stage) -> None:
    text = text_with(breath=True)
    stage.mouth.say(reply(text), words_at=WORDS_AT)
    finished = whole(stage)
    assert isinstance(stage.events[0], PlaybackStarted)
    assert stage.events[0].t == pytest.approx(BLOCK)
    assert finished.heard_text == text
    kept = stage.headphones.kept()
    breath = len(before(text, 40.0, RATE))
    assert np.flatnonzero(kept[breath + RATE // 50 :])[0] + breath + RATE // 50 == pytest.approx(
        WORDS_AT * RATE, abs=2 * BLOCK * RATE
    )


def test_who_goes_on_during_the_breath_has_heard_no_word(stage: Stage) -> None:
    stage.mouth.say(reply(text_with(breath=True)), words_at=WORDS_AT)
    stage.pass_time(0.12)
    stage.mouth.stop()
    stage.pass_time(0.5)
    _, finished = stage.events
    assert (finished.heard_text, finished.interrupted) == ("", True)


def test_without_a_breath_there_is_silence_until_then(stage: Stage) -> None:
    stage.mouth.say(reply(text_with(breath=False)), words_at=WORDS_AT)
    finished = whole(stage)
    assert stage.events[0].t == pytest.approx(WORDS_AT, abs=2.5 * BLOCK)
    assert not finished.interrupted


def test_a_snatched_breath_is_over_when_the_words_may_begin(stage: Stage) -> None:
    stage.mouth.say(reply(text_with(breath=True)), words_at=0.16)
    finished = whole(stage)
    assert stage.events[0].t == pytest.approx(BLOCK)
    assert not finished.interrupted
    kept = np.abs(stage.headphones.kept())
    words = np.flatnonzero(kept > 0.09)  # the voice's hum is 0.1, a breath lies far below
    assert words[0] / RATE == pytest.approx(0.16, abs=2 * BLOCK)
    assert kept[: words[0]].any()


@pytest.mark.parametrize("since", [SPEAKERS_BREATH_LASTS_SECONDS - 0.5, SPEAKERS_BREATH_LASTS_SECONDS + 0.5])
def test_who_breathed_long_before_the_end_breathes_again_before_they_speak(stage: Stage, since: float) -> None:
    text = text_with(breath=True)
    stage.mouth.breathe(text, 40.0, LULL)
    stage.pass_time(since)
    stage.mouth.say(reply(text), words_at=since + WORDS_AT)
    stage.pass_time(3.0)
    again = since > SPEAKERS_BREATH_LASTS_SECONDS
    assert stage.events[0].t == pytest.approx(since + (0.0 if again else WORDS_AT), abs=3 * BLOCK)


def test_an_opener_sounds_at_once_and_takes_the_place_of_a_breath(stage: Stage) -> None:
    stage.mouth.say(reply(opener="Look,"), words_at=2.0)
    finished = whole(stage)
    assert stage.events[0].t == pytest.approx(BLOCK)
    assert finished.heard_text == LINE
    assert finished.t > 2.0


@pytest.mark.parametrize("left", [0.0, 0.04])
def test_an_opener_that_would_put_off_the_words_is_left_out(stage: Stage, left: float) -> None:
    """It lasts 0.1 s."""
    stage.pass_time(0.5)
    stage.mouth.say(reply(opener="Look,"), words_at=0.5 + left)
    finished = whole(stage)
    assert finished.heard_text == LINE.removeprefix("Look, ")
    assert stage.events[0].t == pytest.approx(0.5 + left, abs=2.5 * BLOCK)
    assert ("Look," in stage.voice.asked) == bool(left)


def test_a_line_that_may_begin_begins(stage: Stage) -> None:
    stage.mouth.say(reply(text_with(breath=True)), words_at=0.0)
    whole(stage)
    sounded = np.flatnonzero(stage.headphones.kept())
    assert sounded[0] <= 2 * BLOCK * RATE
    assert np.diff(sounded).max() < 0.1 * RATE


def test_a_breath_may_come_before_the_line_and_is_not_drawn_twice(stage: Stage) -> None:
    text = text_with(breath=True)
    stage.mouth.breathe(text, 40.0, LULL)
    stage.pass_time(0.1)
    assert np.abs(stage.headphones.kept()).max() > 0.0
    assert not stage.events
    assert not stage.mouth.speaking
    stage.mouth.say(reply(text), words_at=WORDS_AT)
    finished = whole(stage)
    assert finished.heard_text == text
    assert stage.events[0].t >= WORDS_AT
    breath = before(text, 40.0, RATE)
    assert not stage.headphones.kept()[len(breath) + RATE // 50 : round((WORDS_AT - BLOCK) * RATE)].any()


def test_who_goes_on_silences_the_breath_and_nobody_breathes_while_speaking(stage: Stage) -> None:
    text = text_with(breath=True)
    stage.mouth.breathe(text, 40.0, LULL)
    stage.mouth.stop()
    stage.mouth.breathe(text, 40.0, LULL)  # so soon nobody needs another
    stage.pass_time(0.3)
    assert not stage.headphones.kept().any()
    stage.t += 10.0
    stage.mouth.say(reply(text))
    stage.pass_time(0.1)
    waiting = stage.headphones.pending_samples()
    stage.mouth.breathe(text, 40.0, LULL)
    assert stage.headphones.pending_samples() == waiting


def test_in_a_long_pause_a_breath_is_sure_and_quick(stage: Stage) -> None:
    silent = text_with(breath=False)
    stage.mouth.breathe(silent, 40.0, LULL)
    assert not stage.headphones.pending_samples()
    stage.mouth.breathe(silent, 40.0, LONG_PAUSE_SECONDS)
    assert 0.1 < stage.headphones.pending_samples() / RATE <= 0.2


@pytest.mark.parametrize(
    ("paused", "lasts"), [(LULL, BREATH_LASTS_SECONDS), (LONG_PAUSE_SECONDS, SPEAKERS_BREATH_LASTS_SECONDS)]
)
def test_who_is_about_to_speak_breathes_again_sooner(stage: Stage, paused: float, lasts: float) -> None:
    text = text_with(breath=True)
    stage.mouth.breathe(text, 40.0, LULL)
    for at, again in ((lasts - 0.2, False), (lasts + 0.2, True)):
        stage.pass_time(at - stage.t)
        stage.mouth.breathe(text, 40.0, paused)
        assert bool(stage.headphones.pending_samples()) == again


def test_nobody_heaves_a_quick_sigh() -> None:
    """A sigh is lower: air flows out, not in."""

    def centre_hz(sound: np.ndarray) -> float:
        power = np.abs(np.fft.rfft(sound)) ** 2
        return float(np.average(np.fft.rfftfreq(len(sound), 1.0 / 24_000), weights=power))

    breaths = [(before(f"{n}", 60.0, 24_000), before(f"{n}", 60.0, 24_000, 0.15)) for n in range(40)]
    slow = [centre_hz(long) for long, _ in breaths if len(long)]
    quick = [centre_hz(short) for _, short in breaths if len(short)]
    assert min(slow) < 1000.0 < max(slow)
    assert min(quick) > 1000.0
