"""Plays a journal on a clock as if it were a call: for looking at a call again, for pictures and for tests."""

import asyncio
from collections.abc import Callable, Sequence

from dialogue.events import (
    Action,
    AudioProblem,
    CallEnded,
    CallStarted,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    SpeechStarted,
    TraineeAction,
    Utterance,
)
from dialogue.persona import Pack
from ui.calls.ports import Meter
from ui.calls.sinks import Sink
from ui.calls.text_mouth import spoken_seconds

TICK_SECONDS = 0.02
SPEAKING_DBFS = -24.0


class Player:
    """The same surface as `ui.calls.driver.Call`; what is said or done is shown, but the journal's course stays.

    Hanging up does end it. The meter shows whether somebody speaks, at a level of the journal's own prosody.
    """

    def __init__(self, pack: Pack, events: Sequence[Event], *, now: Callable[[], float], status: str = "") -> None:
        """`events` start with CallStarted; `now` gives seconds since the call was picked up."""
        first = events[0]
        if not isinstance(first, CallStarted):
            raise ValueError("a journal starts with call_started")
        self.pack = pack
        self.started = first
        self.sinks: list[Sink] = []
        self.status = status
        self.now = now
        self._events = list(events)
        self._typing = self.silent = first.mode == "text"
        self.hung_up = False
        self._you_speak = False
        self._customer_speaks = False
        self._level_dbfs = SPEAKING_DBFS

    def meter(self) -> Meter:
        """Whether anybody speaks just now, and about how loud the trainee is."""
        level = self._level_dbfs if self._you_speak else -120.0
        return Meter(level, self._you_speak, self._customer_speaks, "keyboard" if self._typing else "file")

    def ahead(self) -> Sequence[Event]:
        """Nothing of a journal is taken back."""
        return ()

    def say(self, text: str) -> None:
        now = self.now()
        self._show(Utterance(now, max(0.0, now - spoken_seconds(text)), now, text, "keyboard"))

    def act(self, action: Action) -> None:
        self._show(TraineeAction(self.now(), action))
        self.hung_up = self.hung_up or action == "hang_up"

    async def run(self) -> CallEnded:
        """Show each event at its time; then the end, the journal's own where it has one."""
        ended: CallEnded | None = None
        for event in self._events:
            while self.now() < event.t and not self.hung_up:
                await asyncio.sleep(TICK_SECONDS)
            if self.hung_up:
                break
            self._show(event)
            if isinstance(event, CallEnded):
                ended = event
        if ended is None:
            ended = CallEnded(self.now(), "abandoned", "")
            self._show(ended)
        return ended

    def _show(self, event: Event) -> None:
        match event:
            case SpeechStarted():
                self._you_speak = True
            case Utterance():
                self._you_speak = False
                if event.prosody:
                    self._level_dbfs = event.prosody.loudness_dbfs
            case PlaybackStarted():
                self._customer_speaks = True
            case PlaybackFinished():
                self._customer_speaks = False
            case AudioProblem(kind="lost"):
                self._typing = True
            case _:
                pass
        for sink in self.sinks:
            sink(event)
