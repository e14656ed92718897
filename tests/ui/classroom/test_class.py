"""A class with a real Mosquitto: joining, calls, steering, losses, and journals that are equal byte for byte."""

import asyncio
import errno
import os
import signal
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import MoodChanged, Reply, Steered, Step
from tests.ui.classroom.room import Room, Trainee, open_class, until
from ui import strings
from ui.classroom import protocol, seat, tls
from ui.classroom import trainee as trainee_module
from ui.classroom.link import Address, Link
from ui.classroom.protocol import TRAINER, Start, Steer
from ui.classroom.register import Entrance
from ui.records import archive
from ui.runtime.problems import Problem

pytestmark = pytest.mark.real


class Trainer:
    """Sends what the console sends."""

    def __init__(self, room: Room) -> None:
        entrance = Entrance.read(room.host.folder / "class.json")
        self._topics, self._count = room.host.topics, 0
        self.link = Link(
            Address(entrance.host, entrance.port, tls.trusting(entrance.certificate)),
            TRAINER,
            entrance.password,
        )
        self.link.open()

    async def up(self) -> None:
        await until(lambda: self.link.up, "the trainer is connected")

    def start(self, person: str, seed: int = 7) -> None:
        self._tell(person, Start(self._id(), "flatpack-bookcase", seed))

    def steer(
        self, trainee: Trainee, step: Step, text: str = "", points: float = 0.0, *, at: float | None = None
    ) -> None:
        call = trainee.path.stem if trainee.path else "none"
        self._tell(trainee.id, Steer(self._id(), call, step, text, points, at))

    def _id(self) -> str:
        self._count += 1
        return str(self._count)

    def _tell(self, person: str, order: protocol.Order) -> None:
        assert self.link.publish(self._topics.told(person), protocol.encode(order), fresh_seconds=10)


async def in_a_call(room: Room) -> tuple[Trainee, Trainer]:
    """Anna, in the call that the trainer has put through to her."""
    anna, trainer = await room.join("Anna"), Trainer(room)
    await trainer.up()
    await until(lambda: anna.classroom._link.up)
    trainer.start(anna.id)
    await until(lambda: anna.call and anna.call.loop and anna.path)
    return anna, trainer


def steps(trainee: Trainee) -> list[Steered]:
    events = journal.read(trainee.journal.decode().splitlines())
    return [event for event in events if isinstance(event, Steered)]


async def test_a_class_from_joining_to_equal_journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, ben, cleo = [await room.join(name) for name in ("Anna", "Ben", "Cleo")]
        trainer = Trainer(room)
        await trainer.up()
        everybody = (anna, ben, cleo)
        for each in everybody:
            await until(lambda each=each: each.classroom._link.up, "connected")
            trainer.start(each.id)
        for each in everybody:
            await until(lambda each=each: each.call and each.call.loop, "the call runs")
            await each.say("Hello, this is Sam at the help desk. What can I do for you?")
        assert {each.call.started.seed for each in everybody if each.call} == {7}
        await room.has_all(*everybody)

        trainer.steer(anna, "whisper", "Slow down.")
        trainer.steer(anna, "nudge", points=10.0)
        trainer.steer(anna, "speak", "And who pays for the wasted Saturday?")
        await until(lambda: len(steps(anna)) == 3, "steering has arrived")
        events = journal.read(anna.journal.decode().splitlines())
        rows = [row for event in events if isinstance(event, MoodChanged) for row in event.because]
        assert [row.delta for row in rows if row.cause == "trainer"] == [10.0]
        assert "And who pays for the wasted Saturday?" in {event.text for event in events if isinstance(event, Reply)}
        assert not steps(ben)

        assert room.host.broker
        for number in range(3):  # three losses of the network in mid-call
            os.kill(room.host.broker.pid, signal.SIGKILL)
            for each in everybody:
                await each.say(f"I am looking it up now, one moment, number {number}.")
            await until(lambda: not anna.classroom._link.up, "the loss is noticed")
            await until(lambda: all(each.classroom._link.up for each in everybody), "all are back")
        await room.has_all(*everybody)
        assert "started again" in " ".join(room.said)

        await ben.vanish()
        await cleo.say("Let me find out for you.")
        again = Trainee(ben.folder, ben.entrance)
        again.path = ben.path
        again.classroom.open()
        await room.has_all(anna, cleo, again)
        await trainer.up()
        trainer.start(again.id, seed=8)
        await until(lambda: again.call and again.call.loop, "a second call")
        await again.say("Hello, how can I help?")
        await room.has_all(again)
        assert len(room.host.register.journals(again.id)) == 2

        trainer.steer(anna, "end")
        await until(lambda: anna.call and anna.call.ended, "the call is ended")
        await room.has_all(anna)
        assert journal.replay(room.copy(anna).decode().splitlines()) is None
        assert journal.replay(room.copy(again).decode().splitlines()) is None
        for each in (anna, cleo, again):
            await each.close()
        await trainer.link.close()


async def test_an_order_is_for_its_call_and_its_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, trainer = await in_a_call(room)
        assert anna.call
        assert anna.path
        assert anna.classroom._state.at is None  # it was said before the call was picked up
        anna.classroom.ask_for_help()
        now, path = anna.call.now(), anna.path
        assert anna.classroom._state.at is not None
        assert 0.0 < anna.classroom._state.at <= now
        trainer.steer(anna, "whisper", "held back by the network", at=now - 11.0)
        anna.path = path.with_stem("2026-11-22T09-00-00-another-call")
        trainer.steer(anna, "whisper", "for another call")
        anna.path = path
        trainer.steer(anna, "whisper", "now", at=now)
        trainer.steer(anna, "whisper", "at a moment that nobody knows")
        await until(lambda: len(steps(anna)) == 2)
        assert [each.text for each in steps(anna)] == ["now", "at a moment that nobody knows"]
        await anna.close()
        await trainer.link.close()


