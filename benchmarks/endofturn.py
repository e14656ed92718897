"""How well the sound of its end tells that a turn is over: the shipped regression on recorded human speech.

    python -m benchmarks.endofturn DATA [--smart-turn]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names; nothing is fitted here, and nothing
that is shipped has been fitted on any of it (models/endofturn/train.py). Every pause of .3 s or more is decoded as in a
call, and each clip's end is held against the pauses within clips. `false` is the share of clips of which a pause was
taken for the end; the waits are those at their ends, s. --smart-turn asks smart-turn v3 as well (an interpreter that
has pipecat beside Coolhead).
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.clips import clips
from models.endofturn.pauses import Pause, pauses
from models.endofturn.train import area
from ui.calls.provisional_turn import WORDS_SECONDS
from voice.hearing.finished import silence_needed
from voice.hearing.vad import SileroVad
from voice.recognition.endofturn import SILENCE_SECONDS
from voice.recognition.whisper import Whisper

SETS = ("ls-test-other", "spokenwoz", "wuw-phone")
LEAST_WAITS_SECONDS = (0.45, 0.55, WORDS_SECONDS, 0.75)
"""Before a word of content."""
Odds = npt.NDArray[np.floating]
"""Log odds that the turn is over; nan where nothing is known."""


@dataclass(frozen=True, slots=True)
class Found:
    clip: str
    set: str
    pause: Pause
    text: str
    """The words before it."""
    finished: float
    """The shipped regression's log odds; nan where no word was recognised."""


def listen(data: Path) -> list[Found]:
    """Every pause that might be taken for an end, as a call hears it."""
    vad, whisper = SileroVad(), Whisper()
    found = []
    for clip in clips(data, SETS):
        for pause in pauses(clip.samples(), vad):
            decoded = whisper._decoded(pause.heard(SILENCE_SECONDS), unhurried=False)
            text = " ".join(word.text for word in decoded.words)
            known = np.nan if decoded.finished is None else decoded.finished
            found.append(Found(clip.id, clip.set, pause, text, known))
    return found


def areas(found: Sequence[Found], odds: Odds) -> list[str]:
    """Under the receiver's curve, by set."""
    cells = []
    for name in SETS:
        here = np.array([each.set == name for each in found]) & ~np.isnan(odds)
        over = np.array([each.pause.over for each in found])
        cells.append(f"{area(over[here], odds[here]):.2f} of {here.sum()}")
    return cells


def outcomes(found: Sequence[Found], odds: Odds, least_seconds: float) -> list[str]:
    """What becomes of each set's clips when pauses are waited for as in a call: false; median, mean and 95 % wait."""
    known = [None if np.isnan(one) else float(one) for one in odds]
    waits = [max(silence_needed(each.text, one), least_seconds) for each, one in zip(found, known, strict=True)]
    cells = []
    for name in SETS:
        here = [(each, wait) for each, wait in zip(found, waits, strict=True) if each.set == name]
        cut = {each.clip for each, wait in here if wait < each.pause.seconds and not each.pause.over}
        ends = [wait for each, wait in here if each.pause.over]
        false = 100.0 * len(cut) / len(ends)
        cells.append(f"{false:4.1f} % {np.median(ends):.2f} {np.mean(ends):.2f} {np.percentile(ends, 95):.2f}")
    return cells


def row(label: str, cells: Sequence[str]) -> None:
    print(f"{label:32}", *(f"{cell:>24}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--smart-turn", action="store_true")
    args = parser.parse_args()
    found = listen(args.data)
    nothing = np.full(len(found), np.nan)
    heard = {"words alone": nothing, "ours": np.array([each.finished for each in found])}
    if args.smart_turn:
        from models.endofturn.teacher import taught

        heard["smart-turn"] = taught(each.pause for each in found)
    row("area under the curve", SETS)
    for label, odds in heard.items():
        waits = np.array([-silence_needed(each.text) for each in found])
        row(label, areas(found, waits if odds is nothing else odds))
    row("false; median, mean, 95 % wait", SETS)
    for least in LEAST_WAITS_SECONDS:
        for label, odds in heard.items():
            row(f"at least {least:.2f} s, {label}", outcomes(found, odds, least))


if __name__ == "__main__":
    main()
