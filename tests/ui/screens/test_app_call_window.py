"""The call in windows of every size, and its status line: as much of it as fits."""

import pytest

from tests.ui.stage import staged
from tests.ui.story import good_call
from ui.screens.base_app import TooSmall
from ui.widgets.level import LevelMeter, filled_eighths
from ui.widgets.text import shortened


async def test_resizing_live_keeps_everything_on_the_screen() -> None:
    async with staged(size=(120, 40)) as stage:
        for width, height in ((80, 24), (60, 20), (160, 50), (40, 16), (80, 24)):
            await stage.pilot.resize_terminal(width, height)
            await stage.settle()
            curve = ("#curve",) if width >= 70 else ()
            for selector in ("#transcript", "#gauge", "#reasons", "#cue", "#status", "Footer", *curve):
                region = stage.app.screen.query_one(selector).region
                assert region.area > 0
                assert region.right <= width
                assert region.bottom <= height
            transcript = stage.app.screen.query_one("#transcript").region
            assert transcript.width >= width / 2  # the conversation is the largest thing there is
            assert transcript.area >= stage.app.screen.query_one("#side").region.area


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (200, 8), (7, 3), (39, 60)])
async def test_a_window_too_small_says_so_on_one_line_and_comes_back_when_it_grows(size: tuple[int, int]) -> None:
    async with staged(size=(80, 24)) as stage:
        await stage.pilot.resize_terminal(*size)
        await stage.settle()
        (cover,) = stage.app.screen.query(TooSmall)
        assert cover.region.size == size
        assert len(str(cover.render())) <= size[0]
        await stage.press("m", "question_mark")
        assert stage.app.screen.query(TooSmall)  # whatever comes up
        await stage.press("escape")
        assert stage.actions() == ["mute"]  # the keys go on
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert not stage.app.screen.query(TooSmall)
        assert stage.app.screen.query_one("#transcript").region.area > 0


@pytest.mark.parametrize(
    ("width", "fits"),
    [
        (200, "By keyboard: no microphone was found, as it seems; plug in a headset."),
        (60, "By keyboard: no microphone was found, as it seems"),
        (40, "By keyboard: no microphone was found"),
        (20, "By keyboard"),
        (8, "By keyb…"),
    ],
)
def test_the_status_line_shows_whole_clauses(width: int, fits: str) -> None:
    sentence = "By keyboard: no microphone was found, as it seems; plug in a headset."
    assert shortened(sentence, width) == fits


async def test_the_reason_for_the_keyboard_ends_with_a_clause_on_the_status_line() -> None:
    why = "By keyboard: no microphone was found; plug in a headset, or choose another in the set-up, and call again."
    async with staged(good_call("text"), status=why) as stage:
        for width in (80, 60, 100, 200):
            await stage.pilot.resize_terminal(width, 24)
            await stage.settle()
            note = stage.text("#note")
            assert why.startswith(note)
            assert why[len(note) :][:2].strip() in ("", ":", ";", ",")


def test_the_level_meter_has_a_fixed_scale() -> None:
    assert filled_eighths(-60.0, 20) == 0
    assert filled_eighths(-30.0, 20) == 80
    assert filled_eighths(0.0, 20) == 160
    assert filled_eighths(-120.0, 20) == 0


async def test_the_level_meter_draws_nothing_when_nothing_would_change() -> None:
    async with staged(t=6.0) as stage:
        meter = stage.app.screen.query_one(LevelMeter)
        drawn: list[bool] = []
        meter.refresh = lambda *args, **kwargs: drawn.append(True) or meter  # type: ignore[method-assign,func-returns-value]
        await stage.settle()
        assert drawn == []
        meter.show(-3.0)
        assert drawn
