"""A class in line mode: what is written before a call, and who stays when one cannot be taken."""

import asyncio
import os
from pathlib import Path

import pytest

from dialogue.events import CallStarted
from dialogue.persona import load
from dialogue.session import Session
from tests.ui.classroom.room import open_class, until
from ui.calls.driver import Call
from ui.classroom import code, joining
from ui.classroom.group import Group
from ui.classroom.protocol import Start
from ui.classroom.register import Entrance
from ui.runtime.settings import Settings
from voice.clock import CallClock

pytestmark = pytest.mark.real


def quick_call(start: Start, *rest: object, **more: object) -> Call:
    """Without the text model: it takes seconds to load."""
    pack = joining.pack_for(start)
    started = CallStarted(0.0, pack.id, pack.sha256, start.seed or 1, "text", "0")
    return Call(pack, Session(pack), started, clock=CallClock())


async def test_who_lacks_the_scenario_stays_and_the_desk_is_seen_before_the_first_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "call_for", quick_call)
    reads, writes = os.pipe()
    async with open_class(tmp_path, monkeypatch) as room:
        with os.fdopen(reads) as typed, os.fdopen(writes, "w", buffering=1) as keys:
            monkeypatch.setattr("sys.stdin", typed)
            there, said = joining.where(code.read(room.code), "Anna"), list[str]()
            joined = asyncio.ensure_future(joining.in_lines(there, Settings(), text=True, write=said.append))
            keys.write("yes\n")
            group = Group(Entrance.read(room.host.folder / "class.json"))
            group.open()
            await until(lambda: group.present() or joined.done(), "on the board")
            (anna,) = group.present()
            group.start([anna.id], "not-on-this-machine", 7)
            await until(lambda: anna.state.trouble or joined.done(), "the trainer reads why")
            assert anna.state.trouble in "\n".join(said)

            group.start([anna.id], "flatpack-bookcase", 7)
            await until(lambda: anna.in_call or joined.done(), "in a call all the same")
            keys.write("Hello, this is Sam.\n")
            await until(lambda: anna.view.lines, "the first word")
            first = next(number for number, line in enumerate(said) if line.startswith("Call with"))
            desk = load("flatpack-bookcase").desk
            assert desk.company in "\n".join(said[:first])
            assert desk.policy[0] in "\n".join(said[:first])
            keys.write("/leave\n")
            assert await joined == 0
            await group.close()
