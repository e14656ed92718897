"""Who is accused must have said it: where the scores of a turn, or of one sentence, are believed less. Pure."""

from collections.abc import Iterable, Sequence

from dialogue.content.rules.denial import ABSOLVED
from dialogue.content.rules.idiom import FAREWELL, RELIEVED
from dialogue.content.rules.rule import Hit

DENIED_SHARE = 0.5
GROUNDS_AT = 0.5
"""A cue this sure speaks for a harm."""
DENIED_NEEDED = 0.8
UNGROUNDED_NEEDED = 0.75
"""Rudeness that no cue knows. Chosen on small talk and warm idiom, where two in three lines read as rude were below."""
ASKS_AT = 0.6
ASKED_NEEDED = 0.85
"""A plain question: "Did you set the clock?" blames nobody, unless the classifier is surer of it than this."""
ABSOLVED_NEEDED = 0.95
KIND_AT = 0.8
ACT_AT = 0.5
"""The scorer shifts its probabilities so that the best threshold of each label lies here."""
LIMIT_AT = 0.2
"""Training sentences with the words of a limit that are none score below, order calm, are rude, or warn."""
_PLAINLY_KIND = ("empathy", "apology", "ownership")
HARMS_WITHOUT_FORMULA = frozenset({"rude", "arguing", "blaming"})
_SET_PHRASES = ("look_up", "step_offer", "hold_reason")
"""Rarely in the training sentences, and hardly ever done in other words than the cues know."""
SET_PHRASE_AT = 0.2
_FORMULAIC = ("apology", "calm_down", "empty_promise", "know_how_feel", "manager_offer", "thanks")
"""Hardly ever done in other words than the cues know."""
_FAULT = frozenset(f"ownership/{cue}" for cue in ("admits", "mistake", "on_us", "us_not_you", "we_failed"))
"""Cues of ownership that name a fault; the others say what is taken on."""
_EASY, _LET_ME = "calm_down/easy", "ownership/let_me"
UNNAMED_NEEDED = 0.9
"""An offer of the manager without a cue of it."""
_BESIDE_A_DENIAL = {"blaming": UNGROUNDED_NEEDED, "ownership": 0.9}
"""How sure the classifier must be of these, without a cue, in what contradicts: it takes the one for the other."""


