"""Every word the screens show, in one place. A translation replaces this module; nothing else holds text."""

from collections.abc import Mapping
from typing import Final

from dialogue.events import Band, Outcome, Phase

APP_TITLE: Final = "Coolhead"

# --- the call ---------------------------------------------------------------------------------------------------

YOU: Final = "You"
ANGER: Final = "Anger"
WHY: Final = "What moved it"
RECENT_START: Final = "2 min ago"
RECENT_END: Final = "now"
CUE_MARK: Final = "→"
NO_CUE: Final = "No hint just now: listen."
NO_CUES_IN_TEST: Final = "Test mode: no hints."
NOTHING_YET: Final = "Nothing has moved it yet."
NO_NUMBER_YET: Final = "--"
CUT_OFF: Final = "cut off"
SPEAK_HINT: Final = "Type what you would say, Enter to say it"
DELTA_UP: Final = "▲"
DELTA_DOWN: Final = "▼"
DELTA_FLAT: Final = "="
LISTENING: Final = "Listening"
HEARING_YOU: Final = "Hearing you"
CUSTOMER_SPEAKS: Final = "{name} is speaking"
MUTED: Final = "■ MUTED"
ON_HOLD: Final = "■ ON HOLD {time}"
READING_FILE: Final = "From a recording"
BY_KEYBOARD: Final = "By keyboard"
LEVEL: Final = "{level:4.0f} dBFS"
LEVEL_NONE: Final = "   – dBFS"
CALL_OVER: Final = "{shape} The call is over: {outcome}. Enter opens the debrief."
YOUR_TURN: Final = "Your turn"
PHASE_STEP: Final = "{phase}, {step} of {steps}"
RINGING: Final = "Ringing …"

BANDS: Final[Mapping[Band, str]] = {
    "calm": "calm",
    "irritated": "irritated",
    "angry": "angry",
    "furious": "furious",
}
BAND_SHAPES: Final[Mapping[Band, str]] = {"calm": "○", "irritated": "◔", "angry": "◑", "furious": "●"}
"""Fuller is angrier: read without colour."""

PHASES: Final[Mapping[Phase, str]] = {
    "greeting": "greeting",
    "venting": "letting off steam",
    "explaining": "explaining",
    "negotiating": "negotiating",
    "resolving": "settling",
    "closing": "closing",
    "ended": "ended",
}
PHASE_PATH: Final[tuple[Phase, ...]] = ("greeting", "venting", "explaining", "negotiating", "resolving", "closing")

OUTCOMES: Final[Mapping[Outcome, str]] = {
    "satisfied": "the customer is satisfied",
    "resigned": "the customer gave in, unconvinced",
    "escalated": "the customer went over your head",
    "hung_up": "the customer hung up",
    "ended_by_policy": "you ended it, as the conduct policy allows",
    "abandoned": "you left the call",
}
OUTCOME_SHAPES: Final[Mapping[Outcome, str]] = {
    "satisfied": "✔",
    "resigned": "◐",
    "escalated": "↑",
    "hung_up": "✖",
    "ended_by_policy": "■",
    "abandoned": "–",
}

