"""`coolhead demo`: a whole spoken call with no device, on the dashboard or as text."""

import asyncio
import sys

from dialogue import journal
from dialogue.events import Event
from ui.call import Call
from ui.settings import Settings, load_settings


def run(*, bad: bool, plain: bool, json_lines: bool, fast: bool, recognizer: str | None, voice: str | None) -> int:
    """0 when the call went to its end. Without a terminal it runs as fast as it can; in one, in real time."""
    from ui import demo
    from ui.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice)
    on_terminal = sys.stdout.isatty()
    lines = plain or json_lines or not on_terminal
    real_time = on_terminal and not fast and not json_lines
    script = demo.read_script("bad" if bad else "good")
    call = demo.connect(script, settings, real_time=real_time, aloud=on_terminal)
    if lines:
        _in_lines(call, json_lines)
    else:
        _on_the_dashboard(call, settings)
    return 0


def _in_lines(call: Call, json_lines: bool) -> None:
    from ui.plain import PlainSink, debrief_lines

    events: list[Event] = []
    call.sinks.append(events.append)
    if json_lines:
        call.sinks.append(lambda event: print(journal.encode(event), flush=True))
    else:
        call.sinks.append(PlainSink(call.pack, lambda line: print(line, flush=True)))
    asyncio.run(call.run())
    if not json_lines:
        print()
        for line in debrief_lines(events, call.pack):
            print(line)


def _on_the_dashboard(call: Call, settings: Settings) -> None:
    from ui.app import CoolheadApp
    from ui.screen_alone import screen_alone

    app = CoolheadApp(call=call, settings=settings)
    with screen_alone():
        app.run()
    if app.failure:
        raise app.failure
