"""Set-up line by line: what cannot be seen on the screen of the same questions."""

import sys
import threading

import numpy as np
import pytest

from dialogue.persona import available, load
from dialogue.persona.customer import DIFFICULTIES, Tuning
from dialogue.persona.loading import PACKS
from ui import strings
from ui.commands import setup
from voice.ports import VoiceProblem


class _Late:
    """A keyboard on which Enter is pressed when one is told to."""

    def __init__(self) -> None:
        self._lines = ["\n", "answer\n"]
        self.told = threading.Event()

    def readline(self, most: int = -1) -> str:
        self.told.wait(5.0)
        return self._lines.pop(0)


class _Listener:
    problem = ""

    def record(self) -> None: ...

    def recorded(self) -> object:
        return np.zeros(0, np.float32)


def test_an_answer_after_the_reading_is_not_taken_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard, said = _Late(), list[str]()

    def say(*words: object, **_: object) -> None:
        said.append(str(words[0]))
        if words[0] == strings.PLAIN_SETUP_ENOUGH:
            keyboard.told.set()

    def measured(sound: object) -> None:
        raise VoiceProblem("too little")

    monkeypatch.setattr(sys, "stdin", keyboard)
    monkeypatch.setattr(setup, "print", say, raising=False)
    monkeypatch.setattr(setup, "READING_SECONDS", 0.05)
    monkeypatch.setattr(setup, "measured", measured)
    setup._read(_Listener())  # type: ignore[arg-type]
    assert said[-2:] == [strings.PLAIN_SETUP_ENOUGH, "too little"]
    assert sys.stdin.readline() == "answer\n"


def test_what_a_difficulty_is_said_to_change_is_what_it_changes() -> None:
    assert list(strings.DIFFICULTIES) == list(DIFFICULTIES)
    easy, normal, hard = DIFFICULTIES["easy"], DIFFICULTIES["normal"], DIFFICULTIES["hard"]
    assert normal == Tuning()
    for tuning, words, way in (
        (easy, ("calmer at first", "more forgiving", "more patient"), 1),
        (hard, ("angrier at first", "less forgiving", "less patient"), -1),
    ):
        said = strings.DIFFICULTIES["easy" if way > 0 else "hard"]
        assert all(word in said for word in words)
        for one, other in (
            (normal.start, tuning.start),
            (tuning.soothing, normal.soothing),
            (normal.harming, tuning.harming),
            (tuning.patience, normal.patience),
        ):
            assert way * (one - other) > 0
    for entry in available(PACKS):
        assert load(entry.path).difficulties == DIFFICULTIES, entry.id
