"""The keys of a call, while words are typed and while one speaks, and what a typed command does there."""

from textual.binding import Binding, BindingType

from dialogue.events import Action
from ui import strings

KEYS: list[BindingType] = [
    Binding("f2", "mute", strings.KEY_MUTE, id="call.mute", tooltip=strings.TIP_MUTE),
    Binding("f3", "hold", strings.KEY_HOLD, id="call.hold", tooltip=strings.TIP_HOLD),
    Binding("f4", "breathe", strings.KEY_BREATHE, id="call.breathe", tooltip=strings.TIP_BREATHE),
    Binding("f5", "desk", strings.KEY_DESK, id="call.desk", tooltip=strings.TIP_DESK),
    Binding("f6", "notes", strings.KEY_NOTES, id="call.notes", tooltip=strings.TIP_NOTES),
    Binding("f7", "captions", strings.KEY_CAPTIONS, id="call.captions", show=False, tooltip=strings.TIP_CAPTIONS),
    Binding("f8", "hang_up", strings.KEY_HANG_UP, id="call.hang_up", tooltip=strings.TIP_HANG_UP),
    Binding("enter", "debrief", strings.KEY_DEBRIEF, id="call.debrief"),
    Binding("escape", "back", strings.KEY_BACK, show=False),
    Binding("pageup", "page(-1)", strings.KEY_PAGE_UP, show=False),
    Binding("pagedown", "page(1)", strings.KEY_PAGE_DOWN, show=False),
]
"""As they are while words are typed."""
LETTERS = {
    "call.mute": "m",
    "call.hold": "h",
    "call.breathe": "b",
    "call.desk": "d",
    "call.notes": "n",
    "call.captions": "c",
    "call.hang_up": "x",
    "app.help": "question_mark",
}
"""Keymap in force unless words are typed: then letters are words, and the function keys above hold."""
ACTIONS: dict[str, Action] = {"mute": "mute", "unmute": "unmute", "hold": "hold", "resume": "resume"}
"""Typed commands that do the same whatever the screen shows; the others are the keys' own actions:"""
KEYS_FOR = {
    "desk": "desk",
    "lookup": "desk",
    "note": "notes",
    "breathe": "breathe",
    "captions": "captions",
    "hangup": "hang_up",
    "help": "app.help",
}
