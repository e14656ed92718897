"""One exchange: a trainee's turn, or a stretch of silence, and the customer's answer to it.

Each function moves a `CallState` and returns the events that say so, in order: appraisal, mood, phase, reply, end, cue.
"""

from dataclasses import replace
from random import Random

from dialogue import coaching, curveballs, phases, replies, turns
from dialogue.appraisal import Turn, appraise, not_understood, spoken, with_findings
from dialogue.events import Appraisal, CallStarted, MoodChanged, PhaseChanged, Utterance
from dialogue.feeling import Events, feel, start
from dialogue.language import backchannel, quote, sentences
from dialogue.mood import Finding
from dialogue.mood.effects import ACKNOWLEDGING, EFFECTS
from dialogue.persona import Need, Pack
from dialogue.replies import Picker
from dialogue.speaking import cue, end, move, say, speak
from dialogue.state import CallState, Floor, Story

LOOK_UP_SECONDS = 20.0
"""Silence borne after "let me have a look"."""
OPENING_VOICE_SECONDS = 1.0
"""The least speech that says how somebody sounds."""


def connect(pack: Pack, started: CallStarted, difficulty: str | None, random: Random) -> tuple[CallState, Events]:
    """The call is picked up: the customer waits to be greeted, in the mood the pack and the difficulty give them.

    An unknown difficulty is played as "normal".
    """
    tuning = pack.difficulties.get(difficulty or started.difficulty, pack.difficulties["normal"])
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
    if not_understood(utterance):
        return _ask_again(state, random, t)
    turn = appraise(state, utterance)
    voice = utterance.prosody
    if state.opening_voice is None and voice and voice.seconds >= OPENING_VOICE_SECONDS:
        state.opening_voice = voice
    state.floor = turns.trainee_done(state.floor, t)
    turn = _curveball_met(state, turn)
    story, steps = _story(state, turn)
    shares = sum(need.weight for need in state.pack.settlement)
    needs = [state.pack.need(name) for name in steps.met]
    partly = [state.pack.need(name) for name in (*steps.untimed, *steps.doubted) if name not in state.story.partly]
    done = phases.settled(story, state.pack) or phases.enough(story, state.pack, state.mood.anger)
    if turn.goodbye and not state.story.agreed and state.story.told and not done:
        turn = with_findings(turn, Finding("goodbye_too_soon", quote(turn.text)))
    turn = with_findings(
        turn,
        *(_need_met(turn, need, _left(need.id, state) * need.weight / shares) for need in needs),
        *(_need_met(turn, need, phases.PARTLY * need.weight / shares) for need in partly),
    )
    state.story = story
    state.memory = replace(
        state.memory,
        turn=turn.number,
        noticed=turn.notices,
        agent=turn.agent or state.memory.agent,
        promise=turn.meant.time or state.memory.promise,
        asked=state.pack.fact(turn.meant.asks[-1]).title if turn.meant.asks else state.memory.asked,
        known=needs[-1].title if needs else state.memory.known,
        hold_announced=bool(turn.ids & {"hold_permission", "hold_reason"}),
        hold_seconds=turn.meant.seconds,
    )
    events: Events = [Appraisal(t, turn.number, turn.behaviours, turn.tone.raised, turn.tone.reasons)]
    events += feel(state, t, turn.findings, raised=turn.tone.raised, number=turn.number)
    state.memory = replace(
        state.memory,
        used=spoken(turn, dict(state.memory.used)),
        trainee=state.memory.trainee | frozenset(sentences(turn.text)),
    )
    events += _answer(state, random, t, turn, steps)
    return events


def _answer(state: CallState, random: Random, t: float, turn: Turn, steps: phases.Steps) -> Events:
    """What the customer says and does after the turn has had its effect."""
    state.story = curveballs.arm(state, turn)
    temper = state.pack.mood
    going_on = bool(turn.meant.asks or turn.meant.check or steps.met)
    outcome = phases.ending(state, harmed=bool(turn.harm), ids=turn.ids, goodbye=turn.goodbye, going_on=going_on)
    if outcome:
        return end(state, random, t, outcome)
    events: Events = []
    story = state.story
    picker = Picker(state, random)
    if state.mood.anger >= temper.hang_up_at and not story.warned:
        picker.react("last_warning")
        state.story = replace(story, warned=True)
    elif state.mood.anger >= temper.manager_at and not story.manager_asked:
        picker.react("manager_demand")
        state.story = replace(story, manager_asked=True)
    elif _content_with_it(state, turn):
        state.story = replace(story, agreed=True, waiting=())
        picker = Picker(state, random)
        for name in steps.met:
            picker.add(state.pack.need(name).accept, f"accept:{name}")
        picker.react("partly_settled")
    elif turn.goodbye and not story.agreed and story.told:
        picker.react("goodbye_too_soon")
    elif phases.settled(story, state.pack) and not story.agreed and state.mood.anger < state.pack.settled_below:
        state.story = replace(story, agreed=True)
        picker = replies.respond(state, random, turn, steps)
        if not any(act.startswith("accept") for act in picker.acts):
            picker.react("wrap_up")
    if not picker.parts:
        picker = replies.respond(state, random, turn, steps)
    heard = phases.heard_out(state.story, state.pack)
    if heard and not state.story.heard:  # from here on they wait for a step
        state.story = replace(state.story, heard=True, progress_turn=max(state.story.progress_turn, turn.number))
    events += move(state, t, solving=bool(turn.meant.offers or steps.met), why=_why(turn, steps))
    events += say(state, random, t, picker)
    if turn.meant.seconds and "look_up" in turn.ids:
        state.floor = turns.granted(state.floor, min(turn.meant.seconds, 120.0), promised=True)
    elif "look_up" in turn.ids or "hold_reason" in turn.ids:
        state.floor = turns.granted(state.floor, LOOK_UP_SECONDS, promised=False)
    return events + cue(state, t, coaching.choose(state, turn))


