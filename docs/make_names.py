"""Writes the lists of names at the end of `docs/authoring.md` anew from the code: `python docs/make_names.py`."""

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from dialogue.mood.effects import BEHAVIOURS, SITUATIONS
from dialogue.persona.lines import REACTIONS

GUIDE = Path(__file__).resolve().parent / "authoring.md"
WIDTH = 148
LISTS: dict[str, tuple[str, Iterable[str], str]] = {
    "Behaviours": ("(for `expects`, `behaviours` and `effects`)", BEHAVIOURS, ""),
    "Situations": (
        "(for `effects`; `absolved` and `concern` for curveballs, too)",
        SITUATIONS,
        "; and `kindness`, `task`, `harm` for all of a kind",
    ),
    "Reactions": ("(for `lines`)", REACTIONS, ""),
}


def named(text: str) -> str:
    """The guide with its lists as the code has them."""
    for title, (use, names, more) in LISTS.items():
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        paragraph = textwrap.fill(f"**{title}** {use}: {listed}{more}.", WIDTH, break_on_hyphens=False)
        text = re.sub(rf"(?ms)^\*\*{title}\*\*.*?(?=\n\n)", paragraph.replace("\\", r"\\"), text)
    return text


if __name__ == "__main__":
    GUIDE.write_text(named(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    print(GUIDE)
