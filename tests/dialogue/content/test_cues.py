"""Families of hard cases, judged by the cues alone: no model is loaded here."""

import pytest

from dialogue.content import BY_ID, CORE, Context, judge
from dialogue.content.rules import ALL
from tests.dialogue.content.cues import ids


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("I am so sorry about the flooded kitchen.", "apology"),
        ("We owe you an apology for that.", "apology"),
        ("please forgive us for the mix up", "apology"),
        ("That was our mistake, not yours.", "ownership"),
        ("leave that with me", "ownership"),
        ("I can hear how exhausting these three weeks have been.", "empathy"),
        ("you have every right to be annoyed", "empathy"),
        ("I'll ring you back by four o'clock tomorrow.", "plan_time"),
        ("the engineer will be with you on thursday morning", "plan_time"),
        ("Would you mind holding for a minute while I ask the depot?", "hold_permission"),
        ("may i pop you on hold for a moment", "hold_permission"),
        ("Let me just recap what we agreed.", "recap"),
        ("Thank you for being so patient with me.", "thanks"),
        ("I can bring my supervisor onto the call.", "manager_offer"),
        ("I haven't the faintest idea.", "dont_know"),
        ("Please lower your voice.", "calm_down"),
        ("i've been there too", "know_how_feel"),
        ("You should have read the leaflet first.", "blaming"),
        ("rules are rules", "policy"),
        ("Those are the rules, so I can't do anything for you.", "policy"),
        ("it's our procedure and there is no other way", "policy"),
        ("I give you my word, this will never happen again.", "empty_promise"),
        ("Let's skip the story, just the order number.", "rush"),
        ("I'm so sorry. Why didn't you just ring us sooner?", "blaming"),
    ],
)
def test_says_it(text: str, present: str) -> None:
    assert present in ids(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        # negation
        ("I won't tell you to calm down.", "calm_down"),
        ("i am not going to ask you to relax", "calm_down"),
        ("I can't promise that this will never happen again.", "empty_promise"),
        ("I'm not saying it is your fault.", "blaming"),
        ("I have never been there, so I can only guess.", "know_how_feel"),
        ("We will not be calling you back on Friday.", "plan_time"),
        ("I can't swear that it will never stop working again.", "empty_promise"),
        ("I'm not going to lecture you about our policy.", "policy"),
        # reported and quoted speech
        ("They told you to calm down, and they shouldn't have.", "calm_down"),
        ('He said "shut up" to you?', "calm_down"),
        # not sincere
        ("I'm sorry you feel that way.", "apology"),
        ("Sorry, but that's how it is.", "apology"),
        ("Sorry? Could you say that again?", "apology"),
        ("I apologise if anybody was offended.", "apology"),
        ("I understand how frustrating this is, but there is a fee.", "empathy"),
        ("Thanks for calling the help line.", "thanks"),
        ("thanks for nothing", "thanks"),
        # a gap with a next step
        ("I don't know, but let me find out and get back to you.", "dont_know"),
        ("Nothing I can do from here, so I will ask the workshop.", "dont_know"),
        # vague times and other people's times
        ("It will be sorted soon.", "plan_time"),
        # a rule with a way round it
        ("The policy says thirty days, but what I can do is send a voucher.", "policy"),
        ("The contract says so, though I can ask for an exception.", "policy"),
        ("Those are the terms, but there are two other ways.", "policy"),
        # no manager is offered
        ("My manager will tell you the same.", "manager_offer"),
        # sympathy, not guilt
        ("I'm so sorry for your loss.", "apology"),
        ("sorry to hear about your mother", "apology"),
        ("I'm sorry to hear that your aunt passed away.", "apology"),
        ("i am sorry you lost your son", "apology"),
        ("I have no sympathy with you.", "empathy"),
        ("I don't have any sympathy for that.", "empathy"),
        ("We can solve your problem together.", "rude"),
        # what they did not get, or are invited to do
        ("Why didn't you get the refund in May?", "blaming"),
        ("Why don't you tell me what happened?", "blaming"),
        # our own failing, not theirs
        ("Nobody told you that when you signed, did they?", "blaming"),
        # what would help, not what to hurry to
        ("What do you need from me?", "rush"),
        # words of contempt in other company
        ("So what I'd like is the error you get.", "rude"),
        ("So whatever it is, we'll find it.", "rude"),
        ("I'll go slowly so you can write it down.", "rude"),
        ("You can cancel any time.", "rude"),
        ("I get that you're furious.", "rush"),
        # the opposite of haste
        ("And the bill, 118 pounds, no hurry.", "rush"),
        # a demand, not a question
        ("hold please", "hold_permission"),
        # words inside words
        ("The pirate film is streaming.", "rude"),
        ("I know this now.", "rush"),
        ("The recapped tyre is here.", "recap"),
    ],
)
def test_does_not_say_it(text: str, absent: str) -> None:
    assert absent not in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry your daughter was sent the wrong size.",
        "I'm sorry about your cat being left in the rain.",
        "Sorry for the loss of your photos.",
        "sorry about the cat flap",
        "I'm sorry we wrote to him after he had died.",
        "I'm really sorry that they have gone to the wrong address.",
        "I'm sorry he passed on the wrong number.",
    ],
)
def test_what_we_did_to_somebody_dear_is_apologised_for(text: str) -> None:
    assert "apology" in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry that she passed away.",
        "I'm so sorry that he's gone.",
        "I am so sorry about your uncle's death.",
        "You have my sympathy.",
        "my condolences",
    ],
)
def test_condolence_is_empathy(text: str) -> None:
    assert ids(text) & {"apology", "empathy"} == {"empathy"}


