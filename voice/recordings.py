"""The utterances in a recording, as fast as it goes, through the ear of a call."""

from collections.abc import Callable

import numpy as np

from dialogue.events import AudioProblem, Utterance, WorldEvent
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.endpointing import Rules
from voice.hearing import Hearing, Measure
from voice.ports import Recognizer, VoiceActivityDetector, VoiceProblem
from voice.vad import SileroVad

FILE_RULES = Rules(hangover_seconds=1.5, longest_turn_seconds=300.0)
"""For recordings: nobody waits for an answer, and whole sentences are recognised better: 0.8 s costs 1.1 points of word
error on read speech. 1.5 s cuts 2 files of 198; through the ear they are understood as well as whole."""


def hear(
    samples: Samples,
    recognizer: Recognizer,
    *,
    vad: VoiceActivityDetector | None = None,
    rules: Rules = FILE_RULES,
    measure: Measure | None = None,
    wanted: Callable[[], bool] = lambda: True,
) -> list[Utterance]:
    """The utterances in a recording (16 kHz, shape (n,)), as fast as it goes, through the ear of a call.

    Times are seconds from the recording's beginning; turns without words are left out. When it is not `wanted` any
    more, what has been heard so far. VoiceProblem when the recogniser fails.
    """
    clock = CallClock(monotonic=lambda: 0.0)
    heard: list[Utterance] = []

    def emit(event: WorldEvent) -> None:
        if isinstance(event, AudioProblem):
            raise VoiceProblem(event.text)
        if isinstance(event, Utterance) and event.text:
            heard.append(event)

    hearing = Hearing(vad or SileroVad(), recognizer, clock, emit, rules=rules, live=False, measure=measure)
    tail = np.zeros(SAMPLE_RATE // 2, np.float32)  # the detector lags: let it see the end of the last word
    padded = np.concatenate([samples, tail])
    clock.tick(0)
    for start in range(0, len(padded), FRAME_SAMPLES):
        if not wanted():
            hearing.close(finish=False)
            return heard
        frame = padded[start : start + FRAME_SAMPLES]
        clock.tick(start + len(frame))
        hearing.take(AudioFrame(frame, start))
    hearing.close()
    return heard
