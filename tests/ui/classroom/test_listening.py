"""A trainer listens to one trainee: over a real broker, shown all the while, ended by either side, kept nowhere."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from dialogue import journal
from dialogue.events import Steered, Utterance
from tests.ui.classroom.room import Room, Trainee, die, open_class, until
from tests.ui.driven import Ear
from ui.classroom import code as join_code
from ui.classroom import listening, seat
from ui.classroom.group import Group
from ui.classroom.listening import Listening
from ui.classroom.person import Person
from ui.classroom.protocol import SOUND_BYTES
from ui.classroom.register import Entrance
from voice.audio import Samples

pytestmark = pytest.mark.real

RATE = 48_000
BLOCK = (0.3 * np.sin(2 * np.pi * 440 * np.arange(320) / 16_000)).astype(np.float32)
"""20 ms of a voice."""


class Headphones:
    """The trainer's: what they would play."""

    rate = RATE
    problem = ""

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self.closed = False
        self.pending = 0

    def play(self, samples: Samples) -> None:
        self.heard.append(samples)

    def pending_samples(self) -> int:
        return self.pending

    def played_samples(self) -> int:
        return 0

    def stop(self) -> None: ...

    def background(self, loop: Samples | None) -> None: ...

    def close(self) -> None:
        self.closed = True

    @property
    def loudness(self) -> float:
        sound = np.concatenate([*self.heard, np.zeros(1)])
        return float(np.max(np.abs(sound)))


async def in_a_spoken_call(room: Room, group: Group, *, sound: bool = True) -> tuple[Trainee, Person, list[bool]]:
    trainee = await room.join("Anna")
    shown: list[bool] = []
    trainee.classroom.on_heard = shown.append
    trainee.classroom.allow_sound(sound)
    trainee.ear = Ear()
    await until(lambda: group.present(), "on the board")
    group.start([trainee.id], "flatpack-bookcase", 3)
    person = group.people[trainee.id]
    await until(lambda: person.in_call and trainee.call and trainee.call.loop, "in the call")
    assert trainee.call
    trainee.classroom.tap.muted = lambda: trainee.call is not None and trainee.call.gate.closed
    return trainee, person, shown


async def speak(trainee: Trainee, seconds: float = 0.6) -> None:
    for _ in range(round(seconds / 0.02)):
        trainee.classroom.tap.heard(BLOCK)
        trainee.classroom.tap.played(0 * BLOCK)
        await asyncio.sleep(0.005)


def steps(trainee: Trainee) -> list[str]:
    return [event.step for event in journal.read(trainee.journal.decode().splitlines()) if isinstance(event, Steered)]


async def test_heard_while_it_is_asked_for_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "LISTEN_SECONDS", 4.0)
    async with open_class(tmp_path, monkeypatch) as room:
        group, phones = Group(Entrance.read(room.host.folder / "class.json")), Headphones()
        group.open()
        anna, person, shown = await in_a_spoken_call(room, group)
        await speak(anna)
        assert not phones.heard
        assert person.state.sound

        group.listening = Listening(group, person, phones)
        await until(lambda: person.listened and shown == [True], "it is shown to both")
        await speak(anna, 2.5)
        await until(lambda: phones.loudness > 0.25, "the trainer hears")
        assert anna.call
        anna.call.act("mute")
        await until(lambda: anna.call and anna.call.gate.muted)
        before = len(phones.heard) + 3
        await speak(anna)
        await until(lambda: len(phones.heard) > before, "the customer goes on being heard")
        await until(lambda: float(np.max(np.abs(phones.heard[-1]))) < 0.01, "and the trainee no longer")

        await group.listening.close()
        await until(lambda: shown == [True, False] and not person.listened, "it is over, and both know")
        assert phones.closed
        count = len(phones.heard)
        await speak(anna)
        assert len(phones.heard) == count
        assert steps(anna) == ["listen", "unlisten"]
        await room.has_all(anna)
        kept = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
        assert kept <= {".jsonl", ".json", ".pem", ".key", ".conf", ".log", ""}, kept  # no sound anywhere
        assert journal.replay(anna.journal.decode().splitlines()) is None

        again = Listening(group, person, Headphones())
        await until(lambda: shown[-1])
        die(group._link)
        await until(lambda: not shown[-1], "who has lost the connection does not go on listening")
        again._asking.cancel()
        await anna.close()


async def test_who_does_not_want_it_is_not_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        group, phones = Group(Entrance.read(room.host.folder / "class.json")), Headphones()
        group.open()
        anna, person, shown = await in_a_spoken_call(room, group, sound=False)
        assert not person.state.sound
        group.listen(anna.id, 5.0)  # a console that asks all the same
        group.steer(anna.id, "whisper", "There?")
        await until(lambda: steps(anna) == ["whisper"], "orders arrive")
        await speak(anna)
        assert shown == []

        anna.classroom.change_sound()
        await until(lambda: person.state.sound, "thought better of it")
        group.listening = Listening(group, person, phones)
        await until(lambda: shown == [True])
        anna.classroom.change_sound()
        await until(lambda: shown == [True, False], "and again")
        await until(lambda: group.listening and group.listening.over, "the console has taken note")
        await group.close()
        await anna.close()


async def test_only_the_trainer_hears_and_noise_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        group, phones = Group(Entrance.read(room.host.folder / "class.json")), Headphones()
        group.open()
        anna, person, shown = await in_a_spoken_call(room, group)
        _, entrance = await seat.take(join_code.read(room.host.codes["observer"]), "Ida", "observer.json")
        observer, overheard = Group(entrance), list[bytes]()
        observer.on_sound = lambda person, piece: overheard.append(piece)
        observer.open()
        await until(lambda: observer._link.up)
        assert observer.listen(anna.id, 5.0)  # it goes out, and the broker lets neither the order nor the sound pass

        group.listening = Listening(group, person, phones)
        await until(lambda: shown == [True])
        await speak(anna)
        await until(lambda: phones.heard)
        assert overheard == []

        phones.heard.clear()
        phones.pending = 2 * RATE  # who sends more than a second a second
        for _ in range(3_000):
            anna.classroom._link.stream(room.host.topics.sound(anna.id), bytes(SOUND_BYTES))
        await anna.say("Hello, this is Sam, how can I help?")
        await until(lambda: "this is Sam" in str(person.view.lines), "the class goes on")
        assert phones.heard == []
        phones.pending = 1
        anna.classroom._link.stream(room.host.topics.sound(anna.id), b"no sound at all")
        await anna.say("I am looking it up now.")
        await until(lambda: "looking it up" in str(person.view.lines))
        assert phones.heard == []
        for each in (observer, group):
            await each.close()
        await anna.close()


async def test_a_whisper_in_the_ear_is_no_part_of_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        group = Group(Entrance.read(room.host.folder / "class.json"))
        group.open()
        anna, person, _ = await in_a_spoken_call(room, group)
        spoken: list[str] = []

        async def speak_it(text: str, call: object) -> None:
            spoken.append(text)

        anna.classroom.on_ear = speak_it
        await until(lambda: person.view.mood is not None)  # the call's first lines come one by one
        before = person.view.mood
        group.steer(anna.id, "ear", "Say your name.")
        await until(lambda: spoken == ["Say your name."])
        await until(lambda: "in your ear alone: Say your name." in str(person.view.lines), "and it is on the screen")
        events = journal.read(anna.journal.decode().splitlines())
        assert not [event for event in events if isinstance(event, Utterance)]
        assert person.view.mood == before
        assert journal.replay(anna.journal.decode().splitlines()) is None
        await group.close()
        await anna.close()
