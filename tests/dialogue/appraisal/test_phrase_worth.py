"""The same help, gladly and plainly given, or not."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.phrase_worth import worth
from dialogue.events import Behaviour, MoodChanged
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line

Play = Callable[..., Line]


def left(behaviour: str, evidence: str, text: str, heard: str = "") -> tuple[float, str]:
    assert evidence in text
    return worth(Behaviour(behaviour, 0.9, evidence), text, heard, ())


@pytest.mark.parametrize(
    ("behaviour", "evidence", "text", "why"),
    [
        ("step_offer", "change it", "Well, I suppose I could change it.", "given grudgingly"),
        ("step_offer", "send you a new one", "We can't pay it back. I'll send you a new one.", "behind a no"),
        ("plan_time", "action it today", "Tier two will action it today.", "in jargon"),
        ("step_offer", "I'll try to find one", "I'll try to find one.", "not for sure"),
        ("step_offer", "We'll send it", "We'll send it in due course.", "not for sure"),
        ("step_offer", "I'll raise a QX", "I'll raise a QX for the line.", "in jargon"),
        ("empathy", "your frustration", "I understand your frustration.", "a formula"),
        ("hold_permission", "May I put you on hold", "May I put you on hold?", "no length named"),
        ("apology", "sorry it broke", "I'm sorry it broke, but it was a very busy week.", "with an excuse"),
        ("ownership", "look for it", "Letters do get lost sometimes. I'll look for it.", "played down"),
        ("find_out", "ask them", "That's the courier's fault, not ours. I'll ask them.", "blame passed on"),
        (
            "apology",
            "sorry about that",
            "Oh, sorry about that, Mrs Lund.",
            "for nothing that is named",
        ),
        ("step_offer", "I'll raise it", "I'll raise it on Monday if the subject comes up.", "not for sure"),
        ("plan_time", "leaves tonight", "It leaves tonight, I think.", "not for sure"),
        ("empathy", "I hear", "I hear that this is really important to you.", "a formula"),
    ],
)
def test_what_takes_from_it_is_named(behaviour: str, evidence: str, text: str, why: str) -> None:
    factor, reason = left(behaviour, evidence, text)
    assert 0.0 < factor < 1.0
    assert why in reason


@pytest.mark.parametrize(
    ("behaviour", "evidence", "text", "heard"),
    [
        ("step_offer", "change it", "Of course, I'll change it.", ""),
        ("step_offer", "send you a new one", "I'll send you a new one. We can't pay it back.", ""),
        ("step_offer", "restart the firmware", "I'll restart the firmware.", "Is it the firmware?"),
        ("empathy", "five floors with a pram", "You climbed five floors with a pram!", ""),
        ("hold_permission", "May I put you on hold", "May I put you on hold for two minutes?", ""),
        ("find_out", "find out", "I can't say yet, so I'll find out.", ""),
        ("rude", "fine, I suppose", "Oh fine, I suppose.", ""),  # a harm loses nothing
    ],
)
def test_help_that_is_plainly_given_keeps_its_worth(behaviour: str, evidence: str, text: str, heard: str) -> None:
    assert left(behaviour, evidence, text, heard) == (1.0, "")


def test_the_ledger_says_what_took_from_it(flatpack: Pack, play: Play) -> None:
    before = ["Hello, how can I help?", "That must have been a fright. Please tell me what happened."]
    gladly = play(flatpack, [*before, "Of course, I'll send you a new shelf."])
    grudgingly = play(flatpack, [*before, "If I must, I'll send you a new shelf."])
    rows = [row for one in grudgingly.said if isinstance(one, MoodChanged) for row in one.because]
    assert any("given grudgingly: x0.5" in row.parameter for row in rows)
    assert gladly.anger < grudgingly.anger


def test_a_transfer_behind_which_they_tell_it_again_is_worth_less() -> None:
    cold = "I'll put you through to claims and you can tell them the whole story."
    warm = "I'll put you through to claims and tell them the whole story myself."
    assert worth(Behaviour("warm_transfer", 0.9, cold), cold, "", ())[0] < 1
    assert worth(Behaviour("warm_transfer", 0.9, warm), warm, "", ()) == (1.0, "")


@pytest.mark.parametrize(
    ("behaviour", "evidence", "text"),
    [
        ("process", "one screw at a time", "So you took it apart, one screw at a time."),
        ("plan_time", "at seven", "And then you stand there at seven with no key."),
    ],
)
def test_what_they_did_themselves_is_no_plan_of_the_trainees(behaviour: str, evidence: str, text: str) -> None:
    heard = "It was seven, and my key would not turn."
    assert left(behaviour, evidence, text, heard) == (0.0, "what they did themselves")


@pytest.mark.parametrize(
    "text",
    [
        "You have it on Monday.",
        "You sat there till six, so I send a locksmith at eight.",
        "You pick both up by nine.",
        "The shelf you ordered leaves on Monday at nine.",
        "You ordered it at nine, the new one leaves at nine too.",
    ],
)
def test_a_plan_that_speaks_of_them_is_one(text: str) -> None:
    assert left("plan_time", text, text, "I need both by nine on Monday!") == (1.0, "")


def test_a_reproach_that_only_the_classifier_half_hears_counts_little_in_an_offer() -> None:
    offer = "Would a lift help, if one of our drivers came by with the long ladder on Sunday?"
    reproach = "You might have measured the window first, and I can send the drivers again."
    assert worth(Behaviour("blaming", 0.66, offer), offer, "", ())[1] == "in an offer"
    assert worth(Behaviour("blaming", 0.95, offer), offer, "", ()) == (1.0, "")
    assert worth(Behaviour("blaming", 0.66, reproach.partition(",")[0]), reproach, "", ()) == (1.0, "")
    assert worth(Behaviour("policy", 0.66, offer), offer, "", ()) == (1.0, "")


def test_an_apology_may_name_what_for_in_the_next_sentence() -> None:
    text = "I'm so sorry, Mrs Lund. No heating, and that with a baby."
    assert left("apology", "sorry", text, "The heating has been off since Sunday!") == (1.0, "")


def test_what_the_desk_says_contradicts_nobody(play: Callable[..., Line]) -> None:
    """Read off the desk, it may be the very answer they have asked for."""
    shop = load("slow-checkout")
    before = ["Hello.", "Please go on."]
    told = play(shop, [*before, "Actually it says that no payment has been taken today."])
    against = play(shop, [*before, "Actually it says that the button was pressed once only."])
    cost = [
        sum(
            row.delta
            for one in call.said
            if isinstance(one, MoodChanged)
            for row in one.because
            if row.cause == "arguing"
        )
        for call in (told, against)
    ]
    assert cost[0] < cost[1] / 4
