"""Small pieces of text that several screens share."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from ui import strings


class Steady(Static):
    """A Static whose `show` ignores what it shows already: polled 15 times a second, it costs nothing."""

    _showing: str | None = None

    def show(self, text: str) -> None:
        if text != self._showing:
            self._showing = text
            self.update(text)


class Bullet(Horizontal):
    """A point of a list whose further lines stand under its first."""

    DEFAULT_CSS = """
    Bullet { height: auto; }
    Bullet > .bullet-mark { width: 2; }
    Bullet > .bullet-text { width: 1fr; height: auto; }
    """

    def __init__(self, text: str, mark: str = strings.BULLET) -> None:
        super().__init__()
        self._text, self._mark = text, mark

    def compose(self) -> ComposeResult:
        yield Static(self._mark, classes="bullet-mark", markup=False)
        yield Static(self._text, classes="bullet-text", markup=False)
