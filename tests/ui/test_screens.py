"""Pictures of every screen's states, compared to the last. After a wanted change: pytest tests/ui/test_screens.py
--snapshot-update, and look at what changed.
"""

import os
from collections.abc import Callable

import pytest
from textual.clock import MockClock
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.story import good_call, pack
from ui.app import CoolheadApp
from ui.player import Player
from ui.theme import DARK, LIGHT

SnapCompare = Callable[..., bool]
SIZES = [(80, 24), (120, 40)]
IN_CALL_SECONDS = 68.0
AFTER_CALL_SECONDS = 100.0
NO_SOUND = "By keyboard: no sound device was found."


def in_call(theme: str, *, t: float = IN_CALL_SECONDS, mode: str = "voice") -> tuple[CoolheadApp, MockClock]:
    clock = MockClock(t)
    status = NO_SOUND if mode == "text" else ""
    player = Player(pack(), good_call(mode), now=lambda: clock.time, status=status)
    return CoolheadApp(call=player, theme=theme), clock


def in_lobby(theme: str) -> tuple[CoolheadApp, MockClock]:
    second = pack().model_copy(update={"id": "second", "title": "The lost parcel", "level": 4, "minutes": 9})
    results = {"second": "hung up, anger 70 → 95"}
    app = CoolheadApp(lambda _: in_call(theme)[0]._call, packs=[second, pack()], last_results=results, theme=theme)  # type: ignore[return-value,arg-type]
    return app, MockClock()


SCREENS = {
    "lobby": ([], lambda theme: in_lobby(theme)),
    "briefing": (["enter"], lambda theme: in_lobby(theme)),
    "call": ([], lambda theme: in_call(theme)),
    "over": ([], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
    "debrief": (["enter"], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
    "help": (["question_mark"], lambda theme: in_call(theme)),
}
STATES = {
    "typed": ([], lambda theme: in_call(theme, mode="text")),
    "desk": (["d"], lambda theme: in_call(theme)),
    "hold": (["h"], lambda theme: in_call(theme)),
    "hang-up": (["x"], lambda theme: in_call(theme)),
    "debrief-end": (["enter", "end"], lambda theme: in_call(theme, t=AFTER_CALL_SECONDS)),
}


def settled(keys: list[str]) -> Callable[[Pilot[None]], object]:
    async def run_before(pilot: Pilot[None]) -> None:
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.2)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause(0.3)

    return run_before


@pytest.fixture(autouse=True)
def _colours_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("look", ["dark", "light", "no-colour"])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(
    name: str, look: str, size: tuple[int, int], snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    if look == "no-colour":
        monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    keys, make = SCREENS[name]
    app, _ = make(LIGHT.name if look == "light" else DARK.name)
    assert snap_compare(app, terminal_size=size, run_before=settled(keys))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", STATES)
def test_state(name: str, size: tuple[int, int], snap_compare: SnapCompare) -> None:
    keys, make = STATES[name]
    app, _ = make(DARK.name)
    assert snap_compare(app, terminal_size=size, run_before=settled(keys))


@pytest.mark.parametrize("look", ["dark", "no-colour"])
def test_breathing(look: str, snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pacer's clock is the test's: held, at its fullest. Without colour it stands still and counts."""
    if look == "no-colour":
        monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app, _ = in_call(DARK.name)
    breath = MockClock(0.0)

    async def run_before(pilot: Pilot[None]) -> None:
        await pilot.pause(0.3)
        pilot.app.screen.query_one("Pacer").clock = breath  # type: ignore[attr-defined]
        await pilot.press("b")
        breath.set_time(4.5)
        await pilot.pause(0.3)

    assert snap_compare(app, terminal_size=SIZES[0], run_before=run_before)
