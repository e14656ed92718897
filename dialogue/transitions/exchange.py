"""One exchange: a trainee's turn, or a stretch of silence, and the customer's answer to it.

Each function moves a `CallState` and returns the events that say so, in order: appraisal, mood, phase, reply, end, cue.
"""

from dataclasses import replace
from random import Random

from dialogue import coaching, phases, replies, turns
from dialogue.appraisal import curveballs
from dialogue.appraisal.appraise import Turn, appraise, counted, not_understood, with_findings
from dialogue.appraisal.settling import Steps, settle
from dialogue.events import Appraisal, CallStarted, MoodChanged, PhaseChanged, Utterance
from dialogue.language import SENTENCE, backchannel, normal, quote, seconds, sentences
from dialogue.mood import Finding
from dialogue.persona import Pack
from dialogue.replies import Picker
from dialogue.state import Act, CallState, Floor
from dialogue.transitions.feeling import Events, feel, start
from dialogue.transitions.speaking import cue, end, move, say, speak
from dialogue.understanding.address import formal
from dialogue.understanding.gibberish import gibberish

LOOK_UP_SECONDS = 20.0
"""Silence borne after "let me have a look"."""
LONGEST_SECONDS = 120.0
"""Silence borne at most, whatever was stated."""
OPENING_VOICE_SECONDS = 1.0
"""The least speech that says how somebody sounds."""


def connect(pack: Pack, started: CallStarted, random: Random) -> tuple[CallState, Events]:
    """The call is picked up: the customer waits to be greeted, in the mood the pack and the difficulty give them.

    An unknown difficulty is played as "normal".
    """
    tuning = pack.difficulties.get(started.difficulty, pack.difficulties["normal"])
    feeling, tuning = start(pack, started, tuning, random)
    state = CallState(pack, started, tuning, feeling, t=started.t, floor=Floor(silent_since=started.t))
    return state, [MoodChanged(started.t, feeling, ()), PhaseChanged(started.t, "greeting", "the call connects")]


def trainee_turn(state: CallState, random: Random, utterance: Utterance) -> Events:
    """A whole turn of the trainee and the answer to it."""
    t = utterance.t
    if not utterance.text.strip():
        return _nothing_said(state, random, t)
    if backchannel(utterance.text) and (state.floor.line is not None or state.floor.unheard):
        return _nothing_said(state, random, t)  # "mm-hm" while listening: the customer goes on
    if not_understood(utterance) or gibberish(utterance.text, state.pack):
        return _ask_again(state, random, t)
    turn = appraise(state, utterance)
    voice = utterance.prosody
    if state.opening_voice is None and voice and voice.seconds >= OPENING_VOICE_SECONDS:
        state.opening_voice = voice
    state.floor = turns.trainee_done(state.floor, t)
    turn, case, steps = settle(state, curveballs.introduced(state, turn))
    done = phases.settled(case, state.pack) or phases.enough(case, state.pack, state.mood.anger)
    if turn.goodbye and not state.case.agreed and state.case.told and not done:
        turn = with_findings(turn, Finding("goodbye_too_soon", quote(turn.text)))
    state.case = case
    turn, state.case = curveballs.answered(state, turn, steps)
    named = formal(turn.behaviours)
    state.memory = replace(
        state.memory,
        turn=turn.number,
        noticed=turn.notices,
        agent=turn.agent or state.memory.agent,
        formal=state.memory.formal if named is None else named,
        promise=turn.meant.time or state.memory.promise,
        asked=state.pack.fact(turn.meant.asks[-1]).title if turn.meant.asks else state.memory.asked,
        known=state.pack.need(steps.met[-1]).title if steps.met else state.memory.known,
        hold_announced=bool(turn.ids & {"hold_permission", "hold_reason"}),
        wait_seconds=turn.meant.seconds,
        wait=_wait(turn),
    )
    events: Events = [Appraisal(t, turn.number, turn.behaviours, turn.tone.raised, turn.tone.reasons)]
    events += feel(state, t, turn.findings, raised=turn.tone.raised, number=turn.number)
    state.memory = replace(
        state.memory,
        used=counted(turn, dict(state.memory.used)),
        trainee=state.memory.trainee | frozenset(sentences(turn.text)),
    )
    events += _answer(state, random, t, turn, steps)
    return events


