"""What the tests of the call share: packs, calls in closed form, and sentences of trainees of every kind.

The sentences are plain on purpose, so that what is tested is the session and not the reading of fine print.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dialogue.events import CallStarted, Prosody, Reply
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.replies import Picker
from dialogue.session import Session

CALLS = Path(__file__).parent / "calls"
BASELINE = Prosody(30.0, -26.0, 160.0, 6.0, 4.0, 0.15, -14.0)


def started(pack: Pack, seed: int = 1, mode: str = "voice") -> CallStarted:
    return CallStarted(0.0, pack.id, pack.sha256, seed, mode, "test", baseline=BASELINE)  # type: ignore[arg-type]


def acts_of(picker: Picker) -> list[str]:
    """What the parts of the line in the making do, as the journal writes it."""
    return [str(act) for act in picker.acts]


@pytest.fixture(scope="session")
def flatpack() -> Pack:
    return load("flatpack-bookcase")


@pytest.fixture(scope="session")
def broadband() -> Pack:
    return load("broadband-dropouts")


@pytest.fixture(scope="session")
def ring() -> Callable[..., Line]:
    """ring(pack, seed): a call that has just been picked up."""

    def call(pack: Pack, seed: int = 1, *, mode: str = "voice") -> Line:
        return Line(Session(pack), started(pack, seed, mode))

    return call


@pytest.fixture(scope="session")
def play(ring: Callable[..., Line]) -> Callable[..., Line]:
    """play(pack, texts, seed): the call after these turns, or as far as it went."""

    def call(pack: Pack, texts: Sequence[str], seed: int = 1) -> Line:
        line = ring(pack, seed)
        for text in texts:
            if line.ended:
                break
            line.wait(0.6)
            if not line.ended:
                line.speak(text)
        return line

    return call


@pytest.fixture(scope="session")
def script() -> Callable[[str, str], list[str]]:
    """script(pack id, quality): the texts of an example call."""

    def texts(pack: str, quality: str) -> list[str]:
        data = json.loads((CALLS / pack / f"{quality}.json").read_text())
        return [turn["text"] for turn in data["turns"]]

    return texts


@pytest.fixture(scope="session")
def replies() -> Callable[[Line], list[str]]:
    def texts(line: Line) -> list[str]:
        return [one.text for one in line.said if isinstance(one, Reply)]

    return texts
