"""What the debrief says, worked out from a call's events: outcome, curve, turning points, what to keep and change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogue.debrief.advice import OMISSIONS
from dialogue.debrief.lessons import Kind, Lesson, lessons
from dialogue.debrief.opinion import Opinion, opinion
from dialogue.debrief.record import needs_met, notes, raised, turns, undiscovered
from dialogue.events import (
    CallEnded,
    CallStarted,
    Event,
    LedgerRow,
    Mood,
    MoodChanged,
    Steered,
    TraineeAction,
    Utterance,
)
from dialogue.persona import Fact, Pack
from ui.calls.call_view import CallView

MOST_MOMENTS = 4
TRIED_TURNS = 3
"""With so many turns somebody has tried."""
LEAST_TURN = 2.0
"""Anger points: a turn that did less is no moment."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One turn of the trainee, or something that happened, and what it did."""

    t: float
    turn: int | None
    said: str
    """The trainee's words; "" when it was no turn."""
    delta: float
    """Anger points."""
    rows: tuple[LedgerRow, ...]
    """Its causes, the weightiest first, and last what the ends of the scale swallowed: they add up to `delta`."""
    kind: Kind | None = None
    """What there is to learn from it; None for nothing."""
    cause: str = ""
    """The worst of its causes, or what was left out: `dialogue.debrief.lessons.Lesson.cause`."""
    advice: str = ""
    """What to say instead."""
    why: str = ""
    """What the cause does to a customer."""
    awaited: tuple[str, ...] = ()
    """What would have met it, the best first, where the pack says so."""


@dataclass(frozen=True, slots=True)
class Review:
    started: CallStarted | None
    ended: CallEnded | None
    seconds: float
    turns: int
    hung_up: bool
    """The trainee put the phone down."""
    silent: bool
    """Nothing was said and nothing done in it: there is nothing to look back on, and the story stays untold."""
    left_early: bool
    """The trainee put the phone down before anything was tried: what lies behind the call stays untold, or it would be
    worth no second one."""
    moods: tuple[Mood, ...]
    rows: tuple[LedgerRow, ...]
    """The whole ledger, in order; start + rows = end."""
    turning: tuple[Moment, ...]
    """The moments that moved the call most, in order of time."""
    well: tuple[Moment, ...]
    instead: tuple[Moment, ...]
    """What there is to learn from, the weightiest of `learnt`."""
    learnt: tuple[Moment, ...] = ()
    """Every moment with a note, in order of time."""
    met: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    """Titles of the needs that were met, of those half met, and of those left open: what they could do without is
    none of these before they have spoken of it. None without the pack."""
    lacking: bool = False
    """Something that they could not do without was not met in full."""
    opinion: Opinion | None = None
    """What the customer thinks of the company; None without the pack."""
    unfound: tuple[tuple[str, str], ...] = ()
    """What was never brought to light: its title, and what the customer says of it, calm. None without the pack."""
    story: str = ""
    """The whole story behind the call, once it is over."""
    notes: tuple[str, ...] = ()
    """What the pack's author points out for this call."""
    marked: tuple[Steered, ...] = ()
    """Moments that the trainer of a class has marked, with a note."""

    @property
    def start(self) -> float:
        """Anger when the call began, 0..100; 0 when the record has none."""
        return self.moods[0].anger if self.moods else 0.0

    @property
    def end(self) -> float:
        return self.moods[-1].anger if self.moods else 0.0

    @property
    def peak(self) -> float:
        return max((mood.anger for mood in self.moods), default=0.0)

    def anger_at(self, t: float) -> float | None:
        """Anger at `t`, s, 0..100."""
        view = CallView(moods=list(self.moods))
        return view.anger_at(t)


