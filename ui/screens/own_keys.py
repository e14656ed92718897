"""A screen's active keys, without Textual's own: for its help and the command palette."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen


def own_keys(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """The active keys that we declared with a description, the focused widget's first. Textual's (arrows in a list,
    Tab, copying) are left out."""
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.description and _key(active.binding) in _declared(active.node):
            yield active


def commands(screen: Screen[object]) -> Iterator[SystemCommand]:
    """The commands of the palette: one for each action of the active keys."""
    seen: set[str] = set()
    for node, binding, _, tooltip in own_keys(screen):
        if binding.action not in seen:
            seen.add(binding.action)
            yield SystemCommand(
                binding.description,
                tooltip or binding.tooltip,
                lambda action=binding.action, node=node: screen.app.call_later(screen.app.run_action, action, node),
            )


def _declared(node: DOMNode) -> frozenset[tuple[str, str]]:
    """The keys that our own classes declare for that node."""
    ours = (each for each in type(node).__mro__ if each.__module__.startswith("ui."))
    declared = (binding for each in ours for binding in each.__dict__.get("BINDINGS", ()))
    return frozenset(_key(binding) for binding in declared if isinstance(binding, Binding))


def _key(binding: Binding) -> tuple[str, str]:
    """What identifies a binding: the parts that Textual does not change."""
    return binding.action, binding.description
