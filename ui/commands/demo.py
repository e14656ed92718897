"""`coolhead demo`: a whole spoken call with no device, on the dashboard or as text."""

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from dialogue import journal
from dialogue.events import Event
from ui import strings
from ui.calls.driver import Call
from ui.records.archive import JournalFile
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings, load_settings


def run(
    *,
    bad: bool,
    plain: bool,
    json_lines: bool,
    fast: bool,
    record: Path | None,
    recognizer: str | None,
    voice: str | None,
) -> int:
    """0 when the call went to its end. Without a terminal it runs as fast as it can; in one, in real time. `record`: a
    file for its journal, with the sound beside it."""
    from ui.calls import demo
    from ui.runtime.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice)
    on_terminal = sys.stdout.isatty()
    lines = plain or json_lines or not on_terminal
    real_time = on_terminal and not fast and not json_lines
    script = demo.read_script("bad" if bad else "good")
    if record and (record.suffix != ".jsonl" or record.exists() or not record.parent.is_dir()):
        raise Problem(f"{record} cannot take the demo: name a new file in a folder that there is, such as demo.jsonl.")
    call = demo.connect(script, settings, real_time=real_time, aloud=on_terminal)
    with _kept(call, record) if record else contextlib.nullcontext():
        if lines:
            _in_lines(call, json_lines)
        else:
            _on_the_dashboard(call, settings)
    if record and not json_lines:
        print(strings.PLAIN_KEPT.format(path=record))
    return 0


@contextlib.contextmanager
def _kept(call: Call, journal: Path) -> Iterator[None]:
    """In a file of its own: a demo is none of the trainee's calls."""
    from ui.calls.recordings import record, sound_kept

    record(call)
    file = JournalFile(journal)
    call.sinks.insert(0, file)
    try:
        with sound_kept(call, journal, lambda sentence: print(sentence, file=sys.stderr)):
            yield
    finally:
        file.close()


def _in_lines(call: Call, json_lines: bool) -> None:
    from ui.line_mode.fitted import fitted
    from ui.line_mode.plain import PlainSink, debrief_lines

    events: list[Event] = []
    call.sinks.append(events.append)
    if json_lines:
        call.sinks.append(lambda event: print(journal.encode(event), flush=True))
    else:
        call.sinks.append(PlainSink(call.pack, lambda line: print(fitted(line), flush=True)))
    asyncio.run(call.run())
    if not json_lines:
        print()
        for line in debrief_lines(events, call.pack, with_transcript=False):
            print(fitted(line))


def _on_the_dashboard(call: Call, settings: Settings) -> None:
    from ui.app import CoolheadApp
    from ui.runtime.terminal import screen_alone

    app = CoolheadApp(call=call, settings=settings)
    with screen_alone():
        app.run()
    if app.failure:
        raise app.failure
