"""Rows that the arrows move between. In the set-up: a choice of values or something to do, each with a line below for
the result."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from ui import strings


class Rows(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Has no scrolling keys: the arrows choose a row."""


class Row(Vertical):
    """A label and a value; `told`, if not empty, stands below."""

    can_focus = True

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id, classes="row")
        self._label = label
        self.told = ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="row-line"):
            yield Static(self._label, classes="row-label", markup=False)
            yield Static("", classes="row-value", markup=False)
        yield Static("", classes="row-told", markup=False)

    def tell(self, text: str) -> None:
        self.told = text
        told = self.query_one(".row-told", Static)
        told.update(text)
        told.display = bool(text)

    def show(self, value: str) -> None:
        self.query_one(".row-value", Static).update(value)


class Choice(Row):
    """One of several values; left and right change it."""

    class Changed(Message):
        def __init__(self, row: "Choice", value: object) -> None:
            super().__init__()
            self.row, self.value = row, value

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter,space", "go(1)", strings.KEY_CHANGE, key_display="←→"),
        Binding("left", "go(-1)", strings.KEY_CHANGE_BACK, show=False),
    ]

    def __init__(self, setting: str, label: str, options: Iterable[tuple[object, str]], value: object) -> None:
        """`setting`: the field of `Settings` that is chosen here. `options`: (value, label)."""
        super().__init__(label, id=f"set-{setting}")
        self.setting = setting
        self._options = list(options)
        self._at = next((at for at, (each, _) in enumerate(self._options) if each == value), 0)

    def on_mount(self) -> None:
        self.tell("")
        self._show()

    def choose(self, value: object) -> None:
        """Show this value without posting a message."""
        self._at = next((at for at, (each, _) in enumerate(self._options) if each == value), self._at)
        self._show()

    def _show(self) -> None:
        self.show(f"‹ {self._options[self._at][1]} ›")

    def action_go(self, step: int) -> None:
        self._at = (self._at + step) % len(self._options)
        self._show()
        self.post_message(self.Changed(self, self._options[self._at][0]))

    def on_click(self) -> None:
        self.action_go(1)


class Deed(Row):
    """Something that Enter does."""

    class Wanted(Message):
        def __init__(self, row: "Deed") -> None:
            super().__init__()
            self.row = row

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "want", strings.KEY_DO)]

    def __init__(self, label: str, value: str, *, id: str) -> None:
        super().__init__(label, id=id)
        self._value = value

    def on_mount(self) -> None:
        self.tell("")
        self.show(self._value)

    def action_want(self) -> None:
        self.post_message(self.Wanted(self))

    def on_click(self) -> None:
        self.action_want()
