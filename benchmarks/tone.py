"""Is a raised voice told from a calm one? Acted clips, each against its own speaker's neutral baseline.

    python -m benchmarks.tone [--data DIR] [--resamples N]

DIR holds index.csv (file, corpus, speaker, sex, emotion, class) and the clips; no weight is fitted to them. Every clip
is read against the speaker's neutral clips, itself left out: all of them as one baseline, and each of them alone. AUC:
the chance that an angry clip ranks above a calm one of the pool; plain loudness against the same baseline is the
yardstick. Intervals are 95 % bootstrap over speakers. "sound" says what was done to every clip first: nothing; the same
peak; an automatic gain control as in a headset; room noise; a telephone's band. For steady CPU figures set
OMP_NUM_THREADS=1.
"""

import argparse
import csv
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.figures import area
from dialogue import tone
from dialogue.events import Prosody
from voice import prosody
from voice.audio import SAMPLE_RATE, Samples

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "speech_emotion"
MEASURES: dict[str, Callable[[tone.Tone], float]] = {
    "loudness alone": lambda heard: heard.relative["loudness_dbfs"],
    "pitch alone": lambda heard: heard.relative.get("pitch_hz", 0.0),
    "tilt alone": lambda heard: heard.relative["tilt_db"],
    "raised_no_level": lambda heard: heard.raised_no_level,
    "raised": lambda heard: heard.raised,
}
BLOCK = SAMPLE_RATE // 100


@dataclass(frozen=True, slots=True)
class Clip:
    file: str
    corpus: str
    speaker: str
    neutral: bool
    angry: bool
    sound: Samples


@dataclass(frozen=True, slots=True)
class Reading:
    """One clip against one baseline."""

    corpus: str
    speaker: str
    angry: bool
    heard: tone.Tone


def untouched(sound: Samples) -> Samples:
    return sound


def same_peak(sound: Samples) -> Samples:
    return (0.7 * sound / max(float(np.abs(sound).max()), 1e-6)).astype(np.float32)


def gain_controlled(sound: Samples) -> Samples:
    """A feed-forward control towards -20 dBFS: 0.5 s attack, 1 s release, at most 30 dB, frozen under -60 dBFS."""
    out, power, gain_db = sound.copy(), 1e-6, 0.0
    for first in range(0, len(sound), BLOCK):
        block = sound[first : first + BLOCK]
        now = float(np.mean(np.square(block)))
        power += (now - power) * (0.01 / (0.5 if now > power else 1.0))
        level_db = 10.0 * np.log10(power + 1e-10)
        if level_db > -60.0:
            gain_db += 0.2 * (float(np.clip(-20.0 - level_db, -30.0, 30.0)) - gain_db)
        out[first : first + BLOCK] = block * 10.0 ** (gain_db / 20.0)
    return np.clip(out, -1.0, 1.0)


def in_a_room(sound: Samples) -> Samples:
    """With pink noise at -55 dBFS, some 10 dB under the quietest of these voices."""
    white = np.fft.rfft(np.random.default_rng(len(sound)).standard_normal(len(sound)))
    pink = np.fft.irfft(white / np.sqrt(np.maximum(np.arange(len(white)), 50)), len(sound))
    return np.asarray(sound + pink * (10.0 ** (-55.0 / 20.0) / pink.std()), np.float32)


