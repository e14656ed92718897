"""The one coaching line on the screen: what would help most now, shown long enough to read, never changed while the
trainee speaks. Pure steps from one `Prompter` to the next."""

from collections.abc import Mapping
from dataclasses import replace

from dialogue.appraisal import Turn
from dialogue.phases import next_need, settled
from dialogue.state import CallState, Prompter

SHOWN_SECONDS = 14.0
"""After which a cue has had its chance."""
READING_WORDS_PER_SECOND = 3.0
READING_START_SECONDS = 1.5
MOST_SHOWN = 3
"""How often one cue is worth showing in a call."""
MANAGER_WINDOW = 14.0
"""Anger points below `manager_at` in which offering a manager still counts."""

TEXTS: Mapping[str, str] = {
    "avoid_rude": "Stay courteous: answer the request, let the jab pass.",
    "avoid_blaming": "Leave the fault out of it: say what happens next.",
    "avoid_calm_down": "Instead of \u201ccalm down\u201d: name what went wrong for them.",
    "avoid_arguing": "Nobody has to be proved wrong: say what you can see and do.",
    "avoid_policy": "After a no, always a way: what can you do?",
    "avoid_dont_know": "\u201cGood question, let me find out\u201d, and say when.",
    "avoid_rush": "One sentence for what they went through, then the data.",
    "avoid_know_how_feel": "Their feeling, not yours: \u201cthat must have been\u2026\u201d.",
    "avoid_non_apology": "No \u201cif\u201d and no \u201cbut\u201d: sorry for what happened.",
    "avoid_empty_promise": "Promise only what you can keep yourself.",
    "avoid_cut_off": "Let them finish. Count one breath before you speak.",
    "avoid_parroting": "Say it in new words: repeated sentences sound read.",
    "avoid_hold_demand": "Ask before a hold, say why and how long.",
    "avoid_wrong_name": "Check the name and put it right at once.",
    "lower_voice": "Your voice is above your baseline. Breathe out, then slower and lower.",
    "acknowledge": "First name what this has been like for them.",
    "let_them_tell": "Let them tell it: a short \u201cgo on\u201d is enough.",
    "paraphrase": "Give the story back in your own words.",
    "ask_gap": "Something is left out of the story. Ask about it step by step.",
    "next_step": "They are waiting for a step: what exactly, and by when?",
    "say_when": "Put a day or a time on it.",
    "offer_manager": "Offer a manager now: once they demand one it counts for little.",
    "answer_curveball": "Kind and firm: say what you are doing, step by step.",
    "recap": "Sum up the agreed steps, each with its time.",
    "close_well": "Recap, your name, and thank them for calling.",
    "use_name": "Use their name once.",
    "introduce": "Give your own name: people forgive people.",
    "narrate": "Say what you are doing: silence sounds like absence.",
}


def choose(state: CallState, turn: Turn) -> str:
    """The id of what would help most after this turn; "" when all is well."""
    story, anger, temper = state.story, state.mood.anger, state.pack.mood
    if f"avoid_{turn.harm}" in TEXTS:
        return f"avoid_{turn.harm}"
    if turn.tone.raised >= 0.5:
        return "lower_voice"
    if (
        temper.manager_at - MANAGER_WINDOW <= anger
        and not story.manager_asked
        and "manager_offer" not in state.memory.used
    ):
        return "offer_manager"
    if story.facing:
        return "answer_curveball"
    if story.agreed:
        return "close_well"
    if not story.acknowledged:
        return "acknowledge"
    if not story.heard:
        return "let_them_tell"
    if settled(story, state.pack):
        return "recap"
    need = next_need(story, state.pack)
    if need and need.id in story.partly and need.timed:
        return "say_when"
    if need and need.kind == "learn":
        return "ask_gap" if any(state.pack.fact(name).hidden for name in need.facts) else "paraphrase"
    if turn.number >= 3 and not state.memory.agent:
        return "introduce"
    if turn.number >= 4 and "name_use" not in state.memory.used:
        return "use_name"
    return "next_step" if need else ""


def show(prompter: Prompter, t: float, cue: str) -> tuple[Prompter, bool]:
    """Put `cue` up now, or queue it behind one that is still being read. The flag says whether the screen changes."""
    if prompter.shown.get(cue, 0) >= MOST_SHOWN:
        cue = ""
    if cue == prompter.id:
        return replace(prompter, queued="", until=t + SHOWN_SECONDS if cue else 0.0), False
    if prompter.id and t < prompter.since + reading_seconds(prompter.id):
        return replace(prompter, queued=cue), False
    shown = {**prompter.shown, cue: prompter.shown.get(cue, 0) + 1} if cue else prompter.shown
    return Prompter(cue, t, t + SHOWN_SECONDS if cue else 0.0, "", shown), True


def due(prompter: Prompter) -> float | None:
    """When the screen changes by itself."""
    if prompter.queued:
        return prompter.since + reading_seconds(prompter.id)
    return prompter.until if prompter.id else None


def turn_over(prompter: Prompter, t: float) -> tuple[Prompter, bool]:
    """What is due at `t`: the queued cue, or an empty line."""
    queued = prompter.queued
    return show(replace(prompter, queued="", since=min(prompter.since, t - reading_seconds(prompter.id))), t, queued)


def reading_seconds(cue: str) -> float:
    """How long a cue stays at least."""
    return READING_START_SECONDS + len(TEXTS[cue].split()) / READING_WORDS_PER_SECOND if cue else 0.0
