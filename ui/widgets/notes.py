"""A note pad beside the call."""

from textual.widgets import TextArea

from ui import strings


class NotePad(TextArea):
    """Plain text; Esc leaves it. F6 and F7 keep their meaning in the call."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, placeholder=strings.NOTES_HINT, tab_behavior="focus")

    def add(self, line: str) -> None:
        """Append a line."""
        self.text = f"{self.text.rstrip()}\n{line}\n".lstrip("\n")

    def open_at_end(self) -> None:
        """Take the focus, with the cursor at the end."""
        self.focus(scroll_visible=False)
        self.scroll_home(animate=False)
        self.move_cursor(self.document.end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action in ("select_line", "select_all") else super().check_action(action, parameters)
