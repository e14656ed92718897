"""A list to choose from; a mark stands beside the chosen row, so that nobody has to tell it by colour."""

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
        """Not where no row has room (a window that is too small): Textual would look for one, and end the program."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        first = next(iter(strip), None)
        row = first.style.meta.get("option") if first and first.style else None
        if first is None or row is None or row != self.highlighted:
            return strip
        return Strip([Segment(MARK, first.style), *strip.crop(1)], strip.cell_length)
