"""`coolhead why [CALL]`: the customer, calm now, says what moved them, aloud where there are headphones."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dialogue.debrief.retry import spoken
from dialogue.debrief.why import Telling, tellings
from dialogue.events import CallStarted, Delivery, PlaybackFinished, Reply, WorldEvent
from dialogue.journal import JournalProblem
from dialogue.persona import Pack, load
from ui import strings
from ui.debrief.wording import change
from ui.line_mode.fitted import fitted
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named
from ui.runtime.log import record_fault
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings
from ui.runtime.terminal import screen_alone

if TYPE_CHECKING:
    from voice.mouth import Mouth

CALM_ANGER = 8.0
"""In which they look back, 0..100."""
LONGEST_LINE_SECONDS = 30.0


def run(*, journal: Path | None, turn: int | None, text: bool, voice: str | None) -> int:
    """Tell of every moment, or of `turn` alone; `text` does not speak."""
    from ui.runtime.log import start_log

    start_log()
    events = read_journal(journal_named(journal))
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    if turn is not None:
        try:
            spoken(events, turn)
        except JournalProblem as problem:
            raise Problem(str(problem)) from None
    told = [each for each in tellings(events) if turn in (None, each.turn)]
    print(strings.WHY_TITLE.format(name=pack.customer.name))
    if not told:
        print(strings.WHY_NOTHING)
    with _voice(pack, voice, silent=text or not told) as say:
        for each in told:
            print(fitted(f"  {_line(each)}"), flush=True)
            say(each.text)
    return 0


def _line(each: Telling) -> str:
    return strings.WHY_LINE.format(time=strings.clock(each.t), change=change(each.delta), text=each.text)


@contextmanager
def _voice(pack: Pack, voice: str | None, *, silent: bool) -> Iterator[Callable[[str], None]]:
    """Says a text in the customer's voice and returns when it has sounded; where nothing can speak, it does nothing."""
    from ui.calls.sound import open_mouth
    from voice.clock import CallClock
    from voice.ports import VoiceProblem

    over = threading.Event()
    clock = CallClock()

    def emit(event: WorldEvent) -> None:
        if isinstance(event, PlaybackFinished):
            over.set()

    if silent:
        yield lambda text: None
        return
    settings = load_settings(voice=voice)
    mouth: Mouth | None
    with screen_alone():
        try:
            mouth, _ = open_mouth(settings, pack.customer.voice, clock, emit, lambda on: None)
        except Exception as fault:  # it stands on the screen
            if not isinstance(fault, VoiceProblem):  # whatever a damaged installation raises
                record_fault(fault)
            mouth = None
        if mouth is None:
            yield lambda text: None
            return
        said = 0

        def say(text: str) -> None:
            nonlocal said
            said += 1
            over.clear()
            mouth.say(Reply(clock.now(), said, text, Delivery(CALM_ANGER)))
            over.wait(LONGEST_LINE_SECONDS)

        try:
            yield say
        finally:
            mouth.close()
