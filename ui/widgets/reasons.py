"""Why the anger moved: the newest causes first, in plain words, with the words or the measure that show it."""

from collections.abc import Sequence

from rich.text import Text
from textual.widget import Widget

from dialogue.events import LedgerRow
from ui import strings
from ui.widgets.gauge import change

LEAST_SHOWN = 0.05
"""Anger points: smaller causes are in the ledger, not on the screen."""
CHANGE_WIDTH = 6


class Reasons(Widget):
    """As many of the newest causes as fit, each on two lines."""

    COMPONENT_CLASSES = {"reasons--up", "reasons--down", "reasons--evidence"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[LedgerRow, ...] = ()

    def show(self, rows: Sequence[LedgerRow]) -> None:
        """`rows` in time order."""
        felt = tuple(row for row in rows if abs(row.delta) >= LEAST_SHOWN)
        if felt != self._rows:
            self._rows = felt
            self.refresh()

    def render(self) -> Text:
        quiet = self.get_visual_style("reasons--evidence").rich_style
        text = Text(no_wrap=True, overflow="ellipsis", end="")
        if not self._rows:
            text.append(strings.NOTHING_YET, style=quiet)
            return text
        room = self.size.height
        for row in reversed(self._rows):
            evidence = quoted(row)
            if room < (2 if evidence else 1):
                break
            name = "reasons--up" if row.delta > 0 else "reasons--down"
            text.append(f"{change(row.delta):<{CHANGE_WIDTH}}", style=self.get_visual_style(name).rich_style)
            text.append(_fit(strings.cause(row.cause), self.size.width - CHANGE_WIDTH) + "\n")
            room -= 1
            if evidence:
                text.append(" " * CHANGE_WIDTH + _fit(evidence, self.size.width - CHANGE_WIDTH) + "\n", style=quiet)
                room -= 1
        text.rstrip()
        return text


def quoted(row: LedgerRow) -> str:
    """The evidence as shown: words in quotation marks, measures as they are."""
    evidence = " ".join(row.evidence.split())
    if not evidence:
        return ""
    measured = any(sign in evidence for sign in ("dB", "Hz", " s", "%", "=", "“")) and any(
        c.isdigit() for c in evidence
    )
    return evidence if measured or evidence.startswith(("“", '"')) else f"“{evidence}”"


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)].rstrip() + "…"
