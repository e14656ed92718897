"""A mouth for calls without sound: the customer's lines are shown, for as long as saying them would take."""

import asyncio
from collections.abc import Callable

from dialogue.events import PlaybackFinished, PlaybackStarted, Reply, WorldEvent
from dialogue.turns import WORDS_PER_SECOND


class TextMouth:
    """The customer's lines as text: each takes as long as saying it would, and typing on counts as having read it."""

    def __init__(self, now: Callable[[], float], emit: Callable[[WorldEvent], None]) -> None:
        self._now = now
        self._emit = emit
        self._waiting: list[Reply] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def speaking(self) -> bool:
        return bool(self._waiting)

    def say(self, reply: Reply, words_at: float = 0.0) -> None:
        self._waiting.append(reply)
        if len(self._waiting) == 1:
            self._start()

    def breathe(self, text: str, anger: float, paused_seconds: float) -> None:
        """It would not be seen."""

    def prepare(self, reply: Reply) -> None:
        """Showing takes no time."""

    def hold(self, on: bool) -> None:
        """There is no music without sound."""

    def stop(self) -> None:
        """All lines are on the screen already: whoever goes on typing has read them."""
        if self._timer:
            self._timer.cancel()
        while self._waiting:
            self._finish(start_next=False)
            if self._waiting:
                self._emit(PlaybackStarted(self._now(), self._waiting[0].id))

    close = stop

    def _start(self) -> None:
        reply = self._waiting[0]
        self._emit(PlaybackStarted(self._now(), reply.id))
        self._timer = asyncio.get_running_loop().call_later(spoken_seconds(reply.text), self._finish)

    def _finish(self, *, start_next: bool = True) -> None:
        reply = self._waiting.pop(0)
        self._emit(PlaybackFinished(self._now(), reply.id, spoken_seconds(reply.text), reply.text))
        if start_next and self._waiting:
            self._start()


def spoken_seconds(text: str) -> float:
    """How long saying the text takes, s."""
    return len(text.split()) / WORDS_PER_SECOND
