"""From scores, cues and context to behaviours: only what the product would act on."""

import re
from collections import defaultdict
from collections.abc import Iterable
from math import prod

from dialogue.content.clauses import sentences
from dialogue.content.condolence import hear_a_condolence
from dialogue.content.context import Context
from dialogue.content.doubt import (
    ACT_AT,
    HARMS_WITHOUT_FORMULA,
    give_the_benefit_of_the_doubt,
    grounds,
    hear_a_farewell,
)
from dialogue.content.exchange import only_repeats, paraphrase, thresholds
from dialogue.content.labels import BY_ID, CORE, HARMFUL
from dialogue.content.names import find_names
from dialogue.content.plain import Plain, plain
from dialogue.content.rules import find
from dialogue.content.rules.rule import COUNTER, Hit
from dialogue.events import Behaviour, Scores

LONG_TURN_WORDS = 30
CLAUSE_SHARE = 0.7
SENTENCE_SHARE = 0.8
"""A sentence alone misleads less often than a clause."""
_EVIDENCE_WORDS = 14
_MARKS = " .?!"
_SENTENCE_END = re.compile(r" [.?!] ")
_WAY_ON = frozenset(
    {"find_out", "plan_time", "step_offer", "option", "process", "manager_offer", "warm_transfer", "ownership"}
)
_CARE = frozenset({"empathy", "apology", "ownership", "thanks", "paraphrase", "hold_permission"})
_MAKES_UP_FOR = {"dont_know": _WAY_ON, "policy": _WAY_ON, "rush": _CARE}
"""Harm -> what in another sentence of the turn leaves its judgement to the whole."""

_HARMS = tuple(label for label in CORE if label in HARMFUL)
_HELPS = frozenset(CORE) - {*_HARMS, "name_use"}
"""Of 3,417 single training sentences that hold one of these, 24 hold a harm as well."""

Found = dict[str, Behaviour]


def judge(text: str, scores: Scores | None, context: Context) -> tuple[Behaviour, ...]:
    """The behaviours in one turn of the trainee, most certain first; evidence is quoted from `text`.

    Pure, and never raises on any text. Without `scores` the cues alone decide.
    """
    turn = plain(text)
    hits = find(turn)
    if scores is None or not scores.clauses or not scores.clauses[0].labels:
        probabilities = _by_cues(hits)
    else:  # the classifier has weighed the cues: one that it does not score at all, it rejects
        probabilities = _by_scores(text, scores, hits)
        give_the_benefit_of_the_doubt(probabilities, hits)
        _hear_each_sentence(probabilities, text, scores)
        _take_sides(probabilities, text, scores)
        hear_a_farewell(probabilities, hits)
    condoled = hear_a_condolence(probabilities, text, turn, hits, mourns=context.mourns)
    found: Found = {}
    changed = thresholds(context, ACT_AT)
    for behaviour, probability in probabilities.items():
        if probability >= changed.get(behaviour, ACT_AT) and behaviour in BY_ID:
            shown = condoled if behaviour == "empathy" else ""
            evidence = shown or _evidence(behaviour, text, turn, hits, scores)
            found[behaviour] = Behaviour(behaviour, round(min(probability, 1.0), 3), evidence)
    _names(found, text, turn, context)
    _give_back(found, text, context, hits)
    return tuple(sorted(found.values(), key=lambda b: (-b.confidence, b.id)))


def _by_cues(hits: Iterable[Hit]) -> dict[str, float]:
    """Noisy-or of the cues that are not blocked."""
    doubts: dict[str, dict[str, float]] = defaultdict(dict)
    for hit in hits:
        if not hit.blocked:
            doubts[hit.rule.behaviour][hit.rule.name] = 1 - hit.rule.confidence
    return {behaviour: 1 - prod(by_rule.values()) for behaviour, by_rule in doubts.items()}


def _by_scores(text: str, scores: Scores, hits: Iterable[Hit]) -> dict[str, float]:
    """The whole turn's score of each label; in long turns, where one behaviour drowns among others, also its clauses'.

    A clause alone misleads more often than the whole, so that it must be surer (`CLAUSE_SHARE`), and accuses nobody but
    by a cue, as a sentence does.
    """
    whole, *clauses = scores.clauses
    best = dict(whole.labels)
    if len(text.split(None, LONG_TURN_WORDS)) > LONG_TURN_WORDS:
        accusing = HARMS_WITHOUT_FORMULA - grounds(hits)
        for clause in clauses:
            for label in clause.labels.keys() - accusing:
                best[label] = max(best.get(label, 0.0), round(clause.labels[label] * CLAUSE_SHARE, 3))
    return best


