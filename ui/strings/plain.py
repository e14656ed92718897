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
COMMANDS: Final[Mapping[str, str]] = {
    "desk": "what you may know and decide",
    "lookup": "look something up: /lookup and its number; it takes its time",
    "note": "keep a note with the call: /note and your words",
    "mute": "the customer does not hear you",
    "unmute": "the customer hears you again",
    "hold": "put the call on hold",
    "resume": "take it off hold",
    "breathe": "mute and take one breath",
    "captions": "show or hide what the customer says",
    "hangup": "end the call",
    "help": "these commands",
}
"""What may be typed after a slash during a call, and what it does."""
TURN_TOO_LONG: Final = (
    "That is {letters} letters, and nothing was said: nobody hears out more than {most} at once. Say it in parts."
)
COMMAND_NEAREST: Final = "There is no /{name}, and nothing was said. Did you mean /{nearest}?"
COMMAND_UNKNOWN: Final = "There is no /{name}, and nothing was said. There are: {known}."
PLAIN_COMMAND: Final = "  /{name}: {does}"
PLAIN_HOW: Final = (
    "Type what you say and press Enter. Commands: /desk /lookup /note /mute /unmute /hold /resume /breathe /captions "
    "/hangup /help. The customer waits for your greeting."
)
PLAIN_YOUR_VOICE: Final = "  [{voice}]"
PLAIN_CAPTIONS: Final[Mapping[bool, str]] = {
    True: "  [what the customer says is written]",
    False: "  [what the customer says is not written]",
}
PLAIN_NOTED: Final = "  [noted]"
PLAIN_NO_NOTES: Final = "  [no notes yet: /note and your words]"
PLAIN_LOOKUP: Final = "Look up: /lookup {number}  {lookup}"
PLAIN_NO_LOOKUPS: Final = "There is nothing to look up in this call."
PLAIN_LOOKS_UP: Final = "  [looking up: {title}, {seconds:.0f} s]"
PLAIN_FOUND: Final = "  [found: {title}: {result}]"
PLAIN_CHOOSE: Final = "Which call? Type its number or name (Enter for the first)."
PLAIN_CHOICE: Final = "  {number}  {id}: {title} ({name}, level {level} of 5)"
PLAIN_KEPT: Final = "The call is kept in {path}."
PLAIN_STARTED: Final = "Call with {name}: {title}."
PLAIN_ENDED: Final = "Call ended: {outcome}."