def _content_with_it(state: CallState, turn: Turn) -> bool:
    """Whether a customer who is asked for more, or bid goodbye, leaves it at what they have got."""
    story = state.story
    closing = turn.goodbye or turn.meant.anything_else
    return closing and not (story.agreed or turn.harm) and phases.enough(story, state.pack, state.mood.anger)


def _left(need: str, state: CallState) -> float:
    """The share of a need's effect that is still to come: half of it, when it was promised before without a time."""
    return 1.0 - phases.PARTLY if need in state.story.partly else 1.0


def _need_met(turn: Turn, need: Need, amount: float) -> Finding:
    """With the words that met the need: those about it, or about a fact it turns on, or the time that completes it."""
    about = (need.id, *need.facts, *need.tells)
    words = next((turn.meant.words[name] for name in about if name in turn.meant.words), "")
    return Finding("need_met", words or quote(turn.text), amount, need.id, f"need:{need.id}", need.title)


def _why(turn: Turn, steps: phases.Steps) -> str:
    return ", ".join(steps.met) or ", ".join(sorted(turn.ids)) or "the call goes on"


def _story(state: CallState, turn: Turn) -> tuple[Story, phases.Steps]:
    story = state.story
    asked = dict(story.asked)
    for name in turn.meant.asks:
        asked[name] = asked.get(name, 0) + 1
    acknowledged = story.acknowledged or (story.told > 0 and bool(turn.ids & ACKNOWLEDGING))
    farewells = story.farewells + (1 if turn.goodbye and not story.agreed and story.told else 0)
    warnings = story.warnings + (1 if "conduct_warning" in turn.ids else 0)
    story = replace(story, asked=asked, acknowledged=acknowledged, farewells=farewells, warnings=warnings)
    story, steps = phases.take(story, state.pack, turn.meant, turn.ids, harmed=turn.harm in phases.UNFORGIVEN)
    if steps.met or steps.untimed or turn.meant.asks:
        story = replace(story, progress_turn=turn.number)
    if story.agreed and turn.harm and state.mood.anger > state.pack.settled_below + phases.SPOILED:
        story = replace(story, agreed=False)
    return story, steps


def _curveball_met(state: CallState, turn: Turn) -> Turn:
    """How the turn dealt with what the customer threw at it; a turn that helps in another way is let pass."""
    story = state.story
    if not story.facing:
        return turn
    ball = next(one for one in state.pack.curveballs if one.id == story.facing)
    answers = (turn.ids | set(turn.meant.offers)) & set(ball.expects)
    if answers and not turn.harm:
        state.story = replace(story, facing="", handled=story.handled | {ball.id})
        shown = {one.id: one.evidence for one in turn.behaviours} | dict(turn.meant.words)
        words = next((shown[name] for name in ball.expects if name in answers and name in shown), quote(turn.text))
        finding = Finding("curveball", words, ball.handled, ball.id, f"curveball:{ball.id}", ball.title)
        return with_findings(turn, finding)
    helpful = not turn.harm and bool(turn.meant.offers or any(EFFECTS[one.id].kind != "harm" for one in turn.findings))
    if helpful:  # it may come later; after a while it is forgotten
        open_still = story.patience_left > 0
        state.story = replace(story, facing=ball.id if open_still else "", patience_left=story.patience_left - 1)
        return turn
    state.story = replace(story, facing="")
    missed = Finding("curveball", quote(turn.text), ball.missed, ball.id, f"curveball:{ball.id}", ball.title)
    return with_findings(turn, missed)


def _nothing_said(state: CallState, random: Random, t: float) -> Events:
    """Noise, or "mm-hm": if it stopped the customer's line, the customer goes on where they were."""
    left = state.floor.unheard
    waiting = state.floor.line is not None
    state.floor = replace(turns.trainee_done(state.floor, t), silent_since=None if waiting else t)
    if not left:
        return []
    picker = Picker(state, random)
    picker.parts, picker.acts = [left], ["resume"]
    return say(state, random, t, picker)


def _ask_again(state: CallState, random: Random, t: float) -> Events:
    """The turn was not understood: nothing is held against anyone."""
    number = state.memory.turn + 1
    state.floor = turns.trainee_done(state.floor, t)
    state.memory = replace(state.memory, turn=number)
    return [Appraisal(t, number, ()), *speak(state, random, t, "ask_again")]
