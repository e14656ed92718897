"""What the customer says to a turn: reaction, then content, then what they still want.

Content first of all answers: a question gets the fact, an offer gets acceptance, doubt or "when?", an invitation gets
the next piece of the story. Only then the customer presses on, or brings up something of their own.
"""

import re
from dataclasses import replace
from random import Random

from dialogue import curveballs
from dialogue.appraisal import Turn
from dialogue.mood.effects import ACKNOWLEDGING
from dialogue.phases import next_need
from dialogue.replies.lines import Picker
from dialogue.settling import Steps
from dialogue.state import CallState

MOST_WORDS = 60
"""Beyond this an answer gets no further part: people on the telephone do not speak in paragraphs."""
FACING_TURNS = 2
"""Turns that may pass before a curveball has to be answered, as long as they help."""
KINDNESS_CHANCE = 0.75
_KINDNESSES = (
    "boundary", "loyalty", "paraphrase", "recap", "ownership", "process", "empathy", "apology", "find_out",
    "extra_mile", "plan_time", "option", "manager_offer", "warm_transfer", "authority", "feedback_thanks", "thanks",
    "park_topic", "revisit_topic", "product_question", "together", "help_offer", "look_up", "clarify", "greeting",
)  # fmt: skip
"""Which kindness is remarked on first: the rarer one."""
_ABOUT_THEM = re.compile(r"\b(?:you|your|weather)\b")
"""A question they could answer, but see no reason to: "how old is your daughter?"."""
_WITH_CONTENT: tuple[str, ...] = ("boundary", "loyalty", "apology", "empathy", "paraphrase")
"""What is worth a remark even before an answer."""
_REACTION = {
    "warm_transfer": "manager_offer",
    "feedback_thanks": "thanks",
    "step_offer": "plan_time",
    "own_name": "greeting",
}


def respond(state: CallState, random: Random, turn: Turn, steps: Steps) -> Picker:
    """The customer's answer in parts; `state.story` is moved where the answer itself tells something."""
    picker = Picker(state, random)
    _react(picker, turn, steps)
    _content(picker, turn, steps)
    _press(picker, turn, news=bool(steps.met))
    if not picker.parts:
        last_resort(picker)
    return picker


def last_resort(picker: Picker) -> None:
    """Something to say when everything fitting has been said."""
    for reaction in ("demand", "continue", "nothing_to_go_on", "wrap_up"):
        if picker.react(reaction):
            return
    count = picker.state.memory.replies
    picker.parts.append(f"That's {count} times round now, and we're still here.")
    picker.acts.append("wrap_up")


def _react(picker: Picker, turn: Turn, steps: Steps) -> None:
    story = picker.state.story
    if turn.harm:
        if picker.react(turn.harm):
            return
        picker.react("turned_away")
        return
    ball = next(
        (one for one in picker.state.pack.curveballs if one.id in story.handled and one.id == turn_ball(turn)), None
    )
    if ball and picker.add(ball.handled_lines, f"curveball_handled:{ball.id}"):
        return
    if steps.met or turn.meant.asks:
        wanted = [one for one in _WITH_CONTENT if one in turn.ids]
        chance = 0.4
    else:
        wanted = [one for one in _KINDNESSES if one in turn.ids]
        chance = KINDNESS_CHANCE if len(picker.state.pack.vent) > story.told else 0.95
    if not turn.meant.asks or turn.meant.anything_else:
        wanted = [one for one in wanted if one != "clarify"]
    if turn.meant.question:
        wanted = [one for one in wanted if one != "product_question"]
    if "manager_offer" in wanted and story.manager_asked:
        wanted = ["manager_offer_late"]
    if wanted and picker.random.random() < chance:
        for one in wanted[:2]:
            if picker.react(_REACTION.get(one, one)):
                return


def turn_ball(turn: Turn) -> str:
    """The curveball this turn handled."""
    return next((one.about for one in turn.findings if one.id == "curveball" and one.amount < 0), "")


