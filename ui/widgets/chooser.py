"""A list to choose from. A mark shows the chosen row, not colour alone."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

MARK = "▸"


class Chooser(OptionList):
    DEFAULT_CSS = """
    Chooser > .option-list--option { padding: 0 1; }
    """

    def action_page_up(self) -> None:
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Do nothing when the window has no room for any row: Textual would crash."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        first = next(iter(strip), None)
        if first is None or not self._begins_chosen(y):
            return strip
        return Strip([Segment(MARK, first.style), *strip.crop(1)], strip.cell_length)

    def _begins_chosen(self, y: int) -> bool:
        """Whether line `y` of the widget is the first visible line of the chosen row."""
        return self._row(y) == self.highlighted is not None and (y == 0 or self._row(y - 1) != self.highlighted)

    def _row(self, y: int) -> int | None:
        first = next(iter(super().render_line(y)), None)
        row = first.style.meta.get("option") if first and first.style else None
        return row if isinstance(row, int) else None
