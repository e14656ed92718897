"""How the trainee calls the customer: by first name, or by title and surname, and whether the title is theirs."""

import re
from collections.abc import Sequence

from dialogue.content.names import ABOUT_OTHERS, TITLES
from dialogue.events import Behaviour
from dialogue.persona import Customer

_NAMING = ("name_use", "wrong_name")
_SOUNDS_ALIKE = frozenset({"mrs", "ms", "miss"})
"""Nobody is put right for one of these where it was spoken: a recogniser can hardly tell them apart."""

_BEFORE = ABOUT_OTHERS | {
    *("under", "as", "if", "when", "until", "because", "did", "does", "do", "was", "were", "are", "has", "had", "have"),
    *("would", "could", "will", "can", "met", "meet", "know", "knew", "reach", "reached", "call", "ring", "rang"),
    *("say", "says", "said", "that", "late", "your", "the"),
}
_SPEAKS_OF = re.compile(rf"\b(?:{'|'.join(sorted(_BEFORE))}) $")
"""What stands before the name of somebody who is spoken of: "in the time of Mrs Bell"."""
_GOES_ON = re.compile(r"^(?:['’]s?\b| (?:is|was|has|had|did|does|will|would|could|used|always|never|died|who)\b)")
"""And what stands behind it: "Mrs Bell's account"."""


def formal(behaviours: Sequence[Behaviour]) -> bool | None:
    """Whether they were called by a title, rightly or wrongly; None where they were not named."""
    named = [one.about.split()[0] in TITLES for one in behaviours if one.id in _NAMING and one.about]
    return named[0] if named else None


def mistitled(text: str, behaviours: Sequence[Behaviour], customer: Customer, *, typed: bool) -> bool:
    """Whether `text` calls them by their own surname behind a title that is not theirs. To speak of somebody who has
    that name, too, is no such thing."""
    if customer.title is None:
        return False
    own = customer.title.lower()
    said = [_title(one.about) for one in behaviours if one.id == "name_use" and _calls(text, one.about)]
    alike = _SOUNDS_ALIKE if not typed else frozenset()
    return any(title in _SOUNDS_ALIKE | {"mr"} and title != own and not {title, own} <= alike for title in said)


def _title(name: str) -> str:
    return "mrs" if name.startswith("miss is ") else name.split(" ", 1)[0]


def _calls(text: str, name: str) -> bool:
    """Whether `text` calls somebody by that name, and does not only speak of them."""
    form = re.compile(r"\b" + r"\W+".join(map(re.escape, name.split())) + r"(?!\w)", re.I)
    places = list(form.finditer(text))
    spoken_of = (_SPEAKS_OF.search(text[: one.start()].lower()) or _GOES_ON.search(text[one.end() :]) for one in places)
    return not places or not all(spoken_of)
