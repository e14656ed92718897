"""A scenario in the lobby: its row in the list, and the details of the chosen one."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from dialogue.persona import Pack
from ui import strings
from ui.records.history import PastCall, best, result, result_in_words, when

LEVEL_WIDTH = 7
"""Cells for the circles and a space on either side."""


def level(pack: Pack) -> str:
    """Difficulty as circles and a word, and the usual length."""
    minutes = strings.MINUTES.format(minutes=pack.minutes)
    return f"{strings.LEVEL_SHAPES[pack.level]} {strings.LEVELS[pack.level]} · {minutes}"


class Card(Widget):
    """A row: difficulty, title, the trainee's best result. Enter or a click opens it."""

    can_focus = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card--quiet", "card--title"}

    class Opened(Message):
        def __init__(self, pack: Pack) -> None:
            super().__init__()
            self.pack = pack

    class Looked(Message):
        """The row got the focus."""

        def __init__(self, card: "Card") -> None:
            super().__init__()
            self.card = card

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", strings.KEY_OPEN)]

    def __init__(self, pack: Pack, calls: Sequence[PastCall] = ()) -> None:
        """`calls`: the trainee's calls with this customer, the newest first."""
        super().__init__(classes="card")
        self.pack, self.calls = pack, calls

    def render(self) -> Text:
        quiet = self.get_visual_style("card--quiet").rich_style
        ever = best(self.calls)
        own = result(ever) if ever else ""
        room = max(0, self.size.width - LEVEL_WIDTH - len(own) - 1)
        title = self.pack.title if len(self.pack.title) <= room else self.pack.title[: max(0, room - 1)] + "…"
        text = Text(no_wrap=True, end="")
        text.append(f"{strings.LEVEL_SHAPES[self.pack.level]}  ", style=quiet)
        text.append(f"{title:<{room}}", style=self.get_visual_style("card--title").rich_style)
        text.append(f" {own}", style=quiet)
        return text

    def matches(self, text: str) -> bool:
        """Whether every word typed occurs somewhere on the card."""
        pack = self.pack
        card = " ".join((pack.id, pack.title, pack.customer.name, pack.summary, *pack.skills)).casefold()
        return all(word in card for word in text.casefold().split())

    def passes(self, name: str) -> bool:
        """Whether the card passes the filter `name` of `strings.FILTERS`."""
        ever = best(self.calls)
        match name:
            case "new":
                return ever is None
            case "open":
                return ever is None or ever.outcome != "satisfied"
            case "easy":
                return self.pack.level <= 2
            case "medium":
                return self.pack.level == 3
            case "hard":
                return self.pack.level >= 4
            case _:
                return True

    def on_focus(self) -> None:
        self.post_message(self.Looked(self))

    def on_click(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        self.post_message(self.Opened(self.pack))


class CardDetail(VerticalScroll):
    """Details of the chosen scenario."""

    can_focus = False

    def compose(self) -> ComposeResult:
        yield Static("", id="detail-title", markup=False)
        yield Static("", id="detail-level", classes="quiet", markup=False)
        yield Static("", id="detail-summary", markup=False)
        yield Static("", id="detail-own", markup=False)
        yield Static("", id="detail-skills", classes="quiet", markup=False)

    def show(self, card: Card) -> None:
        pack = card.pack
        lines = (
            ("title", f"{pack.title} · {pack.customer.name}"),
            ("level", level(pack)),
            ("summary", pack.summary),
            ("own", own_results(card.calls)),
            ("skills", f"{strings.SKILLS}: {', '.join(pack.skills)}" if pack.skills else ""),
        )
        for name, text in lines:
            line = self.query_one(f"#detail-{name}", Static)
            line.update(text)
            line.display = bool(text)


def own_results(calls: Sequence[PastCall]) -> str:
    """The trainee's best and last result as one paragraph; "" without calls. `calls`: the newest first."""
    ever = best(calls)
    if ever is None:
        return ""
    lines = [strings.BEST_RESULT.format(result=result_in_words(ever))]
    if len(calls) > 1:
        lines.append(strings.LAST_RESULT.format(when=when(calls[0]), result=result_in_words(calls[0])))
        lines.append(strings.TIMES_TAKEN.format(times=len(calls)))
    return "\n".join(lines)
