"""The end of an answer: what the customer still wants, what they bring up by themselves, and their manners."""

from dataclasses import replace

from dialogue.appraisal import curveballs
from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.settling import UNFORGIVEN, Steps
from dialogue.mood.effects import SOLVING
from dialogue.phases import next_need, progress, settled, under_way
from dialogue.replies.lines import Picker

PROACTIVE_CHANCE = 0.6
"""How often a proactive customer presses on after an answer."""
DEMAND_CHANCE = 0.4
SWEARING_CHANCE = 0.75
APOLOGY_CHANCE = 0.5
SORRY_FROM = 0.6
"""How far the case must have come for them to look back at how they spoke."""
POLITE_FROM = 0.3
"""Politeness from which they apologise for having been loud."""
_ANSWERS = frozenset({"answer", "again", "accept", "ask_when", "ask_figures", "doubt", "withheld", "personal_question"})
_CLOSED = frozenset(
    {
        "nothing_else",
        "hold_granted",
        "hold_refused",
        "puzzled_question",
        "told_already",
        "ask_when",
        "ask_figures",
        "doubt",
        "conduct_warning",
    }
)
"""Acts that want an answer, or end the matter: nothing is asked on top of them."""
_NOT_SORRY = _CLOSED - {"nothing_else", "hold_granted"} | {"withheld", "answer", "again", "vent"}
"""Acts that no apology follows: something is still owed to them, or they have just told what it was like."""
_LIMITS = frozenset({"boundary", "conduct_warning"})
_MENDING = frozenset({"empathy", "apology", "ownership", "boundary", "paraphrase", "recap", "plan_time", "process"})


def press(picker: Picker, turn: Turn, steps: Steps) -> None:
    """Manners first, then something of their own; not a grievance on top of good news."""
    state = picker.state
    news = bool(steps.met or steps.partly)
    if _apologise(picker, turn, steps):
        return
    puzzled = any(act.kind == "puzzled_question" for act in picker.acts)
    busy = turn.harm or news or steps.traps or _pressed(picker) or _owed(picker, turn) or puzzled
    if not busy and picker.room() and _own(picker):
        return
    kinds = {act.kind for act in picker.acts}
    if "vent" in kinds or _pressed(picker) or state.case.agreed or not picker.room():
        return
    if kinds & _CLOSED or steps.traps or ("continue" in kinds and picker.text().endswith("?")):
        return
    proactive = state.pack.customer.type == "proactive"
    if kinds & _ANSWERS and not (proactive and picker.random.random() < PROACTIVE_CHANCE):
        return
    if turn.harm and picker.parts and picker.random.random() < 0.5:
        return
    _demand(picker, turn)


def swear(picker: Picker, turn: Turn, steps: Steps) -> None:
    """What a vulgar caller puts before an answer, until warnings have stopped them; not to a limit or good news."""
    state = picker.state
    conduct = state.pack.conduct
    stopped = conduct.stops_after is not None and state.case.warnings >= conduct.stops_after
    tamed = bool(turn.ids & _LIMITS or steps.met)
    swears = conduct.vulgar and not (stopped or tamed) and state.mood.anger > conduct.swears_above
    if swears and picker.random.random() < SWEARING_CHANCE:
        picker.add(conduct.swearing, "swearing")


def _apologise(picker: Picker, turn: Turn, steps: Steps) -> bool:
    """Once they have cooled off, they are sorry for how they spoke; once in a call, and not to who has wronged them."""
    state = picker.state
    memory, cool = state.memory, state.mood.band in ("calm", "irritated")
    mended = bool(turn.ids & _MENDING or steps.met) and not turn.harm
    far = progress(state.case, state.pack) >= SORRY_FROM
    if not (cool and memory.was_hot and mended and far and picker.parts and picker.room()):
        return False
    if any(act.kind in _NOT_SORRY for act in picker.acts) or any(memory.used.get(name) for name in UNFORGIVEN):
        return False
    if memory.apologised or state.pack.customer.politeness < POLITE_FROM or picker.random.random() > APOLOGY_CHANCE:
        return False
    if not picker.react("apology_back"):
        return False
    state.memory = replace(memory, apologised=True)
    return True


def _owed(picker: Picker, turn: Turn) -> bool:
    """Whether the trainee has passed over what they were asked for last, and asked nothing back: that comes before
    anything new."""
    state, meant = picker.state, turn.meant
    wanted = state.memory.wanted
    asks_back = meant.asks or meant.question or meant.open_question or meant.check or meant.anything_else
    return bool(wanted and wanted not in state.case.met and state.case.heard and not asks_back)


def _own(picker: Picker) -> bool:
    """A curveball that waits, or the hint at a manager."""
    state = picker.state
    case, temper = state.case, state.pack.mood
    if case.waiting:
        ball = state.pack.curveball(case.waiting[0])
        if not curveballs.fits(ball, state):  # it has settled itself since
            state.case = replace(case, waiting=case.waiting[1:])
        elif picker.add(ball.lines, "curveball", ball.id):
            state.case = curveballs.faced(replace(case, waiting=case.waiting[1:]), ball)
            return True
    near = temper.manager_at - temper.manager_window <= state.mood.anger < temper.manager_at
    if near and case.heard and not (case.hinted or case.manager_asked) and picker.react("manager_hint"):
        state.case = replace(state.case, hinted=True)
        return True
    return False


def _demand(picker: Picker, turn: Turn) -> None:
    state = picker.state
    case = state.case
    if settled(case, state.pack):  # nothing is left to ask for; they only have to cool off
        if not picker.parts:
            picker.react("wrap_up")
        return
    asks = case.heard or under_way(case, state.pack)
    following = next_need(case, state.pack) if asks else None
    if following is not None and picker.add(following.open, "open", following.id):
        return
    if not asks or under_way(case, state.pack):  # nor "so what is the plan?" to who has just agreed on one
        if not picker.parts:  # "that's all of it" is nothing to say behind an answer, with half the story untold
            picker.react("continue")
    elif not picker.parts or (not turn.ids & SOLVING and picker.random.random() < DEMAND_CHANCE):
        picker.react("demand")  # not "and what happens next?" to who has just said what happens next


def _pressed(picker: Picker) -> bool:
    return any(act.kind == "open" for act in picker.acts)
