"""A story said back: which of two things, how many, who did it, whether it was so."""

from collections.abc import Callable

import pytest

from dialogue.events import MoodChanged
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.understanding.retelling import fidelity, read_out, retold, retold_wrongly

Play = Callable[..., Line]


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        ("The left speaker hums.", "So the left one hums.", "So the right one hums."),
        ("I paid three invoices.", "So three invoices paid.", "So five invoices paid."),
        ("On Friday the roof leaked.", "Friday the roof leaked.", "Sunday the roof leaked."),
        ("I spoke to Agnes.", "So you spoke to Agnes.", "So you spoke to Martha."),
        ("I signed the form.", "So you signed the form.", "So you didn't sign the form."),
        ("I never opened the box.", "So you never opened the box.", "So you opened the box."),
        ("I emailed you in June.", "You emailed us in June.", "So we emailed you in June."),
        ("Your cleaner broke my vase.", "So our cleaner broke your vase.", "So you broke the vase."),
        ("The beer was warm and the stew was cold.", "Warm beer and cold stew.", "Cold beer and warm stew."),
        ("The desk to Bath and the bed to York.", "Desk to Bath, bed to York.", "Desk to York, bed to Bath."),
        ("It failed in April and in June.", "April, and again in June.", "April, and again in July."),
        ("I rang four times.", "So you rang four times.", "You rang once."),
        ("I paid ninety when the sign says seventy.", "Sign seventy, paid ninety.", "Paid seventy, sign ninety."),
        ("We booked the 6.20 crossing.", "You booked the 6.20.", "You booked the 9.20."),
        ("The back gate jams.", "So the back gate jams.", "So the front gate jams."),
        ("My uncle's boat sank.", "So your uncle's boat sank.", "So your boat sank."),
        ("My hat blew off at my aunt's picnic.", "Your hat blew off.", "Your aunt's hat blew off."),
        ("Five weeks with no post.", "Five weeks without post.", "Nine weeks without post."),
        ("I booked an aisle seat and got a window.", "Aisle booked, window given.", "Window booked, aisle given."),
        ("I booked an aisle seat.", "Let me get this right: an aisle seat.", "Let me get this right: a window seat."),
    ],
)  # fmt: skip
def test_what_is_said_back_is_held_against_what_was_told(told: str, right: str, wrong: str) -> None:
    assert not retold_wrongly(right, [told])
    words = retold_wrongly(wrong, [told])
    assert words
    assert words in wrong


@pytest.mark.parametrize(
    "text",
    [
        "I'll send the right one on Sunday.",  # what will be done
        "Was it the right one, or did five of them hum?",  # a question
        "I can see two calls on my screen.",  # what they see
        "The engineer has five other visits.",  # about something else
        "Let me open the form for you.",
        "You rang us, and nobody helped you.",
        "",
        "so so so " * 300,
    ],
)
def test_what_gives_nothing_back_cannot_be_wrong(text: str) -> None:
    told = ["The left speaker hums.", "I rang four times on Friday.", "I never opened the form."]
    assert not retold_wrongly(text, told)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("I switch it off and on at six.", "Leave it plugged in, don't switch it off tonight."),  # an instruction
        ("Are they gone for good?", "Good news, they aren't gone."),  # the answer to what they asked
        ("Are they gone for good?", "So they aren't gone, that's the good news."),
        ("The last one said it's impossible.", "It's not impossible."),
        ("I've broken it.", "You haven't broken anything."),  # a comfort
        ("You must think I've lost my keys.", "So you haven't lost your keys at all."),
        ("I rang three times.", "And no one rang you."),
        ("After nine I work.", "I ring at half past eight, before you work."),
        ("Twenty-nine sites are down.", "Down at twenty-nine of your sites."),
        ("Twenty nine sites are down.", "Down at twenty nine of your sites."),
        ("I rang four times.", "You will never have to ring five times."),
        ("They told me twice a week.", "I'm sending the red one, and the blue one, three times a week."),
        ("I pinned the old one.", "The names moved. You haven't pinned the old one, so you get the latest."),
        ("I told you where I am.", "How about this: you tell me where you are twice a week."),
    ],
)
def test_orders_answers_comfort_and_news_are_no_retelling(told: str, text: str) -> None:
    assert not retold_wrongly(text, [told], told)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("You said it was delivered.", "It was not delivered, then."),  # a claim of somebody's, taken back
        ("The fan stopped working.", "So the fan doesn't work."),
        ("I waited two hours there, then waited three hours here.", "So you waited five hours."),
        ("I rang on Monday, I rang on Tuesday.", "You rang on Tuesday."),
        ("You should have called.", "We didn't call you."),
    ],
)
def test_other_words_for_the_same_are_right(told: str, text: str) -> None:
    assert not retold_wrongly(text, [told])


