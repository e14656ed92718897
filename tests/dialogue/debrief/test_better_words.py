"""Better words fit their moment: a question that was one, what the trainee was after, how far the call had come."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue.content.exchange import content_words
from dialogue.debrief.advice import ADVICE, ANSWERS
from dialogue.debrief.betterwords import BetterWords, contexts
from dialogue.debrief.lessons import lessons
from dialogue.debrief.mirroring import mirrored, weighs
from dialogue.debrief.slots import filled, question_of
from dialogue.drills import practising
from dialogue.events import LedgerRow
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.state import Act, CallState
from ui.debrief.review import Moment, review
from ui.debrief.wording import drill_for

Play = Callable[..., Line]


def _after(line: Line, pack: Pack, said: str = "", act: str = "", **story: object) -> CallState:
    state = contexts(line.journal, pack)[-1]
    assert state is not None
    state.memory = replace(state.memory, last_line=said, acts=(Act(*act.split(":")),))
    state.case = replace(state.case, **story)  # type: ignore[arg-type]
    return state


@pytest.mark.parametrize(
    ("line", "act", "asked"),
    [
        ("Just like that? Right. One sack.", "accept:order", ""),
        ("With the sum in it? I'll print that.", "accept:written", ""),
        ("And I leave it all switched on, I take it?", "accept:line_test", ""),
        (
            "You don't know? And how many sacks have I bought? Six? Tell me!",
            "dont",
            "And how many sacks have I bought?",
        ),
        ("Can you pay that, you yourself? And if not, who is?", "curveball:x", "Can you pay that, you yourself?"),
        ("Good. And the shelf that's split?", "open:new_shelf", "And the shelf that's split?"),
        ("And when would that shelf be here?", "ask_when:new_shelf", "And when would that shelf be here?"),
    ],
)
def test_only_what_waits_for_an_answer_is_called_a_question(
    flatpack: Pack, play: Play, line: str, act: str, asked: str
) -> None:
    assert question_of(_after(play(flatpack, ["Hello."]), flatpack, line, act)) == asked


def test_a_first_turn_that_went_wrong_is_put_right_by_a_greeting(flatpack: Pack, play: Play) -> None:
    [told] = lessons(play(flatpack, ["Calm down, what's the order number?"]).journal, flatpack)[:1]
    assert told.turn == 1
    assert flatpack.desk.company in told.instead
    colleague = flatpack.model_copy(update={"setting": "colleague"})
    [told] = lessons(play(colleague, ["Calm down, what's the order number?"]).journal, colleague)[:1]
    assert "come to me" in told.instead


def test_better_words_are_about_what_the_turn_was_about(flatpack: Pack, play: Play) -> None:
    blames = "Did you do step six? You must have skipped it."
    line = play(flatpack, ["Hello, how can I help?", "Okay.", blames])
    told = next(one for one in lessons(line.journal, flatpack) if one.turn == 3)
    assert told.cause == "blaming"
    assert any(question in told.instead for question in flatpack.fact("step_six").wordings), told.instead


def test_what_was_wrong_with_a_turn_is_not_said_again(flatpack: Pack, play: Play) -> None:
    state = _after(play(flatpack, ["Hello, how can I help?"]), flatpack)
    said = "It usually holds, I would simply try it once more."
    assert said not in BetterWords(flatpack).instead("no_acknowledgement", state, said)
    assert said not in BetterWords(flatpack).instead("no_acknowledgement", state, said, ("new_shelf",), alone=False)
    assert said in BetterWords(flatpack).instead("no_acknowledgement", state, said, ("new_shelf",))


@pytest.mark.parametrize("cause", ["asked_again", "badly_put"])
def test_towards_the_end_nobody_is_told_how_bad_it_was(cause: str, flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello, how can I help?"])
    begun = _after(line, flatpack)
    done = _after(line, flatpack, met=tuple(need.id for need in flatpack.settlement), heard=True)
    done.mood = replace(done.mood, anger=20.0, band="calm")
    assert "anything else" not in BetterWords(flatpack).instead(cause, begun, "")
    assert BetterWords(flatpack).instead(cause, done, "").startswith("Is there anything else I can do for you")


@pytest.mark.parametrize("name", ["bad-day", "broken-integration", "flatpack-bookcase"])
@pytest.mark.parametrize("cause", ["goodbye_too_soon", "parted"])
def test_what_is_still_open_is_named_in_a_sentence(cause: str, name: str, play: Play) -> None:
    pack = load(name)
    words = BetterWords(pack).instead(cause, _after(play(pack, ["Hello."]), pack), "Bye.")
    shown = [need.title for need in pack.settlement if need.kind in ("show", "learn")]
    assert not any(f"open: {title}" in words for title in shown)
    assert "there is still" not in words


def test_who_is_hurt_by_a_comparison_hears_that_it_was_seen_and_no_solution(play: Play) -> None:
    pack = load("bad-day")
    ball = next(one for one in pack.curveballs if "empathy" in one.expects and not {"own_name"} & set(one.expects))
    assert not set(ball.expects[: ball.expects.index("empathy")]) & ANSWERS.keys()
    state = _after(play(pack, ["Hello, what happened?"]), pack, facing=ball.id)
    words = BetterWords(pack).instead(f"curveball:{ball.id}", state, "Where does the water come out?")
    offers = [text for need in pack.settlement if need.kind == "offer" for text in need.wordings]
    assert not any(text in words for text in offers)


def test_every_form_of_the_advice_can_be_filled() -> None:
    assert all("{" not in advice.forms[-1] for advice in ADVICE.values())


@pytest.mark.parametrize(
    "line", ["I have it here in black and white.", "I've got one question.", "I've already had two answers to it."]
)
def test_what_points_at_nothing_is_not_given_back(line: str) -> None:
    assert list(mirrored(line)) == []


def test_words_for_any_moment_come_last(flatpack: Pack, play: Play) -> None:
    """Also where another cause has used up the form that fits."""
    state = _after(play(flatpack, ["Hello, how can I help?"]), flatpack)
    words = BetterWords(flatpack)
    given = [words.instead(cause, state, "Well.") for cause in ("asked_again", "beside_the_point", "parroting")]
    assert not {ADVICE[cause].instead for cause in ("asked_again", "beside_the_point", "parroting")} & set(given)


def test_a_rule_that_refuses_nothing_is_not_answered_by_another_way() -> None:
    words = BetterWords(None)
    assert words.read_as("policy", "It's the normal procedure, everyone signs first.") == "rule"
    assert words.read_as("policy", "The rules are clear, it is not possible.") == "policy"
    assert words.read_as("dont_know", "I am not sure about that.") == "dont_know"


def test_what_they_have_just_asked_for_comes_first(flatpack: Pack, play: Play) -> None:
    state = _after(play(flatpack, ["Hello, how can I help?"]), flatpack, heard=True, told=len(flatpack.vent))
    first = BetterWords(flatpack).instead("arguing", state, "That cannot be so.")
    state.memory = replace(state.memory, acts=(Act("ask_when", "new_shelf"),))
    asked = BetterWords(flatpack).instead("arguing", state, "That cannot be so.")
    assert any(wording in asked for wording in flatpack.need("new_shelf").wordings), asked
    assert first != asked


def test_who_asks_what_is_being_done_is_told_what_is_looked_up(play: Play) -> None:
    pack = load("forty-minutes-on-hold")
    state = _after(play(pack, ["Hello, what happened?"]), pack, facing="typing")
    words = BetterWords(pack).instead("curveball:typing", state, "Anything else in the meantime?")
    assert any(one.title[1:].rstrip("?") in words for one in pack.desk.lookups), words


def test_a_curveball_that_waits_for_a_step_is_answered_by_that_step(play: Play) -> None:
    pack = load("forty-minutes-on-hold")
    state = _after(play(pack, ["Hello, what happened?"]), pack, facing="another_no_show")
    words = BetterWords(pack).instead("curveball:another_no_show", state, "That won't happen.")
    assert words in pack.need("direct_line").wordings


@pytest.mark.parametrize(("setting", "name"), [("customer", "Ms Whitlock"), ("colleague", "Dana")])
def test_they_are_called_as_a_trainee_would(setting: str, name: str, flatpack: Pack, play: Play) -> None:
    customer = flatpack.customer.model_copy(update={"title": "Ms"})
    pack = flatpack.model_copy(update={"setting": setting, "customer": customer})
    assert f"pardon, {name}." in BetterWords(pack).instead("wrong_name", _after(play(pack, ["Hello."]), pack), "")


def test_what_is_asked_for_is_asked_for_in_the_authors_words_and_nothing_else_is(flatpack: Pack, play: Play) -> None:
    state = _after(play(flatpack, ["Hello, how can I help?"]), flatpack)
    asked = BetterWords(flatpack).instead("rush", state, "Your order number, quick.")
    assert asked.lower().endswith(tuple(word.lower() for word in flatpack.fact("order").wordings))
    assert BetterWords(flatpack).instead("rush", state, "Hurry, when did you buy anything?").endswith("can wait.")


@pytest.mark.parametrize(
    ("piece", "answer", "heard"),
    [
        ("Your cellar is full of water", False, True),  # of the story
        ("You wrote three letters about it", False, True),  # tells enough by itself
        ("You showed it round", False, False),
        ("Your boots are by the door", True, False),  # a detail
    ],
)
def test_what_is_given_back_is_of_what_happened(piece: str, answer: bool, heard: bool) -> None:
    story = content_words("The pump failed, and since Monday the cellar is full of water.")
    assert weighs(piece, story, answer=answer) is heard


@pytest.mark.parametrize(
    "line",
    [
        "I've had kittens that open a tin in less.",
        "They'd have laughed at me in the office for that.",
        "The one before her made me start again.",
        "The young man said when I paid.",
        "It comes out of the wall at night.",
    ],
)
def test_boasts_and_what_hangs_in_the_air_are_not_given_back(line: str) -> None:
    assert list(mirrored(line)) == []


@pytest.mark.parametrize(
    ("ball", "drill"), [("typing", "may-i-put-you-on-hold"), ("who_pays_tuesday", "name-the-impact")]
)
def test_the_drill_is_for_what_the_curveball_waited_for(ball: str, drill: str, play: Play) -> None:
    pack = load("forty-minutes-on-hold")
    awaited = BetterWords(pack).awaited(f"curveball:{ball}")
    missed = LedgerRow(9.0, "impulse", f"curveball:{ball}", "Well.", 4.0)
    moment = Moment(9.0, 1, "Well.", 4.0, (missed,), "missed", missed.cause, awaited=awaited)
    call = review(play(pack, ["Hello."]).journal, pack)
    found = drill_for(replace(call, instead=(moment,)))
    assert found
    assert found.id == drill
    assert BetterWords(pack).awaited("rude") == BetterWords(None).awaited(missed.cause) == ()


def test_what_the_desk_may_decide_is_said_by_whoever_sits_there(flatpack: Pack, play: Play) -> None:
    powers = ("You may not say yes or no on your own.", "Ring the customer.", "Own the incident yourself.")
    desk = flatpack.desk.model_copy(update={"authority": powers})
    pack = flatpack.model_copy(update={"desk": desk})
    assert filled(_after(play(pack, ["Hello."]), pack), "")["may"] == "own the incident myself"


@pytest.mark.parametrize("cause", ["blaming", "trap"])
def test_bait_and_blame_are_practised_by_letting_it_pass(cause: str) -> None:
    drill = practising(cause)
    assert drill
    assert drill.id == "let-it-pass"


def test_nothing_is_offered_that_they_are_too_angry_to_hear(play: Play) -> None:
    pack = load("bad-day")
    seal = pack.need("seal")
    assert seal.not_above is not None
    state = _after(play(pack, ["Hello."]), pack, told=2, heard=True, acknowledged=True)
    for cause in ("rude", "arguing", "beside_the_point", "know_how_feel"):
        for anger, offered in ((seal.not_above + 1.0, False), (seal.not_above - 1.0, True)):
            state.mood = replace(state.mood, anger=anger)
            words = BetterWords(pack)
            told = [words.instead(cause, state, "I'll send a seal.", ("seal",), alone=False) for _ in range(4)]
            assert any(one in text for one in seal.wordings for text in told) is offered, told


def test_who_is_calm_again_is_not_told_that_they_are_upset(flatpack: Pack, play: Play) -> None:
    state = _after(play(flatpack, ["Hello."]), flatpack, told=3, heard=True)
    hot, cool = replace(state.mood, band="angry"), replace(state.mood, anger=20.0, band="calm")
    state.mood = hot
    assert BetterWords(flatpack).instead("calm_down", state, "Calm down.").startswith("You have every reason")
    state.mood = cool
    state.case = replace(state.case, met=tuple(need.id for need in flatpack.settlement), agreed=True)
    assert "upset" not in BetterWords(flatpack).instead("calm_down", state, "Calm down.")
