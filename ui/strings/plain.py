"""Line mode."""

from collections.abc import Mapping
from typing import Final

PLAIN_ANGER: Final = "  [anger {anger:.0f}, {band}{change}]"
PLAIN_CHANGE: Final = ", {delta:+.0f}"
PLAIN_CAUSE: Final = "    {delta:+.0f}  {cause}{evidence}"
PLAIN_EVIDENCE: Final = ": {evidence}"
PLAIN_PHASE: Final = "  [phase: {phase}]"
PLAIN_CUE: Final = "  [hint: {text}]"
PLAIN_ACTION: Final[Mapping[str, str]] = {
    "mute": "  [you are muted]",
    "unmute": "  [you are heard again]",
    "hold": "  [on hold]",
    "resume": "  [off hold]",
    "hang_up": "  [you hung up]",
}
PLAIN_PROBLEM: Final = "  [{text}]"
PLAIN_CUT_OFF: Final = "  [{name} was cut off after: {heard}]"
PLAIN_CUT_OFF_AT_ONCE: Final = "  [{name} was cut off at once]"
PLAIN_HOW: Final = (
    "Type what you say and press Enter. Commands: /desk /mute /unmute /hold /resume /breathe /hangup. "
    "The customer waits for your greeting."
)
PLAIN_CHOOSE: Final = "Which call? Type its number or name (Enter for the first)."
PLAIN_CHOICE: Final = "  {number}  {id}: {title} ({name}, level {level} of 5)"
PLAIN_KEPT: Final = "The call is kept in {path}."
PLAIN_STARTED: Final = "Call with {name}: {title}."
PLAIN_ENDED: Final = "Call ended: {outcome}. {why}"
