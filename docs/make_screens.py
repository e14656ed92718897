"""Makes the pictures in docs/screens from a real call's journal:

    python docs/make_screens.py JOURNAL [--at SECONDS]

The lobby's and the history's past are the journals beside that one.

SVG as Textual draws it, and PNG where rsvg-convert is installed (Debian: librsvg2-bin, fonts-dejavu-core,
fonts-freefont-ttf).
"""

import argparse
import asyncio
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from textual.clock import MockClock
from textual.theme import Theme

from dialogue.events import CallEnded, CallStarted
from dialogue.persona import available, load
from ui.app import CoolheadApp
from ui.archive import read_journal
from ui.disk import Disk
from ui.history import past_calls
from ui.player import Player
from ui.screens.history import HistoryScreen
from ui.screens.setup import SetupScreen
from ui.settings import Settings
from ui.theme import COLOUR_BLIND, CONTRAST, DARK, LIGHT
from voice.fakes import ScriptedMicrophone
from voice.soundcheck import Echo, Listener

FOLDER = Path(__file__).parent / "screens"
PIXELS_A_COLUMN = 11
CELL_WIDTH = 12.2
"""SVG units: Textual's own."""
BREATH_SECONDS = 2.0


async def picture(
    name: str, app: CoolheadApp, size: tuple[int, int], keys: Sequence[str] = (), clock: MockClock | None = None
) -> None:
    """Press `keys` on the app, let two seconds pass on `clock`, and write FOLDER/name.svg and .png."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause(2.0)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        if clock:
            clock.set_time(clock.time + BREATH_SECONDS)
            await pilot.pause(0.5)
        svg = app.export_screenshot(title="Coolhead")
    target = FOLDER / f"{name}.svg"
    target.write_text(drawable(svg), encoding="utf-8")
    if shutil.which("rsvg-convert"):
        width = str(size[0] * PIXELS_A_COLUMN)
        subprocess.run(["rsvg-convert", "-w", width, target, "-o", target.with_suffix(".png")], check=True)


def drawable(svg: str) -> str:
    """The same picture with fonts found offline, and text moved over its leading blanks, which rsvg drops."""
    svg = svg.replace("Fira Code", "DejaVu Sans Mono").replace("monospace", "FreeMono, monospace")
    pattern = (
        r'(<text class="[^"]*" )x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)+)([^<]*)</text>'
    )

    def moved(match: re.Match[str]) -> str:
        start, x, y, length, rest, blanks, text = match.groups()
        shift = blanks.count("&#160;") * CELL_WIDTH
        if not text:
            return ""
        return f'{start}x="{float(x) + shift:.1f}" y="{y}" textLength="{float(length) - shift:.1f}"{rest}>{text}</text>'

    return re.sub(pattern, moved, svg)


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


async def make(journal: Path, at: float) -> None:
    events = read_journal(journal)
    first, last = events[0], events[-1].t
    assert isinstance(first, CallStarted)
    pack = load(first.pack)
    packs = [load(each.path) for each in available()]
    past = past_calls(journal.parent)
    titles = {each.id: each.title for each in packs}

    def player(t: float) -> tuple[Player, MockClock]:
        clock = MockClock(t)
        return Player(pack, events, now=lambda: clock.time), clock

    def lobby() -> CoolheadApp:
        return CoolheadApp(lambda *_: player(0.0)[0], packs=lambda: packs, disk=Disk(past=lambda: past))

    def call(theme: Theme = DARK) -> CoolheadApp:
        return CoolheadApp(call=player(at)[0], settings=Settings.model_construct(theme=theme.name))

    def key(letter: str, function: str) -> list[str]:
        return [function if first.mode == "text" else letter]

    settings = Settings.model_construct(baseline=first.baseline)
    setup = SetupScreen(settings, Headset())
    history = HistoryScreen(past, titles, Path("~/.local/share/coolhead/calls"))
    wide, small, narrow = (120, 40), (80, 24), (60, 20)
    await picture("lobby", lobby(), wide)
    await picture("lobby-80x24", lobby(), small)
    await picture("briefing", lobby(), wide, ["enter"])
    await picture("setup", CoolheadApp(first=setup, settings=settings), small, ["down", "enter"])
    await picture("history", CoolheadApp(first=history), small)
    await picture("call", call(), wide)
    await picture("call-80x24", call(), small)
    await picture("call-60x20", call(), narrow)
    for theme, name in ((LIGHT, "light"), (CONTRAST, "contrast"), (COLOUR_BLIND, "colour-blind")):
        await picture(f"call-{name}", call(theme), wide if theme is LIGHT else small)
    await picture("desk", call(), wide, key("d", "f5"))
    await picture("notes", call(), small, [*key("n", "f6"), *"Order LH-48213", "enter", *"Call back at 4"])
    await picture("breathe", call(), wide, key("b", "f4"))
    if any(isinstance(event, CallEnded) for event in events):
        await picture("debrief", CoolheadApp(call=player(last + 1)[0]), wide, ["enter"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--at", type=float, default=60.0, help="the moment to show, s into the call")
    given = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(make(given.journal, given.at))


if __name__ == "__main__":
    main()
