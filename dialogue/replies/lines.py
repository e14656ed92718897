"""Picking lines: fit for the mood, never one that has been said, with every slot filled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from dialogue.events import Band
from dialogue.persona import LineKey, slots
from dialogue.state import CallState

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
    "angry": ("Look,", "Listen,", "No,", "Right,"),
    "furious": ("Look,", "Listen,", "No,", "Oh,"),
}
_LOWERED = frozenset(
    {"You", "You've", "You're", "That", "That's", "This", "It", "It's", "My", "We", "The", "They", "There", "Nobody"}
)
_STANDING = ("I ", "I'")
OPENER_CHANCE = 0.3
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_SHORT_OPENING = re.compile(r"^\w[\w' ]{0,14}?[,.!?]\s")


class Picker:
    """The lines of one reply in the making. Takes state and generator, leaves the parts and what is now used up."""

    def __init__(self, state: CallState, random: Random) -> None:
        self.state = state
        self.random = random
        self.parts: list[str] = []
        self.acts: list[str] = []
        self._taken: set[str] = set()
        self._slots = slot_values(state)

    def add(self, pool: Mapping[LineKey, Sequence[str]], act: str) -> bool:
        """A line of the pool, if one is left that fits; whether there was."""
        line = self.pick(pool)
        if line:
            self.parts.append(line)
            self.acts.append(act)
        return bool(line)

    def react(self, reaction: str, act: str = "") -> bool:
        return self.add(self.state.pack.lines.get(reaction, {}), act or reaction)

    def pick(self, pool: Mapping[LineKey, Sequence[str]]) -> str:
        for keys in _TIERS[self.state.mood.band]:
            left = [line for key in keys for line in pool.get(key, ()) if self._free(line)]
            if left:
                line = self.random.choice(left[:CHOICE])
                self._taken.add(line)
                return self._filled(line)
        return ""

    def text(self) -> str:
        return " ".join(self.parts)

    def remembered(self) -> frozenset[str]:
        return self.state.memory.said | self._taken

    def _free(self, line: str) -> bool:
        if line in self.state.memory.said or line in self._taken:
            return False
        return all(self._slots.get(slot) for slot in slots(line))

    def _filled(self, line: str) -> str:
        text = re.sub(r"\{(\w+)\}", lambda match: self._slots[match[1]], line)
        return _SENTENCE_START.sub(lambda match: match[0].upper(), text)


def slot_values(state: CallState) -> dict[str, str]:
    memory = state.memory
    minutes = int(state.t // 60)
    return {
        "agent": memory.agent,
        "customer": state.pack.customer.first_name,
        "promise": memory.promise,
        "minutes": str(minutes) if minutes >= 2 else "",
        "asked": memory.asked,
        "known": memory.known,
    }


def opened(text: str, band: Band, random: Random) -> tuple[str, str]:
    """The text with a short opening that may sound before the rest is ready, and that opening ("" for none)."""
    own = _SHORT_OPENING.match(text)
    if own:
        return text, own.group(0).strip()
    first = text.split(" ", 1)[0]
    if random.random() < OPENER_CHANCE and (first in _LOWERED or text.startswith(_STANDING)):
        opener = random.choice(_OPENERS[band])
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
        last_act=picker.acts[0] if picker.acts else "",
        emotional=emotional,
    )
