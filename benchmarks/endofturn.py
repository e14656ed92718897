"""How well the sound of its end tells that a turn is over: fits voice/recognition/endofturn.py and tests it.

    PYTHON_WITH_PIPECAT -m benchmarks.endofturn DATA [--write]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names. At every pause of .06 s and more, and
in the middle of words now and then, smart-turn v3 (BSD-2, in pipecat's wheel) is asked whether the turn is over; a
ridge regression learns to say the same from what our recogniser's encoder makes of it. What is printed is held against
the truth, which the regression never sees: whether the clip went on after a pause of 0.3 s or more. Each clip is judged
by weights fitted without its speaker, or its whole set. `false` is the share of clips of which a pause was taken
for the end; the waits are those at their ends, s. --write fits the weights that are shipped, without the speakers of
the clips that benchmarks.turn plays.
"""

# mypy: ignore-errors
import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from loguru import logger
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3

from benchmarks.turn import chosen_clips
from voice.audio import SAMPLE_RATE
from voice.finished import silence_needed
from voice.recognition import endofturn
from voice.recognition.whisper import HURRIED_SECONDS, Whisper
from voice.sources import read
from voice.vad import SileroVad

SETS = ("ls-test-other", "spokenwoz", "wuw-phone")
CONTEXT_SECONDS = 8.0
"""What is heard before a pause at most: the most that smart-turn takes, and about what a call decodes."""
PRE_ROLL_SECONDS = 0.5
TEACHERS_SILENCE_SECONDS = 0.2
"""As pipecat hands it over."""
LEAST_PAUSE_SECONDS, JUDGED_PAUSE_SECONDS = 0.064, 0.3
SPEECH = 0.4
"""Of the detector's probability."""
RIDGE = 3.0
"""Agrees best with smart-turn on speakers left out (1, 3, 5, 10 and 20 tried; the truth was not asked)."""
LARGEST_LOG_ODDS = 5.0
GROUPS = 10
"""Folds of a set with a speaker a clip."""
BENCHMARKED = 14
"""Clips of each set that the figures of benchmarks.turn in docs/measured.md are from."""
WEIGHTS = Path(endofturn.__file__).parents[2] / "models" / "endofturn" / "weights.npz"


@dataclass
class Pause:
    clip: str
    set: str
    speaker: str
    seconds: float
    """How long it lasts; infinite at the clip's end, 0 in the middle of a word."""
    judged: bool
    sound: np.ndarray
    """From PRE_ROLL_SECONDS before the turn, or CONTEXT_SECONDS before the pause, to its beginning."""
    silence: np.ndarray
    """TEACHERS_SILENCE_SECONDS of what follows; where speech does, a hiss."""


def pauses(row: dict[str, str], samples: np.ndarray, vad: SileroVad) -> Iterator[Pause]:
    """Those of one clip, in order."""
    size = vad.chunk_samples
    vad.reset()
    chunks = range(0, len(samples) - size, size)
    speech = np.flatnonzero([vad.probability(samples[at : at + size]) >= SPEECH for at in chunks])
    silent = (np.diff(speech, append=np.iinfo(speech.dtype).max) - 1) * size / SAMPLE_RATE
    long = silent >= LEAST_PAUSE_SECONDS
    found = {int(at + 1) * size: float(seconds) for at, seconds in zip(speech[long], silent[long], strict=True)}
    found[int(speech[-1] + 1) * size] = np.inf
    random, first = np.random.default_rng(len(samples)), int(speech[0]) * size
    at = first + SAMPLE_RATE
    while at < speech[-1] * size - SAMPLE_RATE // 4:
        if min(abs(at - other) for other in found) > 0.3 * SAMPLE_RATE:
            found[at] = 0.0
        at += int(random.uniform(0.6, 1.4) * SAMPLE_RATE)
    length = round(TEACHERS_SILENCE_SECONDS * SAMPLE_RATE)
    for end, seconds in sorted(found.items()):
        if end - first < 0.2 * SAMPLE_RATE:
            continue
        begin = max(0, first - round(PRE_ROLL_SECONDS * SAMPLE_RATE), end - round(CONTEXT_SECONDS * SAMPLE_RATE))
        silence = random.normal(0.0, 3e-4, length).astype(np.float32)
        real = samples[end : end + round(min(seconds, TEACHERS_SILENCE_SECONDS) * SAMPLE_RATE)]
        silence[: len(real)] = real
        judged = seconds >= JUDGED_PAUSE_SECONDS
        yield Pause(row["id"], row["set"], row["speaker"], seconds, judged, samples[begin:end], silence)


def teach(found: list[Pause]) -> np.ndarray:
    """smart-turn's log odds at each pause."""
    model = LocalSmartTurnAnalyzerV3(cpu_count=1)
    sounds = (np.concatenate([each.sound, each.silence]) for each in found)
    sure = np.clip([model._predict_endpoint(sound)["probability"] for sound in sounds], 1e-6, 1.0 - 1e-6)
    return np.clip(np.log(sure / (1.0 - sure)), -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS)


