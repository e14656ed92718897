"""What a speaker says in one turn, and where they break off: sentences written for this project, put together.

A turn is a row of parts with a pause behind each. A part that is not the last holds the floor: it stops at a comma, in
the middle of a sentence, behind "and" or "um", or at a full stop with more to come.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.judgement.rows import FOLDER, SENTENCES, read_rows
from voice.synthesis.pieces import pieces

FILLERS = ("um", "uh", "er", "um", "uh", "hmm", "you know", "like", "let me see", "I mean", "well", "so")
LINKS = ("and", "but", "so", "because", "and then", "or", "and so", "but then", "and also")
OPENERS = ("Okay.", "Right.", "Yes.", "Yeah,", "Well,", "So,", "Oh,", "Okay, so", "Um,", "No,", "Sure.", "Alright.")
SHARES = {"openers": 0.15, "broken off": 0.45, "run on": 0.4, "linked": 0.25}
"""How often a turn has an opener of its own, a sentence is broken off in the middle, its full stop is none because the
speaker goes on, and a word that joins the next is said before the pause rather than after it."""
MIDDLES = ("bare", "comma", "dots", "filler", "again")
MIDDLE_SHARES = (0.35, 0.2, 0.1, 0.25, 0.1)
"""How a sentence is broken off: as it stands, as at a comma, trailing away, behind a filler, or with its last word said
once more when it goes on."""
PAUSE_SECONDS = (0.15, 1.6)
MIDDLE_PAUSE_SECONDS = 0.55
"""The median; log-normal, with a spread of MIDDLE_PAUSE_SPREAD."""
MIDDLE_PAUSE_SPREAD = 0.55


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    last: bool
    """The turn ends with it."""
    pause_seconds: float
    """Behind it; nothing behind the last."""


def written() -> list[str]:
    """The training sentences of the judgement and the replies of its pairs; never what is held out."""
    texts = [row.text for row in read_rows(SENTENCES)]
    for path in sorted((FOLDER / "pairs").glob("*.jsonl")):
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            texts += [item["better"], item["worse"]]
    return [text for text in dict.fromkeys(texts) if re.search(r"[A-Za-z]", text) and "*" not in text]


def turn(texts: Sequence[str], random: np.random.Generator) -> list[Part]:
    """A turn of one to four sentences."""
    wanted = int(random.choice([1, 2, 3, 4], p=[0.35, 0.3, 0.2, 0.15]))
    sentences: list[str] = []
    while len(sentences) < wanted:
        sentences += [piece.text for piece in pieces(texts[int(random.integers(len(texts)))])]
    sentences = sentences[:wanted]
    if random.random() < SHARES["openers"]:
        sentences.insert(0, str(random.choice(OPENERS)))
    said: list[str] = []
    carried = ""
    for at, sentence in enumerate(sentences):
        last = at == len(sentences) - 1
        *parts, end = _broken(f"{carried} {sentence}".strip(), random)
        carried = ""
        if not last and random.random() < SHARES["run on"]:
            end = end.rstrip(".!?…,") + ","
        if not last and random.random() < SHARES["linked"]:
            link = str(random.choice(LINKS))
            if random.random() < 0.5:
                end = f"{end.rstrip('.!?,…')}, {link}"
            else:
                carried = link
        said += [*parts, end]
    spread = np.log(MIDDLE_PAUSE_SECONDS) + MIDDLE_PAUSE_SPREAD * random.standard_normal(len(said))
    lengths = np.clip(np.exp(spread), *PAUSE_SECONDS)
    ends = len(said) - 1
    return [Part(text, n == ends, 0.0 if n == ends else float(lengths[n])) for n, text in enumerate(said)]


def _broken(sentence: str, random: np.random.Generator) -> list[str]:
    """The sentence, perhaps in two parts."""
    words = sentence.split()
    if len(words) < 4 or random.random() > SHARES["broken off"]:
        return [sentence]
    at = int(random.integers(1, len(words) - 1))
    before, after = " ".join(words[:at]).rstrip(",;:-"), " ".join(words[at:])
    match str(random.choice(MIDDLES, p=MIDDLE_SHARES)):
        case "comma":
            before += ","
        case "dots":
            before += "..."
        case "filler":
            before += f", {random.choice(FILLERS)}{random.choice([',', '', '...'])}"
        case "again":
            after = f"{words[at - 1].strip(',;:')} {after}"
    return [before, after]
