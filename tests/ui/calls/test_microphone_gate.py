"""Whether the microphone is open, after every key and with or without a headset."""

import asyncio
from collections.abc import Callable

import pytest

from dialogue.events import Action
from tests.ui.driven import Ear, until
from ui.calls import microphone_gate
from ui.calls.microphone_gate import Gate


@pytest.fixture
def gate() -> Gate:
    gate = Gate()
    gate.ear = Ear()
    return gate


def shut(gate: Gate) -> bool:
    assert isinstance(gate.ear, Ear)
    return gate.ear.muted


@pytest.mark.parametrize(
    ("keys", "closed"),
    [
        (["mute"], True),
        (["mute", "unmute"], False),
        (["mute", "hold", "resume"], True),
        (["hold", "mute", "unmute"], True),
        (["hold", "resume"], False),
        (["hang_up", "unmute"], True),
    ],
)
def test_each_key_opens_only_what_it_closed(gate: Gate, keys: list[Action], closed: bool) -> None:
    for key in keys:
        gate.press(key)
    assert (shut(gate), gate.closed) == (closed, closed)


def test_a_pause_of_the_class_is_no_muting(gate: Gate) -> None:
    gate.pause(True)
    assert (shut(gate), gate.muted) == (True, False)
    gate.pause(False)
    assert not shut(gate)


async def test_without_a_headset_it_is_closed_until_the_room_is_quiet(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microphone_gate, "ECHO_SECONDS", 0.0)
    gate.customer_sounds(True)
    gate.customer_sounds(False)
    gate.customer_sounds(True)  # the next line begins within the echo of the last
    await asyncio.sleep(0.01)
    assert shut(gate)
    assert not gate.closed  # a typed turn is taken
    gate.customer_sounds(False)
    await until(lambda: not shut(gate))


async def test_the_room_is_given_time_to_fall_silent(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the customer's last word would be a turn of the trainee's."""
    set_for: list[tuple[float, Callable[[], None]]] = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "call_later", lambda delay, then: set_for.append((delay, then)))
    gate.customer_sounds(True)
    gate.customer_sounds(False)
    monkeypatch.undo()
    [(delay, then)] = set_for
    assert 0.2 <= delay <= 0.5
    assert shut(gate)
    then()
    assert not shut(gate)
