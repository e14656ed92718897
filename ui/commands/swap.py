"""`coolhead swap [PACK]`: the chairs swapped; the trainee plays the customer against a built-in adviser."""

import asyncio
from random import SystemRandom

from dialogue.persona import load
from dialogue.rehearsal import TRAINEES
from dialogue.rehearsal.chairs import Chairs
from ui import strings
from ui.line_mode.fitted import fitted
from ui.practice.role_reversal import other_side, play
from ui.practice.trainee_line import TraineeLine
from ui.records.scenarios import pack_heads
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings
from ui.runtime.terminal import screen_alone


def run(
    *, name: str | None, agent: str, seed: int | None, text: bool, recognizer: str | None, voice: str | None
) -> int:
    """0 when the call is over. Nothing is kept."""
    from ui.runtime.log import start_log

    start_log()
    if agent not in TRAINEES:
        raise Problem(strings.CHAIRS_UNKNOWN.format(agent=agent, known=", ".join(TRAINEES)))
    settings = load_settings(recognizer=recognizer, voice=voice)
    easiest = min(pack_heads(), key=lambda head: (head.level, head.id), default=None)
    pack = load(name or (easiest.id if easiest else "flatpack-bookcase"))
    from ui.calls.switchboard import text_model

    def write(row: str) -> None:
        print(fitted(row), flush=True)

    async def through() -> None:
        async with line:
            felt = await play(call, line, write)
        write("")
        for row in other_side(call, felt, agent):
            write(row)

    with screen_alone():
        model = text_model(pack)
        chosen = SystemRandom().randrange(1_000_000) if seed is None else seed
        call = Chairs(pack, agent, chosen, score=model.score, difficulty=settings.difficulty)
        line = TraineeLine(settings, by_text=text)
        who = pack.customer
        for row in (
            strings.CHAIRS_WHO.format(name=who.name, title=pack.title),
            strings.CHAIRS_STORY.format(story=" ".join(pack.story.split())),
            strings.CHAIRS_HOW.format(name=who.first_name),
            line.status,
        ):
            if row:
                write(row)
        asyncio.run(through())
    return 0