def review(events: Sequence[Event], pack: Pack | None = None) -> Review:
    """Everything a debrief shows. A record that was cut off is reviewed as far as it goes.

    With the `pack` the better words fit the moment; without it they are general.
    """
    said = {turn.turn: turn.said for turn in turns(events)}
    moods: list[Mood] = []
    rows: list[LedgerRow] = []
    moments: list[Moment] = []
    started: CallStarted | None = None
    ended: CallEnded | None = None
    for event in events:
        match event:
            case CallStarted():
                started = event
            case MoodChanged(mood=mood, because=because, turn=turn):
                moods.append(mood)
                rows.extend(because)
                moments.append(_moment(event.t, turn, said.get(turn or 0, ""), because))
            case CallEnded():
                ended = event
            case _:
                pass
    by_size = sorted(
        (moment for moment in moments if abs(moment.delta) >= LEAST_TURN), key=lambda moment: -abs(moment.delta)
    )
    learnt = [_learnt(each, moments) for each in lessons(events, pack)]
    worse = [
        each for each in learnt if abs(each.delta) >= LEAST_TURN or each.cause in OMISSIONS or each.kind == "better"
    ]
    noted = {moment.turn for moment in worse[:MOST_MOMENTS]}  # what there is to learn from a turn comes first
    better = [moment for moment in by_size if moment.delta < 0 and moment.said and moment.turn not in noted]
    silent = not any(isinstance(event, Utterance) and event.text.strip() for event in events)
    silent = silent and not any(row.kind == "impulse" for row in rows)
    told = None if silent else pack
    needs = told.settlement if told else ()
    met, asked_for = needs_met(events), raised(events, told) if told else frozenset[str]()
    hung_up = any(isinstance(event, TraineeAction) and event.action == "hang_up" for event in events)
    left_early = hung_up and not silent and not met and len(said) < TRIED_TURNS
    behind = None if left_early else told
    half = {row.cause.removeprefix("partly:") for row in rows if row.cause.startswith("partly:")} - met
    return Review(
        started=started,
        ended=ended,
        seconds=max((event.t for event in events), default=0.0),
        turns=len(said),
        hung_up=hung_up,
        silent=silent,
        left_early=left_early,
        moods=tuple(moods),
        rows=tuple(rows),
        turning=tuple(sorted(by_size[:MOST_MOMENTS], key=lambda moment: moment.t)),
        well=tuple(sorted(better[:MOST_MOMENTS], key=lambda moment: moment.t)),
        instead=tuple(sorted(worse[:MOST_MOMENTS], key=lambda moment: moment.t)),
        learnt=tuple(sorted(learnt, key=lambda moment: moment.t)),
        met=tuple(need.title for need in needs if need.id in met),
        half=tuple(need.title for need in needs if need.id in half),
        open=tuple(
            need.title
            for need in needs
            if need.id not in met | half and ((need.required and not left_early) or need.id in asked_for)
        ),
        lacking=any(need.required and need.id not in met for need in needs),
        unfound=tuple((fact.title, _calm_words(fact)) for fact in undiscovered(events, behind)) if behind else (),
        story=" ".join(behind.story.split()) if behind and ended else "",
        opinion=opinion(events, told) if told else None,
        notes=notes(events, behind) if behind else (),
        marked=tuple(event for event in events if isinstance(event, Steered) and event.step == "mark"),
    )


def _calm_words(fact: Fact) -> str:
    pools = sorted(fact.answers, key=lambda name: name not in ("calm", "cool", "any"))
    return next((line for name in pools for line in fact.answers[name] if "{" not in line), "")


def _learnt(lesson: Lesson, moments: Sequence[Moment]) -> Moment:
    """The moment of that lesson, with what there is to learn from it; to hang up is a moment of its own."""
    same = (each for each in moments if (each.t, each.turn) == (lesson.t, lesson.turn))
    own = None if lesson.cause == "parted" else next(same)  # what time did until then is no part of it
    moment = own or Moment(lesson.t, lesson.turn, lesson.said, lesson.delta, ())
    return replace(
        moment, kind=lesson.kind, cause=lesson.cause, advice=lesson.instead, why=lesson.why, awaited=lesson.awaited
    )


def _moment(t: float, turn: int | None, said: str, because: Sequence[LedgerRow]) -> Moment:
    felt = [row for row in because if row.kind != "relaxation"]
    causes = sorted((row for row in felt if row.kind == "impulse"), key=lambda row: -abs(row.delta))
    limits = [row for row in felt if row.kind == "limit"]
    return Moment(t, turn, said, sum(row.delta for row in felt), (*causes, *limits))
