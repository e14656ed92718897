"""When something was on, in call time: written by one thread, read by another that lags behind it."""


class Spans:
    """Off before the first change; the last 64 are kept."""

    def __init__(self) -> None:
        self._changes: tuple[tuple[float, bool], ...] = ()

    def set(self, on: bool, t: float) -> None:
        """On or off since call time `t`, s."""
        self._changes = (*self._changes[-63:], (t, on))

    def at(self, t: float) -> bool:
        """Whether it was on at call time `t`, s."""
        return next((on for since, on in reversed(self._changes) if t >= since), False)