def encode(found: list[Pause], whisper: Whisper) -> tuple[np.ndarray, list[str]]:
    """What the regression sees of each pause, and the words before it where they are judged."""
    rows, texts = [], []
    heard = round(endofturn.SILENCE_SECONDS * SAMPLE_RATE)
    for each in found:
        sound = np.concatenate([each.sound, each.silence[:heard]])
        encoded = np.array(whisper._model()._encode(sound, HURRIED_SECONDS))[0]
        rows.append(endofturn.features(encoded, len(sound)))
        words = whisper._decoded(sound, unhurried=False).words if each.judged else ()
        texts.append(" ".join(word.text for word in words))
    return np.array(rows), texts


def fit(features: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of the ridge regression on standardised features."""
    mean, scale = features.mean(axis=0), (features.std(axis=0) + 1e-3) * np.sqrt(features.shape[1])
    rows = (features - mean) / scale
    duals = np.linalg.solve(rows @ rows.T + RIDGE * np.eye(len(rows)), wanted - wanted.mean())
    weights = rows.T @ duals / scale
    return weights, float(wanted.mean() - mean @ weights)


def held_out(found: list[Pause], features: np.ndarray, wanted: np.ndarray, *, whole_sets: bool) -> np.ndarray:
    """The log odds at each pause by weights that never saw its speaker, or its set."""
    sets = np.array([each.set for each in found])
    groups = np.array([fold(each) for each in found])
    odds = np.zeros(len(found))
    for group in sorted(set(groups)):
        test = groups == group
        train = ~np.isin(sets, sets[test]) if whole_sets else ~test
        weights, bias = fit(features[train], wanted[train])
        odds[test] = features[test] @ weights + bias
    return odds


def fold(pause: Pause) -> str:
    return f"{pause.set} {int(pause.speaker) % GROUPS if pause.set == 'wuw-phone' else pause.speaker}"


def area(over: np.ndarray, odds: np.ndarray) -> float:
    """Under the receiver's curve."""
    return float(np.mean(odds[over][:, None] > odds[~over]) + 0.5 * np.mean(odds[over][:, None] == odds[~over]))


def outcome(found: list[Pause], waits: np.ndarray, name: str) -> str:
    """What becomes of a set's clips when each pause is waited for so long."""
    here = [(each, wait) for each, wait in zip(found, waits, strict=True) if each.set == name and each.judged]
    cut = {each.clip for each, wait in here if wait < each.seconds < np.inf}
    ends = [wait for each, wait in here if each.seconds == np.inf]
    share = 100.0 * len(cut) / len({each.clip for each, _ in here})
    return f"{share:4.1f} % {np.median(ends):.2f} {np.mean(ends):.2f} {np.percentile(ends, 95):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    logger.remove()
    vad, whisper = SileroVad(), Whisper()
    with (args.data / "refs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [each for row in rows for each in pauses(row, read(args.data / f"{row['id']}.flac").samples, vad)]
    wanted = teach(found)
    features, texts = encode(found, whisper)
    if args.write:
        played = {row["speaker"] for row in chosen_clips(args.data, None, BENCHMARKED)}
        train = np.array([each.speaker not in played for each in found])
        weights, bias = fit(features[train], wanted[train])
        np.savez(WEIGHTS, weights=weights.astype(np.float16), bias=np.float32(bias))
        print(f"{WEIGHTS}: fitted on {train.sum()} of {len(found)} pauses, without {', '.join(sorted(played))}")
    words = np.array([silence_needed(text) for text in texts])
    heard = {
        "words alone": -words,
        "smart-turn": wanted,
        "ours, without the speaker": held_out(found, features, wanted, whole_sets=False),
        "ours, without the set": held_out(found, features, wanted, whole_sets=True),
    }
    print(f"{'area under the curve':44}", *(f"{name:>24}" for name in SETS))
    judged, over = np.array([each.judged for each in found]), np.array([each.seconds == np.inf for each in found])
    for label, odds in heard.items():
        masks = [judged & np.array([each.set == name for each in found]) for name in SETS]
        print(f"{label:44}", *(f"{area(over[mask], odds[mask]):24.2f}" for mask in masks))
    print("false, median, mean and 95th percentile of the wait")
    for least in (0.45, 0.5, 0.55, 0.6, 0.65, 0.75):
        for label, odds in heard.items():
            known = [None] * len(texts) if odds is heard["words alone"] else odds
            waits = np.array([max(silence_needed(*one), least) for one in zip(texts, known, strict=True)])
            print(f"at least {least:.2f} s, {label:28}", *(f"{outcome(found, waits, name):>24}" for name in SETS))


if __name__ == "__main__":
    main()
