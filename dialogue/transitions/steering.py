"""What the trainer of a class, or trouble, does to a call: events from outside, journaled, so that a replay is equal.

Moves a `CallState` and returns the events that say so. The trainer's hand is on the ledger as the cause "trainer".
"""

from dataclasses import replace
from random import Random

from dialogue.events import Steered
from dialogue.mood import Impulse
from dialogue.replies import Picker
from dialogue.state import Act, CallState
from dialogue.transitions.feeling import Events, feel, nudge
from dialogue.transitions.silence import throw
from dialogue.transitions.speaking import finish, say, speak

CAUSE = "trainer"
ENDED = "The trainer ended the call."


def steer(state: CallState, random: Random, event: Steered) -> Events:
    """Whispers, marks and a trainer who listens are between people: the customer knows nothing of them."""
    t, case = event.t, state.case
    match event.step:
        case "nudge" if event.points:
            return nudge(state, t, Impulse(CAUSE, "", event.points))
        case "curveball":
            balls = [ball for ball in state.pack.curveballs if ball.id == event.text and ball.id not in case.fired]
            return throw(state, random, t, balls[0]) if balls else []
        case "manager" if not case.manager_asked:
            state.case = replace(case, manager_asked=True)
            return speak(state, random, t, "manager_demand")
        case "speak" if event.text.strip():
            picker = Picker(state, random)
            picker.parts, picker.acts = [event.text.strip()], [Act(CAUSE)]
            return say(state, random, t, picker, verbatim=True)
        case "pause" if not state.paused:
            state.paused = True
            return feel(state, t, ())
        case "go_on" if state.paused:
            return _go_on(state, t)
        case "end":
            return finish(state, t, "stopped", event.text or ENDED)
    return []


def _go_on(state: CallState, t: float) -> Events:
    """Nothing that was waiting is held against anybody: silences and holds begin anew."""
    state.paused = False
    floor = state.floor
    state.floor = replace(
        floor,
        silent_since=None if floor.silent_since is None else t,
        hold=replace(floor.hold, since=t) if floor.hold else None,
    )
    return feel(state, t, ())
