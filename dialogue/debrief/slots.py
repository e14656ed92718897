"""What fills the slots of better words: what the pack's author would say next, what the customer had just asked, what
is on the desk. Pure functions of the state of a call."""

import re
from collections.abc import Iterator, Mapping, Sequence

from dialogue.appraisal.situations import heard_line
from dialogue.content.exchange import content_words
from dialogue.language import TIME, amounts, normal, quote
from dialogue.persona import Need, Pack
from dialogue.persona.story import LookUp
from dialogue.phases import next_need, settled, under_way
from dialogue.state import CallState

SHOWING: Mapping[str, str] = {
    "find_out": "I don't have that here, so I'll find out and come back to you by four.",
    "park_topic": "Let's leave that one for ten minutes, and I'll come back to it.",
    "authority": "I'll tell you straight what I may decide, and what I may not.",
    "ownership": "I'm taking this on myself, and I stay with it until it's done.",
    "feedback_thanks": "Thank you for telling me. Without you I would not have known.",
    "revisit_topic": "Let's come back now to what we had put aside.",
}
"""By a behaviour that some customers wait for, in order of preference: words that show it. What they went through is
no such sentence: it belongs before every step."""
FEWEST_KEPT = 5
"""Words of a turn from which it is worth saying again with something before it."""
_INVITATIONS = (
    "Please tell me more, I'm listening.",
    "Tell me the rest of it, I'm listening.",
    "What has been the worst of it for you?",
    "What else should I know about it?",
)
"""What comes next while they have not been heard; the first only where little has been told."""
_UPSET = "You have every reason to be upset."
KINDS: Mapping[str, tuple[str, ...]] = {
    "next": ("learn", "explain", "offer", "show"),
    "answer": ("learn", "explain", "offer", "show"),
    "step": ("explain", "offer", "show"),
    "way": ("offer",),
    "ask": ("learn",),
}
"""By slot: the kinds of needs that fill it."""
_WIDE = frozenset({"happen", "doing"})
"""Words of a question that is about nothing in particular."""
_FEWEST_ASKED = 3
"""Words from which a question can be quoted by itself."""
_ASKED = re.compile(
    r"^(?:(?:and|but|so|or|well|right|look|now|then|listen|okay|quick question|may i ask|tell me)\b[,.]? )*"
    r"(?:who|what|when|where|why|which|how|whose|is|are|am|was|were|do|does|did|can|could|will|would|shall|should|may"
    r"|have|has|had|isn't|aren't|wasn't|don't|doesn't|didn't|can't|couldn't|won't|haven't|hasn't)\b(?! if not\b)"
)
"""What is put as a question, and not with its voice alone: "just like that?" is none that waits for an answer."""
_WANTS = frozenset({"open", "ask_when", "ask_figures", "curveball"})
"""Kinds of acts whose last question waits for an answer, in whatever words."""
_MAY_NOT = re.compile(r"you (?:may|must|can) ?not\b", re.I)
_OTHERS = re.compile(r"\b(?:he|him|his|she|her|they|them|their|the customer)\b")


def filled(state: CallState, said: str) -> dict[str, str]:
    """The slots that have one filling."""
    need = next_need(state.case, state.pack)
    open_needs = [one for one in state.pack.settlement if one.id not in state.case.met and one.kind == "offer"]
    on_the_table = need and need.kind == "offer" and (state.case.heard or need.id in state.case.partly)
    names = "|".join(map(re.escape, state.pack.customer.name.split()))
    calm = re.sub(rf",? ?\b(?:(?:mr|mrs|ms|miss) )?(?:{names})\b,?", "", said, flags=re.I)
    own = said if len(said.split()) >= FEWEST_KEPT and "anything else" not in said.lower() else ""
    lookups, question = state.pack.desk.lookups, question_of(state)
    about = next((one for one in lookups if question and is_about(question, f"{one.title} {one.result}")), None)
    return {
        "topic": need.title if need and on_the_table else "",
        "record": _titled(next(iter(lookups), None)),
        "lookup": _titled(about),
        "course": "first " + ", then ".join(one.title for one in open_needs[:3]) if need in open_needs[:-1] else "",
        "may": next(_authority(state.pack), ""),
        "name": (name := _called(state.pack)),
        "said": own,
        "calm": calm[:1].upper() + calm[1:],
        "asked": _asked(state.pack, said),
        "open": need.title if need and need.kind in ("offer", "explain") else "",
        "closing": f"Is there anything else I can do for you, {name}?" if settled(state.case, state.pack) else "",
        "upset": "" if cooled(state) else _UPSET,
        "lost": quote(state.floor.unheard) if state.floor.talked_over else "",
        "promise": state.memory.promise,
    }


def cooled(state: CallState) -> bool:
    """Whether they are past the worst of it, and helped: nobody wants to hear then how bad it was."""
    return state.mood.band in ("calm", "irritated") and under_way(state.case, state.pack)