CAUSES: Final[Mapping[str, str]] = {
    # what the trainee said
    "apology": "You apologised",
    "name_use": "You used their name",
    "ownership": "You took it on",
    "empathy": "You felt with them",
    "dont_know": "“I don't know”, and no next step",
    "calm_down": "You told them to calm down",
    "know_how_feel": "You claimed to know how they feel",
    "arguing": "You argued",
    "rude": "You were rude",
    "plan_time": "A plan with a time",
    "clarify": "You asked to understand",
    "hold_permission": "You asked before holding",
    "recap": "You summed up",
    "thanks": "You thanked them",
    "manager_offer": "You offered a manager",
    "blaming": "You blamed",
    "policy": "You hid behind a rule",
    "rush": "You rushed them",
    "empty_promise": "A promise without substance",
    "greeting": "A proper greeting",
    "own_name": "You gave your name",
    "non_apology": "An apology that is none",
    "boundary": "A firm, kind limit",
    "paraphrase": "Their facts, in your words",
    "feedback_thanks": "Thanks for the report",
    "park_topic": "You parked the subject",
    "revisit_topic": "You came back to it",
    "authority": "You said what you may decide",
    "help_offer": "You offered help",
    "find_out": "You will find out",
    "option": "Another way",
    "process": "You said how it will be done",
    "loyalty": "You valued their custom",
    "hold_demand": "You put them off",
    "hold_reason": "You said why and how long",
    "warm_transfer": "A warm transfer",
    "conduct_warning": "A fair warning",
    "self_blame": "You took blame not yours",
    "close": "A friendly ending",
    "together": "“We”: on their side",
    "product_question": "You asked about the product",
    "extra_mile": "You looked for more",
    "step_offer": "A concrete step",
    "look_up": "You said what you are doing",
    "wrong_name": "The wrong name",
    "concern": "You showed concern",
    # what happened
    "relaxation": "Time passed",
    "limit": "At the end of the scale",
    "need_met": "Something they came for",
    "need": "What they came for",
    "promise_kept": "A promise kept",
    "promise_broken": "A promise not kept",
    "curveball": "How you took what they threw in",
    "hold_unannounced": "On hold without a word",
    "hold_too_long": "A long hold",
    "dead_air": "Silence on the line",
    "slow_answer": "A slow answer",
    "cut_off": "You spoke over them",
    "too_soon": "A fix before they were heard",
    "no_acknowledgement": "Nothing for how they feel",
    "beside_the_point": "Beside the point",
    "apology_runs_on": "An apology that runs on",
    "apology_again": "Sorry once more",
    "parroting": "Their words, parroted",
    "name_overuse": "Their name once too often",
    "raised_voice": "A raised voice",
    "goodbye_too_soon": "A goodbye too soon",
}
"""Behaviour or situation id -> plain words. An id that is not here is shown with its underscores taken out."""

# --- keys and commands -------------------------------------------------------------------------------------------

KEY_MUTE: Final = "Mute"
KEY_HOLD: Final = "Hold"
KEY_BREATHE: Final = "Breathe"
KEY_DESK: Final = "Desk"
KEY_HANG_UP: Final = "Hang up"
KEY_HELP: Final = "Help"
KEY_THEME: Final = "Theme"
KEY_BACK: Final = "Back"
KEY_QUIT: Final = "Quit"
KEY_PICK_UP: Final = "Pick up"
KEY_SEARCH: Final = "Search"
KEY_DEBRIEF: Final = "Debrief"
KEY_END: Final = "End"
KEY_LEAVE: Final = "Leave"
KEY_AGAIN: Final = "Call again"
KEY_OPEN: Final = "Briefing"
KEY_PAGE_DOWN: Final = "Page down"
KEY_PAGE_UP: Final = "Page up"
KEY_MENU: Final = "Commands"
TIP_MUTE: Final = "The customer does not hear you; silence is still silence to them."
TIP_HOLD: Final = "Put the call on hold. Say why and for how long first."
TIP_BREATHE: Final = "Mute and breathe: in 3, hold 5, out 3."
TIP_BREATHE_BEFORE: Final = "Breathe before you pick up: in 3, hold 5, out 3."
TIP_DESK: Final = "Account, policy and what you may decide."
TIP_HANG_UP: Final = "End the call."
TIP_THEME: Final = "Dark, light, high contrast or colour-blind safe."

# --- pacer ------------------------------------------------------------------------------------------------------

BREATHE_IN: Final = "Breathe in"
BREATHE_HOLD: Final = "Hold"
BREATHE_OUT: Final = "Breathe out"
BREATH_WORDS: Final[Mapping[str, str]] = {"in": BREATHE_IN, "hold": BREATHE_HOLD, "out": BREATHE_OUT}
PACER_TITLE: Final = "Breathe"
PACER_MUTED: Final = "You are muted. Esc returns."
PACER_ALONE: Final = "In 3, hold 5, out 3. Esc ends."
PACER_LEFT: Final = "Breath {number} of {breaths}"
PACER_DONE: Final = "Done."
PACER_PLAIN_START: Final = "Breaths: {breaths}. In {inhale:g}, hold {hold:g}, out {exhale:g}. Ctrl+C ends."

# --- desk -------------------------------------------------------------------------------------------------------

DESK_TITLE: Final = "Desk"
DESK_AT: Final = "{company}, {role}"
DESK_ACCOUNT: Final = "Account"
DESK_POLICY: Final = "Policy"
DESK_AUTHORITY: Final = "You may"
DESK_LOOKUPS: Final = "Look up"
LOOKUP_TAKES: Final = "{title} ({seconds:.0f} s)"
LOOKUP_RUNS: Final = "{title}: searching, {seconds:.0f} s left"
LOOKUP_DONE: Final = "{title}: {result}"
BULLET: Final = "·"

# --- lobby and briefing --------------------------------------------------------------------------------------------

