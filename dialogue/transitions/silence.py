"""What time does when nobody speaks, and what holds do: each function moves a `CallState` and returns its events."""

from dataclasses import replace
from random import Random

from dialogue import replies, turns
from dialogue.appraisal import curveballs
from dialogue.events import Action
from dialogue.mood import Finding
from dialogue.persona import Curveball
from dialogue.phases import ended_by_trainee
from dialogue.replies import Picker
from dialogue.state import CallState, Hold
from dialogue.transitions.feeling import Events, feel
from dialogue.transitions.speaking import cue, end, move, say, speak

HOLDS_BORNE = 4
"""How many times a hold may annoy before they hang up."""
KEYBOARD_PROMPTS = 2
"""How often a customer asks into a silence of a call by keyboard."""


def dead_air(state: CallState, random: Random, t: float) -> Events:
    """The silence has become too long: they ask whether anyone is there, at last they hang up."""
    by_keyboard = state.by_keyboard
    waited = t - (state.floor.silent_since or 0.0)
    if by_keyboard and state.floor.prompts >= KEYBOARD_PROMPTS:
        state.floor = replace(state.floor, silent_since=None)  # whoever types may take their time
        return []
    broken = state.floor.granted_for
    events: Events = []
    if not by_keyboard:
        cause = "promise_broken" if broken else "dead_air"
        evidence = f'"{broken}" was {waited:.0f} s' if broken else f"{waited:.0f} s of silence"
        events += feel(state, t, [Finding(cause, evidence)])
    if not by_keyboard and state.floor.prompts >= turns.PROMPTS_BEFORE_HANGING_UP:
        return events + end(state, random, t, "hung_up")
    state.floor = replace(state.floor, prompts=state.floor.prompts + 1, granted_seconds=0.0, granted_for="")
    if state.case.told:
        asks = "promise_broken" if broken else "are_you_there"
        events += speak(state, random, t, asks, act="are_you_there", aside=True)
        return events + cue(state, t, "narrate")
    picker = Picker(state, random)
    picker.react("opening_unprompted")
    replies.tell(picker)
    events += move(state, t, solving=False, why="the trainee said nothing")
    return events + say(state, random, t, picker)


def line_over(state: CallState, t: float) -> Events:
    """The mouth reported nothing: the line counts as over."""
    assert state.floor.line is not None
    state.floor = turns.line_finished(state.floor, t, state.floor.line)
    return []


def curveball(state: CallState, random: Random, t: float) -> Events:
    """Time alone makes them bring something up."""
    pending = curveballs.due(state)
    assert pending
    ball = pending[1]
    state.case = replace(state.case, provoked=state.case.provoked | {ball.id})
    return throw(state, random, t, ball)


def throw(state: CallState, random: Random, t: float, ball: Curveball) -> Events:
    """They bring up something of their own, outside any answer; nothing where no line of it fits."""
    picker = Picker(state, random)
    state.case = replace(state.case, fired=state.case.fired | {ball.id})
    if not picker.add(ball.lines, "curveball", ball.id):
        return []
    state.case = curveballs.faced(state.case, ball)
    return say(state, random, t, picker)


def act(state: CallState, random: Random, t: float, action: Action) -> Events:
    """Hold, resume, hang up. Muting is only silence to the customer."""
    match action:
        case "hold" if state.floor.hold is None:
            memory = state.memory
            announced = memory.hold_announced
            hold = Hold(t, True, memory.wait_seconds, memory.wait) if announced else Hold(t, False, None)
            state.floor = turns.put_on_hold(state.floor, hold)
            return [] if announced else feel(state, t, [Finding("hold_unannounced", "put on hold without a word")])
        case "resume" if state.floor.hold:
            return resumed(state, random, t)
        case "hang_up":
            return end(state, random, t, ended_by_trainee(state), speak_first=False)
        case _:
            return []


def sound(state: CallState, t: float, *, lost: bool) -> Events:
    """Microphone or headphones have gone or come back: a silence begins anew, and the mood drifts as by keyboard or
    as ever."""
    state.sound_lost = lost
    if state.floor.silent_since is not None:
        state.floor = replace(state.floor, silent_since=t)
    return feel(state, t, ())


def hold_overdue(state: CallState, random: Random, t: float) -> Events:
    """A hold has outlasted what was said, or what one bears."""
    hold = state.floor.hold
    assert hold
    waited = f"{t - hold.since:.0f} s on hold"
    if hold.stated_seconds and not hold.costs:
        finding = Finding("promise_broken", f'"{hold.stated}" was said, {waited}')
    else:
        finding = Finding("hold_too_long", waited)
    state.floor = turns.hold_cost(state.floor)
    events = feel(state, t, [finding])
    return events + end(state, random, t, "hung_up", speak_first=False) if hold.costs + 1 > HOLDS_BORNE else events


def resumed(state: CallState, random: Random, t: float) -> Events:
    """Back on the line: they comment on how long it was."""
    hold = state.floor.hold
    assert hold
    state.floor = turns.back_from_hold(state.floor, t)
    events: Events = []
    if hold.stated_seconds and not hold.costs:
        waited = f"{t - hold.since:.0f} s of {hold.stated_seconds:.0f} s"
        events += feel(state, t, [Finding("promise_kept", waited)])
    if not hold.announced:
        events += speak(state, random, t, "back_unannounced", "back_late", act="back_from_hold")
        return events + cue(state, t, "avoid_hold_demand")
    late = hold.costs > 0
    return events + speak(state, random, t, "back_late" if late else "back_from_hold", act="back_from_hold")
