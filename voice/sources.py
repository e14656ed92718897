"""Sound from files: read whatever soundfile reads, as 16 kHz mono, and play it as a microphone."""

import queue
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.ports import Arrived, VoiceProblem

SLOWEST_HZ, FASTEST_HZ = 1_000, 768_000
"""Of a file's samples: beyond what anything records, and converting a few of them would fill the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A file's sound at 16 kHz. `remark` is one sentence when not all of it could be read, else ""."""

    samples: Samples
    remark: str = ""

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def read(path: Path) -> Recording:
    """WAV, FLAC, OGG, MP3 at any rate and with any number of channels, mixed to mono, resampled to 16 kHz.

    A file that breaks off is read as far as it goes, with a remark. VoiceProblem when there is no sound in it.
    """
    import soundfile

    if not path.exists():
        raise VoiceProblem(f"{path} does not exist.")
    if path.is_dir():
        raise VoiceProblem(f"{path} is a folder: name the sound files in it.")
    if not path.is_file():
        raise VoiceProblem(f"{path} is a pipe or a device: sound is read from files.")  # it might never end
    pieces: list[Samples] = []
    rate, breaks_off = SAMPLE_RATE, False
    try:
        breaks_off = _wav_breaks_off(path)
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            if not SLOWEST_HZ <= rate <= FASTEST_HZ:
                raise VoiceProblem(
                    f"{path} says that it has {rate:,} samples a second; {SLOWEST_HZ:,} to {FASTEST_HZ:,} can be heard."
                )
            promised = file.frames
            while len(block := file.read(rate // 10, dtype="float32", always_2d=True)):  # what breaks off costs one
                pieces.append(block.mean(axis=1))
            breaks_off = breaks_off or (0 < promised < 2**62 and sum(map(len, pieces)) < promised)
    except PermissionError as problem:
        raise VoiceProblem(f"{path} may not be read: check its permissions.") from problem
    except (soundfile.LibsndfileError, RuntimeError, OSError) as problem:
        if not pieces:
            raise VoiceProblem(f"{path} cannot be read as sound (WAV, FLAC, OGG or MP3 is expected).") from problem
        breaks_off = True
    samples = np.nan_to_num(np.concatenate(pieces)) if pieces else np.zeros(0, np.float32)
    if not len(samples):
        raise VoiceProblem(f"{path} holds no sound.")
    remark = f"{path} breaks off after {len(samples) / rate:.1f} s; what is there was used." if breaks_off else ""
    return Recording(resample(samples, rate, SAMPLE_RATE), remark)


def resample(samples: Samples, rate: int, wanted: int) -> Samples:
    """Samples at `rate` Hz as samples at `wanted` Hz."""
    if rate == wanted:
        return samples.astype(np.float32, copy=False)
    import soxr

    return np.asarray(soxr.resample(samples, rate, wanted), np.float32)


class StreamMicrophone:
    """A microphone whose sound comes from an iterator of blocks instead of a device.

    In real time a thread delivers a block of 320 samples every 20 ms, as a device would, and what is not read at once
    waits. Otherwise blocks are made when they are asked for, and whoever reads the microphone drives time.
    """

    def __init__(self, blocks: Iterable[Samples], *, real_time: bool) -> None:
        self.arrived: Arrived | None = None
        self._blocks = iter(blocks)
        self.real_time = real_time
        self._queue: queue.SimpleQueue[AudioFrame | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._delivered = 0  # samples

    def __iter__(self) -> Iterator[AudioFrame]:
        if not self.real_time:
            while not self._closed.is_set() and (frame := self._next()):
                yield frame
            return
        threading.Thread(target=self._deliver, name="paced microphone", daemon=True).start()
        while (waiting := self._queue.get()) is not None:
            yield waiting

    def close(self) -> None:
        """End the iteration."""
        self._closed.set()
        self._queue.put(None)

    def _deliver(self) -> None:
        begin = time.monotonic()
        while (frame := self._next()) and not self._closed.is_set():
            self._queue.put(frame)
            due = begin + self._delivered / SAMPLE_RATE
            self._closed.wait(max(0.0, due - time.monotonic()))
        self._queue.put(None)

    def _next(self) -> AudioFrame | None:
        if self.arrived and not self._delivered:
            self.arrived(np.zeros(0, np.float32), 0)  # opened now: sample 0 is the present moment
        block = next(self._blocks, None)
        if block is None:
            return None
        frame = AudioFrame(block, self._delivered)
        self._delivered += len(block)
        if self.arrived:
            self.arrived(block, self._delivered)
        return frame


class FileMicrophone(StreamMicrophone):
    """A recording as a microphone; it ends when the recording does."""

    def __init__(self, samples: Samples, *, real_time: bool) -> None:
        """`samples` at 16 kHz, shape (n,)."""
        super().__init__(frames(samples), real_time=real_time)


def frames(samples: Samples) -> Iterator[Samples]:
    """The samples in blocks of 20 ms; the last may be shorter."""
    for start in range(0, len(samples), FRAME_SAMPLES):
        yield samples[start : start + FRAME_SAMPLES]


def _wav_breaks_off(path: Path) -> bool:
    """True when a RIFF header promises more bytes than the file has; libsndfile reads on without a word."""
    with path.open("rb") as file:
        head = file.read(12)
        size = file.seek(0, 2)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return False
    promised = int.from_bytes(head[4:8], "little")
    return 0 < promised < 0xFFFFFFFF and promised + 8 > size  # both extremes: written by a program that streamed
