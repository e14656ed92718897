"""A call in line mode: events are written as lines, typed lines are turns or commands. No Textual."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping

from dialogue.events import Action, CallEnded, Event
from dialogue.persona.story import Desk, LookUp
from ui import strings
from ui.calls.call_view import CallView
from ui.calls.driver import Call
from ui.calls.microphone_watch import MicrophoneWatch
from ui.line_mode import typed_input
from ui.line_mode.plain import PlainSink, debrief_lines
from ui.practice.breathing import USUAL, Pace
from ui.runtime import keyboard

POLL_SECONDS = 1 / 15
"""As often as the screen looks at the level."""
ACTIONS: dict[str, Action] = {
    "mute": "mute",
    "unmute": "unmute",
    "hold": "hold",
    "resume": "resume",
    "hangup": "hang_up",
}


async def take(
    call: Call,
    write: Callable[[str], None],
    *,
    keep: Callable[[str], None] = lambda notes: None,
    echo_typed: bool,
    orders: Mapping[str, Callable[[], None]] | None = None,
    pace: Pace = USUAL,
) -> CallEnded:
    """Run the call; standard input is the keyboard. End of input hangs up. The debrief follows.

    `keep` is told the trainee's notes, whole, whenever there is a new one. `orders`: commands of this call alone.
    `pace` is that of /breathe.
    """
    events: list[Event] = []
    sink = PlainSink(call.pack, write, echo_typed=echo_typed)
    typist = Typist(call, sink, write, keep, orders or {})
    typist.pace = pace
    call.sinks += [events.append, sink]
    if call.status:
        write(call.status)
    write(strings.PLAIN_HOW)
    running = asyncio.create_task(call.run())
    typing = asyncio.create_task(typist.listen())
    watching = asyncio.create_task(_watch(call, sink, write))
    try:
        with _hang_up_when_told(call, running):
            ended = await running
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for task in (typing, watching):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
    write("")
    for line in debrief_lines(events, call.pack, typist.notes, with_transcript=False, named=""):
        write(line)
    return ended


async def _watch(call: Call, sink: PlainSink, write: Callable[[str], None]) -> None:
    """Says what to do about the microphone, when there is something new to say."""
    microphone, told = MicrophoneWatch(), ""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        before, told = told, microphone.look(call.meter(), sink.view, call.now())
        if told and told != before:
            write(strings.PLAIN_PROBLEM.format(text=told))


@contextlib.contextmanager
def _hang_up_when_told(call: Call, running: "asyncio.Task[CallEnded]") -> Iterator[None]:
    """Ctrl+C, a closed terminal and a polite kill hang up, as /hangup does; told again, they break the call off."""
    loop = asyncio.get_running_loop()
    told = False

    def tell() -> None:
        nonlocal told
        if told:
            running.cancel()
        else:
            call.act("hang_up")
        told = True

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [signal.getsignal(number) for number in numbers]
    try:
        for number in numbers:
            with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
                loop.add_signal_handler(number, tell)
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if loop.remove_signal_handler(number):
                    signal.signal(number, handler)


class Typist:
    """Does what is typed: turns are said, commands obeyed; what is mistyped is said to nobody."""

    def __init__(
        self,
        call: Call,
        sink: PlainSink,
        write: Callable[[str], None],
        keep: Callable[[str], None],
        orders: Mapping[str, Callable[[], None]],
    ) -> None:
        self.notes = ""
        self.pace = USUAL
        self._orders = orders
        self._call, self._sink, self._write, self._keep = call, sink, write, keep
        self._looking: set[asyncio.Task[None]] = set()

    async def listen(self) -> None:
        """Until the end of input, which hangs up."""
        async for line in keyboard.lines():
            if order := self._orders.get(line.strip().lower()):
                order()
                continue
            match typed_input.read(line):
                case typed_input.Words() if self._sink.view.not_heard:
                    self._write(self._sink.view.not_heard)
                case typed_input.Words(text=text):
                    self._call.say(text)
                    await self._call.answered()
                case typed_input.Refused(sentence=sentence):
                    self._write(sentence)
                case typed_input.Order(name=name, rest=rest):
                    await self._obey(name, rest)
        self._call.act("hang_up")

    async def _obey(self, name: str, rest: str) -> None:
        match name:
            case "desk":
                for row in desk_lines(self._call.pack.desk):
                    self._write(row)
            case "lookup":
                self._look_up(rest)
            case "note":
                self._note(rest)
            case "breathe":
                await _breathe(self._call, self._sink.view, self._write, self.pace)
            case "captions":
                self._sink.captions = not self._sink.captions
                self._write(strings.PLAIN_CAPTIONS[self._sink.captions])
            case "help":
                for command, does in strings.COMMANDS.items():
                    self._write(strings.PLAIN_COMMAND.format(name=command, does=does))
            case _:
                self._call.act(ACTIONS[name])

    def _note(self, text: str) -> None:
        if not text:
            self._write(self.notes.rstrip() or strings.PLAIN_NO_NOTES)
            return
        self.notes += f"{text}\n"
        try:
            self._keep(self.notes)
        except OSError as problem:
            self._write(strings.NOTES_NOT_KEPT.format(reason=problem.strerror))
        else:
            self._write(strings.PLAIN_NOTED)

    def _look_up(self, typed_number: str) -> None:
        lookups = self._call.pack.desk.lookups
        number = typed_input.choice(typed_number, len(lookups))
        if number is None:
            for row in lookup_lines(self._call.pack.desk):
                self._write(row)
            return
        task = asyncio.create_task(self._look(lookups[number - 1]))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self, lookup: LookUp) -> None:
        """Takes its seconds, as in life; meanwhile the call goes on."""
        self._write(strings.PLAIN_LOOKS_UP.format(title=lookup.title, seconds=lookup.seconds))
        await asyncio.sleep(lookup.seconds)
        if not self._call.ended:
            self._write(strings.PLAIN_FOUND.format(title=lookup.title, result=lookup.result))


def desk_lines(desk: Desk) -> list[str]:
    """What the trainee has on their desk, as lines."""
    lines = [strings.DESK_AT.format(company=desk.company, role=desk.role)]
    lines += [f"{name}: {value}" for name, value in desk.account.items()]
    lines += [f"{strings.DESK_POLICY}: {each}" for each in desk.policy]
    lines += [f"{strings.DESK_AUTHORITY}: {each}" for each in desk.authority]
    return lines + lookup_lines(desk)


def lookup_lines(desk: Desk) -> list[str]:
    """What can be looked up, with the number to type; what there is to say when there is nothing."""
    numbered = [
        strings.PLAIN_LOOKUP.format(
            number=number, lookup=strings.LOOKUP_TAKES.format(title=lookup.title, seconds=lookup.seconds)
        )
        for number, lookup in enumerate(desk.lookups, 1)
    ]
    return numbered or [strings.PLAIN_NO_LOOKUPS]


async def _breathe(call: Call, view: CallView, write: Callable[[str], None], pace: Pace) -> None:
    """One breath, muted, to the count of the pacer; whoever was not heard before is not heard afterwards either."""
    heard = not view.not_heard
    if heard:
        call.act("mute")
    try:
        for step, seconds in pace.pattern.steps:
            write(f"{strings.BREATH_WORDS[step]} {seconds:g}")
            pace.sound.step(step, seconds)
            await asyncio.sleep(seconds)
    finally:  # the call may end meanwhile
        pace.sound.stop()
    if heard:
        call.act("unmute")
