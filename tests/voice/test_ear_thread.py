"""The ear in real time: its thread, the recogniser beside it, and how both end."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from dialogue.events import AudioProblem, Utterance
from tests.voice.scripted import LevelVad, Listener, ScriptedRecognizer, measured, noise, sequence
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.devices.file_microphone import FileMicrophone
from voice.devices.scripted import ScriptedMicrophone
from voice.ear import Ear
from voice.hearing.utterances import LONG_LULL_SECONDS, LULL_SECONDS, Hearing
from voice.ports import Hypothesis, VoiceProblem


def test_the_thread_hears_a_microphone_in_real_time_and_stops_when_told() -> None:
    listener = Listener()

    microphone = ScriptedMicrophone(real_time=True)
    clock = CallClock()
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(["Hello."]), clock, listener.emit, measure=measured)
    ear.start()
    microphone.speak(noise(0.5))
    assert listener.heard.wait(20)
    assert ear.stop()
    assert listener.turns[0].text == "Hello."
    assert not clock.following
    assert not any(isinstance(event, AudioProblem) for event in listener.events)


class Dying(ScriptedMicrophone):
    """Its device dies. `look` is asked when it is closed."""

    def __init__(self, look: Callable[[], list[str]]) -> None:
        super().__init__(real_time=True)
        self.look, self.told = look, list[list[str]]()

    def __iter__(self) -> Iterator[AudioFrame]:
        yield next(super().__iter__())
        raise VoiceProblem("The microphone has gone silent.")

    def close(self) -> None:
        self.told.append(self.look())
        super().close()


def test_a_lost_microphone_is_told_of_before_it_is_closed_which_may_take_long() -> None:
    listener = Listener()
    microphone = Dying(lambda: listener.problems("lost"))
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(["Hello."]), CallClock(), listener.emit)
    ear.start()
    listener.until(lambda: microphone.told)
    assert microphone.told[0] == ["The microphone has gone silent."]
    assert ear.stop()


LEAVING = """
import threading, time
from voice import ear
from voice.clock import CallClock
from voice.devices.scripted import ScriptedMicrophone
from tests.voice.scripted import LevelVad, ScriptedRecognizer, noise

def decode():
    decoding.set()
    time.sleep(0.5)
    print("decoded", flush=True)

ear.STOP_SECONDS = 0.01
decoding = threading.Event()
microphone = ScriptedMicrophone(real_time=True)
one = ear.Ear(microphone, LevelVad(), ScriptedRecognizer(["Hello."], on_decode=decode), CallClock(), print)
one.start()
microphone.speak(noise(0.5))
assert decoding.wait(20)
if {told}:
    assert not one.stop()
