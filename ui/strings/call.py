"""The live call."""

from collections.abc import Mapping
from typing import Final

from dialogue.events import Band, Outcome, Phase

YOU: Final = "You"
ANGER: Final = "Anger"
RECENT_START: Final = "2 min ago"
RECENT_END: Final = "now"
CUE_MARK: Final = "→"
NO_CUES_IN_TEST: Final = "Test mode: no hints."
WHY_IN_TEST: Final = "A test: the debrief says why."
NOTHING_YET: Final = "Nothing has moved it yet."
NO_NUMBER_YET: Final = "--"
CUT_OFF: Final = "cut off"
SPEAK_HINT: Final = "Type what you would say, Enter to say it"
SAID_ALL: Final = "Nobody is on the line any more"
ELSEWHERE_HINT: Final = "Esc: back here, to speak"
NOT_HEARD_PAUSED: Final = "Nothing was said: the trainer has paused the call. Say it when the call goes on."
NOT_HEARD_MUTED: Final = "Nothing was said: you are muted. Be heard again (F2 or /unmute), then say it."
NOT_HEARD_ON_HOLD: Final = "Nothing was said: the call is on hold. Take it off hold (F3 or /resume), then say it."
DELTA_UP: Final = "▲"
DELTA_DOWN: Final = "▼"
YOU_SPEAK: Final = "You are speaking"
CUSTOMER_SPEAKS: Final = "{name} is speaking"
CUSTOMER_LISTENS: Final = "{name} listens"
MUTED: Final = "■ MUTED"
PAUSED: Final = "■ PAUSED"
ON_HOLD: Final = "■ ON HOLD {time}"
LEVEL: Final = "{level:4.0f} dBFS"
LEVEL_NONE: Final = "   – dBFS"
CALL_OVER: Final = "{shape} The call is over: {outcome}."
CALL_OVER_KEY: Final = "Enter opens the debrief."
YOUR_TURN: Final = "Your turn"
PHASE_STEP: Final = "{phase}, {step} of {steps}"
YOUR_VOICE: Final = "Voice: {measures}"
YOUR_LOUDNESS: Final[Mapping[bool, str]] = {True: "{difference} dB louder", False: "{difference} dB softer"}
YOUR_PACE: Final[Mapping[bool, str]] = {True: "{difference} % faster", False: "{difference} % slower"}
YOUR_USUAL: Final = "as usual"
CAPTIONS_OFF: Final = "(speaks; captions are off)"
NOTES_HINT: Final = "Your notes: names, numbers, promises. Esc: back to the call."
NOTES_NOT_KEPT: Final = "The notes cannot be kept ({reason}): free some room, or write them down."
JOURNAL_WRITTEN: Final = "All of the call is in its journal now."
OPENING: Final = "Coming in …"
RINGING: Final = "Ringing …"
GREET_THEM: Final = "You are through: greet them, the customer waits for your first word."
RINGING_HOW: Final = "When you are through, greet them: the customer waits for your first word."

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
    "stopped": "the call was stopped",
}
BROKEN_OFF: Final = "Trouble with the program broke it off."
OUTCOME_SHAPES: Final[Mapping[Outcome, str]] = {
    "satisfied": "✔",
    "resigned": "◐",
    "escalated": "↑",
    "hung_up": "✖",
    "ended_by_policy": "■",
    "abandoned": "–",
    "stopped": "□",
}
OR_BY_KEYBOARD: Final = ", or take the call by keyboard with --text"
"""Advice of the sound system that a call by keyboard has taken."""
SO_TYPED: Final = "So you type."
SO_SHOWN: Final = "So the customer's lines are only shown."
SO_TYPED_AND_SHOWN: Final = "So you type, and the customer's lines are only shown."


def by_keyboard(why: str) -> str:
    """Why the trainee types, without the advice that is taken already."""
    return f"{why.replace(OR_BY_KEYBOARD, '')} {SO_TYPED}"


def no_sound(hearing: str, voice: str) -> str:
    """What hearing and the voice lack, a sentence each, "" for nothing, and what follows; advice that is for both is
    given once, and what is done already not at all."""
    hearing, voice = (why.replace(OR_BY_KEYBOARD, "") for why in (hearing, voice))
    follows = {(True, True): SO_TYPED_AND_SHOWN, (True, False): SO_TYPED, (False, True): SO_SHOWN}
    what, _, advice = voice.rpartition(": ")
    once = "" if voice == hearing else f"{what}." if what and hearing.endswith(advice) else voice
    return " ".join(filter(None, (hearing, once, follows.get((bool(hearing), bool(voice))))))
