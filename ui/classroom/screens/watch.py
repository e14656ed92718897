"""One trainee's call in full, live: the call board, reading a journal that is still growing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dialogue.persona import PackProblem, load
from ui import strings
from ui.classroom.group import Group
from ui.classroom.person import Person
from ui.classroom.screens.steering import Steering
from ui.classroom.watched import Watched
from ui.practice.breathing import Pace
from ui.screens.call import POLLS_PER_SECOND
from ui.widgets.board import CallBoard
from ui.widgets.keylines import KeyLines
from ui.widgets.side import Side
from ui.widgets.text import Steady
from ui.widgets.transcript import Transcript


class WatchScreen(Steering, Screen[None]):
    CSS = """
    #watched { dock: top; height: 1; padding: 0 1; background: $panel; color: $hint; }
    WatchScreen #level { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", strings.KEY_BACK),
        *Steering.STEERING,
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    HELP = strings.HELP_BOARD

    def __init__(self, group: Group, person: Person) -> None:
        super().__init__()
        self.group, self._person = group, person
        self._watched = Watched(group, person)
        self._shown = -1
        self._board: CallBoard | None = None

    def compose(self) -> ComposeResult:
        name = self._person.state.name
        yield Steady(strings.WATCH_LOADING.format(name=name), id="watched", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)

    def on_unmount(self) -> None:
        self._watched.close()

    @property
    def person(self) -> Person | None:
        return self._person

    async def _poll(self) -> None:
        watched = self._watched
        if watched.over:  # they have been given another call
            watched.close()
            self._watched, self._shown = Watched(self.group, self._person), -1
            if self._board:
                await self._board.remove()
                self._board = None
            return
        if self._board is None:
            if watched.started is not None:
                await self._open_board(watched)
            elif self.group.trouble:
                self.query_one("#watched", Steady).show(self.group.trouble)
            return
        self.query_one("#watched", Steady).show(self._title())
        now = watched.now()
        note = strings.CLASS_PAUSED if self._person.paused else watched.view.problem
        self._board.show_moving(watched.view, watched.meter(), now, note, may_leave=False)
        if self._shown != watched.lines:
            self._shown = watched.lines
            await self._board.show_events(watched.view, now)

    async def _open_board(self, watched: Watched) -> None:
        assert watched.started
        try:
            pack = load(watched.started.pack)
        except PackProblem as problem:
            self.query_one("#watched", Static).update(str(problem))
            return
        side = Side(pack.desk, watched.now, clock=None, pace=Pace(), id="side")
        self._board = CallBoard(pack, watched.started, side, captions=True)
        await self.mount(self._board, before=self.query_one(KeyLines))
        self._board.query_one(Transcript).focus()

    def _title(self) -> str:
        """Whose call it is, whether the trainer listens, and what is amiss or who else wants the trainer."""
        title = (strings.LISTENING_TO if self._person.listened else strings.WATCHING).format(
            name=self._person.state.name
        )
        if self.group.trouble:
            return strings.WATCH_TROUBLE.format(title=title, trouble=self.group.trouble)
        calling = [each.state.name for each in self.group.present() if each.state.help and each is not self._person]
        return strings.WATCH_CALLS.format(title=title, names=strings.LIST_JOIN.join(calling)) if calling else title

    def action_leave(self) -> None:
        self.app.pop_screen()

    def action_page(self, direction: int) -> None:
        for transcript in self.query(Transcript):
            (transcript.scroll_page_up if direction < 0 else transcript.scroll_page_down)(animate=False)
