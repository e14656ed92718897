"""Files through the ear, as fast as it goes."""

import numpy as np
import pytest

from tests.voice.scripted import Failing, LevelVad, ScriptedRecognizer, assert_apart, sequence, silence
from voice.audio import SAMPLE_RATE
from voice.ports import VoiceProblem
from voice.recordings.transcription import hear


def test_of_recordings_it_gets_a_second_on_either_side() -> None:
    samples = sequence(-3.0, 2.0, -3.0)
    recognizer = ScriptedRecognizer()
    hear(samples, recognizer, vad=LevelVad())
    [stretch] = recognizer.stretches
    assert recognizer.starts[0] == pytest.approx(2.0, abs=0.04)
    assert len(stretch) / SAMPLE_RATE == pytest.approx(1.0 + 2.0 + 1.0, abs=0.06)
    at = round(recognizer.starts[0] * SAMPLE_RATE)
    assert np.array_equal(stretch, samples[at : at + len(stretch)])


def test_two_turns_of_a_recording_share_no_sound() -> None:
    samples = sequence(-0.4, 1.0, -1.7, 1.0, -2.0)
    recognizer = ScriptedRecognizer(["Hello.", "Are you there?"])
    assert len(hear(samples, recognizer, vad=LevelVad())) == 2
    assert_apart(recognizer, samples)


def test_files_are_decoded_once_a_turn_and_not_cut_at_a_pause_for_thought() -> None:
    recognizer = ScriptedRecognizer(["Well, let me see."])
    [turn] = hear(sequence(-0.2, 1.0, -0.7, 1.0), recognizer, vad=LevelVad())
    assert recognizer.decodes == 1
    assert (turn.start, turn.end) == (pytest.approx(0.2, abs=0.04), pytest.approx(2.9, abs=0.04))


def test_files_that_the_recogniser_fails_on_raise() -> None:
    with pytest.raises(VoiceProblem, match="out of memory"):
        hear(sequence(-0.2, 1.0, -1.0), Failing(2), vad=LevelVad())


def test_a_file_without_speech_has_no_utterances() -> None:
    assert hear(silence(3.0), ScriptedRecognizer(), vad=LevelVad()) == []
    assert hear(silence(0.0), ScriptedRecognizer(), vad=LevelVad()) == []