def _titled(record: LookUp | None) -> str:
    title = record.title.rstrip("?") if record else ""
    return title[:1].lower() + title[1:]


def _authority(pack: Pack) -> Iterator[str]:
    """What the desk may decide, as the trainee can say it to the customer: what speaks of them as of somebody else, or
    says what may not be done, cannot. What the desk calls "yourself" is "myself" in their mouth."""
    for one in pack.desk.authority:
        if not (_OTHERS.search(one) or _MAY_NOT.match(one)):
            said = one.replace("yourself", "myself")
            yield said[:1].lower() + said[1:].rstrip(".")


def is_about(question: str, words: str) -> bool:
    """Whether the words are about what was asked; to a question as wide as "What now?" every step is an answer."""
    asked = content_words(question) - _WIDE
    return not asked or bool(asked & content_words(words))


def question_of(state: CallState) -> str:
    """What the customer has just asked, as far as it was heard; "" for nothing, or a retort that wants no answer."""
    memory, act = state.memory, state.memory.last_act
    if act.retorts:
        return ""
    asked = [one.strip() for one in re.findall(r"[^.!?]+[.!?]?", heard_line(state)) if one.rstrip().endswith("?")]
    put = [one for one in asked if len(one.split()) >= _FEWEST_ASKED and _ASKED.match(normal(one))]
    wants = act.kind in _WANTS or bool(memory.wanted or memory.due or state.case.facing)
    waits = wants and memory.last_line.rstrip().endswith("?")
    return put[-1] if put else asked[-1] if asked and waits else ""


def following(state: CallState, kind: str, kept: Sequence[str], *, alone: bool) -> Iterator[str]:
    """What would bring the call on from here, in the author's wordings, of one of `KINDS`; first of all for
    what they have just asked for, then for the needs in `kept`. `alone`: of the need that comes first, and of no
    other."""
    case, pack, kinds = state.case, state.pack, KINDS[kind]
    can_be = ready(state)
    pressed = [need for need in can_be if need.id == state.memory.last_act.about]
    for need in () if alone else (*pressed, *map(pack.need, kept)):
        if need.kind in kinds and need in can_be:
            yield from wordings(need, state)
    if pressed and not alone and kind == "ask":
        return  # who waits for something is not asked something else
    untold = case.told < len(pack.vent) and not (case.heard or case.acknowledged or case.met)
    if pack.hear_first and untold:
        yield from _INVITATIONS[case.told > 1 :] if "learn" in kinds else ()
        return
    first = next((need for need in can_be if need is next_need(case, pack)), next(iter(can_be), None))
    if first and (first.kind in (*kinds, "show") or kind == "way"):
        others = sorted((one for one in can_be if one is not first), key=lambda one: one.kind == "learn")
        for need in (first, *(() if alone else others)):
            if need.kind in kinds:
                yield from wordings(need, state)


def ready(state: CallState) -> list[Need]:
    """The needs that are open and can be met now: what they are too angry to hear, or that must come after something
    else, would go past them."""
    met, anger = state.case.met, state.mood.anger
    return [
        need
        for need in state.pack.settlement
        if need.id not in met
        and all(name in met for name in need.after)
        and (need.not_above is None or anger <= need.not_above)
    ]


def wordings(need: Need, state: CallState) -> Iterator[str]:
    if need.kind == "show":
        yield from (form for behaviour, form in SHOWING.items() if behaviour in need.behaviours)
    elif need.kind == "learn":
        facts = [state.pack.fact(name) for name in need.facts if name not in state.case.facts]
        questions = [word for fact in facts for word in fact.wordings if word.endswith("?")]
        yield from sorted(questions, key=lambda word: -_fit(word, state))
    elif need.timed:
        timed = [word for word in need.wordings if TIME.search(normal(word)) and not word.endswith("?")]
        yield from timed or need.wordings
    else:
        yield from need.wordings


def _asked(pack: Pack, said: str) -> str:
    """How to ask for what the trainee asked for, as "could I have your order number?"; "" for nothing of the pack's."""
    plain = normal(said)
    meant = [
        fact
        for fact in pack.facts
        if not fact.hidden and any(any(word.rstrip("*") in plain for word in group) for group in fact.words)
    ]
    named = next((fact for fact in meant if fact.title.split()[-1] in plain.split()), None)
    question = next((word for word in named.wordings if word.endswith("?")), "") if named else ""
    return question[:1].lower() + question[1:]


def _called(pack: Pack) -> str:
    """As a trainee would call them."""
    customer = pack.customer
    by_title = customer.title and pack.setting == "customer"
    return f"{customer.title} {customer.surname}" if by_title else customer.first_name


def _fit(wording: str, state: CallState) -> int:
    """How much of what the customer has said the question takes up, figures aside."""
    shared = content_words(wording) & frozenset().union(*map(content_words, state.memory.said))
    return sum(not amounts(word) for word in shared)
