"""Sound from files: whatever soundfile reads, as 16 kHz mono."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.ports import VoiceProblem

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

    pieces: list[Samples] = []
    rate, breaks_off = SAMPLE_RATE, False
    try:
        if not path.exists():
            raise VoiceProblem(f"{path} does not exist.")
        if path.is_dir():
            raise VoiceProblem(f"{path} is a folder: name the sound files in it.")
        if not path.is_file():
            raise VoiceProblem(f"{path} is a pipe or a device: sound is read from files.")  # it might never end
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
    except (soundfile.LibsndfileError, RuntimeError, OSError, TypeError) as problem:  # TypeError: for the ending .raw
        if not pieces:
            raise VoiceProblem(f"{path} cannot be read as sound (WAV, FLAC, OGG or MP3 is expected).") from problem
        breaks_off = True
    if not any(map(len, pieces)):
        raise VoiceProblem(f"{path} holds no sound.")
    samples = _within_full_scale(np.concatenate(pieces))
    remark = f"{path} breaks off after {len(samples) / rate:.1f} s; what is there was used." if breaks_off else ""
    return Recording(resample(samples, rate, SAMPLE_RATE), remark)


def _within_full_scale(samples: Samples) -> Samples:
    """Files of floats may hold anything: numbers on the scale of integers, too, which are brought down to -1..1."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return finite / np.float32(max(float(np.abs(finite).max()), 1.0))


def _wav_breaks_off(path: Path) -> bool:
    """True when a RIFF header promises more bytes than the file has; libsndfile reads on without a word."""
    with path.open("rb") as file:
        head = file.read(12)
        size = file.seek(0, 2)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return False
    promised = int.from_bytes(head[4:8], "little")
    return 0 < promised < 0xFFFFFFFF and promised + 8 > size  # both extremes: written by a program that streamed
