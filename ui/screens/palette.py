"""The command palette: every key of the present screen is also a command."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.screen import Screen


def commands(screen: Screen[object]) -> Iterator[SystemCommand]:
    """Of the keys that work now and have a description."""
    for _, binding, enabled, tooltip in screen.active_bindings.values():
        if enabled and binding.description and binding.action != "command_palette":
            yield SystemCommand(
                binding.description,
                tooltip or binding.tooltip,
                lambda action=binding.action: screen.app.call_later(screen.run_action, action),
            )
