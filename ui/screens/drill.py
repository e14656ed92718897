"""Plays one drill and shows its lines, the trainee's answers and the verdicts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from random import Random, SystemRandom
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from dialogue.drills import Drill, instead_of
from dialogue.drills.tipping import Tipping
from dialogue.persona import PackProblem
from ui import strings
from ui.practice.drill_session import Practice, ReadFor, reader, refusal
from ui.practice.pacer_choice import pace
from ui.practice.trainee_line import VOICES, TraineeLine
from ui.records.drill_results import keep
from ui.runtime.settings import Settings
from ui.screens.opening import opened
from ui.widgets.keylines import KeyLines
from ui.widgets.pacer import Pacer
from voice.ports import VoiceProblem


class DrillScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", strings.KEY_BACK),
        Binding("pageup", "page(-1)", strings.KEY_PAGE_UP, show=False),
        Binding("pagedown", "page(1)", strings.KEY_PAGE_DOWN, show=False),
    ]
    HELP = strings.HELP_DRILL

    def __init__(
        self,
        drill: Drill,
        settings: Settings,
        *,
        by_text: bool = False,
        random: Random | None = None,
        make_reader: Callable[[], ReadFor] = reader,
    ) -> None:
        super().__init__()
        self._drill, self._settings, self._by_text = drill, settings, by_text
        self._random = random or SystemRandom()
        self._make_reader = make_reader
        self._pacer = Pacer(pace=pace(settings))
        self._typed: asyncio.Queue[str] = asyncio.Queue()
        self._next: Drill | None = None
        """The drill that Enter begins after the end of this one."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(self._drill.title, id="who", markup=False)
            yield Static("", id="phase", markup=False)
        with VerticalScroll(id="drill", can_focus=False):
            yield Static(self._drill.about, classes="quiet", markup=False)
            yield Static(strings.DRILL_OPENING, id="opening", classes="drill-row drill-head", markup=False)
        yield self._pacer
        yield Input(id="answer", placeholder=strings.DRILL_WAIT)
        yield KeyLines()

    def on_mount(self) -> None:
        self._pacer.display = False
        self.query_one(Input).focus()
        self._practise()

    @work
    async def _practise(self) -> None:
        """Play the drill; leaving the screen ends it."""
        try:
            read_for = await asyncio.to_thread(self._make_reader)
            line = await opened(self._line, TraineeLine.close)
        except (VoiceProblem, PackProblem, OSError) as problem:
            self._over(str(problem))
            return
        if not self.query(Input):  # the screen was left while the line opened
            await line.close()
            return
        if refused := refusal(self._drill, line):
            await line.close()
            self._over(refused, instead_of(self._drill))
            return
        if line.status:
            self.write(line.status)
        answer = self.query_one(Input)
        by_words = strings.DRILL_SAY_OR_TYPE if line.spoken else strings.DRILL_TYPE
        answer.placeholder = strings.DRILL_PRESS if isinstance(self._drill, Tipping) else by_words
        practice = Practice(self._drill, line, read_for, self, self._settings)
        try:
            async with line:
                await practice.run(self._random)
        finally:
            self._keep(practice, spoken=line.spoken)
        self._over("")

    def _line(self) -> TraineeLine:
        return TraineeLine(self._settings, by_text=self._by_text, speakers=tuple(VOICES), typed=self._lines())

    async def _lines(self) -> AsyncIterator[str]:
        while True:
            yield await self._typed.get()

    def _keep(self, practice: Practice, *, spoken: bool) -> None:
        try:
            keep(self._drill.id, practice.tally, spoken=spoken)
        except OSError as problem:
            self.notify(strings.DRILL_NOT_KEPT.format(reason=problem.strerror), severity="warning")

    def _over(self, why: str, instead: Drill | None = None) -> None:
        self.query("#opening").remove()
        self._next = instead or self._drill
        for row in (why, strings.DRILL_INSTEAD.format(title=instead.title) if instead else strings.DRILL_ONCE_MORE):
            if row:
                self.write(row)
        self.query_one(Input).placeholder = strings.DRILL_OVER

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.input.clear()
        if self._next:
            self.app.switch_screen(
                DrillScreen(self._next, self._settings, by_text=self._by_text, make_reader=self._make_reader)
            )
        else:
            if message.value.strip():
                self.write(strings.DRILL_YOU.format(text=message.value.strip()))
            self._typed.put_nowait(message.value)

    def action_page(self, direction: int) -> None:
        page = self.query_one("#drill")
        (page.scroll_page_up if direction < 0 else page.scroll_page_down)(animate=False)

    # --- as `ui.practice.drill_session.Show` --------------------------------------------------------------------------

    def head(self, row: str) -> None:
        self.query("#opening").remove()
        self.query_one("#phase", Static).update(row.split("  ")[0])
        self._add(row, "drill-head")

    def write(self, row: str) -> None:
        self._add(row, strings.DRILL_ROW_CLASSES.get(row[:1], ""))

    def told(self, row: str) -> None:
        self._add(row, "told")

    def forget(self) -> None:
        self.query(".told").remove()

    async def breathe(self) -> None:
        rows = self.query_one("#drill")
        rows.display, self._pacer.display = False, True
        self._pacer.start()
        try:
            await asyncio.sleep(self._pacer.pace.pattern.seconds)
        finally:
            self._pacer.stop()
            rows.display, self._pacer.display = True, False

    def _add(self, row: str, classes: str) -> None:
        rows = self.query_one("#drill")
        rows.mount(Static(row, classes=f"drill-row {classes}", markup=False))
        rows.scroll_end(animate=False)
