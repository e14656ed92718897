"""What the customer thinks of the company: adds up from the ledger, and tells a good call from a poor one."""

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.debrief.opinion import KEPT, START, opinion
from dialogue.events import CallEnded, CallStarted, Event, MoodChanged, Steered
from dialogue.journal import read
from dialogue.persona import Pack, load
from dialogue.session import Session

JOURNALS = Path(__file__).parents[2] / "journals"


def _call(name: str) -> tuple[list[Event], Pack]:
    return read((JOURNALS / f"{name}.jsonl").read_text().splitlines()), load(name.rpartition("-")[0])


@pytest.mark.parametrize("path", sorted(JOURNALS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_row_is_a_row_of_the_ledger_with_its_share(path: Path) -> None:
    events, pack = _call(path.stem)
    thinks = opinion(events, pack)
    felt = [row for event in events if isinstance(event, MoodChanged) for row in event.because if row.kind == "impulse"]
    *rows, last = thinks.rows if thinks.rows[-1].cause.startswith("outcome:") else (*thinks.rows, None)
    assert [(row.t, row.cause) for row in rows if row] == [(row.t, row.cause) for row in felt]
    now = thinks.start
    for row, source in zip(rows, felt, strict=True):
        assert row
        assert row.delta * source.delta <= 0  # what soothes never costs the company, what hurts never helps it
        assert abs(row.delta) <= abs(source.delta)
        now += row.delta
        assert 0.0 <= now <= 100.0
    assert thinks.end == pytest.approx(now + (last.delta if last else 0.0))


@pytest.mark.parametrize("pack", ["flatpack-bookcase", "broadband-dropouts"])
def test_a_good_call_keeps_the_customer_and_a_poor_one_loses_them(pack: str) -> None:
    ends = {kind: opinion(*_call(f"{pack}-{kind}")) for kind in ("excellent", "good", "average", "poor")}
    assert (ends["excellent"].verdict, ends["excellent"].tells) == ("kept", "praise")
    assert ends["good"].verdict == "kept"
    assert (ends["poor"].verdict, ends["poor"].tells) == ("lost", "warn")
    assert ends["poor"].end < ends["average"].end < ends["good"].end < 100.0


def test_long_custom_counts_and_a_record_cut_off_is_read_as_far_as_it_goes() -> None:
    events, pack = _call("flatpack-bookcase-excellent")
    assert opinion(events[:1], pack).end == opinion(events, pack).start > START
    stranger = pack.model_copy(update={"customer": pack.customer.model_copy(update={"loyalty": ""})})
    assert opinion(events[:1], stranger).end == START


@pytest.mark.parametrize("pack", ["flatpack-bookcase", "broadband-dropouts"])
def test_who_gave_in_has_not_been_kept(pack: str) -> None:
    events, of = _call(f"{pack}-good")
    for outcome in ("resigned", "escalated", "hung_up", "abandoned"):
        ended = [replace(event, outcome=outcome) if isinstance(event, CallEnded) else event for event in events]
        thinks = opinion(ended, of)
        assert opinion(events, of).verdict == "kept"
        assert (thinks.verdict, thinks.tells) == ("open", "grumble")
        assert thinks.end == pytest.approx(KEPT - 1.0)


@pytest.mark.parametrize("points", [20.0, -20.0])
def test_a_trainers_nudge_is_none_of_the_companys_doing(points: float) -> None:
    pack = load("flatpack-bookcase")
    session = Session(pack)
    events: list[Event] = list(session.receive(CallStarted(0.0, pack.id, pack.sha256, 7, "voice", "0")))
    events += session.receive(Steered(1.0, "nudge", points=points))
    assert opinion(events, pack).rows == ()