def by_telephone(sound: Samples) -> Samples:
    """Only 300 to 3400 Hz, cut off sharply, as on an old line: the fundamental of most voices is gone."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    spectrum[(hz < 300) | (hz > 3400)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(sound)), np.float32)


CHANGES = {
    "natural": untouched,
    "same peak": same_peak,
    "automatic": gain_controlled,
    "room": in_a_room,
    "telephone": by_telephone,
}


def clips(data: Path) -> list[Clip]:
    with (data / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        sound, rate = soundfile.read(data / row["file"], dtype="float32")
        if rate != SAMPLE_RATE or sound.ndim != 1:
            raise SystemExit(f"{row['file']} is not 16 kHz mono.")
        kind = row["emotion"] == "neutral", row["class"] == "angry"
        found.append(Clip(row["file"], row["corpus"], row["speaker"], *kind, sound))
    return found


def readings(measured: Sequence[tuple[Clip, Prosody]], *, single: bool) -> list[Reading]:
    """Every clip against all its speaker's other neutral clips together, or against each of them alone."""
    speakers: dict[tuple[str, str], list[tuple[Clip, Prosody]]] = defaultdict(list)
    for clip, measures in measured:
        speakers[clip.corpus, clip.speaker].append((clip, measures))
    found = []
    for (corpus, speaker), own in speakers.items():
        for clip, measures in own:
            rest = [m for other, m in own if other.neutral and other.file != clip.file]
            baselines = [prosody.baseline([one]) for one in rest] if single else [prosody.baseline(rest)]
            found += [Reading(corpus, speaker, clip.angry, tone.read(measures, base)) for base in baselines]
    return found


def interval(
    pool: Sequence[Reading], statistic: Callable[[Sequence[Reading]], float], resamples: int
) -> tuple[float, float]:
    """95 % bootstrap, whole speakers drawn with replacement."""
    by_speaker: dict[str, list[Reading]] = defaultdict(list)
    for reading in pool:
        by_speaker[reading.speaker].append(reading)
    groups, generator = list(by_speaker.values()), np.random.default_rng(1)
    drawn = [
        statistic([reading for i in generator.integers(len(groups), size=len(groups)) for reading in groups[i]])
        for _ in range(resamples)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def raised_share(pool: Sequence[Reading], measure: Callable[[tone.Tone], float], *, angry: bool) -> float:
    """Per cent of the angry (or calm) readings at one half or more."""
    return 100.0 * float(np.mean([measure(reading.heard) >= 0.5 for reading in pool if reading.angry == angry]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--resamples", type=int, default=1000)
    options = arguments.parse_args()
    everything = clips(options.data)
    seconds = sum(len(clip.sound) for clip in everything) / SAMPLE_RATE
    corpora = [*sorted({clip.corpus for clip in everything}), "all"]

    cost = 0.0
    print(f"{'sound':10} {'baseline':9} {'corpus':8} {'measure':16} {'AUC':>5}  95 % interval   calm / angry raised")
    for sound_name, change in CHANGES.items():
        changed = [change(clip.sound) for clip in everything]
        began = time.process_time()
        measured = [(clip, prosody.measure(sound)) for clip, sound in zip(everything, changed, strict=True)]
        cost = time.process_time() - began
        for single in (False, True):
            read = readings(measured, single=single)
            for corpus in corpora:
                pool = [reading for reading in read if corpus in ("all", reading.corpus)]
                for name, measure in MEASURES.items():
                    _print_row(sound_name, "one clip" if single else "all clips", corpus, name, measure, pool, options)
    print(f"\n{len(everything)} clips, {seconds:.0f} s; measuring takes {1000 * cost / seconds:.1f} ms CPU a second")


def _print_row(
    sound: str,
    baseline: str,
    corpus: str,
    name: str,
    measure: Callable[[tone.Tone], float],
    pool: Sequence[Reading],
    options: argparse.Namespace,
) -> None:
    def told_apart(some: Sequence[Reading]) -> float:
        return area([measure(reading.heard) for reading in some], [reading.angry for reading in some])

    low, high = interval(pool, told_apart, options.resamples)
    row = f"{sound:10} {baseline:9} {corpus:8} {name:16} {told_apart(pool):.3f}  {low:.3f} to {high:.3f}"
    if name.startswith("raised"):
        calm = raised_share(pool, measure, angry=False)
        row += f"  {calm:4.1f} / {raised_share(pool, measure, angry=True):.1f} %"
    print(row)


if __name__ == "__main__":
    main()