LOBBY_TITLE: Final = "Who is calling?"
LOBBY_SEARCH: Final = "Search scenarios"
LOBBY_NONE: Final = "No scenario matches “{text}”."
LOBBY_EMPTY: Final = "No scenario packs are installed."
LAST_RESULT: Final = "Last: {result}"
MINUTES: Final = "{minutes:g} min"
LEVEL_SHAPES: Final = ("○○○○○", "●○○○○", "●●○○○", "●●●○○", "●●●●○", "●●●●●")
LEVELS: Final = ("", "gentle", "easy", "medium", "hard", "fierce")
SKILLS: Final = "You practise"
BRIEFING_STORY: Final = "The call"
BRIEFING_DESK: Final = "Your desk"
BRIEFING_READY: Final = "Ready?"
BRIEFING_KEYS: Final = "Enter picks up. b: a breath first. Esc: another caller."

# --- debrief ----------------------------------------------------------------------------------------------------

DEBRIEF_TITLE: Final = "Debrief"
DEBRIEF_CURVE: Final = "Anger through the call"
DEBRIEF_LEDGER: Final = "Every change"
DEBRIEF_TURNING: Final = "What turned it"
DEBRIEF_WELL: Final = "What went well"
DEBRIEF_INSTEAD: Final = "What to say instead"
LIST_JOIN: Final = "; "
PLAIN_MOMENT: Final = "  {time}  {delta:+.0f}  {causes}"
PLAIN_SAID: Final = "      You said: {said}"
PLAIN_TRY: Final = "      Try: {advice} ({why})"
PLAIN_LEDGER: Final = "  {line}"
DEBRIEF_CAME_FOR: Final = "What they came for"
DEBRIEF_MET: Final = "✔ {title}"
DEBRIEF_OPEN: Final = "○ {title} (left open)"
DEBRIEF_NOTES: Final = "Worth knowing"
DEBRIEF_NO_WELL: Final = "Nothing that moved the customer your way, this time."
DEBRIEF_NO_INSTEAD: Final = "Nothing in what you said made it worse."
DEBRIEF_UNFINISHED: Final = "The record stops before the call ended."
DEBRIEF_FROM_TO: Final = "Anger {start:.0f} → {end:.0f}, at most {peak:.0f}"
DEBRIEF_LENGTH: Final = "{time} on the phone, {turns} turns"
DEBRIEF_NO_MOOD: Final = "The record holds no change of mood."
LEDGER_TIME: Final = "Time"
LEDGER_CHANGE: Final = "Change"
LEDGER_ANGER: Final = "Anger"
LEDGER_CAUSE: Final = "Cause"
LEDGER_START: Final = "The call begins"

# --- help, hang-up, trouble ------------------------------------------------------------------------------------------

HELP_TITLE: Final = "Keys"
HELP_CLOSE: Final = "Esc closes"
HELP_CALL: Final = """\
The number is the customer's anger, 0 to 100. The shape beside the word fills as it grows: ○ calm, ◔ irritated, \
◑ angry, ● furious. The curve shows the last two minutes; the list says what moved it, in your own words.

Only what can be heard is measured: words, loudness, pace, pauses. Nobody guesses how you feel."""
HELP_LOBBY: Final = "Choose who calls. The briefing shows your desk: account, policy and what you may decide."
HELP_DEBRIEF: Final = "Every change of anger, with its cause, adds up from the first number to the last."
HANG_UP_ASK: Final = "End the call now?"
HANG_UP_KEYS: Final = "Enter: hang up      Esc: stay on the line"
CALL_FAILED: Final = "The call could not go on: {problem}"
NOTHING_LOST: Final = "Nothing already recorded was lost."
TOO_SMALL: Final = "A little more room, please: 60 columns by 20 rows."
NEXT_THEME: Final = "Theme: {name}"
THEME_NAMES: Final[Mapping[str, str]] = {
    "coolhead-dark": "dark",
    "coolhead-light": "light",
    "coolhead-contrast": "high contrast",
    "coolhead-colour-blind": "colour-blind safe",
}

# --- line mode ---------------------------------------------------------------------------------------------------

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


def cause(identifier: str, title: str = "") -> str:
    """A ledger row's cause in plain words; `title` is the author's name for what it concerns."""
    kind, _, about = identifier.partition(":")
    plain = CAUSES.get(kind) or kind.replace("_", " ").capitalize()
    return f"{plain}: {title or about.replace('_', ' ')}" if about else plain


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def clock(seconds: float) -> str:
    """Seconds as m:ss."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
