"""Journals on disk: private, line by line, nothing lost when writing fails."""

import os
import re
import stat
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from dialogue import journal
from dialogue.events import CallStarted, TimePassed, Utterance
from ui.commands import replay
from ui.records import archive, index
from ui.records.history import strangers, summed_up
from ui.runtime.problems import Problem

STARTED = CallStarted(0.0, pack="flatpack-bookcase", pack_sha256="", seed=1, mode="text", app_version="0")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("temporary")))
    return tmp_path


def test_each_event_is_on_disk_at_once_and_only_the_user_may_read_it() -> None:
    file = archive.JournalFile.new(STARTED)
    file(STARTED)
    file(TimePassed(1.0))
    assert archive.read_journal(file.path) == [STARTED, TimePassed(1.0)]
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    file.close()
    assert archive.latest_journal() == file.path
    never = archive.JournalFile.new(STARTED)  # made ready, and left before it began
    never.path.rename(never.path.with_name("9999-01-01T00-00-00-never.jsonl"))
    assert archive.latest_journal() == file.path


def test_a_turn_may_hold_what_others_take_for_the_end_of_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Pasted from a page or a document. A line of a journal ends with a line feed and with nothing else. Whoever looks
    at the call is spared them, and what would reach into their terminal."""
    text = "One.\u2028Two.\x85Three.\u2029\x1b]0;Four \u202e\U0001f642 \\\\n."
    pasted = Utterance(2.0, start=1.0, end=2.0, text=text, source="keyboard")
    file = archive.JournalFile.new(STARTED)
    file(STARTED)
    file(pasted)
    file.close()
    shown = replace(pasted, text="One. Two. Three.  ]0;Four  \U0001f642 \\\\n.")
    assert archive.read_journal(file.path) == [STARTED, shown]
    assert [call.path for call in index.calls()] == [file.path]
    assert replay.run(journal=file.path, rejudge=False, json_lines=False) == replay.DIFFERENT  # nobody answered
    assert capsys.readouterr().out.startswith("different, line 3: ")


def test_a_line_takes_the_same_bytes_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a descriptor writes each line feed as two bytes, unless it was opened with O_BINARY."""
    binary, as_text = 1 << 30, set[int]()
    there = SimpleNamespace(**vars(os))

    def open_there(path: Path, flags: int, mode: int = 0o777) -> int:
        descriptor = os.open(path, flags & ~binary, mode)
        if not flags & binary:
            as_text.add(descriptor)
        return descriptor

    def write_there(descriptor: int, data: bytes) -> int:
        os.write(descriptor, data.replace(b"\n", b"\r\n") if descriptor in as_text else data)
        return len(data)

    there.open, there.write = open_there, write_there
    monkeypatch.setattr(archive, "os", there)
    monkeypatch.setattr(archive, "AS_IT_IS", binary, raising=False)
    file = archive.JournalFile.new(STARTED)
    for event in (STARTED, TimePassed(1.0), TimePassed(2.0)):
        file(event)
    file.close()
    assert archive.read_journal(file.path) == [STARTED, TimePassed(1.0), TimePassed(2.0)]


def test_two_calls_in_the_same_second_do_not_share_a_file() -> None:
    first, second = archive.JournalFile.new(STARTED), archive.JournalFile.new(STARTED)
    assert first.path != second.path


def test_nor_do_two_programs_that_make_theirs_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    class Noon(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Noon":
            return cls(2026, 1, 1, 12)

    monkeypatch.setattr(archive, "datetime", Noon)
    first = archive.JournalFile.new(STARTED)
    monkeypatch.setattr(Path, "exists", lambda path: False)  # when it was looked for, it was not there yet
    second = archive.JournalFile.new(STARTED)
    assert (first.trouble, second.trouble) == ("", "")
    assert second.path == first.path.with_name("2026-01-01T12-00-00-flatpack-bookcase-again.jsonl")


def test_what_a_full_disk_refuses_is_written_when_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    troubles: list[str] = []
    file = archive.JournalFile.new(STARTED, on_trouble=troubles.append)
    file(STARTED)
    write = os.write
    room = 7

    def nearly_full(descriptor: int, data: bytes) -> int:
        nonlocal room
        if room == 0:
            raise OSError(28, "No space left on device")
        taken = write(descriptor, data[:room])
        room -= taken
        return taken

    monkeypatch.setattr(os, "write", nearly_full)
    file(TimePassed(1.0))
    file(TimePassed(2.0))
    assert "No space left" in troubles[-1]
    monkeypatch.setattr(os, "write", write)
    file(TimePassed(3.0))
    assert troubles[-1] == ""
    assert archive.read_journal(file.path) == [STARTED, TimePassed(1.0), TimePassed(2.0), TimePassed(3.0)]
    file.close()


def test_lines_that_could_never_be_written_are_kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive.JournalFile.new(STARTED)
    file(STARTED)
    write = os.write

    def nearly_full(descriptor: int, data: bytes) -> int:
        if len(data) > 9:
            return write(descriptor, data[:-9])  # the half of a line
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", nearly_full)
    file(TimePassed(1.0))
    file(TimePassed(2.0))
    assert "lost" not in file.trouble
    with pytest.raises(Problem, match="The last 2 lines of this call could not be written") as problem:
        file.close()
    (order,) = re.findall("`(.*)`", str(problem.value))
    assert archive.read_journal(file.path) == [STARTED]
    subprocess.run(order, shell=True, check=True)  # what it says to do makes it whole
    assert archive.read_journal(file.path) == [STARTED, TimePassed(1.0), TimePassed(2.0)]


@pytest.mark.skipif(os.name != "posix", reason="needs a path below a file")
def test_a_home_that_cannot_be_written_moves_the_call_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("COOLHEAD_DATA", str(in_the_way / "below"))
    said: list[str] = []
    file = archive.JournalFile.new(STARTED, on_trouble=said.append)
    file(STARTED)
    assert str(file.path) in said[0]
    assert archive.read_journal(file.path) == [STARTED]
    file.close()


def test_what_lies_among_the_calls_and_is_none_is_passed_over(data_folder: Path) -> None:
    file = archive.JournalFile.new(STARTED)
    file(STARTED)
    file.close()
    folder = file.path.parent
    (folder / "zoo.jsonl").write_text('{"type": "animal"}\n')
    (folder / "noise.jsonl").write_bytes(b"\xff\xfe\x00")
    (folder / "zz-empty.jsonl").touch()
    (folder / "zz-folder.jsonl").mkdir()
    (folder / "zz-gone.jsonl").symlink_to(data_folder / "nowhere")
    assert archive.latest_journal() == file.path
    [call] = index.calls()
    assert call.path == file.path
    assert strangers([call]) == ["noise.jsonl", "zoo.jsonl"]


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "file"))
    for look in (archive.latest_journal, index.calls):
        with pytest.raises(Problem, match=r"Not a directory.*COOLHEAD_DATA"):
            look()
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "not-yet"))
    assert index.calls() == []


