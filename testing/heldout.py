"""Wordings that no pack has: where they are, and how the benchmarks of understanding are given them."""

import argparse
from pathlib import Path
from typing import Any

from dialogue.persona.parsing import parse

FOLDER = Path(__file__).parent.parent / "tests" / "dialogue" / "heldout"
NOTHING = "nothing"
"""Where a file keeps what must mean nothing to the customer."""


def asked_for(description: str | None, name: str) -> tuple[dict[str, Any], bool]:
    """The content of the FILE given, else of the held-out file `name`; and whether --show is given."""
    options = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    options.add_argument("file", nargs="?", type=Path, default=FOLDER / name)
    options.add_argument("--show", action="store_true", help="print what went wrong")
    given = options.parse_args()
    data, _ = parse(given.file.read_text(encoding="utf-8"), given.file.name)
    assert isinstance(data, dict)
    return data, given.show
