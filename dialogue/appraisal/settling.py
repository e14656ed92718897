"""What a turn of the trainee moves in the case: facts that come out, needs met in full or in part, traps sprung.

The case moves here and nowhere else, except for what the customer's own answer tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogue import phases
from dialogue.appraisal.appraise import Turn, with_findings
from dialogue.appraisal.promises import doubtful
from dialogue.appraisal.situations import may_solve
from dialogue.events import Band
from dialogue.language import normal, quote
from dialogue.mood import Finding
from dialogue.mood.effects import ACKNOWLEDGING, OVER_PROMISE, SOLVING, TRAP
from dialogue.mood.weighing import MANNER
from dialogue.persona import Desk, Fact, Need, Trap
from dialogue.state import CallState, Case, Memory
from dialogue.understanding.asking import REQUEST
from dialogue.understanding.expected_answers import wanted
from dialogue.understanding.offering import LOOKING, NEGATED
from dialogue.understanding.retelling import read_out

LOOK_UPS = frozenset({"look_up", "find_out", "hold_permission", "hold_reason"})
"""Behaviours that say that something is being looked up."""
MOST_ANSWERS: Mapping[Band, int] = {"calm": 3, "irritated": 3, "angry": 2, "furious": 1}
"""How many questions of one turn are heard: who is beside themselves hears only one."""
UNFORGIVEN = frozenset({"rude", "blaming", "arguing", "calm_down", "wrong_name"})
"""Harms in whose company an offer or an explanation is not taken in."""
CONCRETE = frozenset({"plan_time", "step_offer"})
"""Behaviours that move the case on, though no need of theirs is about it."""
EMPTY_PROMISE = "empty_promise"
SWORN_FROM = 0.5
"""Share of an empty promise that has to be believed for it to take the substance from an offer beside it."""
ON_THE_DESK = 0.6
"""Share of a promise's telling words from which it is one that the desk allows."""
_PROMISING = SOLVING | {"extra_mile"}
"""Behaviours that are worth nothing in a turn that promises what is not theirs to give."""
SAME_AMOUNT = 0.005
"""Amounts nearer than this are one amount."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What a turn brought: need ids newly met, or heard and not yet complete, and what it should not have."""

    met: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()
    """Promised without a time."""
    unfigured: tuple[str, ...] = ()
    """Explained without the figures."""
    doubted: tuple[str, ...] = ()
    """Offered too early, without having looked, only if it suits, or in one breath with what nobody can keep."""
    heated: tuple[str, ...] = ()
    """Offered while the customer is too angry to talk about it: as if it had not been said."""
    again: tuple[str, ...] = ()
    """Met before, and said once more."""
    asked: tuple[str, ...] = ()
    """Fact ids asked for and heard, in order: each is told, or withheld."""
    withheld: tuple[str, ...] = ()
    """Those of them that are not told."""
    traps: tuple[str, ...] = ()
    """Trap ids sprung."""

    @property
    def partly(self) -> tuple[str, ...]:
        return (*self.untimed, *self.unfigured, *self.doubted)


def settle(state: CallState, turn: Turn) -> tuple[Turn, Case, Steps]:
    """The turn with what it did to the case among its findings, the case after it, and the steps it took."""
    before = state.case
    case, steps = _take(state, _counted(state, turn), turn)
    shares = sum(need.weight for need in state.pack.settlement)
    findings = [
        _need_met(turn, need, (1.0 - phases.PARTLY * (need.id in before.partly)) * need.weight / shares)
        for need in map(state.pack.need, steps.met)
    ]
    findings += [
        _need_met(turn, need, phases.PARTLY * need.weight / shares, "partly")
        for need in map(state.pack.need, steps.partly)
        if need.id not in before.partly and not _too_soon(need, state, before)
    ]
    traps = [state.pack.trap(name) for name in steps.traps]
    findings += [_trap(turn, trap) for trap in traps]
    told = set(steps.asked) - set(steps.withheld) - before.facts  # what is asked again moves nothing
    stepped = not turn.harm and bool(turn.ids & CONCRETE)
    if steps.met or steps.untimed or steps.unfigured or told or stepped:
        case = replace(case, progress_turn=turn.number)
    too_hot = state.mood.anger > state.pack.settled_below + phases.SPOILED
    if case.agreed and (turn.harm in UNFORGIVEN or (turn.harm and too_hot)):  # an insult in the closing undoes it
        case = replace(case, agreed=False)
    if traps:  # nobody hears how well that was put
        worthless = {MANNER} | (_PROMISING if any(trap.promise for trap in traps) else set())
        turn = replace(turn, findings=tuple(one for one in turn.findings if one.id not in worthless))
    return with_findings(turn, *findings), case, steps


