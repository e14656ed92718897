"""What a turn moves in the case: withheld facts, needs that are shown, figures, traps, the end by policy."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from dialogue import phases
from dialogue.events import ClauseScores, MoodChanged, Reply, Scores
from dialogue.persona import Conduct, Fact, Need, Pack, Trap, load
from dialogue.rehearsal import Line
from dialogue.replies.lines import Picker
from dialogue.replies.respond import WANTING, last_resort
from dialogue.state import Act
from tests.dialogue.conftest import acts_of

Ring = Callable[..., Line]
Play = Callable[..., Line]


def with_fact(pack: Pack, name: str, **changes: Any) -> Pack:
    facts = tuple(Fact.model_validate({**one.model_dump(), **changes}) if one.id == name else one for one in pack.facts)
    return pack.model_copy(update={"facts": facts})


def with_need(pack: Pack, need: Need) -> Pack:
    return pack.model_copy(update={"settlement": (*pack.settlement, need)})


def acts(line: Line) -> list[str]:
    return [one.act for one in line.said if isinstance(one, Reply)]


def texts(line: Line) -> str:
    return " ".join(one.text for one in line.said if isinstance(one, Reply))


def causes(line: Line) -> list[str]:
    return [row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because]


def test_a_withheld_fact_is_not_out_until_it_may_be_told(flatpack: Pack, play: Callable[..., Line]) -> None:
    pack = with_fact(flatpack, "step_six", withheld_above=40, withheld=("Why should I tell you?",))
    line = play(pack, ["Hello.", "Did you do step six?"])
    assert "Why should I tell you?" in texts(line)
    assert "step_six" not in line.session.state.case.facts
    assert "need:found_six" not in causes(line)
    told = play(flatpack, ["Hello.", "Did you do step six?"])
    assert "step_six" in told.session.state.case.facts


def test_a_fact_waits_for_the_facts_before_it(flatpack: Pack, play: Callable[..., Line]) -> None:
    pack = with_fact(flatpack, "left_over", after=("damage",), withheld=("One thing after the other.",))
    first = play(pack, ["Hello.", "Were there any parts left over?"])
    assert "One thing after the other." in texts(first)
    then = play(pack, ["Hello.", "What exactly is broken?", "Were there any parts left over?"])
    assert "left_over" in then.session.state.case.facts


def test_a_need_may_be_met_by_what_the_trainee_does_so_many_times(flatpack: Pack, play: Callable[..., Line]) -> None:
    need = Need(
        id="felt", title="being heard", kind="show", behaviours=("empathy",), times=2, open={"any": ("Hear me.",)}
    )
    pack = with_need(flatpack, need)
    once = ["Hello.", "I can imagine how frightening that must have been."]
    assert "felt" not in play(pack, once).session.state.case.met
    twice = play(pack, [*once, "That must have been an awful shock for you."])
    assert "felt" in twice.session.state.case.met


def test_figures_may_come_one_after_the_other(flatpack: Pack, play: Callable[..., Line]) -> None:
    need = Need(
        id="sum",
        title="the sum",
        kind="explain",
        words=(("refund sum",),),
        wordings=("The refund sum is this.", "This is the refund sum.", "Your refund sum comes to that."),
        figures=(18.40, 36),
        ask_figures={"any": ("How much exactly?",)},
        accept={"any": ("I see the sum.",)},
        open={"any": ("And the sum?",)},
    )
    pack = with_need(flatpack, need)
    half = play(pack, ["Hello.", "The refund sum is eighteen pounds forty plus something."])
    assert "How much exactly?" in texts(half)
    assert "sum" in half.session.state.case.partly
    whole = play(pack, ["Hello.", "The refund sum is eighteen pounds forty plus something.", "It is thirty-six more."])
    assert "sum" in whole.session.state.case.met


def test_a_trap_is_sprung_once_and_not_by_its_denial(flatpack: Pack, play: Callable[..., Line]) -> None:
    trap = Trap(
        id="admits",
        title="a guilt nobody has",
        words=(("our fault", "our mistake"),),
        wordings=("That was our fault.", "This was our mistake.", "It is our mistake, we admit it."),
        cost=7,
        lines={"any": ("So you admit it!", "There you have it!")},
    )
    pack = flatpack.model_copy(update={"traps": (trap,)})
    sprung = play(pack, ["Hello.", "That was our mistake, I admit it.", "It was our fault, as I said before."])
    assert causes(sprung).count("trap:admits") == 1
    assert "So you admit it!" in texts(sprung) or "There you have it!" in texts(sprung)
    assert "trap:admits" not in causes(play(pack, ["Hello.", "That was not our mistake."]))


def test_a_vulgar_call_may_be_ended_after_the_warnings_and_not_before(
    flatpack: Pack, play: Callable[..., Line]
) -> None:
    swearing = tuple(f"This is **** number {number}." for number in range(12))
    conduct = Conduct(vulgar=True, text="Two warnings, then end.", swearing={"any": swearing}, swears_above=20)
    pack = flatpack.model_copy(update={"conduct": conduct})
    warning = "If you keep swearing at me I will have to end this call."
    over = "I am ending this call now, goodbye."
    early = play(pack, ["Hello.", over])
    assert early.ended is None
    late = play(
        pack,
        [
            "Hello.",
            "What exactly is broken?",
            warning,
            "This is my second warning, stop swearing or I will end the call.",
            over,
        ],
    )
    assert "****" in texts(late)
    assert late.ended is not None
    assert late.ended.outcome == "ended_by_policy"


def test_nobody_swears_in_answer_to_a_limit(flatpack: Pack, play: Callable[..., Line]) -> None:
    swearing = tuple(f"This is **** number {number}." for number in range(12))
    conduct = Conduct(vulgar=True, text="Two warnings, then end.", swearing={"any": swearing}, swears_above=20)
    pack = flatpack.model_copy(update={"conduct": conduct})
    warning = "If you keep swearing at me I will have to end this call."
    lines = [play(pack, ["Hello.", warning], seed) for seed in range(6)]
    assert any("****" in texts(line) for line in lines)
    assert all("****" not in [one.text for one in line.said if isinstance(one, Reply)][-1] for line in lines)


def test_a_time_they_asked_for_counts_whatever_is_offered_beside_it(flatpack: Pack, play: Callable[..., Line]) -> None:
    told = ["Hello.", "That must have been a shock, I'm sorry.", "Did you do step six?"]
    line = play(
        flatpack, [*told, "I can send you a new shelf.", "Should be there on Thursday and a new booklet with it."]
    )
    assert acts(line)[-2].startswith("ask_when:new_shelf")
    assert {"new_shelf", "new_booklet"} <= set(line.session.state.case.met)


def test_an_acceptance_names_no_day_but_the_one_that_was_named(broadband: Pack, play: Callable[..., Line]) -> None:
    for seed in range(12):
        line = play(broadband, ["Hello.", "I'm so sorry.", "An engineer comes to your house on Friday morning."], seed)
        assert "Thursday" not in [one.text for one in line.said if isinstance(one, Reply)][-1]


def test_who_is_beside_themselves_is_short(flatpack: Pack, ring: Ring) -> None:
    furious = flatpack.model_copy(update={"mood": flatpack.mood.model_copy(update={"start": 83, "resting": 83})})
    for seed in range(8):
        line = ring(furious, seed)
        line.speak("Hello.")
        line.speak("Was anyone hurt, and what exactly is broken, and how many books were in it?")
        assert sum(act.startswith("answer") for act in acts(line)[1:]) <= 1
        assert len([one.text for one in line.said if isinstance(one, Reply)][-1].split()) < 45


def test_nobody_asks_for_more_once_all_is_agreed(flatpack: Pack, ring: Callable[..., Line]) -> None:
    for seed in range(10):
        state = ring(flatpack, seed).session.state
        state.case = replace(state.case, agreed=True, met=tuple(need.id for need in flatpack.settlement))
        picker = Picker(state, Random(seed))
        last_resort(picker)
        assert not set(acts_of(picker)) & set(WANTING) - {"wrap_up"}
        assert picker.parts


def asked_for(pack: Pack, need: Need, play: Callable[..., Line]) -> Line:
    """A call in which the customer's last line asked for the need."""
    line = play(pack, ["Hello."])
    memory = replace(line.session.state.memory, acts=(Act("open", need.id),))
    line.session.state.memory = memory
    line.session.state.case = replace(line.session.state.case, told=3, heard=True, acknowledged=True)
    return line


