"""Calls and the screens around them, from opening the terminal to giving it back; and each call's files."""

import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dialogue.events import Event, Prosody
from dialogue.persona import Pack, PackProblem, available, load
from ui import strings
from ui.again import taken_up
from ui.archive import JournalFile, keep_notes
from ui.baseline import FollowingBaseline
from ui.call import Call
from ui.history import past_calls
from ui.opening import coming_in
from ui.recordings import sound_kept
from ui.retention import call_over
from ui.settings import Settings, remember
from ui.switchboard import Wishes

if TYPE_CHECKING:
    from textual.screen import Screen

    from ui.app import CoolheadApp
    from ui.livecall import LiveCall

Connect = Callable[[str, bool, Settings], Call]
"""(pack id, with coaching?, the settings in force) -> a call ready to run."""


def show(
    settings: Settings,
    connect: Connect | None = None,
    *,
    call: Call | None = None,
    first: "Screen[None] | None" = None,
    wishes: Wishes = Wishes(),  # noqa: B008  (frozen)
    make_app: "Callable[..., CoolheadApp] | None" = None,
) -> int:
    """The lobby, whose calls `connect` puts through; or that one call; or that screen first. 0 when it was left.
    `wishes` hold for calls taken up again, too. `make_app` may make an app of another kind.

    Where the calls are kept is said at the end, when the terminal is the shell's again.
    """
    with coming_in():
        from ui.app import CoolheadApp
        from ui.disk import Disk
        from ui.screen_alone import screen_alone

    journals: dict[int, Path] = {}
    whole: list[Path] = []
    with _told_at_the_end(whole), contextlib.ExitStack() as open_journals:

        def record(of: "LiveCall") -> None:
            assert isinstance(of, Call)
            journals[id(of)] = open_journals.enter_context(journal_of(of, kept=whole.append, baseline_kept=followed))

        def followed(baseline: Prosody) -> None:
            app.settings = app.settings.model_copy(update={"baseline": baseline})

        def make_call(pack: str, with_cues: bool) -> Call:
            assert connect is not None
            return connect(pack, with_cues, app.settings)

        def taken_up_again(events: Sequence[Event], turn: int) -> Call:
            return taken_up(events, turn, app.settings, wishes)

        def demonstration() -> Call:
            from ui import demo

            return demo.connect(demo.read_script("good"), app.settings, real_time=True, aloud=not wishes.text)

        def noted(of: "LiveCall", notes: str) -> None:
            if path := journals.get(id(of)):
                keep_notes(path, notes)

        app = (make_app or CoolheadApp)(
            make_call if connect else None,
            call=call,
            retry=taken_up_again,
            demo=demonstration,
            first=first,
            packs=packs,
            cues=wishes.cues,
            by_text=wishes.text,
            settings=settings,
            disk=Disk(past=past_calls, remember=remember, record=record, keep_notes=noted),
        )
        with screen_alone(), _told_to_stop(lambda: app.call_later(app.exit)):
            app.run()
        if app.failure:
            raise app.failure
    return 0


@contextlib.contextmanager
def _told_at_the_end(whole: Sequence[Path]) -> Iterator[None]:
    """Which calls are kept, once all of each is on disk."""
    from ui.screen_alone import in_browser

    try:
        yield
    finally:
        if not in_browser():  # there the output is the screen's
            for path in sorted(whole):
                print(strings.PLAIN_KEPT.format(path=path))


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
def journal_of(
    call: Call,
    write: Callable[[str], None] = lambda sentence: None,
    *,
    kept: Callable[[Path], None] = lambda path: None,
    baseline_kept: Callable[[Prosody], None] = lambda baseline: None,
) -> Iterator[Path]:
    """Where the call is kept: its journal is the first sink; at the end the rest is written, or it is said where it is.

    `write` is told of trouble with it at once; the dashboard shows the call's status. `kept` is told of the journal
    once all of the call is in it. A baseline that the call began with follows the trainee's calm turns; `baseline_kept`
    is told where it is remembered.
    """

    def tell(trouble: str) -> None:
        call.status = f"{call.status} {trouble}".strip() if trouble else strings.JOURNAL_WRITTEN
        if call.loop:  # before the call, the status is read out anyway
            with contextlib.suppress(OSError):
                write(trouble or strings.JOURNAL_WRITTEN)

    file = JournalFile.new(call.started, on_trouble=tell)
    call.sinks.insert(0, file)
    if call.started.baseline:
        call.sinks.append(FollowingBaseline(call.started.baseline, baseline_kept))
    try:
        with sound_kept(call, file.path, tell):
            yield file.path
    finally:
        try:
            file.close()
            kept(file.path)
        finally:
            call_over()


def packs() -> list[Pack]:
    """All scenarios that can be read, the easy ones first; `coolhead packs check` says what is wrong with others."""
    loaded = []
    for each in available():
        with contextlib.suppress(PackProblem):
            loaded.append(load(each.path))
    return sorted(loaded, key=lambda pack: (pack.level, pack.id))
