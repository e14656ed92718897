"""Picking lines: fit for the mood, never one that has been said, with every slot filled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from dialogue.events import Band
from dialogue.persona import LineKey, fitting, slots
from dialogue.state import Act, CallState

CHOICE = 3
"""Among how many of the best fitting lines left the generator chooses: varied calls, in the author's order."""

_TIERS: Mapping[Band, tuple[tuple[LineKey, ...], ...]] = {
    "calm": (("calm",), ("cool",), ("any",), ("irritated",)),
    "irritated": (("irritated",), ("cool",), ("any",), ("calm", "angry")),
    "angry": (("angry",), ("hot",), ("any",), ("irritated", "furious")),
    "furious": (("furious",), ("hot",), ("any",), ("angry",)),
}
_OPENERS: Mapping[Band, tuple[str, ...]] = {
    "calm": ("Okay,", "Right,", "Well,"),
    "irritated": ("Well,", "Okay,", "Right,", "See,"),
    "angry": ("Look,", "Listen,", "Right,"),
    "furious": ("Look,", "Listen,"),
}
MOST_WORDS: Mapping[Band, int] = {"calm": 36, "irritated": 34, "angry": 28, "furious": 14}
"""Words after which an answer gets no further part: people on the telephone do not speak in paragraphs, and who is
beside themselves is short."""
MOST_LISTED = 3
"""Of what was agreed, said in one breath: more sounds read."""
_ASKS_NAME = re.compile(
    r"\b(?:what(?:'s| is| was)|give me|tell me|know|like|want|and) your (?:full )?name\b(?! again)"
    r"|(?:^|[.!?] )your name, please\b|\bwho am i talking to\b",
    re.I,
)
"""Asks what the trainee is called, which nobody asks who has been told."""
_LOWERED = frozenset(
    {"You", "You've", "You're", "That", "That's", "This", "It", "It's", "My", "We", "The", "They", "There", "Nobody"}
)
_DAY = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|weekend)\b")
_STANDING = ("I ", "I'")
_TIMED = frozenset({"plan_time"})
"""Reactions to a time."""
OPENER_CHANCE = 0.2
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_INTERJECTION = re.compile(r"^(?:look|listen|right|well|okay|see|hm+|oh|ah|now then|honestly|come on)[,.!?]\s", re.I)
"""Says nothing yet. A short first sentence ("Eleven.") is an answer, and has the time of one."""

_YES_OR_NO = re.compile(r"^(?:(?:yes|no)[,.] )+", re.I)


