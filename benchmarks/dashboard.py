"""What the screens cost, how soon a key is seen, whether they hold up the audio thread, whether the pacer keeps time.

    python -m benchmarks.dashboard [JOURNAL] [--seconds 60] [--breathe-minutes 10] [--only NAME ...]

Every part runs the real app in a process of its own, in a pseudo-terminal of 120x40 whose output is read here, so that
what is measured is what a terminal would get. JOURNAL is a call to show (default: the strong bookcase call of the
tests), played in real time while the level meter jumps at every poll, as a real voice does.
"""

import argparse
import asyncio
import json
import math
import os
import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.terminal import ROOT, shown

JOURNAL = ROOT / "tests" / "journals" / "flatpack-bookcase-good.jsonl"
EVENTS_PER_SECOND = 31
"""As many as MEASURED's first look at Textual used; a real ear emits about three partials a second."""
STALL_SECONDS = 0.15
STALL_EVERY_SECONDS = 1.0
KEYS = (
    ("m", "MUTED", "m"),
    ("h", "ON HOLD", "h"),
    ("d", "Account", "d"),
    ("n", "Your notes", "\x1b"),
    ("b", "Breathe in", "b"),
    ("?", "Keys", "\x1b"),
)
"""Key, what it brings onto the screen, and the key that takes it away again."""
CALL_CPU, PACER_CPU, KEY_MS, HELD_MS, PHASE_MS = 15.0, 7.0, 100.0, 1.0, 34.0
"""Goals: % of one core, ms."""


# --- in the process that is measured ----------------------------------------------------------------------------------


def show_call(journal: Path, tell: Callable[[object], None], *, breathe: bool = False, probe: str = "") -> None:
    """The dashboard on a call that plays for ever; `probe` is "sleep" or "busy": how the UI's loop is stalled."""
    from dialogue.events import CallEnded, CallStarted
    from dialogue.persona import load
    from ui.app import CoolheadApp
    from ui.calls.journal_player import Player
    from ui.calls.ports import Meter
    from ui.records.archive import read_journal

    events = [event for event in read_journal(journal) if event.t <= 3600]
    first = events[0]
    assert isinstance(first, CallStarted)
    began = time.monotonic()

    class Lively(Player):
        """A voice on the meter, for it is what moves most."""

        def meter(self) -> Meter:
            level = -30.0 + 20.0 * math.sin(7.0 * time.monotonic())
            return Meter(level, True, self._customer_speaks, "microphone")

        async def run(self) -> CallEnded:
            if probe:
                asyncio.get_running_loop().create_task(stall(busy=probe == "busy"))
                threading.Thread(target=hear, args=(asyncio.get_running_loop(), tell), daemon=True).start()
            return await super().run()

    player = Lively(load(first.pack), events[:-1], now=lambda: time.monotonic() - began)
    app = CoolheadApp(call=player)
    if breathe:
        app.call_later(app.set_timer, 1.0, lambda: app.screen.run_action("breathe"))
    app.run()


async def stall(*, busy: bool) -> None:
    """Hold up the UI's loop for 150 ms each second: asleep, as when the disk is slow, or busy with Python."""
    while True:
        await asyncio.sleep(STALL_EVERY_SECONDS - STALL_SECONDS)
        end = time.monotonic() + STALL_SECONDS
        if busy:
            while time.monotonic() < end:
                pass
        else:
            time.sleep(STALL_SECONDS)


def hear(loop: asyncio.AbstractEventLoop, tell: Callable[[object], None]) -> None:
    """What the ear's thread does to the UI, 31 times a second: the meter's new value, and an event handed over."""
    from voice.ear import EarMeter

    meter, held_ms = EarMeter(), []
    queue: asyncio.Queue[float] = asyncio.Queue()
    while True:
        time.sleep(1.0 / EVENTS_PER_SECOND)
        before = time.perf_counter()
        meter.level_dbfs = -30.0
        loop.call_soon_threadsafe(queue.put_nowait, before)
        held_ms.append(1000.0 * (time.perf_counter() - before))
        if len(held_ms) % EVENTS_PER_SECOND == 0:
            tell(held_ms)


def show_pacer(breaths: int, tell: Callable[[object], None]) -> None:
    """The pacer alone; tells the monotonic time at which the first breath began."""
    from ui.screens.pacer_app import PacerApp

    class Timed(PacerApp):
        def on_mount(self) -> None:
            pacer = self._pacer
            self.call_after_refresh(lambda: tell(time.monotonic() - pacer.clock.time + pacer._origin))

    Timed(breaths).run()


# --- and the one that measures ----------------------------------------------------------------------------------------


def cpu_percent(seconds: float, *arguments: str) -> float:
    """Of one core, while it is shown for `seconds`."""
    with shown(*arguments) as part:
        before, began = part.cpu_seconds(), time.monotonic()
        for _ in part.read(seconds):
            pass
        return 100.0 * (part.cpu_seconds() - before) / (time.monotonic() - began)


