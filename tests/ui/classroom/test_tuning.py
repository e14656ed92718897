"""Whom the trainer listens to: the same key again ends it, and two quick presses leave nobody behind."""

import asyncio
from types import SimpleNamespace

import pytest

from ui.classroom.screens import steering
from ui.classroom.screens.steering import Steering


class Heard:
    """A listener that only knows whether it is over."""

    made: list["Heard"]

    def __init__(self, group: object, person: object, speaker: object) -> None:
        self.person, self.over = person, False
        Heard.made.append(self)

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.over = True


class Keys(Steering):
    def __init__(self) -> None:
        self.group = SimpleNamespace(listening=None, tuning=asyncio.Lock())  # type: ignore[assignment]
        self.app = SimpleNamespace(notify=lambda *given, **more: None)  # type: ignore[assignment]
        self.somebody = SimpleNamespace(state=SimpleNamespace(name="Anna", sound=True))

    def _in_call(self) -> SimpleNamespace:  # type: ignore[override]
        return self.somebody

    async def press(self) -> None:
        await Steering.action_listen.__wrapped__(self)  # type: ignore[attr-defined]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    Heard.made = []
    monkeypatch.setattr(steering, "Listening", Heard)
    monkeypatch.setattr(steering, "open_speaker", lambda settings: object())
    return Keys()


async def test_the_key_begins_and_ends_it(keys: Keys) -> None:
    await keys.press()
    assert keys.group.listening is Heard.made[0]  # type: ignore[comparison-overlap]
    await keys.press()
    assert keys.group.listening is None
    assert [one.over for one in Heard.made] == [True]


async def test_two_quick_presses_leave_no_listener_behind(keys: Keys) -> None:
    await asyncio.gather(keys.press(), keys.press())
    assert keys.group.listening is None
    assert [one.over for one in Heard.made] == [True]
