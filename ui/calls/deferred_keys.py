"""Keys pressed while the trainee speaks take effect after the turn, so that the events keep their order."""

import asyncio
from collections.abc import Callable

from dialogue.events import Action

LAST_WORD_SECONDS = 3.0
"""How long hold and hang-up wait for the end of the current turn."""


class DeferredKeys:
    """Hold and hang-up wait for the end of a spoken turn; keys pressed after them queue behind them."""

    def __init__(self, do: Callable[[Action], None]) -> None:
        self._do = do
        self._actions: list[Action] = []
        self._long_enough: asyncio.TimerHandle | None = None
        self.talks = False
        """The trainee is in the middle of a spoken turn."""

    def press(self, action: Action, loop: asyncio.AbstractEventLoop | None) -> None:
        """Do it now, or after the current turn. Without a running `loop` (before the call, after it): now."""
        if loop is not None and (self._actions or (self.talks and action in ("hold", "hang_up"))):
            if not self._actions:
                self._long_enough = loop.call_later(LAST_WORD_SECONDS, self.release)
            self._actions.append(action)
        else:
            self._do(action)

    def release(self) -> None:
        """Do all that waits: the turn is over, or LAST_WORD_SECONDS have passed."""
        if self._long_enough:
            self._long_enough.cancel()  # else it would cut the next wait short
        actions, self._actions = self._actions, []
        for action in actions:
            self._do(action)