def test_what_was_asked_for_is_granted_without_naming_it(flatpack: Pack, play: Callable[..., Line]) -> None:
    need = flatpack.need("new_booklet")
    line = asked_for(flatpack, need, play)
    line.speak("Of course, I'll do that by tomorrow.")
    assert need.id in line.session.state.case.met
    assert acts(line)[-1] == f"accept:{need.id}"
    elsewhere = play(flatpack, ["Hello."])
    elsewhere.speak("Of course, I'll do that by tomorrow.")
    assert not elsewhere.session.state.case.met


def test_a_recap_while_something_is_open_is_not_called_complete(flatpack: Pack, play: Callable[..., Line]) -> None:
    line = asked_for(flatpack, flatpack.need("new_shelf"), play)
    line.session.state.case = replace(line.session.state.case, met=("new_shelf",))
    line.speak("Let me sum up: a shelf comes on Thursday, and you build it again.")
    assert "recap" not in acts(line)


def test_thanks_they_hoped_for_are_taken_before_an_answer(flatpack: Pack, play: Callable[..., Line]) -> None:
    hoped = Need(
        id="thanked",
        title="a thank-you",
        kind="show",
        behaviours=("thanks", "feedback_thanks"),
        accept={"any": ("That is kind of you.",)},
        open={"any": ("And a thank-you?",)},
    )
    pack = with_need(flatpack, hoped)
    line = play(pack, ["Hello.", "Thank you for telling me that. Did you do step six?"])
    said = next(one for one in line.said if isinstance(one, Reply) and "kind of you" in one.text)
    assert said.act == "accept:thanked"
    assert len(said.text) > 2 * len("That is kind of you.")


