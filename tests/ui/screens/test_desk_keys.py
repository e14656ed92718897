"""The desk in a small window: by the arrows alone one comes to what one may decide, before the call and in it."""

import pytest
from textual.widgets import OptionList

from tests.ui.stage import Switchboard, at_rest, lobby, press, staged
from ui.widgets.desk import DeskPanel
from ui.widgets.text import Bullet


@pytest.mark.parametrize("keys", [["down"] * 30, ["pagedown"] * 4], ids=["arrows", "pages"])
async def test_what_one_may_decide_is_reached_by_the_keyboard(keys: list[str]) -> None:
    async with staged(t=50.0, size=(80, 24)) as stage:
        await stage.press("d")
        desk, lookups = stage.app.screen.query_one(DeskPanel), stage.app.screen.query_one("#desk-lookups", OptionList)
        assert desk.scroll_y == 0
        assert lookups.has_focus
        await stage.press(*keys)
        last = list(desk.query(Bullet))[-1]
        assert desk.region.y <= last.region.y < desk.region.bottom
        await stage.press(*["up"] * 40)
        assert (desk.scroll_y, lookups.highlighted) == (0, 0)


async def test_and_already_in_the_briefing() -> None:
    async with lobby(Switchboard(), size=(80, 16)) as (app, pilot):
        await press(pilot, "enter")
        desk = app.screen.query_one(DeskPanel)
        assert desk.max_scroll_y > 0
        await pilot.press(*["down"] * 30)
        await at_rest(pilot)
        assert desk.scroll_y == desk.max_scroll_y
