"""What breaks during a call, broken for real on the virtual headset: it is said, the call goes on, and so does sound.

The program as a whole goes through the same in `tests/end_to_end/test_spoken_call.py`; a sound server that dies or
freezes under the devices alone, in `devices/test_real_devices.py`.
"""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import personas
from dialogue.events import Delivery, PlaybackFinished, PlaybackStarted, Reply, Utterance
from testing.virtual_headset import VirtualHeadset
from tests.voice.scripted import LevelVad, Listener, ScriptedRecognizer, noise
from voice.audio import SAMPLE_RATE, AudioClip
from voice.clock import CallClock
from voice.devices.lasting_speaker import LastingSpeaker
from voice.devices.microphone import DeviceMicrophone
from voice.devices.speaker import DeviceSpeaker
from voice.echo.watch import EchoWatch
from voice.lasting_ear import LastingEar
from voice.mouth import Mouth
from voice.recordings.reading import read

pytestmark = pytest.mark.real


class Recorded:
    """A voice that always says the same: a recorded turn of the demo."""

    name = "recorded"

    def __init__(self) -> None:
        sound = read(Path(personas.__path__[0]) / "demo" / "bad-3.ogg").samples
        self._clip = AudioClip(np.concatenate([sound, sound]), SAMPLE_RATE)

    def warm_up(self) -> None: ...

    def render(self, text: str, anger: float) -> AudioClip:
        return self._clip

    def close(self) -> None: ...


class Telephone(Listener):
    """Ear and mouth of a call on real devices, with a recogniser that always hears "Hello."."""

    def __init__(self) -> None:
        super().__init__()
        self.echo: list[bool] = []
        clock, watch = CallClock(), EchoWatch()
        self.speaker = speaker = LastingSpeaker(lambda lost: DeviceSpeaker(lost=lost, played=watch.played))
        self.mouth = Mouth(Recorded(), speaker, clock.now, self.emit)
        self.ear = LastingEar(
            lambda: DeviceMicrophone(heard=watch.heard),
            LevelVad(),
            ScriptedRecognizer(["Hello."]),
            clock,
            self.emit,
            echo=watch,
            on_echo=self.echo.append,
        )
        self._lines = 0
        self.ear.start()

    def say(self) -> int:
        """The customer says a line of some seconds."""
        self._lines += 1
        self.mouth.say(Reply(0.0, self._lines, "A line of a few seconds", Delivery(30.0)))
        return self._lines

    def until_both(self, kind: str, count: int) -> None:
        """Microphone and headphones have been lost, or are back, for the `count`th time."""
        for part in ("microphone", "customer"):
            self.until(lambda part=part: sum(part in text for text in self.problems(kind)) == count)  # type: ignore[misc]

    def works(self, headset: VirtualHeadset) -> None:
        """A turn is heard, and a line is played."""
        heard = sum(isinstance(event, Utterance) for event in self.events)
        headset.say(noise(0.5), SAMPLE_RATE)
        self.until(lambda: sum(isinstance(event, Utterance) for event in self.events) > heard)
        before = self.speaker.played_samples()
        line = self.say()
        self.until(lambda: any(isinstance(e, PlaybackStarted) and e.reply == line for e in self.events))
        self.until(lambda: self.speaker.played_samples() - before > 0.2 * self.speaker.rate)
        self.mouth.stop()
        self.until(lambda: any(isinstance(e, PlaybackFinished) and e.reply == line for e in self.events))
        assert [e for e in self.events if isinstance(e, PlaybackFinished)][-1].heard_seconds > 0.1

    def close(self) -> None:
        self.mouth.close()
        self.ear.stop()


@pytest.fixture
def telephone(headset: VirtualHeadset) -> Iterator[Telephone]:
    telephone = Telephone()
    yield telephone
    telephone.close()


def suspend(headset: VirtualHeadset) -> None:
    headset.control("suspend-sink", "headset_out", "1")
    headset.control("suspend-source", "headset_mic", "1")


def wake(headset: VirtualHeadset) -> None:
    headset.control("suspend-sink", "headset_out", "0")
    headset.control("suspend-source", "headset_mic", "0")


def threads(name: str) -> int:
    return sum(thread.name == name for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("fault", "mended", "away_seconds"),
    [
        (VirtualHeadset.kill, VirtualHeadset.start, 1.2),
        (VirtualHeadset.unplug, VirtualHeadset.plug_in, 1.2),
        (suspend, wake, 5.0),  # one that opens and gives no sound is waited for at each attempt
    ],
    ids=["server killed", "headset unplugged", "devices suspended"],
)
def test_lost_while_nobody_speaks_it_is_said_once_and_all_works_again(
    headset: VirtualHeadset,
    telephone: Telephone,
    fault: Callable[[VirtualHeadset], None],
    mended: Callable[[VirtualHeadset], None],
    away_seconds: float,
) -> None:
    fault(headset)
    telephone.until_both("lost", 1)
    assert not telephone.ear.listening
    time.sleep(away_seconds)  # long enough for opening a device that is not there to be tried
    assert threads("headphones retry") <= 1
    assert threads("microphone retry") <= 1
    assert telephone.problems("recovered") == []
    mended(headset)
    telephone.until_both("recovered", 1)
    assert telephone.ear.listening
    telephone.works(headset)
    assert threads("sound watchdog") == 2
    telephone.until_both("lost", 1)


def test_lost_in_the_middle_of_a_line_the_rest_is_shown(headset: VirtualHeadset, telephone: Telephone) -> None:
    line = telephone.say()
    telephone.until(lambda: any(isinstance(event, PlaybackStarted) for event in telephone.events))
    time.sleep(0.3)
    headset.kill()
    telephone.until_both("lost", 1)
    telephone.until(lambda: any(isinstance(event, PlaybackFinished) for event in telephone.events))
    [finished] = [event for event in telephone.events if isinstance(event, PlaybackFinished)]
    assert (finished.reply, finished.heard_text) == (line, "A line of a few seconds")
    assert 0.0 < finished.heard_seconds < 3.0
    assert "read the lines" in next(text for text in telephone.problems("lost") if "customer" in text)


def test_a_microphone_replaced_by_the_customers_own_voice_is_found_out(
    headset: VirtualHeadset, telephone: Telephone
) -> None:
    """PulseAudio moves the stream to another source without a word, here to what the headphones play."""
    headset.control("unload-module", "module-remap-source")
    headset.control("set-default-source", "headset_out.monitor")
    telephone.say()
    telephone.until(lambda: telephone.echo == [True])
    assert "hears the customer" in telephone.problems("dropped")[-1]
    telephone.mouth.stop()
    headset.plug_in_microphone()
    telephone.say()
    telephone.until(lambda: telephone.echo == [True, False])
    telephone.mouth.stop()
    telephone.works(headset)
