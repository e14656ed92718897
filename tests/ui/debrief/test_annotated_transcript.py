"""The transcript with its notes: in the debrief, in the report, and nowhere twice."""

from html import unescape
from pathlib import Path

import pytest

from dialogue.events import Event
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import CallView
from ui.debrief.annotated_transcript import note_on, noted, transcript
from ui.debrief.review import Review, review
from ui.debrief.wording import sections, signed
from ui.line_mode.plain import debrief_lines
from ui.records.archive import read_journal
from ui.records.history import pack_of
from ui.report import page

JOURNALS = Path(__file__).parents[2] / "journals"


@pytest.fixture(scope="module", params=["flatpack-bookcase-poor", "broadband-dropouts-average"])
def events(request: pytest.FixtureRequest) -> list[Event]:
    return read_journal(JOURNALS / f"{request.param}.jsonl")


@pytest.fixture(scope="module")
def pack(events: list[Event]) -> Pack:
    found = pack_of(events)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def call(events: list[Event], pack: Pack) -> Review:
    return review(events, pack)


def test_each_note_stands_once_under_the_line_it_is_about(events: list[Event], call: Review) -> None:
    lines = CallView.of(events).lines
    rows = list(noted(lines, call))
    assert [line for line, _ in rows if line] == lines
    assert [note for _, note in rows if note] == list(call.learnt)
    for line, note in rows:
        if line and note:
            assert (line.who, line.text) == ("you", note.said)
        elif note:
            assert note.turn is None
    assert call.learnt


def test_whatever_is_to_be_said_instead_stands_in_the_transcript_in_the_same_words(call: Review) -> None:
    assert call.instead
    assert set(call.instead) <= set(call.learnt)


def test_debrief_and_report_show_it_and_a_call_just_taken_does_not_repeat_it(
    events: list[Event], pack: Pack, call: Review
) -> None:
    told = list(debrief_lines(events, pack))
    shown = unescape(page(events, pack))
    assert strings.DEBRIEF_TRANSCRIPT not in "\n".join(debrief_lines(events, pack, with_transcript=False))
    for note in call.learnt:
        assert sum(note_on(note) in line for line in told) >= 1
        assert note_on(note) in shown
        assert note.advice in shown
    for kind, _, text in transcript(events, call, pack.customer.first_name, signed):
        assert kind in ("you", "customer", "aside", "note", "try")
        assert any(text in line for line in told)


def test_what_was_never_found_and_the_story_stand_in_debrief_and_report(
    events: list[Event], pack: Pack, call: Review
) -> None:
    told, shown = "\n".join(debrief_lines(events, pack)), unescape(page(events, pack))
    on_page, in_lines = dict(sections(events, call, pack)), dict(sections(events, call, pack, as_text=signed))
    assert strings.WHY_TITLE.format(name=pack.customer.first_name) in on_page
    for heading, lines in on_page.items():
        assert f"\n{heading}:\n" in told
        assert f"<h2>{heading}</h2>" in shown
        assert all(f"<li>{line}</li>" in shown for line in lines)
        assert all(f"  {line}\n" in told for line in in_lines[heading])
    assert call.story
    assert call.unfound
    for text in (call.story, *(words for _, words in call.unfound)):
        assert text in told
        assert text in shown