def _content(picker: Picker, turn: Turn, steps: Steps) -> None:
    state, meant = picker.state, turn.meant
    said = len(picker.parts)
    if not state.story.told:
        tell(picker)
    for name in meant.asks:
        _answer(picker, name)
    for name in steps.met:
        need = state.pack.need(name)
        if need.kind != "learn" and _room(picker):
            picker.add(need.accept, f"accept:{name}")
    for name in steps.untimed[:1]:
        picker.add(state.pack.need(name).ask_when, f"ask_when:{name}")
    for name in steps.doubted[:1]:
        picker.add(state.pack.need(name).doubt, f"doubt:{name}")
    if len(picker.parts) > said or turn.harm:
        return
    if meant.anything_else:
        left = next_need(state.story, state.pack)
        if left is None or state.story.agreed or not picker.add(left.open, f"open:{left.id}"):
            picker.react("nothing_else" if state.story.agreed or left is None else "demand")
    elif state.story.told < len(state.pack.vent) and _tells(turn, state):
        tell(picker)
    elif "hold_permission" in turn.ids:
        picker.react("hold_granted" if state.mood.band != "furious" else "hold_refused")
    elif meant.check:
        picker.react("agree_check")
    elif meant.open_question and not turn.ids & {"option", "plan_time", "step_offer"}:
        picker.react("told_already")
    elif meant.question:
        off_topic = _ABOUT_THEM.search(meant.question.lower())
        if not (off_topic and picker.react("off_topic_question", "unknown_question")):
            picker.react("unknown_question")


def _tells(turn: Turn, state: CallState) -> bool:
    """Whether this turn lets the customer go on with the story."""
    if turn.meant.open_question:
        return True
    return not (state.story.heard or turn.meant.question) and (turn.number <= 2 or bool(turn.ids & ACKNOWLEDGING))


def tell(picker: Picker) -> None:
    """The next piece of the story."""
    state = picker.state
    if picker.add(state.pack.vent[state.story.told], "vent"):
        state.story = replace(state.story, told=state.story.told + 1)


def _answer(picker: Picker, name: str) -> None:
    state = picker.state
    fact = state.pack.fact(name)
    asked_before = state.story.asked.get(name, 0) > 1
    if (
        fact.withheld_above is not None
        and state.mood.anger > fact.withheld_above
        and picker.add(fact.withheld, f"withheld:{name}")
    ):
        return
    if asked_before and picker.add(fact.again, f"again:{name}"):
        return
    if asked_before:
        picker.react("told_already")
    picker.add(fact.answers, f"answer:{name}")


def _press(picker: Picker, turn: Turn, *, news: bool) -> None:
    """What they still want, or something of their own; not a grievance on top of good `news`."""
    state = picker.state
    story = state.story
    pressed = any(act.startswith("open:") for act in picker.acts)
    if story.waiting and not (turn.harm or news or pressed) and _room(picker):
        ball = next(one for one in state.pack.curveballs if one.id == story.waiting[0])
        if not curveballs.fits(ball, state):  # it has settled itself since
            state.story = story = replace(story, waiting=story.waiting[1:])
        elif picker.add(ball.lines, f"curveball:{ball.id}"):
            state.story = replace(story, waiting=story.waiting[1:], facing=ball.id, patience_left=FACING_TURNS)
            return
    told = any(act == "vent" for act in picker.acts)
    answered = any(
        act.split(":")[0] in {"answer", "again", "accept", "ask_when", "doubt", "withheld"} for act in picker.acts
    )
    if told or pressed or story.agreed or not _room(picker):
        return
    proactive = state.pack.customer.type == "proactive"
    if answered and not (proactive and picker.random.random() < 0.6):
        return
    if turn.harm and picker.random.random() < 0.5 and picker.parts:
        return
    following = next_need(story, state.pack) if story.heard else None
    if following is not None and picker.add(following.open, f"open:{following.id}"):
        return
    if not picker.parts or picker.random.random() < 0.4:
        picker.react("demand")


def _room(picker: Picker) -> bool:
    return len(picker.text().split()) < MOST_WORDS * 0.6
