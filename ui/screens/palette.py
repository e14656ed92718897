"""The command palette: every key of the present screen is also a command."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.screen import Screen

from ui.screens.own_keys import own_keys


def commands(screen: Screen[object]) -> Iterator[SystemCommand]:
    """Of the keys that work now, one an action."""
    seen: set[str] = set()
    for node, binding, _, tooltip in own_keys(screen):
        if binding.action not in seen:
            seen.add(binding.action)
            yield SystemCommand(
                binding.description,
                tooltip or binding.tooltip,
                lambda action=binding.action, node=node: screen.app.call_later(screen.app.run_action, action, node),
            )
