"""The footer's keys: all of them stay visible, with less padding or on several lines where the window is narrow."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what Footer composes; Textual exports no name for it

PADDING, COMPACT_PADDING = 3, 2
"""Cells around a key and its name."""


class KeyLines(Footer):
    DEFAULT_CSS = """
    KeyLines { layout: vertical; height: auto; }
    KeyLines Horizontal { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        width = self.app.size.width
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        self.compact = sum(len(key.key_display) + len(key.description) + PADDING for key in keys) > width
        padding = COMPACT_PADDING if self.compact else PADDING
        line: list[FooterKey] = []
        used = 0
        for key in keys:
            needed = len(key.key_display) + len(key.description) + padding
            if line and used + needed > width:
                yield Horizontal(*line)
                line, used = [], 0
            line.append(key)
            used += needed
        yield Horizontal(*line)

    async def on_resize(self, event: Resize) -> None:
        await self.recompose()
