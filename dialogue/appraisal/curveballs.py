"""When the customer brings up something of their own, by a pack's curveballs, and how it is answered. Pure."""

from dataclasses import replace
from random import Random

from dialogue.appraisal.agent_name import name_asked_for
from dialogue.appraisal.appraise import Turn, with_findings
from dialogue.appraisal.promises import doubtful
from dialogue.appraisal.settling import Steps
from dialogue.events import Behaviour
from dialogue.language import quote
from dialogue.mood import Finding
from dialogue.mood.effects import EFFECTS, HARMS
from dialogue.persona import Curveball
from dialogue.state import CallState, Case

MOST_SHARED = 2
"""Curveballs of a call that come from the shared file: the pack's own make the story."""

UNPROVOKED_SHARE = 0.25
"""Of the points for taking well what a trainer has thrown: nothing of the call had led to it, and there is nothing to
make good. What the answer is worth by itself counts all the same."""

FACING_TURNS = 2
"""Turns that may pass before one has to be answered, as long as they help."""
_NAME = "own_name"


def arm(state: CallState, turn: Turn) -> Case:
    """The case with the curveballs that this turn sets off waiting for the customer's answer."""
    case = state.case
    for ball in state.pack.curveballs:
        if ball.id not in case.fired and _holds(ball, state, turn):
            fired, provoked = case.fired | {ball.id}, case.provoked | {ball.id}
            return replace(case, fired=fired, provoked=provoked, waiting=(*case.waiting, ball.id))  # one at a time
    return case


def due(state: CallState) -> tuple[float, Curveball] | None:
    """The next curveball that time alone sets off, and when; only while the trainee is silent."""
    ready = [
        (ball.when.after_seconds, ball)
        for ball in state.pack.curveballs
        if ball.when.after_seconds is not None
        and ball.id not in state.case.fired
        and not (ball.when.behaviour or ball.when.any_behaviour)
        and fits(ball, state)
    ]
    return min(ready, key=lambda pair: pair[0], default=None)


def _holds(ball: Curveball, state: CallState, turn: Turn) -> bool:
    when = ball.when
    if when.after_seconds is not None and state.t < when.after_seconds:
        return False
    if when.behaviour is not None and when.behaviour not in turn.ids:
        return False
    if when.any_behaviour and not turn.ids.intersection(when.any_behaviour):
        return False
    brought = _shown(turn).keys() | {*turn.meant.offers, *state.case.met}  # what was met need not be said again
    return not brought.intersection(when.unless) and fits(ball, state)


def fits(ball: Curveball, state: CallState) -> bool:
    """Whether its conditions hold now, those of time and of the trainee's turn left out."""
    when, case = ball.when, state.case
    return (
        not case.agreed
        and state.memory.turn >= when.from_turn
        and state.memory.turn - case.progress_turn >= when.stalled_turns
        and (not when.phases or case.phase in when.phases)
        and when.anger_at_least <= state.mood.anger <= when.anger_at_most
        and when.trust_at_least <= state.mood.trust <= when.trust_at_most
        and (when.named is None or when.named == bool(state.memory.agent))
        and case.facts.issuperset(when.facts_known)
        and case.facts.isdisjoint(when.facts_open)
        and set(case.met).issuperset(when.needs_met)
        and set(case.met).isdisjoint(when.needs_open)
        and _not_crowded(ball, state)
        and (when.chance == 1.0 or Random(f"{state.started.seed} {ball.id}").random() < when.chance)
    )


def _not_crowded(ball: Curveball, state: CallState) -> bool:
    """The shared ones give way to the pack's own, and come seldom."""
    case, shared = state.case, state.pack.shared
    if ball.id not in shared or ball.id in case.fired:
        return True
    return not (case.facing or case.waiting) and len(case.fired & shared) < MOST_SHARED


def faced(case: Case, ball: Curveball) -> Case:
    """The case once they have said it: the trainee has to answer it."""
    return replace(case, facing=ball.id, patience_left=FACING_TURNS)


def introduced(state: CallState, turn: Turn) -> Turn:
    """The turn with the name in it that the customer has just asked for, however shortly it is given."""
    asked = bool(state.case.facing) and _NAME in state.pack.curveball(state.case.facing).expects
    if asked and _NAME not in turn.ids and (given := name_asked_for(turn.text)):
        return replace(turn, ids=turn.ids | {_NAME}, agent=turn.agent or given)
    return turn


def answered(state: CallState, turn: Turn, steps: Steps) -> tuple[Turn, Case]:
    """How the turn dealt with what the customer threw at it, and the case then; a turn that helps in another way is
    let pass. Help that they doubt, or are too angry to hear, answers nothing."""
    case = state.case
    if not case.facing:
        return turn, case
    ball = state.pack.curveball(case.facing)
    offers = set(turn.meant.offers).difference(steps.doubted, steps.heated)
    doubted = {one.id for one in turn.behaviours if _promises(one) and doubtful(turn.text, one.evidence)}
    elsewhere = _about_another(state, ball, turn)
    shown = _shown(turn)
    answers = (shown.keys() - doubted - elsewhere | offers) & set(ball.expects)
    if state.memory.last_line.rstrip().endswith("?"):
        answers -= {"clarify"}  # a question back is no answer to a question; it may still come
    if answers and not turn.harm:
        said = shown | dict(turn.meant.words)
        words = next((said[name] for name in ball.expects if name in answers and said.get(name)), quote(turn.text))
        points = ball.handled if ball.id in case.provoked else ball.handled * UNPROVOKED_SHARE
        finding = Finding("curveball", words, points, ball.id, f"curveball:{ball.id}", ball.title)
        return with_findings(turn, finding), replace(case, facing="")
    meant = turn.meant
    asks = bool(meant.asks or meant.question or meant.open_question or meant.check)
    helpful = not turn.harm and (asks or bool(meant.offers) or any(one.id not in HARMS for one in turn.findings))
    if helpful:  # it may come later; after a while it is forgotten
        open_still = case.patience_left > 0
        return turn, replace(case, facing=ball.id if open_still else "", patience_left=case.patience_left - 1)
    missed = Finding("curveball", quote(turn.text), ball.missed, ball.id, f"curveball:{ball.id}", ball.title)
    return with_findings(turn, missed), replace(case, facing="")


def _shown(turn: Turn) -> dict[str, str]:
    """What the turn does, with its words: its behaviours, and what only the call makes of it, as taking the blame off
    them."""
    shown = dict.fromkeys(turn.ids, "") | {one.id: one.evidence for one in turn.findings}
    return shown | {one.id: one.evidence for one in turn.behaviours}


def _about_another(state: CallState, ball: Curveball, turn: Turn) -> frozenset[str]:
    """The helpful behaviours of the turn that stand in words about a need which is none of those that the author names
    as an answer: who asks not to be put on hold is not answered by a new delivery date."""
    needs = {need.id for need in state.pack.settlement}
    if needs.isdisjoint(ball.expects):
        return frozenset()
    other = [turn.meant.words.get(name, "") for name in turn.meant.offers if name not in ball.expects]
    return frozenset(
        one.id for one in turn.behaviours if _promises(one) and any(one.evidence in words for words in other if words)
    )


def _promises(one: Behaviour) -> bool:
    return EFFECTS[one.id].kind == "task"
