"""`coolhead packs ...`: the customers, and the workbench for those who write them."""

from ui.commands.packs.checking import check
from ui.commands.packs.listing import list_packs

__all__ = ["check", "list_packs"]
