"""The keys at the foot of the screen, on as many lines as they need: a trainer has more of them than fit into one."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what Footer composes; Textual exports no name for it

PADDING = 3
"""Cells around a key and its name."""


class KeyLines(Footer):
    DEFAULT_CSS = """
    KeyLines { layout: vertical; height: auto; }
    KeyLines Horizontal { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        line: list[FooterKey] = []
        used = 0
        for key in super().compose():
            assert isinstance(key, FooterKey)
            width = len(key.key_display) + len(key.description) + PADDING
            if line and used + width > self.app.size.width:
                yield Horizontal(*line)
                line, used = [], 0
            line.append(key)
            used += width
        yield Horizontal(*line)

    async def on_resize(self, event: Resize) -> None:
        await self.recompose()
