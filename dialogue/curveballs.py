"""When the customer brings up something of their own: the triggers of a pack's curveballs. Pure."""

from dataclasses import replace

from dialogue.appraisal import Turn
from dialogue.persona import Curveball
from dialogue.state import CallState, Story


def arm(state: CallState, turn: Turn) -> Story:
    """The story with the curveballs that this turn sets off waiting for the customer's answer."""
    story = state.story
    for ball in state.pack.curveballs:
        if ball.id not in story.fired and _holds(ball, state, turn):
            story = replace(story, fired=story.fired | {ball.id}, waiting=(*story.waiting, ball.id))
            break  # one at a time
    return story


def due(state: CallState) -> tuple[float, Curveball] | None:
    """The next curveball that time alone sets off, and when; only while the trainee is silent."""
    ready = [
        (ball.when.after_seconds, ball)
        for ball in state.pack.curveballs
        if ball.when.after_seconds is not None
        and ball.id not in state.story.fired
        and ball.when.behaviour is None
        and fits(ball, state)
    ]
    return min(ready, key=lambda pair: pair[0], default=None)


def _holds(ball: Curveball, state: CallState, turn: Turn) -> bool:
    when = ball.when
    if when.after_seconds is not None and state.t < when.after_seconds:
        return False
    return (when.behaviour is None or when.behaviour in turn.ids) and fits(ball, state)


def fits(ball: Curveball, state: CallState) -> bool:
    """Whether its conditions hold now, those of time and behaviour left out."""
    when, story = ball.when, state.story
    return (
        state.memory.turn >= when.from_turn
        and (not when.phases or story.phase in when.phases)
        and when.anger_at_least <= state.mood.anger <= when.anger_at_most
        and state.mood.trust >= when.trust_at_least
        and all(name in story.met for name in when.needs_met)
        and not any(name in story.met for name in when.needs_open)
        and not story.agreed
    )
