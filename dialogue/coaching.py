"""The one coaching line on the screen: what would help most now, shown long enough to read, never changed while the
trainee speaks. Pure steps from one `Prompter` to the next.

A cue is an id, or an id and what it is about: "open:line_test" names the need in the pack's own words.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogue.appraisal.appraise import Turn
from dialogue.language import normal
from dialogue.mood.effects import ACKNOWLEDGING, HANDOVER, SOLVING, TRAP
from dialogue.persona import Need, Pack
from dialogue.persona.pack import Setting
from dialogue.phases import confided, next_need, settled
from dialogue.state import Act, CallState, Prompter
from dialogue.understanding.matching import grouped

SHOWN_SECONDS = 12.0
"""After which a cue has had its chance, counted from the end of the customer's line."""
READING_WORDS_PER_SECOND = 3.0
READING_START_SECONDS = 1.5
TITLE_WORDS = 3
"""Words of a title in a cue, for how long it takes to read."""
MOST_SHOWN = 2
"""How often one cue is worth showing in a call: who did not take it twice will not take it the third time."""
MANAGER_FROM_TURN = 3
"""Before that a hand-over is a way of not listening."""
FOR_A_GAP = ("ask_gap", "walk_through", "put_find_out")
"""What to try, one after the other, where something is left out of their story."""
TELLING = frozenset({"vent", "empathy"})
"""Acts of a customer who is telling, of themselves or because somebody feels with them."""
_PARTING: Mapping[Setting, tuple[str, str]] = {
    "customer": ("close_well", "thank"),
    "colleague": ("part_well", "part_thanks"),
}
"""Once all is agreed: with the recap, and where that was given."""
RAISED = 0.5
STALLED = 2
"""Turns without a step forward, from which the next step comes before all finer points."""

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
    "avoid_trap": "That is better left unsaid here: leave it, and say what you can do.",
    "avoid_over_promise": "That is not yours to promise: take it back, and say what you can do.",
    "avoid_wrong_name": "Check the name and put it right at once.",
    "answer_first": "Stay with what they said last: answer that first.",
    "avoid_misheard": "Say back only what they said: check the day and the sum.",
    "lower_voice": "Your voice is above your baseline. Breathe out, then slower and lower.",
    "narrate": "Say what you are doing: silence sounds like absence.",
    "acknowledge": "Before the facts, say what this has been like for them.",
    "confided": "They have told you something of their own: a word for that first.",
    "let_them_tell": "Let them tell it: a short \u201cgo on\u201d is enough.",
    "ask_gap": "Something is left out of the story. Which piece is missing? Ask, without blame.",
    "walk_through": "Let them take you through it, one thing after another, and listen for the gap.",
    "ask_more": "Ask about {title}: you need it before you can help.",
    "open": "Still open: {title}. Say what you do, and by when.",
    "explain": "Still to be said: {title}. Plainly, and without blame.",
    "offer_step": "Your turn: what on your desk would help them? One step, and by when.",
    "explain_desk": "What on your desk do they not know yet? Say it plainly, without blame.",
    "say_when": "Put a day or a time on it: {title}.",
    "show": "What they need now: {title}.",
    "offer_manager": "Offer a manager now: once they demand one it counts for little.",
    "manager_asked": "They want a manager: hand over with a summary, or say what you can decide now.",
    "soothe": "The steps are all there. One more sentence for what it has cost them.",
    "recap": "Sum up the agreed steps, each with its time.",
    "close_well": "Recap, your name, and thank them for calling.",
    "thank": "Your name once more, and thank them for calling.",
    "part_well": "Say once what the two of you agreed, and thank them for coming to you.",
    "part_thanks": "Thank them for coming to you.",
    "use_name": "Use their name once.",
    "introduce": "Give your own name: people forgive people.",
    "put_feedback_thanks": "Thank them for telling you, before you answer it.",
    "put_revisit_topic": "Come back now to what you had put aside.",
    "put_own_name": "They want somebody with a name: give yours.",
    "put_authority": "Say straight what you may decide yourself, and who decides the rest.",
    "put_boundary": "Kind and firm: you are on their side, one thing at a time.",
    "put_look_up": "Tell them what you are doing at this moment.",
    "put_process": "Show them the way: first this, then that, then the next.",
    "put_loyalty": "They ask whether they count. Say that they do.",
    "put_empathy": "A feeling stands behind that: name it before anything else.",
    "put_find_out": "You need not know it: say how you will find out, and by when.",
    "put_plan_time": "Words will not do now: one step, with a time you can keep.",
    "put_ownership": "Take it on yourself: \u201cI'm doing that, now.\u201d",
}
"""By id; `{title}` is the pack's name for what it is about."""


