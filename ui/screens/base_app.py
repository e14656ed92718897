"""What all apps share: themes, windows that are too small, browser tabs, and Ctrl+C to quit."""

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
"""Smallest window, in columns and rows, that the screens are made for."""

ORPHAN_CHECK_SECONDS = 2.0
SOON_SECONDS = 0.05


def _lenient(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


if sys.platform != "win32":
    from textual.drivers import linux_driver

    # a key in another encoding, or noise on the line, would end the thread that reads the terminal, and so the call
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
        """Ignore queries that fail because their screen, or the app, is being closed (Enter and Escape in quick
        succession)."""
        at = active_message_pump.get(None)
        going = self._exit or (isinstance(at, Widget) and (at._pruning or at._closing))
        if not (going and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Also called in threads of Textual's: keep an exception, or the program would end without a message."""
        super().panic(*renderables)
        self._exception = self._exception or RuntimeError("the terminal could not be read any more")

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, lambda screen: self._fit(screen, self.size))
        if self.is_web:
            self.set_interval(ORPHAN_CHECK_SECONDS, partial(self._leave_an_ended_server, os.getppid()))

    def on_resize(self, event: events.Resize) -> None:
        self._fit(self.screen, event.size)

    def _fit(self, screen: Screen[object], size: Size) -> None:
        """Cover the screen with one sentence while the window is too small."""
        columns, rows = LEAST_SIZE
        small = size.width < columns or size.height < rows
        covers = screen.query(TooSmall)
        screen.set_class(small, "-too-small")
        if not small:
            covers.remove()
        elif not screen.is_attached:  # the signal comes before the screen is mounted
            self.set_timer(SOON_SECONDS, lambda: self._fit(self.screen, self.size))
        elif not covers:
            screen.mount(TooSmall())

    def action_command_palette(self) -> None:
        """Open it once: Textual only checks the top screen, and a second palette ends the program."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            super().action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return commands(screen)

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing to copy quits; Textual would only name another key."""
        self.call_later(self.action_quit)

    def on_key(self, event: events.Key) -> None:
        """A modal screen blocks the app's bindings, so Ctrl+C is handled here, unless it has copied something."""
        if event.key == "ctrl+c" and self.screen.is_modal and not self._chosen_text:
            self.action_help_quit()

    @property
    def _chosen_text(self) -> str:
        """The text that Ctrl+C copies."""
        typed = self.focused.selected_text if isinstance(self.focused, (Input, TextArea)) else ""
        return typed or self.screen.get_selected_text() or ""

    def _leave_an_ended_server(self, parent: int) -> None:
        """In a browser's tab: exit after the server was killed, which sends no message."""
        if os.getppid() != parent:
            self.exit()

    def on_app_blur(self, event: events.AppBlur) -> None:
        """Ignored in a browser's tab, which counts as blurred from the start: the footer would stay empty."""
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
