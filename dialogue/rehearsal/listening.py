"""What a trainee takes from the customer's words: which of the pack's lines they are, and so what is wanted.

A trainee hears the reply, nothing else: no anger number, no phase, no ledger.
"""

import re
from dataclasses import dataclass

from dialogue.persona import Pack

_LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer's last words (several lines when they spoke into a silence) and what they amount to, in order."""

    text: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    """(kind, id): ("vent", ""), ("open", "new_shelf"), ("demand", ""), ..."""

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.acts)

    def ids(self, kind: str) -> tuple[str, ...]:
        return tuple(name for one, name in self.acts if one == kind)


class Listener:
    """Knows a pack's lines and recognises them in a reply."""

    def __init__(self, pack: Pack) -> None:
        self._pieces: list[tuple[str, str, tuple[str, str]]] = []
        for line, kind, name in _every(pack):
            longest = max(re.split(r"\{\w+\}", line), key=len).strip()
            if len(longest) >= _LEAST_LETTERS:  # an opener may have changed the first letter
                self._pieces.append((longest[1:].lower(), line, (kind, name)))

    def hear(self, text: str) -> Heard:
        spoken = text.lower()
        found = [(spoken.find(piece), act) for piece, _, act in self._pieces if piece in spoken]
        return Heard(text, tuple(dict.fromkeys(act for _, act in sorted(found))))

    def lines(self, text: str) -> set[str]:
        """The pack's lines that are in the text."""
        spoken = text.lower()
        return {line for piece, line, _ in self._pieces if piece in spoken}


def _every(pack: Pack) -> list[tuple[str, str, str]]:
    """(line, kind, id) for all that the customer may say."""
    pools = [("vent", "", pool) for pool in pack.vent]
    pools += [(reaction, "", pool) for reaction, pool in pack.lines.items()]
    for fact in pack.facts:
        pools += [("answer", fact.id, fact.answers), ("answer", fact.id, fact.again)]
        pools += [("withheld", fact.id, fact.withheld)]
    for need in pack.settlement:
        pools += [("accept", need.id, need.accept), ("doubt", need.id, need.doubt), ("open", need.id, need.open)]
        pools += [("ask_when", need.id, need.ask_when), ("ask_figures", need.id, need.ask_figures)]
    for ball in pack.curveballs:
        pools += [("curveball", ball.id, ball.lines), ("handled", ball.id, ball.handled_lines)]
    pools += [("trap", trap.id, trap.lines) for trap in pack.traps]
    pools += [("swearing", "", pack.conduct.swearing), ("warned", "", pack.conduct.warned)]
    return [(line, kind, name) for kind, name, pool in pools for lines in pool.values() for line in lines]
