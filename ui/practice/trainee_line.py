"""Speaks to a trainee outside a call and takes their answers, spoken or typed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from dialogue.events import AudioProblem, Delivery, PlaybackFinished, Prosody, Reply, Utterance, WorldEvent
from ui import strings
from ui.calls.sound import load_recognizer, open_ear, open_mouth, why_not
from ui.runtime import keyboard
from ui.runtime.settings import Settings
from voice.clock import CallClock

if TYPE_CHECKING:
    from voice.lasting_ear import LastingEar
    from voice.mouth import Mouth

VOICES: Mapping[str, str] = {"customer": "woman", "adviser": "young_man"}
"""The voice of each speaker: any two that can be told apart."""
READ_WORDS_PER_SECOND = 3.5
"""Reading speed for lines that are only shown."""


class TraineeLine:
    """An asynchronous context manager. By keyboard where there is no sound; `status` says why in one sentence."""

    def __init__(
        self,
        settings: Settings,
        *,
        by_text: bool = False,
        speakers: tuple[str, ...] = ("customer",),
        typed: AsyncIterator[str] | None = None,
    ) -> None:
        """`speakers`: keys of `VOICES`. `typed`: lines to take instead of standard input. Loading may take seconds."""
        self.status = ""
        self._settings = settings
        self._clock = CallClock()
        self._heard: asyncio.Queue[WorldEvent | str | None] = asyncio.Queue()
        self._held: list[str | None] = []
        """Typed too early: for whoever asks next."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._mouths: dict[str, Mouth] = {}
        self._ear: LastingEar | None = None
        self._lines = typed
        self._typing: asyncio.Task[None] | None = None
        self._said = 0
        if not by_text:
            self._open(speakers)

    @property
    def spoken(self) -> bool:
        """Whether the trainee can be heard."""
        return self._ear is not None

    @property
    def sounds(self) -> bool:
        """Whether the customer can be heard."""
        return self.heard("customer")

    def heard(self, who: str) -> bool:
        """Whether this speaker can be heard."""
        return who in self._mouths

    def _open(self, speakers: tuple[str, ...]) -> None:
        deaf = why_not("Hearing", lambda: load_recognizer(self._settings))  # nothing may stream while it loads
        mute = why_not("The voice", lambda: self._open_mouths(speakers))
        if why := deaf or mute or why_not("Hearing", self._open_ear):
            self.status = strings.by_keyboard(why)

    def _open_mouths(self, speakers: tuple[str, ...]) -> None:
        for who in speakers:
            mouth, _ = open_mouth(self._settings, VOICES[who], self._clock, self._emit, lambda on: None)
            self._mouths[who] = mouth

    def _open_ear(self) -> None:
        self._ear, _ = open_ear(self._settings, self._clock, self._emit)

    def _emit(self, event: WorldEvent) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed while a thread was still talking
                self._loop.call_soon_threadsafe(self._heard.put_nowait, event)

    async def __aenter__(self) -> "TraineeLine":
        self._loop = asyncio.get_running_loop()
        self._clock.pick_up()
        self._typing = asyncio.create_task(self._type())
        if self._ear:
            self._ear.start()
            self._ear.mute(True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._typing:
            self._typing.cancel()
        await self.close()

    async def close(self) -> None:
        """Close all devices; called instead of `async with` for a line that was never used."""
        if self._ear:
            await asyncio.to_thread(self._ear.stop)
        for mouth in self._mouths.values():
            await asyncio.to_thread(mouth.close)

    async def _type(self) -> None:
        try:
            async for line in self._lines or keyboard.lines():
                self._heard.put_nowait(line)
        finally:
            self._heard.put_nowait(None)

    async def _next(self) -> WorldEvent | str | None:
        return self._held.pop() if self._held else await self._heard.get()

    async def say(self, text: str, anger: float, by: str = "customer", *, read: bool = False) -> bool:
        """Say `text` with that anger (0..100). Returns False when it has sounded, True when a key interrupted it; then
        what was typed is the next answer. Lines that are only shown take no time, unless they must be `read`."""
        mouth = self._mouths.get(by)
        if mouth is None:
            return await self._broken_into(len(text.split()) / READ_WORDS_PER_SECOND) if read else False
        self._said += 1
        mouth.say(Reply(self._clock.now(), self._said, text, Delivery(anger)))
        while True:
            event = await self._next()
            if isinstance(event, PlaybackFinished) and event.reply == self._said:
                return False
            if event is None or isinstance(event, str):
                mouth.stop()
                self._held.append(event)
                return True

    async def _broken_into(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                typed = await self.typed()
                self._held.append(typed)
                return True
        return False

    async def rest(self, seconds: float) -> None:
        """Wait, unless Enter is pressed or the next answer is typed already."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                typed = await self.typed()
                if typed is None or typed.strip():
                    self._held.append(typed)

    async def typed(self) -> str | None:
        """The next typed line, which may be empty; None at the end of input."""
        while True:
            event = await self._next()
            if event is None or isinstance(event, str):
                return event

    async def answer(self, tell: Callable[[str], None]) -> tuple[str, Prosody | None] | None:
        """The trainee's next words and how they sounded; None when they stop. `tell` gets problems with the sound."""
        asked_at = self._clock.now()
        if self._ear:
            self._ear.mute(False)
        try:
            while True:
                event = await self._next()
                if event is None:
                    return None
                if isinstance(event, str) and event.strip():
                    return event.strip(), None
                if isinstance(event, Utterance) and event.text and event.end > asked_at:
                    return event.text, event.prosody  # what was said before answers another question
                if isinstance(event, AudioProblem):
                    tell(event.text)
        finally:
            if self._ear:
                self._ear.mute(True)
