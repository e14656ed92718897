"""Past calls: open their debriefs, search, compare, delete."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from dialogue.events import Event
from ui import strings
from ui.debrief.call_comparison import compared
from ui.records import history
from ui.records.archive import read_journal, read_notes
from ui.records.history import PastCall
from ui.runtime.problems import Problem
from ui.screens.compare import CompareScreen
from ui.screens.confirm import Confirm
from ui.screens.search_field import SearchField
from ui.widgets.chooser import Chooser
from ui.widgets.keylines import KeyLines

WHEN_WIDTH, RESULT_WIDTH, TIME_WIDTH = 18, 14, 7
"""Cells of a row's columns; the title has what is left."""


LISTED_AT_FIRST = 100
"""Rows: thousands would take a second. Near the end of the list their number is doubled."""
NEAR_THE_END = 20


class Calls(Chooser):
    """Enter opens the chosen call."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", strings.KEY_DEBRIEF)]


class HistoryScreen(Screen[None]):
    class Opened(Message):
        """The trainee wants this call's debrief. `notes`: their own."""

        def __init__(self, events: Sequence[Event], notes: str) -> None:
            super().__init__()
            self.events, self.notes = events, notes

    class Left(Message): ...

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", strings.KEY_SEARCH, key_display="/"),
        Binding("m", "mark", strings.KEY_COMPARE, tooltip=strings.TIP_COMPARE),
        Binding("delete,d", "delete", strings.KEY_DELETE, key_display="d", tooltip=strings.TIP_DELETE),
        Binding("escape,q", "back", strings.KEY_BACK),
    ]
    HELP = strings.HELP_HISTORY
    AUTO_FOCUS = ""  # never the search field, which is hidden at first

    def __init__(self, calls: Sequence[PastCall], titles: Mapping[str, str], folder: Path) -> None:
        """`calls`: the newest first. `titles`: pack id -> title."""
        super().__init__()
        self._calls = list(calls)
        self._titles, self._folder = titles, folder
        self._shown: list[PastCall] = []
        self._listed = 0
        """How many of them have a row so far."""
        self._left_out = ""
        self._marked: PastCall | None = None
        """The first of two calls to compare."""
        self._width = 0
        """Columns for which the rows were made."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.HISTORY_TITLE, id="who")
            yield Static("", id="phase", markup=False)
        yield SearchField(placeholder=strings.HISTORY_SEARCH, id="search")
        yield Calls(id="calls", markup=False)
        yield Static("", id="no-calls", classes="quiet", markup=False)
        yield Static("", id="where", classes="quiet", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        self._left_out = self._strangers()
        self._sift()
        if self._calls:
            self.query_one(OptionList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "mark":
            return len(self._calls) > 1
        return bool(self._calls) if action in ("search", "delete") else True

    def on_resize(self) -> None:
        if self.size.width != self._width:  # not for the first event, when the rows have just been made
            self._sift()

    def _strangers(self) -> str:
        """A sentence about files in the calls folder that are not calls; "" for none."""
        with contextlib.suppress(Problem):  # already reported when the calls were read
            return strings.left_out(history.strangers(self._calls))
        return ""

    def pack_title(self, call: PastCall) -> str:
        return self._titles.get(call.pack, call.pack)

    def _sift(self) -> None:
        """Show the calls that match the search and keep the selection."""
        text = self.query_one("#search", Input).value
        rows = self.query_one(OptionList)
        chosen = rows.highlighted or 0
        self._shown = history.matching(self._calls, text, self._titles)
        rows.clear_options()
        self._listed, self._width = 0, self.size.width
        self._list(chosen + LISTED_AT_FIRST)
        rows.display = bool(self._shown)
        if self._shown:
            rows.highlighted = min(chosen, len(self._shown) - 1)
        empty = strings.HISTORY_NO_MATCH.format(text=text) if self._calls else strings.HISTORY_NONE
        self.query_one("#no-calls", Static).update("" if self._shown else empty)
        where = strings.HISTORY_WHERE.format(calls=strings.counted(len(self._calls), "call"), folder=self._folder)
        self.query_one("#where", Static).update("\n".join(filter(None, (where, self._left_out))))

    def _list(self, count: int) -> None:
        """Add rows up to the first `count` matching calls."""
        more = self._shown[self._listed : count]
        self.query_one(OptionList).add_options([Option(self._row(call)) for call in more])
        self._listed += len(more)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index >= self._listed - NEAR_THE_END:
            self._list(2 * self._listed)

    def _row(self, call: PastCall) -> Text:
        room = max(8, self.size.width - WHEN_WIDTH - RESULT_WIDTH - TIME_WIDTH - 6)
        title = strings.kind(self.pack_title(call), test=not call.cues, again=call.again, corrected=call.corrected)
        title = f"{strings.COMPARE_MARK}{title}" if call == self._marked else title
        title = title if len(title) <= room else title[: room - 1] + "…"
        row = f"{history.when(call):<{WHEN_WIDTH}}{title:<{room}} {history.result(call):<{RESULT_WIDTH}}"
        return Text(f"{row}{strings.clock(call.seconds):>{TIME_WIDTH}}", no_wrap=True)

    @property
    def _chosen(self) -> PastCall | None:
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def on_option_list_option_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if self._chosen:
            self._read(self._chosen.path)

    @work(exclusive=True, group="read")
    async def _read(self, path: Path) -> None:
        try:
            events, notes = await asyncio.to_thread(lambda: (read_journal(path), read_notes(path)))
        except Problem as problem:
            self.notify(strings.HISTORY_UNREADABLE.format(problem=problem), severity="error")
        else:
            self.post_message(self.Opened(events, notes))

    def action_mark(self) -> None:
        """Mark the call or, if another one is marked, compare the two."""
        call, marked = self._chosen, self._marked
        if call is None:
            return
        self._marked = call if marked is None else None
        self._sift()
        if marked is None:
            self.notify(strings.COMPARE_MARKED, timeout=4)
        elif marked == call:
            self.notify(strings.COMPARE_UNMARKED, timeout=2)
        else:
            self._compare(marked, call)

    @work
    async def _compare(self, one: PastCall, other: PastCall) -> None:
        try:
            found = await asyncio.to_thread(compared, one, other)
        except Problem as problem:
            self.notify(strings.HISTORY_UNREADABLE.format(problem=problem), severity="error")
        else:
            self.app.clear_notifications()  # how to mark the second one
            self.app.push_screen(CompareScreen(found))

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def on_input_changed(self) -> None:
        self._sift()

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).focus()

    def action_back(self) -> None:
        search = self.query_one("#search", Input)
        if not search.display:
            self.post_message(self.Left())
            return
        search.clear()
        search.display = False
        self.query_one(OptionList).focus()

    @work
    async def action_delete(self) -> None:
        call = self._chosen
        if call is None:
            return
        retries = history.retries_of(call, self._calls)
        question = strings.delete_question(self.pack_title(call), history.when(call), len(retries))
        if not await self.app.push_screen_wait(Confirm(question, strings.DELETE_KEYS)):
            return
        try:
            history.delete(call, retries)
        except Problem as problem:
            self.notify(str(problem), severity="error")
            return
        self._calls = [one for one in self._calls if one not in (call, *retries)]
        self._sift()
        self.refresh_bindings()
        self.notify(strings.HISTORY_GONE, timeout=2)
