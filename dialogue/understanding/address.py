"""How the trainee calls the customer: by first name, or by title and surname, and whether the title is theirs."""

from collections.abc import Sequence

from dialogue.content.names import TITLES
from dialogue.events import Behaviour
from dialogue.persona import Customer

_NAMING = ("name_use", "wrong_name")
_SOUNDS_ALIKE = frozenset({"mrs", "ms", "miss"})
"""Nobody is put right for one of these where it was spoken: a recogniser can hardly tell them apart."""


def formal(behaviours: Sequence[Behaviour]) -> bool | None:
    """Whether they were called by a title, rightly or wrongly; None where they were not named."""
    named = [one.about.split()[0] in TITLES for one in behaviours if one.id in _NAMING and one.about]
    return named[0] if named else None


def mistitled(behaviours: Sequence[Behaviour], customer: Customer, *, typed: bool) -> bool:
    """Whether their own surname stood behind a title that is not theirs."""
    if customer.title is None:
        return False
    own = customer.title.lower()
    said = [_title(one.about) for one in behaviours if one.id == "name_use"]
    alike = _SOUNDS_ALIKE if not typed else frozenset()
    return any(title in _SOUNDS_ALIKE | {"mr"} and title != own and not {title, own} <= alike for title in said)


def _title(name: str) -> str:
    return "mrs" if name.startswith("miss is ") else name.split(" ", 1)[0]
