"""Makes the pictures in docs/screens from a real call's journal:

    coolhead demo --plain --json --fast > CALLS/2026-11-21T10-02-11-demo.jsonl
    python docs/make_screens.py CALLS/2026-11-21T10-02-11-demo.jsonl [--at SECONDS] [--only NAME ...]

The lobby's and the history's past are the journals beside that one. Textual draws each screen as SVG; Chromium makes a
picture of it and pngquant makes that small (Debian: chromium, pngquant, fonts-dejavu-core, fonts-freefont-ttf).
"""

import argparse
import asyncio
import math
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import App
from textual.clock import MockClock
from textual.theme import Theme

from dialogue.debrief.record import settled
from dialogue.debrief.rubric import Scorecard, load_rubric, score
from dialogue.events import CallStarted
from dialogue.persona import available, load
from ui import strings
from ui.app import CoolheadApp
from ui.calls.journal_player import Player
from ui.debrief.progress import Progress
from ui.records.archive import read_journal
from ui.records.history import PastCall, read_calls
from ui.runtime.settings import Settings
from ui.screens.debrief import DebriefScreen
from ui.screens.disk import Disk
from ui.screens.history import HistoryScreen
from ui.screens.pacer_app import PacerApp
from ui.screens.progress import ProgressScreen
from ui.screens.setup import SetupScreen
from ui.screens.theme import COLOUR_BLIND, CONTRAST, DARK, LIGHT
from voice.devices.scripted import ScriptedMicrophone
from voice.soundcheck import Echo, Listener

FOLDER = Path(__file__).parent / "screens"
COLOURS = "48"
"""So many are left in a picture: there are a dozen inks, and the rest are the edges of letters."""
BREATH_SECONDS = 2.0
WIDE, SMALL, NARROW = (120, 40), (80, 24), (60, 20)


async def picture(
    name: str, app: App[None], size: tuple[int, int], keys: Sequence[str] = (), clock: MockClock | None = None
) -> None:
    """Press `keys` on the app, let two seconds pass on `clock`, and write FOLDER/name.png."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause(2.0)
        while not app.screen.query("FooterKey"):  # a busy machine draws it late
            await pilot.pause(0.1)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        if clock:
            clock.set_time(clock.time + BREATH_SECONDS)
            await pilot.pause(0.5)
        photograph(app.export_screenshot(title=strings.APP_TITLE), FOLDER / f"{name}.png")


def photograph(svg: str, target: Path) -> None:
    """`svg` as Textual draws it, in fonts found offline."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono, FreeMono")
    svg = svg.replace("font-size: 20px", "font-size: 21px")  # or there are gaps between lines of blocks
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found
    size = ",".join(str(math.ceil(float(side))) for side in found.groups())
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "screen.svg"
        drawn.write_text(svg, encoding="utf-8")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        background = "--default-background-color=00000000"
        subprocess.run(
            ["chromium", *options, background, f"--window-size={size}", f"--screenshot={target}", drawn],
            check=True,
            capture_output=True,
        )
    subprocess.run(["pngquant", "--force", "--strip", "--output", target, COLOURS, target], check=True)


class Headset:
    """A headset on a desk, for the set-up's picture."""

    def microphones(self) -> list[str]:
        return ["USB headset"]

    def headphones(self) -> list[str]:
        return ["USB headset"]

    def listen(self, microphone: str | None) -> Listener:
        return Listener(ScriptedMicrophone(real_time=True, room_dbfs=-28.0))

    def say(self, headphones: str | None, listener: Listener | None) -> Echo | None:
        return Echo(0.4, 0.1)


def scored(call: PastCall) -> tuple[str, Scorecard]:
    events = read_journal(call.path)
    return call.path.name, score(events, load_rubric(), settled(events, load(call.pack)))


async def make(journal: Path, at: float, only: Sequence[str]) -> None:
    events = read_journal(journal)
    first = events[0]
    assert isinstance(first, CallStarted)
    pack = load(first.pack)
    packs = [load(each.path) for each in available()]
    past = read_calls(journal.parent)
    progress = Progress([call for call in past if call.outcome and call.counts], dict(map(scored, past)))
    titles = {each.id: each.title for each in packs}
    chosen = Settings.model_construct(baseline=first.baseline)

    def lobby() -> App[None]:
        return CoolheadApp(
            lambda *_: player(0.0), demo=lambda: player(0.0), packs=lambda: packs, disk=Disk(lambda: past)
        )

    def player(t: float) -> Player:
        return Player(pack, events, now=lambda: t)

    def call(theme: Theme = DARK, t: float = at) -> App[None]:
        settings = Settings.model_construct(theme=theme.name)  # type: ignore[arg-type]
        return CoolheadApp(call=player(t), settings=settings)

    def without_colour() -> App[None]:
        os.environ["NO_COLOR"] = "1"
        return call()

    def breathing() -> App[None]:
        return PacerApp(27, clock=clock)

    def history() -> App[None]:
        return CoolheadApp(first=HistoryScreen(past, titles, Path("~/.local/share/coolhead/calls")))

    clock = MockClock(0.0)
    of_text = first.mode == "text"
    shown: dict[str, tuple[Callable[[], App[None]], tuple[int, int], list[str]]] = {
        "lobby": (lobby, WIDE, []),
        "lobby-80x24": (lobby, SMALL, []),
        "briefing": (lobby, WIDE, ["enter"]),
        "progress": (lambda: CoolheadApp(first=ProgressScreen(progress)), SMALL, []),
        "setup": (lambda: CoolheadApp(first=SetupScreen(chosen, Headset()), settings=chosen), SMALL, ["down", "enter"]),
        "history": (history, SMALL, []),
        "call": (call, WIDE, []),
        "call-80x24": (call, SMALL, []),
        "call-60x20": (call, NARROW, []),
        "call-light": (lambda: call(LIGHT), WIDE, []),
        "call-contrast": (lambda: call(CONTRAST), SMALL, []),
        "call-colour-blind": (lambda: call(COLOUR_BLIND), SMALL, []),
        "desk": (call, WIDE, ["f5" if of_text else "d"]),
        "notes": (call, SMALL, ["f6" if of_text else "n", *"Order LH-48213", "enter", *"Call back at 4"]),
        "help": (call, SMALL, ["f1"]),
        "breathe": (breathing, SMALL, []),
        "breathe-in-call": (call, WIDE, ["f4" if of_text else "b"]),
        "debrief": (
            lambda: CoolheadApp(first=DebriefScreen(events, pack, again=True, retry=True, journal=journal)),
            WIDE,
            [],
        ),
        "call-no-colour": (without_colour, SMALL, []),  # the last: NO_COLOR stays
    }
    for name, (app, size, keys) in shown.items():
        if not only or name in only:
            await picture(name, app(), size, keys, clock if name == "breathe" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--at", type=float, default=60.0, help="the moment to show, s into the call")
    parser.add_argument("--only", nargs="*", default=[], help="pictures to make; all when none is named")
    given = parser.parse_args()
    os.environ["COOLHEAD_SETTINGS"] = "~/.config/coolhead/settings.json"
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(make(given.journal, given.at, given.only))


if __name__ == "__main__":
    main()
