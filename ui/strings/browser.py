"""The screens in a browser's tab."""

from typing import Final

BROWSER_AT: Final = "Coolhead is at {url}/ for browsers on this computer. Ctrl+C ends it."
BROWSER_MISSING: Final = (
    "`coolhead browser` needs textual-serve: install it with `.tools/bin/uv sync --inexact --extra browser`."
)
BROWSER_PORT: Final = "Port {port} cannot be had ({reason}): name another with --port."
BROWSER_FOREIGN: Final = "This page was not served by Coolhead."
BROWSER_OVER: Final = "Coolhead has ended here. Your calls are kept."
BROWSER_AGAIN: Final = "Open it again"
