"""Writes `docs/techniques.md` from `docs/techniques.yaml`, and refuses what does not exist.

Every cause, curveball, trap, cue, advice card and file that a row names is looked up in the code and the packs; which
packs call for a technique, and which drills teach it, is computed from them. A technique without a drill is refused.
"""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialogue import drills
from dialogue.coaching import TEXTS
from dialogue.debrief.advice import ADVICE
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Pack, available, load
from dialogue.persona.loading import PACKS
from dialogue.persona.parsing import parse

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCE = HERE / "techniques.yaml"
TARGET = HERE / "techniques.md"
ROWS = {"000": 30, "001": 19, "002": 22, "003": 18, "004": 17}
"""Techniques of each source."""
THREE_MINUTES = 180.0
HOT_START = 70.0

WHERE: Mapping[str, Callable[[Pack], bool]] = {
    "colleague": lambda pack: pack.setting == "colleague",
    "lookups": lambda pack: bool(pack.desk.lookups),
    "not_due": lambda pack: pack.apology == "not_due",
    "experience": lambda pack: pack.apology == "experience",
    "angry": lambda pack: pack.customer.strain == "angry",
    "anxious": lambda pack: pack.customer.strain == "anxious",
    "confused": lambda pack: pack.customer.strain == "confused",
    "proactive": lambda pack: pack.customer.type == "proactive",
    "hidden": lambda pack: any(fact.hidden for fact in pack.facts),
    "vulgar": lambda pack: pack.conduct.vulgar,
    "hot_start": lambda pack: pack.mood.start >= HOT_START,
    "own_curveballs": lambda pack: any(ball.id not in pack.shared for ball in pack.curveballs),
    "after_three_minutes": lambda pack: any(ball.when.after_seconds == THREE_MINUTES for ball in pack.curveballs),
}


class Gap(Exception):
    """A row names something that is not there, or leaves empty what the design asks for."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    what: str
    must: str
    detect: tuple[str, ...]
    trigger: tuple[str, ...]
    teach: tuple[str, ...]
    none: Mapping[str, str]


def rows() -> tuple[Row, ...]:
    """All rows of the source, each of the known numbers once. Raises Gap."""
    data, _ = parse(SOURCE.read_text(encoding="utf-8"), SOURCE.name)
    assert isinstance(data, list)
    found = tuple(
        Row(
            one["id"],
            one["what"],
            one["must"],
            tuple(one.get("detect", ())),
            tuple(one.get("trigger", ())),
            tuple(one.get("teach", ())),
            one.get("none", {}),
        )
        for one in data
    )
    wanted = [f"{source}-{number}" for source, count in ROWS.items() for number in range(1, count + 1)]
    if [row.id for row in found] != wanted:
        raise Gap(f"expected the {len(wanted)} rows {wanted[0]} to {wanted[-1]} in order")
    return found


def page() -> str:
    """The whole page. Raises Gap with the row and what is wrong."""
    packs = [load(entry.path) for entry in available(PACKS)]
    lines = [
        "# Techniques",
        "",
        "What the coaching literature on angry customers asks for, and where it meets you in Coolhead: by which",
        "cause of the ledger (or measure) it is noticed, which packs call for it, which cue (on the screen during a",
        "call), card (the better words in the debrief) or part of the program teaches it, and in which drill it is",
        "practised: `coolhead drill --technique 003-9` begins the first. A dash stands where none is called for.",
        "",
        "Written by `python docs/make_techniques.py` from `docs/techniques.yaml`; a test holds it to code and packs.",
        "",
        "| | technique | noticed by | packs | taught by | drill |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows():
        cells = (_detected(row), _triggered(row, packs), _taught(row))
        shown = [_cell(row, letter, cell) for letter, cell in zip("DTL", cells, strict=True)]
        lines.append(f"| {row.id} | {row.what} | {' | '.join(shown)} | {_drilled(row)} |")
    return "\n".join([*lines, ""])


def _cell(row: Row, letter: str, text: str) -> str:
    if letter in row.none:
        return f"not yet: {row.none[letter]}"
    if not text and letter in row.must and letter != "L":  # that is what the drills are for
        raise Gap(f"{row.id}: the design asks for {letter}, and there is nothing")
    return text or "–"


def _detected(row: Row) -> str:
    shown = []
    for name in row.detect:
        place, _, words = name.partition(" | ")
        if words:
            module, _, attribute = place.partition(":")
            if not hasattr(importlib.import_module(module), attribute):
                raise Gap(f"{row.id}: {place} is not in the code")
            shown.append(words)
        elif place in EFFECTS:
            shown.append(f"`{place}`")
        else:
            raise Gap(f"{row.id}: {place!r} is no cause of the ledger")
    return ", ".join(shown)


def _triggered(row: Row, packs: list[Pack]) -> str:
    found: dict[str, None] = {}
    for selector in row.trigger:
        matching = [pack.id for pack in packs if _calls_for(selector, pack)]
        if not matching:
            raise Gap(f"{row.id}: no pack answers to {selector!r}")
        found |= dict.fromkeys(matching)
    return "all" if len(found) == len(packs) else ", ".join(sorted(found))


def _calls_for(selector: str, pack: Pack) -> bool:
    kind, _, name = selector.partition(":")
    match kind:
        case "all":
            return True
        case "pack":
            return pack.id == name
        case "ball":
            return any(ball.id == name for ball in pack.curveballs)
        case "expects":
            return any(name in ball.expects for ball in pack.curveballs if ball.id not in pack.shared)
        case "show":
            return any(name in need.behaviours for need in pack.settlement)
        case "trap":
            return any(trap.id == name for trap in pack.traps)
        case _:
            return WHERE[name](pack)


def _taught(row: Row) -> str:
    return ", ".join(_lessons(row))


def _drilled(row: Row) -> str:
    found = drills.teaching(row.id)
    if not found:
        raise Gap(f"{row.id}: no drill teaches it")
    return ", ".join(f"`{drill.id}`" for drill in found)


def _lessons(row: Row) -> Iterator[str]:
    known = {"cue": set(TEXTS), "card": set(ADVICE)}
    for lesson in row.teach:
        kind, _, name = lesson.partition(":")
        if kind == "file":
            path, _, words = name.partition(" | ")
            if not (ROOT / path).exists():
                raise Gap(f"{row.id}: there is no {path}")
            yield words
        elif name in known.get(kind, ()):
            yield f"{kind} `{name}`"
        else:
            raise Gap(f"{row.id}: there is no {kind} {name!r}")


def main() -> int:
    try:
        text = page()
    except Gap as gap:
        print(gap, file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
