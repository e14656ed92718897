"""What is brought from the trainee outside a call."""

import asyncio
from collections.abc import AsyncIterator

from dialogue.events import Utterance
from tests.ui.driven import PATIENCE_SECONDS, Ear, until
from ui.practice.trainee_line import TraineeLine
from ui.runtime.settings import Settings


def say(line: TraineeLine, text: str) -> None:
    """It is understood now, and has just been said."""
    now = line._clock.now()
    line._emit(Utterance(now, start=now - 0.5, end=now, text=text, source="voice"))


async def test_what_was_said_to_one_question_and_understood_late_answers_no_other() -> None:
    typed: asyncio.Queue[str] = asyncio.Queue()

    async def lines() -> AsyncIterator[str]:
        while True:
            yield await typed.get()

    line = TraineeLine(Settings.model_construct(), by_text=True, typed=lines())
    line._ear = ear = Ear()  # type: ignore[assignment]
    async with line:
        typed.put_nowait("To the first.")
        assert await line.answer(print) == ("To the first.", None)
        say(line, "Also to the first.")
        await asyncio.sleep(0.05)
        asked = asyncio.create_task(line.answer(print))
        await until(lambda: not ear.muted)
        say(line, "To the second.")
        assert await asyncio.wait_for(asked, PATIENCE_SECONDS) == ("To the second.", None)
