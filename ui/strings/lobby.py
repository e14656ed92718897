"""Lobby, briefing and the desk."""

from typing import Final

APP_TITLE: Final = "Coolhead"

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
BRIEFING_READY: Final = "Ready?"
BRIEFING_KEYS: Final = "Enter picks up. b: a breath first. Esc: another caller."

DESK_AT: Final = "{company}, {role}"
DESK_ACCOUNT: Final = "Account"
DESK_POLICY: Final = "Policy"
DESK_AUTHORITY: Final = "You may"
DESK_LOOKUPS: Final = "Look up"
LOOKUP_TAKES: Final = "{title} ({seconds:.0f} s)"
LOOKUP_RUNS: Final = "{title}: searching, {seconds:.0f} s left"
LOOKUP_DONE: Final = "{title}: {result}"
BULLET: Final = "·"
