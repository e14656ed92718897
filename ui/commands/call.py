"""`coolhead call`: take a call on the dashboard, or in line mode where there is no terminal to draw on."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator

from dialogue.persona import Pack, available, load
from ui import strings
from ui.archive import JournalFile
from ui.call import Call
from ui.problems import Problem
from ui.screen_alone import screen_alone
from ui.settings import Settings, load_settings, save_settings
from ui.switchboard import Wishes, connect


def run(
    *,
    pack: str | None,
    text: bool,
    plain: bool,
    seed: int | None,
    recognizer: str | None,
    voice: str | None,
    test: bool,
) -> int:
    """0 when the call was taken to an end, whatever the end."""
    from ui.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice)
    wishes = Wishes(text=text, cues=not test, seed=seed)
    if pack:
        return take(lambda: connect(load(pack), settings, wishes), settings, plain=plain)
    if _in_line_mode(plain):
        chosen = _ask()
        return take(lambda: connect(chosen, settings, wishes), settings, plain=plain)
    return _on_the_dashboard(settings, lambda chosen: connect(load(chosen), settings, wishes))


def take(make_call: Callable[[], Call], settings: Settings, *, plain: bool) -> int:
    """One call, put through by `make_call`, on the dashboard or in line mode. 0 when it came to an end."""
    if _in_line_mode(plain):
        return _in_lines(make_call())
    return _on_the_dashboard(settings, call=make_call())


def _in_line_mode(plain: bool) -> bool:
    return plain or not (sys.stdin.isatty() and sys.stdout.isatty())


def _in_lines(ready: Call) -> int:
    from ui import plain_call

    def write(line: str) -> None:
        print(line, flush=True)

    with screen_alone(), _journaled(ready, write) as call:
        asyncio.run(plain_call.take(call, write, echo_typed=not sys.stdin.isatty()))
    return 0


def _on_the_dashboard(
    settings: Settings, connect_to: Callable[[str], Call] | None = None, *, call: Call | None = None
) -> int:
    """The lobby, whose calls `connect_to` puts through; or that one call."""
    from ui.app import CoolheadApp

    with contextlib.ExitStack() as open_journals:

        def journaled(made: Call) -> Call:
            return open_journals.enter_context(_journaled(made))

        app = CoolheadApp(
            (lambda chosen: journaled(connect_to(chosen))) if connect_to else None,
            call=journaled(call) if call else None,
            packs=_packs(),
            theme=settings.theme,
            reduced_motion=settings.reduced_motion,
            on_theme=lambda name: _remember_theme(settings, name),
        )
        with screen_alone(), _told_to_stop(lambda: app.call_later(app.exit)):
            app.run()
        if app.failure:
            raise app.failure
    return 0


@contextlib.contextmanager
def _told_to_stop(leave: Callable[[], object]) -> Iterator[None]:
    """A closed terminal or a polite kill ends the call in an orderly way: journal complete, terminal restored."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: leave()) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextlib.contextmanager
def _journaled(call: Call, write: Callable[[str], None] = lambda sentence: None) -> Iterator[Call]:
    """The call with its journal as the first sink; at the end the rest is written, or it is said where it is.

    `write` is told of trouble with it at once; the dashboard shows the call's status.
    """

    def tell(trouble: str) -> None:
        if trouble:
            call.status = f"{call.status} {trouble}".strip()
            if call.loop:  # before the call, the status is read out anyway
                with contextlib.suppress(OSError):
                    write(trouble)

    file = JournalFile.new(call.started, on_trouble=tell)
    call.sinks.insert(0, file)
    try:
        yield call
    finally:
        file.close()


def _ask() -> Pack:
    """The pack chosen by number or name on standard input; the first when nothing is said."""
    loaded = _packs()
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
    answer = sys.stdin.readline().strip()
    if answer.isdigit() and 1 <= int(answer) <= len(loaded):
        return loaded[int(answer) - 1]
    return load(answer) if answer else loaded[0]


def _packs() -> list[Pack]:
    """All scenarios, the easy ones first."""
    return sorted((load(each.id) for each in available()), key=lambda pack: (pack.level, pack.id))


def _remember_theme(settings: Settings, name: str) -> None:
    with contextlib.suppress(OSError):  # a choice that cannot be kept is not worth a word
        save_settings(settings.model_copy(update={"theme": name}))
