"""The keys of a call while one speaks, and what a typed command does there."""

from dialogue.events import Action

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
"""Keymap in force unless words are typed: then letters are words, and the function keys below hold."""
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
