"""The call itself, without a world: events in, events out. No clock, no threads, no files, one seeded generator.

    session = Session(load("flatpack-bookcase"))
    session.receive(CallStarted(t=0.0, ..., seed=7))
    for event in session.receive(utterance): ...

`receive` first brings the session to the event's time, letting everything happen that falls due on the way at its own
time. So it does not matter how often the session is poked with `TimePassed`.
"""

import copy
from dataclasses import replace
from random import Random

from dialogue import coaching, mood, turns
from dialogue.appraisal import curveballs
from dialogue.events import (
    AudioProblem,
    CallStarted,
    PlaybackFinished,
    PlaybackStarted,
    SessionEvent,
    SpeechStarted,
    Steered,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.persona import Pack
from dialogue.state import CallState
from dialogue.transitions import exchange, feeling, silence, speaking, steering
from dialogue.transitions.feeling import Events
from dialogue.turns import Due

CURVEBALL_PAUSE_SECONDS = 1.0
"""Of silence, before the customer brings up something of their own."""
_FIRST = {"band": 0, "line_over": 1, "hold_overdue": 2, "curveball": 3, "dead_air": 4, "cue": 5}
"""The order of what falls due at the same moment."""


class Session:
    """One call with one customer. Not thread-safe; `fork` for what is only tried."""

    def __init__(self, pack: Pack, *, cues: bool = True) -> None:
        """Without `cues` no coaching line is ever sent."""
        self.pack = pack
        self._cues = cues
        self._random = Random()
        self._state: CallState | None = None

    @property
    def state(self) -> CallState:
        """The state, to read. Raises ValueError before CallStarted has been received."""
        if self._state is None:
            raise ValueError("the first event of a session is CallStarted")
        return self._state

    def fork(self) -> "Session":
        """An independent copy with the same future. Microseconds: the state is frozen values all through."""
        twin = copy.copy(self)
        twin._random = Random()
        twin._random.setstate(self._random.getstate())
        twin._state = copy.copy(self._state)
        return twin

    def due(self) -> float | None:
        """When the session next has something to say by itself, s; None when only the world can move it."""
        pending = self._pending()
        return pending.t if pending else None

    def receive(self, event: WorldEvent) -> tuple[SessionEvent, ...]:
        """What follows from `event`, all that fell due before it included, in order of time: what comes late, as two
        threads may hand theirs in, happens now."""
        if isinstance(event, CallStarted):
            self._random.seed(event.seed)
            self._state, events = exchange.connect(self.pack, event, self._random)
            return tuple(events)
        out = self._advance(event.t)
        state = self.state
        if not state.ended:
            state.t = max(state.t, event.t)
            out += self._happen(event if event.t == state.t else replace(event, t=state.t))
        return tuple(one for one in out if self._cues or one.type != "cue")

    def _advance(self, t: float) -> Events:
        out: Events = []
        while (pending := self._pending()) and pending.t <= t:
            self.state.t = pending.t
            out += self._fall_due(pending)
        return out

    def _pending(self) -> Due | None:
        """The next thing that time alone brings."""
        state = self.state
        if state.ended or state.paused:
            return None
        floor = state.floor
        ahead: list[Due] = []
        crossing = mood.crossing(state.mood, feeling.thresholds(state))
        if crossing is not None:
            ahead.append(Due(crossing, "band"))
        spoken = turns.due(floor, state.pack, state.tuning, by_keyboard=state.by_keyboard, first=not state.case.told)
        if spoken:
            ahead.append(spoken)
        if floor.silent_since is not None and floor.hold is None:
            ball = curveballs.due(state)
            if ball:
                ahead.append(Due(max(ball[0], floor.silent_since + CURVEBALL_PAUSE_SECONDS), "curveball"))
        cue = coaching.due(state.prompter)
        if cue is not None and not floor.trainee_speaking:
            ahead.append(Due(cue, "cue"))
        if not ahead:
            return None
        first = min(ahead, key=lambda due: (max(due.t, state.t), _FIRST[due.kind]))
        return replace(first, t=max(first.t, state.t))

    def _fall_due(self, due: Due) -> Events:
        state, random, t = self.state, self._random, due.t
        match due.kind:
            case "band":
                return feeling.feel(state, t, ())
            case "line_over":
                return silence.line_over(state, t)
            case "hold_overdue":
                return silence.hold_overdue(state, random, t)
            case "curveball":
                return silence.curveball(state, random, t)
            case "dead_air":
                return silence.dead_air(state, random, t)
            case _:
                state.prompter, changed = coaching.turn_over(state.prompter, t)
                return [speaking.shown_cue(state, t)] if changed else []

    def _happen(self, event: WorldEvent) -> Events:
        state, random, t = self.state, self._random, event.t
        match event:
            case Utterance():
                return exchange.trainee_turn(state, random, event)
            case SpeechStarted():
                state.floor = turns.trainee_starts(state.floor, t)
            case PlaybackStarted():
                state.floor = turns.line_started(state.floor, t, state.memory.last_line)
            case PlaybackFinished():
                left = turns.unheard_part(state.memory.last_line, event.heard_text) if event.interrupted else ""
                state.floor = turns.line_finished(state.floor, t, event.reply, unheard=left)
            case AudioProblem(kind="lost" | "recovered" as kind):
                return silence.sound(state, t, lost=kind == "lost")
            case TraineeAction():
                return silence.act(state, random, t, event.action)
            case Steered():
                return steering.steer(state, random, event)
        return []
