"""The briefing: what the trainee knows before the call, and the breathing pacer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static

from dialogue.persona import Pack
from ui import strings
from ui.practice.breathing import USUAL, Pace
from ui.widgets.card import level
from ui.widgets.desk import DeskPanel
from ui.widgets.keylines import KeyLines
from ui.widgets.pacer import Pacer
from ui.widgets.text import Bullet


class BriefingScreen(Screen[None]):
    class PickedUp(Message):
        """`cues`: with coaching (practice) or without (test)."""

        def __init__(self, pack: Pack, *, cues: bool) -> None:
            super().__init__()
            self.pack, self.cues = pack, cues

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick_up", strings.KEY_PICK_UP),
        Binding("b", "breathe", strings.KEY_BREATHE, tooltip=strings.TIP_BREATHE_BEFORE),
        Binding("t", "test", strings.KEY_TEST, tooltip=strings.TIP_TEST),
        Binding("escape,q", "back", strings.KEY_BACK),
    ]
    HELP = strings.HELP_BRIEFING
    AUTO_FOCUS = "#desk"  # scrolls where the window is small

    def __init__(
        self,
        pack: Pack,
        *,
        cues: bool = True,
        pace: Pace = USUAL,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self.pack = pack
        self._cues = cues
        self._pacer = Pacer(clock=clock, pace=pace, note=strings.PACER_ENDS, id="pacer")

    def compose(self) -> ComposeResult:
        pack = self.pack
        with Horizontal(id="top"):
            yield Static(f"{pack.customer.name} · {pack.title}", id="who", markup=False)
            yield Static(level(pack), id="phase", markup=False)
        with Horizontal(id="briefing"):
            with VerticalScroll(id="briefing-story"):
                yield Static(strings.BRIEFING_STORY, classes="heading")
                yield Static(pack.summary, markup=False)
                if pack.skills:
                    yield Static(strings.SKILLS, classes="heading")
                    for skill in pack.skills:
                        yield Bullet(skill)
                yield Static(strings.BRIEFING_READY, classes="heading")
                yield Static("", id="practice", markup=False)
                yield Static(strings.BRIEFING_ARROWS, classes="quiet", markup=False)
            with ContentSwitcher(initial="desk", id="beside"):
                yield DeskPanel(pack.desk, None, id="desk")
                yield self._pacer
        yield KeyLines()

    def on_mount(self) -> None:
        self._show_mode()

    def _show_mode(self) -> None:
        mode = strings.BRIEFING_PRACTICE if self._cues else strings.BRIEFING_TEST
        self.query_one("#practice", Static).update(mode)

    def action_test(self) -> None:
        self._cues = not self._cues
        self._show_mode()

    def action_pick_up(self) -> None:
        self._stop_breathing()
        self.post_message(self.PickedUp(self.pack, cues=self._cues))

    def action_breathe(self) -> None:
        if not self._stop_breathing():
            self.query_one("#beside", ContentSwitcher).current = "pacer"
            self._pacer.start()

    def action_back(self) -> None:
        if not self._stop_breathing():
            self.app.pop_screen()

    def _stop_breathing(self) -> bool:
        """Stop the pacer; whether it was running."""
        beside = self.query_one("#beside", ContentSwitcher)
        breathing = beside.current == "pacer"
        if breathing:
            self._pacer.stop()
            beside.current = "desk"
        return breathing
