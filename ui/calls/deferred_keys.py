"""Keys pressed while the trainee talks: what was said before the key comes before what it does."""

import asyncio
from collections.abc import Callable

from dialogue.events import Action

LAST_WORD_SECONDS = 3.0
"""How long a hold or hanging up waits for the turn that the trainee was in the middle of."""


class DeferredKeys:
    """Holds and hanging up wait for the end of a spoken turn, and what is pressed after them waits behind them."""

    def __init__(self, do: Callable[[Action], None]) -> None:
        self._do = do
        self._actions: list[Action] = []
        self._long_enough: asyncio.TimerHandle | None = None
        self.talks = False
        """A spoken turn has begun and is not over."""

    def press(self, action: Action, loop: asyncio.AbstractEventLoop | None) -> None:
        """Do it now, or when the turn is over. Without a `loop` nobody talks."""
        if loop is not None and (self._actions or (self.talks and action in ("hold", "hang_up"))):
            if not self._actions:
                self._long_enough = loop.call_later(LAST_WORD_SECONDS, self.release)
            self._actions.append(action)
        else:
            self._do(action)

    def release(self) -> None:
        """The turn is over, or has been waited for long enough."""
        if self._long_enough:
            self._long_enough.cancel()  # it would cut short the next one's wait
        actions, self._actions = self._actions, []
        for action in actions:
            self._do(action)