def test_a_file_that_is_no_journal_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    with pytest.raises(Problem, match=r"notes\.txt"):
        archive.read_journal(path)


@pytest.mark.parametrize(
    "damage",
    [
        *("nonsense", "", "[" * 100_000, "\x00"),
        *('{"t":1e999,"type":"time_passed"}', '{"t":1e9,"type":"time_passed"}', '{"t":-1,"type":"time_passed"}'),
        '{"t":1,"type":"a\\nb\\u001b[31m"}',
    ],
    ids=lambda damage: damage[:20],
)
def test_a_journal_damaged_in_the_middle_is_named_with_its_line_and_what_to_do(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "call.jsonl"
    events = [STARTED, TimePassed(1.0), TimePassed(2.0), TimePassed(3.0)]
    lines = [journal.encode(event) for event in events]
    lines[2] = damage or lines[2][:20]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Problem) as told:
        archive.read_journal(path)
    sentence = str(told.value)
    assert sentence.startswith(f"{path}: Line 3 is damaged (")
    assert sentence.endswith(
        "delete that line and all below it in a text editor, and the call up to there can be looked at."
    )
    assert sentence.isprintable()
    assert "line 1" not in sentence  # of the JSON: nothing that anybody should look for
    path.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")  # as it says
    assert archive.read_journal(path) == events[:2]


def test_lines_that_can_be_written_nowhere_are_said_to_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive.JournalFile.new(STARTED)

    def full(*arguments: object, **more: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    monkeypatch.setattr("ui.records.archive.tempfile.mkdtemp", full)
    file(STARTED)
    with pytest.raises(Problem, match=r"The last line .* cannot be had again"):
        file.close()


def test_a_journal_cut_off_anywhere_is_read_up_to_there(data_folder: Path) -> None:
    """Also within a character: by a power cut, or by a full disk and then a kill."""
    file = archive.JournalFile.new(STARTED)
    events = [STARTED, Utterance(1.0, start=0.5, end=1.0, text="A café’s £5 … — no.", source="keyboard"), TimePassed(2)]
    for event in events:
        file(event)
    file.close()
    whole = file.path.read_bytes()
    begun = whole.index(b"\n")
    for cut in range(begun, len(whole) + 1):
        file.path.write_bytes(whole[:cut])
        lines = whole[: cut + 1].count(b"\n")  # a line is whole without its end, too
        assert archive.read_journal(file.path) == events[:lines]
        call = summed_up(file.path)
        assert call
        assert call.pack == STARTED.pack
    file.path.write_bytes(whole[:begun] + b"\n\xc3\n" + whole[begun + 1 :])
    with pytest.raises(Problem, match="Line 2 is damaged"):
        archive.read_journal(file.path)
    file.path.write_bytes(whole[: whole.index("é".encode()) + 1])
    assert archive.latest_journal() == file.path
    assert archive.journal_of_call(STARTED) == file.path


def test_what_is_kept_back_is_written_but_no_answer_waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive.JournalFile.new(STARTED)
    file(STARTED)
    turn = Utterance(1.0, start=0.5, end=1.0, text="Good morning.", source="voice")
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    file.keep_back((turn,))
    assert archive.read_journal(file.path) == [STARTED, turn]
    assert waited == []
    file(turn)
    assert len(waited) == 1
    file.close()
