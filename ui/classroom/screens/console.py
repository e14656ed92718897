"""The trainer's board: everybody at a glance, and a call for all of them or for one."""

import secrets
import time
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from ui import strings
from ui.classroom.group import Group
from ui.classroom.person import Person
from ui.classroom.protocol import Difficulty
from ui.classroom.screens.asking import Choose
from ui.classroom.screens.board import ANGER_WIDTH, CURVE_WIDTH, NAME_WIDTH, NARROW, STATE_WIDTH, Board
from ui.classroom.screens.steering import Steering
from ui.classroom.screens.watch import WatchScreen
from ui.records.scenarios import pack_heads
from ui.widgets.keylines import KeyLines
from ui.widgets.text import Steady

POLLS_PER_SECOND = 10
NEWS_SECONDS = 12.0
"""How long news of a trainee stay over the board."""
MOST_SEED = 1_000_000
MOST_NAMED = 4
"""In one sentence; of more it is said how many they are."""
HOW: Mapping[str, tuple[bool, Difficulty]] = {
    "practice": (True, "normal"),
    "easy": (True, "easy"),
    "hard": (True, "hard"),
    "test": (False, "normal"),
}
"""What can be chosen -> with coaching, and how hard."""


class ConsoleScreen(Steering, Screen[None]):
    CSS = """
    #board-head { height: 1; color: $quiet; padding: 0; }
    #board-empty { height: auto; padding: 1 2; color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start(True)", strings.KEY_START_ALL, tooltip=strings.TIP_START_ALL),
        Binding("o", "start(False)", strings.KEY_START_ONE, tooltip=strings.TIP_START_ONE),
        *Steering.STEERING,
        Binding("q", "app.quit", strings.KEY_QUIT),
    ]
    HELP = strings.HELP_BOARD

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Steady("", id="who", markup=False)
            yield Steady("", id="phase", markup=False)
        yield Steady("", id="board-head", markup=False)
        yield Steady("", id="board-empty", markup=False)
        yield Board(id="people")
        yield KeyLines()

    def on_mount(self) -> None:
        self.group.on_news = partial(self.app.call_later, self._tell)  # news come outside the app's context
        self.group.open()
        self.query_one(Board).focus()
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)

    def _tell(self, sentence: str) -> None:
        self.app.notify(sentence, severity="warning", timeout=NEWS_SECONDS)

    async def on_unmount(self) -> None:
        await self.group.close()

    @property
    def person(self) -> Person | None:
        return self.query_one(Board).chosen

    def _poll(self) -> None:
        if not self.is_current:
            return
        people = self.group.shown()
        here = sum(person.state.status not in ("lost", "away") for person in people)
        calls = sum(person.in_call for person in people)
        title = strings.BOARD_TITLE.format(name=self.group.entrance.class_name, here=here, calls=calls)
        self.query_one("#who", Steady).show(title)
        self.query_one("#phase", Steady).show(self.group.trouble)
        self.query_one("#board-head", Steady).show(_head(self.size.width))
        empty = self.query_one("#board-empty", Static)
        empty.display = not people
        self.query_one("#board-empty", Steady).show(strings.BOARD_EMPTY)
        self.query_one(Board).show(people, time.monotonic())

    def on_board_opened(self, message: Board.Opened) -> None:
        if message.person.call:
            self.app.push_screen(WatchScreen(self.group, message.person))
        else:
            self.app.notify(strings.NOT_IN_CALL.format(name=message.person.state.name))

    @work
    async def action_start(self, for_all: bool) -> None:
        """One customer, one seed: who gets the same call can be compared."""
        if not self._may_steer():
            return
        chosen = self.person
        heads = sorted(pack_heads(), key=lambda head: (head.level, head.title))
        titles = {head.id: head.title for head in heads}
        options = [(head.id, f"{strings.LEVEL_SHAPES[head.level]}  {head.title}") for head in heads]
        pack = await self.app.push_screen_wait(Choose(strings.ASK_PACK, options))
        how = await self.app.push_screen_wait(Choose(strings.ASK_HOW, tuple(strings.HOW.items()))) if pack else None
        free = [person for person in self.group.present() if person.state.status in ("waiting", "debrief")]
        whom = free if for_all else [person for person in free if chosen and person.id == chosen.id]
        if not (pack and how):
            return
        if not whom:
            self.app.notify(strings.NOBODY_WAITS)
            return
        seed = secrets.randbelow(MOST_SEED)
        cues, difficulty = HOW[how]
        ids = [person.id for person in whom]
        if self.group.start(ids, pack, seed, cues=cues, difficulty=difficulty):
            names = [person.state.name for person in whom]
            many = strings.STARTED_FOR_MANY.format(number=len(names))
            people = strings.LIST_JOIN.join(names) if len(names) <= MOST_NAMED else many
            self.app.notify(strings.STARTED_FOR.format(people=people, title=titles[pack], seed=seed))
        else:
            self.app.notify(strings.NOT_SENT, severity="error")


def _head(width: int) -> str:
    name, state, anger, curve, words = strings.BOARD_HEAD
    middle = f"{curve:<{CURVE_WIDTH}}" if width >= NARROW else ""
    return f"{name:<{NAME_WIDTH}}{state:<{STATE_WIDTH}}{anger:<{ANGER_WIDTH}}{middle}{words}"
