import subprocess
import sys
import threading
from collections.abc import Callable

import numpy as np
import pytest

from dialogue.events import AudioProblem, Partial, Prosody, SpeechStarted, Utterance, WorldEvent
from tests.voice.scripted import LevelVad, ScriptedRecognizer, noise, sequence, silence
from voice.audio import SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.ear import Ear
from voice.fakes import ScriptedMicrophone
from voice.hearing import Hearing
from voice.ports import Hypothesis, VoiceProblem
from voice.recordings import hear
from voice.sources import FileMicrophone


def measured(samples: Samples) -> Prosody:
    return Prosody(len(samples) / SAMPLE_RATE, -20.0, None, None, 4.0, 0.0, 0.0)


def listen(samples: Samples, recognizer: ScriptedRecognizer) -> list[WorldEvent]:
    """Everything that an ear emits over the samples, in this thread, as fast as it goes."""
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    ear = Ear(FileMicrophone(samples, real_time=False), LevelVad(), recognizer, clock, events.append, measure=measured)
    ear.run()
    assert ear.fault is None
    return events


def utterances(events: list[WorldEvent]) -> list[Utterance]:
    return [event for event in events if isinstance(event, Utterance)]


def test_one_turn_becomes_one_utterance_with_its_times_words_and_prosody() -> None:
    recognizer = ScriptedRecognizer(["I see."])
    events = listen(sequence(-1.0, 2.0, -2.0), recognizer)
    assert isinstance(events[0], SpeechStarted)
    assert events[0].t == pytest.approx(1.1, abs=0.05)
    [turn] = utterances(events)
    assert (turn.text, turn.source, turn.confidence) == ("I see.", "voice", 0.9)
    assert turn.start == pytest.approx(1.0, abs=0.04)
    assert turn.end == pytest.approx(3.0, abs=0.04)
    assert turn.t == pytest.approx(3.5, abs=0.1)
    assert [word.text for word in turn.words] == ["I", "see."]
    assert turn.prosody
    assert turn.prosody.seconds == pytest.approx(2.0, abs=0.08)
    assert [event.t for event in events] == sorted(event.t for event in events)


def test_the_recogniser_gets_a_little_before_the_onset_and_little_after_the_end() -> None:
    recognizer = ScriptedRecognizer()
    listen(sequence(-1.0, 2.0, -2.0), recognizer)
    [stretch] = recognizer.stretches
    assert recognizer.starts[0] == pytest.approx(0.5, abs=0.04)
    assert len(stretch) / SAMPLE_RATE == pytest.approx(0.5 + 2.0 + 0.17, abs=0.06)


def test_of_recordings_it_gets_a_second_on_either_side() -> None:
    samples = sequence(-3.0, 2.0, -3.0)
    recognizer = ScriptedRecognizer()
    hear(samples, recognizer, vad=LevelVad())
    [stretch] = recognizer.stretches
    assert recognizer.starts[0] == pytest.approx(2.0, abs=0.04)
    assert len(stretch) / SAMPLE_RATE == pytest.approx(1.0 + 2.0 + 1.0, abs=0.06)
    at = round(recognizer.starts[0] * SAMPLE_RATE)
    assert np.array_equal(stretch, samples[at : at + len(stretch)])


def test_two_turns_share_no_sound() -> None:
    samples = sequence(-0.4, 1.0, -0.6, 1.0, -1.0)
    recognizer = ScriptedRecognizer(["Hello.", "Are you there?"])
    events = listen(samples, recognizer)
    assert [turn.text for turn in utterances(events)] == ["Hello.", "Are you there?"]
    assert_apart(recognizer, samples)


def test_two_turns_of_a_recording_share_no_sound() -> None:
    samples = sequence(-0.4, 1.0, -1.7, 1.0, -2.0)
    recognizer = ScriptedRecognizer(["Hello.", "Are you there?"])
    assert len(hear(samples, recognizer, vad=LevelVad())) == 2
    assert_apart(recognizer, samples)


