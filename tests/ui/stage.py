"""An app on a scripted call, and the hand on its clock; a lobby whose calls are scripted too."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.clock import MockClock
from textual.pilot import Pilot
from textual.widgets import Static

from dialogue.events import Event, TraineeAction
from tests.ui.driven import PATIENCE_SECONDS, until
from tests.ui.story import good_call, pack
from ui.app import READING, CoolheadApp
from ui.calls.journal_player import TICK_SECONDS, Player
from ui.calls.live_call import LiveCall
from ui.records.history import PastCall
from ui.screens.call import CallScreen
from ui.screens.disk import Disk
from ui.widgets.side import Side


class Stage:
    """An app on a scripted call, and the hand on its clock."""

    def __init__(self, app: CoolheadApp, player: Player, clock: MockClock, pilot: Pilot[None]) -> None:
        self.app, self.player, self.clock, self.pilot = app, player, clock, pilot

    async def at(self, seconds: float) -> None:
        """Let the call reach `seconds` and the screen follow."""
        self.clock.set_time(seconds)
        await self.settle()

    async def settle(self) -> None:
        await at_rest(self.pilot)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    def text(self, selector: str) -> str:
        return str(self.app.screen.query_one(selector, Static).render())

    @property
    def below(self) -> str | None:
        return self.app.screen.query_one(Side).panel

    @property
    def call(self) -> CallScreen:
        assert isinstance(self.app.screen, CallScreen)
        return self.app.screen

    def actions(self) -> list[str]:
        return [event.action for event in self.call.events if isinstance(event, TraineeAction)]


@asynccontextmanager
async def staged(
    events: list[Event] | None = None, *, t: float = 50.0, size: tuple[int, int] = (80, 24), status: str = ""
) -> AsyncIterator[Stage]:
    clock = MockClock(t)
    player = Player(pack(), events or good_call(), now=lambda: clock.time, status=status)
    app = CoolheadApp(call=player)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, player, clock, pilot)
        await stage.settle()
        yield stage


class Switchboard:
    """Makes scripted calls for the lobby."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.problem = problem
        self.clock = MockClock(0.0)
        self.line_free = threading.Event()
        """While it is not, calls go on ringing."""
        self.line_free.set()
        self.made: list[Player] = []
        self.recorded: list[LiveCall] = []

    def __call__(self, pack_id: str, cues: bool) -> Player:
        self.asked.append((pack_id, cues))
        assert self.line_free.wait(PATIENCE_SECONDS)
        return self.player()

    def player(self) -> Player:
        if self.problem:
            raise self.problem
        self.made.append(Player(pack(), good_call(), now=lambda: self.clock.time))
        return self.made[-1]


@asynccontextmanager
async def lobby(
    switchboard: Switchboard, past: Sequence[PastCall] = (), *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[CoolheadApp, Pilot[None]]]:
    second = pack().model_copy(update={"id": "second", "title": "The lost parcel", "level": 4})
    disk = Disk(past=lambda: past, record=switchboard.recorded.append)
    app = CoolheadApp(switchboard, demo=switchboard.player, packs=lambda: [second, pack()], disk=disk)
    async with app.run_test(size=size) as pilot:
        await at_rest(pilot)
        yield app, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await at_rest(pilot)


async def at_rest(pilot: Pilot[None]) -> None:
    """Nothing waits in a queue, past calls are read, the scripted call has seen its clock, and all of it is drawn."""
    await pilot.pause()
    await until(lambda: all(each.is_finished for each in pilot.app.workers if each.group == READING))
    await pilot.pause()
    if isinstance(screen := pilot.app.screen, CallScreen) and screen.is_running:
        await until(lambda: screen.answers_keys or not screen.is_current or pilot.app._exit)
        await asyncio.sleep(TICK_SECONDS)
        await until(lambda: not screen._polling)  # one under way may have begun before
        await screen._poll()
    await pilot.pause()
