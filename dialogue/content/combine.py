"""From scores, cues and context to behaviours: only what the product would act on."""

from collections import defaultdict
from collections.abc import Iterable
from math import prod

from dialogue.content.context import Context
from dialogue.content.exchange import only_repeats, paraphrase, thresholds
from dialogue.content.labels import BY_ID
from dialogue.content.names import find_names
from dialogue.content.plain import Plain, plain
from dialogue.content.rules import find
from dialogue.content.rules.denial import ABSOLVED
from dialogue.content.rules.rule import COUNTER, Hit
from dialogue.events import Behaviour, Scores

ACT_AT = 0.5
"""The scorer shifts its probabilities so that the best threshold of each label lies here."""
LONG_TURN_WORDS = 30
CLAUSE_SHARE = 0.7
DENIED_SHARE = 0.55
_EVIDENCE_WORDS = 14

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
        probabilities = _by_scores(text, scores)
        _hold_back(probabilities, hits)
        _want_a_question(probabilities, turn, hits)
        _give_the_benefit_of_the_doubt(probabilities, hits)
    found: Found = {}
    changed = thresholds(context, ACT_AT)
    for behaviour, probability in probabilities.items():
        if probability >= changed.get(behaviour, ACT_AT) and behaviour in BY_ID:
            evidence = _evidence(behaviour, text, turn, hits, scores)
            found[behaviour] = Behaviour(behaviour, round(min(probability, 1.0), 3), evidence)
    _names(found, text, turn, context)
    _give_back(found, text, context)
    return tuple(sorted(found.values(), key=lambda b: (-b.confidence, b.id)))


def _by_cues(hits: Iterable[Hit]) -> dict[str, float]:
    """Noisy-or of the cues that are not blocked."""
    doubts: dict[str, dict[str, float]] = defaultdict(dict)
    for hit in hits:
        if not hit.blocked:
            doubts[hit.rule.behaviour][hit.rule.name] = 1 - hit.rule.confidence
    return {behaviour: 1 - prod(by_rule.values()) for behaviour, by_rule in doubts.items()}


def _by_scores(text: str, scores: Scores) -> dict[str, float]:
    """The whole turn's score of each label; in long turns, where one behaviour drowns among others, also its clauses'.

    A clause alone misleads more often than the whole, so that it must be surer (`CLAUSE_SHARE`).
    """
    whole, *clauses = scores.clauses
    best = dict(whole.labels)
    if len(text.split(None, LONG_TURN_WORDS)) > LONG_TURN_WORDS:
        for clause in clauses:
            for label, score in clause.labels.items():
                best[label] = max(best.get(label, 0.0), round(score * CLAUSE_SHARE, 3))
    return best


GROUNDS_AT = 0.5
"""A cue this sure speaks for a harm."""
DENIED_NEEDED = 0.8
UNGROUNDED_NEEDED = 0.75
"""Rudeness that no cue knows. Chosen on small talk and warm idiom, where two in three lines read as rude were below."""
ASKS_AT = 0.85
"""A plain question: "Did you set the clock?" blames nobody."""
ABSOLVED_NEEDED = 0.95
KIND_AT = 0.8
_PLAINLY_KIND = ("empathy", "apology", "ownership")
_HARMS_WITHOUT_FORMULA = frozenset({"rude", "arguing", "blaming"})
_ASKS_TO_BE_TOLD = ("clarify/tell_me", "clarify/can_i_ask")
_FORMULAIC = ("apology", "calm_down", "empty_promise", "know_how_feel", "manager_offer")
"""Hardly ever done in other words than the cues know."""


def _hold_back(probabilities: dict[str, float], hits: Iterable[Hit]) -> None:
    """Where every cue of a formulaic behaviour is negated, reported or otherwise blocked, the score must be surer."""
    free = {hit.rule.behaviour for hit in hits if not hit.blocked}
    for behaviour in {hit.rule.behaviour for hit in hits} - free:
        if behaviour in _FORMULAIC and behaviour in probabilities:
            probabilities[behaviour] *= DENIED_SHARE


