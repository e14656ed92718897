"""Set-up: devices, level, echo, the trainee's calm baseline, captions, pacer and colours. Each choice holds at once."""

import asyncio
from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from ui import strings
from ui.calls.setup_sound import DeviceSound, SetupSound, baseline_in_words, echo_in_words, level_in_words, measured
from ui.runtime.settings import Settings, settings_path
from ui.screens.opening import opened
from ui.screens.reading import ReadingScreen
from ui.widgets.keylines import KeyLines
from ui.widgets.level import LevelMeter
from ui.widgets.row import Choice, Deed, Row, Rows
from ui.widgets.text import Steady
from voice.ports import VoiceProblem
from voice.soundcheck import Listener

POLLS_PER_SECOND = 15
LEVEL_SECONDS = 3.0
"""The verdict on the level looks back so far."""


class SetupScreen(Screen[None]):
    class Chosen(Message):
        """Settings by name."""

        def __init__(self, **changes: object) -> None:
            super().__init__()
            self.changes = changes

    class Left(Message): ...

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "app.focus_next", show=False),
        Binding("up,k", "app.focus_previous", show=False),
        Binding("escape,q", "back", strings.KEY_BACK),
    ]
    HELP = strings.HELP_SETUP

    def __init__(self, settings: Settings, sound: SetupSound | None = None, *, clock: Clock | None = None) -> None:
        """`clock` is the reading's."""
        super().__init__()
        self._settings = settings
        self._sound: SetupSound = sound or DeviceSound(settings)
        self._clock = clock
        self._listener: Listener | None = None
        self._levels: deque[float] = deque(maxlen=round(LEVEL_SECONDS * POLLS_PER_SECOND))

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.SETUP_TITLE, id="who")
        with Rows(id="setup"):
            yield Static("", id="no-sound", markup=False)
            yield Vertical(id="sound")
            for name, label, options in strings.SETUP_CHOICES:
                yield _choice(name, label, options, getattr(self._settings, name))
            yield Static(strings.SETUP_KEPT.format(path=settings_path()), classes="quiet kept", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        self.query_one("#no-sound").display = False
        self.query_one("#set-captions").focus()
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)
        self._look_for_devices()

    def on_unmount(self) -> None:
        if self._listener:
            self._listener.close()

    # --- sound -----------------------------------------------------------------------------------------------------

    @work
    async def _look_for_devices(self) -> None:
        try:
            microphones = await asyncio.to_thread(self._sound.microphones)
            headphones = await asyncio.to_thread(self._sound.headphones)
        except VoiceProblem as problem:
            self._explain(str(problem))
            return
        if not (microphones or headphones):
            self._explain(strings.SETUP_NO_DEVICES)
            return
        chosen = self._settings
        rows: list[Row] = []
        if microphones:
            rows += [
                _devices("microphone", strings.SETUP_MICROPHONE, microphones, chosen.microphone),
                Level(id="set-level"),
            ]
        if headphones:
            rows += [
                _devices("speaker", strings.SETUP_HEADPHONES, headphones, chosen.speaker),
                _choice("telephone", strings.SETUP_TELEPHONE, strings.TELEPHONES, chosen.telephone),
                Deed(strings.SETUP_HEAR, strings.SETUP_HEAR_HOW, id="set-hear"),
            ]
        if microphones:
            rows += [
                _choice("headset", strings.SETUP_HEADSET, strings.HEADSETS, chosen.headset),
                Deed(strings.SETUP_BASELINE, self._baseline_value(), id="set-baseline"),
            ]
        await self.query_one("#sound").mount_all(rows)
        rows[0].focus()
        if microphones:
            self._listen()

    def _baseline_value(self) -> str:
        baseline = self._settings.baseline
        return baseline_in_words(baseline) if baseline else strings.SETUP_BASELINE_HOW

    def _explain(self, problem: str) -> None:
        told = self.query_one("#no-sound", Static)
        told.update(strings.SETUP_NO_SOUND.format(problem=problem))
        told.display = True

    @work(exclusive=True, group="listen")
    async def _listen(self) -> None:
        """To the chosen microphone, in place of the one before."""
        before, self._listener = self._listener, None
        if before:
            await asyncio.to_thread(before.close)
        self._levels.clear()
        row = self.query_one("#set-microphone", Row)
        try:
            listen = partial(self._sound.listen, self._settings.microphone)
            self._listener = await opened(listen, lambda late: asyncio.to_thread(late.close))
            row.tell("")
        except VoiceProblem as problem:
            row.tell(str(problem))

    def _poll(self) -> None:
        listener = self._listener
        if listener is None or not self.query(Level):
            return
        self._levels.append(listener.level_dbfs)
        self.query_one(Level).measure(listener.level_dbfs, listener.problem or level_in_words(max(self._levels)))

    # --- choices -----------------------------------------------------------------------------------------------------

    def on_choice_changed(self, message: Choice.Changed) -> None:
        self._choose(**{message.row.setting: message.value})
        if message.row.setting == "microphone":
            self._listen()

    def _choose(self, **changes: object) -> None:
        self._settings = self._settings.model_copy(update=changes)
        self.post_message(self.Chosen(**changes))

    def on_deed_wanted(self, message: Deed.Wanted) -> None:
        if message.row.id == "set-hear":
            self._hear(message.row)
        else:
            self._read(message.row)

    @work(exclusive=True, group="hear")
    async def _hear(self, row: Deed) -> None:
        row.tell(strings.SETUP_HEARING)
        try:
            heard = await asyncio.to_thread(self._sound.say, self._settings.speaker, self._listener)
        except VoiceProblem as problem:
            row.tell(str(problem))
            return
        row.tell(echo_in_words(heard))
        if heard is not None and self.query("#set-headset"):
            self.query_one("#set-headset", Choice).choose(not heard.heard)
            self._choose(headset=not heard.heard)

    @work(exclusive=True, group="read")
    async def _read(self, row: Deed) -> None:
        listener = self._listener
        if listener is None:
            row.tell(self.query_one("#set-microphone", Row).told)
            return
        listener.record()
        was_read = await self.app.push_screen_wait(ReadingScreen(listener, clock=self._clock))
        reading = listener.recorded()
        if not was_read:
            return
        try:
            baseline = await asyncio.to_thread(measured, reading)
        except VoiceProblem as problem:
            row.tell(listener.problem or str(problem))
            return
        self._choose(baseline=baseline)
        row.show(baseline_in_words(baseline))
        row.tell(strings.BASELINE_KEPT)

    def action_back(self) -> None:
        self.post_message(self.Left())


class Level(Row):
    """The trainee's level, live; not to be chosen."""

    can_focus = False

    def __init__(self, *, id: str) -> None:
        super().__init__(strings.SETUP_LEVEL, id=id)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="row-line"):
            yield Static(self._label, classes="row-label", markup=False)
            yield LevelMeter(id="setup-level")
            yield Steady("", classes="row-verdict", markup=False)

    def measure(self, level_dbfs: float, verdict: str) -> None:
        self.query_one(LevelMeter).show(level_dbfs)
        self.query_one(".row-verdict", Steady).show(verdict)


def _choice(name: str, label: str, options: Mapping[str, str] | Mapping[bool, str], value: object) -> Choice:
    return Choice(name, label, list(options.items()), value)


def _devices(name: str, label: str, found: list[str], value: str | None) -> Choice:
    options = [(None, strings.SETUP_DEFAULT), *((each, each) for each in found)]
    return Choice(name, label, options, value)
