"""Keys in mid-sentence: they wait for its end, or for so long, in order, each for its own time."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable

from dialogue.events import Action
from ui.calls.deferred_keys import LAST_WORD_SECONDS, DeferredKeys


class Loop:
    """Only timers, and time that the test moves."""

    def __init__(self) -> None:
        self.t = 0.0
        self._due: list[tuple[float, Callable[[], None], TimerHandle]] = []

    def call_later(self, seconds: float, work: Callable[[], None]) -> TimerHandle:
        handle = TimerHandle(self.t + seconds, work, (), self)  # type: ignore[arg-type]
        self._due.append((self.t + seconds, work, handle))
        return handle

    def get_debug(self) -> bool:
        return False

    def _timer_handle_cancelled(self, handle: TimerHandle) -> None: ...

    def until(self, t: float) -> None:
        self.t = t
        for at, work, handle in [each for each in self._due if each[0] <= t]:
            self._due.remove((at, work, handle))
            if not handle.cancelled():
                work()


class Desk:
    def __init__(self) -> None:
        self.loop, self.done = Loop(), list[tuple[Action, float]]()
        self.keys = DeferredKeys(lambda action: self.done.append((action, self.loop.t)))

    def press(self, t: float, action: Action) -> None:
        self.loop.until(t)
        loop: AbstractEventLoop = self.loop  # type: ignore[assignment]
        self.keys.press(action, loop)

    def turn(self, t: float, *, begins: bool) -> None:
        self.loop.until(t)
        self.keys.talks = begins
        if not begins:
            self.keys.release()


def test_an_earlier_key_does_not_cut_short_the_grace_of_the_next() -> None:
    desk = Desk()
    desk.turn(0.0, begins=True)
    desk.press(0.0, "hold")
    desk.turn(1.0, begins=False)
    desk.press(1.5, "resume")
    desk.turn(2.0, begins=True)
    desk.press(2.5, "hang_up")
    desk.loop.until(2.5 + LAST_WORD_SECONDS - 0.1)
    assert desk.done == [("hold", 1.0), ("resume", 1.5)]
    desk.loop.until(2.5 + LAST_WORD_SECONDS)
    assert desk.done[2:] == [("hang_up", 2.5 + LAST_WORD_SECONDS)]


def test_what_is_pressed_behind_a_waiting_key_waits_behind_it_and_no_longer() -> None:
    desk = Desk()
    desk.turn(0.0, begins=True)
    desk.press(0.1, "mute")
    desk.press(0.5, "hold")
    desk.press(1.0, "resume")
    assert desk.done == [("mute", 0.1)]
    desk.loop.until(0.5 + LAST_WORD_SECONDS)
    assert [action for action, _ in desk.done] == ["mute", "hold", "resume"]


def test_where_nobody_talks_or_the_call_is_over_a_key_is_done_at_once() -> None:
    desk = Desk()
    desk.press(0.0, "hold")
    desk.keys.talks = True
    desk.keys.press("hang_up", None)
    assert [action for action, _ in desk.done] == ["hold", "hang_up"]
