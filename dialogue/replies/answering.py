"""The middle of an answer: facts for questions, acceptance or doubt for offers, and the story."""

import re
from dataclasses import replace

from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.settling import Steps
from dialogue.content.exchange import EMPTY_WORDS
from dialogue.language import SENTENCE, normal
from dialogue.mood.effects import ACKNOWLEDGING, SOLVING
from dialogue.persona import Fact
from dialogue.phases import next_need, settled, under_way
from dialogue.replies.lines import Picker
from dialogue.replies.stated import time_of
from dialogue.state import CallState
from dialogue.understanding.asking import DECLARATIVE, LEADING_UP, OF_ITS_OWN, PERSONAL
from dialogue.understanding.particulars import NAME, asked_for
from dialogue.understanding.story_pieces import root

_ABOUT_THEM = re.compile(r"\b(?:your|weather)\b")
"""A question they could answer, but see no reason to: "how old is your daughter?". "Have you got it in front of you?"
is none of these."""
_OF_THEM = re.compile(
    r"\byou(?:'ve|'re|'d|rs)?\b(?! (?:please |just |perhaps |maybe )*(?:tell|say|give|know|remember|recall|think|see"
    r"|show|read|check|look|describe|explain|confirm|happen)\b)"
)
"""Asks what they did, have or mean: nobody says that they could not know it."""
_IN_PARTICULAR = re.compile(r"^(?!(?:\w+ ){0,2}(?:what|why|how (?!(?:long|many|much|old|often|far|big)\b))).*\w \w")
"""Asks for one thing, which no piece of their story is an answer to: "which colour is it?", not "why is that?"."""
_CONFIRMS = re.compile(
    r"\b(?:is|was) that (?:right|correct|so|true)\b|\b(?:have i|did i) (?:got|get|understood?) (?:that|it|this|you)"
    r"(?: all)? (?:right|correctly)\b"
)
"""Makes sure of something that was said: that is nothing to agree to."""
_WISHES = re.compile(r"^(?:and |so )*(?:have|do|take|get|enjoy) (?:yourself |yourselves )?(?:an? |some)\w*(?!.*\?)")
"""Wishes them something, and asks nothing: "have something nice to eat today"."""
FIRST_TURNS = 2
"""Turns in which they go on telling by themselves."""
_LEAVE = re.compile(
    r"^(?:(?!wh|how)\w+ ){0,2}(?:(?:should|shall|can|may|could) (?:i|we)"
    r" (?!(?:have|take|get|see) (?:an?|the|your)\b|know\b|ask\b)"
    r"|(?:do|d'?) ?you (?:want|mind)|would you (?:like|mind)|do you need it)\b(?!.*\bor\b(?! not\b))"
    r"|^(?:(?!wh|how)\w+ ){0,2}(?:is |are |would |will )?(?:that|this|it|you)(?:'s|'re)? (?:be )?"
    r"(?:ok|okay|all right|alright|fine|happy|acceptable|do|enough)\b(?!.*\bor\b)"
    r"|\b(?:can you live with|(?:all right|alright|okay|ok|fine|acceptable) (?:with|for|by) you|sounds? fair)\b"
)
"""Asks for their leave, or whether something would suit them: whoever is asked that says yes or no."""
_REMAINING = re.compile(
    r"\b(?:anything (?:else|more|left|missing|still)|something (?:missing|left|open))\b"
    r"|\b(?:is|was|would) that (?:be )?(?:all|everything)\b"
    r"|\bsomething (?:that )?(?:i|we)(?:'ve| have)? (?:forgot|forgotten|missed|left out|overlooked)\b"
    r"|\banything (?:that )?(?:you|i|we)(?:'d|'ve| would| have)? (?:still|forgot|forgotten|missed|left|haven't)\b"
    r"|^(?:and |so |right )*that's (?:it|all|everything|the lot)\b.{0,30}\?$"
    r"|^(?:and |so )*are we (?:all )?(?:good|done|sorted|set|settled)(?: then| now| here)?\?$"
    r"|\bwhat\b.*\bstill (?:unhappy|open|missing|unclear|need|want|worr\w+|bother\w+|troubl\w+)\b"
    r"|\b(?:have|did) (?:i|we) (?:forget|forgotten|miss|missed|leave|left)(?: out)? (?:anything|something)\b"
)
"""Asks whether something remains, in other words than a closing phrase: "have I forgotten anything?"."""
_OR_ELSE = re.compile(r"^(?:\w+ ){0,3}anything (?:else|more)\b.*\bor (?:shall|can|may|will|are|is|was|do|have)\b")
"""The same with the way out beside it: "anything else, or can I let you go?"."""


