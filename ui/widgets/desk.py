"""The desk: account, policy, authority, and look-ups that take some seconds, as in life."""

import math
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.persona import Desk
from ui import strings
from ui.widgets.chooser import Chooser
from ui.widgets.text import Bullet


class Lookups(Chooser):
    """The list of look-ups. Beyond its last row the arrows scroll the desk."""

    def action_cursor_down(self) -> None:
        if self.highlighted == self.option_count - 1:
            self._desk.scroll_relative(y=1, animate=False)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        if self._desk.scroll_y > 0:
            self._desk.scroll_relative(y=-1, animate=False)
        elif self.highlighted:
            super().action_cursor_up()

    def action_page_down(self) -> None:
        self._desk.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self._desk.scroll_page_up(animate=False)

    @property
    def _desk(self) -> VerticalScroll:
        return self.query_ancestor(VerticalScroll)


class DeskPanel(VerticalScroll):
    """Read-only, except for the look-ups: choose one, wait, read the result."""

    def __init__(self, desk: Desk, now: Callable[[], float] | None, *, id: str | None = None) -> None:
        """`now`: call time, s; None in the briefing, where look-ups are only listed."""
        super().__init__(id=id, classes="desk")
        self._desk = desk
        self._now = now
        self._due: dict[str, float] = {}
        """Look-up id -> call time of its result, s."""
        self._shown: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        desk = self._desk
        yield Static(strings.DESK_AT.format(company=desk.company, role=desk.role), classes="desk-where", markup=False)
        if self._now is not None:
            yield from self._lookups()  # first, since they get the focus
        if desk.account:
            yield Static(strings.DESK_ACCOUNT, classes="heading")
            for key, value in desk.account.items():
                yield Static(f"{key}", classes="desk-key", markup=False)
                yield Static(value, classes="desk-value", markup=False)
        for title, lines in ((strings.DESK_POLICY, desk.policy), (strings.DESK_AUTHORITY, desk.authority)):
            if lines:
                yield Static(title, classes="heading")
                for line in lines:
                    yield Bullet(line)
        if self._now is None:
            yield from self._lookups()

    def _lookups(self) -> ComposeResult:
        lookups = self._desk.lookups
        if not lookups:
            return
        yield Static(strings.DESK_LOOKUPS, classes="heading")
        if self._now is None:
            for lookup in lookups:
                yield Bullet(strings.LOOKUP_TAKES.format(title=lookup.title, seconds=lookup.seconds))
        else:
            options = (Option(self._label(lookup.id), id=lookup.id) for lookup in lookups)
            yield Lookups(*options, id="desk-lookups", markup=False)

    def open_at_lookups(self) -> None:
        """Focus the look-ups or, without any, the panel."""
        lookups = self.query("#desk-lookups")
        (lookups.first() if lookups else self).focus(scroll_visible=False)
        self.scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._now is None or event.option_id is None or event.option_id in self._due:
            return
        lookup = next(entry for entry in self._desk.lookups if entry.id == event.option_id)
        self._due[lookup.id] = self._now() + lookup.seconds
        self.poll()

    def poll(self) -> None:
        """Update the running look-ups; called several times a second."""
        if not self._due:
            return
        options = self.query_one("#desk-lookups", OptionList)
        for name in self._due:
            label = self._label(name)
            if self._shown.get(name) != label:
                self._shown[name] = label
                options.replace_option_prompt(name, label)

    def _label(self, name: str) -> str:
        lookup = next(entry for entry in self._desk.lookups if entry.id == name)
        due = self._due.get(name)
        if due is None or self._now is None:
            return strings.LOOKUP_TAKES.format(title=lookup.title, seconds=lookup.seconds)
        left = due - self._now()
        if left > 0:
            return strings.LOOKUP_RUNS.format(title=lookup.title, seconds=math.ceil(left))
        return strings.LOOKUP_DONE.format(title=lookup.title, result=lookup.result)