def _counted(state: CallState, turn: Turn) -> Case:
    """The case with what this turn adds to its counts."""
    case = state.case
    asked = dict(case.asked)
    for name in turn.meant.asks:
        asked[name] = asked.get(name, 0) + 1
    return replace(
        case,
        asked=asked,
        acknowledged=case.acknowledged or (case.told > 0 and bool(turn.ids & ACKNOWLEDGING)),
        farewells=case.farewells + (1 if turn.goodbye and not case.agreed and case.told else 0),
        warnings=case.warnings + (1 if "conduct_warning" in turn.ids else 0),
        looked=case.looked or bool(turn.ids & LOOK_UPS) or bool(LOOKING.search(normal(turn.text))),
        figures=case.figures | turn.meant.figures,
    )


def _take(state: CallState, case: Case, turn: Turn) -> tuple[Case, Steps]:
    pack, meant = state.pack, turn.meant
    harmed = turn.harm in UNFORGIVEN
    opening = pack.hear_first and state.memory.turn == 0 and not state.case.told  # nothing yet that could be met
    asked = meant.asks[: MOST_ANSWERS[state.mood.band] if case.told else 1]  # who has yet to begin has a lot to say
    facts, withheld = _facts(state, turn, asked, harmed=harmed)
    walked_into = tuple(trap for trap in map(pack.trap, meant.traps) if not _allowed(trap, turn, pack.desk))
    traps = () if harmed else tuple(_traps(state, case, walked_into))
    empty = {meant.words[trap.id] for trap in walked_into if trap.promise}
    """The words that promise what is not theirs to give: they meet nothing, however often."""
    met: list[str] = []
    others: dict[str, list[str]] = {kind: [] for kind in ("untimed", "unfigured", "doubted", "heated", "again")}
    partly = set(case.partly)
    shown = dict(case.shown)
    for need in pack.settlement:
        if need.id in case.met:
            others["again"] += [need.id] if need.id in meant.offers else []
            continue
        brought = _brought(need, turn, facts, partly, case, state.memory)
        if (
            not brought
            or meant.words.get(need.id) in empty
            or (opening and need.kind != "show")
            or (harmed and need.kind != "learn")
        ):
            continue
        if need.kind == "show":
            shown[need.id] = shown.get(need.id, 0) + 1
        lacking = _lacking(need, state, case, turn, (*case.met, *met), shown)
        if not lacking:
            met.append(need.id)
            partly.discard(need.id)
        elif lacking != "more":
            others[lacking].append(need.id)
            if lacking != "heated":
                partly.add(need.id)
    helped = turn.ids & (SOLVING | {"find_out", "extra_mile"}) and not harmed and not met
    moved = replace(
        case,
        facts=facts,
        met=(*case.met, *met),
        partly=frozenset(partly),
        shown=shown,
        sprung=case.sprung | set(traps),
        effort=case.effort + (1 if helped else 0),
    )
    return moved, Steps(
        tuple(met),
        **{kind: tuple(names) for kind, names in others.items()},
        asked=asked,
        withheld=withheld,
        traps=traps,
    )


