"""Why the anger moved: the main cause of the newest change with its evidence, then other causes, a line each."""

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from dialogue.events import LedgerRow
from ui import strings
from ui.debrief.wording import change, evidence, worth_telling

CHANGE_WIDTH, INDENT = 6, 2
"""Cells for a change and the space behind it; cells before the evidence."""
CAUSE_LINES, EVIDENCE_LINES = 2, 3
"""Lines of the main cause and its evidence: no more can be read at a glance."""
WORDLESS = frozenset({"badly_put", "well_put"})
"""Causes whose name says nothing without a quote: they get one also as further causes."""
LEAST_BESIDE = 0.5
"""Anger points: smaller further causes are left to the debrief."""


class Reasons(Widget):
    """As many of the newest causes as fit; those of earlier moments in quiet colours."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reasons--up", "reasons--down", "reasons--quiet"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[LedgerRow, ...] = ()
        self.none = strings.NOTHING_YET
        """What is shown while there are no causes."""

    def show(self, rows: Sequence[LedgerRow]) -> None:
        """`rows` in time order."""
        felt = tuple(sorted(filter(worth_telling, rows), key=_weight, reverse=True))
        if felt != self._rows:
            self._rows = felt
            self.refresh()

    def render(self) -> Text:
        if not self._rows:
            return Text(self.none, style=self._style("quiet"), end="")
        newest, *others = self._rows
        lines = self._cause(newest, CAUSE_LINES, "up" if newest.delta > 0 else "down")
        lines += self._shown(newest, EVIDENCE_LINES)
        for row in (row for row in others if worth_telling(row, LEAST_BESIDE)):
            block = self._cause(row, 1, "quiet" if row.t < newest.t else "up" if row.delta > 0 else "down")
            if row.cause in WORDLESS:
                block += self._shown(row, 1)
            if len(lines) + len(block) > self.size.height:
                break
            lines += block
        return Text("\n", no_wrap=True, end="").join(lines[: self.size.height])

    def _cause(self, row: LedgerRow, most: int, look: str) -> list[Text]:
        """The row's change and cause in the style `look`, on at most `most` lines."""
        named = _wrapped(strings.cause(row.cause, row.title), self.size.width, most, CHANGE_WIDTH)
        lines = [Text(line, style=self._style("quiet") if look == "quiet" else "") for line in named]
        moved = f"{change(row.delta) or '±0':<{CHANGE_WIDTH}}"
        first = Text.assemble((moved, self._style(look)), lines[0][CHANGE_WIDTH:])
        return [first, *lines[1:]]

    def _shown(self, row: LedgerRow, most: int) -> list[Text]:
        """The evidence, on at most `most` lines."""
        shown = _wrapped(evidence(row), self.size.width, most, INDENT)
        return [Text(line, style=self._style("quiet")) for line in shown]

    def _style(self, look: str) -> Style:
        return self.get_visual_style(f"reasons--{look}").rich_style


def _weight(row: LedgerRow) -> tuple[float, bool, float]:
    """Sort key: by time, then size; a row of the scale's limits comes after any cause."""
    return row.t, row.kind != "limit", abs(row.delta)


def _wrapped(text: str, width: int, most: int, indent: int) -> list[str]:
    """`text` on at most `most` indented lines of `width` cells, the rest replaced by an ellipsis."""
    room, before = max(indent + 2, width), " " * indent
    return textwrap.wrap(text, room, initial_indent=before, subsequent_indent=before, max_lines=most, placeholder="…")
