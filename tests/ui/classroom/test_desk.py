"""The desk without a network: how much one person may send before they are shown out; a seat that cannot be kept."""

import asyncio
from pathlib import Path

import pytest

from tests.full_disk import full_disk
from ui import strings
from ui.classroom import protocol, seat
from ui.classroom.broker import Part
from ui.classroom.desk import BATCHES_AT_ONCE, MOST_BYTES_OVER, MOST_MESSAGES, OVER_SECONDS, Desk
from ui.classroom.link import Message
from ui.classroom.protocol import BATCH_BYTES, MOST_BYTES, Request, Seat, Topics
from ui.classroom.register import Entrance, Register

EVE = "t-00000001"


class Link:
    """Takes whatever the desk says."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def publish(self, topic: str, payload: bytes) -> bool:
        self.sent.append((topic, payload))
        return True


class Door:
    def __init__(self) -> None:
        self.admitted: list[str] = []
        self.out: list[str] = []

    def admit(self, user: str, part: Part) -> tuple[str, str]:
        self.admitted.append(user)
        return user, "secret"

    def dismiss(self, user: str) -> None:
        self.out.append(user)


class Room:
    def __init__(self, folder: Path) -> None:
        self.now, self.door, self.topics = 0.0, Door(), Topics("abcdef")
        self.said: list[str] = []
        self.link, self.register = Link(), Register(folder)
        self.desk = Desk(
            self.link,  # type: ignore[arg-type]
            self.topics,
            self.register,
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


def ask(room: Room, client: str) -> Seat:
    """What the desk answers to who asks for a seat."""
    room.desk.take(Message(room.topics.join("join-trainee", client), protocol.encode(Request("Sam")), False))
    [payload] = [payload for topic, payload in room.link.sent if topic == room.topics.joined("join-trainee", client)]
    return protocol.seat(payload)


def test_a_seat_that_cannot_be_written_down_is_refused_and_free_again(room: Room) -> None:
    room.desk.open_door("join-trainee", 1)
    with full_disk():
        assert ask(room, "first").refused == strings.CLASS_SEAT_NOT_WRITTEN
    assert room.door.out == room.door.admitted
    assert room.desk.seats_left == 1
    assert room.register.people() == {}
    [told] = room.said
    assert "free some room" in told
    assert not ask(room, "second").refused
    assert list(room.register.people().values()) == ["Sam"]
    assert room.desk.seats_left == 0


def test_half_of_what_lets_somebody_come_back_is_never_kept(tmp_path: Path) -> None:
    """It would be read, and refused, each time that they join."""
    path = tmp_path / "abcdef" / seat.FILE
    entrance = Entrance("abcdef", "Monday", "localhost", 8883, "PEM", EVE, "secret", "Sam")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        entrance.keep(path)
    assert not path.exists()
    entrance.keep(path)
    assert Entrance.read(path) == entrance


async def test_the_loop_serves_others_while_one_long_call_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path)
    line = b"x" * (BATCH_BYTES - 1) + b"\n"
    monkeypatch.setattr(room.register, "lines", lambda person, call, first: [line] * (3 * BATCHES_AT_ONCE))
    copying = asyncio.ensure_future(room.desk._send_copies("trainer", [(EVE, "2026-11-22T10-00-00-x", 1)]))
    at_once, before = [], 0
    while not copying.done():
        await asyncio.sleep(0)
        at_once.append(len(room.link.sent) - before)
        before = len(room.link.sent)
    assert before == 3 * BATCHES_AT_ONCE
    assert max(at_once) == BATCHES_AT_ONCE
