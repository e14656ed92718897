"""What a question of the customer's wants, and whether a turn holds it."""

import pytest

from dialogue.understanding.expected_answers import answer, passed_over, scripted, takes_up, wanted, wants_a_name

STEP = frozenset({"step_offer"})


@pytest.mark.parametrize(
    ("heard", "kind"),
    [
        ("When will the plumber be here?", "time"),
        ("I'm freezing. And how much longer will it take?", "time"),
        ("What is that going to cost me?", "sum"),
        ("Who put that on my file?", "person"),
        ("Why was it cancelled?", "reason"),
        ("What happens now?", "next"),
        ("Is it mended, yes or no?", "decision"),
        ("Did my letter reach you?", "whether"),
        ("Are you even listening?", ""),
        ("You never called.", ""),
        ("", ""),
    ],
)
def test_what_a_question_wants(heard: str, kind: str) -> None:
    assert wanted(heard) == kind


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("When will the plumber be here?", "He will be there at four."),
        ("What is that going to cost me?", "That comes to sixty pounds in all."),
        ("Why was it cancelled?", "Because the hall was flooded that night."),
        ("Did my letter reach you?", "Yes, it lies here in front of me."),
        ("What happens now?", "A colleague reads it and writes to you by Monday."),
        ("Can you sign it? And if not, who can?", "Only Ines Duarte signs those."),
    ],
)
def test_the_answer_is_found(heard: str, text: str) -> None:
    assert answer(text, heard) == text
    assert not passed_over(text, STEP, heard)


@pytest.mark.parametrize(
    ("heard", "text", "ids"),
    [
        ("When will the plumber be here?", "I'll send him as soon as I can.", STEP),
        ("How long will it take?", "May I put you on hold?", frozenset({"hold_permission"})),
        ("What is that going to cost me?", "You'll see it on the bill.", STEP),
        ("Why was it cancelled?", "I'll book you another evening.", STEP),
    ],
)
def test_the_answer_that_does_not_come_is_missed(heard: str, text: str, ids: frozenset[str]) -> None:
    assert not answer(text, heard)
    assert passed_over(text, ids, heard)


@pytest.mark.parametrize(
    ("heard", "text", "ids"),
    [
        ("When will the plumber be here?", "I don't know yet, I'll ask him.", frozenset({"find_out"})),
        ("Why does it always hit me?", "That must be so tiring.", frozenset({"empathy"})),
        ("How long will it take?", "May I put you on hold for two minutes?", frozenset({"hold_permission"})),
        ("You never called.", "I'll see to it.", STEP),
    ],
)
def test_nobody_is_blamed_who_finds_out_or_acknowledges(heard: str, text: str, ids: frozenset[str]) -> None:
    assert not passed_over(text, ids, heard)


def test_courtesies_are_no_answer() -> None:
    text, thanks = "Thank you so much for waiting and for your loyalty.", frozenset({"thanks", "loyalty"})
    assert scripted(text, thanks, "Did it arrive?")
    assert not scripted(text, thanks | {"find_out"}, "Did it arrive?")
    assert not scripted(text, thanks, "It has not arrived.")
    assert not scripted("Thank you for that.", thanks, "Did it arrive?")


def test_a_refusal_is_no_answer() -> None:
    assert not answer("No, I can't put you through to her.", "Can I speak to her?")


def test_agreeing_in_a_word_is_no_answer() -> None:
    assert not answer("Yes, of course.", "Did my letter reach you?")


def test_who_takes_up_what_was_asked_does_not_pass_it_over() -> None:
    heard = "Why do I pay for two keys?"
    assert takes_up("There are two doors, and each needs its own key.", heard)
    assert not passed_over("There are two doors, and each needs its own key.", STEP, heard)
    assert not takes_up("I'll book you another evening.", heard)
    assert not takes_up("Which key?", heard)


def test_whoever_asks_for_a_name_is_answered_by_it() -> None:
    assert wants_a_name("And who am I speaking to?")
    assert not wants_a_name("You have my name.")
