"""A terminal that sends what is no UTF-8: one that speaks Latin-1, or noise on its line."""

import asyncio
import os
import sys
import threading
import time
from unittest.mock import Mock

import pytest

from tests.ui.driven import PATIENCE_SECONDS, until
from tests.ui.stage import Switchboard, lobby, press
from ui.app import CoolheadApp
from ui.screens.base_app import SOON_SECONDS, BaseApp, TooSmall
from ui.screens.help import HelpScreen
from ui.widgets.chooser import Chooser

if sys.platform == "win32":
    pytest.skip("has another driver", allow_module_level=True)

from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.drivers import linux_driver
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input


async def test_a_letter_that_is_none_is_one_that_says_so_and_the_next_ones_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    driver = linux_driver.LinuxDriver(Mock(spec=BaseApp), debug=False)
    driver.fileno = reading
    keys: list[str | None] = []

    def take(message: Message) -> None:
        if isinstance(message, Key):
            keys.append(message.character)

    monkeypatch.setattr(driver, "process_message", take)
    thread = threading.Thread(target=driver.run_input_thread)
    thread.start()
    os.write(writing, b"d\xe9j\xff")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(keys) < 4 and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    driver.exit_event.set()
    thread.join()
    os.close(writing)
    os.close(reading)
    assert keys == ["d", "\ufffd", "j", "\ufffd"]


async def test_when_the_terminal_can_be_read_no_more_the_program_says_so() -> None:
    app = CoolheadApp()

    async def panics() -> None:
        async with app.run_test():
            app.panic("a traceback")
            await until(lambda: app.failure)

    with pytest.raises(RuntimeError, match="could not be read any more"):
        await panics()
    assert isinstance(app.failure, RuntimeError)


async def test_a_palette_that_lies_under_another_screen_is_not_opened_again() -> None:
    app = CoolheadApp()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        app.push_screen(HelpScreen(app.screen))
        await pilot.press("ctrl+p")
        assert sum(isinstance(screen, CommandPalette) for screen in app.screen_stack) == 1


async def test_a_screen_that_comes_into_a_window_too_small_for_it_is_covered_once_it_is_there() -> None:
    app = CoolheadApp()
    async with app.run_test(size=(30, 10)) as pilot:
        screen = Screen[None]()
        app._fit(screen, app.size)
        await app.push_screen(screen)
        await until(lambda: screen.query(TooSmall))
        await pilot.pause(2 * SOON_SECONDS)
        assert len(screen.query(TooSmall)) == 1


async def test_keys_do_nothing_behind_the_sentence_that_the_window_is_too_small() -> None:
    async with lobby(Switchboard(), size=(80, 24)) as (app, pilot):
        before = app.screen
        await pilot.resize_terminal(50, 14)
        await until(lambda: before.query(TooSmall))
        await press(pilot, "enter", "enter")
        assert app.screen is before
        await pilot.resize_terminal(80, 24)
        await until(lambda: not before.has_class("-too-small"))
        await press(pilot, "enter")
        assert app.screen is not before


@pytest.mark.parametrize("key", ["pageup", "pagedown"])
async def test_a_list_without_room_for_a_row_bears_its_keys(key: str) -> None:
    class NoRoom(App[None]):
        CSS = "Chooser { height: 0; border: none; }"

        def compose(self) -> ComposeResult:
            yield Chooser("one", "two")

    async with NoRoom().run_test() as pilot:
        await pilot.press(key)


class Hasty(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Input()

    def on_mount(self) -> None:
        self.query_one(Input).focus()


async def test_a_screen_that_is_left_as_it_opens_ends_nothing() -> None:
    app = CoolheadApp()
    async with app.run_test() as pilot:
        for turns in range(12):  # of the loop, after which it is left
            app.push_screen(Hasty())
            for _ in range(turns):
                await asyncio.sleep(0)
            app.pop_screen()
            await pilot.pause()
    assert app.failure is None


async def test_nor_does_one_that_opens_as_the_program_is_left() -> None:
    app = CoolheadApp()
    async with app.run_test():
        app.push_screen(Hasty())
        app.exit()
        await asyncio.sleep(0.1)
    assert app.failure is None


async def test_but_what_is_not_found_on_a_screen_that_stays_is_a_fault() -> None:
    class Wrong(Screen[None]):
        def on_mount(self) -> None:
            self.query_one(Input).focus()

    app = CoolheadApp()

    async def opens() -> None:
        async with app.run_test() as pilot:
            app.push_screen(Wrong())
            await pilot.pause()

    with pytest.raises(NoMatches):
        await opens()
