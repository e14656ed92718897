"""Drills: the list, a round, and the verdicts."""

from collections.abc import Mapping
from typing import Final

DRILL_LIST: Final = "{id:<24} {title}"
DRILL_HOW: Final = "Answer aloud, or type; Ctrl+D ends the drill."
DRILL_HOW_TYPED: Final = "Type your answer and press Enter; Ctrl+D ends the drill."
DRILL_NEEDS_VOICE: Final = (
    "“{title}” listens to how a sentence sounds, and needs a microphone. {status} By keyboard there is “{other}”: "
    "coolhead drill {id}"
)
DRILL_NO_TECHNIQUE: Final = "No drill teaches {technique!r}: see the numbers in docs/techniques.md, such as 003-9."
DRILL_BOTH: Final = "Either a drill's name or --technique, not both."
DRILL_ROUND: Final = "{number} of {count}"
DRILL_ROUND_TITLED: Final = "{number} of {count}  {title}"
DRILL_SPEAKERS: Final[Mapping[str, str]] = {"customer": "Customer: {line}", "adviser": "Adviser: {line}"}
DRILL_READ: Final = "Read it, then press Enter: it goes, and you say it back."
DRILL_YOUR_TURN: Final = "Your turn."
DRILL_YOU: Final = "You: {text}"
DRILL_FOUND: Final = "✔ {wanted}: “{words}”"
DRILL_MISSING: Final = "○ not yet: {wanted}"
DRILL_WRONG: Final = "✘ {what}: you said “{words}”, it was {right}"
DRILL_SPOILED: Final = "✘ {cause}: “{words}”"
DRILL_LONG: Final = "✘ {words} words too many: say it in one breath"
DRILL_VOICE: Final = "✘ your voice rose above its own calm: {measures}"
DRILL_LEDGER: Final = "Anger {delta:+.0f} (“you” is the adviser). {cause}: “{evidence}”"
DRILL_MEASURED: Final = "Beside your own calm voice: {measures}"
DRILL_MEASURED_FIRST: Final = "Beside your first try (`coolhead setup` measures your calm voice): {measures}"
DRILL_MEASURES: Final[Mapping[str, str]] = {
    "loudness_dbfs": "loudness {value:+.0f} dB",
    "pitch_hz": "pitch {value:+.1f} semitones",
    "tilt_db": "brightness {value:+.0f} dB",
    "rate_syllables_s": "pace {value:.0%}",
}
DRILL_OUTCOMES: Final[Mapping[str, str]] = {
    "in_time": "✔ Seen. It began to tip with “{words}”",
    "late": "✘ Too late. It began to tip with “{words}”",
    "early": "✘ Too early: nothing had got worse yet. It began to tip with “{words}”",
    "unseen": "✘ It went by. It began to tip with “{words}”",
    "none_came": "✔ Right: nothing tipped in this one.",
    "false_alarm": "✘ Nothing tipped in this one: angry, but not angrier from line to line.",
    "gap_found": "✔ That was the gap.",
    "gap_open": "○ That was not what is left out. Ask on.",
    "first_step": "✔ That is where you begin.",
    "stepped_down": "✔ Lower than before.",
    "level": "✔ Level with your own calm voice, and kept there.",
    "not_lower": "○ Not lower than before. Let the breath out first; softer, slower, deeper.",
    "other_words": "○ That was another sentence: the same words each time, so that the voice can be compared.",
    "not_heard": "○ Too little was heard to measure. Say the whole sentence aloud.",
}
DRILL_ROW_CLASSES: Final[Mapping[str, str]] = {"✔": "-good", "✘": "-bad", "○": "-open"}
DRILL_AGAIN: Final = "Once more."
DRILL_AGAIN_ADD: Final = "Once more: what is missing is enough."
DRILL_ONE_WAY: Final = "One way: {say}"
DRILL_DONE: Final = "{passed} of {count} passed, {first} of them at the first try."
DRILL_STOPPED: Final = "The drill was ended after {count} of {all} rounds."
DRILL_NOT_KEPT: Final = "The result could not be kept: {reason}."
DRILLS_TITLE: Final = "Drills: one skill, a few minutes"
DRILL_RESULT_JOIN: Final = "  "
DRILL_OPENING: Final = (
    "Getting ready: the sound, and the models that read your words. On a busy machine that takes a while. Esc leaves."
)
DRILL_WAIT: Final = "One moment …"
DRILL_TYPE: Final = "Type your answer, Enter"
DRILL_PRESS: Final = "Enter is the key"
DRILL_HOW_KEY: Final = "Enter is the key; Ctrl+D ends the drill."
DRILL_SAY_OR_TYPE: Final = "Answer aloud, or type"
DRILL_OVER: Final = "Enter"
DRILL_ONCE_MORE: Final = "Enter: once more. Esc: back."
DRILL_INSTEAD: Final = "Enter: “{title}” instead. Esc: back."
KEY_DRILL: Final = "Drill"
KEY_DRILLS: Final = "Drills"
TIP_DRILLS: Final = "One skill for a few minutes, with an instant verdict."
TIP_DRILL: Final = "The drill for what hurt this call most."
TIP_DRILL_MISSED: Final = "The drill for what your calls miss most."
HELP_DRILLS: Final = """\
Each drill is one skill, for one to five minutes. Beside its name stand the last results: rounds passed, of how many."""
HELP_DRILL: Final = """\
Answer aloud, or type and press Enter. Enter alone is the key where a drill asks for one. Only words and what can be \
measured of the voice are judged, beside your own calm voice; nobody guesses how you feel."""
