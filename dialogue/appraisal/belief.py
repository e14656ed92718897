"""How far a behaviour is believed, and how the turn that seems to hold it is put. Pure.

Two judges are asked, of what a turn does (`dialogue.content.judge`) and of how it is put (`dialogue.content.tact`): an
insult that is well put, or a comfort that is badly put, is mostly a misreading.
"""

from collections.abc import Iterator
from math import exp, log, tanh

from dialogue.content.doubt import HARMS_WITHOUT_FORMULA
from dialogue.content.tact import FEWEST_QUOTED
from dialogue.events import Behaviour
from dialogue.language import quote
from dialogue.mood import Finding
from dialogue.mood.effects import EFFECTS

DOUBTED, CERTAIN = 0.55, 0.85
"""Confidence of a harmful behaviour up to which nothing of it counts, and from which all of it does."""
UNSURE = 0.001
"""Nearer to 0 or 1 no confidence is taken."""
SURELY = 0.95
"""Share from which it is not worth a note on the ledger that a behaviour is not quite sure."""
NEARLY_PLAIN, BADLY_POINTS = 0.5, 0.45
"""Log odds by which a turn is put worse than plain talk that are nothing yet, and points for each beyond."""
NOTHING_LEFT = 4.0
"""As many log odds beyond those nothing in it soothes: who hears a formula, a hedge, an excuse or a favour done to them
hears no comfort and no help in it, whatever its words are."""
MOST_POINTS = 3.0
"""Each log odd by which it is put better is about a point, towards this many."""
SPEAKS_FOR = 0.5
"""Of these log odds: how much they speak for the help that a turn seems to hold, and against an accusation."""
MOST_SAID_FOR = 3.0
"""Log odds beyond which they say no more for either."""
BLUNTLY = 2.0
"""Log odds by which a turn is put worse than plain talk that bear out a harm which no cue speaks for."""


def put_so(odds: float, words: str, *, harmful: bool) -> Iterator[Finding]:
    """How the turn is put, whatever it does; nothing for the manner of one that hurts, or of a word or two."""
    if odds < -NEARLY_PLAIN:
        yield Finding("badly_put", quote(words), (-odds - NEARLY_PLAIN) * BADLY_POINTS)
    elif odds > 0.0 and not harmful and len(words.split()) >= FEWEST_QUOTED:
        yield Finding("well_put", quote(words), MOST_POINTS * tanh(odds / MOST_POINTS))


def left_by(name: str, odds: float) -> float:
    """How much of what an effect of that id soothes is left by how its turn is put, 0..1."""
    if EFFECTS[name].kind == "harm":
        return 1.0
    return min(max(1.0 + (odds + NEARLY_PLAIN) / NOTHING_LEFT, 0.0), 1.0)


def believed(one: Behaviour, put: float | None, *, grounded: bool) -> float:
    """How much of a behaviour counts, 0..1. `put`: the log odds of `tact`, None where no text model has read the turn
    and its cues alone speak. No harm is believed more for it: nobody should lose a call to a misreading. One that no
    cue speaks for (`grounded` says whether one does) counts as far as it is put bluntly: praise and sympathy, too,
    tell people what they did."""
    harm = EFFECTS[one.id].kind == "harm"
    if put is None:
        return _harmful(one.confidence) if harm else 1.0
    said_for = min(max(put, -MOST_SAID_FOR), MOST_SAID_FOR)
    if harm:
        said_for = -max(said_for, 0.0) if one.id in HARMS_WITHOUT_FORMULA else 0.0
    sure = min(max(one.confidence, UNSURE), 1.0 - UNSURE)
    likely = 1.0 / (1.0 + exp(-SPEAKS_FOR * said_for - log(sure / (1.0 - sure))))
    if harm and not grounded:
        return _harmful(likely) * min(max(-put / BLUNTLY, 0.0), 1.0)
    return _harmful(likely) if harm else likely


def _harmful(likely: float) -> float:
    """How much of a harm counts that is so likely."""
    return min(max((likely - DOUBTED) / (CERTAIN - DOUBTED), 0.0), 1.0)