"""


@pytest.mark.parametrize("told", [True, False])
def test_a_process_that_ends_waits_for_the_decode_under_way(told: bool) -> None:
    """Python would end its thread inside the engine, which aborts the process."""
    left = subprocess.run(
        [sys.executable, "-c", LEAVING.replace("{told}", str(told))], capture_output=True, text=True, timeout=60
    )
    assert (left.returncode, left.stderr) == (0, "")
    assert "decoded" in left.stdout


def test_decodes_that_take_long_cost_partials_not_words() -> None:
    """A slow recogniser on a microphone that does not wait: the turn is whole, partials give way."""
    slow = threading.Event()
    recognizer = ScriptedRecognizer(["Whole."], on_decode=lambda: slow.wait(0.4) and None)
    listener = Listener()

    samples = sequence(-0.3, 2.0, -3.0)
    ear = Ear(
        FileMicrophone(samples, real_time=True), LevelVad(), recognizer, CallClock(), listener.emit, measure=measured
    )
    ear.start()
    assert listener.heard.wait(30)
    ear.stop()
    [stretch] = recognizer.stretches
    at = int(np.flatnonzero(stretch)[0])
    assert np.array_equal(stretch[at:], samples[round(0.3 * SAMPLE_RATE) :][: len(stretch) - at])
    assert recognizer.decodes <= 4  # 2 s of speech: with no regard for their cost there would be one every 0.5 s


def test_a_voice_is_noticed_while_the_recogniser_is_busy_and_nothing_ends_before_its_answer() -> None:
    answer, noticed = threading.Event(), threading.Event()
    listener = Listener()

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            assert not settled or answer.wait(20)
            return super().partial(settled, wanted)

    class Watching(LevelVad):
        """Sees the meter with every chunk of sound, however late that comes."""

        spoke = fell_silent = False

        def probability(self, chunk: Samples) -> float:
            speaks = ear.meter.speaking
            self.fell_silent |= self.spoke and not speaks
            self.spoke |= speaks
            if self.fell_silent and speaks:
                noticed.set()
            return super().probability(chunk)

    recognizer = Slow(["One turn."])
    microphone = ScriptedMicrophone(real_time=True)
    ear = Ear(microphone, Watching(), recognizer, CallClock(), listener.emit, measure=measured)
    ear.start()
    microphone.speak(noise(0.5))
    microphone.speak(noise(0.5), after_seconds=0.8)  # beyond any pause after such words
    assert noticed.wait(20)
    assert ear.behind_seconds() > 0.0
    assert not listener.heard.is_set()
    answer.set()
    assert listener.heard.wait(20)
    assert ear.stop()
    [turn] = listener.turns
    assert turn.end - turn.start == pytest.approx(1.8, abs=0.1)
    assert len(recognizer.stretches) == 1


@pytest.mark.parametrize(
    ("text", "guesses"),
    [("That is all.", [False, True]), ("That is all.", [False, False, True]), ("That is the", [False, True])],
)
def test_a_turn_is_guessed_at_before_its_last_words_are_known_and_again_when_it_pauses_long(
    text: str, guesses: list[bool]
) -> None:
    """True for a guess with words, which are known as late as to be the last of them."""
    answer, listener, found = threading.Event(), Listener(), list[Utterance]()

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            assert not settled or answer.wait(20)
            return super().partial(settled, wanted)

    clock, samples = CallClock(), sequence(-0.2, 1.5, -2.5)
    hearing = Hearing(LevelVad(), Slow([text]), clock, listener.emit, threaded=True, guess=found.append)

    def until(condition: Callable[[], object], at: int) -> None:
        """No sound comes after sample `at` before the recogniser has answered."""
        listener.until(lambda: hearing.take(AudioFrame(samples[:0], at)) or condition())

    for at in range(FRAME_SAMPLES, len(samples), FRAME_SAMPLES):
        clock.tick(at)
        hearing.take(AudioFrame(samples[at - FRAME_SAMPLES : at], at - FRAME_SAMPLES))
        if at == SAMPLE_RATE:
            until(lambda: listener.partials, at)
        if not answer.is_set() and len(found) == len(guesses) - 1:
            answer.set()
            until(lambda: len(found) == len(guesses), at)
    hearing.close()
    assert listener.said == [text]
    assert [bool(guess.words) for guess in found] == guesses
    assert all(guess.text == text for guess in found)
    assert found[0].t - found[0].end >= (LONG_LULL_SECONDS if text.endswith("the") else LULL_SECONDS)


def test_a_short_turn_is_guessed_at_as_soon_as_its_words_are_known() -> None:
    """Nothing has been shown of it when the pause has become a lull."""
    answer, listener, found = threading.Event(), Listener(), list[Utterance]()

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            assert answer.wait(20)
            return super().partial(settled, wanted)

    hearing = Hearing(LevelVad(), Slow(["No."]), CallClock(), listener.emit, threaded=True, guess=found.append)
    samples = sequence(-0.2, 0.4, -2.0)
    lull, known = (round(seconds * SAMPLE_RATE) for seconds in (0.92, 0.98))
    hearing.take(AudioFrame(samples[:lull], 0))
    assert not found
    answer.set()
    nothing = np.zeros(0, np.float32)
    listener.until(lambda: hearing.take(AudioFrame(nothing, lull)) or found)
    hearing.take(AudioFrame(samples[lull:known], lull))
    assert [(guess.text, bool(guess.words)) for guess in found] == [("No.", True), ("No.", False)]
    hearing.take(AudioFrame(samples[known:], known))
    hearing.close()
    assert listener.said == ["No."]
    assert len(found) == 2


def test_what_the_microphone_delivered_before_the_call_is_not_heard() -> None:
    listener = Listener()

    class Early(FileMicrophone):
        """Delivers its first two seconds before anybody iterates, as a device does."""

        def __iter__(self):  # type: ignore[no-untyped-def]
            yield from early
            yield from super().__iter__()

    microphone = Early(sequence(-0.2, 1.0, -0.8, -0.5, 1.0, -1.0), real_time=False)
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(), CallClock(lambda: 0.0), listener.emit, measure=measured)
    early = [frame for frame in (microphone._next() for _ in range(100)) if frame]
    ear.start()
    assert listener.heard.wait(20)
    ear.stop()
    [turn] = listener.turns
    assert turn.start == pytest.approx(2.5, abs=0.04)
