"""A drill from end to end: the customer's line sounds, the trainee answers, the verdict follows."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from dialogue import tone
from dialogue.content import Context, judge
from dialogue.drills import Drill, Round, Verdict, judged
from dialogue.events import AudioProblem, Delivery, PlaybackFinished, Prosody, Reply, Scores, Utterance, WorldEvent
from ui import keyboard, strings
from ui.settings import Settings
from ui.sound import damaged, open_ear, open_mouth
from voice.clock import CallClock
from voice.ports import VoiceProblem

if TYPE_CHECKING:
    from voice.headset import LastingEar
    from voice.mouth import Mouth

VOICE = "woman"
"""Whose voice speaks a drill's lines: any will do."""
MOST_TRIES = 3
"""Then one way of saying it is shown, and the next round comes: a drill is short."""

Write = Callable[[str], None]


class TextModel(Protocol):
    """`dialogue.content.encoder.Scorer`."""

    def score(self, text: str) -> Scores: ...


@dataclass(frozen=True, slots=True)
class Tally:
    rounds: int = 0
    passed: int = 0
    at_once: int = 0
    """Passed at the first try."""


class Line:
    """The line to the trainee: says the customer's words and brings the answer. An asynchronous context.

    By keyboard where there is no sound, or none is wished for; `status` says why in one sentence.
    """

    def __init__(self, settings: Settings, *, by_text: bool = False) -> None:
        self.status = ""
        self._settings = settings
        self._clock = CallClock()
        self._heard: asyncio.Queue[WorldEvent | str | None] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._mouth: Mouth | None = None
        self._ear: LastingEar | None = None
        self._typing: asyncio.Task[None] | None = None
        self._said = 0
        if not by_text:
            self._open()

    @property
    def spoken(self) -> bool:
        """Whether the trainee can be heard."""
        return self._ear is not None

    def _open(self) -> None:
        try:
            self._mouth, _ = open_mouth(self._settings, VOICE, self._clock, self._emit, lambda on: None)
            self._ear, _ = open_ear(self._settings, self._clock, self._emit)
        except VoiceProblem as problem:
            self.status = f"By keyboard: {problem}"
        except Exception as fault:  # whatever a damaged installation raises
            self.status = f"By keyboard: {damaged('The sound', fault)}"

    def _emit(self, event: WorldEvent) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed while a thread was still talking
                self._loop.call_soon_threadsafe(self._heard.put_nowait, event)

    async def __aenter__(self) -> "Line":
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
        if self._ear:
            await asyncio.to_thread(self._ear.stop)
        if self._mouth:
            await asyncio.to_thread(self._mouth.close)

    async def _type(self) -> None:
        try:
            async for line in keyboard.lines():
                self._heard.put_nowait(line)
        finally:
            self._heard.put_nowait(None)

    async def say(self, text: str, anger: float) -> None:
        """The customer says `text` with that anger (0..100); returns when it has sounded. Shown lines are not waited
        for."""
        if self._mouth is None:
            return
        self._said += 1
        self._mouth.say(Reply(self._clock.now(), self._said, text, Delivery(anger)))
        while True:
            event = await self._heard.get()
            if isinstance(event, PlaybackFinished) and event.reply == self._said:
                return
            if event is None or isinstance(event, str):  # typed while it sounds: an answer, and enough was heard
                self._mouth.stop()
                self._heard.put_nowait(event)
                return

    async def answer(self, tell: Write) -> tuple[str, Prosody | None] | None:
        """The trainee's next words, and how they sounded; None when they have had enough. `tell`: where trouble with
        the sound is said."""
        if self._ear:
            self._ear.mute(False)
        try:
            while True:
                event = await self._heard.get()
                if event is None:
                    return None
                if isinstance(event, str) and event.strip():
                    return event.strip(), None
                if isinstance(event, Utterance) and event.text:
                    return event.text, event.prosody
                if isinstance(event, AudioProblem):
                    tell(event.text)
        finally:
            if self._ear:
                self._ear.mute(True)


async def practise(drill: Drill, line: Line, model: TextModel, write: Write, baseline: Prosody | None) -> Tally:
    """Every round, each with up to `MOST_TRIES` answers. Without a `baseline` the first answer that was heard is it."""
    done = Tally()
    for number, task in enumerate(drill.rounds, 1):
        write(strings.DRILL_CUSTOMER.format(number=number, count=len(drill.rounds), line=task.customer))
        write(strings.DRILL_TASK.format(task=task.task))
        await line.say(task.customer, task.anger)
        passed_at = 0
        for attempt in range(1, MOST_TRIES + 1):
            answer = await line.answer(write)
            if answer is None:
                write(strings.DRILL_STOPPED.format(count=done.rounds, all=len(drill.rounds)))
                return done
            text, prosody = answer
            if line.spoken and prosody:
                write(strings.DRILL_YOU.format(text=text))
            baseline = baseline or prosody
            verdict = _verdict(text, prosody, baseline, model, task)
            for row in verdict_lines(verdict):
                write(row)
            if verdict.passed:
                passed_at = attempt
                break
            if attempt < MOST_TRIES:
                write(strings.DRILL_AGAIN)
        if passed_at != 1:
            write(strings.DRILL_ONE_WAY.format(say=task.say))
        done = Tally(done.rounds + 1, done.passed + (passed_at > 0), done.at_once + (passed_at == 1))
    write(strings.DRILL_DONE.format(passed=done.passed, count=done.rounds, first=done.at_once))
    return done


def _verdict(text: str, prosody: Prosody | None, baseline: Prosody | None, model: TextModel, task: Round) -> Verdict:
    behaviours = judge(text, model.score(text), Context(heard=task.customer))
    return judged(text, behaviours, tone.read(prosody, baseline), task)


def verdict_lines(verdict: Verdict) -> list[str]:
    """The verdict in words: what was there, what is missing, what spoiled it."""
    lines = [strings.DRILL_FOUND.format(wanted=wanted, words=words) for wanted, words in verdict.found]
    lines += [strings.DRILL_MISSING.format(wanted=wanted) for wanted in verdict.missing]
    lines += [
        strings.DRILL_SPOILED.format(cause=strings.cause(each.id), words=each.evidence) for each in verdict.spoiled
    ]
    if verdict.words_too_many:
        lines.append(strings.DRILL_LONG.format(words=verdict.words_too_many))
    if verdict.voice:
        lines.append(strings.DRILL_VOICE.format(measures=strings.LIST_JOIN.join(verdict.voice)))
    return lines
