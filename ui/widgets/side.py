"""Beside the transcript: the gauge, and below it why the anger moved, the desk, the notes or the pacer."""

from collections.abc import Callable
from typing import Literal

from textual.app import ComposeResult
from textual.clock import Clock
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from dialogue.persona import Desk
from ui import strings
from ui.practice.breathing import Pace
from ui.widgets.curve import AngerCurve
from ui.widgets.desk import DeskPanel
from ui.widgets.gauge import AngerGauge
from ui.widgets.notes import NotePad
from ui.widgets.pacer import Pacer
from ui.widgets.reasons import Reasons

Panel = Literal["why", "desk", "notes", "pacer"]


class Side(Vertical):
    def __init__(self, desk: Desk, now: Callable[[], float], *, clock: Clock | None, pace: Pace, id: str) -> None:
        """`now`: call time, s. `clock`: the pacer's."""
        super().__init__(id=id)
        self._desk, self._now = desk, now
        self._pacer = Pacer(clock=clock, pace=pace, note=strings.PACER_MUTED, id="pacer")

    def compose(self) -> ComposeResult:
        yield AngerGauge(id="gauge")
        with ContentSwitcher(initial="why", id="below"):
            with Vertical(id="why"):
                yield Reasons(id="reasons")
                yield AngerCurve(id="curve")
            yield DeskPanel(self._desk, self._now, id="desk")
            yield NotePad(id="notes")
            yield self._pacer

    @property
    def panel(self) -> str | None:
        """The panel below the gauge."""
        return self.query_one("#below", ContentSwitcher).current

    def open(self, panel: Panel) -> None:
        self.query_one("#below", ContentSwitcher).current = panel
        self._make_room()

    def on_resize(self) -> None:
        self._make_room()

    def _make_room(self) -> None:
        """Let an open panel take half of a narrow terminal. Elsewhere the class, which restyles all children, stays."""
        self.set_class(self.panel != "why" and self.screen.has_class("-narrow"), "-open")
