"""A wrong title is one that they are called by, not one of somebody else of their name."""

import pytest

from dialogue.events import Behaviour
from dialogue.persona import Pack
from dialogue.understanding.address import mistitled


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Good morning, Mr Whitlock.", True),
        ("I see your point Mr Whitlock, one moment", True),
        ("It was in Mr Whitlock's name until April.", False),
        ("Did Mr Whitlock do the papers?", False),
        ("It used to belong to Mr Whitlock, I see.", False),
        ("To Mr Whitlock it went. Is that right, Mr Whitlock?", True),
    ],
)
def test_who_is_spoken_of_is_not_called(flatpack: Pack, text: str, called: bool) -> None:
    named = Behaviour(id="name_use", confidence=1.0, evidence="Mr Whitlock", about="mr whitlock")
    assert mistitled(text, [named], flatpack.customer, typed=True) is called
