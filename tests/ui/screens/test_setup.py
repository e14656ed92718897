"""The set-up: every row, on a headset that the test holds; and what is left without one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.clock import MockClock
from textual.pilot import Pilot
from textual.widgets import Static

from dialogue.events import Prosody
from tests.ui.driven import PATIENCE_SECONDS
from tests.ui.room import OpenMicrophone, QuietRoom, tone
from tests.ui.stage import at_rest
from ui import strings
from ui.app import CoolheadApp
from ui.runtime.settings import Settings
from ui.screens import setup as setup_screen
from ui.screens.disk import Disk
from ui.screens.reading import ReadingScreen
from ui.screens.setup import SetupScreen
from ui.screens.theme import LIGHT
from ui.widgets.row import Row
from voice.echo.canceller import available
from voice.ports import VoiceProblem
from voice.soundcheck import Echo, Listener

CALM = Prosody(28.0, -27.0, 180.0, 5.0, 4.1, 0.12, -14.0)


class Setup:
    def __init__(self, app: CoolheadApp, pilot: Pilot[None], kept: dict[str, object], clock: MockClock) -> None:
        self.app, self.pilot, self.kept, self.clock = app, pilot, kept, clock

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await at_rest(self.pilot)

    async def focus(self, row: str) -> None:
        self.app.screen.query_one(f"#{row}").focus()
        await at_rest(self.pilot)

    async def until(self, condition: Callable[[], object]) -> None:
        """What is done in a thread, or polled, has been shown."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                await at_rest(self.pilot)

    def value(self, row: str) -> str:
        return str(self.app.screen.query_one(f"#{row} .row-value", Static).render())

    def told(self, row: str) -> str:
        return self.app.screen.query_one(f"#{row}", Row).told


@asynccontextmanager
async def setup(room: QuietRoom, settings: Settings | None = None) -> AsyncIterator[Setup]:
    kept: dict[str, object] = {}
    clock = MockClock(0.0)
    settings = settings or Settings.model_construct()
    screen = SetupScreen(settings, room, clock=clock)
    app = CoolheadApp(first=screen, settings=settings, disk=Disk(remember=kept.update))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        yield Setup(app, pilot, kept, clock)


async def test_left_and_right_choose_and_it_is_kept_and_holds_at_once() -> None:
    async with setup(QuietRoom()) as stage:
        await stage.press("right")
        assert stage.value("set-microphone") == "‹ Headset Mono ›"
        await stage.focus("set-captions")
        await stage.press("left", "down", "right", "down", "right", "down", "right", "down", "enter")
        assert stage.kept == {
            "microphone": "Headset Mono",
            "captions": False,
            "pacer": "4-2-6",
            "pacer_sound": True,
            "theme": LIGHT.name,
            "reduced_motion": True,
        }
        assert stage.app.theme == LIGHT.name
        assert stage.app.pace.still
        assert stage.app.pace.pattern.exhale == 6.0


async def test_another_microphone_is_listened_to_at_once() -> None:
    room = QuietRoom()
    async with setup(room) as stage:
        await stage.press("right", "right")
        await stage.until(lambda: room.opened == [None, "Headset Mono", "Webcam"])
        await stage.until(lambda: "Good." in str(stage.app.screen.query_one(".row-verdict", Static).render()))


class Told(Listener):
    """Is in `open` under its name until it is closed."""

    def __init__(self, open_ones: list[str | None], name: str | None) -> None:
        super().__init__(OpenMicrophone(tone()))
        self._open, self._name = open_ones, name
        open_ones.append(name)

    def close(self) -> None:
        self._open.remove(self._name)
        super().close()


class SlowRoom(QuietRoom):
    """Its microphones open when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.may_open = threading.Event()
        self.open: list[str | None] = []

    def listen(self, microphone: str | None) -> Listener:
        self.opened.append(microphone)
        assert self.may_open.wait(PATIENCE_SECONDS)
        return Told(self.open, microphone)


async def test_of_microphones_chosen_while_one_opens_the_last_alone_stays_open_and_that_until_the_end() -> None:
    room = SlowRoom()
    async with setup(room) as stage:
        await stage.until(lambda: room.opened == [None])
        await stage.press("right")
        await stage.until(lambda: len(room.opened) == 2)
        await stage.press("right")
        await stage.until(lambda: len(room.opened) == 3)
        room.may_open.set()
        await stage.until(lambda: room.open == ["Webcam"])
        await stage.until(lambda: "Good." in str(stage.app.screen.query_one(".row-verdict", Static).render()))
    assert room.open == []


@pytest.mark.parametrize(("echo", "headset"), [(Echo(1.0, 0.1), True), (Echo(20.0, 0.9), False)])
async def test_hearing_the_customer_finds_out_whether_the_microphone_does_too(echo: Echo, headset: bool) -> None:
    room = QuietRoom(echo)
    async with setup(room) as stage:
        await stage.focus("set-hear")
        await stage.press("enter")
        await stage.until(lambda: stage.kept)
        assert room.said == [None]
        assert stage.told("set-hear") == (strings.ECHO_NONE if headset else strings.ECHO_HEARD[available()])
        assert stage.kept == {"headset": headset}
        assert stage.value("set-headset") == f"‹ {strings.HEADSETS[headset]} ›"


async def test_a_reading_is_measured_and_only_its_numbers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def measured(reading: object) -> Prosody:
        given.append(len(reading))  # type: ignore[arg-type]
        return CALM

    monkeypatch.setattr(setup_screen, "measured", measured)
    async with setup(QuietRoom()) as stage:
        await stage.focus("set-baseline")
        await stage.press("enter")
        assert isinstance(stage.app.screen, ReadingScreen)
        stage.clock.set_time(31.0)
        await stage.until(lambda: "baseline" in stage.kept)
        assert isinstance(stage.app.screen, SetupScreen)
        assert given[0] > 0
        assert stage.kept["baseline"] == {
            "seconds": 28.0,
            "loudness_dbfs": -27.0,
            "pitch_hz": 180.0,
            "pitch_range_st": 5.0,
            "rate_syllables_s": 4.1,
            "pause_share": 0.12,
            "tilt_db": -14.0,
        }
        assert "-27 dBFS, 180 Hz, 4.1" in stage.value("set-baseline")


async def test_a_reading_that_was_skipped_or_not_heard_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(reading: object) -> Prosody:
        raise VoiceProblem("Only 2 s of speech were heard.")

    monkeypatch.setattr(setup_screen, "measured", measured)
    async with setup(QuietRoom()) as stage:
        await stage.focus("set-baseline")
        await stage.press("enter", "escape")
        assert stage.told("set-baseline") == ""
        await stage.press("enter", "enter")
        await stage.until(lambda: stage.told("set-baseline"))
        assert stage.told("set-baseline") == "Only 2 s of speech were heard."
        assert stage.kept == {}


async def test_without_sound_it_says_so_in_one_sentence_and_offers_the_rest() -> None:
    async with setup(QuietRoom(problem="PortAudio is missing: install libportaudio2.")) as stage:
        told = str(stage.app.screen.query_one("#no-sound", Static).render())
        assert told.startswith("PortAudio is missing: install libportaudio2. Until then calls are by keyboard")
        assert {row.id for row in stage.app.screen.query(Row)} == {
            "set-captions", "set-pacer", "set-pacer_sound", "set-theme", "set-reduced_motion", "set-difficulty",
        }  # fmt: skip
        await stage.press("right")
        assert stage.kept == {"captions": False}
        await stage.press("escape")
        assert stage.app._exit
