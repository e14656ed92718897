"""What the customer says to a turn: reaction, then content, then what they still want.

Content first of all answers: a question gets the fact, an offer gets acceptance, doubt or "when?", an invitation gets
the next piece of the story. Only then the customer presses on, or brings up something of their own.
"""

from random import Random

from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.settling import Steps
from dialogue.phases import settled
from dialogue.replies.answering import answer
from dialogue.replies.lines import Picker
from dialogue.replies.pressing import press, swear
from dialogue.replies.reacting import react
from dialogue.state import Act, CallState
from dialogue.understanding.address import mistitled

FEWEST_RECAPPED = 2
"""Needs agreed from which it is worth saying them back."""
RECAP_CHANCE = 0.6
WANTING = ("demand", "continue", "nothing_to_go_on", "wrap_up")
SATISFIED = ("wrap_up", "thanks_back", "agree_check", "nothing_else")


def respond(state: CallState, random: Random, turn: Turn, steps: Steps) -> Picker:
    """The customer's answer in parts; `state.case` is moved where the answer itself tells something."""
    picker = Picker(state, random, turn.meant.time)
    swear(picker, turn, steps)
    sworn = len(picker.parts)
    react(picker, turn, steps)
    answer(picker, turn, steps)
    press(picker, turn, steps)
    if len(picker.parts) == sworn:
        last_resort(picker)
    if mistitled(turn.text, turn.behaviours, state.pack.customer, typed=state.by_keyboard):
        picker.react_first("wrong_title")
    return picker


def agree(state: CallState, random: Random, turn: Turn, steps: Steps) -> Picker:
    """The answer to the turn that settled it: they say back what was agreed, or that it will do."""
    picker = respond(state, random, turn, steps)
    recap = len(state.case.met) >= FEWEST_RECAPPED and random.random() < RECAP_CHANCE
    if recap and picker.room() and picker.react("recap_back"):
        return picker
    if not any(act.kind == "accept" for act in picker.acts):
        picker.react("wrap_up")
    return picker


def last_resort(picker: Picker) -> None:
    """Something to say when everything fitting has been said; nobody asks for more once all is agreed."""
    done = picker.state.case.agreed or settled(picker.state.case, picker.state.pack)
    for reaction in SATISFIED if done else WANTING:
        if picker.react(reaction):
            return
    count = picker.state.memory.replies
    picker.parts.append(f"That's {count} times round now, and we're still here.")
    picker.acts.append(Act("wrap_up"))
