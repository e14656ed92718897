"""After class: what the trainer reads and hands on, from journals as the desk keeps them."""

import csv
import io
from html import unescape
from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import Event, LedgerRow, MoodChanged, Steered
from dialogue.persona import load
from ui.classroom.protocol import Batch
from ui.classroom.register import Entrance, Register
from ui.classroom.report import hardest, missed, page, table, taken, write
from ui.line_mode.plain import debrief_lines
from ui.report.page import page as call_page
from ui.runtime.problems import Problem

JOURNALS = Path(__file__).parents[2] / "journals"
CALL = "2026-11-22T10-00-00-flatpack-bookcase"


def enter(register: Register, person: str, name: str, kind: str, marks: dict[float, str] | None = None) -> None:
    """Somebody whose call the desk has, and what the trainer noted in it."""
    text = (JOURNALS / f"flatpack-bookcase-{kind}.jsonl").read_text(encoding="utf-8")
    events: list[Event] = journal.read(text.splitlines())
    events += [Steered(t, "mark", note) for t, note in (marks or {}).items()]
    lines = [f"{journal.encode(event)}\n".encode() for event in sorted(events, key=lambda event: event.t)]
    register.enter(person, name)
    assert register.take(person, CALL, Batch(1, tuple(lines))) == len(lines)


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    register = Register(tmp_path)
    Entrance("abcdef", "Monday", "127.0.0.1", 1, "", "trainer", "").keep(tmp_path / "class.json")
    enter(register, "t-00000001", "Mark Priya", "good", {20.0: "Mark names the customer: good"})
    enter(register, "t-00000002", "=SUM(A1)", "poor", {12.0: "<b>loud</b>"})
    return tmp_path


def test_the_page_has_every_curve_the_hardest_moments_and_the_marked_ones(class_folder: Path) -> None:
    calls = taken(Register(class_folder), names=True)
    html = page("Monday", calls)
    assert html.count("<polyline") == len(calls) == 2
    assert "Mark names the customer: good" in html
    assert "&lt;b&gt;loud&lt;/b&gt;" in html  # what was written is text
    deltas = [hard.moment.delta for hard in hardest(calls)]
    assert deltas == sorted(deltas, reverse=True)
    assert min(deltas) > 0
    frames = [one.curve.minutes[0][0] for one in calls if one.curve]
    assert frames[0] == frames[1]  # a minute is as long in each
    assert "=SUM(A1)" in {hard.who for hard in hardest(calls)}
    for fetched in ("http:", "https:", "<script", "src="):
        assert fetched not in html


def test_the_trainers_own_hand_is_no_hard_moment_of_the_trainee(class_folder: Path) -> None:
    register = Register(class_folder)
    [path] = register.journals("t-00000002")
    events = journal.read(path.read_text(encoding="utf-8").splitlines())
    at = next(index for index, one in enumerate(events) if isinstance(one, MoodChanged) and one.turn)
    moved = events[at]
    assert isinstance(moved, MoodChanged)
    nudge = LedgerRow(moved.t, "impulse", "trainer", "", 30.0)
    events.insert(at + 1, MoodChanged(moved.t, moved.mood, (nudge,), None))
    path.write_text("".join(f"{journal.encode(event)}\n" for event in events), encoding="utf-8")
    calls = taken(register, names=True)
    told = {row.cause for one in calls for each in one.call.turning for row in each.rows}
    assert "trainer" in told  # it stays a turning point of the call
    hard = hardest(calls)
    assert hard
    assert "trainer" not in {row.cause for each in hard for row in each.moment.rows}


def test_the_page_says_what_the_group_missed_most_and_each_calls_score(class_folder: Path) -> None:
    calls = taken(Register(class_folder), names=True)
    good, poor = (next(one.card for one in calls if one.who == who) for who in ("Mark Priya", "=SUM(A1)"))
    assert good
    assert poor
    assert good.total
    assert poor.total is not None
    assert good.total > poor.total
    points = missed(calls)
    assert points
    assert [point.calls for point in points] == sorted((point.calls for point in points), reverse=True)
    assert all(1 <= point.calls <= point.of <= len(calls) for point in points)
    html = page("Monday", calls)
    assert f"scorecard {good.total:.0f} of 100" in html
    assert points[0].title in unescape(html)
    rows = list(csv.DictReader(io.StringIO(table(calls))))
    assert {row["trainee"]: row["score"] for row in rows}["Mark Priya"] == f"{good.total:.0f}"


def test_without_names_nobody_is_named_whatever_they_are_called(class_folder: Path) -> None:
    calls = taken(Register(class_folder), names=False)
    told = page("Monday", calls) + table(calls)
    assert [one.who for one in calls] == ["Trainee 1", "Trainee 2"]
    for name in ("Priya", "SUM(A1)", "Mark names"):  # "Mark" is a word of the journal's form, too
        assert name not in told
    assert "… names the customer: good" in told
    assert [len(one.call.marked) for one in calls] == [1, 1]


def test_the_table_is_one_line_a_call_and_no_formula(class_folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(table(taken(Register(class_folder), names=True)))))
    assert [row["trainee"] for row in rows] == ["'=SUM(A1)", "Mark Priya"]
    outcomes = [one.call.ended.outcome for one in taken(Register(class_folder), names=True) if one.call.ended]
    assert [row["outcome"] for row in rows] == outcomes
    assert len(set(outcomes)) == 2
    assert all(float(row["peak"]) >= float(row["end"]) for row in rows)


def test_the_trainee_finds_the_marks_in_their_own_debrief(class_folder: Path) -> None:
    [path] = Register(class_folder).journals("t-00000001")
    events = journal.read(path.read_text(encoding="utf-8").splitlines())
    told = "\n".join(debrief_lines(events, load("flatpack-bookcase")))
    assert "Your trainer marked:\n  0:20  Mark names the customer: good" in told
    assert "Your trainer marked" in call_page(events, load("flatpack-bookcase"))


def test_it_is_written_for_its_owner_alone(class_folder: Path, tmp_path: Path) -> None:
    for name in ("class.html", "class.csv"):
        write(class_folder, tmp_path / name, names=True)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    with pytest.raises(Problem, match=r"\.html or \.csv"):
        write(class_folder, tmp_path / "class.pdf", names=True)
    with pytest.raises(Problem, match="cannot be read"):
        write(tmp_path / "elsewhere", tmp_path / "class.html", names=True)