def _facts(
    state: CallState, turn: Turn, asked: Sequence[str], *, harmed: bool
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The facts that are out after the turn, and those of `asked` that were withheld."""
    pack = state.pack
    facts = set(state.case.facts)
    withheld: list[str] = []
    for fact in map(pack.fact, asked):
        if fact.id not in facts and _withholds(fact, state, facts):
            withheld.append(fact.id)
        else:
            facts |= {fact.id, *fact.reveals}
    if not harmed:
        facts |= {name for need in turn.meant.offers for name in pack.need(need).tells}
    return frozenset(facts), tuple(withheld)


def _withholds(fact: Fact, state: CallState, facts: set[str]) -> bool:
    too_angry = fact.withheld_above is not None and state.mood.anger > fact.withheld_above
    too_wary = fact.withheld_below_trust is not None and state.mood.trust < fact.withheld_below_trust
    return too_angry or too_wary or not facts.issuperset(fact.after)


def _brought(need: Need, turn: Turn, facts: frozenset[str], partly: set[str], case: Case, memory: Memory) -> bool:
    """Whether the turn is about the need at all, or completes what was said about it before. A time that the customer
    has just asked for belongs to what they asked about, whatever else is offered; so does an "I'll do that", and the
    day or the person that their question was for."""
    agreed = turn.meant.agrees and bool(REQUEST.search(normal(memory.last_line)))
    granted = memory.wanted == need.id and (turn.meant.grants or agreed)
    timed = need.timed and bool(turn.meant.time)
    match need.kind:
        case "learn":
            return facts.issuperset(need.facts)
        case "show":
            taken_on = granted and "ownership" in need.behaviours
            shown = taken_on or bool(turn.ids & set(need.behaviours)) or need.id in turn.meant.offers
            return shown and turn.harm in ("", "apology_again")  # one sorry too many takes nothing from being heard
    if need.id in turn.meant.offers:
        return not (need.kind == "explain" and _told_wrongly(need, turn))
    if memory.wanted == need.id and not (turn.meant.check or turn.ids & LOOK_UPS):
        answered = {"time": timed and not turn.meant.offers, "person": turn.meant.grants}
        if answered.get(wanted(memory.last_line)):
            return True
    if need.kind == "offer" and granted and (timed or not turn.meant.offers):
        return True
    if need.id not in partly or turn.meant.question or (turn.meant.offers and memory.due != need.id):
        return False
    return timed or (bool(need.figures) and _figured(need, case))


def _told_wrongly(need: Need, turn: Turn) -> bool:
    """Whether the words that explain it are the customer's own story, said back wrongly: "you have waited three
    weeks" is nothing that they are told."""
    words = turn.meant.words.get(need.id, "")
    return any(one.id == "misheard" and one.evidence in words for one in turn.findings)


def _lacking(need: Need, state: CallState, case: Case, turn: Turn, met: Sequence[str], shown: dict[str, int]) -> str:
    """What the need still lacks, as the name of a field of `Steps`; "more" of it, or "" for nothing."""
    if need.not_above is not None and state.mood.anger > need.not_above:
        return "heated"
    early = _too_soon(need, state, case) or not all(name in met for name in need.after)
    if early or (need.look_up and not case.looked):
        return "doubted" if need.kind != "learn" else "more"
    if need.kind == "show" and shown[need.id] < need.times:
        return "more"
    promised = sum(one.amount for one in turn.findings if one.id == EMPTY_PROMISE)
    sworn = promised >= SWORN_FROM  # whoever guarantees what nobody can keep is not believed the rest of it either
    if need.kind == "offer" and (sworn or doubtful(turn.text, turn.meant.words.get(need.id, ""))):
        return "doubted"
    if need.figures and not _figured(need, case):
        return "unfigured"
    if need.timed and not (turn.meant.time or "plan_time" in turn.ids):
        return "untimed"
    return ""


def _too_soon(need: Need, state: CallState, case: Case) -> bool:
    """Whether they have not been heard enough to be offered that: it moves nothing yet."""
    return need.kind == "offer" and state.pack.hear_first and not may_solve(case)


def _figured(need: Need, case: Case) -> bool:
    return all(any(abs(said - wanted) < SAME_AMOUNT for said in case.figures) for wanted in need.figures)


def _allowed(trap: Trap, turn: Turn, desk: Desk) -> bool:
    """Whether what seems to promise too much stands on the desk among what they may do."""
    may = [line for line in desk.authority if not NEGATED.search(normal(line))]
    return trap.promise and read_out(turn.meant.words[trap.id], may) >= ON_THE_DESK


def _traps(state: CallState, case: Case, walked_into: Sequence[Trap]) -> Iterator[str]:
    """The traps that the turn springs, each once in a call."""
    for trap in walked_into:
        open_still = not trap.until or any(name not in case.met and name not in case.facts for name in trap.until)
        if trap.id not in case.sprung and state.mood.anger >= trap.above and open_still:
            yield trap.id


def _need_met(turn: Turn, need: Need, amount: float, cause: str = "need") -> Finding:
    """With the words that met the need: those about it, or about a fact it turns on, or what grants it, or its time."""
    meant = turn.meant
    about = (need.id, *need.facts, *need.tells)
    words = next((meant.words[name] for name in about if name in meant.words), meant.grants or meant.timing)
    if need.kind == "show":
        shown = {one.id: one.evidence for one in turn.behaviours}
        words = next((shown[name] for name in need.behaviours if name in shown), words)
    return Finding("need_met", words or quote(turn.text), amount, need.id, f"{cause}:{need.id}", need.title)


def _trap(turn: Turn, trap: Trap) -> Finding:
    cause = f"{OVER_PROMISE if trap.promise else TRAP}:{trap.id}"
    return Finding(TRAP, turn.meant.words[trap.id], trap.cost, trap.id, cause, trap.title)
