"""Sound and whispers of one call end with it, at once, and keep nobody waiting."""

import asyncio
import time
from types import SimpleNamespace

import numpy as np
import pytest

from dialogue.events import Steered
from tests.ui.driven import until
from ui.classroom import earpiece
from ui.classroom.earpiece import Earpiece
from ui.classroom.heard import Heard
from ui.runtime.settings import Settings
from voice import synthesis
from voice.audio import Samples

BLOCK = np.full(320, 0.3, np.float32)


class Call:
    def __init__(self) -> None:
        self.ear: object = object()
        self.ended: object = None
        self.steps: list[str] = []
        self.pack = SimpleNamespace(customer=SimpleNamespace(voice="young_man"))

    def now(self) -> float:
        return 1.0

    def emit(self, event: Steered) -> None:
        self.steps.append(event.step)


def speak(heard: Heard, blocks: int) -> None:
    for _ in range(blocks):
        heard.tap.heard(BLOCK)
        heard.tap.played(BLOCK)


@pytest.mark.parametrize("how", ["no longer asked for", "the trainee's wish", "the end"])
async def test_what_is_under_way_when_it_ends_is_not_sent(how: str) -> None:
    sent: list[bytes] = []
    shown: list[bool] = []
    heard, call = Heard(sent.append, shown.append), Call()
    heard.for_seconds(call, 5.0)  # type: ignore[arg-type]
    speak(heard, 5)
    await asyncio.sleep(0)
    assert len(sent) == 1
    speak(heard, 5)  # its piece waits for the loop
    if how == "no longer asked for":
        heard.for_seconds(call, 0.0)  # type: ignore[arg-type]
    elif how == "the trainee's wish":
        heard.allow(False)
    else:
        heard.end()
    speak(heard, 5)
    await asyncio.sleep(0.02)
    assert len(sent) == 1
    assert shown == [True, False]
    assert call.steps == ["listen", "unlisten"]


async def test_it_ends_by_itself_unless_it_is_asked_for_again() -> None:
    shown: list[bool] = []
    heard, call = Heard(lambda piece: None, shown.append), Call()
    heard.for_seconds(call, 0.05)  # type: ignore[arg-type]
    heard.for_seconds(call, 60.0)  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    assert shown == [True]
    heard.for_seconds(call, 0.05)  # type: ignore[arg-type]
    await until(lambda: shown == [True, False])


class Stalled:
    """Headphones whose stream stands still."""

    rate, problem = 16_000, ""
    opened = 0

    def __init__(self) -> None:
        Stalled.opened += 1

    def play(self, samples: Samples) -> None: ...

    def pending_samples(self) -> int:
        return 100

    def stop(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Earpiece:
    clip = SimpleNamespace(samples=np.zeros(1_600, np.float32), rate=16_000)
    voice = SimpleNamespace(render=lambda text, delivery: clip, close=lambda: None)
    monkeypatch.setattr(synthesis, "choose", lambda *given: voice)
    monkeypatch.setattr(earpiece, "open_speaker", lambda settings: Stalled())
    monkeypatch.setattr(Stalled, "opened", 0)
    return Earpiece(lambda: Settings(headset=True), lambda sentence: None)


async def test_a_whisper_on_a_stream_that_stands_still_keeps_no_other_waiting(
    ear: Earpiece, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earpiece, "LATE_SECONDS", 0.2)
    call = Call()
    await asyncio.wait_for(asyncio.gather(ear.say("One.", call), ear.say("Two.", call)), 20)  # type: ignore[arg-type]
    assert Stalled.opened == 2


async def test_a_whisper_ends_with_its_call(ear: Earpiece, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earpiece, "LATE_SECONDS", 60.0)
    call, began = Call(), time.monotonic()
    both = asyncio.ensure_future(asyncio.gather(ear.say("One.", call), ear.say("Two.", call)))  # type: ignore[arg-type]
    while not Stalled.opened:
        await asyncio.sleep(0.01)
    call.ended = object()
    await both
    assert time.monotonic() - began < 30
    assert Stalled.opened == 1