def assert_apart(recognizer: ScriptedRecognizer, samples: Samples) -> None:
    first, second = recognizer.stretches
    assert recognizer.starts[0] + len(first) / SAMPLE_RATE <= recognizer.starts[1] + 1e-9
    at = round(recognizer.starts[1] * SAMPLE_RATE)
    assert np.array_equal(second, samples[at : at + len(second)])


def test_a_decode_at_the_pause_serves_as_the_end_and_a_resumption_adds_what_was_withheld() -> None:
    samples = sequence(-0.5, 1.0, -0.3, 1.0, -1.0)
    recognizer = ScriptedRecognizer(["One turn."])
    [turn] = utterances(listen(samples, recognizer))
    assert turn.end - turn.start == pytest.approx(2.3, abs=0.07)
    [stretch] = recognizer.stretches
    at = round(recognizer.starts[0] * SAMPLE_RATE)
    assert np.array_equal(stretch, samples[at : at + len(stretch)])  # nothing missing, nothing twice


def test_words_decide_how_long_the_pause_may_last() -> None:
    samples = sequence(-0.5, 1.0, -0.8, 1.0, -1.5)
    assert len(utterances(listen(samples, ScriptedRecognizer(["Let me look."])))) == 2
    assert len(utterances(listen(samples, ScriptedRecognizer(["Let me look at the"])))) == 1


def test_partials_come_while_someone_speaks_and_only_when_they_say_something_new() -> None:
    class Counting(ScriptedRecognizer):
        def _hypothesis(self, *, final: bool) -> Hypothesis:
            found = super()._hypothesis(final=final)
            return Hypothesis(f"{found.end:.0f} s", final, found.start, found.end)

    texts = [event.text for event in listen(sequence(-0.5, 4.0, -1.0), Counting()) if isinstance(event, Partial)]
    assert len(texts) >= 3
    assert len(set(texts)) == len(texts)


def test_a_cough_ends_in_an_utterance_without_words_and_is_never_decoded() -> None:
    recognizer = ScriptedRecognizer(["Thank you."])
    events = listen(sequence(-0.5, 0.12, -1.0), recognizer)
    assert [type(event) for event in events if not isinstance(event, Partial)] == [SpeechStarted, Utterance]
    [turn] = utterances(events)
    assert (turn.text, turn.words, turn.prosody) == ("", (), None)
    assert recognizer.aborted == 1


def test_muted_sound_counts_for_the_clock_and_is_not_heard() -> None:
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    microphone = FileMicrophone(sequence(-0.5, 1.0, -1.0, 1.0, -1.0), real_time=False)
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(), clock, events.append, measure=measured)
    ear.mute(True)
    original = microphone.arrived
    assert original

    def unmute_at_two_seconds(block: Samples, samples: int) -> None:
        original(block, samples)
        if samples == 2 * SAMPLE_RATE:
            assert ear.meter.level_dbfs == -120.0
            ear.mute(False)

    microphone.arrived = unmute_at_two_seconds
    ear.run()
    [turn] = utterances(events)
    assert turn.start == pytest.approx(2.5, abs=0.04)
    assert clock.now() == pytest.approx(4.5)


def test_overlap_is_speech_while_the_customer_spoke() -> None:
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    microphone = FileMicrophone(sequence(-0.5, 2.0, -1.0), real_time=False)
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(), clock, events.append, measure=measured)
    original = microphone.arrived
    assert original

    def customer(block: Samples, samples: int) -> None:
        original(block, samples)
        if samples == SAMPLE_RATE // 5:
            ear.customer_speaking(True)
        if samples == SAMPLE_RATE:
            ear.customer_speaking(False)

    microphone.arrived = customer
    ear.run()
    [turn] = utterances(events)
    assert turn.overlap_seconds == pytest.approx(0.5, abs=0.07)


def test_lost_frames_are_told_and_do_not_shift_time() -> None:
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    hearing = Hearing(LevelVad(), ScriptedRecognizer(), clock, events.append, measure=measured)
    clock.tick(0)
    for index, block in ((0, silence(0.5)), (3 * SAMPLE_RATE, noise(1.0)), (4 * SAMPLE_RATE, silence(1.0))):
        clock.tick(index + len(block))
        hearing.take(AudioFrame(block, index))
    problems = [event for event in events if isinstance(event, AudioProblem)]
    assert [problem.kind for problem in problems] == ["dropped"]
    assert "2.5 s" in problems[0].text
    assert utterances(events)[0].start == pytest.approx(3.0, abs=0.04)


