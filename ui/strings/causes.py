"""What moved the customer, in plain words."""

from collections.abc import Mapping
from typing import Final

CAUSES: Final[Mapping[str, str]] = {
    # what the trainee said
    "apology": "You apologised",
    "name_use": "You used their name",
    "ownership": "You took it on",
    "empathy": "You felt with them",
    "dont_know": "A dead end, and no next step",
    "calm_down": "You told them to calm down",
    "know_how_feel": "You claimed to know how they feel",
    "arguing": "You argued",
    "rude": "You were rude",
    "plan_time": "A plan with a time",
    "clarify": "You asked to understand",
    "hold_permission": "You asked before holding",
    "recap": "You summed up",
    "thanks": "You thanked them",
    "manager_offer": "You offered a manager",
    "blaming": "You blamed",
    "policy": "You hid behind a rule",
    "rush": "You rushed them",
    "empty_promise": "A promise without substance",
    "greeting": "A proper greeting",
    "own_name": "You gave your name",
    "non_apology": "An apology that is none",
    "boundary": "A firm, kind limit",
    "paraphrase": "Their facts, in your words",
    "feedback_thanks": "Thanks for the report",
    "park_topic": "You parked the subject",
    "revisit_topic": "You came back to it",
    "authority": "You said what you may decide",
    "help_offer": "You offered help",
    "find_out": "You will find out",
    "option": "Another way",
    "process": "You said how it will be done",
    "loyalty": "You valued their custom",
    "hold_demand": "You put them off",
    "hold_reason": "You said why and how long",
    "warm_transfer": "A warm transfer",
    "conduct_warning": "A fair warning",
    "self_blame": "You took blame not yours",
    "close": "A friendly ending",
    "together": "“We”: on their side",
    "product_question": "You asked about the product",
    "extra_mile": "You looked for more",
    "step_offer": "A concrete step",
    "look_up": "You said what you are doing",
    "wrong_name": "The wrong name",
    "concern": "You showed concern",
    "listened": "You let them tell it",
    "answered": "You answered what they asked",
    # what happened
    "trainer": "The trainer moved it",
    "relaxation": "Time passed",
    "limit": "At the end of the scale",
    "need_met": "Something they came for",
    "need": "Met",
    "partly": "Half met",
    "promise_kept": "A promise kept",
    "promise_broken": "A promise not kept",
    "curveball": "How you took what they threw in",
    "trap": "What they will not bear",
    "hold_unannounced": "On hold without a word",
    "hold_too_long": "A long hold",
    "dead_air": "Silence on the line",
    "slow_answer": "A slow answer",
    "cut_off": "You spoke over them",
    "too_soon": "A fix before they were heard",
    "no_acknowledgement": "Nothing for how they feel",
    "no_progress": "Kind words, no step forward",
    "beside_the_point": "Beside the point",
    "misheard": "Said back wrongly",
    "apology_runs_on": "An apology that runs on",
    "apology_again": "Sorry once more",
    "parroting": "Their words, parroted",
    "name_overuse": "Their name once too often",
    "raised_voice": "A raised voice",
    "goodbye_too_soon": "A goodbye too soon",
    # what the ledger has no row for
    "unanswered": "Their question left open",
    "parted": "You hung up with something open",
}
"""Behaviour or situation id -> plain words. An id that is not here is shown with its underscores taken out."""


def cause(identifier: str, title: str = "") -> str:
    """A ledger row's cause in plain words; `title` is the author's name for what it concerns."""
    kind, _, about = identifier.partition(":")
    plain = CAUSES.get(kind) or kind.replace("_", " ").capitalize()
    return f"{plain}: {title or about.replace('_', ' ')}" if about else plain