@pytest.mark.parametrize(
    ("text", "excuse"),
    [
        ("I'm sorry you waited so long, but our vans were all out.", True),
        ("Sorry the letter went astray, but there was a strike on.", True),
        ("I'm sorry you waited so long, but it has been sent now.", False),
        ("I'm sorry you waited so long, but I can bring it today.", False),
        ("I'm sorry about the wait. The line was down but we were able to fix it.", False),
    ],
)
def test_an_apology_that_ends_in_an_excuse(text: str, excuse: bool) -> None:
    assert ("non_apology" in ids(text)) == excuse


@pytest.mark.parametrize(
    "text", ["Please don't address me like that.", "i must ask you not to insult me", "Please stop calling me names."]
)
def test_a_limit_calmly_set(text: str) -> None:
    assert ids(text) & {"boundary", "calm_down", "rude", "arguing"} == {"boundary"}


@pytest.mark.parametrize(
    "text",
    [
        "Oh no, that must have been a shock.",
        "oh im sorry that must have been awful",
        "Right, of course you want that fixed today.",
        "Lovely, then I'll send another one today.",
        "Great, I am sure we can fix this together.",
        "Damn, that should never have happened.",
        "Are you done with step four?",
        "I am sure you must be worried sick.",
        "How nice of you to wait.",
    ],
)
def test_kind_openings_are_not_sarcasm(text: str) -> None:
    assert not {behaviour.id for behaviour in judge(text, None, Context())} & {"rude", "blaming"}


@pytest.mark.parametrize(
    "text", ["Well done, Einstein.", "Great, another drama.", "boo hoo", "You must have read it wrong."]
)
def test_sarcasm_and_blame_still_count(text: str) -> None:
    assert {behaviour.id for behaviour in judge(text, None, Context())} & {"rude", "blaming"}


@pytest.mark.parametrize(
    "text", ["You couldn't have known.", "so you could not have seen it", "you couldn't have avoided it"]
)
def test_what_nobody_could_have_known_is_neither_blame_nor_contradiction(text: str) -> None:
    assert ids(text) & {"blaming", "arguing"} == set()


def test_taking_care_of_it_is_no_farewell() -> None:
    assert "close" not in ids("I'll take care of everything.")
    assert "close" in ids("Take care of yourself.")
    assert "loyalty" not in ids("You've been so patient with us.")


@pytest.mark.parametrize(
    ("typed", "recognised"),
    [
        ("I'm so sorry about that. Leave it with me.", "im so sorry about that leave it with me"),
        ("You're right, we've let you down!", "youre right weve let you down"),
        ("Don't shout, please.", "dont shout please"),
        ("I'll call you back by 4 pm.", "ill call you back by 4 pm"),
        ("I, uh, do apologise for, um, the delay.", "i do apologize for the delay"),
    ],
)
def test_typed_and_recognised_are_judged_alike(typed: str, recognised: str) -> None:
    assert ids(typed) & set(CORE) == ids(recognised) & set(CORE) != set()


def test_the_evidence_is_quoted_from_the_turn() -> None:
    (apology,) = [b for b in judge("Well — I’m SO sorry about that!", None, Context()) if b.id == "apology"]
    assert apology.evidence in ("sorry about", "I’m SO sorry")


def test_cues_are_of_known_behaviours_and_named_once() -> None:
    assert {rule.behaviour for rule in ALL} <= set(BY_ID)
    assert len({rule.name for rule in ALL}) == len(ALL)


@pytest.mark.parametrize(
    "text",
    [
        "I'm moving your slot to the top right now.",
        "We're getting a van out to you as we speak.",
        "I'm having the lift repaired this minute.",
        "I've already corrected the address.",
    ],
)
def test_who_is_doing_it_already_offers_a_step(text: str) -> None:
    assert "step_offer" in ids(text)


@pytest.mark.parametrize(
    "text", ["I'm asking you now.", "I'm moving on now.", "I'm getting tired of this now.", "I'm not changing it now."]
)
def test_who_is_doing_nothing_about_it_offers_none(text: str) -> None:
    assert "step_offer" not in ids(text)


@pytest.mark.parametrize("text", ["You should have been told on the first day.", "That should never have gone so far."])
def test_who_says_what_should_have_been_is_with_them(text: str) -> None:
    assert "empathy" in ids(text)
    assert "empathy" not in ids("You should have read the letter.")


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Oh no, that's awful.", "arguing"),
        ("Okay, yes. Do you recall what the letter said?", "rush"),
        ("Good luck with the wedding!", "rude"),
    ],
)
def test_sympathy_assent_and_good_wishes_are_no_harm(text: str, harm: str) -> None:
    assert harm not in ids(text)


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("No, that's not what it says.", "arguing"),
        ("Yes, yes. And the number?", "rush"),
        ("Good luck with that.", "rude"),
    ],
)
def test_their_neighbours_are(text: str, harm: str) -> None:
    assert harm in ids(text)


@pytest.mark.parametrize(
    ("text", "dead_end"),
    [("There's nothing more I can add.", True), ("I'm out of ideas, but I can ask the workshop.", False)],
)
def test_to_say_that_there_is_nothing_to_say_is_no_next_step(text: str, dead_end: bool) -> None:
    assert ("dont_know" in ids(text)) is dead_end


@pytest.mark.parametrize(
    ("text", "blames"),
    [("You weren't asked.", False), ("You were not told about it.", False), ("You were not paying attention.", True)],
)
def test_what_was_not_done_to_them_is_no_fault_of_theirs(text: str, blames: bool) -> None:
    assert ("blaming" in ids(text)) is blames
