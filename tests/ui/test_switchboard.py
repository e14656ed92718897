"""A call is put through with whatever works, and says what does not."""

import pytest

from dialogue.persona import load
from ui import strings, switchboard
from ui.commands import doctor
from ui.problems import Problem
from ui.settings import Settings
from ui.switchboard import Wishes
from voice.ports import VoiceProblem


def breaks(*arguments: object) -> None:
    raise ImportError("libsomething.so is missing")


def test_a_damaged_part_of_hearing_makes_it_a_call_by_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_headphones(*arguments: object) -> None:
        raise VoiceProblem("There are no headphones.")

    monkeypatch.setattr(switchboard, "_add_mouth", no_headphones)
    monkeypatch.setattr(switchboard, "_add_ear", breaks)
    call = switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes())
    assert call.ear is None
    assert call.started.mode == "text"
    assert call.status.startswith("By keyboard: ")
    assert "libsomething.so" in call.status
    assert "There are no headphones." in call.status


def test_what_to_do_about_missing_sound_is_said_once() -> None:
    advice = ": plug in a headset, or take the call by keyboard with --text."
    told = strings.no_sound(f"There is no microphone{advice}", f"There are no headphones{advice}")
    assert told == (
        "By keyboard: There is no microphone: plug in a headset. "
        "The customer's lines are only shown: There are no headphones."
    )
    gone = "PortAudio is missing: install it."
    assert strings.no_sound(gone, gone) == f"By keyboard: {gone} The customer's lines are only shown."
    assert strings.no_sound("", gone) == f"The customer's lines are only shown: {gone}"
    assert strings.no_sound(gone, "") == f"By keyboard: {gone}"


def test_a_text_model_that_cannot_be_loaded_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard, "_scorers", {})
    monkeypatch.setattr(switchboard, "scorer_of_call", breaks)
    with pytest.raises(Problem, match="text model cannot be loaded"):
        switchboard.connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes(text=True))


def test_the_doctor_survives_what_it_finds() -> None:
    finding = doctor._try("recogniser", "note", lambda: str(breaks()))
    assert finding.state == "note"
    assert "libsomething.so" in finding.text