def answer(picker: Picker, turn: Turn, steps: Steps) -> None:
    """What the turn asked for or brought; `state.case` is moved where the answer itself tells something."""
    if _WISHES.search(normal(turn.meant.question)):
        turn = replace(turn, meant=replace(turn.meant, question=""))
    state, meant = picker.state, turn.meant
    said = len(picker.parts)
    told = _particulars(picker, meant.question)
    if not state.case.told:
        tell(picker)
    for need in map(state.pack.need, steps.met):
        if need.kind == "show":  # what they were hoping for comes before what they were asked
            picker.add(need.accept, "accept", need.id)
    if meant.open_question and picker.room():
        said = len(picker.parts)  # an invitation still gets the next piece of the story
    offers_first = _offers_first(turn, steps)
    if offers_first:
        _offers(picker, turn, steps)
    for name in _to_answer(picker, turn, steps):
        picker.answer_behind(said)
        _fact(picker, state.pack.fact(name), withheld=name in steps.withheld)
    echo = meant.echo or _repeats(meant.question, state.memory.last_line)
    if meant.asks and not (told or echo) and _stands_alone(turn) and not turn.harm and picker.room():
        _beside(picker, meant.question)
    if not offers_first:
        _offers(picker, turn, steps)
    if len(picker.parts) > said or turn.harm:
        if "hold_permission" in turn.ids and not turn.harm:
            _hold(picker)
        if asks_what_remains(turn) and steps.met and not turn.harm and picker.room():
            _anything_else(picker)
        return
    if _remaining(picker, turn):
        _anything_else(picker)
    elif "hold_permission" in turn.ids:
        picker.parts.clear()  # the answer to the question, not a remark on how it was put
        picker.acts.clear()
        _hold(picker)
    elif state.case.told < len(state.pack.vent) and _tells(turn, state):
        if _put_off(turn, state, echo=echo) and not picker.parts:
            picker.react("hear_me_out")
        tell(picker)
    elif meant.question and PERSONAL.search(meant.question.lower()):
        picker.react("personal_question")
    elif echo and not picker.parts:
        picker.react("paraphrase")
    elif meant.check and not picker.parts:
        made_sure = _CONFIRMS.search(normal(turn.text)) and not (meant.offers or turn.ids & SOLVING)
        if not (made_sure and picker.react("confirm")):
            picker.react("agree_check")
    elif meant.open_question and not turn.ids & {"option", "plan_time", "step_offer"}:
        if not picker.react("continue"):  # nobody snubs an invitation: that was all of it
            picker.react("told_already")
    elif meant.question and _LEAVE.search(normal(meant.question)):
        picker.react("agree_check")
    elif meant.question and not (meant.check or echo):
        _unplaced(picker, meant.question.lower())


def _unplaced(picker: Picker, question: str) -> None:
    """A question about nothing of the case that they know: why it is asked, what is meant, or that they cannot tell."""
    if _ABOUT_THEM.search(question) and picker.react("off_topic_question", "unknown_question"):
        return
    if not (_OF_THEM.search(question) and picker.react("puzzled_question")):
        picker.react("unknown_question")


def _put_off(turn: Turn, state: CallState, *, echo: bool) -> bool:
    """Whether what they tell is no answer to what was asked: that comes later, they say."""
    plain = normal(turn.meant.question)
    asked = plain.endswith("?") and bool(_IN_PARTICULAR.search(plain)) and not DECLARATIVE.search(plain)
    return asked and bool(state.case.told) and not (turn.meant.open_question or echo)


def _hold(picker: Picker) -> None:
    """Whether they may be put on hold: who asks is told, whatever else is answered."""
    state = picker.state
    bears_it = state.mood.anger <= state.pack.customer.refuses_hold_above
    picker.react("hold_granted" if bears_it else "hold_refused")


def _to_answer(picker: Picker, turn: Turn, steps: Steps) -> tuple[str, ...]:
    """The facts to tell: none for "anything else you need?", which is not the first time that what they want comes up,
    and beside a new question nobody says again what only led up to it."""
    asked = tuple(name for name in steps.asked if not _asks_what_remains(picker, turn, name))
    fresh = tuple(name for name in asked if not _told(picker, picker.state.pack.fact(name)))
    return fresh if asks_what_remains(turn) else fresh or asked


def asks_what_remains(turn: Turn) -> bool:
    """Whether the turn asks if there is anything else, in a closing phrase or in other words."""
    asked = (normal(one) for one in SENTENCE.findall(turn.text) if one.rstrip().endswith("?"))
    return (
        turn.meant.anything_else
        or bool(_REMAINING.search(normal(turn.meant.question)))
        or any(_OR_ELSE.search(one) for one in asked)
    )


def _asks_what_remains(picker: Picker, turn: Turn, name: str) -> bool:
    hidden = picker.state.pack.fact(name).hidden
    return not hidden and bool(picker.state.case.met and _REMAINING.search(normal(turn.meant.words.get(name, ""))))


