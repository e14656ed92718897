"""How far the case has come: phases, the levels that anger tends to, and how a call ends. Pure."""

from dialogue.events import Outcome, Phase
from dialogue.mood.effects import HANDOVER
from dialogue.persona import Need, Pack
from dialogue.state import CallState, Story

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


def progress(story: Story, pack: Pack) -> float:
    """0 nothing is solved .. 1 all is."""
    total = sum(need.weight for need in pack.settlement)
    met = sum(need.weight * _share(need, story) for need in pack.settlement) / total
    effort = min(story.effort, EFFORTS_COUNTED) / EFFORTS_COUNTED
    return min(1.0, HEARD_SHARE * story.heard + SETTLEMENT_SHARE * met + EFFORT_SHARE * effort * story.heard)


def level(unsolved: float, solved: float, done: float) -> float:
    """The resting level or floor of a case solved to the share `done`."""
    return unsolved + (solved - unsolved) * done


def settled(story: Story, pack: Pack) -> bool:
    return all(need.id in story.met for need in pack.settlement if need.required)


def enough(story: Story, pack: Pack, anger: float) -> bool:
    """Whether a customer who has cooled off leaves it at a part of the settlement: most of what had to be done."""
    required = [need for need in pack.settlement if need.required]
    share = sum(need.weight * _share(need, story) for need in required) / sum(need.weight for need in required)
    return share >= ENOUGH_SHARE and anger < pack.settled_below - ENOUGH_COOLER


def leaves_it(story: Story, pack: Pack, anger: float) -> bool:
    """Whether a customer who is asked for more, or bid goodbye, leaves it there: all is settled and they are no angrier
    than with an agreement they would stand by, or they have cooled off over most of it."""
    return (settled(story, pack) and anger < pack.settled_below + SPOILED) or enough(story, pack, anger)


def next_need(story: Story, pack: Pack) -> Need | None:
    """The open need that comes next: required ones first, in the pack's order."""
    left = [need for need in pack.settlement if need.id not in story.met]
    ready = [need for need in left if all(name in story.met for name in need.after)]
    return min(ready or left, key=lambda need: not need.required, default=None)


def awaited_needs(state: CallState) -> frozenset[str]:
    """Ids of the needs that a few words are an answer to: the one that the customer's last words ask for, or for the
    day of; where they ask for none and something has been settled already, the one that comes next."""
    memory, pack = state.memory, state.pack
    asked = {memory.wanted, memory.due} - {""}
    if not asked and under_way(state.story, pack) and (following := next_need(state.story, pack)):
        asked = {following.id}
    return frozenset(name for name in asked if pack.need(name).kind in ("explain", "offer"))


def heard_out(story: Story, pack: Pack) -> bool:
    """All of the story told; or acknowledged, and two pieces of it told, or one piece and two questions answered."""
    enough = story.told >= 1 and 2 * story.told + len(story.asked) >= 4
    return story.heard or story.told >= len(pack.vent) or (story.acknowledged and enough)


def confided(state: CallState) -> bool:
    """Whether the customer has just told something about themselves, behind whatever else they said."""
    act = state.memory.last_act
    if act.kind in ("answer", "again") and state.pack.fact(act.about).caring:
        return True
    told = (fact.answers for fact in state.pack.facts if fact.caring)
    lines = (line for pool in told for lines in pool.values() for line in lines)
    return any(line[1:] in state.memory.last_line for line in lines)  # its first letter may stand behind an opening


def under_way(story: Story, pack: Pack) -> bool:
    """Whether something of what they came for has been explained or offered: from there on nobody complains anew."""
    return any(pack.need(name).kind in ("explain", "offer") for name in story.met)


def phase(story: Story, pack: Pack, *, solving: bool) -> Phase:
    """Where the call stands. It goes back only from closing, when an agreement is spoiled."""
    offers = {need.id for need in pack.settlement if need.kind == "offer"}
    if story.agreed:
        reached: Phase = "closing"
    elif offers & set(story.met):
        reached = "resolving"
    elif story.heard and (solving or story.met or story.partly):
        reached = "negotiating"
    elif story.heard:
        reached = "explaining"
    else:
        reached = "venting" if story.told else "greeting"
    before = "resolving" if story.phase == "closing" and not story.agreed else story.phase
    return max(before, reached, key=ORDER.index)


def ending(state: CallState, *, harmed: bool, ids: frozenset[str], goodbye: bool, going_on: bool) -> Outcome | None:
    """How the call ends with the customer's answer to this turn, if it does.

    `going_on`: the turn asked or offered something that wants an answer.
    """
    story, temper, anger = state.story, state.pack.mood, state.mood.anger
    if anger >= temper.hang_up_at and story.warned and harmed:
        return "hung_up"
    if goodbye and by_policy(state):
        return "ended_by_policy"
    gave_up = state.memory.turn - story.progress_turn >= state.pack.patience_turns
    offered_before = any(state.memory.used.get(name, 0) > 1 for name in HANDOVER)
    if ids & HANDOVER and (story.manager_asked or offered_before or gave_up or anger >= temper.furious):
        return "escalated"  # the first time, and while they can still be reached, they would rather you tried
    if story.agreed and story.phase == "closing" and not harmed and not going_on:
        closing = goodbye or bool(ids & CLOSING)
        return "satisfied" if closing or state.memory.turn - story.progress_turn >= CLOSING_TURNS else None
    left_twice = goodbye and story.farewells >= 2 and (harmed or not leaves_it(story, state.pack, anger))
    if gave_up or left_twice:
        return "hung_up" if anger >= temper.furious else "resigned"
    return None


def by_policy(state: CallState) -> bool:
    """Whether the trainee may end the call over the customer's language: it was bad, and the warnings were given."""
    conduct = state.pack.conduct
    return conduct.vulgar and not state.story.agreed and state.story.warnings >= conduct.warnings


def ended_by_trainee(state: CallState) -> Outcome:
    """What it amounts to when the trainee puts the phone down. Who does so on a question, or while the customer
    is speaking, leaves doubts behind."""
    story, pack, floor = state.story, state.pack, state.floor
    if story.agreed:
        in_their_words = floor.line is not None or bool(floor.unheard)
        return "resigned" if in_their_words or state.memory.last_line.rstrip().endswith("?") else "satisfied"
    if by_policy(state):
        return "ended_by_policy"
    if progress(story, pack) >= RESIGNED_PROGRESS and state.mood.anger < pack.mood.angry:
        return "resigned"
    return "abandoned"


def _share(need: Need, story: Story) -> float:
    return 1.0 if need.id in story.met else PARTLY if need.id in story.partly else 0.0
