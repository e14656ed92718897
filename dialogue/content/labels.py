"""The behaviours that a trainee's turn can show: ids, one-line meanings, and whether they help or harm."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["helpful", "harmful", "neutral"]


@dataclass(frozen=True, slots=True)
class Label:
    id: str
    meaning: str
    kind: Kind
    core: bool = False


LABELS: tuple[Label, ...] = (
    # the core: ids and meanings are fixed
    Label("apology", "a sincere apology for what happened", "helpful", core=True),
    Label("name_use", "says the customer's name", "helpful", core=True),
    Label("ownership", "takes responsibility, or takes charge", "helpful", core=True),
    Label("empathy", "names or validates the feeling or the impact", "helpful", core=True),
    Label("plan_time", "a concrete action with a day, clock time or duration", "helpful", core=True),
    Label("clarify", "a question that seeks to understand the problem", "helpful", core=True),
    Label("hold_permission", "asks whether a hold or a wait is all right", "helpful", core=True),
    Label("recap", "sums up the issue or the next steps", "helpful", core=True),
    Label("thanks", "thanks for patience, feedback or being told", "helpful", core=True),
    Label("manager_offer", "willingly offers a manager", "helpful", core=True),
    Label("dont_know", "a dead end with no next step", "harmful", core=True),
    Label("calm_down", "orders the customer to calm down or not to shout", "harmful", core=True),
    Label("know_how_feel", "claims to feel the same, or tells an own story", "harmful", core=True),
    Label("arguing", "contradicts, denies or invalidates", "harmful", core=True),
    Label("rude", "sarcasm, insult or dismissal", "harmful", core=True),
    Label("blaming", "puts the fault on the customer", "harmful", core=True),
    Label("policy", "refuses behind rules, terms or the system, with no alternative", "harmful", core=True),
    Label("rush", "skips acknowledging to get to the fix or the data", "harmful", core=True),
    Label("empty_promise", "guarantees what nobody can keep", "harmful", core=True),
    # beyond the core
    Label("greeting", "says hello or thanks for calling", "helpful"),
    Label("own_name", "gives the agent's own name", "helpful"),
    Label("non_apology", "sorry that you feel so, sorry if, sorry but", "harmful"),
    Label("boundary", "sets a firm and kind limit", "helpful"),
    Label("paraphrase", "gives the customer's own facts back in other words", "helpful"),
    Label("feedback_thanks", "thanks for a report or a criticism", "helpful"),
    Label("park_topic", "sets a subject aside to come back to it", "helpful"),
    Label("revisit_topic", "comes back to a subject set aside", "helpful"),
    Label("authority", "says honestly what they may decide, or who can", "helpful"),
    Label("help_offer", "shows that they want to help and can", "helpful"),
    Label("find_out", "names a gap in knowledge and the next step", "helpful"),
    Label("option", "offers an alternative or a part of what is wanted", "helpful"),
    Label("process", "says step by step how it will be worked out", "helpful"),
    Label("loyalty", "acknowledges long custom", "helpful"),
    Label("hold_demand", "puts on hold without asking", "harmful"),
    Label("hold_reason", "says why or for how long they hold", "helpful"),
    Label("warm_transfer", "hands over with the story, so that it need not be told again", "helpful"),
    Label("conduct_warning", "warns that abusive language ends the call", "neutral"),
    Label("self_blame", "blames themselves as a person", "harmful"),
    Label("close", "ends the call on a friendly note", "helpful"),
    Label("together", "puts both on the same side", "helpful"),
    Label("product_question", "asks what the product should do better", "helpful"),
    Label("extra_mile", "looks for what else can be done", "helpful"),
    Label("step_offer", "a concrete action, without a time", "helpful"),
    Label("look_up", "tells what they are doing right now", "helpful"),
    Label("wrong_name", "calls the customer by a wrong name", "harmful"),
)

BY_ID = {label.id: label for label in LABELS}
CORE = tuple(label.id for label in LABELS if label.core)
HARMFUL = tuple(label.id for label in LABELS if label.kind == "harmful")
