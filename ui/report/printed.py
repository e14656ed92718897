"""The page as PDF: printed by a browser that is installed, because that knows every script and every emoji.

Chromium and those made from it print without a window. Nothing is fetched: names are not even looked up.
"""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ui.runtime.problems import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where they are on systems that do not put them on the path."""
PRINT_SECONDS = 60.0
INSTEAD = "let the name end in .html and print that page from any browser."


def pdf(page: str, beside: Path) -> bytes:
    """The HTML `page` on paper. Works in a private folder in `beside`: browsers in a sandbox see no other.

    Raises Problem when there is no such browser, or it does not print.
    """
    browser = next(
        filter(None, (*map(shutil.which, NAMES), *(path for path in ELSEWHERE if Path(path).exists()))), None
    )
    if browser is None:
        raise Problem(f"A PDF needs Chromium, Chrome or Edge, and none is installed: {INSTEAD}")
    with TemporaryDirectory(prefix="coolhead-", dir=beside, ignore_cleanup_errors=True) as folder:
        source, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        command = [browser, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}/profile"]
        command += ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses otherwise
        command += ["--no-pdf-header-footer", f"--print-to-pdf={printed}", source.as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=PRINT_SECONDS, check=True)
            return printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as fault:
            raise Problem(f"{browser} did not print the report ({type(fault).__name__}): {INSTEAD}") from fault