class Failing(ScriptedRecognizer):
    """Fails on the first `times` turns."""

    def __init__(self, times: int) -> None:
        super().__init__(["Back again."])
        self._times = times

    def finish(self, end: float | None = None) -> Hypothesis:
        if self._times:
            self._times -= 1
            raise RuntimeError("out of memory")
        return super().finish(end)


def test_a_recogniser_that_fails_once_costs_one_turn() -> None:
    events = listen(sequence(-0.5, 1.0, -1.0, 1.0, -1.0), Failing(1))
    assert [turn.text for turn in utterances(events)] == ["", "Back again."]
    [problem] = [event for event in events if isinstance(event, AudioProblem)]
    assert problem.kind == "dropped"
    assert "out of memory" in problem.text


def test_a_recogniser_that_keeps_failing_ends_the_ear_with_one_sentence() -> None:
    events = listen(sequence(-0.5, *[1.0, -1.0] * 5), Failing(99))
    assert len(utterances(events)) == 3
    assert isinstance(events[-1], AudioProblem)
    assert events[-1].kind == "lost"
    assert "out of memory" in events[-1].text


def test_a_microphone_that_is_lost_ends_the_turn_and_hands_the_clock_over() -> None:
    class Dying(FileMicrophone):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield from super().__iter__()
            raise VoiceProblem("The microphone has gone silent.")

    monotonic = [0.0]
    clock = CallClock(lambda: monotonic[0])
    events: list[WorldEvent] = []
    microphone = Dying(sequence(-0.5, 1.0), real_time=False)
    Ear(microphone, LevelVad(), ScriptedRecognizer(["Half a"]), clock, events.append, measure=measured).run()
    assert utterances(events)[0].text == "Half a"
    assert events[-1] == AudioProblem(pytest.approx(1.5), "lost", "The microphone has gone silent.")
    monotonic[0] += 2.0
    assert clock.now() == pytest.approx(3.5)


def test_a_fault_of_ours_is_told_too() -> None:
    class Broken(LevelVad):
        def probability(self, chunk: Samples) -> float:
            raise ZeroDivisionError

    events: list[WorldEvent] = []
    clock = CallClock(lambda: 0.0)
    ear = Ear(FileMicrophone(noise(1.0), real_time=False), Broken(), ScriptedRecognizer(), clock, events.append)
    ear.run()
    assert isinstance(ear.fault, ZeroDivisionError)
    assert [type(event) for event in events] == [AudioProblem]


def test_the_thread_hears_a_microphone_in_real_time_and_stops_when_told() -> None:
    events: list[WorldEvent] = []
    heard = threading.Event()

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance):
            heard.set()

    microphone = ScriptedMicrophone(real_time=True)
    clock = CallClock()
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(["Hello."]), clock, emit, measure=measured)
    ear.start()
    microphone.speak(noise(0.5))
    assert heard.wait(20)
    assert ear.stop()
    assert utterances(events)[0].text == "Hello."
    assert not clock.following
    assert not any(isinstance(event, AudioProblem) for event in events)


