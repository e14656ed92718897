"""Who is asked for one particular does not give another."""

import pytest

from dialogue.language import normal
from dialogue.persona import load
from dialogue.understanding.particulars import asked_for, can_give
from dialogue.understanding.topics import understand
from tests.dialogue.scorers import scorer_of

KINDS = {
    "Can you give me your postcode?": {"address"},
    "What's your full name, please?": {"name"},
    "Who am I speaking to?": {"name"},
    "And when were you born?": {"birth"},
    "Is this your mobile number?": {"telephone"},
    "Have you got the order number there?": {"reference"},
    "Which e-mail address shall I use?": {"e-mail"},
    "Could I have your name and address?": {"name", "address"},
    "Can I get your name and the model of the charger?": set(),  # it asks for something else as well
    "What is your name on it worth to you?": set(),
    "What is the address of the venue?": set(),
}


@pytest.mark.parametrize(("text", "kinds"), KINDS.items())
def test_what_is_asked_for(text: str, kinds: set[str]) -> None:
    assert asked_for(normal(text)) == kinds


def test_a_fact_gives_what_its_wordings_ask_for() -> None:
    number = load("forty-minutes-on-hold").fact("number")
    assert can_give(number, frozenset({"telephone"}))
    assert can_give(number, frozenset())
    assert not can_give(number, frozenset({"address"}))


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "fact"),
    [("What's your postcode?", ""), ("Your date of birth, please?", ""), ("And your mobile number?", "number")],
)
def test_another_particular_releases_no_hidden_fact(text: str, fact: str) -> None:
    pack = load("forty-minutes-on-hold")
    assert understand(text, scorer_of(pack.id).score(text), pack).asks == ((fact,) if fact else ())
