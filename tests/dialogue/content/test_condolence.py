"""Sorry for a death is sympathy; sorry for what was done is an apology, also in the same breath."""

import pytest

from dialogue.content import judge
from dialogue.content.condolence import tells_of_a_loss
from dialogue.content.context import Context
from tests.dialogue.scorers import scorer_for


def heard(text: str, *, mourns: bool) -> set[str]:
    return {one.id for one in judge(text, scorer_for({}).score(text), Context(mourns=mourns))}


@pytest.mark.real
@pytest.mark.parametrize(
    "text",
    [
        "I'm so sorry about Samuel.",
        "So sorry for your loss.",
        "I am sorry to hear about your husband.",
        "I'm sorry he passed away.",
    ],
)
def test_a_condolence_is_no_apology(text: str) -> None:
    found = heard(text, mourns=True)
    assert "empathy" in found
    assert "apology" not in found


@pytest.mark.real
def test_the_words_with_the_name_are_quoted() -> None:
    text = "Oh no. I'm so sorry about Samuel. Please go on."
    found = judge(text, scorer_for({}).score(text), Context(mourns=True))
    assert [one.evidence for one in found if one.id == "empathy"] == ["sorry about Samuel"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "mourns"),
    [
        ("I apologise for the two letters, and I'm sorry for your loss.", True),
        ("I'm so sorry about Monday.", True),
        ("I'm sorry about Samuel's parcel.", False),
    ],
)
def test_an_apology_stays_one(text: str, mourns: bool) -> None:
    assert "apology" in heard(text, mourns=mourns)


def test_a_loss_is_one_that_was_told() -> None:
    assert tells_of_a_loss(["The account was my late husband's.", ""])
    assert not tells_of_a_loss(["You lost my parcel, and I'm dying to hear why."])
