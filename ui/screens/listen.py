"""A recorded call, heard again line by line."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.persona import Pack
from ui import recordings, strings
from ui.recordings import Spoken
from ui.settings import load_settings
from ui.widgets.chooser import Chooser
from ui.wording import spoken_line
from voice.ports import VoiceProblem


class ListenScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", strings.KEY_BACK)]

    def __init__(self, lines: Sequence[Spoken], pack: Pack | None) -> None:
        super().__init__()
        self._lines, self._pack = lines, pack
        self._wanted = 0
        """Counts what was asked for: the newest is played, anything older falls silent."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(strings.LISTEN_HOW, classes="box-title")
            yield Chooser(*(Option(spoken_line(each.line, self._pack)) for each in self._lines), markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @work(group="listen")
    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._wanted = mine = self._wanted + 1
        sound, device = self._lines[event.option_index].sound, load_settings().speaker
        try:
            await asyncio.to_thread(recordings.play, sound, device, lambda: self._wanted == mine)
        except VoiceProblem as problem:
            self.notify(strings.LISTEN_FAILED.format(problem=problem), severity="error")

    def action_leave(self) -> None:
        self._wanted += 1
        self.dismiss(None)
