"""From what a turn did to what it does: the effects table scaled by persona, repetition, voice, trust and headroom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogue.mood.curve import Impulse
from dialogue.mood.effects import BEHAVIOURS, EFFECTS, HARMS, Effect

HEADROOM = 15.0
"""Anger points above the floor within which kindness loses its force, linearly. More than any one kindness has."""
MOST_SOOTHED = 0.98 * HEADROOM
"""Anger points that one kindness takes off at most: less than the headroom, so that none crosses the floor."""
RAISED_DAMPING = 0.65
"""Share of a soothing effect that is lost when the voice is fully raised."""
RAISED_BOUND = 0.3
"""Below this `raised` costs nothing: natural variation of a calm voice."""
MIXED = 0.4
"""What is left of a soothing effect in a turn that also hurts: the hurt is what is heard."""
MIXED_FROM = 3.5
"""Anger points from which a harm does that; what is only missing from a turn does not."""
OMISSIONS = frozenset({"curveball", "no_progress", "no_acknowledgement", "beside_the_point"})
"""Harms that lie in what a turn left out: they take nothing from what it did hold."""
SAME_SENTENCE = 0.4
"""Factor for each stronger harm in the same turn: one sentence that blames and argues is one offence, not two, and what
it left out is felt less behind what it said."""
CEILING = 25.0
"""Anger points below 100 within which a harm loses its force, linearly: who is beside themselves is hurt less by one
remark more, and no single turn takes a merely angry customer to the end of the scale."""
CROWDING = 0.78
"""Factor for each stronger soothing effect in the same turn: five phrases in a row are not five times as kind."""
MANNER = "well_put"
"""How the turn is put is no phrase among others, and has heard the hurt in it: neither takes from it."""

COURTESY = 0.3
"""How far politeness changes what an unkind word does: by half of this share at either end of its range."""
FAITHLESS = 0.5
"""What help is worth to whoever trusts nothing that is said; at a trust of 50 it is worth what the table says."""
AT_ONCE, BEYOND = 12.0, 0.5
"""Anger points that one turn may take at their full weight, and what is left of those beyond: relief takes time, and
nobody who was furious is calm again within a sentence."""
LEAST = 0.05
"""Anger points under which a kindness has no effect at all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a turn or a situation did: an effect id, how much of it, and what shows it."""

    id: str
    evidence: str
    amount: float = 1.0
    """Multiplier on the table."""
    about: str = ""
    """What it concerns, e.g. the need that was met."""
    cause: str = ""
    """The cause on the ledger where it is not the id, e.g. "curveball:nothing_done"."""
    title: str = ""
    """The author's name for what it concerns."""
    note: str = ""
    """What changes its amount, for the ledger, e.g. "how it is put: x0.50"."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the weighing needs to know of the customer."""

    effects: Mapping[str, float]
    """Effect id or kind -> multiplier."""
    soothing: float = 1.0
    harming: float = 1.0
    """The difficulty's multipliers."""
    politeness: float = 0.5
    """0 blunt .. 1 courteous even when angry: how much what is said to them brings them up."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the weighing needs to know of the moment."""

    anger: float
    trust: float
    floor: float
    """What kindness cannot get below just now."""
    raised: float
    used: Mapping[str, int]
    """Effect id -> how often before in this call."""


def weigh(findings: Sequence[Finding], person: Person, moment: Moment) -> tuple[Impulse, ...]:
    """Harm first, then what was solved, then kindness with what headroom is left. Pure.

    Kindness and unsolved promises never cross the floor: each takes at most |effect| / HEADROOM < 1 of the distance.
    """
    harms = [one for one in findings if one.id in HARMS]
    solved = [one for one in findings if not EFFECTS[one.id].promised]
    others = [one for one in findings if one.id not in HARMS and EFFECTS[one.id].promised]
    others.sort(key=lambda one: abs(EFFECTS[one.id].anger) * one.amount, reverse=True)
    said = sorted((one for one in harms if one.id in BEHAVIOURS), key=lambda one: -EFFECTS[one.id].anger * one.amount)
    impulses: list[Impulse] = []
    anger = moment.anger
    for one in (*said, *(one for one in harms if one not in said)):
        rank = said.index(one) if one in said else int(bool(said) and one.id in OMISSIONS)
        impulse = _harm(one, person, anger, rank)
        impulses.append(impulse)
        anger += impulse.anger
    mixed = any(EFFECTS[one.id].anger * one.amount >= MIXED_FROM for one in harms if one.id not in OMISSIONS)
    highest = max(moment.anger, anger)
    for one in solved:
        impulse = _relief(_soothe(one, person, moment, anger, 0, mixed), highest - anger)
        impulses.append(impulse)
        anger += impulse.anger
    manner = [(0, False, one) for one in others if one.id == MANNER]
    phrases = enumerate(one for one in others if one.id != MANNER)
    for rank, hurts, one in (*manner, *((rank, mixed, one) for rank, one in phrases)):
        impulse = _relief(_soothe(one, person, moment, anger, rank, hurts), highest - anger)
        if abs(impulse.anger) >= LEAST:
            impulses.append(impulse)
            anger += impulse.anger
    return tuple(impulses)


