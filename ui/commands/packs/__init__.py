"""`coolhead packs ...`: the customers, and the workbench for those who write them."""

from ui.commands.packs.checking import check
from ui.commands.packs.listing import list_packs
from ui.commands.packs.playing import run as play
from ui.commands.packs.showing import show
from ui.commands.packs.starting import new

__all__ = ["check", "list_packs", "new", "play", "show"]