async def test_what_went_wrong_beside_the_call_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainee_module, "record_fault", lambda fault: tmp_path / "log")
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")

        async def fault() -> None:
            raise ValueError("a fault of ours")

        anna.classroom._start(fault())
        await until(lambda: any(str(tmp_path / "log") in line for line in anna.told), "it is told")
        await anna.close()


async def test_pause_stops_the_call_and_lets_it_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, trainer = await in_a_call(room)
        trainer.steer(anna, "pause")
        await until(lambda: steps(anna))
        before = anna.journal
        await anna.say("Nobody hears this.")
        await asyncio.sleep(0.3)
        assert anna.journal == before
        trainer.steer(anna, "go_on")
        await until(lambda: len(steps(anna)) == 2)
        await anna.say("Hello, this is Sam, how can I help?")
        assert b"this is Sam" in anna.journal
        assert journal.replay(anna.journal.decode().splitlines()) is None
        await anna.close()
        await trainer.link.close()


async def test_a_call_that_was_corrected_since_goes_to_the_trainer_as_it_was_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, trainer = await in_a_call(room)
        await anna.say("Hello, this is Sam at the help desk. What can I do for you?")
        await room.has_all(anna)
        heard = anna.journal
        await anna.vanish()
        assert anna.path
        archive.as_heard_path(anna.path).write_bytes(heard)
        anna.path.write_bytes(heard + heard.splitlines(keepends=True)[-1])  # judged anew: other lines, and more
        again = Trainee(anna.folder, anna.entrance)
        again.classroom.open()
        await until(lambda: again.classroom._link.up and not again.classroom.waiting)
        await again.close()
        assert room.copy(anna) == heard
        await trainer.link.close()


async def test_who_comes_back_to_a_closed_class_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")
        await until(lambda: anna.classroom._link.up)
        assert not anna.classroom.trouble
        await anna.close()
    again = Trainee(anna.folder, anna.entrance)
    assert not again.classroom.trouble  # it has not been tried
    again.classroom.open()
    await until(lambda: again.told, "there is nobody")
    assert "no connection to the class at 127.0.0.1" in again.told[0]
    assert again.classroom.trouble == again.told[0]
    await again.close()


@pytest.mark.parametrize("days", [-3, 4])
async def test_a_machine_with_a_wrong_clock_is_told_so(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(time.time(), tz) + timedelta(days=days)

    async with open_class(tmp_path, monkeypatch) as room:
        monkeypatch.setattr(tls, "datetime", Clock)
        with pytest.raises(Problem, match="By this machine's clock"):
            await room.join("Anna")
        assert not room.host.register.people()


async def test_a_call_whose_name_cannot_be_kept_goes_on_and_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, trainer = await room.join("Anna"), Trainer(room)
        (anna.folder / seat.CALLS).mkdir()
        await trainer.up()
        trainer.start(anna.id)
        await until(lambda: anna.call and anna.call.loop, "in the call")
        assert anna.told == [strings.CLASS_ONLY_NOW.format(reason=os.strerror(errno.EISDIR))]
        await anna.say("Good morning, my name is Jo.")
        await room.has_all(anna)
        await anna.close()
        await trainer.link.close()


async def test_it_rings_once_until_it_is_taken_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, trainer = await room.join("Anna"), Trainer(room)
        rung: list[Start] = []
        anna.classroom.on_start = rung.append
        statuses: list[str] = []
        trainer.link.on_message = lambda message: statuses.append(protocol.state(message.payload).status)
        await trainer.up()
        trainer.link.subscribe(room.host.topics.state("+"))
        await until(lambda: statuses[-1:] == ["waiting"])
        trainer.start(anna.id)
        trainer.start(anna.id)
        await until(lambda: statuses[-1:] == ["ringing"], "the board sees it ring")
        trainer.steer(anna, "whisper", "Nobody hears this.")  # there is no call
        await until(lambda: len(anna.classroom._done) == 3, "all three have come")
        assert len(rung) == 1
        anna.classroom.back()
        await until(lambda: statuses[-1:] == ["waiting"], "it was not taken")
        trainer.start(anna.id)
        await until(lambda: len(rung) == 2, "and rings again")
        await anna.close()
        await trainer.link.close()


async def test_who_leaves_is_gone_and_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the broker is sending them at that moment."""
    async with open_class(tmp_path, monkeypatch) as room:
        trainer = Trainer(room)
        said: dict[str, str] = {}
        trainer.link.on_message = lambda message: said.update({message.topic: protocol.state(message.payload).status})
        await trainer.up()
        trainer.link.subscribe(room.host.topics.state("+"))
        trainees = [await room.join(f"Trainee {number}") for number in range(12)]
        await until(lambda: list(said.values()).count("waiting") == len(trainees), "all are there")
        for each in trainees:
            for _ in range(40):
                each.classroom.ask_for_help()
            await each.close()
        await until(lambda: "waiting" not in said.values(), "all have left")
        assert set(said.values()) == {"away"}
        await trainer.link.close()
