"""What lies between two turns, or within a long one: pauses, trouble that is told once, sound that is lost."""

from collections.abc import Callable, Sequence

import pytest

from dialogue.events import AudioProblem, Partial, Utterance
from tests.voice.scripted import LevelVad, Listener, ScriptedRecognizer, noise, sequence, silence
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.hearing.utterances import DROPPED_EVERY_SECONDS, Hearing
from voice.ports import Hypothesis


def hear(hearing: Hearing, clock: CallClock, samples: Samples, start: int = 0) -> None:
    """Frame by frame, in this thread; `start`: the microphone's number of the first sample."""
    for at in range(0, len(samples), FRAME_SAMPLES):
        block = samples[at : at + FRAME_SAMPLES]
        clock.tick(start + at + len(block))
        hearing.take(AudioFrame(block, start + at))


def test_only_the_speech_within_the_customers_line_is_spoken_over_it() -> None:
    """A pause within the turn talks over nobody."""
    listener, clock = Listener(), CallClock(lambda: 0.0)
    hearing = Hearing(LevelVad(), ScriptedRecognizer(["Let me look at the"]), clock, listener.emit)
    hearing.customer.set(True, 0.0)
    hear(hearing, clock, sequence(-0.5, 1.0, -0.6, 1.0, -2.0))
    [turn] = listener.turns
    assert turn.end - turn.start == pytest.approx(2.6, abs=0.07)
    assert turn.overlap_seconds == pytest.approx(2.0, abs=0.13)


def test_every_pause_of_a_turn_is_guessed_at() -> None:
    """Not only the first: whoever goes on is answered as promptly."""
    found: list[Utterance] = []
    listener, clock = Listener(), CallClock(lambda: 0.0)
    hearing = Hearing(LevelVad(), ScriptedRecognizer(["That is all."]), clock, listener.emit, guess=found.append)
    hear(hearing, clock, sequence(-0.5, 1.5, -0.3, 1.5, -2.0))
    [turn] = listener.turns
    early = [guess for guess in found if not guess.words]
    assert [guess.end for guess in early] == [pytest.approx(2.0, abs=0.04), pytest.approx(turn.end)]


def test_words_that_are_lost_are_told_of_at_once_and_once() -> None:
    class Broken(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            raise RuntimeError("out of memory")

    listener, clock = Listener(), CallClock(lambda: 0.0)
    hearing = Hearing(LevelVad(), Broken(), clock, listener.emit)
    hear(hearing, clock, sequence(-0.5, 4.0))
    assert len(listener.problems("dropped")) == 1
    hear(hearing, clock, silence(2.0), round(4.5 * SAMPLE_RATE))
    assert listener.said == [""]
    assert len(listener.problems("dropped")) == 1


def _losing(at: Sequence[float]) -> list[float]:
    """When lost sound is reported, s, where half a second is lost at each of these."""
    listener, clock = Listener(), CallClock(lambda: 0.0)
    hearing = Hearing(LevelVad(), ScriptedRecognizer(), clock, listener.emit)
    position = 0
    for seconds in (*at, at[-1] + 1.0):
        gap = round(seconds * SAMPLE_RATE)
        hear(hearing, clock, silence((gap - position) / SAMPLE_RATE), position)
        position = gap + SAMPLE_RATE // 2
    return [event.t for event in listener.events if isinstance(event, AudioProblem)]


def test_sound_that_is_lost_again_and_again_is_not_told_each_time() -> None:
    assert len(_losing([1.0, 2.0, 4.0])) == 1
    assert len(_losing([1.0, 2.0, 2.0 + DROPPED_EVERY_SECONDS])) == 2


def _partials(decode_seconds: float) -> int:
    """How many texts are shown of eight seconds of speech, where each takes this long to decode."""

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            clock.pick_up(clock.now() + decode_seconds)
            return Hypothesis(f"{super()._hypothesis().words[-1].end:.1f} s")

    listener, clock = Listener(), CallClock(lambda: 0.0)
    hear(Hearing(LevelVad(), Slow(), clock, listener.emit), clock, noise(8.0))
    return sum(isinstance(event, Partial) for event in listener.events)


def test_a_slow_machine_spends_a_quarter_of_its_time_on_partials() -> None:
    """One that is being decoded when the turn ends delays the answer."""
    assert _partials(0.0) >= 12
    assert 2 <= _partials(0.5) <= 6


def test_a_turn_that_is_dropped_leaves_nothing_behind(caplog: pytest.LogCaptureFixture) -> None:
    listener, clock, recognizer = Listener(), CallClock(lambda: 0.0), ScriptedRecognizer(["Hello."])
    half = Hearing(LevelVad(), recognizer, clock, listener.emit)
    hear(half, clock, sequence(-0.5, 1.0))
    half.close(finish=False)
    assert listener.said == []
    again = Hearing(LevelVad(), recognizer, clock, listener.emit)  # on the call that comes next
    hear(again, clock, sequence(-0.5, 1.0, -2.0), round(1.5 * SAMPLE_RATE))
    assert listener.said == ["Hello."]
    assert not caplog.text  # nor had the recogniser to be reset
