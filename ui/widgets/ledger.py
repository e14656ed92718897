"""Every change of anger as one row; the rows add up from the first number to the last."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from dialogue.events import LedgerRow
from ui.debrief.wording import ledger_lines


class Ledger(Widget):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"ledger--head", "ledger--up", "ledger--down", "ledger--quiet"}

    def __init__(self, rows: Sequence[LedgerRow], start: float, *, id: str | None = None) -> None:
        """`start`: anger before the first row, 0..100."""
        super().__init__(id=id)
        self._rows, self._start = rows, start

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows) + 2

    def render(self) -> Text:
        text = Text(no_wrap=True, end="")
        for kind, line in ledger_lines(self._rows, self._start, self.size.width):
            text.append(line + "\n", style=self.get_visual_style(f"ledger--{kind}").rich_style)
        text.right_crop(1)
        return text
