"""The lobby: scenarios as cards, and which one to take next."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from dialogue.persona import Pack
from ui import strings
from ui.records.history import PastCall, by_pack
from ui.records.scenarios import suggestion
from ui.screens.confirm import Confirm
from ui.screens.search_field import SearchField
from ui.widgets.card import Card, CardDetail
from ui.widgets.keylines import KeyLines
from ui.widgets.row import Rows


class LobbyScreen(Screen[None]):
    class Chosen(Message):
        def __init__(self, pack: Pack) -> None:
            super().__init__()
            self.pack = pack

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", strings.KEY_SEARCH, show=False, key_display="/", tooltip=strings.TIP_SEARCH),
        Binding("f", "filter", strings.KEY_FILTER, show=False, tooltip=strings.TIP_FILTER),
        Binding("w", "app.watch", strings.KEY_WATCH, tooltip=strings.TIP_WATCH),
        Binding("h", "app.history", strings.KEY_HISTORY, tooltip=strings.TIP_HISTORY),
        Binding("p", "app.progress", strings.KEY_PROGRESS, tooltip=strings.TIP_PROGRESS),
        Binding("d", "app.drills", strings.KEY_DRILLS, tooltip=strings.TIP_DRILLS),
        Binding("s", "app.setup", strings.KEY_SETUP, tooltip=strings.TIP_SETUP),
        Binding("down,right,j", "app.focus_next", show=False),
        Binding("up,left,k", "app.focus_previous", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
        Binding("escape", "leave_search", strings.KEY_BACK),
        Binding("q", "app.quit", strings.KEY_QUIT),
    ]
    HELP = strings.HELP_LOBBY
    AUTO_FOCUS = ""  # the caller who is suggested

    def __init__(self, packs: Sequence[Pack], calls: Sequence[PastCall]) -> None:
        """`calls`: past calls, the newest first."""
        super().__init__()
        self._packs = sorted(packs, key=lambda pack: (pack.level, pack.title))
        self._calls = calls
        self._next = suggestion([pack for pack in self._packs if not pack.conduct.vulgar], calls)
        self._filter = next(iter(strings.FILTERS))

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.LOBBY_TITLE, id="who")
            yield Static("", id="phase", markup=False)
        if self._next:
            pack, reason = self._next
            told = strings.LOBBY_NEXT.format(title=pack.title, reason=reason)
            yield Static(told if self._calls else f"{told}\n{strings.LOBBY_FIRST}", id="next", markup=False)
        yield SearchField(placeholder=strings.LOBBY_SEARCH, id="search")
        with Container(id="hall"):
            with Rows(id="cards"):
                taken = by_pack(self._calls)
                for pack in self._packs:
                    yield Card(pack, taken.get(pack.id, ()))
                yield Static("" if self._packs else strings.LOBBY_EMPTY, id="no-cards", classes="quiet", markup=False)
            yield CardDetail(id="detail")
        yield KeyLines()

    def on_mount(self) -> None:
        self._sift()
        self._focus_next_caller()

    def _focus_next_caller(self) -> None:
        """Focus the suggested card if it is shown, else the first one."""
        shown = [card for card in self.query(Card) if card.display]
        suggested = [card for card in shown if self._next and card.pack is self._next[0]]
        for card in (suggested or shown)[:1]:
            card.focus()

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def action_leave_search(self) -> None:
        search = self.query_one("#search", Input)
        search.clear()
        search.display = False
        self._focus_next_caller()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.query_one("#search").display if action == "leave_search" and self.is_mounted else True

    def action_filter(self) -> None:
        names = list(strings.FILTERS)
        self._filter = names[(names.index(self._filter) + 1) % len(names)]
        self._sift()
        self._focus_next_caller()

    def action_end(self, index: int) -> None:
        for card in [card for card in self.query(Card) if card.display][index:][:1]:
            card.focus()

    def on_input_changed(self) -> None:
        self._sift()

    def on_input_submitted(self) -> None:
        """Enter after a search opens the first match."""
        shown = [card for card in self.query(Card) if card.display]
        if shown:
            shown[0].focus()
            shown[0].action_open()

    def on_card_looked(self, message: Card.Looked) -> None:
        self.query_one(CardDetail).show(message.card)

    def on_card_opened(self, message: Card.Opened) -> None:
        """Ask before a customer who swears is chosen."""

        def choose(wanted: bool | None = True) -> None:
            if wanted:
                self.post_message(self.Chosen(message.pack))

        if message.pack.conduct.vulgar:
            question = strings.OPT_IN.format(name=message.pack.customer.name)
            self.app.push_screen(Confirm(question, strings.OPT_IN_KEYS), choose)
        else:
            choose()

    def _sift(self) -> None:
        """Show the cards that match the search or, without one, pass the filter."""
        text = self.query_one("#search", Input).value
        for card in self.query(Card):
            card.display = card.matches(text) if text else card.passes(self._filter)
        if self._packs:
            none_left = not any(card.display for card in self.query(Card))
            which = strings.FILTERS[self._filter]
            why = strings.LOBBY_NONE.format(text=text) if text else strings.LOBBY_FILTER_NONE.format(filter=which)
            self.query_one("#no-cards", Static).update(why if none_left else "")
        first = next(iter(strings.FILTERS))
        label = strings.APP_TITLE if text or self._filter == first else strings.FILTERS[self._filter]
        self.query_one("#phase", Static).update(label)
