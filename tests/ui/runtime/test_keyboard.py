"""Lines from a pipe, a file and an input that ends or breaks."""

import asyncio
import os
from pathlib import Path

import pytest

from ui.runtime import keyboard


async def test_lines_come_as_they_are_typed_also_the_last_without_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"one\r\ntw")
    with os.fdopen(reading) as source:
        typed = keyboard.lines(source)
        assert await anext(typed) == "one"
        os.write(writing, b"o\nthree")
        assert await anext(typed) == "two"
        os.close(writing)
        assert [line async for line in typed] == ["three"]


async def test_the_end_of_input_is_announced_once_however_long_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    reads = 0
    read = os.read

    def counted(descriptor: int, size: int) -> bytes:
        nonlocal reads
        reads += descriptor == reading
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", counted)
    os.write(writing, b"/breathe\n")
    os.close(writing)
    with os.fdopen(reading) as source:
        typed = keyboard.lines(source)
        assert await anext(typed) == "/breathe"
        await asyncio.sleep(0.1)  # one breath: the loop turns, the caller does not ask for lines
        assert reads <= 2
        assert [line async for line in typed] == []


async def test_a_terminal_that_was_closed_is_the_end_of_input() -> None:
    main, terminal = os.openpty()
    with os.fdopen(main) as source:
        typed = keyboard.lines(source)
        os.write(terminal, b"hello\n")
        assert await anext(typed) == "hello"
        os.close(terminal)  # from now on reading raises EIO
        assert [line async for line in typed] == []


async def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "turns.txt"
    path.write_text("one\ntwo")
    with path.open() as source:
        assert [line async for line in keyboard.lines(source)] == ["one", "two"]


async def test_no_more_is_read_than_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that types without end fills a pipe, and not this one's memory."""
    reading, writing = os.pipe()
    os.write(writing, b"y\n" * 20_000)
    with os.fdopen(reading) as source:
        typed = keyboard.lines(source)
        assert await anext(typed) == "y"
        taken = []
        monkeypatch.setattr(os, "read", lambda *given: taken.append(given))
        await asyncio.sleep(0.1)
        assert not taken
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file that never ends")
def test_an_answer_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr("sys.stdin", endless)
        assert len(keyboard.answer()) <= keyboard.MOST_BYTES


async def test_a_line_that_never_ends_is_cut_and_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboard, "MOST_BYTES", 100)
    reading, writing = os.pipe()
    os.write(writing, b"x" * 60_000 + b"\nnext\n")
    os.close(writing)
    with os.fdopen(reading) as source:
        assert [line async for line in keyboard.lines(source)] == ["x" * 100, "next"]
