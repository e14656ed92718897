"""The console as a program: the board as the first screen."""

from ui import dashboard
from ui.classroom.group import Group
from ui.classroom.register import Entrance
from ui.classroom.screens.console import ConsoleScreen
from ui.runtime.settings import Settings


def show(entrance: Entrance, settings: Settings) -> int:
    """0 when the board was left."""
    return dashboard.show(settings, first=ConsoleScreen(Group(entrance)))
