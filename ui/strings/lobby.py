"""Lobby, briefing and the desk."""

from collections.abc import Mapping
from typing import Final

APP_TITLE: Final = "Coolhead"

LOBBY_TITLE: Final = "Who is calling?"
LOBBY_SEARCH: Final = "Search scenarios"
LOBBY_NONE: Final = "No scenario matches “{text}”."
LOBBY_EMPTY: Final = "No scenario packs are installed."
LOBBY_NEXT: Final = "Next: {title}. {reason}"
LOBBY_FIRST: Final = "New here? s: try your headset, and measure your calm voice. w: watch a call."
OPT_IN: Final = "{name} swears at you, bleeped but plain enough, and the call may end by policy. Take it?"
OPT_IN_KEYS: Final = "Enter: yes, put them through   Esc: not today"
OPT_IN_TYPED: Final = "Type yes or no."
YES: Final = frozenset({"y", "yes"})
OPTED_OUT: Final = "Not put through. Choose another caller with `coolhead packs list`."
LOBBY_FILTER_NONE: Final = "No scenario is {filter}."
NEXT_FIRST: Final = "The gentlest, for a first call."
NEXT_AGAIN: Final = "{name} was lost last time: another go."
NEXT_EASIER: Final = "A step easier after two hard ones."
NEXT_NEW: Final = "The next one you have not taken yet."
NEXT_UNSETTLED: Final = "Not settled yet."
NEXT_LONG_AGO: Final = "All are settled; this one was longest ago."
BEST_RESULT: Final = "Your best: {result}"
LAST_RESULT: Final = "Last time, {when}: {result}"
TIMES_TAKEN: Final = "Taken {times} times"
RESULT: Final = "{shape} {start:.0f} → {end:.0f}"
RESULT_WORDS: Final = "{outcome}, anger {start:.0f} → {end:.0f}"
FILTERS: Final[Mapping[str, str]] = {
    "all": "all",
    "new": "not taken yet",
    "open": "not settled yet",
    "easy": "gentle or easy",
    "medium": "medium",
    "hard": "hard or fierce",
}
MINUTES: Final = "{minutes:g} min"
LEVEL_SHAPES: Final = ("○○○○○", "●○○○○", "●●○○○", "●●●○○", "●●●●○", "●●●●●")
LEVELS: Final = ("", "gentle", "easy", "medium", "hard", "fierce")
SKILLS: Final = "You practise"
BRIEFING_STORY: Final = "The call"
BRIEFING_READY: Final = "Ready?"
BRIEFING_ARROWS: Final = "The arrows go through your desk."
BRIEFING_PRACTICE: Final = "Practice: one line of coaching at a time during the call."
BRIEFING_TEST: Final = "Test: no coaching during the call, nor why the anger moves."

DESK_AT: Final = "{company}, {role}"
DESK_ACCOUNT: Final = "Account"
DESK_POLICY: Final = "Policy"
DESK_AUTHORITY: Final = "You may"
DESK_LOOKUPS: Final = "Look up"
LOOKUP_TAKES: Final = "{title} ({seconds:.0f} s)"
LOOKUP_RUNS: Final = "{title}: searching, {seconds:.0f} s left"
LOOKUP_DONE: Final = "{title}: {result}"
BULLET: Final = "·"
