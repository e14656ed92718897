"""The customer, asked why on the command line: in words wherever nothing can speak."""

from pathlib import Path

import pytest

import ui.calls.sound
from ui.commands import why
from ui.runtime.problems import Problem
from voice.ports import VoiceProblem

CALL = Path(__file__).parents[2] / "journals" / "flatpack-bookcase-poor.jsonl"


@pytest.mark.parametrize("fault", [VoiceProblem("There are no headphones."), ImportError("libportaudio.so")])
def test_without_a_voice_it_stands_on_the_screen(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def cannot(*_: object) -> None:
        raise fault

    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr(ui.calls.sound, "open_mouth", cannot)
    assert why.run(journal=CALL, turn=None, text=False, voice=None) == 0
    silent = capfd.readouterr().out
    assert why.run(journal=CALL, turn=None, text=True, voice=None) == 0
    assert capfd.readouterr().out == silent
    assert len(silent.splitlines()) > 3


def test_a_turn_that_there_is_not_is_said() -> None:
    with pytest.raises(Problem, match=r"There is no turn 40 in this call: its turns are 1 to \d"):
        why.run(journal=CALL, turn=40, text=True, voice=None)