def test_what_is_given_back_in_their_words_is_faithful() -> None:
    told = ["The left speaker hums at night."]
    assert fidelity("So the left speaker hums at night.", told) == 1.0
    assert fidelity("So the left speaker hums in the mornings.", told) < 1.0
    assert fidelity("I'll send somebody.", told) == 1.0  # gives nothing back


def test_two_things_said_back_are_a_recap_however_short() -> None:
    heard = "It broke on Monday, you came on Wednesday, and it broke again."
    assert retold("Monday, and again after Wednesday.", heard) == "Monday, and again after Wednesday"
    assert not retold("Monday was bad.", heard)
    assert not retold("I'll come on Monday or on Wednesday.", heard)


def test_a_number_said_back_wrongly_costs(flatpack: Pack, play: Play) -> None:
    before = ["Hello, how can I help?"]
    right = play(flatpack, [*before, "Two hours on your knees, and then this."])
    wrong = play(flatpack, [*before, "Nine hours on your knees, and then this."])
    rows = [row.cause for one in wrong.said if isinstance(one, MoodChanged) for row in one.because]
    assert "misheard" in rows
    assert right.anger < wrong.anger


def test_what_they_do_now_gives_nothing_back() -> None:
    told = ("You never hear me. I heard nothing from you.",)
    assert not retold_wrongly("I hear you.", told, told[0])


def test_what_the_desk_says_is_not_misheard() -> None:
    told = ("My pallet is in Dorchester.",)
    found = "Your pallet's in Doncaster."
    assert retold_wrongly(found, told)
    assert not retold_wrongly(found, told, stated=["Doncaster depot, bay six, whole."])
    told = ("It is my third letter about the lamp.",)
    assert retold_wrongly("You wrote a second letter about the lamp.", told)
    assert not retold_wrongly("You wrote a second letter about the lamp.", told, stated=["Letters: first and second"])


def test_a_sum_that_stands_on_the_desk_is_right_however_it_is_read() -> None:
    told = ["The line is twenty-seven on my bill."]
    desk = ["Bill: 10.80 for the line, then 27.00; together 37.80"]
    for said in ("So the line is thirty-seven eighty on your bill.", "So the line is ten eighty on your bill."):
        assert not retold_wrongly(said, told, stated=desk)
    assert retold_wrongly("So the line is ninety-four on your bill.", told, stated=desk)


def test_what_the_desk_will_do_gives_nothing_back() -> None:
    assert not retold_wrongly("So we start on Monday.", ["We start our show on Friday."])
    assert retold_wrongly("So you start on Monday.", ["We start our show on Friday."])


def test_a_guess_at_how_it_was_is_no_retelling() -> None:
    told = ("It is not pleasant for me.",)
    assert retold_wrongly("So it was pleasant for you.", told)
    assert not retold_wrongly("That can't have been pleasant for you.", ["It was pleasant for me once."])


def test_what_is_read_off_the_desk() -> None:
    desk = ["Visits booked: none", "Three parcels, all left at the gate."]
    assert read_out("Our records show that no visit has been booked.", desk) == 1.0
    assert read_out("You never booked the visit on the website.", desk) < 0.8
    assert read_out("I see.", desk) == 0.0


@pytest.mark.parametrize(
    ("heard", "text", "wrong"),
    [
        ("It was the ninth, not the nineteenth!", "The nineteenth, right, I have it.", True),
        ("It was the ninth, not the nineteenth!", "The ninth, right, I have it.", False),
        ("It's the back door, not the front.", "The back door then, and the front is fine.", False),
        ("It's the back door, not the front.", "So the front door sticks.", True),
        ("Not on Monday, on Tuesday!", "Monday it is.", True),
    ],
)
def test_what_they_said_no_to_is_not_what_they_told(heard: str, text: str, wrong: bool) -> None:
    assert bool(retold_wrongly(text, [heard], heard)) is wrong


@pytest.mark.parametrize(
    ("text", "told", "wrong"),
    [
        ("It must be hard since your husband died.", "My model is ruined.", True),
        ("I'm so sorry that your mother is ill.", "My model is ruined.", True),
        ("It's your son who died, isn't that so.", "My wife died in May.", True),
        ("Your mum was frightened.", "My mother stood beside it.", False),
        ("Is your husband at home?", "My model is ruined.", False),
        ("Say hello to your wife from me.", "My model is ruined.", False),
        ("That scared you, with your daughter there.", "My model is ruined.", False),
        ("I'll make sure your daughter can use it.", "My model is ruined.", False),
    ],
)
def test_family_of_whom_nobody_has_spoken_is_made_up(text: str, told: str, wrong: bool) -> None:
    assert bool(retold_wrongly(text, [told])) is wrong
    assert not retold_wrongly(text, [told], stated=["The mother holds the account, the wife and the son use it."])
