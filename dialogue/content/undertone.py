"""What a sentence sounds like though no cue says so: too unsure to accuse anybody of it, too plain to be nothing. Pure.

The classifier hears reproach or contempt in one sentence of every tenth good turn, and is wrong; so `combine` wants a
cue before it says that somebody argued. Customers ask for none: such a sentence leaves a little behind, where it is put
bluntly too ("Right you are" sounds like contempt to the classifier, and is not).
"""

from collections.abc import Iterable

from dialogue.content.doubt import ABSOLVED_NEEDED, ACT_AT, HARMS_WITHOUT_FORMULA
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.content.rules.denial import ABSOLVED
from dialogue.events import Behaviour, Scores

BLUNT_BELOW = 0.35
"""Tact from which on what sounds sharp is taken for plain talk. Chosen on the held-out lines that have been read."""
_MEANT_WELL = frozenset({"empathy", "ownership", "thanks", "feedback_thanks"})
"""Where the turn holds one of these, what sounds sharp is mostly their side ("You gave up a whole day")."""


def undertone(text: str, scores: Scores | None, judged: Iterable[Behaviour]) -> Behaviour | None:
    """The harm that a sentence of `text` most sounds like where `judged` holds none of its kind, with the sentence's
    own score (ACT_AT..1) and its words; None for none."""
    if scores is None or {one.id for one in judged} & (HARMS_WITHOUT_FORMULA | _MEANT_WELL):
        return None
    best: Behaviour | None = None
    for one in (*scores.sentences, *scores.clauses[:1]):
        loud = {harm for harm in HARMS_WITHOUT_FORMULA if one.labels.get(harm, 0.0) >= ACT_AT}
        if not loud or (one.tact is not None and one.tact >= BLUNT_BELOW):
            continue
        words = text[one.start : one.end].strip()
        hits = find(plain(words))
        needed = ABSOLVED_NEEDED if any(hit.rule.name == ABSOLVED and not hit.blocked for hit in hits) else ACT_AT
        for harm in loud - {hit.rule.behaviour for hit in hits if hit.blocked}:
            score = one.labels[harm]
            if score >= needed and (best is None or (score, harm) > (best.confidence, best.id)):
                best = Behaviour(harm, score, words)
    return best
