"""Keys, commands, help, and what is asked or told in a box."""

from collections.abc import Mapping
from typing import Final

KEY_MUTE: Final = "Mute"
KEY_HOLD: Final = "Hold"
KEY_BREATHE: Final = "Breathe"
KEY_DESK: Final = "Desk"
KEY_NOTES: Final = "Notes"
KEY_CAPTIONS: Final = "Captions"
KEY_HANG_UP: Final = "Hang up"
KEY_HELP: Final = "Help"
KEY_THEME: Final = "Theme"
KEY_BACK: Final = "Back"
KEY_QUIT: Final = "Quit"
KEY_PICK_UP: Final = "Pick up"
KEY_SEARCH: Final = "Search"
KEY_FIND: Final = "Go to it"
KEY_FILTER: Final = "Filter"
KEY_WATCH: Final = "Demo"
KEY_HISTORY: Final = "History"
KEY_SETUP: Final = "Set-up"
KEY_DELETE: Final = "Delete"
KEY_TEST: Final = "Practice/test"
KEY_DEBRIEF: Final = "Debrief"
KEY_END: Final = "End"
KEY_LEAVE: Final = "Leave"
KEY_RETRY: Final = "Retry"
KEY_CORRECT: Final = "Correct"
KEY_AGAIN: Final = "Call again"
KEY_RECORD: Final = "Every line"
KEY_OPEN: Final = "Briefing"
KEY_PAGE_DOWN: Final = "Page down"
KEY_PAGE_UP: Final = "Page up"
TIP_MUTE: Final = "The customer does not hear you; silence is still silence to them."
TIP_HOLD: Final = "Put the call on hold. Say why and for how long first."
TIP_BREATHE: Final = "Mute and breathe: in 3, hold 5, out 3."
TIP_BREATHE_BEFORE: Final = "Breathe before you pick up: in 3, hold 5, out 3."
TIP_DESK: Final = "What can be looked up, account, policy and what you may decide; the arrows go through it."
TIP_NOTES: Final = "A note pad, kept with the call."
TIP_CAPTIONS: Final = "Show or hide what the customer says."
TIP_HANG_UP: Final = "End the call."
TIP_SEARCH: Final = "By a word of its title, its story or what it trains."
TIP_FILTER: Final = "All scenarios, those not taken or not settled yet, or by difficulty."
TIP_WATCH: Final = "A whole call to watch and hear: a recorded trainee, a live customer. Nothing of it is kept."
TIP_HISTORY: Final = "Your past calls: search, look again, delete."
TIP_SETUP: Final = "Microphone, headphones, your calm voice, captions, pacer and theme."
TIP_DELETE: Final = "Delete this call for good; asks first."
TIP_RETRY: Final = "Take the call up again before the turn that cost most; 1 to 4: before that turning point."
TIP_CORRECT: Final = "What was misheard, put right; the call is judged anew and the record as heard is kept."
TIP_RECORD: Final = "The call line by line, with notes, and every change of anger; the same key puts them away."
TIP_TEST: Final = "With coaching (practice) or without (test)."
TIP_THEME: Final = "Dark, light, high contrast or colour-blind safe."

HELP_TITLE: Final = "Keys"
HELP_CLOSE: Final = "Esc closes"
HELP_KEY: Final = "{name}. {more}"
HELP_PALETTE: Final = "All commands by name"
HELP_CALL: Final = """\
The number is the customer's anger, 0 to 100. The shape beside the word fills as it grows: ○ calm, ◔ irritated, \
◑ angry, ● furious. Under it stands what moved it last, with your words or the measure that show it, then what did \
before. The curve shows the last two minutes.

The lowest line shows how loud you are (│ is your own calm voice, once it was measured) and your last turn beside it.
Only what can be heard is measured: words, loudness, pace, pauses. Nobody guesses how you feel."""
HELP_LOBBY: Final = """\
Up and down choose who calls, Enter opens the briefing. It shows your desk: account, policy and what you may decide.

Behind a title stands your best result: how it ended (✔ satisfied), and the anger from start to end."""
HELP_BRIEFING: Final = "What lies on your desk is also there during the call."
HELP_SETUP: Final = """\
Up and down choose a row, left and right change it, Enter does what the row says. Everything is kept at once.

Your calm voice is measured as loudness, pitch, pace, pauses and brightness, so that a call can compare you with \
yourself. The sound is forgotten as soon as it is measured, and nobody guesses how you feel."""
HELP_HISTORY: Final = "Every call you took, the newest first. All of it is on this machine, readable by you only."
DELETE_ASK: Final = "Delete the call “{title}” of {when} for good?"
DELETE_KEYS: Final = "Enter: delete it      Esc: keep it"
HELP_DEBRIEF: Final = """\
Every change of anger, with its cause, adds up from the first number to the last.

r takes the call up again before the turn that cost most, 1 to 4 before that turning point, t before any turn: the \
customer stands exactly where they stood. Afterwards both futures are here, side by side.

c puts right what was misheard: the call is judged anew, and what was heard is kept beside it.

To keep or hand on, in the shell: `coolhead report` writes this as a page, `coolhead scorecard` shows the rubric."""
HANG_UP_ASK: Final = "End the call now?"
HANG_UP_KEYS: Final = "Enter: hang up      Esc: stay on the line"
CALL_FAILED: Final = "The call could not go on: {problem}"
NOTHING_LOST: Final = "Nothing already recorded was lost."
TOO_SMALL: Final = (
    "This window is too small ({width}x{height}): make it {columns}x{rows} or larger.",
    "Too small: make it {columns}x{rows}",
    "Enlarge to {columns}x{rows}",
    "Too small",
)
"""The longest that fits is shown."""
CHOICES_NOT_KEPT: Final = "Your choices hold only until you leave: they could not be kept ({reason})."
NEXT_THEME: Final = "Theme: {name}"
THEME_NAMES: Final[Mapping[str, str]] = {
    "coolhead-dark": "dark",
    "coolhead-light": "light",
    "coolhead-contrast": "high contrast",
    "coolhead-colour-blind": "colour-blind safe",
}
