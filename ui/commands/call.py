"""`coolhead call`: take a call on the dashboard, or in line mode where there is no terminal to draw on."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from dialogue.persona import Pack, load
from ui import dashboard, strings
from ui.calls.driver import Call
from ui.calls.journaling import journal_of
from ui.calls.switchboard import Wishes, connect
from ui.dashboard import packs
from ui.line_mode.fitted import fitted
from ui.line_mode.typed_input import choice
from ui.practice.breathing import Pace
from ui.practice.pacer_choice import pace
from ui.records.archive import keep_notes
from ui.runtime import keyboard
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings, load_settings
from ui.runtime.terminal import on_screen, screen_alone


def run(
    *,
    pack: str | None,
    text: bool,
    plain: bool,
    seed: int | None,
    recognizer: str | None,
    voice: str | None,
    telephone: bool | None,
    test: bool,
    record: bool,
) -> int:
    """0 when the call was taken to an end, whatever the end."""
    from ui.runtime.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice, telephone=telephone)
    if record and text:
        raise Problem("A call by keyboard has no sound to record: leave out --text or --record.")
    if recognizer:
        from voice.recognition import choose

        choose(recognizer)  # an unknown one is refused, with a microphone or without
    wishes = Wishes(text=text, cues=not test, seed=seed, record=record)
    if pack:
        _opt_in(load(pack))
        return take(lambda: connect(load(pack), settings, wishes), settings, wishes, plain=plain)
    if _in_line_mode(plain):
        chosen = _ask()
        _opt_in(chosen)
        return take(lambda: connect(chosen, settings, wishes), settings, wishes, plain=plain)

    def put_through(chosen: str, cues: bool, now: Settings) -> Call:
        return connect(load(chosen), now, replace(wishes, cues=cues))

    return dashboard.show(settings, put_through, wishes=wishes)


def take(make_call: Callable[[], Call], settings: Settings, wishes: Wishes, *, plain: bool) -> int:
    """One call, put through by `make_call`, on the dashboard or in line mode. 0 when it came to an end. `wishes` hold
    for what is taken up again from its debrief."""
    if _in_line_mode(plain):
        return _in_lines(make_call(), pace(settings))
    return dashboard.show(settings, call=make_call(), wishes=wishes)


def _in_line_mode(plain: bool) -> bool:
    return plain or not on_screen()


def _in_lines(ready: Call, breathing: Pace) -> int:
    from ui.line_mode import plain_call

    def write(line: str) -> None:
        print(fitted(line), flush=True)

    def kept(path: Path) -> None:
        write(strings.PLAIN_KEPT.format(path=path))

    with screen_alone(), journal_of(ready, write, kept=kept) as path:
        asyncio.run(
            plain_call.take(
                ready, write, keep=partial(keep_notes, path), echo_typed=not sys.stdin.isatty(), pace=breathing
            )
        )
    return 0


def _opt_in(pack: Pack) -> None:
    """A caller who swears is put through only to somebody who says that they want it; who is not at a terminal has
    said so by naming the pack. Raises Problem."""
    if not pack.conduct.vulgar or not sys.stdin.isatty():
        return
    print(strings.OPT_IN.format(name=pack.customer.name), strings.OPT_IN_TYPED, flush=True)
    if keyboard.answer().lower() not in strings.YES:
        raise Problem(strings.OPTED_OUT)


def _ask() -> Pack:
    """The pack chosen by number or name on standard input; the first when nothing is said."""
    loaded = packs()
    if not loaded:
        raise Problem("No scenario pack was found: install Coolhead again.")
    if not sys.stdin.isatty():
        return loaded[0]
    for number, each in enumerate(loaded, 1):
        print(
            strings.PLAIN_CHOICE.format(
                number=number, id=each.id, title=each.title, name=each.customer.name, level=each.level
            )
        )
    print(strings.PLAIN_CHOOSE, flush=True)
    answer = keyboard.answer()
    if chosen := choice(answer, len(loaded)):
        return loaded[chosen - 1]
    return load(answer) if answer else loaded[0]
