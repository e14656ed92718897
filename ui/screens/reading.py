"""A paragraph to read aloud while the baseline is measured."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ui import strings
from ui.calls.setup_sound import READING_SECONDS
from ui.widgets.level import LevelMeter
from ui.widgets.text import Steady
from voice.soundcheck import Listener

POLLS_PER_SECOND = 15


class ReadingScreen(ModalScreen[bool]):
    """Returns True after Enter or READING_SECONDS, False when it is skipped. The `listener` does the recording."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", show=False),
        Binding("escape", "dismiss(False)", show=False),
    ]

    def __init__(self, listener: Listener, *, clock: Clock | None = None) -> None:
        super().__init__()
        self._listener = listener
        self._clock = clock or Clock()
        self._began = self._clock.time

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(strings.READING_TITLE, classes="box-title", markup=False)
            yield Static(strings.READING, markup=False)
            yield LevelMeter(id="reading-level")
            yield Steady("", id="reading-left", classes="quiet", markup=False)
            yield Static(strings.READING_KEYS, classes="quiet", markup=False)

    def on_mount(self) -> None:
        self._began = self._clock.time
        self._poll()
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)

    def _poll(self) -> None:
        left = READING_SECONDS - (self._clock.time - self._began)
        self.query_one(LevelMeter).show(self._listener.level_dbfs)
        self.query_one("#reading-left", Steady).show(strings.READING_LEFT.format(seconds=max(0.0, left)))
        if (left <= 0 or self._listener.problem) and self.is_current:
            self.dismiss(True)
