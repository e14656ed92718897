"""The same app in a tab of a real browser: Chromium without a window, told what to do through its DevTools protocol."""

import base64
import contextlib
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.end_to_end import coolhead

pytestmark = pytest.mark.real

ENTER_CODE = 13
"""Windows' own, as the protocol wants it."""


class Tab:
    """One tab. What its screens have drawn is read off the page's WebSocket."""

    def __init__(self, folder: Path, chromium: str) -> None:
        self._chromium = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,800",
             "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        port_file = folder / "DevToolsActivePort"
        await_that(lambda: port_file.exists() and port_file.read_text().count("\n") == 1)
        port, path = port_file.read_text().split()
        self._open = contextlib.ExitStack()
        self._socket: ClientConnection = self._open.enter_context(
            connect(f"ws://127.0.0.1:{port}{path}", max_size=None)
        )
        self._session = ""
        self._number = 0
        self.drawn = ""
        self.asked: list[str] = []
        """Addresses that the page wanted something of."""
        [target] = [each for each in self.do("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        attached = self.do("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        self.do("Network.enable")
        self.do("Emulation.setFocusEmulationEnabled", enabled=True)

    def do(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(order | ({"sessionId": self._session} if self._session else {})))
        while True:
            told = json.loads(self._socket.recv(timeout=30))
            if told.get("id") == self._number:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self._note(told)

    def press(self, *keys: str) -> None:
        for key in keys:
            about = {"text": "\r", "windowsVirtualKeyCode": ENTER_CODE} if key == "Enter" else {"text": key}
            self.do("Input.dispatchKeyEvent", type="keyDown", key=key, **about)
            self.do("Input.dispatchKeyEvent", type="keyUp", key=key)

    def await_text(self, pattern: str, seconds: float = 60.0) -> None:
        """Until it has been drawn since the last time anything was awaited."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.drawn):
            assert time.monotonic() < deadline, f"{pattern!r} did not come: {self.drawn[-2000:]}"
            try:
                self._note(json.loads(self._socket.recv(timeout=1)))
            except TimeoutError:
                continue
        self.drawn = ""

    def close(self) -> None:
        self._open.close()
        self._chromium.terminate()
        self._chromium.wait(10)

    def _note(self, told: dict[str, Any]) -> None:
        match told.get("method"):
            case "Network.webSocketFrameReceived":
                frame = told["params"]["response"]
                text = base64.b64decode(frame["payloadData"]).decode("utf-8", "ignore") if frame["opcode"] == 2 else ""
                self.drawn += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
            case "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])


def await_that(done: Any, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        number: int = any_port.getsockname()[1]
        return number


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server, and its address."""
    port = free_port()
    server = subprocess.Popen(
        [*coolhead.PROGRAM, "browser", "--text", "--port", str(port)],
        env=coolhead.environment(tmp_path), stdout=subprocess.PIPE, text=True,
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
    tab.await_text(r"Next: (.|\n)*Search")  # and the keys in the footer
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
    assert coolhead.run("replay", journal, home=tmp_path).returncode == 0
    assert {url for url in tab.asked if not url.startswith((address, "data:"))} == set()


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
