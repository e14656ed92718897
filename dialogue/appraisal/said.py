"""The behaviours of a turn that count in its call; what was told in it, and what stands on the desk. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogue.appraisal.agent_name import agent_name, name_asked_for
from dialogue.appraisal.belief import CERTAIN
from dialogue.appraisal.evidence import in_words
from dialogue.appraisal.promises import doubtful
from dialogue.appraisal.situations import heard_line
from dialogue.content import judge
from dialogue.content.clauses import sentences
from dialogue.content.condolence import tells_of_a_loss
from dialogue.content.context import Context
from dialogue.content.exchange import content_words
from dialogue.content.names import TITLES
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.events import Behaviour, Utterance
from dialogue.language import SENTENCE, TIME, normal, quote
from dialogue.mood.effects import HARMS
from dialogue.phases import settled
from dialogue.state import CallState
from dialogue.understanding.asking import ELSE, TAG, asks
from dialogue.understanding.expected_answers import wants_a_name
from dialogue.understanding.matching import grouped
from dialogue.understanding.retelling import retold
from dialogue.understanding.story_pieces import past
from dialogue.understanding.topics import Meant

SHORTEST_SUMMARY = 6
"""Words."""
_CHOICE = re.compile(
    r"\b(?:shall|should|may) (?:i|we)\b.*\bor\b|\bor\b.*\b(?:shall|should) (?:i|we)\b"
    r"|\bwould you (?:rather|prefer|like|sooner)\b.*\bor\b(?! not\b)"
)
"""Asks which of two things is to be done."""
_AHEAD = re.compile(r"\b(?:\w+'(?:ll|m|s)|will|going|be|is|are|can|i|we|tomorrow|tonight|within|gets?|until|by)\b")
"""What looks ahead, or is done now, beside what has been."""
GIVING_BACK = frozenset({"paraphrase", "recap"})
SAID_BEFORE = 0.3
"""Share of its words that were said before from which a turn may sum something up, courtesies among them."""


def behaviours_said(state: CallState, utterance: Utterance, meant: Meant, *, giving_back: bool) -> Iterator[Behaviour]:
    """The behaviours that count: nothing is given back to a customer in wrong figures, and a question that they can
    answer is one, in whatever words."""
    text = utterance.text
    named = agent_name(text, state.pack, first=state.memory.turn == 0)
    agent = state.memory.agent or named  # who says "it's me, Alex" calls nobody Alex
    if not named and wants_a_name(heard_line(state)):
        named = name_asked_for(text)
    judged = judge(text, utterance.scores, replace(context(state), agent_name=agent))
    asks = frozenset(meant.words.get(name, "") for name in meant.asks)
    kept = [
        one for one in judged if _meant(one, state, text, named, asks) and (giving_back or one.id not in GIVING_BACK)
    ]
    yield from (
        replace(one, evidence=quote(one.evidence) if one.about else in_words(text, one.evidence)) for one in kept
    )
    ids = {one.id for one in kept}
    if named and "own_name" not in ids and not state.memory.agent:
        yield Behaviour("own_name", CERTAIN, in_words(text, named))
    if ids & HARMS:
        return
    if giving_back and not ids & GIVING_BACK and (back := retold(text, heard_line(state))):
        yield Behaviour("paraphrase", CERTAIN, quote(back))
    elif giving_back and "recap" not in ids and sums_up(state, text, meant):
        yield Behaviour("recap", CERTAIN, quote(text))
    if "option" not in ids and (choice := choice_left(text)):
        yield Behaviour("option", CERTAIN, quote(choice))
    new = [name for name in meant.asks if name not in state.case.asked and name in meant.words]
    if new and not ids & {"clarify", "hold_permission"}:
        yield Behaviour("clarify", CERTAIN, meant.words[new[0]])


def sums_up(state: CallState, text: str, meant: Meant) -> bool:
    """Whether a turn names again, once all is settled, at least two things that were agreed: that is a summary, in
    whatever words. What is asked sums nothing up, but for "okay?" behind it."""
    stating = " ".join(one for one in SENTENCE.findall(text) if TAG.search(one) or not asks(normal(one)))
    if not settled(state.case, state.pack) or len(stating.split()) < SHORTEST_SUMMARY:
        return False
    agreed = (need for need in map(state.pack.need, state.case.met) if need.kind in ("offer", "explain"))
    plainly = normal(stating)
    named = [
        need
        for need in agreed
        if grouped(need.words[:1], plainly) or (need.id in meant.offers and meant.words[need.id] in stating)
    ]
    return len(named) > 1


def _meant(one: Behaviour, state: CallState, text: str, named: str, asks: frozenset[str]) -> bool:
    """Whether a behaviour is what it seems to the classifier. "Anything else?" is no extra effort; a plan has its time;
    a question of the case (`asks`: their words) accuses nobody, unless it surely does; nobody who sits opposite is put
    on hold; what is new sums nothing up; their own name is given only where there is one; and nobody is miscalled by a
    first name before they have said who they are, nor where they have just asked for the trainee's."""
    match one.id:
        case "blaming" | "arguing":
            asked = any(one.evidence in words or words in one.evidence for words in asks if words)
            return not asked or one.confidence >= CERTAIN
        case "extra_mile":
            return not ELSE.search(normal(one.evidence))
        case "hold_demand":
            return state.pack.setting == "customer"
        case "recap":
            return one.confidence >= CERTAIN or _said_before(state, text) >= SAID_BEFORE
        case "plan_time":
            return any(_plans(text[start:end]) for start, end in sentences(text))
        case "own_name":
            return bool(named)
        case "wrong_name":
            titled = one.about.split(" ")[0] in TITLES
            return titled or (one.about != named.lower() and state.memory.turn > 0)
    return True