def key_ms(seconds: float, journal: Path) -> dict[str, list[float]]:
    """Key -> from each press to the first piece of output that shows what it does."""
    took: dict[str, list[float]] = {}
    with shown("call", str(journal)) as part:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, seen, back in KEYS:
                pause = 0.3 + 0.05 * random.random()  # at no fixed moment of the polls
                pressed, drawn = time.monotonic(), ""
                part.press(key)
                for now, piece in part.read(3.0):
                    drawn += piece
                    if re.search(seen, drawn):
                        took.setdefault(key, []).append(1000.0 * (now - pressed))
                        break
                else:
                    raise RuntimeError(f"{key} brought no {seen!r} onto the screen: {drawn[-200:]!r}")
                for after in (back, ""):
                    for _ in part.read(pause):
                        pass
                    part.press(after)
    return took


def held_ms(seconds: float, journal: Path, how: str) -> list[float]:
    with shown("call", str(journal), how) as part:
        for _ in part.read(seconds):
            pass
        found: list[float] = json.loads(part.told.read_text())
        return found[EVENTS_PER_SECOND * 2 :]


def phase_ms(minutes: float) -> list[float]:
    """How late each step's word was drawn, by the clock of the pacer. The first breath is not counted."""
    from ui import strings
    from ui.practice.breathing import DEFAULT

    words = {strings.BREATH_WORDS[step]: step for step, _ in DEFAULT.steps}
    begins = {"in": 0.0, "hold": DEFAULT.inhale, "out": DEFAULT.inhale + DEFAULT.hold}
    late, before = [], ""
    with shown("pacer", str(math.ceil(minutes * 60 / DEFAULT.seconds) + 1)) as part:
        origin = float(json.loads(part.told.read_text()))
        for now, piece in part.read(minutes * 60.0):
            for word in re.findall("|".join(sorted(words, key=len, reverse=True)), piece):
                if word != before and before:
                    within = (now - origin) % DEFAULT.seconds
                    error = (within - begins[words[word]] + DEFAULT.seconds / 2) % DEFAULT.seconds - DEFAULT.seconds / 2
                    late.append(1000.0 * error)
                before = word
    return late


def row(name: str, values: list[float], goal: float, unit: str, note: str = "") -> None:
    ordered = sorted(values)
    p99 = ordered[min(len(ordered) - 1, math.ceil(0.99 * len(ordered)) - 1)]
    told = f"median {statistics.median(values):8.3f}   p99 {p99:8.3f}   max {ordered[-1]:8.3f} {unit}"
    print(f"{name:<34} {told}   goal {goal:g}   n {len(values)}   load {os.getloadavg()[0]:.1f} {note}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journal", type=Path, nargs="?", default=JOURNAL)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each measurement but the pacer's time")
    parser.add_argument("--breathe-minutes", type=float, default=10.0)
    parser.add_argument("--only", nargs="*", default=[], help="cpu, keys, held, phase")
    given = parser.parse_args()

    def wanted(name: str) -> bool:
        return not given.only or name in given.only

    journal, seconds = given.journal.resolve(), given.seconds
    if wanted("cpu"):
        row("call, share of one core", [cpu_percent(seconds, "call", str(journal))], CALL_CPU, "%")
        row("call with the pacer open", [cpu_percent(seconds, "breathe", str(journal))], CALL_CPU + PACER_CPU, "%")
        row("pacer alone", [cpu_percent(seconds, "pacer", "99")], PACER_CPU, "%")
    if wanted("keys"):
        took = key_ms(seconds, journal)
        for key, each in took.items():
            row(f"key {key}, to visible change", each, KEY_MS, "ms")
        row("any key, to visible change", [each for some in took.values() for each in some], KEY_MS, "ms")
    if wanted("held"):
        row("audio thread held, loop asleep", held_ms(seconds, journal, "sleep"), HELD_MS, "ms")
        row("audio thread held, loop busy", held_ms(seconds, journal, "busy"), HELD_MS, "ms")
    if wanted("phase"):
        row("pacer, word drawn late by", phase_ms(given.breathe_minutes), PHASE_MS, "ms")


def show(arguments: list[str]) -> None:
    """`--show TOLD PART ...`: be the part that is measured."""
    told = Path(arguments[0])

    def tell(what: object) -> None:
        fresh = told.with_suffix(".new")
        fresh.write_text(json.dumps(what))
        fresh.replace(told)

    match arguments[1:]:
        case ["call", journal, *probe]:
            show_call(Path(journal), tell, probe="".join(probe))
        case ["breathe", journal]:
            show_call(Path(journal), tell, breathe=True)
        case ["pacer", breaths]:
            show_pacer(int(breaths), tell)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--show"]:
        show(sys.argv[2:])
    else:
        main()