def _remaining(picker: Picker, turn: Turn) -> bool:
    """Whether the turn asks what is left to do, in words that are no closing phrase."""
    return asks_what_remains(turn) or any(_asks_what_remains(picker, turn, name) for name in turn.meant.asks)


def _offers_first(turn: Turn, steps: Steps) -> bool:
    """Whether what the trainee offers stands before what they ask: the answer keeps to that order, so that it ends with
    what was asked last. What they doubt comes behind all that they answer: nobody doubts a visit and then says when it
    would suit."""
    if steps.doubted or steps.heated:
        return False
    places = {name: turn.text.find(words) for name, words in turn.meant.words.items()}
    brought = [places[name] for name in (*steps.met, *steps.partly) if name in places]
    asked = [places[name] for name in steps.asked if name in places]
    return bool(brought and asked) and min(brought) < min(asked)


def _stands_alone(turn: Turn) -> bool:
    """Whether the question about nothing they know is one of its own, and not the end of a sentence that asked for
    something they do: "what do you do for a living, if I may ask?"."""
    question = turn.meant.question
    if not question or normal(question).startswith("and "):
        return bool(question)
    within = next((one for one in SENTENCE.findall(turn.text) if question in one), question)
    return not any(turn.meant.words.get(name, "\0") in within for name in turn.meant.asks)


def _beside(picker: Picker, question: str) -> None:
    """The other question of the turn, which is about nothing they know."""
    plain = normal(question)
    if PERSONAL.search(plain):
        picker.react("personal_question")
    elif _LEAVE.search(plain):
        picker.react("agree_check")
    elif OF_ITS_OWN.search(plain) and not LEADING_UP.search(plain):
        picker.react("other_question")


def _repeats(question: str, line: str) -> bool:
    """Whether it only gives their own words back to them: "on a roof?"."""
    plain = normal(question)
    said = {root(word) for word in normal(line).split()}
    given = {root(word) for word in plain.rstrip("?").split() if word not in EMPTY_WORDS}
    return bool(given) and bool(DECLARATIVE.search(plain)) and given <= said


def _particulars(picker: Picker, question: str) -> bool:
    """Whether they are asked for their name, or for some other particular that no fact of theirs gives, and say so."""
    kinds = asked_for(normal(question))
    return any(picker.react(one) for one in (["name_asked"] if NAME in kinds else []) + ["details_asked"] * bool(kinds))


def tell(picker: Picker) -> None:
    """The next piece of the story."""
    state = picker.state
    if picker.add(state.pack.vent[state.case.told], "vent"):
        state.case = replace(state.case, told=state.case.told + 1)


def _offers(picker: Picker, turn: Turn, steps: Steps) -> None:
    pack = picker.state.pack
    for need in map(pack.need, steps.met):
        if need.kind not in ("learn", "show") and (
            picker.room() or not any(act.kind == "accept" for act in picker.acts)
        ):
            picker.promised(time_of(turn.text, turn.meant.words.get(need.id, "")))
            picker.add(need.accept, "accept", need.id, dated=True)
    for name in steps.untimed[:1]:
        picker.add(pack.need(name).ask_when, "ask_when", name)
    for name in steps.unfigured[:1]:
        picker.add(pack.need(name).ask_figures, "ask_figures", name)
    for name in (*steps.heated, *steps.doubted)[:1]:
        picker.add(pack.need(name).doubt, "doubt", name)


def _anything_else(picker: Picker) -> None:
    state = picker.state
    left = next_need(state.case, state.pack)
    content = left is None or state.case.agreed or (settled(state.case, state.pack) and not left.required)
    if content or left is None:
        if state.case.agreed or not picker.react("still_angry"):
            picker.react("nothing_else")
    elif not picker.add(left.open, "open", left.id):
        picker.react("demand")


def _tells(turn: Turn, state: CallState) -> bool:
    """Whether this turn lets the customer go on with the story."""
    if turn.meant.open_question:
        return True
    if state.case.heard or under_way(state.case, state.pack):
        return False
    if turn.meant.question:  # who has yet to tell takes a question they cannot place for an invitation
        plain = normal(turn.meant.question)
        return not (_ABOUT_THEM.search(plain) or PERSONAL.search(plain))
    return turn.number <= FIRST_TURNS or bool(turn.ids & ACKNOWLEDGING)


def _fact(picker: Picker, fact: Fact, *, withheld: bool) -> None:
    if withheld:
        picker.add(fact.withheld, "withheld", fact.id)
        return
    told_before = _told(picker, fact)
    if told_before and picker.add(fact.again, "again", fact.id):
        return
    if told_before:
        picker.react("told_already")
    picker.add(fact.answers, "answer", fact.id)


def _told(picker: Picker, fact: Fact) -> bool:
    said = picker.state.memory.said
    return any(line in said for pool in (fact.answers, fact.again) for lines in pool.values() for line in lines)
