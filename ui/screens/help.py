"""Help for a screen: its keys, and how to read it."""

from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from ui import strings
from ui.screens.own_keys import own_keys

KEYS_WIDTH = 14
"""Cells."""


class HelpScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,f1,enter", "dismiss", show=False)]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(strings.HELP_TITLE, classes="box-title")
            yield Keys(self._keys())
            text = getattr(self._about, "HELP", "")
            if text:
                yield Static(text, classes="help-text", markup=False)
            yield Static(strings.HELP_CLOSE, classes="quiet help-text")

    def _keys(self) -> list[tuple[str, str]]:
        """(keys, what they do) for each action, in the order of declaration; the command palette last."""
        rows: dict[str, tuple[list[str], str]] = {}
        for _, binding, _, tooltip in own_keys(self._about):
            name, more = binding.description, tooltip or binding.tooltip
            keys, _ = rows.setdefault(
                binding.action.removeprefix("app."),
                ([], strings.HELP_KEY.format(name=name, more=more) if more else name),
            )
            keys.append(self.app.get_key_display(binding))
        palette = self.app.get_key_display(Binding(self.app.COMMAND_PALETTE_BINDING, ""))
        told = [(" ".join(dict.fromkeys(keys)), does) for keys, does in rows.values()]
        return [*told, (palette, strings.HELP_PALETTE)]


class Keys(Widget):
    """What each key does, in two columns. One widget, since dozens of them take 0.1 s to open."""

    DEFAULT_CSS = """
    Keys { height: auto; }
    Keys > .keys--key { color: $primary; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self.rows = rows
        """(keys, what they do)."""

    def render(self) -> RenderableType:
        table = Table.grid(expand=True)
        table.add_column(width=KEYS_WIDTH, style=self.get_visual_style("keys--key").rich_style)
        table.add_column(ratio=1)
        for keys, does in self.rows:
            table.add_row(Text(keys), Text(does))
        return table
