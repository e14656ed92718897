"""How a turn will be taken, whatever it does: two replies with the same apology may be a comfort and an insult. Pure.

Learnt from pairs of replies, alike but for one thing that coaches care about (`models/judgement/pairs`): an excuse, a
hedge, a joke at the wrong moment, a formula, "most people" (Bradley & Terry 1952). Alone it finds the better of two
replies as often as all the behaviours do (docs/measured.md); `dialogue.appraisal.belief` says what it changes.
"""

from math import log

from dialogue.events import Scores

PLAINLY_PUT = 0.5
FEWEST_QUOTED = 3
"""Words of a sentence that stands for the turn."""
LEAST = 0.0003
"""Nearer to 0 or 1 no score is believed: eight log odds. Cut at half of that, a quarter of all turns are alike."""


def tact(text: str, scores: Scores | None) -> tuple[float, str]:
    """Log odds that a coach would rather hear it than plain talk (0: plain talk, or not known), and its words: of
    several sentences the one that speaks most for that, unless it is too short to say anything by itself."""
    whole = scores.clauses[0].tact if scores and scores.clauses else None
    if scores is None or whole is None:
        return 0.0, ""
    telling = (max if _odds(whole) > 0.0 else min)(scores.sentences, key=lambda one: _odds(one.tact), default=None)
    words = text[telling.start : telling.end].strip() if telling else text
    return _odds(whole), words if len(words.split()) >= FEWEST_QUOTED else text


def _odds(share: float | None) -> float:
    p = min(max(PLAINLY_PUT if share is None else share, LEAST), 1.0 - LEAST)
    return log(p / (1.0 - p))