def give_the_benefit_of_the_doubt(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Lower, in place, the scores of a turn that its cues (`hits`) speak against, or that nothing speaks for.
    A limit that has words of its own is raised."""
    _hold_back(probabilities, hits)
    _say_what_they_do(probabilities, hits)
    _want_the_manager_named(probabilities, hits)
    _want_grounds(probabilities, hits)
    _hear_a_denial(probabilities, hits)
    _see_through_a_non_apology(probabilities)
    _see_another_way(probabilities)
    _hear_a_limit(probabilities, hits)
    _hear_a_set_phrase(probabilities, hits)


def grounds(hits: Iterable[Hit]) -> frozenset[str]:
    """Behaviours that a cue speaks for, surely enough."""
    return frozenset(hit.rule.behaviour for hit in hits if not hit.blocked and hit.rule.confidence >= GROUNDS_AT)


def _hold_back(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Where every cue of a formulaic behaviour is negated, reported or otherwise blocked, the score must be surer; and
    so must it where a fault is only denied ("I can't say that we made a mistake")."""
    free = {hit.rule.behaviour for hit in hits if not hit.blocked}
    for behaviour in {hit.rule.behaviour for hit in hits} - free:
        if behaviour in _FORMULAIC and behaviour in probabilities:
            probabilities[behaviour] *= DENIED_SHARE
    denied = "ownership" not in free and any(hit.rule.name in _FAULT for hit in hits)
    if denied and probabilities.get("ownership", 0.0) < ABSOLVED_NEEDED:
        probabilities.pop("ownership", None)


def hear_a_farewell(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """ "Take it easy" beside a goodbye orders nobody to be calm, unless another cue says so."""
    leaves = any(hit.rule.name == FAREWELL for hit in hits)
    orders = any(hit.rule.behaviour == "calm_down" and hit.rule.name != _EASY and not hit.blocked for hit in hits)
    if leaves and not orders:
        probabilities.pop("calm_down", None)


def _say_what_they_do(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Who says what they look at keeps nobody waiting unasked; who makes sure of what was said takes nothing on."""
    free = {hit.rule.behaviour for hit in hits if not hit.blocked}
    blocked = {hit.rule.name for hit in hits if hit.blocked}
    if "look_up" in free and probabilities.get("hold_demand", 0.0) < ABSOLVED_NEEDED:
        probabilities.pop("hold_demand", None)
    if _LET_ME in blocked and "recap" in free and "ownership" not in free:
        probabilities.pop("ownership", None)


def _want_the_manager_named(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Who is put through is gone: where no cue speaks of a manager, the offer must be all but certain."""
    named = any(hit.rule.behaviour == "manager_offer" for hit in hits)
    if not named and probabilities.get("manager_offer", 0.0) < UNNAMED_NEEDED:
        probabilities.pop("manager_offer", None)


def _want_grounds(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """An accusation needs grounds: a false one costs the trainee more than one that is missed.

    The thresholds already prefer precision (`models/judgement/regression.py`). A harm that no cue speaks for must be
    surer still: rudeness always, blame where the turn plainly asks, every harm where its cues are all denied ("you
    didn't do anything wrong") or the same turn is plainly kind ("Oh dear, that sounds exhausting").
    Where the turn takes blame or doubt off the customer, even one with grounds must be all but certain.
    """
    grounded = grounds(hits)
    denied = {hit.rule.behaviour for hit in hits if hit.blocked} - grounded
    absolved = any(hit.rule.name.startswith(ABSOLVED) and not hit.blocked for hit in hits)
    kind = max((probabilities.get(kindness, 0.0) for kindness in _PLAINLY_KIND), default=0.0) >= KIND_AT
    asks = probabilities.get("clarify", 0.0) >= ASKS_AT

    def needed(harm: str) -> float:
        if absolved:
            return ABSOLVED_NEEDED
        if harm in grounded:
            return 0.0
        if kind or harm in denied:
            return DENIED_NEEDED
        if harm == "blaming" and asks:
            return ASKED_NEEDED
        return UNGROUNDED_NEEDED if harm == "rude" else 0.0

    for harm in HARMS_WITHOUT_FORMULA & probabilities.keys():
        if probabilities[harm] < needed(harm):
            del probabilities[harm]
    relieved = any(hit.rule.name == RELIEVED and not hit.blocked for hit in hits)
    if relieved and "dont_know" not in grounded:
        probabilities.pop("dont_know", None)  # what they need not do is no dead end
    sums_up = any(hit.rule.behaviour == "recap" and not hit.blocked for hit in hits)
    if "rush" not in grounded and sums_up and probabilities.get("rush", 0.0) < ABSOLVED_NEEDED:
        probabilities.pop("rush", None)  # who says it back does not push past it
    asks_about_it = any(hit.rule.name == "clarify/asks_fact" and not hit.blocked for hit in hits)
    for_data = any(hit.rule.name == "clarify/identity" for hit in hits)
    if "rush" not in grounded and asks_about_it and not for_data and probabilities.get("rush", 0.0) < ACT_AT:
        probabilities.pop("rush", None)  # a question about the matter is no haste that only the situation makes likely
    argues = probabilities.get("arguing", 0.0)
    if "blaming" in denied and not ("arguing" in grounded and argues >= ABSOLVED_NEEDED):
        probabilities.pop("arguing", None)  # "no, it wasn't your mistake": who takes the blame off them does not argue


def _hear_a_denial(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Who contradicts neither accuses nor owns up ("That isn't our mistake", "I wouldn't call it that, it's my job"),
    unless a cue says so."""
    cues = grounds(hits)
    if probabilities.get("arguing", 0.0) >= ACT_AT or "arguing" in cues:
        for other, needed in _BESIDE_A_DENIAL.items():
            if other not in cues and probabilities.get(other, 0.0) < needed:
                probabilities.pop(other, None)


def _see_through_a_non_apology(probabilities: dict[str, float]) -> None:
    """Who is sorry that they took it that way is not sorry."""
    if probabilities.get("non_apology", 0.0) >= ACT_AT and probabilities.get("apology", 0.0) < ABSOLVED_NEEDED:
        probabilities.pop("apology", None)


def _see_another_way(probabilities: dict[str, float]) -> None:
    """A rule with a way round it hides no refusal."""
    if probabilities.get("option", 0.0) >= ACT_AT and probabilities.get("policy", 0.0) < ABSOLVED_NEEDED:
        probabilities.pop("policy", None)


def _hear_a_limit(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """A limit has words of its own: "please don't talk to me like that" is one where the classifier is in two minds,
    and no order to be calm, unless it gives one besides."""
    cues = grounds(hits)
    orders = "calm_down" in cues or probabilities.get("calm_down", 0.0) >= ABSOLVED_NEEDED
    rude = any(probabilities.get(harm, 0.0) >= ACT_AT for harm in HARMS_WITHOUT_FORMULA)
    if "boundary" in cues and probabilities.get("boundary", 0.0) >= LIMIT_AT and not (orders or rude):
        probabilities["boundary"] = max(probabilities["boundary"], ACT_AT)
        probabilities.pop("calm_down", None)


def _hear_a_set_phrase(probabilities: dict[str, float], hits: Sequence[Hit]) -> None:
    """Idiom of contempt says what it says, though it is only just believed: few of its phrases stand in the training
    sentences. Nor do many of the everyday phrases of help, where the classifier is in two minds."""
    kind = max((probabilities.get(kindness, 0.0) for kindness in _PLAINLY_KIND), default=0.0) >= KIND_AT
    absolved = any(hit.rule.name.startswith(ABSOLVED) and not hit.blocked for hit in hits)
    for hit in hits:
        behaviour = hit.rule.behaviour
        idiom = hit.rule.alone and not (kind or absolved)
        helps = behaviour in _SET_PHRASES and probabilities.get(behaviour, 0.0) >= SET_PHRASE_AT
        if not hit.blocked and (idiom or helps):
            probabilities[behaviour] = max(probabilities.get(behaviour, 0.0), ACT_AT)
