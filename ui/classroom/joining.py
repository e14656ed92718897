"""Joining a class: consent, seat, calls, leaving; shared by line mode, which is here, and the screens."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dialogue.persona import Pack, PackProblem, available, load
from dialogue.printable import cleaned
from ui import strings
from ui.calls.driver import Call
from ui.calls.journaling import journal_of
from ui.calls.switchboard import Wishes, connect
from ui.classroom import seat
from ui.classroom.code import JoinCode
from ui.classroom.earpiece import Earpiece
from ui.classroom.protocol import MOST_NAME, Start
from ui.classroom.register import Entrance
from ui.classroom.trainee import Classroom
from ui.line_mode import plain_call
from ui.records.archive import keep_notes
from ui.runtime import keyboard
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings, login_name

if TYPE_CHECKING:
    from voice.monitoring.tap import Tap

LEAVE, TRAINER, SOUND = "/leave", "/trainer", "/sound"
YES = {"yes": True, "yes without sound": False}
"""Answer to the question for consent -> whether the trainer may listen, too."""
FLUSH_SECONDS = 5.0
"""How long leaving waits for the last lines to reach the trainer."""


@dataclass(frozen=True, slots=True)
class Where:
    """The class to join, before anything is sent."""

    code: JoinCode | None
    had: tuple[Path, Entrance] | None
    """The folder and entrance of an earlier seat: then one only comes back."""
    name: str

    @property
    def address(self) -> tuple[str, int]:
        known = self.code or (self.had[1] if self.had else None)
        assert known
        return known.host, known.port

    def consent(self) -> Iterator[str]:
        """What is sent and to whom, in paragraphs."""
        host, port = self.address
        return (paragraph.format(host=host, port=port, name=self.name) for paragraph in strings.CONSENT)

    async def take_seat(self) -> tuple[Path, Entrance]:
        """Raises Problem."""
        if self.had:
            return self.had
        assert self.code
        return await seat.take(self.code, self.name)


def where(code: JoinCode | None, name: str) -> Where:
    """The class of the code or, without one, the class joined last. Raises Problem when there is none, and for an
    unusable name."""
    had = seat.kept(code)
    if code is None and had is None:
        raise Problem(strings.CLASS_NONE_JOINED)
    name = cleaned(name) or (had[1].name if had else "") or cleaned(login_name())
    if not 0 < len(name) <= MOST_NAME:
        raise Problem(strings.CLASS_NO_NAME.format(most=MOST_NAME))
    return Where(code, had, name)


def call_for(start: Start, settings: Settings, tap: "Tap", *, text: bool) -> Call:
    """The call that the trainer starts, ready to run; loading takes seconds. `tap`: for listening. Raises Problem."""
    now = settings.model_copy(update={"difficulty": start.difficulty})
    return connect(pack_for(start), now, Wishes(text=text, cues=start.cues, seed=start.seed), tap=tap)


def pack_for(start: Start) -> Pack:
    """The scenario that the trainer starts. Raises Problem, with a sentence that the trainer may read, too: which other
    scenarios are here does not stand in it."""
    if all(entry.id != start.pack for entry in available()):
        raise Problem(strings.CLASS_NO_PACK.format(pack=start.pack))
    try:
        return load(start.pack)
    except PackProblem as problem:
        raise Problem(strings.CLASS_PACK_BROKEN.format(pack=start.pack, problem=problem)) from problem


async def leave(classroom: Classroom) -> None:
    """Send what is left within FLUSH_SECONDS, and leave. Raises Problem when some lines were not sent."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FLUSH_SECONDS):
            while classroom.waiting and not classroom.refused:
                await asyncio.sleep(0.05)
    left = classroom.waiting
    await classroom.close()
    if left and not classroom.refused:
        raise Problem(strings.CLASS_STILL_WAITING.format(lines=left))


async def in_lines(there: Where, settings: Settings, *, text: bool, write: Callable[[str], None]) -> int:
    """Ask, join, wait and take calls until /leave or the end of input. Raises Problem."""
    lines = keyboard.lines()
    sound = await _agreed(there, lines, write)
    if sound is None:
        write(strings.CONSENT_NO)
        return 0
    folder, entrance = await there.take_seat()
    classroom = Classroom(folder, entrance, write)
    classroom.on_ear = Earpiece(lambda: settings, write).say
    classroom.allow_sound(sound)
    starts: asyncio.Queue[Start] = asyncio.Queue()
    classroom.on_start = starts.put_nowait
    classroom.open()
    write(strings.CLASS_WAITING.format(class_name=entrance.class_name, name=entrance.name))
    write(strings.CLASS_WAITING_MORE)
    write(strings.PLAIN_CLASS_HOW)
    leaving = False
    try:
        while not leaving and (start := await _next_start(classroom, starts, lines)) is not None:
            try:
                pack = pack_for(start)
                for line in (strings.CLASS_IN_CALL.format(title=pack.title), *plain_call.desk_lines(pack.desk)):
                    write(line)  # seen before the first word
                call = await asyncio.to_thread(call_for, start, settings, classroom.tap, text=text)
            except Problem as problem:
                write(f"{problem} {strings.CLASS_TRAINER_KNOWS}")
                classroom.not_taken(problem)
                lines = keyboard.lines()  # waiting for a start has ended those from before
                continue
            with journal_of(call, write) as path:
                classroom.attach(call, path)

                def hang_up_and_leave(call: Call = call) -> None:
                    nonlocal leaving
                    leaving = True
                    call.act("hang_up")

                orders = {TRAINER: classroom.ask_for_help, SOUND: classroom.change_sound, LEAVE: hang_up_and_leave}
                keep = partial(keep_notes, path)
                await plain_call.take(call, write, keep=keep, echo_typed=False, orders=orders)
            lines = keyboard.lines()
            classroom.back()
            write(strings.CLASS_WAITING_MORE)
    finally:
        await leave(classroom)
    write(strings.CLASS_SEAT_REFUSED if classroom.refused else strings.CLASS_LEFT)
    return 0


async def _agreed(there: Where, lines: AsyncIterator[str], write: Callable[[str], None]) -> bool | None:
    """Whether the trainee agrees to being listened to; None when they do not join."""
    for paragraph in (strings.CONSENT_TITLE, *there.consent()):
        write(paragraph)
    write(strings.CONSENT_ASK_PLAIN)
    return YES.get((await anext(lines, "")).strip().lower())


async def _next_start(classroom: Classroom, starts: "asyncio.Queue[Start]", lines: AsyncIterator[str]) -> Start | None:
    """The trainer's next start; None when the trainee leaves or has been removed."""

    async def typed() -> None:
        async for line in lines:
            order = line.strip().lower()
            if order == LEAVE:
                return
            if order == TRAINER:
                classroom.ask_for_help()
            elif order == SOUND:
                classroom.change_sound()

    async def shown_out() -> None:
        while not classroom.refused:
            await asyncio.sleep(0.2)

    tasks = [asyncio.ensure_future(each) for each in (starts.get(), typed(), shown_out())]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return tasks[0].result() if tasks[0] in done else None
