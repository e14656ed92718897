"""`coolhead drill [NAME]`: one skill for a few minutes, by voice or keyboard, with an instant verdict."""

import asyncio
import sys

from dialogue.drills import available, load
from ui import strings
from ui.practice import Line, practise
from ui.screen_alone import screen_alone
from ui.settings import load_settings


def run(*, name: str | None, text: bool, recognizer: str | None, voice: str | None) -> int:
    """0 when the drill came to an end, or when there was only a list to show."""
    from ui.log import start_log

    start_log()
    if name is None:
        for each in available():
            print(strings.DRILL_LIST.format(id=each.id, title=each.title))
        return 0
    from dialogue.content.encoder import Scorer

    drill = load(name)
    settings = load_settings(recognizer=recognizer, voice=voice)

    def write(row: str) -> None:
        print(row, flush=True)

    async def through() -> None:
        async with line:
            await practise(drill, line, model, write, settings.baseline)

    with screen_alone():
        model = Scorer({})
        line = Line(settings, by_text=text)
        for row in (drill.title, drill.about, line.status, _how(line)):
            if row:
                write(row)
        asyncio.run(through())
    return 0


def _how(line: Line) -> str:
    if not sys.stdin.isatty() and not line.spoken:
        return ""
    return strings.DRILL_HOW if line.spoken else strings.DRILL_HOW_TYPED
