"""Why the anger moved: the newest causes first, in plain words, with the words or the measure that show it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from dialogue.events import LedgerRow
from ui import strings
from ui.debrief.wording import LEAST_SHOWN, change, evidence

CHANGE_WIDTH = 6


class Reasons(Widget):
    """As many of the newest causes as fit, each on two lines; of one moment the weightiest first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reasons--up", "reasons--down", "reasons--evidence"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[LedgerRow, ...] = ()

    def show(self, rows: Sequence[LedgerRow]) -> None:
        """`rows` in time order."""
        felt = tuple(sorted((row for row in rows if abs(row.delta) >= LEAST_SHOWN), key=_weight))
        if felt != self._rows:
            self._rows = felt
            self.refresh()

    def render(self) -> Text:
        quiet = self.get_visual_style("reasons--evidence").rich_style
        text = Text(no_wrap=True, overflow="ellipsis", end="")
        if not self._rows:
            text.append(strings.NOTHING_YET, style=quiet)
            return text
        room = self.size.height
        for row in reversed(self._rows):
            shown = evidence(row)
            if room < (2 if shown else 1):
                break
            name = "reasons--up" if row.delta > 0 else "reasons--down"
            text.append(f"{change(row.delta):<{CHANGE_WIDTH}}", style=self.get_visual_style(name).rich_style)
            text.append(_fit(strings.cause(row.cause, row.title), self.size.width - CHANGE_WIDTH) + "\n")
            room -= 1
            if shown:
                text.append(" " * CHANGE_WIDTH + _fit(shown, self.size.width - CHANGE_WIDTH) + "\n", style=quiet)
                room -= 1
        text.rstrip()
        return text


def _weight(row: LedgerRow) -> tuple[float, bool, float]:
    """Later, then weightier; what the ends of the scale swallowed is less than any cause."""
    return row.t, row.kind != "limit", abs(row.delta)


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)].rstrip() + "…"