def text(cue: str, pack: Pack) -> str:
    """The line for the screen, "" for no cue."""
    name, _, about = cue.partition(":")
    titles = {need.id: need.title for need in pack.settlement}
    return TEXTS.get(name, "").format(title=titles.get(about, "")) if cue else ""


def choose(state: CallState, turn: Turn) -> str:
    """The id of what would help most after this turn and the customer's answer to it; "" when all is well."""
    case, pack, act = state.case, state.pack, state.memory.last_act
    feels = state.memory.emotional and not turn.notices  # whoever has just named it need not do so again
    if act.kind == "manager_demand":
        return "manager_asked"
    if f"avoid_{turn.harm}" in TEXTS:
        return f"avoid_{turn.harm}"
    if sprung := next((one.cause for one in turn.findings if one.id == TRAP), ""):
        return f"avoid_{sprung.partition(':')[0]}"
    if turn.tone.raised >= RAISED:
        return "lower_voice"
    if act.kind == "ask_when":
        return f"say_when:{act.about}"
    if _manager_in_time(state, turn):
        return "offer_manager"
    if case.facing and act.kind == "curveball":  # later they have gone on to something else
        return _put_to_the_test(state)
    if turn.harm == "beside_the_point" and case.heard:
        return "answer_first"
    if confided(state):
        return "confided"
    if case.agreed:
        to_sum_up, to_thank = _PARTING[pack.setting]
        if _asks(state):
            return "answer_first"
        summed_up = "recap" in turn.ids or state.prompter.shown.get(to_thank)  # nobody sums up twice
        return to_sum_up if not summed_up else "" if "thanks" in turn.ids else to_thank
    if not case.acknowledged and (pack.hear_first or not state.prompter.shown.get("acknowledge")):
        return "acknowledge" if case.told else ""
    if pack.hear_first and not case.heard and not _at_a_way_out(state):
        presses = pack.customer.type == "proactive" or _pressed(state)  # and wants a step, no ear
        if not presses or feels:
            return "acknowledge" if presses else "let_them_tell"
    if act.kind == "vent" and state.memory.emotional:
        return "acknowledge" if feels else "answer_first" if _asks(state) else "let_them_tell"
    if settled(case, pack):
        return "soothe" if "recap" in turn.ids or not turn.ids & ACKNOWLEDGING else "recap"
    waiting = _pressed(state) or "?" in state.memory.last_line
    if turn.number - case.progress_turn < STALLED and not waiting:  # a finer point, where there is one
        return _introduce(state, turn) or _step(state, turn) or _use_name(state, turn)
    return _step(state, turn)


def _pressed(state: CallState) -> bool:
    """Whether the customer has just asked for something: a finer point can wait."""
    return state.memory.last_act.kind == "open" or _asks(state)


def _asks(state: CallState) -> bool:
    """Whether their last words are a question: they wait for an answer."""
    return state.memory.last_line.rstrip().endswith("?")


def _at_a_way_out(state: CallState) -> bool:
    """Whether the first answer has been given, so that they wait for the next rather than for an ear."""
    return any(state.pack.need(name).kind in ("offer", "explain") for name in state.case.met)


def _manager_in_time(state: CallState, turn: Turn) -> bool:
    """Whether a manager should be offered before the customer demands one: they are about to, there is one, and the
    trainee has tried. Who began near to it is about to from half that way on."""
    case, temper = state.case, state.pack.mood
    window = min(temper.manager_window, (temper.manager_at - temper.start) / 2)
    near = state.mood.anger >= temper.manager_at - window
    there_is_one = state.pack.setting == "customer" and not HANDOVER & state.memory.used.keys()
    return near and there_is_one and turn.number >= MANAGER_FROM_TURN and not case.manager_asked


