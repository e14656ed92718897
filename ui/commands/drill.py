"""`coolhead drill [NAME]`: one skill for a few minutes, by voice or keyboard, with an instant verdict."""

import asyncio
import sys
import textwrap
import time
from random import SystemRandom

from dialogue.drills import Drill, available, load, teaching
from dialogue.drills.tipping import Tipping
from ui import strings
from ui.commands import breathe
from ui.line_mode.fitted import columns
from ui.practice.drill_session import Practice, reader, refusal
from ui.practice.pacer_choice import pace
from ui.practice.trainee_line import VOICES, TraineeLine
from ui.records.drill_results import keep
from ui.runtime.loading_notice import loading_notice
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings, load_settings
from ui.runtime.terminal import on_screen, screen_alone


def run(
    *,
    name: str | None,
    technique: str | None = None,
    text: bool,
    plain: bool = False,
    recognizer: str | None,
    voice: str | None,
) -> int:
    """0 when the drill came to an end, or when there was only a list to show. Raises Problem and PackProblem."""
    from ui.runtime.log import start_log

    start_log()
    drill = _wanted(name, technique)
    settings = load_settings(recognizer=recognizer, voice=voice)
    if on_screen() and not plain:
        with loading_notice():
            from ui import dashboard
            from ui.screens.drills import DrillsScreen

        return dashboard.show(settings, first=DrillsScreen(settings, first=drill, by_text=text))
    if drill is None:
        for each in available():
            print(strings.DRILL_LIST.format(id=each.id, title=each.title))
        return 0
    return in_lines(drill, settings, by_text=text)


def _wanted(name: str | None, technique: str | None) -> Drill | None:
    if name and technique:
        raise Problem(strings.DRILL_BOTH)
    if technique:
        drills = teaching(technique)
        if not drills:
            raise Problem(strings.DRILL_NO_TECHNIQUE.format(technique=technique))
        return drills[0]
    return load(name) if name else None


def in_lines(drill: Drill, settings: Settings, *, by_text: bool) -> int:
    """The drill in line mode. Raises Problem where it needs a microphone and there is none."""

    async def through() -> None:
        async with line:
            await practice.run(SystemRandom())

    with screen_alone():
        line = TraineeLine(settings, by_text=by_text, speakers=tuple(VOICES))
        if refused := refusal(drill, line):
            asyncio.run(line.close())
            raise Problem(refused)
        for row in (drill.title, drill.about, line.status, _how(drill, line)):
            if row:
                print(textwrap.fill(row, _columns()), flush=True)
        practice = Practice(drill, line, reader(), Printed(settings), settings)
        try:
            asyncio.run(through())
        finally:
            try:
                keep(drill.id, practice.tally, spoken=line.spoken)
            except OSError as problem:
                print(strings.DRILL_NOT_KEPT.format(reason=problem.strerror))
    return 0


class Printed:
    """The drill as lines. What was told is erased from a terminal; elsewhere it cannot be taken back."""

    def __init__(self, settings: Settings) -> None:
        self._pace = pace(settings)
        self._told_lines = 0

    def head(self, row: str) -> None:
        print(f"\n{row}", flush=True)

    def write(self, row: str) -> None:
        lines = textwrap.wrap(row, _columns() - 2) or [""]
        if self._told_lines:
            self._told_lines += len(lines)
        for line in lines:
            print(f"  {line}", flush=True)

    def told(self, row: str) -> None:
        self._told_lines = self._told_lines or 1  # and the line on which Enter is pressed
        self.write(row)

    def forget(self) -> None:
        if self._told_lines and sys.stdout.isatty():
            print(f"\x1b[{self._told_lines}F\x1b[J", end="", flush=True)
        self._told_lines = 0

    async def breathe(self) -> None:
        def breath() -> None:
            for row in breathe.lines(1, time.monotonic, time.sleep, self._pace):
                self.write(row)

        await asyncio.to_thread(breath)


def _columns() -> int:
    """Of the terminal; elsewhere a row stays whole."""
    return columns() or 10_000


def _how(drill: Drill, line: TraineeLine) -> str:
    if not sys.stdin.isatty() and not line.spoken:
        return ""
    by_words = strings.DRILL_HOW if line.spoken else strings.DRILL_HOW_TYPED
    return strings.DRILL_HOW_KEY if isinstance(drill, Tipping) else by_words
