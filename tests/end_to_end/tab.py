"""One tab of a real browser: Chromium without a window, told what to do through its DevTools protocol."""

import base64
import contextlib
import json
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

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
