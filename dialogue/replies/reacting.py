"""The first part of an answer: what the customer makes of how they were spoken to."""

from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.settling import Steps
from dialogue.phases import confided, settled
from dialogue.replies.lines import Picker

BESIDE_CONTENT_CHANCE = 0.4
"""How often a kindness is remarked on in an answer that has something else to say."""
KINDNESS_CHANCE = 0.85
_TASKS = frozenset(
    {
        "process", "plan_time", "option", "step_offer", "find_out", "authority", "manager_offer", "warm_transfer",
        "ownership", "boundary", "hold_permission", "revisit_topic", "park_topic", "extra_mile",
    }
)  # fmt: skip
"""What is always remarked on when it is all that the turn brought: it was meant as a step."""
_ORDER = (
    "boundary", "loyalty", "paraphrase", "recap", "ownership", "process", "empathy", "apology", "find_out",
    "extra_mile", "plan_time", "step_offer", "option", "manager_offer", "warm_transfer", "authority",
    "feedback_thanks", "thanks", "park_topic", "revisit_topic", "product_question", "together", "help_offer",
    "look_up", "clarify",
)  # fmt: skip
"""Which behaviour is remarked on first: the rarer one."""
_HELLO = ("greeting", "own_name")
"""Answered by a greeting, which only the first turn gets: also of who had begun by themselves."""
_WITH_CONTENT = ("boundary", "loyalty", "apology", "empathy", "paraphrase")
"""What is worth a remark even before an answer."""
_SYMPATHY = frozenset({"empathy", "apology"})
"""After they have told something about themselves this is meant for them, not for the case."""
_REACTION = {
    "warm_transfer": "manager_offer",
    "feedback_thanks": "thanks",
    "step_offer": "plan_time",
    "own_name": "greeting",
}


_GAINSAID = frozenset({"misheard", "rush", "beside_the_point", "apology_again", "apology_runs_on", "goodbye_too_soon"})
"""Harms that are not remarked on in a turn that brought a step: "we've settled nothing! All right, send it" is said by
nobody. The ledger holds them all the same."""


def react(picker: Picker, turn: Turn, steps: Steps) -> None:
    """To harm, to a trap, to a curveball taken well, or to a kindness."""
    state = picker.state
    for name in steps.traps:
        if picker.add(state.pack.trap(name).lines, "trap", name):
            return
    if turn.harm in _GAINSAID and (steps.met or steps.partly):
        return
    if turn.harm:
        _hurt(picker, turn)
        return
    if "conduct_warning" in turn.ids and picker.add(state.pack.conduct.warned, "conduct_warning"):
        return
    ball = turn_ball(turn)
    about_it = not steps.met or bool(ball and set(steps.met).intersection(state.pack.curveball(ball).expects))
    if ball and about_it and picker.add(state.pack.curveball(ball).handled_lines, "curveball_handled", ball):
        return
    wanted = _wanted(picker, turn, steps)
    if wanted and turn.ids & _SYMPATHY and confided(state) and picker.react("sympathy"):
        return
    for one in wanted[:2]:
        if picker.react(_REACTION.get(one, one)):
            return


def _hurt(picker: Picker, turn: Turn) -> None:
    memory = picker.state.memory
    asked = memory.last_line.rstrip().endswith("?") and not memory.last_act.retorts
    if turn.harm == "beside_the_point" and asked and picker.react("unanswered"):
        return
    if not picker.react(turn.harm):
        picker.react("turned_away")


def _wanted(picker: Picker, turn: Turn, steps: Steps) -> list[str]:
    """The behaviours of the turn that are remarked on now, the first choice first."""
    state, meant = picker.state, turn.meant
    if not state.case.told:  # there is nothing yet that any other remark could be about
        greeted = turn.ids & {"greeting", "own_name"} and picker.random.random() < KINDNESS_CHANCE
        return ["greeting"] if greeted else []
    if steps.met or steps.partly or steps.heated or meant.asks:
        wanted = [one for one in _WITH_CONTENT if one in turn.ids]
        chance = BESIDE_CONTENT_CHANCE
    else:
        wanted = [one for one in (*_ORDER, *(_HELLO if turn.number == 1 else ())) if one in turn.ids]
        chance = KINDNESS_CHANCE if len(state.pack.vent) > state.case.told else 0.95
    if not meant.asks or meant.anything_else:
        wanted = [one for one in wanted if one != "clarify"]
    if meant.question and "product_question" in wanted:
        asked = meant.question.lower()
        if not any(word in asked for word in ("improve", "better", "different", "change", "product", "feedback")):
            wanted.remove("product_question")
    if not meant.time and "plan_time" in wanted and "step_offer" in wanted:
        wanted.remove("plan_time")
    if "recap" in wanted and not settled(state.case, state.pack) and (state.case.met or meant.offers):
        wanted[wanted.index("recap")] = "paraphrase"  # "that's everything" is not what they say while something is open
    if "manager_offer" in wanted and state.case.manager_asked:
        wanted = ["manager_offer_late"]
    if wanted and wanted[0] in _TASKS:
        return wanted
    return wanted if wanted and picker.random.random() < chance else []


def turn_ball(turn: Turn) -> str:
    """The curveball this turn handled, "" for none."""
    return next((one.about for one in turn.findings if one.id == "curveball" and one.amount < 0), "")
