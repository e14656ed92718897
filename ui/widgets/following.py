"""A list that scrolls after what is in focus."""

from textual.containers import VerticalScroll


class Rows(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Without keys of its own: the arrows choose a row, they do not scroll past it."""
