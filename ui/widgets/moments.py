"""Parts of a debrief: its moments, the annotated transcript, and a retry beside the original call."""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from ui import strings
from ui.debrief.review import Moment
from ui.debrief.wording import causes, moved


def noted_rows(rows: Iterable[tuple[str, str, str]]) -> Table:
    """The annotated transcript, wrapped beside its times."""
    table = Table.grid(padding=(0, 2))
    for kind, time, text in rows:
        table.add_row(time, Text(text, style={"note": "bold", "try": "italic"}.get(kind, "")))
    return table


def side_by_side(rows: Sequence[tuple[str, str, str]]) -> Table:
    """Rows of (what, then, now)."""
    table = Table.grid(padding=(0, 2), expand=True)
    for ratio in (None, 1, 1):
        table.add_column(ratio=ratio)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


class MomentRow(Horizontal):
    """Time, change and causes; below them what was said and what to try."""

    def __init__(self, moment: Moment, when: str, *, lesson: bool = True) -> None:
        """`lesson`: also show what was said and what to try."""
        super().__init__(classes="moment")
        self._moment, self._when, self._lesson = moment, when, lesson

    def compose(self) -> ComposeResult:
        moment = self._moment
        yield Static(self._when, classes="moment-when", markup=False)
        worse = "-up" if moment.delta > 0 else ""
        yield Static(moved(moment), classes=f"moment-change {worse}", markup=False)
        text = Text(causes(moment))
        if moment.said and self._lesson:
            text.append(f"\n“{moment.said}”", style="italic")
        with Vertical(classes="moment-words"):
            yield Static(text, markup=False)
            if moment.advice and self._lesson:
                yield Static(moment.why, classes="quiet", markup=False)
                yield Static(f"{strings.CUE_MARK} {moment.advice}", classes="moment-advice", markup=False)
