"""How the customer feels: the mood at the start of a call, and what findings do to it. One place writes the mood.

Each function moves a `CallState` and returns the events that say so.
"""

from collections.abc import Sequence
from random import Random

from dialogue import mood, phases
from dialogue.events import CallStarted, LedgerRow, Mood, MoodChanged, SessionEvent
from dialogue.mood import Finding, Impulse, Moment, Person
from dialogue.persona import Pack, Tuning
from dialogue.state import CallState

Events = list[SessionEvent]
START_JITTER = 3.0
"""Anger points by which the start differs from call to call: no two days are the same."""
OPENNESS_JITTER = 0.2
"""Share by which the customer is more or less easily soothed from call to call."""
TYPED_DRIFT_SECONDS = 10.0
"""In a call by keyboard the mood drifts for this long after something happened: typing slowly costs nothing."""


def start(pack: Pack, started: CallStarted, tuning: Tuning, random: Random) -> tuple[Mood, Tuning]:
    """The mood in which they ring, and the difficulty with today's openness in it."""
    temper = pack.mood
    anger = temper.start + tuning.start + random.uniform(-START_JITTER, START_JITTER)
    anger = min(max(anger, temper.irritated + 1.0), temper.manager_at - 1.0)
    openness = random.uniform(1 - OPENNESS_JITTER, 1 + OPENNESS_JITTER)
    feeling = Mood(
        t=started.t,
        anger=anger,
        trust=temper.trust,
        band=mood.band(anger, "calm", (temper.irritated, temper.angry, temper.furious)),
        resting=max(temper.resting, anger),
        half_life_seconds=temper.half_life_seconds,
        until=started.t + TYPED_DRIFT_SECONDS if started.mode == "text" else None,
    )
    return feeling, tuning.model_copy(update={"soothing": tuning.soothing * openness})


def feel(
    state: CallState, t: float, findings: Sequence[Finding], *, raised: float = 0.0, number: int | None = None
) -> Events:
    """Bring the mood to `t` and let the findings act on it."""
    temper, tuning = state.pack.mood, state.tuning
    relaxed, rows = mood.relax(state.mood, t, thresholds(state))
    moment = Moment(
        anger=relaxed.anger,
        trust=relaxed.trust,
        floor=phases.level(temper.floor, 0.0, phases.progress(state.case, state.pack)),
        raised=raised,
        used=state.memory.used,
    )
    person = Person(temper.effects, tuning.soothing, tuning.harming, state.pack.customer.politeness)
    return _strike(state, relaxed, rows, mood.weigh(findings, person, moment), number)


def nudge(state: CallState, t: float, impulse: Impulse) -> Events:
    """Move the mood as somebody outside the call wishes: unweighed, but on the ledger."""
    relaxed, rows = mood.relax(state.mood, t, thresholds(state))
    return _strike(state, relaxed, rows, (impulse,), None)


def _strike(
    state: CallState, relaxed: Mood, rows: Sequence[LedgerRow], impulses: Sequence[Impulse], number: int | None
) -> Events:
    temper = state.pack.mood
    resting = phases.level(temper.resting, temper.solved, phases.progress(state.case, state.pack))
    until = relaxed.t if state.paused else relaxed.t + TYPED_DRIFT_SECONDS if state.by_keyboard else None
    state.mood, more = mood.strike(relaxed, impulses, thresholds(state), resting=resting, until=until)
    return [MoodChanged(relaxed.t, state.mood, (*rows, *more), number)]


def settle_up(state: CallState, t: float) -> Events:
    """The drift up to `t` on the ledger, where there was any: the last row of a call."""
    relaxed, rows = mood.relax(state.mood, t, thresholds(state))
    if not rows:
        return []
    state.mood = relaxed
    return [MoodChanged(t, relaxed, rows)]


def thresholds(state: CallState) -> mood.Thresholds:
    temper = state.pack.mood
    return temper.irritated, temper.angry, temper.furious
