"""Two packs as the real text model reads a turn for them."""

from collections.abc import Callable

import pytest

from dialogue.persona import Pack
from dialogue.understanding.topics import Meant, understand
from tests.dialogue.scorers import scorer_of


@pytest.fixture(scope="package")
def meant(flatpack: Pack, broadband: Pack) -> Callable[[str, str], Meant]:
    """meant("flatpack" or "broadband", text): what the turn asks for and brings."""
    packs = {"flatpack": flatpack, "broadband": broadband}
    scorers = {name: scorer_of(pack.id) for name, pack in packs.items()}
    return lambda name, text: understand(text, scorers[name].score(text), packs[name])
