"""Who is calling: scenarios as cards, and the briefing before one picks up."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Input, Static

from dialogue.persona import Pack
from ui import strings
from ui.widgets.desk import DeskPanel
from ui.widgets.line import Bullet
from ui.widgets.pacer import Pacer

WIDE_COLUMNS = 100


class Card(Vertical):
    """One scenario. Focus it and press Enter, or click it."""

    can_focus = True

    class Opened(Message):
        def __init__(self, pack: Pack) -> None:
            super().__init__()
            self.pack = pack

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", strings.KEY_OPEN)]

    def __init__(self, pack: Pack, last_result: str = "") -> None:
        super().__init__(classes="card")
        self.pack = pack
        self._last_result = last_result

    def compose(self) -> ComposeResult:
        pack = self.pack
        with Horizontal(classes="card-head"):
            yield Static(pack.title, classes="card-title", markup=False)
            yield Static(level(pack), classes="card-level", markup=False)
        yield Static(pack.summary, classes="card-summary", markup=False)
        if pack.skills:
            yield Static(f"{strings.SKILLS}: {', '.join(pack.skills)}", classes="quiet", markup=False)
        if self._last_result:
            yield Static(strings.LAST_RESULT.format(result=self._last_result), classes="quiet", markup=False)

    def matches(self, text: str) -> bool:
        """Whether every word typed occurs somewhere on the card."""
        pack = self.pack
        card = " ".join((pack.id, pack.title, pack.customer.name, pack.summary, *pack.skills)).casefold()
        return all(word in card for word in text.casefold().split())

    def on_click(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        self.post_message(self.Opened(self.pack))


def level(pack: Pack) -> str:
    """Difficulty as circles and a word, and the usual length: never by colour."""
    minutes = strings.MINUTES.format(minutes=pack.minutes)
    return f"{strings.LEVEL_SHAPES[pack.level]} {strings.LEVELS[pack.level]} · {minutes}"


class LobbyScreen(Screen[None]):
    class Chosen(Message):
        def __init__(self, pack: Pack) -> None:
            super().__init__()
            self.pack = pack

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", strings.KEY_SEARCH, key_display="/"),
        Binding("down,right,j", "app.focus_next", show=False),
        Binding("up,left,k", "app.focus_previous", show=False),
        Binding("escape", "leave_search", strings.KEY_BACK, show=False),
        Binding("q", "app.quit", strings.KEY_QUIT),
    ]
    HELP = strings.HELP_LOBBY

    def __init__(self, packs: Sequence[Pack], last_results: Mapping[str, str]) -> None:
        super().__init__()
        self._packs = sorted(packs, key=lambda pack: (pack.level, pack.title))
        self._last_results = last_results

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.LOBBY_TITLE, id="who")
            yield Static(strings.APP_TITLE, id="phase")
        yield Input(placeholder=strings.LOBBY_SEARCH, id="search")
        with VerticalScroll(id="cards", can_focus=False):
            for pack in self._packs:
                yield Card(pack, self._last_results.get(pack.id, ""))
            yield Static(strings.LOBBY_EMPTY if not self._packs else "", id="no-cards", classes="quiet", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self._focus_first()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE_COLUMNS, "-wide")

    def _focus_first(self) -> None:
        for card in self.query(Card):
            if card.display:
                card.focus()
                return

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def action_leave_search(self) -> None:
        search = self.query_one("#search", Input)
        search.clear()
        search.display = False
        self._focus_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        for card in self.query(Card):
            card.display = card.matches(event.value)
        none_left = not any(card.display for card in self.query(Card))
        self.query_one("#no-cards", Static).update(strings.LOBBY_NONE.format(text=event.value) if none_left else "")

    def on_input_submitted(self) -> None:
        self._focus_first()

    def on_card_opened(self, message: Card.Opened) -> None:
        self.post_message(self.Chosen(message.pack))


class BriefingScreen(Screen[None]):
    """What the trainee may know before the phone rings, and a breath if they like."""

    class PickedUp(Message):
        def __init__(self, pack: Pack) -> None:
            super().__init__()
            self.pack = pack

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick_up", strings.KEY_PICK_UP),
        Binding("b", "breathe", strings.KEY_BREATHE, tooltip=strings.TIP_BREATHE_BEFORE),
        Binding("escape", "back", strings.KEY_BACK),
    ]
    HELP = strings.HELP_LOBBY

    def __init__(self, pack: Pack, *, still: bool = False, clock: Clock | None = None) -> None:
        super().__init__()
        self.pack = pack
        self._still = still
        self._clock = clock

    def compose(self) -> ComposeResult:
        pack = self.pack
        with Horizontal(id="top"):
            yield Static(f"{pack.customer.name} · {pack.title}", id="who", markup=False)
            yield Static(level(pack), id="phase", markup=False)
        with Horizontal(id="briefing"):
            with VerticalScroll(id="briefing-story"):
                yield Static(strings.BRIEFING_STORY, classes="heading")
                yield Static(pack.summary, markup=False)
                if pack.skills:
                    yield Static(strings.SKILLS, classes="heading")
                    for skill in pack.skills:
                        yield Bullet(skill)
                yield Static(strings.BRIEFING_READY, classes="heading")
                yield Static(strings.BRIEFING_KEYS, markup=False)
            with ContentSwitcher(initial="desk", id="beside"):
                yield DeskPanel(pack.desk, None, id="desk")
                yield Pacer(clock=self._clock, still=self._still, note=strings.PACER_ALONE, id="pacer")
        yield Footer(show_command_palette=False)

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE_COLUMNS, "-wide")

    def action_pick_up(self) -> None:
        self._stop_breathing()
        self.post_message(self.PickedUp(self.pack))

    def action_breathe(self) -> None:
        if not self._stop_breathing():
            self.query_one("#beside", ContentSwitcher).current = "pacer"
            self.query_one(Pacer).start()

    def action_back(self) -> None:
        if not self._stop_breathing():
            self.app.pop_screen()

    def _stop_breathing(self) -> bool:
        """Whether there was anything to stop."""
        beside = self.query_one("#beside", ContentSwitcher)
        breathing = beside.current == "pacer"
        if breathing:
            self.query_one(Pacer).stop()
            beside.current = "desk"
        return breathing
