"""How far a behaviour is believed, and how the turn that seems to hold it is put. Pure.

Two judges are asked, of what a turn does (`dialogue.content.judge`) and of how it is put (`dialogue.content.tact`): an
insult that is well put, or a comfort that is badly put, is mostly a misreading.
"""

from collections.abc import Iterator
from math import exp, log

from dialogue.content.doubt import HARMS_WITHOUT_FORMULA
from dialogue.events import Behaviour
from dialogue.language import quote
from dialogue.mood import Finding
from dialogue.mood.effects import EFFECTS

DOUBTED, CERTAIN, LEAST_CERTAINTY = 0.55, 0.85, 0.15
"""Confidence of a harmful behaviour up to which only `LEAST_CERTAINTY` of it counts, and from which all of it does."""
UNSURE = 0.001
"""Nearer to 0 or 1 no confidence is taken."""
SURELY = 0.95
"""Share from which it is not worth a note on the ledger that a behaviour is not quite sure."""
NEARLY_PLAIN, BADLY_POINTS = 0.5, 0.45
"""Log odds by which a turn is put worse than plain talk that are nothing yet, and points for each beyond. Each by which
it is put better is a whole one."""
SPEAKS_FOR = 0.5
"""Of these log odds: how much they speak for the help that a turn seems to hold, and against an accusation."""
MOST_SAID_FOR = 3.0
"""Log odds beyond which they say no more for either."""


def put_so(odds: float, words: str) -> Iterator[Finding]:
    """How the turn is put, whatever it does."""
    if odds < -NEARLY_PLAIN:
        yield Finding("badly_put", quote(words), (-odds - NEARLY_PLAIN) * BADLY_POINTS)
    elif odds > 0.0:
        yield Finding("well_put", quote(words), odds)


def believed(one: Behaviour, put: float | None) -> float:
    """How much of a behaviour counts, 0..1. `put`: the log odds of `tact`, None where no text model has read the turn
    and its cues alone speak. Of harms only accusations are believed less, as no other sounds like something else, and
    none is believed more: nobody should lose a call to a misreading."""
    harm = EFFECTS[one.id].kind == "harm"
    if put is None:
        return _harmful(one.confidence) if harm else 1.0
    said_for = min(max(put, -MOST_SAID_FOR), MOST_SAID_FOR)
    if harm:
        said_for = -max(said_for, 0.0) if one.id in HARMS_WITHOUT_FORMULA else 0.0
    sure = min(max(one.confidence, UNSURE), 1.0 - UNSURE)
    likely = 1.0 / (1.0 + exp(-SPEAKS_FOR * said_for - log(sure / (1.0 - sure))))
    return _harmful(likely) if harm else likely


def _harmful(likely: float) -> float:
    """How much of a harm counts that is so likely."""
    return min(max((likely - DOUBTED) / (CERTAIN - DOUBTED), LEAST_CERTAINTY), 1.0)
