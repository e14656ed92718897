"""How far a behaviour is believed, and how the turn that seems to hold it is put. Pure.

Two judges are asked, of what a turn does (`dialogue.content.judge`) and of how it is put (`dialogue.content.tact`): an
insult that is well put, or a comfort that is badly put, is mostly a misreading.
"""

from collections.abc import Iterable, Iterator
from math import exp, inf, log

from dialogue.content.doubt import HARMS_WITHOUT_FORMULA
from dialogue.content.tact import FEWEST_QUOTED
from dialogue.events import Behaviour
from dialogue.language import quote
from dialogue.mood import Finding
from dialogue.mood.effects import HARMS

DOUBTED, CERTAIN = 0.55, 0.85
"""Confidence of a harmful behaviour up to which nothing of it counts, and from which all of it does."""
UNSURE = 0.001
"""Nearer to 0 or 1 no confidence is taken."""
SURELY = 0.95
"""Share from which it is not worth a note on the ledger that it is not quite the whole."""
NEARLY_PLAIN, BADLY_POINTS = 0.5, 0.45
"""Log odds by which a turn is put worse than plain talk that are nothing yet, and points for each beyond."""
PLAINLY = 0.7
"""Of a comfort or a help, what is left where it is put neither well nor badly."""
NOTHING_LEFT = 4.5
"""As many log odds worse than plain talk nothing in it soothes: who hears a formula, a hedge, an excuse or a favour
done to them hears no comfort and no help in it, whatever its words are."""
BETTER_BY, WELL_POINTS = 0.07, 0.55
"""For each log odd by which it is put better: how much more of what it does arrives, and the points beside."""
SPEAKS_FOR = 0.5
"""Of these log odds: how much they speak for the help that a turn seems to hold, and against an accusation."""
MOST_SAID_FOR = 3.0
"""Log odds beyond which they say no more for either."""
BLUNTLY = 2.0
"""Log odds by which a turn is put worse than plain talk that bear out a harm which no cue speaks for."""
UNGROUNDED = 0.5
"""Of a harm that no cue speaks for, what counts at most: a joke or a compliment at the wrong time is heard as contempt
more often than it is."""
COURTESIES = frozenset({"greeting", "own_name", "name_use", "thanks", "feedback_thanks", "close"})
"""Behaviours that are a matter of form."""
MOST_FOR_NOTHING = 1.5
"""Points at most for the manner of a turn that does nothing, or is only courteous."""


def put_so(odds: float, words: str, ids: Iterable[str]) -> Iterator[Finding]:
    """How the turn is put, whatever else it does (`ids`). The manner of a turn that hurts, or of a word or two, soothes
    nobody; a courtesy alone offends nobody, however worn."""
    said = frozenset(ids)
    if odds < -NEARLY_PLAIN and not (said and said <= COURTESIES):
        yield Finding("badly_put", quote(words), (-odds - NEARLY_PLAIN) * BADLY_POINTS)
    hurts = bool(said & HARMS)
    if odds > 0.0 and not hurts and len(words.split()) >= FEWEST_QUOTED:
        most = MOST_FOR_NOTHING if said <= COURTESIES else inf
        yield Finding("well_put", quote(words), min(odds * WELL_POINTS, most))


def left_by(name: str, put: float | None) -> float:
    """How much of what an effect of that id soothes arrives, for how its turn is put (log odds of `tact`, None where
    no text model has read it): nothing, what the table says, or a little more."""
    if put is None or name in HARMS:
        return 1.0
    return PLAINLY * max(1.0 + min(put, 0.0) / NOTHING_LEFT, 0.0) + BETTER_BY * max(put, 0.0)


def believed(one: Behaviour, put: float | None, *, grounded: bool) -> float:
    """How much of a behaviour counts, 0..1. `put`: the log odds of `tact`, None where no text model has read the turn
    and its cues alone speak. No harm is believed more for it: nobody should lose a call to a misreading. One that no
    cue speaks for (`grounded` says whether one does) counts as far as it is put bluntly: praise and sympathy, too,
    tell people what they did."""
    harm = one.id in HARMS
    if put is None:
        return _harmful(one.confidence) if harm else 1.0
    said_for = min(max(put, -MOST_SAID_FOR), MOST_SAID_FOR)
    if harm:
        said_for = -max(said_for, 0.0) if one.id in HARMS_WITHOUT_FORMULA else 0.0
    sure = min(max(one.confidence, UNSURE), 1.0 - UNSURE)
    likely = 1.0 / (1.0 + exp(-SPEAKS_FOR * said_for - log(sure / (1.0 - sure))))
    if harm and not grounded:
        return UNGROUNDED * _harmful(likely) * min(max(-put / BLUNTLY, 0.0), 1.0)
    return _harmful(likely) if harm else likely


def _harmful(likely: float) -> float:
    """How much of a harm counts that is so likely."""
    return min(max((likely - DOUBTED) / (CERTAIN - DOUBTED), 0.0), 1.0)