def _hear_each_sentence(probabilities: dict[str, float], text: str, scores: Scores) -> None:
    """What one sentence says plainly is not drowned by those around it.

    Without the others it is easily taken for an insult ("Two hours' work, and then that crash."): it accuses nobody
    but by a cue. A refusal, a gap in knowledge or haste stays what the whole turn makes of it where another sentence
    makes up for it.
    """
    heard: dict[str, float] = {}
    for one in scores.sentences:
        hits, labels = find(plain(text[one.start : one.end])), dict(one.labels)
        give_the_benefit_of_the_doubt(labels, hits)
        for label in labels.keys() - (HARMS_WITHOUT_FORMULA - grounds(hits)):
            score = labels[label]
            heard[label] = max(heard.get(label, 0.0), round(score * SENTENCE_SHARE, 3))
    said = {label for label, score in (*heard.items(), *probabilities.items()) if score >= ACT_AT}
    for label, score in heard.items():
        if not said & _MAKES_UP_FOR.get(label, frozenset()):
            probabilities[label] = max(probabilities.get(label, 0.0), score)


def _take_sides(probabilities: dict[str, float], text: str, scores: Scores) -> None:
    """One sentence does not help and harm. Where a harm is surer, what seems to help is how it is put ("thanks for
    yelling at me"), unless another of its clauses says so."""
    if len(sentences(text)) > 1:
        return
    surest = max(_HARMS, key=lambda harm: probabilities.get(harm, 0.0))
    if probabilities.get(surest, 0.0) < ACT_AT:
        return
    clauses = scores.clauses[1:] or scores.clauses
    harms = max(clauses, key=lambda one: one.labels.get(surest, 0.0))
    for kindness in _HELPS & probabilities.keys():
        elsewhere = any(one.labels.get(kindness, 0.0) >= ACT_AT for one in clauses if one is not harms)
        if probabilities[kindness] < probabilities[surest] and not elsewhere:
            del probabilities[kindness]


def _evidence(behaviour: str, text: str, turn: Plain, hits: Iterable[Hit], scores: Scores | None) -> str:
    """The words that show it: of its cues the surest that stands in one sentence, else the clause that scores best."""
    own = [
        hit
        for hit in hits
        if hit.rule.behaviour == behaviour
        and not hit.blocked
        and hit.rule.confidence > COUNTER
        and not _SENTENCE_END.search(turn.text[hit.start : hit.end].strip(_MARKS))
    ]
    if own:
        surest = max(own, key=lambda hit: (hit.rule.confidence, hit.end - hit.start, -hit.start))
        return turn.quoted(text, surest.start, surest.end)
    if scores is not None and scores.clauses:
        parts = scores.clauses[1:] or scores.clauses
        clause = max(parts, key=lambda c: c.labels.get(behaviour, 0.0))
        return " ".join(text[clause.start : clause.end].split(" ")[: _EVIDENCE_WORDS * 2])
    return text.strip()


def _names(found: Found, text: str, turn: Plain, context: Context) -> None:
    hits = list(find_names(turn, context.customer_name))
    rightly = any(hit.right for hit in hits)
    for hit in hits:
        if not hit.right and (rightly or hit.name == context.agent_name.lower()):
            continue  # "Sarah, repairs team" is who speaks, and so is Alex in "Hi Ruth, Alex"
        behaviour = "name_use" if hit.right else "wrong_name"
        words = turn.quoted(text, hit.start, hit.end)
        found.setdefault(behaviour, Behaviour(behaviour, 0.95 if hit.right else 0.8, words, about=hit.name))


_CONTRADICTS = ("arguing", "rude", "blaming", "rush", "policy")


def _give_back(found: Found, text: str, context: Context, hits: Iterable[Hit]) -> None:
    """The customer's own facts in the trainee's words; a question that only repeats them is no clarifying question.
    Who gives them back does not rush past them, unless a cue says so."""
    given = paraphrase(text, context.heard, context.customer_name) if context.heard else None
    if given is not None and "rush" not in grounds(hits):
        found.pop("rush", None)
    if given is None or any(behaviour in found for behaviour in _CONTRADICTS):
        return
    confidence, words = given
    found["paraphrase"] = Behaviour("paraphrase", round(confidence, 3), words)
    if "clarify" in found and only_repeats(text, context.heard):
        del found["clarify"]
