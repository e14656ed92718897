"""Transcribes recordings with the ear of a call, as fast as possible; two files at a time where the recogniser allows
it, because one decoder leaves half of two cores idle.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dialogue.events import AudioProblem, Utterance, WorldEvent
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.hearing.endpointing import Rules
from voice.hearing.utterances import Hearing, Measure
from voice.hearing.vad import SileroVad
from voice.ports import Recognizer, VoiceActivityDetector, VoiceProblem
from voice.recordings.reading import Recording, read

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


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in one file."""

    path: Path
    recording: Recording
    utterances: tuple[Utterance, ...]
    seconds: float
    """How much time this file added to the run, without the loading of models."""


def transcripts(
    paths: Sequence[Path], recognizers: Sequence[Recognizer]
) -> Generator[Transcript | VoiceProblem, None, None]:
    """In the order of `paths`; a file that cannot be read gives its VoiceProblem. One thread for each recogniser.

    Closing the generator early stops the work soon: Ctrl+C does not wait for the end of an hour's recording.
    """
    left_alone = threading.Event()
    idle: queue.SimpleQueue[tuple[Recognizer, SileroVad]] = queue.SimpleQueue()
    for recognizer in recognizers:
        idle.put((recognizer, SileroVad()))

    def work(path: Path) -> tuple[Recording, tuple[Utterance, ...]]:
        recognizer, vad = idle.get()
        try:
            recording = read(path)
            return recording, tuple(
                hear(recording.samples, recognizer, vad=vad, wanted=lambda: not left_alone.is_set())
            )
        finally:
            idle.put((recognizer, vad))

    threads = ThreadPoolExecutor(len(recognizers), thread_name_prefix="transcribes")
    try:
        left = deque(paths)
        under_way: deque[tuple[Path, Future[tuple[Recording, tuple[Utterance, ...]]]]] = deque()
        told_at = time.perf_counter()
        while left or under_way:
            while left and len(under_way) <= len(recognizers):  # one more than can be worked on: nobody runs idle
                under_way.append((left[0], threads.submit(work, left.popleft())))
            path, done = under_way.popleft()
            try:
                recording, utterances = done.result()
            except VoiceProblem as problem:
                yield problem
                continue
            now = time.perf_counter()
            told_at, seconds = now, now - told_at
            yield Transcript(path, recording, utterances, seconds)
    finally:
        left_alone.set()
        threads.shutdown(cancel_futures=True)