def _put_to_the_test(state: CallState) -> str:
    """By the first thing that the customer's curveball expects and that there is a line for."""
    expects = state.pack.curveball(state.case.facing).expects
    return next((f"put_{name}" for name in expects if f"put_{name}" in TEXTS), "put_ownership")


def _introduce(state: CallState, turn: Turn) -> str:
    """Whether to give their own name; who works with them has no need of it."""
    unknown = not state.memory.agent and "own_name" not in state.memory.used
    return "introduce" if turn.number >= 2 and unknown and state.pack.setting == "customer" else ""


def _use_name(state: CallState, turn: Turn) -> str:
    """Whether to use the customer's, where nothing of the case waits."""
    unused = "name_use" not in state.memory.used
    return "use_name" if turn.number >= 4 and unused and state.pack.setting == "customer" else ""


def _step(state: CallState, turn: Turn) -> str:
    """The next thing they came for; nothing right after a step was given, unless they ask when."""
    need = next_need(state.case, state.pack)
    if need is None:
        return ""
    if need.timed and (need.id in state.case.partly or state.memory.last_act == Act("ask_when", need.id)):
        return f"say_when:{need.id}"
    given = bool(turn.meant.offers) or bool(turn.ids & SOLVING)
    if given and not _pressed(state):
        return ""
    match need.kind:
        case "learn" if _telling(state):
            return "let_them_tell"
        case "learn" if any(state.pack.fact(name).hidden for name in need.facts):
            shown, asked = state.prompter.shown, turn.meant.question or turn.meant.asks
            left = FOR_A_GAP[1:] if asked else FOR_A_GAP  # who has just asked is not told to
            left = ("answer_first", *left) if _asks(state) else left
            return next((cue for cue in left if shown.get(cue, 0) < MOST_SHOWN), FOR_A_GAP[-1])
        case "learn":
            return f"ask_more:{need.id}"
        case "show":
            return next((f"put_{name}" for name in need.behaviours if f"put_{name}" in TEXTS), f"show:{need.id}")
        case "explain":
            return f"explain:{need.id}" if _mentioned(state, need) else "explain_desk"
        case _:
            return f"open:{need.id}" if _mentioned(state, need) else "offer_step"


def _telling(state: CallState) -> bool:
    """Whether they are in the middle of their story: no gap in it can be seen yet."""
    more = state.case.told < len(state.pack.vent) and state.prompter.shown.get("let_them_tell", 0) < MOST_SHOWN
    return more and state.memory.last_act.kind in TELLING and not _asks(state)


def _mentioned(state: CallState, need: Need) -> bool:
    """Whether either of the two has spoken of it: before that a line on the screen would solve the case."""
    memory = state.memory
    if need.id in (memory.wanted, memory.due) or need.id in state.case.partly or not need.words:
        return True
    return any(grouped(need.words[:1], normal(said)) for said in (*memory.said, *memory.trainee))


def show(prompter: Prompter, t: float, cue: str, line_seconds: float = 0.0) -> tuple[Prompter, bool]:
    """Put `cue` up now, or queue it behind one that is still being read. The flag says whether the screen changes.

    `line_seconds`: how long the customer is about to speak, during which nobody can act on it.
    """
    until = t + line_seconds + SHOWN_SECONDS if cue else 0.0
    if prompter.shown.get(cue, 0) >= MOST_SHOWN:
        cue = ""
    if cue == prompter.id:
        return replace(prompter, queued="", until=until), False
    if prompter.id and t < prompter.since + reading_seconds(prompter.id):
        return replace(prompter, queued=cue), False
    shown = {**prompter.shown, cue: prompter.shown.get(cue, 0) + 1} if cue else prompter.shown
    return Prompter(cue, t, until, "", shown), True


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
    if not cue:
        return 0.0
    name, _, about = cue.partition(":")
    words = len(TEXTS[name].split()) + (TITLE_WORDS if about else 0)
    return READING_START_SECONDS + words / READING_WORDS_PER_SECOND