def _want_a_question(probabilities: dict[str, float], turn: Plain, hits: Iterable[Hit]) -> None:
    """In text with full stops, a question has its mark, or asks to be told."""
    asked = "?" in turn.text or any(hit.rule.name in _ASKS_TO_BE_TOLD and not hit.blocked for hit in hits)
    if "clarify" in probabilities and "." in turn.text and not asked:
        probabilities["clarify"] *= DENIED_SHARE


def _give_the_benefit_of_the_doubt(probabilities: dict[str, float], hits: Iterable[Hit]) -> None:
    """An accusation needs grounds: a false one costs the trainee more than one that is missed.

    The thresholds already prefer precision (`models/judgement/regression.py`). A harm that no cue speaks for must be
    surer still: rudeness always, blame where the turn plainly asks, every harm where its cues are all denied ("you
    didn't do anything wrong") or the same turn is plainly kind ("Oh dear, that sounds exhausting").
    Where the turn takes blame or doubt off the customer, even one with grounds must be all but certain.
    """
    grounds = {hit.rule.behaviour for hit in hits if not hit.blocked and hit.rule.confidence >= GROUNDS_AT}
    denied = {hit.rule.behaviour for hit in hits if hit.blocked} - grounds
    absolved = any(hit.rule.name == ABSOLVED and not hit.blocked for hit in hits)
    kind = max((probabilities.get(kindness, 0.0) for kindness in _PLAINLY_KIND), default=0.0) >= KIND_AT
    asks = probabilities.get("clarify", 0.0) >= ASKS_AT

    def needed(harm: str) -> float:
        if absolved:
            return ABSOLVED_NEEDED
        if harm in grounds:
            return 0.0
        if kind or harm in denied:
            return DENIED_NEEDED
        return UNGROUNDED_NEEDED if harm == "rude" or (harm == "blaming" and asks) else 0.0

    for harm in _HARMS_WITHOUT_FORMULA & probabilities.keys():
        if probabilities[harm] < needed(harm):
            del probabilities[harm]
    if "blaming" in denied:  # "no, it wasn't your mistake": whoever takes the blame off them does not argue
        probabilities.pop("arguing", None)


def _evidence(behaviour: str, text: str, turn: Plain, hits: Iterable[Hit], scores: Scores | None) -> str:
    own = [hit for hit in hits if hit.rule.behaviour == behaviour and not hit.blocked and hit.rule.confidence > COUNTER]
    if own:
        surest = max(own, key=lambda hit: (hit.rule.confidence, hit.end - hit.start, -hit.start))
        return quote(text, turn, surest.start, surest.end)
    if scores is not None and scores.clauses:
        parts = scores.clauses[1:] or scores.clauses
        clause = max(parts, key=lambda c: c.labels.get(behaviour, 0.0))
        return " ".join(text[clause.start : clause.end].split(" ")[: _EVIDENCE_WORDS * 2])
    return text.strip()


def quote(text: str, turn: Plain, start: int, end: int) -> str:
    """The words of the original that plain[start:end] stands for."""
    first, last = turn.original(start, end)
    return text[first:last]


def _names(found: Found, text: str, turn: Plain, context: Context) -> None:
    hits = list(find_names(turn, context.customer_name))
    rightly = any(hit.right for hit in hits)
    for hit in hits:
        if not hit.right and (rightly or hit.name == context.agent_name.lower()):
            continue  # "Sarah, repairs team" is who speaks, and so is Alex in "Hi Ruth, Alex"
        behaviour = "name_use" if hit.right else "wrong_name"
        words = quote(text, turn, hit.start, hit.end)
        found.setdefault(behaviour, Behaviour(behaviour, 0.95 if hit.right else 0.8, words, about=hit.name))


_CONTRADICTS = ("arguing", "rude", "blaming", "rush", "policy")


def _give_back(found: Found, text: str, context: Context) -> None:
    """The customer's own facts in the trainee's words; a question that only repeats them is no clarifying question."""
    given = paraphrase(text, context.heard) if context.heard else None
    if given is None or any(behaviour in found for behaviour in _CONTRADICTS):
        return
    confidence, words = given
    found["paraphrase"] = Behaviour("paraphrase", round(confidence, 3), words)
    if "clarify" in found and only_repeats(text, context.heard):
        del found["clarify"]
