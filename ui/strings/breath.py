"""The pacer."""

from collections.abc import Mapping
from typing import Final

BREATHE_IN: Final = "Breathe in"
BREATHE_HOLD: Final = "Hold"
BREATHE_OUT: Final = "Breathe out"
BREATH_WORDS: Final[Mapping[str, str]] = {"in": BREATHE_IN, "hold": BREATHE_HOLD, "out": BREATHE_OUT}
PACER_MUTED: Final = "You are muted. Esc returns."
PACER_ENDS: Final = "Esc ends."
PACER_LEFT: Final = "Breath {number} of {breaths}"
PACER_DONE: Final = "Done."
PACER_PLAIN_START: Final = "Breaths: {breaths}. In {inhale:g}, hold {hold:g}, out {exhale:g}. Ctrl+C ends."
