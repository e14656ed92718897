"""The keys that work on a screen now and are Coolhead's own: what its help lists and its palette offers."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen


def own_keys(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """Those with a description, the focused widget's first. Textual's (arrows in a list, Tab, copying) are left out:
    whoever uses them knows them."""
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.description and _key(active.binding) in _declared(active.node):
            yield active


def commands(screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers: of the keys that work now, one an action."""
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
    """The keys that our own classes of that node declare."""
    ours = (each for each in type(node).__mro__ if each.__module__.startswith("ui."))
    declared = (binding for each in ours for binding in each.__dict__.get("BINDINGS", ()))
    return frozenset(_key(binding) for binding in declared if isinstance(binding, Binding))


def _key(binding: Binding) -> tuple[str, str]:
    """By what Textual leaves as it was declared."""
    return binding.action, binding.description
