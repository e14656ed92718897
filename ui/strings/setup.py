"""Set-up, on the screen and as lines."""

from collections.abc import Mapping
from typing import Final

from ui.strings.keys import THEME_NAMES

SETUP_TITLE: Final = "Set-up"
SETUP_DEFAULT: Final = "the system's own"
SETUP_MICROPHONE: Final = "Microphone"
SETUP_HEADPHONES: Final = "Headphones"
SETUP_LEVEL: Final = "Your level"
SETUP_HEAR: Final = "Hear the customer"
SETUP_HEAR_HOW: Final = "Enter plays a line, and listens whether your microphone hears it. Be quiet meanwhile."
SETUP_HEARING: Final = "Playing. Be quiet for a few seconds …"
SETUP_HEADSET: Final = "While they speak"
SETUP_BASELINE: Final = "Your calm voice"
SETUP_BASELINE_HOW: Final = "Enter: read a paragraph aloud, 30 seconds. Only the numbers are kept, never the sound."
SETUP_HEAR_HOW_PLAIN: Final = "a line is played, and the microphone listens for it; be quiet meanwhile."
SETUP_BASELINE_HOW_PLAIN: Final = "read a paragraph aloud, 30 seconds; only the numbers are kept, never the sound."
SETUP_TELEPHONE: Final = "Their line"
SETUP_CAPTIONS: Final = "Captions"
SETUP_PACER: Final = "Breathing"
SETUP_PACER_SOUND: Final = "Breathing sound"
SETUP_THEME: Final = "Colours"
SETUP_MOTION: Final = "Motion"
SETUP_DIFFICULTY: Final = "Difficulty"
SETUP_LINE: Final = "Hello? I have been trying to reach somebody all morning. Can you hear me well?"
SETUP_NO_SOUND: Final = "{problem} Until then calls are by keyboard; everything below can be chosen all the same."
SETUP_NO_DEVICES: Final = "No microphone and no headphones were found: plug in a headset and come back here."
SETUP_KEPT: Final = "Choices are kept at once, in {path}."
HEADSETS: Final[Mapping[bool, str]] = {
    True: "headset: you can interrupt them",
    False: "loudspeakers: your microphone is closed",
}
TELEPHONES: Final[Mapping[bool, str]] = {False: "full sound", True: "as on a telephone: 300 to 3,400 Hz"}
CAPTIONS: Final[Mapping[bool, str]] = {True: "show what they say", False: "only listen (c shows them)"}
PACERS: Final[Mapping[str, str]] = {
    "3-5-3": "in 3, hold 5, out 3",
    "4-2-6": "in 4, hold 2, out 6",
    "4-7-8": "in 4, hold 7, out 8",
}
PACER_SOUNDS: Final[Mapping[bool, str]] = {False: "silent", True: "a soft tone in your headphones"}
MOTIONS: Final[Mapping[bool, str]] = {False: "a shape that breathes", True: "still: words and counts"}
DIFFICULTIES: Final[Mapping[str, str]] = {
    "easy": "easy: calmer at first, more forgiving, more patient",
    "normal": "normal: as their scenario has them",
    "hard": "hard: angrier at first, less forgiving, less patient",
}
SETUP_CHOICES: Final[tuple[tuple[str, str, Mapping[str, str] | Mapping[bool, str]], ...]] = (
    ("captions", SETUP_CAPTIONS, CAPTIONS),
    ("pacer", SETUP_PACER, PACERS),
    ("pacer_sound", SETUP_PACER_SOUND, PACER_SOUNDS),
    ("theme", SETUP_THEME, THEME_NAMES),
    ("reduced_motion", SETUP_MOTION, MOTIONS),
    ("difficulty", SETUP_DIFFICULTY, DIFFICULTIES),
)
"""What can be chosen without any sound, in order: the setting, what it is called, and its values in words."""
LEVEL_NOTHING: Final = "Say something."
LEVEL_QUIET: Final = "Too quiet: bring the microphone closer, or turn it up."
LEVEL_LOUD: Final = "Too loud: it distorts. Turn the microphone down."
LEVEL_GOOD: Final = "Good."
MICROPHONE_SILENT: Final = (
    "Nothing comes from your microphone: is it muted at the headset, or is it another one? The set-up shows its level "
    "(s in the lobby, or `coolhead setup`)."
)
MICROPHONE_NO_WORDS: Final = (
    "Your microphone hears something, but no words yet: speak up, bring it closer, or try it in the set-up."
)
TALKS_MUTED: Final = "You are talking while muted: nobody hears you. Be heard again with m."
TURN_QUIET: Final = "Your last turn was very quiet: bring the microphone closer, or turn it up."
TURN_LOUD: Final = "Your last turn was too loud and distorts: turn the microphone down."
ECHO_HEARD: Final = {
    True: "Your microphone hears the customer: their voice will be taken out of it. Better: wear a headset.",
    False: "Your microphone hears the customer: it will be closed while they speak. Better: wear a headset.",
}
"""By whether the echo canceller is installed."""
NO_HEADSET: Final = {
    True: "Without a headset: the customer's voice is taken out of what the microphone hears.",
    False: "Without a headset: the microphone is closed while the customer speaks.",
}
ECHO_NONE: Final = "Your microphone does not hear the customer: you can interrupt them."
ECHO_UNKNOWN: Final = "Played. Without a microphone there is no echo to look for."
BASELINE: Final = "{level:.0f} dBFS, {pitch:.0f} Hz, {rate:.1f} syllables a second. Enter measures it again."
BASELINE_NONE: Final = "Not measured: your first turn in a call is the measure then."
BASELINE_KEPT: Final = "Measured and kept, as these numbers only."
READING_TITLE: Final = "Read this aloud, as calmly as you would to a friend"
READING: Final = (
    "On a quiet morning the ferry leaves the harbour a little after seven. The water is flat, and the gulls follow for "
    "a while before they turn back to the pier. A man in a green coat pours tea from a flask and offers a cup to the "
    "woman beside him. They talk about the garden, the price of apples, and whether it will rain before noon. By the "
    "time the island comes into view, the fog has lifted and the whole boat is warm in the sun."
)
READING_KEYS: Final = "Enter: done      Esc: skip it"
READING_LEFT: Final = "{seconds:.0f} s left"
KEY_CHANGE: Final = "Change"
KEY_CHANGE_BACK: Final = "Back one"
KEY_DO: Final = "Do it"
PLAIN_SETUP_OPTION: Final = "  {number}  {option}{now}"
PLAIN_SETUP_NOW: Final = " (now)"
PLAIN_SETUP_ASK: Final = "{label}? Type a number, or press Enter to leave it: "
PLAIN_SETUP_NOT_ONE: Final = "That is none of them; it stays as it is."
PLAIN_SETUP_YES: Final = "{label}: {how} Type y to do it, or press Enter to skip: "
PLAIN_SETUP_LEVEL: Final = "Say a sentence: listening for {seconds:.0f} s."
PLAIN_SETUP_ENOUGH: Final = "That is enough. Press Enter."
PLAIN_SETUP_READ: Final = "Read this aloud; listening for {seconds:.0f} s, or until you press Enter."
PLAIN_SETUP_DONE: Final = "Set-up is done; try `coolhead call`."
