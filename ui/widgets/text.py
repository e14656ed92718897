"""Small pieces of text that several screens share."""

import re

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from ui import strings


class Steady(Static):
    """A Static that ignores a text which it already shows, so that it can be polled 15 times a second."""

    _showing: str | None = None

    def show(self, text: str) -> None:
        if text != self._showing:
            self._showing = text
            self.update(text)


class Note(Steady):
    """As much of a sentence as fits on one line."""

    def show(self, text: str) -> None:
        super().show(shortened(text, self.content_size.width))


def shortened(sentence: str, width: int) -> str:
    """As many clauses as fit into `width` characters; if not even one does, it is cut off."""
    if len(sentence) <= width:
        return sentence
    ends = [end.start() for end in re.finditer(r"[.,:;](?= )", sentence) if end.start() <= width]
    return sentence[: ends[-1]] if ends else f"{sentence[: max(0, width - 1)]}…"


class Bullet(Horizontal):
    """A list item with a hanging indent."""

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
