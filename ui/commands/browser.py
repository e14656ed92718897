"""`coolhead browser`: the same screens in a browser's tab of this computer; each tab is a process of its own.

Only this computer can reach it, and only a page that it served itself may talk to it: textual-serve knows no password,
and any page in the browser could otherwise open its WebSocket. The page is ours, because textual-serve's own asks
Google for a font; a content security policy keeps it to what this computer serves.
"""

import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui import strings
from ui.runtime.problems import Problem

if TYPE_CHECKING:
    from textual_serve.server import Server

HOST = "127.0.0.1"
PAGE = Path(__file__).parents[1] / "browser"
POLICY = (
    "default-src 'none'; script-src {here} 'unsafe-inline'; style-src {here} 'unsafe-inline'; font-src {here}; "
    "img-src {here} data:; connect-src {here} {socket}"
)


def run(*, port: int, text: bool) -> int:
    """Serve until Ctrl+C. Raises Problem when textual-serve is missing or the port is taken."""
    return serve(["call", *(["--text"] if text else [])], port)


def serve(arguments: Sequence[str], port: int) -> int:
    """`coolhead` with these arguments, anew for each tab, until Ctrl+C. Raises Problem."""
    try:
        local_server([sys.executable, "-m", "ui.cli", *arguments], port).serve()
    except ImportError:
        raise Problem(strings.BROWSER_MISSING) from None
    except OSError as problem:
        raise Problem(strings.BROWSER_PORT.format(port=port, reason=problem.strerror)) from problem
    return 0


def local_server(command: Sequence[str], port: int) -> "Server":
    """A server of `command`. Raises ImportError without textual-serve."""
    import aiohttp_jinja2
    from aiohttp import web
    from textual_serve.server import Server

    class LocalServer(Server):
        async def handle_index(self, request: web.Request) -> web.StreamResponse:
            page: web.StreamResponse = await super().handle_index(request)
            here = self.public_url
            page.headers["Content-Security-Policy"] = POLICY.format(here=here, socket=here.replace("http", "ws", 1))
            return page

        async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
            if request.headers.get("Origin") not in {f"http://{name}:{port}" for name in (HOST, "localhost")}:
                raise web.HTTPForbidden(text=strings.BROWSER_FOREIGN)
            return await super().handle_websocket(request)

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()
            aiohttp_jinja2.get_env(app).globals["strings"] = strings
            return app

        async def on_startup(self, app: web.Application) -> None:
            print(strings.BROWSER_AT.format(url=self.public_url), flush=True)

        def initialize_logging(self) -> None:
            """Nothing to log: what goes wrong in a tab is in that process's own log."""

    return LocalServer(for_shell(command), host=HOST, port=port, title=strings.APP_TITLE, templates_path=PAGE)


def for_shell(command: Sequence[str]) -> str:
    """The line by which this system's shell starts `command`."""
    if sys.platform == "win32":  # its shell does not know the quotes of the others
        return subprocess.list2cmdline(command)
    return f"exec {shlex.join(command)}"  # without the shell in between an app sees its server go
