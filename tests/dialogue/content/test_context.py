"""What only the context tells: the customer's name used or got wrong, and their own words given back."""

from functools import partial

import pytest

from dialogue.content.names import sound_key
from tests.dialogue.content.cues import ids


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mr Chen", "thank you mister chan"),
        ("Elena Rivera", "i hear you miss is rivera"),
        ("Elena Rivera", "Of course, Elena."),
        ("Dana Whitlock", "right, ms whit lock, one second"),
        ("Mark Will", "Thanks, Mark."),
        ("Siobhan O'Neill", "Sorry, Mrs O’Neil."),
    ],
)
def test_the_right_name(name: str, text: str) -> None:
    assert "name_use" in ids(text, customer_name=name)
    assert "wrong_name" not in ids(text, customer_name=name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mark Will", "I will mark it as done."),
        ("Grace May", "You may have it, by the grace of the depot."),
        ("Mr Chen", "The kitchen is closed."),
        ("", "Thank you, Mr Chen."),
        ("Dana Whitlock", "My manager Mr Jones can call you."),
        ("Dana Whitlock", "My manager, Mrs Lane, is in the room."),
        ("Dana Whitlock", "Mr Ortiz from accounts signs it."),
        ("Beth Lyons", "Give me a bit of time."),
        ("Naomi Adeyemi", "I own this one now, my name's Marek."),
    ],
)
def test_no_name(name: str, text: str) -> None:
    assert not ids(text, customer_name=name) & {"name_use", "wrong_name"}


def test_a_wrong_name() -> None:
    assert "wrong_name" in ids("I am sorry, Mr Brown.", customer_name="Gerald Moss")
    assert "wrong_name" in ids("Martin, bear with me.", customer_name="Marcus Bell")
    assert "wrong_name" in ids("Of course, Martin, I'll look.", customer_name="Marcus Bell")
    assert "wrong_name" not in ids("You want it in your name instead of Martin's?", customer_name="Marcus Bell")
    assert "wrong_name" in ids("Mrs Lane, is that right?", customer_name="Dana Whitlock")
    assert "wrong_name" not in ids("Martin, repairs team.", customer_name="Marcus Bell", agent_name="Martin")


def test_the_trainees_own_name_beside_the_right_one_is_no_wrong_name() -> None:
    greeted = ids("Hi Ruth, Alex", customer_name="Ruth Adeyemi", agent_name="Alex")
    assert greeted & {"name_use", "wrong_name"} == {"name_use"}


def test_names_that_sound_alike() -> None:
    assert sound_key("chen") == sound_key("chan")
    assert sound_key("philips") == sound_key("fillips")
    assert sound_key("rivera") != sound_key("whitlock")


def test_giving_back_what_was_heard_is_paraphrase() -> None:
    heard = "I built the bookcase last night and this morning the whole thing collapsed on my books."
    assert "paraphrase" in ids("So you built it last night, and the bookcase collapsed this morning.", heard=heard)
    assert "paraphrase" not in ids("So you built it last night, and the bookcase collapsed this morning.")
    assert "paraphrase" not in ids("What colour was the bookcase that collapsed?", heard=heard)
    assert "paraphrase" in ids("Did you build it last night, and it collapsed this morning?", heard=heard)
    assert "paraphrase" not in ids("And is the bookcase any lower on one side this morning?", heard=heard)


def test_setting_their_words_right_gives_nothing_back() -> None:
    heard = "I waited two hours at the counter. Will my parcel come to the counter by noon?"
    said = partial(ids, heard=heard)
    assert "paraphrase" in said("You waited two hours at the counter.")
    assert "paraphrase" in said("You waited at the counter two hours, and it did not help.")
    assert "paraphrase" not in said("You waited at the counter one hour, not two.")
    assert "paraphrase" not in said("Your parcel comes to the counter by noon."), "that is an answer"


def test_a_question_that_only_repeats_is_no_clarifying_question() -> None:
    heard = "The light on the router went red at nine."
    text = "Did the light on the router go red?"
    assert "clarify" in ids(text)
    assert "clarify" not in ids(text, heard="The light on the router goes red.")
    assert "clarify" in ids("Did the light on the router blink before the storm last night?", heard=heard)


def test_to_call_them_by_their_name_gives_nothing_back() -> None:
    heard = "The name is Miss Oakes, and the page is stuck."
    assert "paraphrase" not in ids("I beg your pardon, Miss Oakes.", heard=heard, customer_name="Winifred Oakes")
    assert "paraphrase" in ids("The page is stuck, Miss Oakes.", heard=heard, customer_name="Winifred Oakes")