def _plans(sentence: str) -> bool:
    """Whether a sentence may hold a plan: a time in it, that does not tell of what has been ("you started on the
    nineteenth, so twelve days"), nor is one if all goes well ("hopefully by tomorrow")."""
    said = normal(sentence)
    if doubtful(sentence, sentence) or (past(said.split()) and not _AHEAD.search(said)):
        return False
    timed = any(hit.rule.behaviour == "plan_time" and not hit.blocked for hit in find(plain(sentence)))
    return timed or bool(TIME.search(said))


def _said_before(state: CallState, text: str) -> float:
    """Share of the words that carry `text` which either of the two has said before, 0..1."""
    words = content_words(text)
    before = frozenset().union(*map(content_words, (*state.memory.said, *state.memory.trainee)))
    return len(words & before) / len(words) if words else 0.0


def told(state: CallState) -> Iterator[str]:
    """What the customer has told, in any of its wordings, and what stands on the trainee's card."""
    pack, case = state.pack, state.case
    yield from state.memory.said
    for pool in (*pack.vent[: case.told], *(pack.fact(name).answers for name in case.facts)):
        for lines in pool.values():
            yield from lines
    yield from pack.desk.account.values()


def stated(state: CallState) -> Iterator[str]:
    """What the trainee reads off the desk, whoever told it, and who they say they are."""
    desk = state.pack.desk
    yield from (f"{name}: {value}" for name, value in desk.account.items())
    yield from desk.policy
    yield from (one.result for one in desk.lookups)
    yield f"{desk.company} {state.memory.agent}"


def context(state: CallState) -> Context:
    heard = heard_line(state)
    asked = heard if heard.rstrip().endswith("?") else ""
    return Context(
        customer_name=state.pack.customer.name,
        heard=heard,
        agent_name=state.memory.agent,
        heard_out=state.case.heard,
        customer_asked=re.split(r"(?<=[.!?])\s+", asked)[-1],
        mourns=tells_of_a_loss((*told(state), heard)),
    )


def choice_left(text: str) -> str:
    """The question of `text` that leaves it to them which of two things is done; "" for none."""
    return next(
        (text[a:b] for a, b in sentences(text) if text[a:b].endswith("?") and _CHOICE.search(normal(text[a:b]))), ""
    )
