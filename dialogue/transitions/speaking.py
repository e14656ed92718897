"""What the customer says outside the reading of a turn: a line and the floor for it, the phase, the end, the cue.

Each function moves a `CallState` and returns the events that say so, in order.
"""

from dataclasses import replace
from random import Random

from dialogue import coaching, phases, replies, turns
from dialogue.events import CallEnded, Cue, Delivery, Outcome, PhaseChanged, Reply
from dialogue.replies import Picker
from dialogue.state import Act, CallState
from dialogue.transitions.feeling import Events, settle_up


def say(
    state: CallState, random: Random, t: float, picker: Picker, *, verbatim: bool = False, aside: bool = False
) -> Events:
    """The customer's next line, and the floor for it. `verbatim`: with no opening of the customer's own. `aside`: it
    brings nothing of its own; what the last one told and asked for stands."""
    before = state.memory
    text, opener = (picker.text(), "") if verbatim else replies.opened(picker.text(), state, random)
    emotional = state.mood.band in ("angry", "furious") and any(_tells_a_feeling(act) for act in picker.acts)
    replies.remember(state, picker, text, emotional=emotional)
    if aside:
        state.memory = replace(state.memory, acts=before.acts, emotional=before.emotional)
    line = Reply(
        t, state.memory.replies, text, Delivery(state.mood.anger, opener), str(picker.acts[0]) if picker.acts else ""
    )
    state.floor = turns.line_given(state.floor, t, line.id, text)
    return [line]


def speak(state: CallState, random: Random, t: float, *reactions: str, act: str = "", aside: bool = False) -> Events:
    """A line of the first of these reactions that has one left, outside any trainee's turn. `aside`: as in `say`."""
    picker = Picker(state, random)
    for reaction in reactions:
        if picker.react(reaction, act):
            break
    else:
        replies.last_resort(picker)
    return say(state, random, t, picker, aside=aside)


def end(
    state: CallState, random: Random, t: float, outcome: Outcome, *, speak_first: bool = True, answer: str = ""
) -> Events:
    """The last line and the end. `answer`: the reaction that answers the turn before the farewell does."""
    events: Events = []
    reaction = {"ended_by_policy": "end_by_policy"}.get(outcome, f"end_{outcome}")
    if speak_first:
        picker = Picker(state, random)
        if answer:
            picker.react(answer)
        if not picker.react(reaction):
            replies.last_resort(picker)
        events += say(state, random, t, picker)
    return events + finish(state, t, outcome, state.pack.outcomes[outcome])


def finish(state: CallState, t: float, outcome: Outcome, why: str) -> Events:
    """The end, with the drift up to here on the ledger, and no word."""
    events = settle_up(state, t)
    state.case = replace(state.case, phase="ended")
    state.ended = True
    return [*events, PhaseChanged(t, "ended", outcome), CallEnded(t, outcome, why)]


def cue(state: CallState, t: float, name: str) -> Events:
    """Put a cue up, to be read while the customer speaks and to be acted on after that."""
    line_seconds = len(state.memory.last_line.split()) / turns.WORDS_PER_SECOND if state.floor.line is not None else 0.0
    state.prompter, changed = coaching.show(state.prompter, t, name, line_seconds)
    return [shown_cue(state, t)] if changed else []


def shown_cue(state: CallState, t: float) -> Cue:
    return Cue(t, state.prompter.id, coaching.text(state.prompter.id, state.pack))


def move(state: CallState, t: float, *, solving: bool, why: str) -> Events:
    """Enter the phase that the case has reached."""
    reached = phases.phase(state.case, state.pack, solving=solving)
    if reached == state.case.phase:
        return []
    state.case = replace(state.case, phase=reached)
    return [PhaseChanged(t, reached, why)]


def _tells_a_feeling(act: Act) -> bool:
    """A piece of the story, or hurt at what the trainee did. A curveball has its own points for being answered."""
    return act.kind == "vent" or act.retorts
