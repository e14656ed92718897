"""What a clause does, by its words alone."""

import pytest

from dialogue.language import normal
from dialogue.understanding.asking import STILL_THERE, asks
from dialogue.understanding.offering import WISHING, ends_call, offers, strung


@pytest.mark.parametrize(
    ("text", "about_the_line"),
    [
        ("Sorry, are you still with me?", True),
        ("Right, still there?", True),
        ("Can you hear me all right now?", True),
        ("Is the old cooker still there?", False),
        ("Are you there on Saturday?", False),
        ("Can you hear the noise now?", False),
    ],
)
def test_asking_about_the_line_is_told_from_asking_about_the_case(text: str, about_the_line: bool) -> None:
    assert bool(STILL_THERE.search(normal(text))) is about_the_line


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("should be there on thursday", False),
        ("is on its way", False),
        ("do apologise for that", False),
        ("could it be the brace", True),
        ("is everything all right", True),
    ],
)
def test_a_statement_that_lost_its_subject_is_no_question(text: str, asked: bool) -> None:
    assert asks(normal(text)) is asked


@pytest.mark.parametrize(
    ("clause", "wants_an_answer"),
    [
        ("who knows what might have happened", False),
        ("you don't have to read me the log", False),
        ("what happened is that two pages stuck together", False),
        ("is that we paint the old door tonight", False),
        ("is that the old door?", True),
        ("what people forget is how many of these we paint", False),
        ("what it needs is how many coats?", True),
        ("when the parts are there we'll ring you", False),
        ("so you used the cable then", True),
        ("whose account is it", True),
        ("until what time can i ring you", True),
    ],
)
def test_asking_is_told_from_what_only_looks_like_it(clause: str, wants_an_answer: bool) -> None:
    assert asks(clause) is wants_an_answer


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("i have warned you twice i am ending this call now goodbye", True),
        ("please stop or i'll have to end the call", False),
        ("if you keep using this language i will end the call", False),
        ("i'm hanging up now", True),
    ],
)
def test_ending_a_call_is_told_from_threatening_to(text: str, over: bool) -> None:
    assert ends_call(normal(text)) is over


def test_an_order_explains_nothing() -> None:
    assert offers("the basket is too full for the page", explains=True)
    assert not offers("right just empty your basket", explains=True)
    assert not offers("for verification please state your name and the version you are using", explains=True)


@pytest.mark.parametrize(
    ("clause", "brings"),
    [
        ("there's a spare key for you at the porter's", True),
        ("there's nothing about it in the notes", False),
        ("i've a painter lined up for monday", True),
        ("i've a lot of paint here", False),
    ],
)
def test_what_stands_ready_is_an_offer(clause: str, brings: bool) -> None:
    assert offers(clause) is brings


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("i wish i could send you a hinge", True),
        ("somebody should have a look at that hinge", True),
        ("a new hinge would be nice", True),
        ("it would be best if i sent you a hinge", False),
        ("you should have the hinge on friday", False),
        ("i wish you a good evening", True),
    ],
)
def test_a_wish_is_told_from_an_offer(text: str, wishes: bool) -> None:
    assert bool(WISHING.search(normal(text))) is wishes


def test_words_strung_together_say_nothing() -> None:
    assert strung("hinge new send door paint")
    assert not strung("hinge new door")
    assert not strung("a new hinge goes to the door")
