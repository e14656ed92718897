"""The installed scenarios, read quickly from their files' first lines, and which one to take next."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from dialogue.events import Outcome
from dialogue.files import finite
from dialogue.persona import available
from ui import strings
from ui.records.history import PastCall, best, by_pack

LOST: Sequence[Outcome] = ("escalated", "hung_up", "abandoned")
_HEAD = re.compile(r"^title:\s*(?P<title>.+?)\s*$|^level:\s*(?P<level>\d)|^ +name:\s*(?P<name>.+?)\s*$", re.MULTILINE)
_QUOTES = "'\" "


class Listed(Protocol):
    """What a suggestion needs to know of a scenario: a `Pack`, or its `Head`."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def first_name(self) -> str: ...


P = TypeVar("P", bound=Listed)


@dataclass(frozen=True, slots=True)
class Head:
    """The same, read from the first lines of a pack's file."""

    id: str
    title: str
    level: int
    """1 gentle to 5 hard."""
    name: str
    """The customer's, in full."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


def pack_heads() -> list[Head]:
    """The head of every scenario, without parsing whole packs, which takes half a second."""
    heads = []
    for each in available():
        with contextlib.suppress(OSError, UnicodeDecodeError):
            found: dict[str, str] = {}
            for match in _HEAD.finditer(finite(each.path).read_text(encoding="utf-8")):
                found.setdefault(str(match.lastgroup), match[str(match.lastgroup)].strip(_QUOTES))
            if found.keys() >= {"title", "level", "name"} and found["name"]:
                heads.append(Head(each.id, found["title"], int(found["level"]), found["name"]))
    return heads


def pack_titles() -> dict[str, str]:
    """Pack id -> title."""
    return {each.id: each.title for each in pack_heads()}


def suggestion(packs: Sequence[P], calls: Sequence[PastCall]) -> tuple[P, str] | None:
    """The pack to take next and the reason in words, from `calls`, the newest first. None without packs."""
    if not packs:
        return None
    gentle_first = sorted(packs, key=lambda pack: (pack.level, pack.title))
    known = {pack.id: pack for pack in packs}
    calls = [call for call in calls if call.counts and call.pack in known]
    if not calls:
        return gentle_first[0], strings.NEXT_FIRST
    last = known[calls[0].pack]
    if calls[0].outcome in LOST:
        twice = len(calls) > 1 and calls[1].pack == last.id and calls[1].outcome in LOST
        easier = [pack for pack in gentle_first if pack.level < last.level]
        if twice and easier:
            return easier[-1], strings.NEXT_EASIER
        return last, strings.NEXT_AGAIN.format(name=last.first_name)
    bests = {pack: best(of_pack) for pack, of_pack in by_pack(calls).items()}
    for pack in gentle_first:
        had = bests.get(pack.id)
        if had is None:
            return pack, strings.NEXT_NEW
        if had.outcome != "satisfied" and pack is not last:
            return pack, strings.NEXT_UNSETTLED
    *_, longest_ago = by_pack(calls)  # in the order of each pack's newest call
    return known[longest_ago], strings.NEXT_LONG_AGO
