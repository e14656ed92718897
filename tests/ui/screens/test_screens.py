"""Pictures of every screen's states, compared to the last.

After a wanted change: pytest tests/ui/screens/test_screens.py --snapshot-update, and look at what changed.
"""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.clock import MockClock
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from dialogue import drills
from tests.ui.drilling import RulesAlone
from tests.ui.driven import PATIENCE_SECONDS
from tests.ui.past import past, sixteen
from tests.ui.room import QuietRoom
from tests.ui.stage import at_rest, press
from tests.ui.story import good_call, pack
from ui.app import CoolheadApp
from ui.calls.journal_player import Player
from ui.records.drill_results import Tally, keep
from ui.runtime.settings import Settings
from ui.screens import call as call_screen
from ui.screens.disk import Disk
from ui.screens.drill import DrillScreen
from ui.screens.drills import DrillsScreen
from ui.screens.history import HistoryScreen
from ui.screens.setup import SetupScreen
from ui.screens.theme import DARK, LIGHT

SnapCompare = Callable[..., bool]
SIZES = [(80, 24), (120, 40)]
IN_CALL_SECONDS = 68.0
AFTER_CALL_SECONDS = 100.0
NO_SOUND = "There is no microphone on this computer: plug in a headset. So you type."


def in_call(theme: str, *, t: float = IN_CALL_SECONDS, mode: str = "voice") -> tuple[CoolheadApp, MockClock]:
    clock = MockClock(t)
    status = NO_SOUND if mode == "text" else ""
    player = Player(pack(), good_call(mode), now=lambda: clock.time, status=status)
    return CoolheadApp(call=player, settings=settings(theme)), clock


def settings(theme: str) -> Settings:
    return Settings.model_construct(theme=theme)


def in_lobby(theme: str) -> tuple[CoolheadApp, MockClock]:
    disk = Disk(past=lambda: past())
    app = CoolheadApp(lambda *_: in_call(theme)[0]._call, packs=sixteen, settings=settings(theme), disk=disk)  # type: ignore[return-value,arg-type]
    return app, MockClock()


def in_history(theme: str) -> tuple[CoolheadApp, MockClock]:
    titles = {each.id: each.title for each in sixteen()}
    screen = HistoryScreen(past(), titles, Path("/home/jo/.local/share/coolhead/calls"))
    return CoolheadApp(first=screen, settings=settings(theme)), MockClock()


def in_setup(theme: str) -> tuple[CoolheadApp, MockClock]:
    return CoolheadApp(first=SetupScreen(settings(theme), QuietRoom()), settings=settings(theme)), MockClock()


def in_drills(theme: str) -> tuple[CoolheadApp, MockClock]:
    """Two drills done before; the files are the fixture's."""
    keep("find-the-gap", Tally(3, 1, 0), spoken=True)
    keep("find-the-gap", Tally(3, 3, 2), spoken=True)
    keep("spot-the-turn", Tally(3, 2, 2), spoken=False)
    return CoolheadApp(first=DrillsScreen(settings(theme), by_text=True), settings=settings(theme)), MockClock()


def in_drill(theme: str) -> tuple[CoolheadApp, MockClock]:
    screen = DrillScreen(
        drills.load("a-kind-limit"), settings(theme), by_text=True, make_reader=lambda: lambda wordings: RulesAlone()
    )
    return CoolheadApp(first=screen, settings=settings(theme)), MockClock()


SCREENS = {
    "lobby": ([], lambda theme: in_lobby(theme)),
    "briefing": (["enter"], lambda theme: in_lobby(theme)),
    "call": ([], lambda theme: in_call(theme)),
    "over": ([], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
    "debrief": (["enter"], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
    "setup": ([], lambda theme: in_setup(theme)),
    "history": ([], lambda theme: in_history(theme)),
    "drills": ([*["down"] * 4], lambda theme: in_drills(theme)),
    "drill": ([*"calm down", "enter"], lambda theme: in_drill(theme)),
    "typed": ([], lambda theme: in_call(theme, mode="text")),
    "desk": (["d"], lambda theme: in_call(theme)),
    "notes": (["n", *"call back at 4"], lambda theme: in_call(theme)),
    "help": (["question_mark"], lambda theme: in_call(theme)),
    "hold": (["h"], lambda theme: in_call(theme)),
    "hang-up": (["x"], lambda theme: in_call(theme)),
    "debrief-end": (["enter", "e", "end"], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
}


def settled(keys: list[str]) -> Callable[[Pilot[None]], object]:
    async def run_before(pilot: Pilot[None]) -> None:
        await at_rest(pilot)
        await press(pilot, *keys)
        if isinstance(screen := pilot.app.screen, SetupScreen):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not any("Good." in str(each.render()) for each in screen.query(".row-verdict").results(Static)):
                    await pilot.pause(0.02)  # it listens in real time
        for field in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
            field.cursor_blink = False
        await at_rest(pilot)

    return run_before


@pytest.fixture(autouse=True)
def _as_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", "/home/jo/.config/coolhead/settings.json")
    monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 0.0)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, size: tuple[int, int], snap_compare: SnapCompare) -> None:
    keys, make = SCREENS[name]
    app, _ = make(DARK.name)
    assert snap_compare(app, terminal_size=size, run_before=settled(keys))


@pytest.mark.parametrize("look", ["light", "no-colour"])
def test_look(look: str, snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch) -> None:
    """In other inks a screen is the same but for them: the call, which has them all, stands for every one."""
    if look == "no-colour":
        monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app, _ = in_call(LIGHT.name if look == "light" else DARK.name)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=settled([]))


@pytest.mark.parametrize("look", ["dark", "no-colour"])
def test_breathing(look: str, snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pacer's clock is the test's: held, at its fullest. Without colour it stands still and counts."""
    if look == "no-colour":
        monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app, _ = in_call(DARK.name)
    breath = MockClock(0.0)

    async def run_before(pilot: Pilot[None]) -> None:
        await at_rest(pilot)
        pilot.app.screen.query_one("Pacer").clock = breath  # type: ignore[attr-defined]
        await pilot.press("b")
        breath.set_time(4.5)
        await at_rest(pilot)

    assert snap_compare(app, terminal_size=SIZES[0], run_before=run_before)
