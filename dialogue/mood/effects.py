"""What each behaviour and situation does to an average customer: anger points and trust points, before any scaling.

The signs and their order of size are those of the coaching literature the product teaches (techniques in docs): being
heard and a concrete, fitting step help most; contempt, blame and a broken promise hurt most; one slip outweighs one
kindness, so that a slip needs two good turns to repair. The sizes are ours, set so that a call of eight to twelve good
turns brings a customer from about 65 to below 30 and three dismissive turns bring them beyond 85. Packs scale them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["kindness", "task", "harm"]


@dataclass(frozen=True, slots=True)
class Effect:
    kind: Kind
    """kindness soothes but never below the floor; task also needs trust; harm raises anger."""
    anger: float
    """Anger points the first time."""
    trust: float = 0.0
    """Trust points the first time."""
    again: float = 1.0
    """Factor for each earlier time in the call: habituation."""
    promised: bool = True
    """Of what soothes: whether floor and trust limit it. They do not limit what has been solved."""


def _kind(anger: float, trust: float = 0.0, again: float = 0.55) -> Effect:
    return Effect("kindness", anger, trust, again)


def _task(anger: float, trust: float = 0.0, again: float = 0.8) -> Effect:
    return Effect("task", anger, trust, again)


def _harm(anger: float, trust: float = 0.0) -> Effect:
    return Effect("harm", anger, trust)


BEHAVIOURS: Mapping[str, Effect] = {
    # being heard
    "empathy": _kind(-7.0, 3.0),
    "paraphrase": _kind(-6.0, 3.0, 0.7),
    "apology": _kind(-6.0, 2.0, 0.4),
    "loyalty": _kind(-4.0, 2.0, 0.3),
    "feedback_thanks": _kind(-4.5, 2.0, 0.5),
    "thanks": _kind(-2.5, 1.0, 0.5),
    "together": _kind(-2.0, 2.0, 0.6),
    "name_use": _kind(-2.0, 0.5, 0.7),
    "greeting": _kind(-1.0, 0.0, 0.1),
    "own_name": _kind(-1.5, 2.0, 0.1),
    "close": _kind(-1.0, 0.0, 0.3),
    "park_topic": _kind(-1.5, 0.0, 0.5),
    "revisit_topic": _kind(-3.0, 3.0, 0.5),
    "product_question": _kind(-1.5, 1.0, 0.5),
    "hold_permission": _kind(-1.0, 1.0, 0.6),
    "hold_reason": _kind(-0.5, 1.0, 0.6),
    # being helped
    "ownership": _task(-6.0, 5.0, 0.6),
    "plan_time": _task(-6.5, 5.0, 0.8),
    "process": _task(-5.5, 5.0, 0.6),
    "option": _task(-4.0, 2.0, 0.7),
    "step_offer": _task(-3.5, 2.0, 0.7),
    "extra_mile": _task(-4.0, 2.0, 0.5),
    "clarify": _task(-3.0, 1.5, 0.85),
    "find_out": _task(-3.5, 3.0, 0.6),
    "help_offer": _task(-3.5, 1.5, 0.5),
    "look_up": _task(-1.5, 1.0, 0.7),
    "authority": _task(-2.0, 4.0, 0.5),
    "recap": _task(-4.0, 3.0, 0.7),
    "boundary": _task(-2.5, 2.0, 0.6),
    "manager_offer": _task(-5.0, 2.0, 0.4),
    "warm_transfer": _task(-4.0, 2.0, 0.4),
    # being hurt
    "rude": _harm(18.0, -12.0),
    "blaming": _harm(13.0, -8.0),
    "calm_down": _harm(11.0, -4.0),
    "arguing": _harm(9.0, -6.0),
    "policy": _harm(8.0, -5.0),
    "dont_know": _harm(7.0, -6.0),
    "rush": _harm(7.0, -3.0),
    "know_how_feel": _harm(6.0, -2.0),
    "non_apology": _harm(6.0, -4.0),
    "hold_demand": _harm(6.0, -3.0),
    "wrong_name": _harm(5.0, -3.0),
    "empty_promise": _harm(4.0, -8.0),
    "self_blame": _harm(1.5, -3.0),
    "conduct_warning": _harm(6.0, -2.0),
}
"""Ids of `dialogue.content`."""

SITUATIONS: Mapping[str, Effect] = {
    "need_met": Effect("task", -27.0, 30.0, promised=False),  # shared out over the needs by their weight
    "concern": _kind(-5.0, 3.0, 0.5),
    "absolved": _kind(-3.5, 2.0, 0.4),
    "listened": _kind(-2.5, 1.5, 0.6),
    "answered": _task(-3.0, 2.0, 0.8),
    "promise_kept": _kind(-3.0, 6.0, 0.7),
    "curveball": Effect("harm", 1.0),  # its points are the pack's
    "trap": Effect("harm", 1.0),  # so are these
    "promise_broken": _harm(9.0, -15.0),
    "hold_unannounced": _harm(7.0, -4.0),
    "hold_too_long": _harm(4.0, -3.0),
    "dead_air": _harm(4.0, -2.0),
    "slow_answer": _harm(1.0),  # each second beyond the bound
    "cut_off": _harm(5.0, -2.0),
    "too_soon": _harm(5.0, -1.0),
    "no_acknowledgement": _harm(3.0),
    "beside_the_point": _harm(4.0, -2.0),
    "misheard": _harm(3.0, -2.0),
    "asked_again": _harm(3.0, -1.0),  # what they have just told
    "badly_put": _harm(1.0, -0.5),  # for each point: as much as the words weigh against it
    "well_put": _kind(-1.0, 0.0, 1.0),  # likewise; no phrase that wears off
    "no_progress": _harm(1.8, -2.0),  # more with each turn that brings nothing
    "apology_runs_on": _harm(4.0),
    "apology_again": _harm(2.0, -1.0),
    "parroting": _harm(4.0, -4.0),
    "name_overuse": _harm(1.5),
    "raised_voice": _harm(6.0, -2.0),  # at raised = 1
    "goodbye_too_soon": _harm(6.0, -4.0),
}
"""Ids of the session's own findings."""

TRAP, OVER_PROMISE = "trap", "over_promise"
"""What begins a trap's cause on the ledger; the second, where it promises what is not the trainee's to give."""

EFFECTS: Mapping[str, Effect] = {**BEHAVIOURS, **SITUATIONS}
EFFECT_IDS = frozenset(EFFECTS) | {"harm", "kindness", "task"}
"""What a pack may scale: one id, or a whole kind."""

HARMS = frozenset(name for name, effect in EFFECTS.items() if effect.kind == "harm")
"""Behaviours and situations that raise anger. A curveball that was met well is one, too, with the pack's points < 0."""

ACKNOWLEDGING = frozenset(
    {
        "empathy",
        "apology",
        "ownership",
        "paraphrase",
        "thanks",
        "feedback_thanks",
        "loyalty",
        "boundary",
        "recap",
        "extra_mile",
    }
)
"""Behaviours that show the customer's state of mind was noticed."""

SOLVING = frozenset({"plan_time", "option", "step_offer", "process"})
"""Behaviours that offer a way out: too soon before the customer has been heard."""

HANDOVER = frozenset({"manager_offer", "warm_transfer"})
"""Behaviours that bring somebody else in."""