def test_what_is_asked_again_moves_nothing(flatpack: Pack, play: Callable[..., Line]) -> None:
    asked = ["Hello.", "Did you do step six?"]
    first = play(flatpack, asked).session.state.case.progress_turn
    assert first == 2
    again = play(flatpack, [*asked, "And did you do step six?", "Once more, did you do step six?"])
    assert again.session.state.case.progress_turn == first


def test_nothing_is_met_before_they_have_said_anything(flatpack: Pack, play: Callable[..., Line]) -> None:
    early = play(flatpack, ["Hello, you'll get a new shelf by express on Thursday."])
    assert not early.session.state.case.met
    assert not early.session.state.case.partly
    told = play(flatpack, ["Hello.", "That must have been a shock.", "You'll get a new shelf by express on Thursday."])
    assert "new_shelf" in told.session.state.case.met


def test_an_offer_with_a_back_door_is_doubted(flatpack: Pack, play: Callable[..., Line]) -> None:
    before = ["Hello.", "That must have been a shock.", "Please go on."]
    firm = play(flatpack, [*before, "You'll get a new shelf by express on Thursday."])
    loose = play(flatpack, [*before, "You'll get a new shelf by express on Thursday if we find the time."])
    assert "new_shelf" in firm.session.state.case.met
    assert "new_shelf" in loose.session.state.case.partly
    assert "doubt:new_shelf" in " ".join(acts(loose))
    assert firm.anger < loose.anger


def test_who_wants_no_hearing_first_takes_an_owner_at_once(play: Callable[..., Line]) -> None:
    outage = load("payments-outage")
    assert (
        "owner" in play(outage, ["I'm the owner of this incident from now on, until it's over."]).session.state.case.met
    )


def test_thanks_for_coming_count_from_the_first_word(play: Callable[..., Line]) -> None:
    thanked = play(load("micromanaged"), ["Thank you for telling me this."])
    assert "thanked" in thanked.session.state.case.met


def test_a_time_alone_answers_the_need_they_have_just_asked_for(flatpack: Pack, play: Callable[..., Line]) -> None:
    call = play(flatpack, ["Hello.", "That must have been a shock.", "Please go on."])
    call.session._state = replace(
        call.session.state, memory=replace(call.session.state.memory, acts=(Act("open", "new_shelf"),))
    )
    assert flatpack.need("new_shelf").timed
    call.speak("Saturday, eight to ten.")
    assert "new_shelf" in call.session.state.case.met