def _answer(state: CallState, random: Random, t: float, turn: Turn, steps: Steps) -> Events:
    """What the customer says and does after the turn has had its effect."""
    state.case = curveballs.arm(state, turn)
    temper = state.pack.mood
    open_still = bool(turn.meant.question) and not (turn.goodbye or replies.asks_what_remains(turn))
    going_on = bool(turn.meant.asks or turn.meant.check or steps.met or open_still)
    outcome = phases.ending(state, harmed=bool(turn.harm), ids=turn.ids, goodbye=turn.goodbye, going_on=going_on)
    if outcome:
        asked = outcome == "satisfied" and replies.asks_what_remains(turn)
        return end(state, random, t, outcome, answer="nothing_else" if asked else "")
    events: Events = []
    case = state.case
    picker = Picker(state, random)
    if state.mood.anger >= temper.hang_up_at and not case.warned:
        picker.react("last_warning")
        state.case = replace(case, warned=True)
    elif state.mood.anger >= temper.manager_at and not case.manager_asked:
        picker.react("manager_demand")
        state.case = replace(case, manager_asked=True)
    elif _content_with_it(state, turn):
        if turn.goodbye:
            return end(state, random, t, "satisfied")
        state.case = replace(case, agreed=True, waiting=())
        picker = Picker(state, random, turn.meant.time)
        for name in steps.met:
            picker.add(state.pack.need(name).accept, "accept", name, dated=True)
        picker.react("nothing_else" if phases.settled(case, state.pack) else "partly_settled")
    elif turn.goodbye and not case.agreed and case.told:
        _not_yet(picker)
    elif phases.settled(case, state.pack) and not (case.agreed or turn.harm) and _cool(state):
        state.case = replace(case, agreed=True)
        picker = replies.agree(state, random, turn, steps)
    if not picker.parts:
        picker = replies.respond(state, random, turn, steps)
    heard = phases.heard_out(state.case, state.pack)
    if heard and not state.case.heard:  # from here on they wait for a step
        state.case = replace(state.case, heard=True, progress_turn=max(state.case.progress_turn, turn.number))
    events += move(state, t, solving=bool(turn.meant.offers or steps.met), why=_why(turn, steps))
    events += say(state, random, t, picker)
    if turn.meant.seconds and "look_up" in turn.ids:
        borne = min(turn.meant.seconds, LONGEST_SECONDS)
        state.floor = turns.granted(state.floor, borne, state.memory.wait if borne == turn.meant.seconds else "")
    elif "look_up" in turn.ids or "hold_reason" in turn.ids:
        state.floor = turns.granted(state.floor, LOOK_UP_SECONDS)
    return events + cue(state, t, coaching.choose(state, turn))


def _cool(state: CallState) -> bool:
    return state.mood.anger < state.pack.settled_below


def _content_with_it(state: CallState, turn: Turn) -> bool:
    """Whether a customer who is asked for more, or bid goodbye, leaves it at what they have got."""
    case = state.case
    closing = turn.goodbye or turn.meant.anything_else
    return closing and not (case.agreed or turn.harm) and phases.leaves_it(case, state.pack, state.mood.anger)


def _not_yet(picker: Picker) -> None:
    """To a goodbye that comes too soon: what is still open, or that they are still angry where nothing is."""
    case, pack = picker.state.case, picker.state.pack
    if phases.settled(case, pack) and picker.react("still_angry"):
        return
    left = phases.next_need(case, pack)
    picker.react("not_done" if left and case.met else "goodbye_too_soon", "goodbye_too_soon")
    if left and case.met and not picker.add(left.open, "open", left.id):
        picker.react("demand")


def _wait(turn: Turn) -> str:
    """The words of the turn that state how long a wait it announces; "" where none do."""
    length, places = turn.meant.seconds, (turn.meant.time, *SENTENCE.findall(turn.text))
    return quote(next((one for one in places if seconds(normal(one)) == length), "")) if length else ""


def _why(turn: Turn, steps: Steps) -> str:
    return ", ".join(steps.met) or ", ".join(sorted(turn.ids)) or "the call goes on"


def _nothing_said(state: CallState, random: Random, t: float) -> Events:
    """Noise, or "mm-hm": if it stopped the customer's line, the customer goes on where they were, wanting what they
    wanted."""
    left = state.floor.unheard
    waiting = state.floor.line is not None
    state.floor = replace(turns.trainee_done(state.floor, t), silent_since=None if waiting else t)
    if not left:
        return []
    picker = Picker(state, random)
    picker.parts, picker.acts = [left], [Act("resume")]
    return say(state, random, t, picker, aside=True)


def _ask_again(state: CallState, random: Random, t: float) -> Events:
    """The turn was not understood: nothing is held against anyone, nor is it a turn that brought nothing."""
    number = state.memory.turn + 1
    state.floor = turns.trainee_done(state.floor, t)
    state.memory = replace(state.memory, turn=number)
    state.case = replace(state.case, progress_turn=state.case.progress_turn + 1)
    return [Appraisal(t, number, ()), *speak(state, random, t, "ask_again", aside=True)]
