"""Makes the pictures in docs/screens from a real call's journal:

    python docs/make_screens.py JOURNAL [--at SECONDS]

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

from dialogue.events import CallEnded, CallStarted, Event
from dialogue.persona import available, load
from ui.app import CoolheadApp
from ui.archive import read_journal
from ui.player import Player
from ui.theme import DARK, LIGHT

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


async def make(events: list[Event], at: float) -> None:
    first, last = events[0], events[-1].t
    assert isinstance(first, CallStarted)
    pack = load(first.pack)
    packs = [load(each.id) for each in available()]

    def player(t: float) -> tuple[Player, MockClock]:
        clock = MockClock(t)
        return Player(pack, events, now=lambda: clock.time), clock

    wide, small = (120, 40), (80, 24)
    await picture("lobby", CoolheadApp(lambda _: player(0.0)[0], packs=packs), wide)
    await picture("briefing", CoolheadApp(lambda _: player(0.0)[0], packs=packs), wide, ["enter"])
    await picture("call", CoolheadApp(call=player(at)[0]), wide)
    await picture("call-80x24", CoolheadApp(call=player(at)[0]), small)
    await picture("call-light", CoolheadApp(call=player(at)[0], theme=LIGHT.name), wide)
    await picture("desk", CoolheadApp(call=player(at)[0]), wide, ["f5" if first.mode == "text" else "d"])
    await picture(
        "breathe", CoolheadApp(call=player(at)[0], theme=DARK.name), wide, ["f4" if first.mode == "text" else "b"]
    )
    if any(isinstance(event, CallEnded) for event in events):
        await picture("debrief", CoolheadApp(call=player(last + 1)[0]), wide, ["enter"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--at", type=float, default=60.0, help="the moment to show, s into the call")
    given = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(make(read_journal(given.journal), given.at))


if __name__ == "__main__":
    main()
