"""How much one person may send before they are shown out, without a network."""

from pathlib import Path

import pytest

from ui.classroom.desk import MOST_BYTES_OVER, MOST_MESSAGES, OVER_SECONDS, Desk
from ui.classroom.link import Message
from ui.classroom.protocol import MOST_BYTES, Topics
from ui.classroom.register import Register

EVE = "t-00000001"


class Link:
    """Takes whatever the desk says."""

    def publish(self, topic: str, payload: bytes) -> bool:
        return True


class Door:
    def __init__(self) -> None:
        self.out: list[str] = []

    def dismiss(self, user: str) -> None:
        self.out.append(user)


class Room:
    def __init__(self, folder: Path) -> None:
        self.now, self.door, self.topics = 0.0, Door(), Topics("abcdef")
        self.said: list[str] = []
        self.desk = Desk(
            Link(),  # type: ignore[arg-type]
            self.topics,
            Register(folder),
            self.door,  # type: ignore[arg-type]
            class_name="Monday",
            tell=self.said.append,
            now=lambda: self.now,
        )

    def send(self, times: int, size: int, seconds: float) -> None:
        """So many batches of that size, one after the other."""
        for _ in range(times):
            self.now += seconds
            batch = b"9\n" + b"x" * (size - 3) + b"\n"  # beyond a gap: nothing of it is written
            self.desk.take(Message(self.topics.journal(EVE, "call"), batch, False))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.mark.parametrize(
    ("times", "size", "seconds"),
    [(MOST_MESSAGES + 1, 100, OVER_SECONDS / 2_000), (MOST_BYTES_OVER // MOST_BYTES + 1, MOST_BYTES, 0.05)],
    ids=["messages", "bytes"],
)
def test_who_sends_too_much_at_once_is_shown_out(room: Room, times: int, size: int, seconds: float) -> None:
    room.send(times - 1, size, seconds)
    assert room.door.out == []
    room.send(1, size, seconds)
    assert room.door.out == [EVE]
    assert "sent far more than a call makes" in room.said[0]
    room.send(50, size, seconds)
    assert room.door.out == [EVE]  # once


def test_the_same_over_a_longer_time_is_no_flood(room: Room) -> None:
    room.send(2 * MOST_MESSAGES, 100, OVER_SECONDS / MOST_MESSAGES * 1.1)
    room.send(2 * MOST_BYTES_OVER // MOST_BYTES, MOST_BYTES, OVER_SECONDS / (MOST_BYTES_OVER // MOST_BYTES) * 1.1)
    assert room.door.out == []
