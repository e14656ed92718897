"""Scores the trainee's words with the text model, in a thread; in advance where a turn may be complete."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from dialogue.events import Scores, Utterance
from ui.calls.ports import TextModel


class TextScoring:
    """Use it on the loop. A text scored in advance is not scored again."""

    def __init__(self, model: TextModel | None) -> None:
        self._model = model
        self._ahead: tuple[str, asyncio.Task[Scores]] | None = None
        self.busy = False
        """`scores` is running."""

    async def scores(self, text: str) -> Scores | None:
        """None without a model."""
        if self._model is None:
            return None
        self.busy = True
        try:
            if self._ahead and self._ahead[0] == text:
                return await self._ahead[1]
            return await asyncio.to_thread(self._model.score, text)
        finally:
            self.busy = False

    def ahead(self, turn: Utterance, then: Callable[[Utterance], None]) -> None:
        """Score the turn in advance; `then` gets it with its scores, unless `ahead` was called again meanwhile."""
        if self._model is None:
            then(turn)
            return
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(self._model.score, turn.text))
        self._ahead = (turn.text, task)

        def read(done: asyncio.Task[Scores]) -> None:
            if self._ahead and self._ahead[1] is done and not done.cancelled() and done.exception() is None:
                then(replace(turn, scores=done.result()))

        task.add_done_callback(read)
