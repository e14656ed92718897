"""Many recordings to text, two at a time where the recogniser can: a decoder leaves half of two cores idle."""

import queue
import threading
import time
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dialogue.events import Utterance
from voice.ports import Recognizer, VoiceProblem
from voice.recordings import hear
from voice.sources import Recording, read
from voice.vad import SileroVad


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in one file."""

    path: Path
    recording: Recording
    utterances: tuple[Utterance, ...]
    seconds: float
    """By how much this file made the run longer; loading models left out."""


def transcripts(
    paths: Sequence[Path], recognizers: Sequence[Recognizer]
) -> Generator[Transcript | VoiceProblem, None, None]:
    """In the order of `paths`; a file that cannot be heard gives its VoiceProblem. One thread for each recogniser.

    Closed before its end, it soon leaves off: whoever presses Ctrl+C does not wait for the end of an hour's recording.
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
