"""A call is put through with whatever works, and says what does not."""

from collections.abc import Callable

import pytest

from dialogue.persona import load
from ui import strings
from ui.calls import sound, switchboard
from ui.calls.switchboard import Wishes
from ui.commands import doctor
from ui.practice.trainee_line import TraineeLine
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from voice import recognition, synthesis
from voice.devices import microphone, portaudio, speaker
from voice.ports import VoiceProblem


def breaks(*arguments: object) -> None:
    raise ImportError("libsomething.so is missing")


def test_a_damaged_part_of_hearing_makes_it_a_call_by_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_headphones(*arguments: object) -> None:
        raise VoiceProblem("There are no headphones.")

    monkeypatch.setattr(switchboard, "load_recognizer", lambda settings: None)
    monkeypatch.setattr(switchboard, "_add_mouth", no_headphones)
    monkeypatch.setattr(switchboard, "_add_ear", breaks)
    call = switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes())
    assert call.ear is None
    assert call.started.mode == "text"
    assert strings.SO_TYPED.removesuffix(".") in call.status
    assert "libsomething.so" in call.status
    assert "There are no headphones." in call.status
    assert call.silent


def called() -> None:
    switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes())


def drilled() -> None:
    line = TraineeLine(Settings.model_construct())
    assert line.status == "There is no speaker. So you type."


@pytest.mark.parametrize(("puts_through", "then"), [(called, ["microphone streams"]), (drilled, [])])
def test_all_is_loaded_before_anything_streams(
    puts_through: Callable[[], None], then: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading keeps the callbacks of sound devices waiting for longer than their blocks last."""
    order: list[str] = []

    class Engine:
        def __init__(self, name: str) -> None:
            self.name = name

        def warm_up(self) -> None:
            order.append(f"{self.name} loaded")

        def close(self) -> None: ...

    def device(name: str) -> Callable[..., None]:
        def streams(*arguments: object, **named: object) -> None:
            order.append(f"{name} streams")
            raise VoiceProblem(f"There is no {name}.")

        return streams

    monkeypatch.setattr(sound, "_idle", {})
    monkeypatch.setattr(portaudio, "find", lambda direction, device: None)
    monkeypatch.setattr(recognition, "choose", lambda name: Engine("recogniser"))
    monkeypatch.setattr(synthesis, "choose", lambda *given, telephone: Engine("voice"))
    monkeypatch.setattr(speaker, "DeviceSpeaker", device("speaker"))
    monkeypatch.setattr(microphone, "DeviceMicrophone", device("microphone"))
    puts_through()
    assert order == ["recogniser loaded", "voice loaded", "speaker streams", *then]


def test_where_there_is_no_device_nothing_is_loaded_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(direction: str, device: object) -> None:
        raise VoiceProblem(f"There is no {direction}.")

    monkeypatch.setattr(portaudio, "find", none)
    monkeypatch.setattr(recognition, "choose", breaks)
    monkeypatch.setattr(synthesis, "choose", breaks)
    call = switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes())
    assert "There is no input." in call.status
    assert "There is no output." in call.status


def test_what_to_do_about_missing_sound_is_said_once() -> None:
    advice = ": plug in a headset, or take the call by keyboard with --text."
    told = strings.no_sound(f"There is no microphone{advice}", f"There are no headphones{advice}")
    assert told == (
        "There is no microphone: plug in a headset. There are no headphones. "
        "So you type, and the customer's lines are only shown."
    )
    gone = "PortAudio is missing: install it."
    assert strings.no_sound(gone, gone) == f"{gone} So you type, and the customer's lines are only shown."
    assert strings.no_sound("", gone) == f"{gone} So the customer's lines are only shown."
    assert strings.no_sound(gone, "") == f"{gone} So you type."


def test_a_text_model_that_cannot_be_loaded_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard, "_scorers", {})
    monkeypatch.setattr(switchboard, "scorer_of_call", breaks)
    with pytest.raises(Problem, match="text model cannot be loaded"):
        switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes(text=True))


def test_the_doctor_survives_what_it_finds() -> None:
    finding = doctor._try("recogniser", "note", lambda: str(breaks()))
    assert finding.state == "note"
    assert "libsomething.so" in finding.text
