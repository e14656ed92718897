"""Which needs a turn meets, in wordings that stand in no pack, and what only looks like an offer."""

from collections.abc import Callable

import pytest

from benchmarks.offers import taken
from dialogue.persona import Pack, load
from dialogue.persona.parsing import parse
from dialogue.understanding.topics import Meant, understand
from testing.heldout import FOLDER
from tests.dialogue.scorers import scorer_of

OFFERS = [
    ("flatpack", "A replacement shelf will be on its way today, you'll have it by Wednesday.", ("new_shelf",)),
    ("flatpack", "I can email you a fresh copy of the manual.", ("new_booklet",)),
    ("flatpack", "I'm so sorry about the shelf and the lamp.", ()),
    (
        "flatpack",
        "Would you also like a fitter to call one evening by video to go through step six?",
        ("rebuild_help",),
    ),
    ("flatpack", "Without the brace from step six the frame simply folds.", ("explain_six",)),
    ("flatpack", "Shall I ring you on Thursday and guide you while you put it back together?", ("rebuild_help",)),
    ("flatpack", "Unfortunately we can't send you a new shelf.", ()),
    ("flatpack", "Did you get a new shelf?", ()),
    ("broadband", "We'll run an overnight test on the line tonight.", ("line_test",)),
    ("broadband", "I'm popping a new microfilter in the post, we send it first class.", ("new_filter",)),
    ("broadband", "And if that fails I've booked a technician for Thursday.", ("engineer",)),
    ("broadband", "I'll give you a ring tomorrow at half eight.", ("call_back",)),
    ("broadband", "I won't be able to call you back.", ()),
    ("broadband", "When can I call you back?", ()),
    ("broadband", "You were promised a call back, and it never came.", ()),
    ("broadband", "I'll look into it by Friday.", ()),
    ("flatpack", "So you followed the booklet all the way and it still came down.", ()),
    ("flatpack", "Our people will bring a new shelf on Tuesday.", ("new_shelf",)),
]


@pytest.mark.real
@pytest.mark.parametrize(("name", "text", "needs"), OFFERS)
def test_offers_are_told_from_refusals_and_questions(
    name: str, text: str, needs: tuple[str, ...], meant: Callable[[str, str], Meant]
) -> None:
    assert meant(name, text).offers == needs


@pytest.mark.real
def test_a_story_given_back_brings_nothing() -> None:
    """A third of the packs; the whole is `python -m benchmarks.offers`."""
    data, _ = parse((FOLDER / "offers.yaml").read_text(encoding="utf-8"), "offers.yaml")
    assert isinstance(data, dict)
    count = taken(dict(list(data.items())[::3]), scorer_of)
    assert count["mistaken"] <= 0.05 * count["nothing"], count
    assert count["met"] >= 0.65 * count["brought"], count


@pytest.mark.parametrize(
    ("text", "met"),
    [("I won't ask for anything else.", True), ("I won't stop asking for updates.", False)],
)
def test_a_promise_to_leave_something_is_one(text: str, met: bool) -> None:
    assert ("fewer" in understand(text, None, load("micromanaged")).offers) is met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Do you want me to send a replacement shelf by express?", ("new_shelf",)),
        ("What would you say to a new shelf, sent out today?", ("new_shelf",)),
        ("I'll order the part today, whatever the depot says.", ("new_shelf",)),
        ("The depot says the shelf was sent.", ()),
        ("You're still waiting for the shelf that we sent.", ()),
        ("What do you think of the shelf?", ()),
        ("What did you say to the driver about the new shelf?", ()),
        ("What would you say if we can't send you a new shelf?", ()),
    ],
)
def test_an_offer_may_be_put_as_a_question_and_a_report_is_none(
    text: str, met: tuple[str, ...], flatpack: Pack
) -> None:
    assert understand(text, None, flatpack).offers == met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Do you want that I send you a new shelf by express on Monday?", ("new_shelf",)),
        ("Do you want we send a new shelf by express on Monday?", ("new_shelf",)),
        ("I'll look whether there is a new shelf for Monday.", ()),
        ("Let me check the new shelf for Monday.", ()),
        ("Hello, this is the new shelf by express desk.", ()),
    ],
)
def test_what_is_offered_in_learned_english_counts_and_looking_does_not(
    text: str, met: tuple[str, ...], flatpack: Pack
) -> None:
    assert understand(text, None, flatpack).offers == met


def test_what_is_read_off_the_screen_is_said() -> None:
    pack = load("payments-outage")
    scorer = scorer_of(pack.id)
    for text in (
        "My screen says that a new certificate went onto the gateway and your terminals reject it.",
        "I see what went wrong: a new certificate went onto the gateway and your terminals reject it.",
    ):
        assert "cause" in understand(text, scorer.score(text), pack).offers
    told = "My brother says that a new certificate went onto the gateway and your terminals reject it."
    assert "cause" not in understand(told, scorer.score(told), pack).offers


def test_another_reason_explains_nothing() -> None:
    pack = load("slow-checkout")
    scorer = scorer_of(pack.id)
    for text, met in (
        ("Our checkout takes so long because the weather brings everybody indoors.", False),
        ("Our checkout takes so long due to the holidays.", False),
        ("Our checkout takes so long because it goes through all your saved hearts.", True),
    ):
        assert ("explain_slow" in understand(text, scorer.score(text), pack).offers) is met


