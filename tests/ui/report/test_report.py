"""The report of a call: complete, self-contained, and safe with whatever was said."""

import csv
import io
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dialogue.events import CallStarted, Event, Steered, Utterance
from dialogue.persona import load
from ui.commands import report as command
from ui.debrief.review import review
from ui.records.archive import read_journal
from ui.report import csv_table, json_document, page
from ui.runtime.problems import Problem

JOURNALS = Path(__file__).parents[2] / "journals"
CALL = JOURNALS / "flatpack-bookcase-poor.jsonl"


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return read_journal(CALL)


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "srcset", "data", "action")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_is_whole_and_fetches_nothing(events: list[Event]) -> None:
    made = _Tags(page(events, load("flatpack-bookcase")))
    assert not made.open
    assert not made.addresses
    text = " ".join(made.text)
    for turn in (event for event in events if isinstance(event, Utterance)):
        assert turn.text in text
    assert "script" not in text


def test_what_was_said_is_text_and_never_markup(events: list[Event]) -> None:
    nasty = '<script>alert("x")</script> & {{ 7 * 7 }}'
    turned = [replace(event, text=nasty) if isinstance(event, Utterance) else event for event in events]
    made = page(turned, None)
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
    assert "{{ 7 * 7 }}" in made


def test_what_the_program_says_stands_in_nobodys_mouth(events: list[Event]) -> None:
    whisper = Steered(events[len(events) // 2].t, "whisper", "Give your name.")
    made = page(sorted([*events, whisper], key=lambda event: event.t), load("flatpack-bookcase"))
    spoken = re.findall(r'<td class="who">(.*?)</td>\s*<td dir="auto">(.*?)\n', made)
    assert [who for who, text in spoken if "Give your name." in text] == [""]
    assert {who for who, _ in spoken} == {"", "You", "Dana"}


def test_the_curve_runs_from_the_first_moment_to_the_last(events: list[Event]) -> None:
    match = re.search(r'<polyline points="([^"]+)"', page(events, None))
    assert match
    points = [tuple(map(float, point.split(","))) for point in match[1].split()]
    call = review(events)
    assert points[0] == pytest.approx((0.0, 260.0 * (1 - call.start / 100)), abs=0.1)
    assert points[-1] == pytest.approx((900.0, 260.0 * (1 - call.end / 100)), abs=1.0)
    assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_the_table_adds_up_to_the_curve(events: list[Event]) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(events))))
    total = float(rows[0]["anger"]) + sum(float(row["change"]) for row in rows[1:])
    assert total == pytest.approx(float(rows[-1]["anger"]), abs=0.01)
    assert total == pytest.approx(review(events).end, abs=0.01)


def test_the_date_is_the_one_on_the_wall_here(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    started = events[0]
    assert isinstance(started, CallStarted)
    dated = replace(started, settings={**started.settings, "started_at": "2026-03-01T23:30:00+00:00"})
    monkeypatch.setenv("TZ", "UTC-2")
    time.tzset()
    try:
        assert "2026-03-02 01:30" in page([dated, *events[1:]], None)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_no_cell_is_a_formula(events: list[Event]) -> None:
    evil = [replace(event, t=event.t) for event in events]
    for index, event in enumerate(evil):
        if event.type == "mood_changed":
            rows = tuple(replace(row, evidence="=HYPERLINK(1)") for row in event.because)
            evil[index] = replace(event, because=rows)
    assert not re.search(r"(^|,)=", csv_table(evil), re.M)
    assert "'=HYPERLINK(1)" in csv_table(evil)


def test_the_document_says_what_the_debrief_says(events: list[Event]) -> None:
    told = json.loads(json_document(events, load("flatpack-bookcase")))
    call = review(events)
    assert told["outcome"] == (call.ended.outcome if call.ended else None)
    assert told["anger"]["end"] == pytest.approx(call.end)
    assert [each["said"] for each in told["instead"]] == [moment.said for moment in call.instead]


def test_a_call_that_was_cut_off_and_has_no_scenario_any_more_is_reported(events: list[Event]) -> None:
    assert "The record stops before the call ended." in page(events[: len(events) // 2], None)
    assert page(events[:1], None)
    assert json.loads(json_document(events[:1], None))["outcome"] is None


def test_the_file_is_private_and_its_name_says_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "call.html"
    assert command.run(journal=CALL, output=out, audio=False) == 0
    assert out.stat().st_mode & 0o077 == 0
    assert str(out) in capsys.readouterr().out
    out.chmod(0o644)
    assert command.run(journal=CALL, output=out, audio=False) == 0
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(Problem, match=r"call\.docx has no form"):
        command.run(journal=CALL, output=tmp_path / "call.docx", audio=False)
    with pytest.raises(Problem, match="cannot be written"):
        command.run(journal=CALL, output=tmp_path / "nowhere" / "call.html", audio=False)
    with pytest.raises(Problem, match="Only a page can hold sound"):
        command.run(journal=CALL, output=tmp_path / "call.json", audio=True)