def test_a_yes_grants_what_they_ask_for_and_nothing_else(play: Callable[..., Line]) -> None:
    idea = load("stolen-idea")
    need = next(one for one in idea.settlement if one.kind == "offer" and not (one.timed or one.after or one.figures))
    call = play(idea, ["Hello.", "That must have been hard.", "Please go on.", "I am listening."])
    state = call.session.state
    for asked, met in (("I want that written down. Can you do that?", True), ("I wonder who wrote it down.", False)):
        call.session._state = replace(
            state,
            case=replace(state.case, heard=True),
            memory=replace(state.memory, acts=(Act("open", need.id),), last_line=asked),
        )
        call.speak("Yes, of course.")
        assert (need.id in call.session.state.case.met) is met


@pytest.mark.parametrize(
    ("need", "asked", "text", "met"),
    [
        ("owner", "Who owns this? Not a department. A name.", "Me. Andrew Marsh.", True),
        ("owner", "Who owns this? Not a department. A name.", "Somebody will.", False),
        ("back_by", "When is it properly back?", "Back by two.", True),
        ("back_by", "When is it properly back?", "Can I put you on hold for two minutes?", False),
        ("back_by", "I own a restaurant.", "Back by two.", False),
    ],
)
def test_who_and_when_are_answered_by_a_person_and_a_time(
    need: str, asked: str, text: str, met: bool, play: Callable[..., Line]
) -> None:
    call = play(load("payments-outage"), ["Hello.", "That must have been hard.", "Please go on.", "I am listening."])
    memory = replace(call.session.state.memory, acts=(Act("open", need),), last_line=asked)
    call.session._state = replace(call.session.state, memory=memory)
    call.speak(text)
    assert (need in call.session.state.case.met) is met


def test_what_comes_next_is_met_by_a_few_words_though_nobody_asked_aloud(play: Callable[..., Line]) -> None:
    pack = load("own-mistake")
    call = play(pack, ["Hello.", "That must have been hard.", "Please go on."])
    state = call.session.state
    assert phases.awaited_needs(state) == frozenset()
    state.memory = replace(state.memory, acts=(), last_line="So there is a way.")
    state.case = replace(state.case, heard=True, met=("found_box", "window"))
    assert phases.awaited_needs(state) == {"reinstate"}
    state.memory = replace(state.memory, acts=(Act("open", "price"),))
    assert phases.awaited_needs(state) == {"price"}


@pytest.mark.parametrize(("words", "heard"), [("our mistake", False), ("no such words", True)])
def test_nobody_hears_how_well_a_trap_was_put(words: str, heard: bool, flatpack: Pack, ring: Ring) -> None:
    lines = {"any": ("So you admit it!",)}
    trap = Trap(id="admits", title="a guilt", words=((words,),), wordings=("It was us.",) * 3, cost=7, lines=lines)
    call = ring(flatpack.model_copy(update={"traps": (trap,)}))
    call.speak("Hello, how can I help?")
    text = "That was our mistake, and I admit it."
    call.speak(text, scores=Scores("x", (ClauseScores(0, len(text), {}, {}, 0.9),)))
    assert ("well_put" in causes(call)) is heard


def test_a_story_said_back_wrongly_explains_nothing(flatpack: Pack, play: Callable[..., Line]) -> None:
    need = Need(
        id="window",
        title="the days left",
        kind="explain",
        words=(("weeks", "days"),),
        wordings=("There are fourteen days for it.", "You have fourteen days.", "It can be undone for two weeks."),
        accept={"any": ("I see.",)},
        open={"any": ("And how long is left?",)},
    )
    pack = with_need(flatpack, need)
    wrong = play(pack, ["Hello.", "You have waited for seven weeks."])
    assert "misheard" in causes(wrong)
    assert "window" not in wrong.session.state.case.met
    assert "window" in play(pack, ["Hello.", "There are seven weeks for it."]).session.state.case.met
