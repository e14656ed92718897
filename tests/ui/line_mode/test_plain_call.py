"""A call in line mode: what is typed is said or obeyed; the desk, look-ups, notes and captions as on the dashboard."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from dialogue.events import Action, CallEnded, CallStarted, Event, TraineeAction
from tests.ui.story import Story, good_call, pack
from ui import strings
from ui.calls.journal_player import Player
from ui.line_mode import plain_call
from ui.line_mode.typed_input import MOST_LETTERS
from ui.practice.breathing import USUAL, Pace, Pattern
from ui.runtime import keyboard


class SlowTyped:
    """A call that is typed, and the lines that a test types into it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, typed: Sequence[str]) -> None:
        self.time, self.pace = 0.0, USUAL
        self.written: list[str] = []
        self.kept: list[str] = []
        self.acts: list[Action] = []
        self.said: list[str] = []
        self._typed = typed
        monkeypatch.setattr(keyboard, "lines", self._lines)

    async def _lines(self) -> AsyncIterator[str]:
        for line in self._typed:
            yield line
            await asyncio.sleep(0.01)

    async def take(self, events: list[Event], **orders: Callable[[], None]) -> CallEnded:
        scripted = self

        class Scripted(Player):
            ended = None

            def say(self, text: str) -> None:
                scripted.said.append(text)

            def act(self, action: Action) -> None:
                scripted.acts.append(action)
                super().act(action)

            async def answered(self) -> None:
                await asyncio.sleep(0)

        call = Scripted(pack(), events, now=lambda: scripted.time)
        own = {f"/{name}": order for name, order in orders.items()}
        return await plain_call.take(  # type: ignore[arg-type]
            call, self.written.append, keep=self.kept.append, echo_typed=True, orders=own, pace=self.pace
        )


def opening() -> list[Event]:
    """A customer who has said a line and waits."""
    return [*Story(mode="text").customer(0.0, "Hello?", 1.0).events, *good_call("text")[-1:]]


async def test_what_is_typed_while_muted_or_on_hold_is_said_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(mode="text").customer(0.0, "Hello?", 1.0)
    story.events += [TraineeAction(1.5, "mute"), *good_call("text")[-1:]]
    call = SlowTyped(monkeypatch, ["", "Good morning."])
    call.time = 2.0
    await call.take(story.events)
    assert call.said == []
    assert strings.NOT_HEARD_MUTED in call.written


class SoundOfBreath:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def step(self, step: str, seconds: float) -> None:
        self.heard.append(step)

    def stop(self) -> None:
        self.heard.append("stopped")


@pytest.mark.parametrize(("before", "acts"), [("", ["mute", "unmute"]), ("mute", []), ("hold", [])])
async def test_after_a_breath_they_hear_who_was_heard_before_it(
    before: Action | str, acts: list[Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = SoundOfBreath()
    story = Story(mode="text").customer(0.0, "Hello?", 1.0)
    story.events += [TraineeAction(1.5, before)] if before else []  # type: ignore[arg-type]
    call = SlowTyped(monkeypatch, ["", "/breathe"])
    call.time, call.pace = 2.0, Pace(Pattern(0.001, 0.001, 0.001), sound=sound)
    await call.take([*story.events, *good_call("text")[-1:]])
    assert call.acts == [*acts, "hang_up"]
    assert sound.heard == ["in", "hold", "out", "stopped"]


async def test_words_are_said_and_commands_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    call = SlowTyped(monkeypatch, ["Good morning.", "/hold", "/resume", "/hodl", "", "/mute"])
    await call.take(opening())
    assert call.said == ["Good morning."]
    assert call.acts == ["hold", "resume", "mute", "hang_up"]  # the end of the input hangs up
    assert strings.COMMAND_NEAREST.format(name="hodl", nearest="hold") in call.written


async def test_a_calls_own_orders_are_obeyed_in_any_letters_like_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    call = SlowTyped(monkeypatch, ["/trainer", " /Trainer ", "/HOLD"])
    await call.take(opening(), trainer=lambda: asked.append(True))
    assert asked == [True, True]
    assert call.acts == ["hold", "hang_up"]
    assert call.said == []


async def test_words_without_end_are_said_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    call = SlowTyped(monkeypatch, ["x" * 300_000, f"/note {'x' * 3_000}"])
    await call.take(opening())
    assert call.said == []
    assert strings.TURN_TOO_LONG.format(letters=300_000, most=MOST_LETTERS) in call.written
    assert call.kept == [f"{'x' * 3_000}\n"]


async def test_notes_are_kept_and_stand_in_the_debrief(monkeypatch: pytest.MonkeyPatch) -> None:
    call = SlowTyped(monkeypatch, ["/note KT-2207", "/note call at 4", "/note"])
    await call.take(opening())
    assert call.kept == ["KT-2207\n", "KT-2207\ncall at 4\n"]
    debrief = call.written[call.written.index(f"{strings.DEBRIEF_OWN_NOTES}:") :]
    assert debrief[1:3] == ["  KT-2207", "  call at 4"]


async def test_the_desk_and_its_look_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    sleep = asyncio.sleep

    async def hurried(seconds: float) -> None:
        waits.append(seconds)
        await sleep(min(seconds, 0.005))

    call = SlowTyped(monkeypatch, ["/desk", "/lookup", "/lookup 9", "/lookup 1", "/help", "/help"])
    monkeypatch.setattr("ui.line_mode.plain_call.asyncio.sleep", hurried)
    await call.take(opening())
    assert "Order: KT-2207, delivered 3 May" in call.written
    listed = "Look up: /lookup 1  Stock of the K7 (8 s)"
    assert call.written.count(listed) == 3
    looks = call.written.index("  [looking up: Stock of the K7, 8 s]")
    assert call.written.index("  [found: Stock of the K7: 41 pieces]") > looks
    assert 8.0 in waits
    assert "  /lookup: look something up: /lookup and its number; it takes its time" in call.written


async def test_captions_can_be_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    call = SlowTyped(monkeypatch, ["/captions", "/captions"])
    events = opening()
    assert isinstance(events[0], CallStarted)
    await call.take(events)
    assert [line for line in call.written if line in strings.PLAIN_CAPTIONS.values()] == [
        strings.PLAIN_CAPTIONS[False],
        strings.PLAIN_CAPTIONS[True],
    ]
