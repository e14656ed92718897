"""The same app in a tab of a real browser."""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.end_to_end import coolhead
from tests.end_to_end.tab import Tab, await_that, listens
from tests.ui.classroom.room import free_port, open_class

pytestmark = pytest.mark.real


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server, and its address."""
    with serving(tmp_path, "browser", "--text") as running:
        yield running


@contextlib.contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    server = subprocess.Popen(
        [*coolhead.PROGRAM, *arguments, "--port", str(port)],
        env=coolhead.environment(home), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
    await_that(lambda: listens(port))
    yield server, f"http://127.0.0.1:{port}"
    server.kill()
    server.wait(10)


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("Chromium is missing (apt install chromium)")
    opened = Tab(tmp_path / "chromium", chromium)
    yield opened
    opened.close()


def test_a_call_in_a_browsers_tab(tab: Tab, served: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    server, address = served
    tab.do("Page.navigate", url=f"{address}/")
    tab.await_text(r"Next: (.|\n)*Demo")  # and the keys in the footer
    tab.press("/")
    tab.await_text("Search scenarios")
    tab.press(*"bookcase", "Enter")
    tab.await_text("Pick up")
    tab.press("Enter")
    tab.await_text("Your turn")
    tab.press(*"Good morning, this is Sam.", "Enter")
    tab.await_text("Dana")
    [app] = children(server.pid)
    server.kill()  # nobody is told
    await_that(lambda: not Path(f"/proc/{app}").exists())
    [journal] = (tmp_path / "data" / "calls").glob("*.jsonl")
    assert coolhead.replays_equal(journal)
    assert {url for url in tab.asked if not url.startswith((address, "data:"))} == set()


async def test_a_class_in_a_browsers_tab(tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_and_whisper() -> None:
        with serving(tmp_path, "class", "console", "--browser") as (_, address):
            tab.do("Page.navigate", url=f"{address}/")
            tab.await_text("Anna")
            tab.press("s")
            tab.await_text("Which scenario")
            tab.press("Enter")
            tab.await_text("As a test")
            tab.press("Enter")
            await_that(lambda: anna.call and anna.call.loop)
            tab.await_text("in call")
            tab.press("w")
            tab.await_text("Whisper to Anna")
            tab.press(*"Ask for the name", "Enter")
            await_that(lambda: b"Ask for the name" in anna.journal)

    async with open_class(tmp_path / "data", monkeypatch) as room:
        anna = await room.join("Anna")
        await asyncio.to_thread(look_and_whisper)
        await anna.close()


def test_pages_from_elsewhere_may_not_talk_to_it(served: tuple[subprocess.Popen[str], str]) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.typing import Origin

    _, address = served
    endpoint = f"{address.replace('http', 'ws')}/ws"
    for origin in (None, Origin("http://evil.example"), Origin(address.replace("127.0.0.1", "evil.example"))):
        with pytest.raises(InvalidStatus, match="403"), connect(endpoint, origin=origin):
            pass
    with connect(endpoint, origin=Origin(address)):
        pass


def children(parent: int) -> list[int]:
    """Process ids whose parent it is."""
    return [int(name) for name in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
