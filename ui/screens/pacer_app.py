"""The breathing pacer as an app of its own (`coolhead breathe`)."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Container
from textual.widgets import Static

from ui import strings
from ui.practice.breathing import USUAL, Pace
from ui.screens.base_app import BaseApp
from ui.screens.theme import DEFAULT_THEME
from ui.widgets.keylines import KeyLines
from ui.widgets.pacer import Pacer


class PacerApp(BaseApp):
    """Ends by itself after `breaths` breaths."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "quit", strings.KEY_END),
    ]

    def __init__(
        self,
        breaths: int,
        *,
        pace: Pace = USUAL,
        theme: str = DEFAULT_THEME,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(theme)
        self._breaths = breaths
        self._done = -1
        still = self.asked_still or pace.still
        self._pacer = Pacer(clock=clock, pace=replace(pace, still=still), note=strings.PACER_ENDS)

    def compose(self) -> ComposeResult:
        with Container(id="alone"):
            yield self._pacer
        yield Static("", id="breaths-left")
        yield KeyLines()

    def on_mount(self) -> None:
        self._pacer.start()
        self.watch(self._pacer, "frame", self._count)

    def _count(self) -> None:
        """Leave when the last breath is out."""
        done = self._pacer.breath.breaths
        if done >= self._breaths:
            self.exit()
        elif done != self._done:
            self._done = done
            left = strings.PACER_LEFT.format(number=done + 1, breaths=self._breaths)
            self.query_one("#breaths-left", Static).update(left)
