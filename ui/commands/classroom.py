"""`coolhead class …`: open a class, join one, look at it, report on it."""

import asyncio
import sys
from pathlib import Path

from dialogue.printable import cleaned
from ui import strings
from ui.classroom import code as join_code
from ui.classroom.code import JoinCode
from ui.classroom.protocol import MOST_NAME
from ui.classroom.register import Entrance
from ui.line_mode.fitted import fitted
from ui.runtime import keyboard
from ui.runtime.problems import Problem
from ui.runtime.terminal import on_screen, screen_alone


def host(
    *,
    name: str,
    address: str,
    port: int,
    seats: int,
    minutes: float,
    observers: bool,
    broker: str,
    accounts: Path | None,
    authority: Path | None,
) -> int:
    """0 when the class was closed."""
    from ui.classroom.host import Plan, hold
    from ui.runtime.log import start_log

    if (accounts or authority) and not broker:
        raise Problem(strings.CLASS_NEEDS_BROKER)
    start_log()
    plan = Plan(
        _name(name),
        address,
        port,
        seats,
        minutes * 60,
        observers,
        broker=broker,
        accounts=accounts,
        authority=authority,
    )
    asyncio.run(hold(plan, _write))
    return 0


def join(*, code: str | None, name: str, text: bool, plain: bool) -> int:
    """0 when the class was left, or not joined."""
    from ui.classroom import joining, seat
    from ui.runtime.log import start_log
    from ui.runtime.settings import load_settings, login_name

    start_log()
    read = join_code.read(code) if code else None
    if read and read.role != "trainee":
        raise Problem(strings.CLASS_NOT_TRAINEE)
    settings = load_settings()
    name = name or settings.agent_name
    if not name and not seat.kept(read) and sys.stdin.isatty():
        name = _asked(login_name())
    where = joining.where(read, name)
    if plain or not on_screen():
        with screen_alone():
            return asyncio.run(joining.in_lines(where, settings, text=text, write=lambda line: _write(fitted(line))))
    from ui.classroom.trainee_app import show

    return show(where, settings, text=text)


def console(*, code: str | None, name: str, browser: bool, port: int) -> int:
    """0 when the board was left."""
    from ui import dashboard
    from ui.classroom.group import Group
    from ui.classroom.screens.console import ConsoleScreen
    from ui.runtime.settings import load_settings

    read = join_code.read(code) if code else None
    if read and read.role != "observer":
        raise Problem(strings.CLASS_NOT_OBSERVER)
    entrance = _observer(read, _name(name)) if read else _own()
    if browser:
        from ui.commands.browser import serve

        return serve(["class", "console", *([code] if code else [])], port)
    return dashboard.show(load_settings(), first=ConsoleScreen(Group(entrance)))


def report(*, folder: Path | None, output: Path, names: bool) -> int:
    """0 when it was written."""
    from ui.classroom.report import write

    write(folder, output, names=names)
    print(strings.REPORT_WRITTEN.format(path=output))
    return 0


def accounts(*, output: Path, seats: int, observers: int) -> int:
    """0 when they were written."""
    from ui.classroom.doors import write_accounts

    try:
        write_accounts(output, seats, observers)
    except OSError as error:
        raise Problem(f"{output} cannot be written: {(error.strerror or 'unknown reason').lower()}.") from error
    print(strings.CLASS_ACCOUNTS_WRITTEN.format(folder=output))
    return 0


def _own() -> Entrance:
    from ui.classroom.host import ENTRANCE
    from ui.classroom.register import newest

    path = newest(ENTRANCE)
    if path is None:
        raise Problem(strings.CLASS_NONE_OPEN)
    return Entrance.read(path)


def _observer(read: JoinCode, name: str) -> Entrance:
    from ui.classroom import seat

    file = "observer.json"
    had = seat.kept(read, file)
    return had[1] if had else asyncio.run(seat.take(read, name, file))[1]


def _asked(login: str) -> str:
    """Under which name the trainee joins; Enter takes that of their login."""
    print(strings.CLASS_ASK_NAME.format(login=login), end="", flush=True)
    return keyboard.answer() or login


def _name(text: str) -> str:
    name = cleaned(text)
    if not 0 < len(name) <= MOST_NAME:
        raise Problem(strings.CLASS_NO_NAME.format(most=MOST_NAME))
    return name


def _write(line: str) -> None:
    print(line, flush=True)
