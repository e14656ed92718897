"""Plays a recorded call, line by line."""

import asyncio
from collections.abc import Sequence

from textual import work
from textual.widgets import OptionList

from dialogue.persona import Pack
from ui import strings
from ui.calls import recordings
from ui.calls.recordings import Spoken
from ui.debrief.wording import spoken_line
from ui.runtime.settings import load_settings
from ui.screens.listbox import ListBox
from voice.ports import VoiceProblem


class ListenScreen(ListBox[None]):
    def __init__(self, lines: Sequence[Spoken], pack: Pack | None) -> None:
        super().__init__(strings.LISTEN_HOW, [spoken_line(each.line, pack) for each in lines])
        self._lines = lines
        self._wanted = 0
        """Number of the newest request; older ones stop playing."""

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
        super().action_leave()
