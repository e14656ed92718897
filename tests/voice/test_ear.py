from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dialogue.events import AudioProblem, Partial, SpeechStarted, Utterance, WorldEvent
from tests.voice.scripted import (
    Failing,
    LevelVad,
    ScriptedRecognizer,
    assert_apart,
    measured,
    noise,
    sequence,
    silence,
    utterances,
)
from voice.audio import SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.devices.file_microphone import FileMicrophone
from voice.ear import Ear
from voice.hearing.utterances import Hearing
from voice.ports import Hypothesis, VoiceProblem


def listen(samples: Samples, recognizer: ScriptedRecognizer) -> list[WorldEvent]:
    """Everything that an ear emits over the samples, in this thread, as fast as it goes."""
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    ear = Ear(FileMicrophone(samples, real_time=False), LevelVad(), recognizer, clock, events.append, measure=measured)
    ear.run()
    assert not any("fault of ours" in event.text for event in events if isinstance(event, AudioProblem))
    return events


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


@pytest.mark.parametrize(("finished", "turns"), [(None, 2), (3.0, 2), (-3.0, 1)])
def test_a_turn_that_sounds_as_if_more_were_to_come_outlasts_a_pause(finished: float | None, turns: int) -> None:
    class Hearkening(ScriptedRecognizer):
        def partial(self, settled: bool = False, wanted: Callable[[], bool] = lambda: True) -> Hypothesis | None:
            found = super().partial(settled, wanted)
            return replace(found, finished=finished) if found and settled else found

    events = listen(sequence(-0.4, 1.0, -0.7, 1.0, -1.5), Hearkening(["I will look into it."]))
    assert len(utterances(events)) == turns


def test_two_turns_share_no_sound() -> None:
    samples = sequence(-0.4, 1.0, -0.6, 1.0, -1.0)
    recognizer = ScriptedRecognizer(["Hello.", "Are you there?"])
    events = listen(samples, recognizer)
    assert [turn.text for turn in utterances(events)] == ["Hello.", "Are you there?"]
    assert_apart(recognizer, samples)


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
        def _hypothesis(self) -> Hypothesis:
            return Hypothesis(f"{super()._hypothesis().words[-1].end:.0f} s")

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


def test_muted_sound_counts_for_the_clock_and_the_meter_and_is_not_heard() -> None:
    events: list[WorldEvent] = []
    clock = CallClock(monotonic=lambda: 0.0)
    microphone = FileMicrophone(sequence(-0.5, 1.0, -1.0, 1.0, -1.0), real_time=False)
    ear = Ear(microphone, LevelVad(), ScriptedRecognizer(), clock, events.append, measure=measured)
    ear.mute(True)
    original = microphone.arrived
    assert original
    levels: dict[float, tuple[float, float]] = {}

    def unmute_at_two_seconds(block: Samples, samples: int) -> None:
        original(block, samples)
        levels[samples / SAMPLE_RATE] = ear.meter.level_dbfs, ear.meter.muted_dbfs
        if samples == 2 * SAMPLE_RATE:
            ear.mute(False)

    microphone.arrived = unmute_at_two_seconds
    ear.run()
    [turn] = utterances(events)
    assert turn.start == pytest.approx(2.5, abs=0.04)
    assert clock.now() == pytest.approx(4.5)
    assert levels[1.0] == (-120.0, pytest.approx(-20.0, abs=1.0))
    assert levels[3.0] == (pytest.approx(-20.0, abs=1.0), -120.0)


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


def test_a_recogniser_that_fails_once_costs_nothing() -> None:
    samples = sequence(-0.5, 1.0, -1.0, 1.0, -1.0)
    recognizer = Failing(1)
    events = listen(samples, recognizer)
    assert [turn.text for turn in utterances(events)] == ["Back again.", "Back again."]
    assert not any(isinstance(event, AudioProblem) for event in events)
    first, again, _ = recognizer.stretches
    assert np.array_equal(first, again)
    assert recognizer.starts[0] == recognizer.starts[1]


def test_a_recogniser_that_fails_again_when_it_is_asked_once_more_costs_one_turn() -> None:
    events = listen(sequence(-0.5, 1.0, -1.0, 1.0, -1.0), Failing(2))
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


def test_a_fault_of_ours_is_told_too_and_its_traceback_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(LevelVad):
        def probability(self, chunk: Samples) -> float:
            raise ZeroDivisionError("no chunk")

    events: list[WorldEvent] = []
    clock = CallClock(lambda: 0.0)
    Ear(FileMicrophone(noise(1.0), real_time=False), Broken(), ScriptedRecognizer(), clock, events.append).run()
    [told] = events
    assert isinstance(told, AudioProblem)
    assert told.kind == "lost"
    assert "(ZeroDivisionError: no chunk): type what you say" in told.text
    assert "in probability" in caplog.text  # where it was
