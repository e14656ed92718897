"""Runs the program as a user does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from dialogue import journal

PROGRAM = (sys.executable, "-m", "ui.cli")


def environment(home: Path) -> dict[str, str]:
    """A fresh user's environment: settings, calls and caches below `home`, no sound."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COOLHEAD_", "XDG_", "PULSE"))}
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    return kept | {
        "COOLHEAD_DATA": str(home / "data"),
        "COOLHEAD_SETTINGS": str(home / "settings.json"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": cache,  # the joined Whisper weights: 145 MB that need not be written for each test
        "COOLHEAD_MICROPHONE": "none such",  # also where the machine has a real one
        "COOLHEAD_SPEAKER": "none such",
    }


def run(*arguments: str | Path, home: Path, said: str = "", seconds: float = 300) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=said,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=seconds,
        cwd=Path(__file__).parents[2],
    )


def replays_equal(path: Path) -> bool:
    """What `coolhead replay` asks of a journal, without starting it."""
    return journal.replay(path.read_text(encoding="utf-8").splitlines()) is None


def lines(output: str) -> list[dict[str, Any]]:
    """The JSON objects of an output, one a line."""
    return [json.loads(line) for line in output.splitlines()]
