"""A call in line mode: events are written as lines, typed lines are turns or commands. No Textual."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

from dialogue.events import Action, CallEnded, Event
from ui import keyboard, strings
from ui.breath import DEFAULT
from ui.call import Call
from ui.plain import PlainSink, debrief_lines

ACTIONS: dict[str, Action] = {
    "/mute": "mute",
    "/unmute": "unmute",
    "/hold": "hold",
    "/resume": "resume",
    "/hangup": "hang_up",
}


async def take(call: Call, write: Callable[[str], None], *, echo_typed: bool) -> CallEnded:
    """Run the call; standard input is the keyboard. End of input hangs up. The debrief follows."""
    events: list[Event] = []
    call.sinks += [events.append, PlainSink(call.pack, write, echo_typed=echo_typed)]
    if call.status:
        write(call.status)
    write(strings.PLAIN_HOW)
    running = asyncio.create_task(call.run())
    typing = asyncio.create_task(_type(call, write))
    try:
        with _hang_up_when_told(call, running):
            ended = await running
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        typing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await typing
    write("")
    for line in debrief_lines(events, call.pack):
        write(line)
    return ended


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


async def _type(call: Call, write: Callable[[str], None]) -> None:
    async for line in keyboard.lines():
        word = line.strip().lower()
        if word in ACTIONS:
            call.act(ACTIONS[word])
        elif word == "/desk":
            for row in desk_lines(call):
                write(row)
        elif word == "/breathe":
            await _breathe(call, write)
        elif word.startswith("/"):
            write(strings.PLAIN_HOW)
        elif word:
            call.say(line)
            await call.answered()
    call.act("hang_up")


def desk_lines(call: Call) -> list[str]:
    """What the trainee has on their desk, as lines."""
    desk = call.pack.desk
    lines = [strings.DESK_AT.format(company=desk.company, role=desk.role)]
    lines += [f"{name}: {value}" for name, value in desk.account.items()]
    lines += [f"{strings.DESK_POLICY}: {each}" for each in desk.policy]
    lines += [f"{strings.DESK_AUTHORITY}: {each}" for each in desk.authority]
    return lines


async def _breathe(call: Call, write: Callable[[str], None]) -> None:
    """One breath, muted, to the count of the pacer."""
    call.act("mute")
    for word, seconds in (
        (strings.BREATHE_IN, DEFAULT.inhale),
        (strings.BREATHE_HOLD, DEFAULT.hold),
        (strings.BREATHE_OUT, DEFAULT.exhale),
    ):
        write(f"{word} {seconds:g}")
        await asyncio.sleep(seconds)
    call.act("unmute")
