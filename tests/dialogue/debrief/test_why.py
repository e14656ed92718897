"""The customer, asked why: only what the ledger holds, never a line twice, a word for every cause there is."""

from pathlib import Path

import pytest

from dialogue.debrief.why import reasons, tellings
from dialogue.events import Event, LedgerRow, Mood, MoodChanged, Utterance
from dialogue.journal import read
from dialogue.mood.effects import EFFECTS, HARMS

JOURNALS = sorted((Path(__file__).parents[2] / "journals").glob("*.jsonl"))
MOOD = Mood(5.0, 60.0, 20.0, "angry", 55.0, 150.0)


def _moment(*rows: LedgerRow, turn: int | None = 1, said: str = "") -> list[Event]:
    return [
        Utterance(4.0, 3.0, 4.0, said, "keyboard"),
        MoodChanged(5.0, MOOD, rows, turn),
    ]


def _row(cause: str, delta: float, evidence: str = "", title: str = "") -> LedgerRow:
    return LedgerRow(5.0, "impulse", cause, evidence, delta, title=title)


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_what_is_told_was_in_the_call(journal: Path) -> None:
    events = read(journal.read_text(encoding="utf-8").splitlines())
    told = tellings(events)
    assert told
    moments = {event.t: event for event in events if isinstance(event, MoodChanged)}
    for each in told:
        rows = [row for row in moments[each.t].because if row.kind != "relaxation"]
        assert sum(row.delta for row in rows) == pytest.approx(each.delta)
        assert "{" not in each.text
    assert len({each.text for each in told}) == len(told)


def test_there_is_a_line_for_every_cause_that_moves_them() -> None:
    told = reasons()
    assert not HARMS - set(told.hurt)
    soothing = EFFECTS.keys() - HARMS - {"need_met"}
    assert not (soothing | {"need", "curveball"}) - set(told.soothed)


def test_it_is_told_by_what_weighed_most_and_pulled_that_way() -> None:
    rows = (_row("blaming", 12.0, "must have"), _row("rush", 4.0), _row("rude", 3.0), _row("apology", -5.0, "sorry"))
    (told,) = tellings(_moment(*rows, said="Sorry. You must have bent it. Number?"))
    assert "“You must have bent it”" in told.text
    assert "a form to fill" in told.text
    assert "contempt" not in told.text
    assert "plain" not in told.text


def test_a_line_is_not_said_twice_and_small_moments_are_forgotten() -> None:
    calm_down = _row("calm_down", 9.0, "calm down")
    first, *more = tellings([*_moment(calm_down), *_moment(calm_down, turn=2), *_moment(_row("rude", 0.5), turn=3)])
    assert "calm" in first.text
    assert not more


def test_what_cannot_be_quoted_or_named_is_left_out() -> None:
    speech = " ".join(["word"] * 40)
    assert not tellings(_moment(_row("calm_down", 9.0, speech), said=speech))
    assert not tellings(_moment(_row("curveball:test", -6.0)))
    (told,) = tellings(_moment(_row("curveball:test", -6.0, title="six years a customer")))
    assert "six years a customer" in told.text


def test_nothing_is_quoted_twice() -> None:
    rows = (_row("blaming", 12.0, "people forget"), _row("badly_put", 3.0, "people forget"))
    (told,) = tellings(_moment(*rows, said="People forget that one."))
    assert told.text.count("People forget that one") == 1