class Picker:
    """The lines of one reply in the making. Takes state and generator, leaves the parts and what is now used up."""

    def __init__(self, state: CallState, random: Random, stated: str = "") -> None:
        """`stated`: the day or time that the trainee has just held out."""
        self.state = state
        self.random = random
        self.stated = stated
        self.parts: list[str] = []
        self.acts: list[Act] = []
        self._taken: set[str] = set()
        self._slots = slot_values(state)

    def add(self, pool: Mapping[LineKey, Sequence[str]], act: str, about: str = "", *, dated: bool = False) -> bool:
        """A line of the pool, if one is left that fits; whether there was. `act`, `about`: as in `Act`. `dated`: a time
        in it must be the one that the trainee has named in this turn."""
        line = self.pick(pool, dated=dated)
        if line:
            self.parts.append(line)
            self.acts.append(Act(act, about))
        return bool(line)

    def promised(self, time: str) -> None:
        """What comes next answers this day or time of the turn, where it names several; "" for no other than before."""
        if time:
            self.stated = self._slots["promise"] = time

    def react(self, reaction: str, act: str = "") -> bool:
        return self.add(self.state.pack.lines.get(reaction, {}), act or reaction, dated=reaction in _TIMED)

    def react_first(self, reaction: str) -> None:
        """A remark before all that is said already, if one is left."""
        line = self.pick(self.state.pack.lines.get(reaction, {}))
        if line:
            self.parts.insert(0, line)
            self.acts.insert(0, Act(reaction))

    def answer_behind(self, remarks: int) -> None:
        """An answer follows the first `remarks` parts: a "yes" or "no" with which they begin would be taken for it."""
        without = (_YES_OR_NO.sub("", part) for part in self.parts[:remarks])
        self.parts[:remarks] = [_SENTENCE_START.sub(lambda match: match[0].upper(), part) for part in without]

    def pick(self, pool: Mapping[LineKey, Sequence[str]], *, dated: bool = False) -> str:
        for keys in _TIERS[self.state.mood.band]:
            left = [line for key in keys for line in pool.get(key, ()) if self._free(line)]
            if dated:
                left = [line for line in left if self._timely(line)]
            if left:
                line = self.random.choice(left[:CHOICE])
                self._taken.add(line)
                return self._filled(line)
        return ""

    def text(self) -> str:
        return " ".join(self.parts)

    def room(self) -> bool:
        """Whether there is still breath for another part."""
        return len(self.text().split()) < MOST_WORDS[self.state.mood.band]

    def remembered(self) -> frozenset[str]:
        return self.state.memory.said | self._taken

    def _free(self, line: str) -> bool:
        if line in self.state.memory.said or line in self._taken:
            return False
        if self.state.memory.agent and _ASKS_NAME.search(line):
            return False
        return all(self._slots.get(slot) for slot in slots(line))

    def _timely(self, line: str) -> bool:
        """Whether the line speaks of no other time than the one just named: an older one was for something else."""
        return _days(line) <= _days(self.stated) and (bool(self.stated) or "promise" not in slots(line))

    def _filled(self, line: str) -> str:
        text = re.sub(r"\{(\w+)\}", lambda match: self._slots[match[1]], line)
        return _SENTENCE_START.sub(lambda match: match[0].upper(), text)


def _days(text: str) -> frozenset[str]:
    return frozenset(_DAY.findall(text.lower()))


def slot_values(state: CallState) -> dict[str, str]:
    memory = state.memory
    customer = state.pack.customer
    minutes = int(state.t // 60)
    return {
        "agent": memory.agent,
        "customer": customer.surname if memory.formal else customer.first_name,
        "name": customer.name,
        "title": customer.title or "",
        "promise": memory.promise,
        "minutes": str(minutes) if minutes >= 2 else "",
        "asked": memory.asked,
        "known": memory.known,
        "agreed": _listed([need.title for need in map(state.pack.need, state.case.met) if need.kind == "offer"]),
        "company": state.pack.desk.company,
    }


def _listed(titles: Sequence[str]) -> str:
    """ "the shelf, the booklet and the call", of more than that "and the rest"; "" for fewer than two."""
    if len(titles) > MOST_LISTED:
        titles = [*titles[:MOST_LISTED], "the rest"]
    return ", ".join(titles[:-1]) + f" and {titles[-1]}" if len(titles) > 1 else ""


def opened(text: str, state: CallState, random: Random) -> tuple[str, str]:
    """The text with a short opening that may sound before the rest is ready, and that opening ("" for none)."""
    band = state.mood.band
    own = _INTERJECTION.match(text)
    if own:
        return text, own.group(0).strip()
    first = text.split(" ", 1)[0]
    if random.random() < OPENER_CHANCE and (first in _LOWERED or text.startswith(_STANDING)):
        opener = random.choice(fitting(state.pack.customer.vocabulary, band) or _OPENERS[band])
        rest = text if text.startswith(_STANDING) else text[0].lower() + text[1:]
        return f"{opener} {rest}", opener
    return text, ""


def remember(state: CallState, picker: Picker, text: str, *, emotional: bool) -> None:
    memory = state.memory
    state.memory = replace(
        memory,
        said=picker.remembered() | {text},
        replies=memory.replies + 1,
        last_line=text,
        acts=tuple(picker.acts),
        emotional=emotional,
        was_hot=memory.was_hot or state.mood.band in ("angry", "furious"),
    )
