"""A screen that is one long page, scrolled by the arrows, Space, Home and End."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from ui import strings


class LongPage(Screen[None]):
    """The page is the screen's one `VerticalScroll`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", strings.KEY_PAGE_DOWN, show=False),
        Binding("pageup", "page(-1)", strings.KEY_PAGE_UP, show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]

    def action_scroll(self, direction: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=direction, animate=False)

    def action_page(self, direction: int) -> None:
        page = self.query_one(VerticalScroll)
        (page.scroll_page_up if direction < 0 else page.scroll_page_down)(animate=False)

    def action_end(self, direction: int) -> None:
        page = self.query_one(VerticalScroll)
        (page.scroll_home if direction < 0 else page.scroll_end)(animate=False)