def _relief(impulse: Impulse, before: float) -> Impulse:
    """What is felt of it by whoever has been soothed by `before` points in this turn."""
    whole = min(-impulse.anger, max(AT_ONCE - before, 0.0))
    felt = whole + (-impulse.anger - whole) * BEYOND
    if felt >= -impulse.anger:
        return impulse
    note = f"{impulse.parameter}, much at once: x{felt / -impulse.anger:.2f}"
    return replace(impulse, anger=-felt, parameter=note)


def _persona(one: Finding, effect: Effect, person: Person) -> tuple[float, str]:
    own = person.effects.get(one.id, 1.0)
    factor = own * person.effects.get(effect.kind, 1.0)
    return factor, f"{one.id}_effect={own:g}"


def _harm(one: Finding, person: Person, anger: float, rank: int) -> Impulse:
    effect = EFFECTS[one.id]
    factor, parameter = _persona(one, effect, person)
    parameter += f", {one.note}" if one.note else ""
    if one.id in BEHAVIOURS and person.politeness != 0.5:
        courtesy = 1.0 + COURTESY * (0.5 - person.politeness)
        factor *= courtesy
        parameter += f", politeness={person.politeness:g}: x{courtesy:.2f}"
    if rank:
        factor *= SAME_SENTENCE**rank
        parameter += f", no. {rank + 1} in the turn: x{SAME_SENTENCE**rank:.2f}"
    scale = factor * one.amount * (person.harming if effect.anger * one.amount > 0 else 1.0)
    points = effect.anger * scale
    room = min(max((100.0 - anger) / CEILING, 0.0), 1.0)
    if points > 0 and room < 1.0:
        points *= room
        parameter += f", {100.0 - anger:.0f} below the top: x{room:.2f}"
    return Impulse(one.cause or one.id, one.evidence, points, effect.trust * scale, parameter, one.title)


def _soothe(one: Finding, person: Person, moment: Moment, anger: float, rank: int, mixed: bool) -> Impulse:
    effect = EFFECTS[one.id]
    factor, parameter = _persona(one, effect, person)
    notes = [parameter, *([one.note] if one.note else [])]
    scale = factor * one.amount * person.soothing
    times = moment.used.get(one.id, 0)
    if times and effect.again != 1.0:
        scale *= effect.again**times
        notes.append(f"time {times + 1}: x{effect.again**times:.2f}")
    if moment.raised > RAISED_BOUND:
        damping = 1.0 - RAISED_DAMPING * moment.raised
        scale *= damping
        notes.append(f"raised {moment.raised:.2f}: x{damping:.2f}")
    if effect.kind == "task" and effect.promised:
        faith = FAITHLESS + 2.0 * (1.0 - FAITHLESS) * moment.trust / 100.0
        scale *= faith
        notes.append(f"trust {moment.trust:.0f}: x{faith:.2f}")
    if mixed:
        scale *= MIXED
        notes.append(f"beside a hurt: x{MIXED}")
    if rank:
        scale *= CROWDING**rank
        notes.append(f"no. {rank + 1} in the turn: x{CROWDING**rank:.2f}")
    points = effect.anger * scale
    if effect.promised:
        headroom = min(max((anger - moment.floor) / HEADROOM, 0.0), 1.0)
        points = max(points, -MOST_SOOTHED) * headroom
        if headroom < 1.0:
            notes.append(f"floor {moment.floor:.0f}: x{headroom:.2f}")
    return Impulse(one.cause or one.id, one.evidence, points, effect.trust * scale, ", ".join(notes), one.title)
