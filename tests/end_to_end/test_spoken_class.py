"""A spoken call in a class, through a virtual headset: what is said reaches the trainer, as text and as sound; and what
the trainer whispers sounds in the trainee's ear and nowhere else.
"""

import asyncio
import subprocess
from pathlib import Path

import numpy as np
import pytest

import personas
from dialogue import journal
from dialogue.events import PlaybackFinished, Utterance
from testing.virtual_headset import RATE, VirtualHeadset
from tests.end_to_end import coolhead
from tests.end_to_end.test_virtual_headset import shared_words
from tests.ui.classroom.room import WAIT_SECONDS, open_class, until
from tests.ui.classroom.test_listening import Headphones
from ui.classroom.group import Group
from ui.classroom.listening import Listening
from ui.classroom.register import Entrance
from voice import recognition
from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.ports import Recognizer
from voice.recordings.reading import read
from voice.recordings.transcription import hear

pytestmark = pytest.mark.real

SAID = "Good morning, thank you for calling. My name is Sam."
WHISPER = "Remember to ask for the order number."


async def test_the_trainer_reads_and_hears_a_spoken_call(
    headset: VirtualHeadset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path / "host", monkeypatch) as room:
        env = coolhead.environment(tmp_path / "home") | headset.environment
        del env["COOLHEAD_MICROPHONE"], env["COOLHEAD_SPEAKER"]
        trainee = await asyncio.to_thread(
            lambda: subprocess.Popen(
                [*coolhead.PROGRAM, "class", "join", room.code, "--name", "Anna", "--plain"],
                stdin=subprocess.PIPE,
                stdout=(tmp_path / "printed").open("wb"),
                env=env | {"PYTHONUNBUFFERED": "1"},
                cwd=Path(__file__).parents[2],
            )
        )
        assert trainee.stdin
        trainee.stdin.write(b"yes\n")
        trainee.stdin.flush()
        group, phones = Group(Entrance.read(room.host.folder / "class.json")), Headphones()
        group.open()
        phones.pending = 1  # they always have something to play
        try:
            await until(lambda: group.present(), "on the board")
            [anna] = group.present()
            group.start([anna.id], "flatpack-bookcase", 4)
            await until(lambda: anna.in_call and anna.state.sound, "in a spoken call")
            listening = Listening(group, anna, phones)
            await until(lambda: anna.listened, "the trainer listens")
            sound = read(Path(personas.__path__[0]) / "demo" / "good-1.ogg").samples
            headset.say(resample(sound, SAMPLE_RATE, RATE), RATE)
            await until(lambda: anna.view.customer_speaks, "the customer answers")
            await until(lambda: not anna.view.customer_speaks, "to the end")
            await listening.close()

            group.steer(anna.id, "pause")  # the customer says nothing meanwhile
            await until(lambda: anna.paused, "paused")
            in_the_ear = await asyncio.to_thread(headset.listen)
            group.steer(anna.id, "ear", WHISPER)
            await until(lambda: WHISPER in str(anna.view.lines), "it is on the screen")
            async with asyncio.timeout(WAIT_SECONDS):
                while not said_and_silent(in_the_ear.so_far()):
                    await asyncio.sleep(0.2)
            whispered = await asyncio.to_thread(in_the_ear.stop)
            group.steer(anna.id, "end")
            await until(lambda: anna.view.ended, "over")
        finally:
            trainee.stdin.close()
            trainee.terminate()
            await asyncio.to_thread(trainee.wait, 30)
            await group.close()

        [path] = room.host.register.journals(anna.id)
        [own] = (tmp_path / "home" / "data" / "calls").glob("*.jsonl")
        assert path.read_bytes() == own.read_bytes()
        events = journal.read(path.read_text(encoding="utf-8").splitlines())
        turns = [event for event in events if isinstance(event, Utterance) and event.text]
        assert [turn.source for turn in turns] == ["voice"]  # the whisper is nobody's turn
        assert shared_words(SAID, turns[0].text) > 0.7
        assert turns[0].prosody
        answer = next(event.heard_text for event in events if isinstance(event, PlaybackFinished) and event.heard_text)

    recognizer = recognition.choose("whisper")
    heard = words(np.concatenate(phones.heard), recognizer)
    assert shared_words(SAID, heard) > 0.7
    assert shared_words(answer, heard) > 0.6
    assert shared_words(WHISPER, words(whispered, recognizer)) > 0.7
    recognizer.close()


def said_and_silent(sound: Samples) -> bool:
    """Whether something has sounded, and nothing for 1.5 s since."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return len(loud) > 0 and len(sound) - loud[-1] > 1.5 * RATE


def words(sound: Samples, recognizer: Recognizer) -> str:
    return " ".join(turn.text for turn in hear(resample(sound.astype(np.float32), RATE, SAMPLE_RATE), recognizer))
