"""Back to a moment: the retried call stands exactly where the first one stood."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from dialogue.debrief.retry import LEAST_COST, before, costliest
from dialogue.events import (
    Appraisal,
    CallStarted,
    Event,
    LedgerRow,
    MoodChanged,
    PlaybackStarted,
    Reply,
    TimePassed,
    Utterance,
    WorldEvent,
)
from dialogue.journal import JournalProblem, encode, read, session_for
from dialogue.persona import load

JOURNALS = sorted((Path(__file__).parents[2] / "journals").glob("*.jsonl"))
_WORLD = get_args(WorldEvent)


def _events(journal: Path) -> list[Event]:
    return read(journal.read_text(encoding="utf-8").splitlines())


def _turns(events: Sequence[Event]) -> list[int]:
    return [event.turn for event in events if isinstance(event, Appraisal)]


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_whoever_does_the_same_again_gets_the_same_call(journal: Path) -> None:
    events = _events(journal)
    world = [event for event in events if isinstance(event, _WORLD)]
    recorded = [encode(event) for event in events if not isinstance(event, _WORLD)]
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    for turn in _turns(events):
        past = before(events, turn)
        assert list(past) == world[: len(past)]
        session = session_for(started, pack)
        answers = [answer for event in past for answer in session.receive(event)]
        twin = session.fork()  # a retry may be thrown away: it leaves no trace
        twin.receive(TimePassed(past[-1].t + 60.0))
        answers += [answer for event in world[len(past) :] for answer in session.receive(event)]
        answers += session.receive(TimePassed(events[-1].t))
        assert [encode(answer) for answer in answers][: len(recorded)] == recorded


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_the_moment_is_the_customers_line_not_yet_heard(journal: Path) -> None:
    events = _events(journal)
    for turn in _turns(events):
        past = before(events, turn)
        said = next(i for i, e in enumerate(events) if isinstance(e, Appraisal) and e.turn == turn)
        lines = [event.id for event in events[:said] if isinstance(event, Reply)]
        assert sum(isinstance(event, Utterance) for event in past) == turn - 1
        if lines:
            assert not any(isinstance(event, PlaybackStarted) and event.reply == lines[-1] for event in past)


def test_a_turn_that_never_was_is_named() -> None:
    events = _events(JOURNALS[0])
    with pytest.raises(JournalProblem, match=rf"no turn 99 in this call: its turns are 1 to {max(_turns(events))}"):
        before(events, 99)
    with pytest.raises(JournalProblem, match="nothing that you said in it was judged"):
        before(events[:1], 1)


def test_the_costliest_turn_is_the_one_that_hurt_most() -> None:
    poor = _events(next(path for path in JOURNALS if path.stem.endswith("poor")))
    turn = costliest(poor)
    assert turn in _turns(poor)
    assert costliest(poor[:1]) is None


def test_a_slip_that_hardly_cost_anything_is_not_worth_the_whole_call_again() -> None:
    poor = _events(next(path for path in JOURNALS if path.stem.endswith("poor")))
    felt = [event for event in poor if isinstance(event, MoodChanged) and event.turn]
    row = LedgerRow(felt[0].t, "impulse", "no_progress", "", LEAST_COST - 0.1)
    slight = [replace(felt[0], because=(row,)), replace(felt[1], because=(replace(row, delta=1.0),))]
    assert costliest(slight) is None
    assert costliest([replace(slight[0], because=(replace(row, delta=LEAST_COST),)), slight[1]]) == felt[0].turn
