"""What every app here has: our themes, a window that may be too small, a browser's tab, and Ctrl+C that leaves."""

import codecs
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from textual import events
from textual._context import active_message_pump  # Textual exports no name for it
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from ui import strings
from ui.screens.own_keys import commands
from ui.screens.theme import DEFAULT_THEME, THEMES

LEAST_SIZE: Final = (40, 16)
"""Columns and rows in which every screen still shows what matters."""

ORPHAN_CHECK_SECONDS = 2.0
SOON_SECONDS = 0.05


def _lenient(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


if sys.platform != "win32":
    from textual.drivers import linux_driver

    # a key of a terminal that speaks another encoding, or noise on its line, would end the thread that reads, and so
    # the call
    setattr(linux_driver, "getincrementaldecoder", _lenient)  # noqa: B010  (mypy knows the name as a function)


class BaseApp(App[None]):
    CSS_PATH = str(Path(__file__).with_name("styles.tcss"))  # a subclass would look in its own folder
    TITLE = strings.APP_TITLE
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, theme: str) -> None:
        """`theme`: one of ours by name; the default for any other."""
        no_color = "NO_COLOR" in os.environ  # Textual takes it out of the environment
        super().__init__()
        self.asked_still = no_color or self.animation_level == "none"
        """Whether the environment asks for nothing to move."""
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme if theme in {each.name for each in THEMES} else DEFAULT_THEME

    def _handle_exception(self, error: Exception) -> None:
        """What a screen does not find because it is being taken down already, or the whole program (Enter, and Escape
        or q right after it), is no fault: its parts were never there."""
        at = active_message_pump.get(None)
        going = self._exit or (isinstance(at, Widget) and (at._pruning or at._closing))
        if not (going and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Also for a thread of Textual's own: what is drawn goes to the log, and the program would end in silence."""
        super().panic(*renderables)
        self._exception = self._exception or RuntimeError("the terminal could not be read any more")

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, lambda screen: self._fit(screen, self.size))
        if self.is_web:
            self.set_interval(ORPHAN_CHECK_SECONDS, partial(self._leave_an_ended_server, os.getppid()))

    def on_resize(self, event: events.Resize) -> None:
        self._fit(self.screen, event.size)

    def _fit(self, screen: Screen[object], size: Size) -> None:
        """Whatever is on the screen goes on below the sentence, and is there again when there is room."""
        columns, rows = LEAST_SIZE
        small = size.width < columns or size.height < rows
        covers = screen.query(TooSmall)
        screen.set_class(small, "-too-small")
        if not small:
            covers.remove()
        elif not screen.is_attached:  # it is told of before it is there
            self.set_timer(SOON_SECONDS, lambda: self._fit(self.screen, self.size))
        elif not covers:
            screen.mount(TooSmall())

    def action_command_palette(self) -> None:
        """One at a time: Textual looks for it on top alone, and a second one under it would end the program."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            super().action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return commands(screen)

    def action_help_quit(self) -> None:
        """Ctrl+C, where there is nothing to copy. Textual would name another key; who presses it wants to leave."""
        self.call_later(self.action_quit)

    def on_key(self, event: events.Key) -> None:
        """A box over the screen keeps the app's own keys away; a key comes here also when it has copied something."""
        if event.key == "ctrl+c" and self.screen.is_modal and not self._chosen_text:
            self.action_help_quit()

    @property
    def _chosen_text(self) -> str:
        """What Ctrl+C copies."""
        typed = self.focused.selected_text if isinstance(self.focused, (Input, TextArea)) else ""
        return typed or self.screen.get_selected_text() or ""

    def _leave_an_ended_server(self, parent: int) -> None:
        """In a browser's tab: a server that was killed cannot tell."""
        if os.getppid() != parent:
            self.exit()

    def on_app_blur(self, event: events.AppBlur) -> None:
        """A browser's tab is said to be out of sight from the start, and the footer would stay empty until a key."""
        if self.is_web:
            event.prevent_default()


class TooSmall(Widget):
    """One line over the whole window, as long as fits."""

    DEFAULT_CSS = """
    TooSmall { layer: small; width: 100%; height: 100%; background: $background; content-align: center middle; }
    """

    def render(self) -> str:
        (width, height), (columns, rows) = self.app.size, LEAST_SIZE
        told = [each.format(width=width, height=height, columns=columns, rows=rows) for each in strings.TOO_SMALL]
        return next((each for each in told if len(each) <= width), told[-1][:width])
