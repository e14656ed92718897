"""Runs the app: connects it with calls, journals and settings, and owns the terminal meanwhile."""

import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dialogue.events import Event, Prosody
from dialogue.persona import Pack, PackProblem, available, load
from ui import strings
from ui.calls.driver import Call
from ui.calls.journaling import journal_of
from ui.calls.switchboard import Wishes
from ui.debrief.progress import gathered
from ui.debrief.retry import taken_up
from ui.records.archive import keep_notes
from ui.records.history import PastCall
from ui.runtime.loading_notice import loading_notice
from ui.runtime.settings import Settings, remember

if TYPE_CHECKING:
    from textual.screen import Screen

    from ui.app import CoolheadApp
    from ui.calls.live_call import LiveCall

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
    """Run the app with the lobby, whose calls `connect` makes; or with that `call`; or with the `first` screen.
    Returns 0 when it was left and raises what ended it otherwise. `wishes` also hold for retried calls. `make_app`
    replaces the app's class.

    The paths of the saved calls are printed at the end, when the terminal belongs to the shell again.
    """
    with loading_notice():
        from ui.app import CoolheadApp
        from ui.runtime.terminal import screen_alone
        from ui.screens.disk import Disk

    journals: dict[int, Path] = {}
    whole: list[Path] = []
    with _paths_printed_at_the_end(whole), contextlib.ExitStack() as open_journals:

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
            from ui.calls import demo

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
            disk=Disk(past=_past_calls, progress=gathered, remember=remember, record=record, keep_notes=noted),
        )
        with screen_alone(), _leaving_on_signals(lambda: app.call_later(app.exit)):
            app.run()
        if app.failure:
            raise app.failure
    return 0


def _past_calls() -> list[PastCall]:
    from ui.records import index  # loaded once the screen says that it opens

    return index.calls()


@contextlib.contextmanager
def _paths_printed_at_the_end(whole: Sequence[Path]) -> Iterator[None]:
    """Print the paths of the calls that were saved, at the end."""
    from ui.runtime.terminal import in_browser

    try:
        yield
    finally:
        if not in_browser():  # there standard output is the screen
            for path in sorted(whole):
                print(strings.PLAIN_KEPT.format(path=path))


@contextlib.contextmanager
def _leaving_on_signals(leave: Callable[[], object]) -> Iterator[None]:
    """On SIGTERM or SIGHUP call `leave`, so that the journal is completed and the terminal restored."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: leave()) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def packs() -> list[Pack]:
    """All scenarios that can be read, the easy ones first; `coolhead packs check` says what is wrong with others."""
    loaded = []
    for each in available():
        with contextlib.suppress(PackProblem):
            loaded.append(load(each.path))
    return sorted(loaded, key=lambda pack: (pack.level, pack.id))
