"""What a customer may say: lines by mood, the slots in them, and the reactions they belong to."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dialogue.events import Band

LineKey = Literal["calm", "irritated", "angry", "furious", "cool", "hot", "any"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Points = Annotated[float, Field(ge=0, le=100)]
"""A level of anger or trust."""

SLOTS = frozenset({"agent", "customer", "name", "title", "promise", "minutes", "asked", "known", "agreed", "company"})
"""What a line may refer to: the trainee's name, the customer's own (the first name, to who calls them "Mr" or "Ms" the
surname), their full name, their title, a time the trainee stated, whole minutes
on the line, a topic the trainee asked about, a need already agreed, all that was agreed ("the new shelf and the call
back"), the desk's company. A line whose slot is empty is not said."""

REACTIONS = frozenset(
    {
        # how the call is opened, kept open and closed
        "opening", "opening_unprompted", "are_you_there", "ask_again", "continue", "demand", "unknown_question",
        "off_topic_question", "puzzled_question", "other_question", "personal_question", "name_asked", "details_asked",
        "hear_me_out", "told_already", "confirm", "agree_check",
        "nothing_else", "nothing_to_go_on", "wrap_up", "thanks_back", "apology_back",
        "recap_back", "goodbye_too_soon", "not_done", "partly_settled", "hold_granted", "hold_refused",
        "back_from_hold", "back_late", "back_unannounced", "cut_off", "turned_away", "unanswered", "still_angry",
        # what the trainee did well
        "greeting", "empathy", "sympathy", "apology", "ownership", "plan_time", "clarify", "thanks", "recap",
        "paraphrase", "option", "process", "help_offer", "find_out", "loyalty", "boundary", "authority", "together",
        "look_up", "product_question", "extra_mile", "manager_offer", "manager_offer_late", "park_topic",
        "revisit_topic",
        # what the trainee did badly
        "calm_down", "know_how_feel", "arguing", "rude", "blaming", "policy", "rush", "dont_know", "empty_promise",
        "non_apology", "apology_again", "hold_demand", "wrong_name", "wrong_title", "too_soon", "parroting",
        "beside_the_point", "misheard", "raised_voice", "promise_broken", "conduct_warning",
        # where it ends
        "manager_hint", "manager_demand", "last_warning", "end_satisfied", "end_resigned", "end_escalated",
        "end_hung_up", "end_by_policy",
    }
)  # fmt: skip


def _as_lines(value: object) -> object:
    """A bare list of lines holds for any mood; a bare string is a list of one."""
    if isinstance(value, str):
        return {"any": [value]}
    return {"any": value} if isinstance(value, (list, tuple)) else value


Text = Annotated[str, Field(min_length=1, max_length=400)]
_Pools = Mapping[LineKey, tuple[Text, ...]]
Lines = Annotated[_Pools, BeforeValidator(_as_lines, json_schema_input_type=_Pools | tuple[Text, ...] | Text)]

_FITTING: Mapping[Band, tuple[LineKey, ...]] = {
    "calm": ("calm", "cool", "any"),
    "irritated": ("irritated", "cool", "any"),
    "angry": ("angry", "hot", "any"),
    "furious": ("furious", "hot", "any"),
}


def fitting(lines: Mapping[LineKey, tuple[str, ...]], band: Band) -> tuple[str, ...]:
    """The lines that suit the band, best fit first."""
    return tuple(line for key in _FITTING[band] for line in lines.get(key, ()))


def slots(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w*)\}", line))


class Part(BaseModel):
    """Any part of a pack: refuses unknown keys, cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Named(Part):
    """A part that others refer to by its id."""

    id: Identifier
    title: str
    """A few words that finish "about ...", for the debrief, the ledger and lines that refer back."""
