"""Past calls: summed up from their journals, searched, deleted; and whom to answer next."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from dialogue import journal
from dialogue.events import Event
from tests.ui.past import call, past, sixteen
from tests.ui.stage import Switchboard, lobby, press
from tests.ui.story import good_call
from ui import strings
from ui.app import CoolheadApp
from ui.commands import history as command
from ui.debrief.review import review
from ui.records import history, index
from ui.records.archive import calls_folder, keep_notes, notes_path, read_notes
from ui.records.scenarios import suggestion
from ui.runtime.problems import Problem
from ui.screens.confirm import Confirm
from ui.screens.debrief import DebriefScreen
from ui.screens.history import LISTED_AT_FIRST, HistoryScreen
from ui.screens.lobby import LobbyScreen
from ui.widgets.card import Card
from ui.widgets.chooser import MARK


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    calls_folder().mkdir()
    return calls_folder()


def write(path: Path, events: list[Event], *, cut: int = 0) -> Path:
    text = "".join(journal.encode(event) + "\n" for event in events)
    path.write_text(text[: len(text) - cut], encoding="utf-8")
    return path


def test_a_call_is_summed_up_as_its_review_has_it(folder: Path) -> None:
    summed = history.summed_up(write(folder / "a.jsonl", good_call()))
    whole = review(good_call())
    assert summed
    assert (summed.outcome, summed.turns, summed.seconds) == ("satisfied", whole.turns, whole.seconds)
    assert (summed.start, summed.end, summed.peak) == (whole.start, whole.end, whole.peak)


def test_a_call_that_breaks_off_is_summed_up_as_far_as_it_goes(folder: Path) -> None:
    size = len(write(folder / "a.jsonl", good_call()).read_text(encoding="utf-8"))
    for cut in range(10, size - 600, 97):
        summed = history.summed_up(write(folder / "a.jsonl", good_call(), cut=cut))
        assert summed
        assert summed.outcome is None


def test_what_is_no_journal_is_left_out(folder: Path) -> None:
    (folder / "b.jsonl").write_text('{"type": "partial", "t": 1}\n')
    (folder / "c.jsonl").write_bytes(os.urandom(200))
    (folder / "d.jsonl").write_text("")
    (folder / "e.jsonl").mkdir()
    write(folder / "a.jsonl", good_call())
    assert [each.path.name for each in index.calls()] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("number", "told"),
    [("1e999", "t"), ("NaN", "t"), ("-Infinity", "anger"), ("1" + "0" * 400, "t"), ("1e300", "anger"), ("[]", "t")],
)
def test_numbers_that_no_call_has_make_no_journal(folder: Path, number: str, told: str) -> None:
    path = write(folder / "a.jsonl", good_call())
    lines = path.read_text(encoding="utf-8").splitlines()
    at = max(n for n, line in enumerate(lines) if '"mood_changed"' in line)
    path.write_text("\n".join([*lines[:at], re.sub(rf'"{told}":[-.0-9]+', f'"{told}":{number}', lines[at])]) + "\n")
    assert history.summed_up(path) is None
    assert command.list_calls(search="", json_lines=False) == 0


@pytest.mark.parametrize("first", ["[" * 100_000, '{"type":"call_started","t":0}', '"call_started"', "9" * 5_000])
def test_a_first_line_that_is_none_makes_no_journal(folder: Path, first: str) -> None:
    path = write(folder / "a.jsonl", good_call())
    rest = path.read_text(encoding="utf-8").split("\n", 1)[1]
    path.write_text(f"{first}\n{rest}")
    assert history.summed_up(path) is None


def test_best_is_what_came_of_it_and_then_how_angry_they_were_left() -> None:
    a, b, c = call("x", 1, "hung_up", 10.0), call("x", 2, "satisfied", 40.0), call("x", 3, "satisfied", 20.0)
    assert history.best([a, b, c]) is c
    assert history.best([a]) is a
    assert history.best([]) is None


def test_searching_looks_at_title_date_and_outcome() -> None:
    titles = {each.id: each.title for each in sixteen()}
    assert [each.pack for each in history.matching(past(), "parcel", titles)] == ["second"]
    assert len(history.matching(past(), "2026-05", titles)) == 3
    assert [each.end for each in history.matching(past(), "kettle satisfied", titles)] == [31.0]
    assert history.matching(past(), "nobody", titles) == []


def test_the_suggestion_follows_what_happened() -> None:
    packs = sixteen()

    def next_after(*calls: history.PastCall) -> tuple[str, str]:
        suggested = suggestion(packs, calls)
        assert suggested
        return suggested[0].id, suggested[1]

    gentlest = min(packs, key=lambda pack: (pack.level, pack.title)).id
    assert suggestion([], past()) is None
    assert next_after() == (gentlest, strings.NEXT_FIRST)
    assert next_after(call("pack-9", 1, "hung_up", 90.0)) == ("pack-9", strings.NEXT_AGAIN.format(name="Rosa"))
    lost = [call("pack-9", day, "hung_up", 90.0) for day in (1, 2)]
    assert next_after(*lost)[1] == strings.NEXT_EASIER
    assert next(pack.level for pack in packs if pack.id == next_after(*lost)[0]) == 2
    assert next_after(call(gentlest, 1, "satisfied", 20.0))[1] == strings.NEXT_NEW
    all_settled = [call(pack.id, day, "satisfied", 20.0) for day, pack in enumerate(packs)]
    assert next_after(*all_settled) == (packs[-1].id, strings.NEXT_LONG_AGO)
    assert next_after(all_settled[0], call("gone", 3, "hung_up", 90.0))[1] == strings.NEXT_NEW


def test_a_call_without_a_word_and_a_moment_tried_again_count_for_nothing() -> None:
    lost = [call("pack-9", 1, "hung_up", 90.0, turns=0), call("pack-9", 2, "hung_up", 90.0, again=True)]
    assert history.by_pack(lost) == {}
    assert suggestion(sixteen(), lost) == suggestion(sixteen(), ())
    taken = call("pack-9", 3, "satisfied", 20.0)
    assert history.by_pack([*lost, taken]) == {"pack-9": [taken]}
    assert suggestion(sixteen(), [*lost, taken]) == suggestion(sixteen(), [taken])


def test_listing_showing_and_deleting_in_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(folder / "a.jsonl", good_call())
    keep_notes(path, "Call her back.\n")
    assert command.list_calls(search="", json_lines=False) == 0
    assert "the customer is satisfied, anger 62 → 31, 1:29" in capsys.readouterr().out
    assert command.show(1) == 0
    shown = capsys.readouterr().out
    assert "What turned it:" in shown
    assert "Call her back." in shown
    with pytest.raises(Problem, match="no call 2"):
        command.show(2)
    assert command.delete(1, yes=True) == 0
    assert list(folder.iterdir()) == []


def test_deleting_in_lines_asks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(folder / "a.jsonl", good_call())
    monkeypatch.setattr("sys.stdin.readline", lambda *_: "y\n", raising=False)
    assert command.delete(1, yes=False) == 1
    assert path.exists()
    monkeypatch.setattr("sys.stdin.readline", lambda *_: "yes\n", raising=False)
    assert command.delete(1, yes=False) == 0
    assert not path.exists()


def test_notes_are_private_and_beside_the_journal(folder: Path) -> None:
    path = write(folder / "a.jsonl", good_call())
    assert read_notes(path) == ""
    keep_notes(path, "at 4")
    assert read_notes(path) == "at 4"
    assert notes_path(path).stat().st_mode & 0o077 == 0


async def test_the_history_screen_by_keys_alone(folder: Path) -> None:
    write(folder / "a.jsonl", good_call())
    write(folder / "b.jsonl", good_call()[:20])
    keep_notes(folder / "b.jsonl", "a note of mine")
    switchboard = Switchboard()
    async with lobby(switchboard, index.calls()) as (app, pilot):
        await press(pilot, "h")
        assert isinstance(app.screen, HistoryScreen)
        rows = app.screen.query_one(OptionList)
        await press(pilot, "down")
        assert [rows.render_line(row).text[0] for row in range(2)] == [" ", MARK]
        await press(pilot, "up", "enter")
        assert isinstance(app.screen, DebriefScreen)
        assert any("a note of mine" in str(each.render()) for each in app.screen.query(Static))
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "slash", *"satisfied", "enter")
        assert app.screen.query_one(OptionList).option_count == 1
        await press(pilot, "d")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "escape")
        assert (folder / "a.jsonl").exists()
        await press(pilot, "delete", "enter")
        assert sorted(each.name for each in folder.iterdir()) == ["b.jsonl", "b.notes.txt"]
        await press(pilot, "escape")
        assert not app.screen.query_one("#search", Input).display
        await press(pilot, "escape")
        assert isinstance(app.screen, LobbyScreen)


async def test_a_folder_full_of_other_files_leaves_room_for_the_calls(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.jsonl", good_call())
    for number in range(200):
        (folder / f"other-{number:03}.jsonl").write_text("{}\n", encoding="utf-8")
    said = "other-000.jsonl; other-001.jsonl; other-002.jsonl, and 197 more."
    assert command.list_calls(search="", json_lines=False) == 0
    assert said in capsys.readouterr().err
    app = CoolheadApp(first=HistoryScreen(index.calls(), {}, folder))
    async with app.run_test(size=(80, 24)):
        assert said in str(app.screen.query_one("#where", Static).render())
        assert app.screen.query_one(OptionList).size.height > 10


async def test_the_lobby_suggests_filters_and_shows_own_results() -> None:
    async with lobby(Switchboard(), past()) as (app, pilot):
        assert isinstance(app.focused, Card)
        assert app.focused.pack.id == "second"  # Rosa hung up there last time
        assert "another go" in str(app.screen.query_one("#next", Static).render())
        assert "hung up" in str(app.screen.query_one("#detail-own", Static).render())
        await press(pilot, "f")  # not taken yet: none of the two
        assert not [card for card in app.screen.query(Card) if card.display]
        assert strings.FILTERS["new"] in str(app.screen.query_one("#no-cards", Static).render())
        await press(pilot, "f")  # not settled yet
        assert [card.pack.id for card in app.screen.query(Card) if card.display] == ["second"]
        await press(pilot, "f", "f", "f", "f")
        assert len([card for card in app.screen.query(Card) if card.display]) == 2


async def test_a_long_history_has_its_rows_as_they_are_reached(folder: Path) -> None:
    calls = [
        replace(call("flatpack-bookcase", 1, "satisfied", 20.0), path=folder / f"{number}.jsonl")
        for number in range(2 * LISTED_AT_FIRST + 50)
    ]
    app = CoolheadApp(first=HistoryScreen(calls, {}, folder))
    async with app.run_test(size=(80, 24)) as pilot:
        rows = app.screen.query_one(OptionList)
        assert LISTED_AT_FIRST <= rows.option_count < len(calls)
        await press(pilot, "end", "end", "end")
        assert rows.option_count == len(calls)
        assert rows.highlighted == len(calls) - 1