LEAVING = """
import threading, time
from voice import ear
from voice.clock import CallClock
from voice.fakes import ScriptedMicrophone
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
    events: list[WorldEvent] = []
    done = threading.Event()

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance):
            done.set()

    samples = sequence(-0.3, 2.0, -3.0)
    ear = Ear(FileMicrophone(samples, real_time=True), LevelVad(), recognizer, CallClock(), emit, measure=measured)
    ear.start()
    assert done.wait(30)
    ear.stop()
    [stretch] = recognizer.stretches
    at = int(np.flatnonzero(stretch)[0])
    assert np.array_equal(stretch[at:], samples[round(0.3 * SAMPLE_RATE) :][: len(stretch) - at])
    assert recognizer.decodes <= 4  # 2 s of speech: with no regard for their cost there would be one every 0.5 s


def test_a_voice_is_noticed_while_the_recogniser_is_busy_and_nothing_ends_before_its_answer() -> None:
    answer, noticed, done = threading.Event(), threading.Event(), threading.Event()
    events: list[WorldEvent] = []

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance):
            done.set()

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            assert not settled or answer.wait(20)
            return super().partial(settled, wanted)

    recognizer = Slow(["One turn."])
    microphone = ScriptedMicrophone(real_time=True)
    ear = Ear(microphone, LevelVad(), recognizer, CallClock(), emit, measure=measured)
    ear.start()
    microphone.speak(noise(0.5))
    microphone.speak(noise(0.5), after_seconds=0.8)  # beyond any pause after such words

    def watch() -> None:
        was_silent = False
        while not noticed.wait(0.005):
            was_silent |= bool(events) and not ear.meter.speaking
            if was_silent and ear.meter.speaking:
                noticed.set()

    watching = threading.Thread(target=watch)
    watching.start()
    assert noticed.wait(20)
    assert ear.behind_seconds() > 0.0
    assert not done.is_set()
    answer.set()
    assert done.wait(20)
    watching.join()
    assert ear.stop()
    [turn] = utterances(events)
    assert turn.end - turn.start == pytest.approx(1.8, abs=0.1)
    assert len(recognizer.stretches) == 1


@pytest.mark.parametrize(("text", "guesses"), [("That is all.", [False, True]), ("That is the", [True])])
def test_a_turn_that_looks_finished_is_guessed_at_before_its_last_words_are_known(
    text: str, guesses: list[bool]
) -> None:
    """True for a guess with words."""
    found: list[Utterance] = []
    done = threading.Event()

    class Slow(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            if settled:
                done.wait(0.5)
            return super().partial(settled, wanted)

    def emit(event: WorldEvent) -> None:
        if isinstance(event, Utterance):
            done.set()

    microphone = FileMicrophone(sequence(-0.2, 1.5, -2.5), real_time=True)
    ear = Ear(microphone, LevelVad(), Slow([text]), CallClock(), emit, measure=measured, guess=found.append)
    ear.start()
    assert done.wait(20)
    ear.stop()
    assert [bool(guess.words) for guess in found] == guesses
    assert all(guess.text == text for guess in found)


def test_files_are_decoded_once_a_turn_and_not_cut_at_a_pause_for_thought() -> None:
    recognizer = ScriptedRecognizer(["Well, let me see."])
    [turn] = hear(sequence(-0.2, 1.0, -0.7, 1.0), recognizer, vad=LevelVad())
    assert recognizer.decodes == 1
    assert (turn.start, turn.end) == (pytest.approx(0.2, abs=0.04), pytest.approx(2.9, abs=0.04))


def test_files_that_the_recogniser_fails_on_raise() -> None:
    with pytest.raises(VoiceProblem, match="out of memory"):
        hear(sequence(-0.2, 1.0, -1.0), Failing(1), vad=LevelVad())


def test_a_file_without_speech_has_no_utterances() -> None:
    assert hear(silence(3.0), ScriptedRecognizer(), vad=LevelVad()) == []
    assert hear(silence(0.0), ScriptedRecognizer(), vad=LevelVad()) == []


def test_what_the_microphone_delivered_before_the_call_is_not_heard() -> None:
    events: list[WorldEvent] = []
    done = threading.Event()

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance):
            done.set()

    class Early(FileMicrophone):
        """Delivers its first two seconds before anybody iterates, as a device does."""

        def __iter__(self):  # type: ignore[no-untyped-def]
            yield from early
            yield from super().__iter__()

    microphone = Early(sequence(-0.2, 1.0, -0.8, -0.5, 1.0, -1.0), real_time=False)
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(), CallClock(lambda: 0.0), emit, measure=measured)
    early = [frame for frame in (microphone._next() for _ in range(100)) if frame]
    ear.start()
    assert done.wait(20)
    ear.stop()
    [turn] = utterances(events)
    assert turn.start == pytest.approx(2.5, abs=0.04)
