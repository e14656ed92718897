"""Everybody at a glance: a row each, drawn only where something has changed."""

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ui import strings
from ui.classroom.person import Person
from ui.widgets.curve import DOTS_ACROSS, WINDOW_SECONDS, band_at, plot

NAME_WIDTH, STATE_WIDTH, ANGER_WIDTH, CURVE_WIDTH = 17, 12, 16, 13
"""Cells of the columns, each with a space behind it; the last words have what is left."""
NARROW = 70
"""Cells under which the curve is left out."""
CURVE_ROWS = 1
CHOSEN = "▸ "
"""Before the name of the row in focus: not by colour alone."""


class Board(ScrollView, can_focus=True):
    """Given people and the time, shows them; knows nothing of the network."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--quiet",
        "board--name",
        "board--warning",
        "board--cursor",
        "board--calm",
        "board--irritated",
        "board--angry",
        "board--furious",
    }
    DEFAULT_CSS = """
    Board { height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    .board--quiet { color: $quiet; }
    .board--name { color: $foreground; text-style: bold; }
    .board--warning { color: $band-angry; text-style: bold; }
    .board--cursor { background: $panel; }
    .board--calm { color: $band-calm; }
    .board--irritated { color: $band-irritated; }
    .board--angry { color: $band-angry; }
    .board--furious { color: $band-furious; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
        Binding("enter", "open", strings.KEY_OPEN_CALL, tooltip=strings.TIP_OPEN_CALL),
    ]

    class Opened(Message):
        """This person's call is wanted in full."""

        def __init__(self, person: Person) -> None:
            super().__init__()
            self.person = person

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._people: Sequence[Person] = ()
        self._chosen = ""
        self._rows: dict[int, tuple[tuple[object, ...], Strip]] = {}
        """Row -> what it shows, and how."""
        self._styles: dict[str, Style] = {}
        """Looked up once a theme: a row has sixteen of them."""

    @property
    def chosen(self) -> Person | None:
        return next((person for person in self._people if person.id == self._chosen), None)

    def show(self, people: Sequence[Person], here: float) -> None:
        """`here`: this machine's clock, s. Only rows on the screen that differ from what they show are drawn."""
        if len(people) != len(self._people):
            self.virtual_size = Size(self.size.width, len(people))
        self._people = people
        if self.chosen is None and people:
            self._chosen = people[0].id
        top, width = self.scroll_offset.y, self.size.width
        for row in range(top, top + self.size.height):
            key = self._key(people[row], here, width) if row < len(people) else ()
            before = self._rows.get(row)
            if before is None or before[0] != key:
                strip = self._strip(people[row], here, width) if key else self._blank()
                self._rows[row] = key, strip
                self.refresh(Region(0, row - top, width, 1))

    def render_line(self, y: int) -> Strip:
        held = self._rows.get(y + self.scroll_offset.y)
        return held[1] if held else self._blank()

    def _blank(self) -> Strip:
        return Strip.blank(self.size.width, self.rich_style)

    def on_resize(self) -> None:
        self._rows.clear()

    # --- a row --------------------------------------------------------------------------------------------------------

    def _key(self, person: Person, here: float, width: int) -> tuple[object, ...]:
        """What decides how the row looks; the curve moves by a dot each few seconds."""
        anger = person.anger(here)
        dots = int(person.now(here) * CURVE_WIDTH * DOTS_ACROSS / WINDOW_SECONDS)
        shown = None if anger is None else round(anger)
        warning = _warning(person, here)
        return person.id, person.changed, shown, dots, warning, width, person.id == self._chosen, self.has_focus

    def _strip(self, person: Person, here: float, width: int) -> Strip:
        text = Text(no_wrap=True, end="")
        quiet, warns = self._style("quiet"), self._style("warning")
        mark = CHOSEN if person.id == self._chosen else " " * len(CHOSEN)
        text.append(_fit(f"{mark}{person.state.name}", NAME_WIDTH), style=self._style("name"))
        wants = person.state.help
        state = strings.BOARD_HELP if wants else _status(person)
        text.append(_fit(state, STATE_WIDTH), style=warns if wants or person.state.status == "lost" else quiet)
        anger, mood = person.anger(here), person.view.mood
        if anger is None or mood is None:
            text.append(" " * ANGER_WIDTH)
        else:
            words = f"{strings.BAND_SHAPES[mood.band]} {anger:3.0f} {strings.BANDS[mood.band]}"
            text.append(_fit(words, ANGER_WIDTH), style=self._style(mood.band))
        if width >= NARROW:
            self._curve(text, person, here)
        if warning := _warning(person, here):
            text.append(f"{warning}  ", style=warns)
        text.append((_ended(person) or person.last_words())[:width], style=quiet)
        text.truncate(width, overflow="ellipsis", pad=True)
        strip = Strip(text.render(self.app.console), width)
        ground = self.get_visual_style("board--cursor").rich_style if person.id == self._chosen else self.rich_style
        return strip.apply_style(ground)

    def _curve(self, text: Text, person: Person, here: float) -> None:
        view, now = person.view, person.now(here)
        if not view.moods:
            text.append(" " * CURVE_WIDTH)
            return
        dots = (CURVE_WIDTH - 1) * DOTS_ACROSS
        step = WINDOW_SECONDS / dots
        times = [now - (dots - 1 - number) * step for number in range(dots)]
        first = view.moods[0].t
        (cells,) = plot([view.anger_at(t) if t >= first else None for t in times], CURVE_ROWS)
        for cell, t in zip(cells, times[::DOTS_ACROSS], strict=True):
            text.append(cell, style=self._style(band_at(view.moods, t)))
        text.append(" ")

    def _style(self, name: str) -> Style:
        """Without a ground: that is the row's."""
        if name not in self._styles:
            style = self.get_visual_style(f"board--{name}").rich_style
            self._styles[name] = Style(color=style.color, bold=style.bold)
        return self._styles[name]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._rows.clear()

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _row(self) -> int:
        return next((row for row, person in enumerate(self._people) if person.id == self._chosen), 0)

    def _choose(self, row: int) -> None:
        if self._people:
            row = max(0, min(row, len(self._people) - 1))
            self._chosen = self._people[row].id
            self.scroll_to_region(Region(0, row, 1, 1), animate=False)
            self.show(self._people, time.monotonic())

    def action_move(self, step: int) -> None:
        self._choose(self._row() + step)

    def action_page(self, step: int) -> None:
        self._choose(self._row() + step * max(1, self.size.height - 1))

    def action_end(self, row: int) -> None:
        self._choose(row if row == 0 else len(self._people) - 1)

    def action_open(self) -> None:
        if person := self.chosen:
            self.post_message(self.Opened(person))


def _fit(text: str, width: int) -> str:
    """Into `width` cells, a space at the end; some letters take two."""
    return set_cell_size(text, width) if cell_len(text) < width else f"{set_cell_size(text, width - 2)}… "


def _status(person: Person) -> str:
    if person.state.help:
        return strings.BOARD_HELP
    if person.in_call and person.paused:
        return strings.BOARD_PAUSED
    if person.in_call and person.listened:
        return strings.BOARD_LISTENED
    if person.in_call and person.view.hold_since is not None:
        return strings.BOARD_ON_HOLD
    return strings.STATUSES[person.state.status]


def _warning(person: Person, here: float) -> str:
    kind = person.warning(here)
    if not kind:
        return person.state.trouble
    return strings.BOARD_WARNINGS[kind].format(seconds=int(person.silence(here)))


def _ended(person: Person) -> str:
    ended = person.view.ended
    if ended is None:
        return ""
    return strings.BOARD_ENDED.format(
        shape=strings.OUTCOME_SHAPES[ended.outcome], outcome=strings.THEIR_OUTCOMES[ended.outcome]
    )