def test_what_they_went_without_is_not_offered(flatpack: Pack) -> None:
    text = "I can see it was a drawing instead of a new shelf by express."
    assert "new_shelf" not in understand(text, None, flatpack).offers


def test_what_comes_instead_of_something_is_offered(flatpack: Pack) -> None:
    assert "new_shelf" in understand("I'll send a new shelf by express instead of a drawing.", None, flatpack).offers


def test_the_words_of_an_offer_are_not_its_condition() -> None:
    pack = load("broadband-dropouts")
    text = "And if the filter is broken, I'll post you a new one."
    meant = understand(text, scorer_of(pack.id).score(text), pack)
    assert meant.words["new_filter"] == "I'll post you a new one"


@pytest.mark.real
@pytest.mark.parametrize(
    ("need", "text"),
    [
        ("survey", "Thursday, a man with a meter."),
        ("either_way", "Then you walk, free."),
        ("smaller_tariff", "Down to forty-one, no new contract."),
    ],
)
def test_a_few_words_meet_what_has_just_been_asked_for(need: str, text: str) -> None:
    pack = load("goodbye-contract")
    scores = scorer_of(pack.id).score(text)
    assert need in understand(text, scores, pack, wanted=frozenset({need})).offers


@pytest.mark.real
@pytest.mark.parametrize("text", ["I understand.", "Good question.", "We take this very seriously.", "In due course."])
def test_a_few_empty_words_meet_nothing_that_was_asked_for(text: str) -> None:
    pack = load("goodbye-contract")
    needs = frozenset(need.id for need in pack.settlement)
    assert understand(text, scorer_of(pack.id).score(text), pack, wanted=needs).offers == ()


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("You're stuck with me, I'm not passing you on.", True),
        ("You won't be handed on to anybody else from here.", True),
        ("I'm not staying on this one.", False),
        ("Nobody is going to stay on this with you.", False),
    ],
)
def test_what_is_offered_by_saying_no_to_its_opposite(text: str, met: bool) -> None:
    pack = load("fifth-transfer")
    assert ("stays" in understand(text, scorer_of(pack.id).score(text), pack).offers) is met


@pytest.mark.real
@pytest.mark.parametrize(
    ("pack", "text", "needs"),
    [
        ("bad-day", "And after all that you come home and the machine's still dripping.", ()),
        ("bad-day", "I'll have someone come and fetch it.", ("fallback",)),
        ("broken-integration", "Thanks for your patience.", ()),
        ("broken-integration", "Please state your customer number and the version you are using.", ()),
        ("broken-integration", "Until then I could pin the old version for you.", ("stopgap",)),
        ("broken-integration", "Thank you for waiting, I appreciate that.", ()),
        ("broken-integration", "Thank you for the bug, seriously, you did our work for us.", ("thanked",)),
        ("goodbye-contract", "So you could drop to the ten gig one, forty-one quid for both.", ("smaller_tariff",)),
        ("goodbye-contract", "You could've told us that in August.", ()),
        ("goodbye-contract", "No. I can't give you half off and I'm not going to pretend I can.", ("straight",)),
    ],
)
def test_what_only_touches_a_need_does_not_meet_it(pack: str, text: str, needs: tuple[str, ...]) -> None:
    """What comes nearer to something they could tell is about that; a courtesy thanks nobody for their work."""
    assert understand(text, scorer_of(pack).score(text), load(pack)).offers == needs


PROMISES = [
    ("forty-minutes-on-hold", "I'll give you the whole price back and you keep it.", ("gives_away",)),
    ("forty-minutes-on-hold", "We'll carry the old one away at no charge.", ()),
    ("flatpack-bookcase", "Our van picks the whole thing up and you get your money back.", ("takes_back",)),
    ("flatpack-bookcase", "I'll ask whether the warehouse would collect it.", ()),
    ("flatpack-bookcase", "We don't pick furniture up, I'm afraid.", ()),
    ("get-me-a-manager", "I'm putting the whole six hundred and forty on your card tonight.", ("signs_for_her",)),
    ("get-me-a-manager", "Two hundred I can pay you at once.", ()),
    ("goodbye-contract", "Okay, I'll drop the fee for you.", ("folds",)),
    ("goodbye-contract", "The fee is twenty pounds for each month that is left.", ()),
    ("payments-outage", "We'll pay you back what you lost at lunch.", ("gives_credit",)),
    ("payments-outage", "Any credit is decided by your account director next week.", ()),
    ("payments-outage", "You won't be charged for today.", ("gives_credit",)),
    ("payments-outage", "Credits are settled afterwards, by your account director.", ()),
    ("get-me-a-manager", "Consider the four hundred and forty released.", ("signs_for_her",)),
    ("get-me-a-manager", "If she releases it today, the rest is on your card on Thursday.", ()),
    ("goodbye-contract", "You're free today, no fee, nothing to pay.", ("folds",)),
    ("goodbye-contract", "If the survey finds no coverage you're out, and there's no fee.", ()),
    ("forty-minutes-on-hold", "The cooker's on the house, Mr Hassan.", ("gives_away",)),
]


@pytest.mark.real
@pytest.mark.parametrize(("name", "text", "traps"), PROMISES)
def test_what_is_not_theirs_to_promise_is_told_from_what_is(name: str, text: str, traps: tuple[str, ...]) -> None:
    pack = load(name)
    assert understand(text, scorer_of(name).score(text), pack).traps == traps
