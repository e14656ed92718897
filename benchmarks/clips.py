"""Recorded human speech, as benchmarks play it: FLAC files and their refs.tsv (id, set, speaker, seconds, text)."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples
from voice.recordings.reading import read

SPEECH_RANGE_DB = 30.0
"""Sound within this of a clip's loud parts (95th percentile of its levels) is speech."""


@dataclass(frozen=True, slots=True)
class Clip:
    id: str
    set: str
    speaker: str
    text: str
    """What is said in it."""
    path: Path

    def samples(self) -> Samples:
        """At 16 kHz, shape (n,)."""
        return read(self.path).samples


def clips(data: Path, sets: Sequence[str] | None = None, most: int | None = None) -> list[Clip]:
    """Of the folder `data`, in its order; or of these `sets`, one after the other, the first `most` of each."""
    with (data / "refs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [Clip(row["id"], row["set"], row["speaker"], row["text"], data / f"{row['id']}.flac") for row in rows]
    if not sets:
        return found
    return [clip for name in sets for clip in [each for each in found if each.set == name][:most]]


def speech_bounds(clip: Samples) -> tuple[float, float]:
    """Where speech begins and ends in a clip, s, by level alone."""
    frames = clip[: len(clip) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    level_db = 10.0 * np.log10(np.mean(np.square(frames), axis=1) + 1e-10)
    loud = np.flatnonzero(level_db > np.percentile(level_db, 95) - SPEECH_RANGE_DB)
    return loud[0] * FRAME_SAMPLES / SAMPLE_RATE, (loud[-1] + 1) * FRAME_SAMPLES / SAMPLE_RATE
