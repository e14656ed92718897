"""Fit the regression of ends of turns: `PYTHON_WITH_PIPECAT -m models.endofturn.train [--kept FILE]`. Deterministic.

Coolhead's own voices say sentences written for this project, as turns with pauses, in rooms and over lines made here;
no recording of anybody is used. At every pause smart-turn is asked whether the turn is over, and a ridge regression
learns to say what it says, corrected by what is so, from what our recogniser's encoder makes of the same sound.
Printed: how well it does on turns it has not seen, and on an engine it has not heard. --kept keeps what was heard of
the turns, or goes by what has been kept. Some 5 minutes of CPU.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.endofturn import room, texts
from models.endofturn.pauses import pauses
from models.endofturn.speakers import Speakers
from models.endofturn.teacher import taught
from voice.hearing.vad import SileroVad
from voice.recognition import endofturn
from voice.recognition.whisper import HURRIED_SECONDS, Whisper

TURNS = 367
SEED = 8
RIDGE = 10.0
TRUTH_SHARE, TRUE_LOG_ODDS = 0.5, 3.0
"""What is wanted of the regression is what the teacher says, and this share of what is so. Ridge and share are chosen
by how well an engine is judged that was not heard, and by how well it agrees there with the teacher."""
FOLDS = 2
WEIGHTS = Path(endofturn.__file__).parents[2] / "models" / "endofturn" / "weights.npz"

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """The pauses of all turns, a row each."""

    features: Array
    """Shape (pauses, features)."""
    taught: Array
    """The teacher's log odds that the turn is over."""
    over: Array
    """Whether it is."""
    turn: Array
    """The number of its turn."""
    engine: Array
    """The name of the voice's engine."""

    @property
    def wanted(self) -> Array:
        true = np.where(self.over, TRUE_LOG_ODDS, -TRUE_LOG_ODDS)
        return (1.0 - TRUTH_SHARE) * self.taught + TRUTH_SHARE * true


def listen(turns: int) -> Heard:
    """Make the turns and hear them."""
    written, speakers, vad, whisper = texts.written(), Speakers(), SileroVad(), Whisper(threads=1)
    found, places, features = [], [], []
    for number in range(turns):
        random = np.random.default_rng([SEED, number])
        engine, sound = speakers.say(texts.turn(written, random), random)
        for pause in pauses(room.heard(sound, random), vad):
            heard = pause.heard(endofturn.SILENCE_SECONDS)
            encoded = np.array(whisper._model()._encode(heard, HURRIED_SECONDS))[0]
            features.append(endofturn.features(encoded, len(heard)))
            found.append(pause)
            places.append((number, engine))
    speakers.close()
    numbers, engines = (np.array(each) for each in zip(*places, strict=True))
    over = np.array([pause.over for pause in found])
    return Heard(np.array(features), taught(found), over, numbers, engines)


def fit(features: Array, wanted: Array, over: Array, ridge: float = RIDGE) -> tuple[Array, float]:
    """Weights and bias of a ridge regression on standardised features, in which ends weigh as much as pauses."""
    shares = np.where(over, 0.5 / max(1, over.sum()), 0.5 / max(1, (~over).sum()))
    mean = shares @ features
    scale = (np.sqrt(shares @ np.square(features - mean)) + 1e-3) * np.sqrt(features.shape[1])
    root = np.sqrt(shares * len(over))
    rows, middle = (features - mean) / scale * root[:, None], shares @ wanted
    duals = np.linalg.solve(rows @ rows.T + ridge * np.eye(len(rows)), root * (wanted - middle))
    weights = rows.T @ duals / scale
    return weights, float(middle - mean @ weights)


def unseen(features: Array, wanted: Array, over: Array, groups: Array, ridge: float = RIDGE) -> Array:
    """The log odds at each pause by weights that have seen no pause of its group."""
    odds = np.zeros(len(wanted))
    for group in sorted(set(groups)):
        test = groups == group
        weights, bias = fit(features[~test], wanted[~test], over[~test], ridge)
        odds[test] = features[test] @ weights + bias
    return odds


def area(over: Array, odds: Array) -> float:
    """Under the receiver's curve: how often an end has the higher odds than a pause; ties count half."""
    ends, others = odds[over][:, None], odds[~over]
    return float(np.mean(ends > others) + 0.5 * np.mean(ends == others))


def report(heard: Heard) -> None:
    print(f"{len(heard.over)} pauses in {len(set(heard.turn))} turns, {heard.over.sum()} of them ends")
    told = heard.features, heard.wanted, heard.over
    tests = {
        "smart-turn": heard.taught,
        "ours, turns left out": unseen(*told, heard.turn % FOLDS),
        "ours, engines left out": unseen(*told, heard.engine),
    }
    for name, odds in tests.items():
        for engine in sorted(set(heard.engine)):
            here = heard.engine == engine
            alike = np.corrcoef(odds[here], heard.taught[here])[0, 1]
            shares = (10, 25, 50, 75, 90)
            ends, others = (np.percentile(odds[here & chosen], shares) for chosen in (heard.over, ~heard.over))
            print(f"{name:24} {engine:8} area {area(heard.over[here], odds[here]):.3f}, like smart-turn {alike:.2f}")
            print(f"{'':33} ends {ends.round(1)}, pauses {others.round(1)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--turns", type=int, default=TURNS)
    args = parser.parse_args()
    if args.kept and args.kept.exists():
        with np.load(args.kept) as arrays:
            heard = Heard(**arrays)
    else:
        heard = listen(args.turns)
        if args.kept:
            np.savez(args.kept, **{name: getattr(heard, name) for name in Heard.__slots__})
    report(heard)
    weights, bias = fit(heard.features, heard.wanted, heard.over)
    np.savez(WEIGHTS, weights=weights.astype(np.float16), bias=np.float32(bias))


if __name__ == "__main__":
    main()
