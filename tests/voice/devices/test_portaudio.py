"""Which device is opened and how, with a sounddevice that knows the devices of other computers."""

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from voice.devices import portaudio
from voice.devices.device_stream import DeviceStream
from voice.devices.microphone import DeviceMicrophone
from voice.devices.watchdog import Watchdog
from voice.ports import VoiceProblem


class Stream:
    """An open device; `aborted` counts how often it was given back."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.aborted = 0

    def start(self) -> None: ...

    def abort(self) -> None:
        self.aborted += 1

    def close(self) -> None: ...


class Sounddevice:
    """The part of sounddevice that is used, for microphones called `names` that have so many `channels`, no fewer."""

    class PortAudioError(Exception): ...

    def __init__(self, *names: str, channels: int = 1) -> None:
        self._channels = channels
        self._devices = [
            {
                "index": index,
                "name": name,
                "max_input_channels": channels,
                "max_output_channels": 0,
                "default_samplerate": 48_000.0,
            }
            for index, name in enumerate(names)
        ]
        self.opened: list[Stream] = []

    def query_devices(self, device: int | str | None = None, kind: str = "") -> Any:
        if device is None and not kind:
            return self._devices
        if isinstance(device, str):
            found = [each for each in self._devices if device.lower() in str(each["name"]).lower()]
            if len(found) != 1:
                raise ValueError(f"Multiple input devices found for {device!r}" if found else "No input device")
            return found[0]
        return self._devices[device or 0]

    def RawInputStream(self, **options: Any) -> Stream:  # noqa: N802
        if options["channels"] != self._channels:
            raise self.PortAudioError("Invalid number of channels", -9998)
        self.opened.append(Stream(options))
        return self.opened[-1]


Computer = Callable[[Sounddevice], Sounddevice]


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    """Makes it this computer's; its devices give sound at once."""
    monkeypatch.setattr(Watchdog, "alive", lambda watchdog: True)
    monkeypatch.setattr(Watchdog, "age", lambda watchdog: 0.0)

    def become(sounddevice: Sounddevice) -> Sounddevice:
        monkeypatch.setattr(portaudio, "_fresh_module", lambda: sounddevice)
        return sounddevice

    return become


def test_a_name_that_windows_lists_for_each_of_its_sound_systems_is_the_first_of_them(computer: Computer) -> None:
    """The set-up keeps names; sounddevice refuses one that several devices have."""
    sounddevice = computer(Sounddevice("Webcam", "Headset", "Headset", "Headset"))
    portaudio.find("input", "Headset")
    DeviceMicrophone("Headset").close()
    assert [stream.options["device"] for stream in sounddevice.opened] == [1]


def test_a_part_of_a_name_is_enough_when_one_device_has_it(computer: Computer) -> None:
    sounddevice = computer(Sounddevice("Webcam", "USB Headset"))
    DeviceMicrophone("headset").close()
    assert [stream.options["device"] for stream in sounddevice.opened] == [1]
    with pytest.raises(VoiceProblem, match="choose one of Webcam, USB Headset"):
        DeviceMicrophone("e")


def test_an_array_of_microphones_is_opened_with_all_its_channels(computer: Computer) -> None:
    sounddevice = computer(Sounddevice("Array", channels=4))
    DeviceMicrophone().close()
    assert [stream.options["channels"] for stream in sounddevice.opened] == [4]


def test_a_device_that_two_threads_give_back_is_given_back_once(computer: Computer) -> None:
    """After a loss the ear's thread and the one that opens it anew both do; PortAudio's streams are counted."""
    sounddevice = computer(Sounddevice("Headset"))
    stream = DeviceStream("input", None, 16_000, lambda rate, channels: lambda *block: None, None)
    stream.close()
    stream.closed = False  # as another thread saw it a moment before
    stream.close()
    assert sounddevice.opened[0].aborted == 1


def test_windows_is_told_in_each_thread_that_com_is_used(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Windows:
        class ole32:  # noqa: N801
            @staticmethod
            def CoInitialize(reserved: None) -> None:  # noqa: N802
                told.append(threading.current_thread().name)

    computer(Sounddevice("Headset"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", Windows, raising=False)
    DeviceMicrophone().close()
    assert set(told) == {"sound opener", "sound closer"}
