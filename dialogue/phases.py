"""How far the case has come: phases, the levels that anger tends to, and how a call ends. Pure."""

from dialogue.events import Outcome, Phase
from dialogue.mood.effects import HANDOVER
from dialogue.persona import Need, Pack
from dialogue.state import CallState, Case

ORDER: tuple[Phase, ...] = ("greeting", "venting", "explaining", "negotiating", "resolving", "closing", "ended")
HEARD_SHARE = 0.15
SETTLEMENT_SHARE = 0.75
EFFORT_SHARE = 0.1
"""The three add up to 1: what being heard, the needs and other helpful steps contribute to a solved case."""
EFFORTS_COUNTED = 4
PARTLY = 0.5
"""Share of a need's weight that counts when it is promised without a time or too early."""
SPOILED = 10.0
"""Anger points above `settled_below` at which an agreement is off again, or does not come about with a goodbye."""
RESIGNED_PROGRESS = 0.35
ENOUGH_SHARE = 0.6
"""Share of the required needs, by weight, for which a customer may leave it."""
ENOUGH_COOLER = 8.0
"""Anger points below `settled_below` that this takes."""
CLOSING = frozenset({"close", "recap", "thanks", "feedback_thanks"})
CLOSING_TURNS = 2
"""Turns without anything new after which a customer who has agreed says goodbye by themselves."""


def progress(case: Case, pack: Pack) -> float:
    """0 nothing is solved .. 1 all is."""
    total = sum(need.weight for need in pack.settlement)
    met = sum(need.weight * _share(need, case) for need in pack.settlement) / total
    effort = min(case.effort, EFFORTS_COUNTED) / EFFORTS_COUNTED
    return min(1.0, HEARD_SHARE * case.heard + SETTLEMENT_SHARE * met + EFFORT_SHARE * effort * case.heard)


def level(unsolved: float, solved: float, done: float) -> float:
    """The resting level or floor of a case solved to the share `done`."""
    return unsolved + (solved - unsolved) * done


def settled(case: Case, pack: Pack) -> bool:
    return all(need.id in case.met for need in pack.settlement if need.required)


def enough(case: Case, pack: Pack, anger: float) -> bool:
    """Whether a customer who has cooled off leaves it at a part of the settlement: most of what had to be done."""
    required = [need for need in pack.settlement if need.required]
    share = sum(need.weight * _share(need, case) for need in required) / sum(need.weight for need in required)
    return share >= ENOUGH_SHARE and anger < pack.settled_below - ENOUGH_COOLER


def leaves_it(case: Case, pack: Pack, anger: float) -> bool:
    """Whether a customer who is asked for more, or bid goodbye, leaves it there: all is settled and they are no angrier
    than with an agreement they would stand by, or they have cooled off over most of it."""
    return (settled(case, pack) and anger < pack.settled_below + SPOILED) or enough(case, pack, anger)


def next_need(case: Case, pack: Pack) -> Need | None:
    """The open need that comes next: required ones first, in the pack's order."""
    left = [need for need in pack.settlement if need.id not in case.met]
    ready = [need for need in left if all(name in case.met for name in need.after)]
    return min(ready or left, key=lambda need: not need.required, default=None)


def awaited_needs(state: CallState) -> frozenset[str]:
    """Ids of the needs that a few words are an answer to: the one that the customer's last words ask for, or for the
    day of; where they ask for none and something has been settled already, the one that comes next."""
    memory, pack = state.memory, state.pack
    asked = {memory.wanted, memory.due} - {""}
    if not asked and under_way(state.case, pack) and (following := next_need(state.case, pack)):
        asked = {following.id}
    return frozenset(name for name in asked if pack.need(name).kind in ("explain", "offer"))


def heard_out(case: Case, pack: Pack) -> bool:
    """All of the story told; or acknowledged, and two pieces of it told, or one piece and two questions answered."""
    enough = case.told >= 1 and 2 * case.told + len(case.asked) >= 4
    return case.heard or case.told >= len(pack.vent) or (case.acknowledged and enough)


def confided(state: CallState) -> bool:
    """Whether the customer has just told something about themselves, behind whatever else they said."""
    act = state.memory.last_act
    if act.kind in ("answer", "again") and state.pack.fact(act.about).caring:
        return True
    told = (fact.answers for fact in state.pack.facts if fact.caring)
    lines = (line for pool in told for lines in pool.values() for line in lines)
    return any(line[1:] in state.memory.last_line for line in lines)  # its first letter may stand behind an opening


def under_way(case: Case, pack: Pack) -> bool:
    """Whether something of what they came for has been explained or offered: from there on nobody complains anew."""
    return any(pack.need(name).kind in ("explain", "offer") for name in case.met)


def phase(case: Case, pack: Pack, *, solving: bool) -> Phase:
    """Where the call stands. It goes back only from closing, when an agreement is spoiled."""
    offers = {need.id for need in pack.settlement if need.kind == "offer"}
    if case.agreed:
        reached: Phase = "closing"
    elif offers & set(case.met):
        reached = "resolving"
    elif case.heard and (solving or case.met or case.partly):
        reached = "negotiating"
    elif case.heard:
        reached = "explaining"
    else:
        reached = "venting" if case.told else "greeting"
    before = "resolving" if case.phase == "closing" and not case.agreed else case.phase
    return max(before, reached, key=ORDER.index)


def ending(state: CallState, *, harmed: bool, ids: frozenset[str], goodbye: bool, going_on: bool) -> Outcome | None:
    """How the call ends with the customer's answer to this turn, if it does.

    `going_on`: the turn asked or offered something that wants an answer.
    """
    case, temper, anger = state.case, state.pack.mood, state.mood.anger
    if anger >= temper.hang_up_at and case.warned and harmed:
        return "hung_up"
    if goodbye and by_policy(state):
        return "ended_by_policy"
    gave_up = state.memory.turn - case.progress_turn >= state.pack.patience_turns
    offered_before = any(state.memory.used.get(name, 0) > 1 for name in HANDOVER)
    if ids & HANDOVER and (case.manager_asked or offered_before or gave_up or anger >= temper.furious):
        return "escalated"  # the first time, and while they can still be reached, they would rather you tried
    if case.agreed and case.phase == "closing" and not harmed and not going_on:
        closing = goodbye or bool(ids & CLOSING)
        return "satisfied" if closing or state.memory.turn - case.progress_turn >= CLOSING_TURNS else None
    left_twice = goodbye and case.farewells >= 2 and (harmed or not leaves_it(case, state.pack, anger))
    if gave_up or left_twice:
        return "hung_up" if anger >= temper.furious else "resigned"
    return None


def by_policy(state: CallState) -> bool:
    """Whether the trainee may end the call over the customer's language: it was bad, and the warnings were given."""
    conduct = state.pack.conduct
    return conduct.vulgar and not state.case.agreed and state.case.warnings >= conduct.warnings


def ended_by_trainee(state: CallState) -> Outcome:
    """What it amounts to when the trainee puts the phone down. Who does so on a question, or while the customer
    is speaking, leaves doubts behind."""
    case, pack, floor = state.case, state.pack, state.floor
    if case.agreed:
        in_their_words = floor.line is not None or bool(floor.unheard)
        return "resigned" if in_their_words or state.memory.last_line.rstrip().endswith("?") else "satisfied"
    if by_policy(state):
        return "ended_by_policy"
    if progress(case, pack) >= RESIGNED_PROGRESS and state.mood.anger < pack.mood.angry:
        return "resigned"
    return "abandoned"


def _share(need: Need, case: Case) -> float:
    return 1.0 if need.id in case.met else PARTLY if need.id in case.partly else 0.0
