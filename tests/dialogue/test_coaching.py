"""The live cue: one at a time, what helps most now, and a reaction to the last turns."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue import coaching
from dialogue.appraisal.appraise import Turn, appraise
from dialogue.coaching import TEXTS
from dialogue.events import Cue, MoodChanged, Utterance
from dialogue.mood.effects import HARMS, OVER_PROMISE
from dialogue.persona import Pack, Trap, load
from dialogue.rehearsal import Line
from dialogue.state import Act, CallState

Play = Callable[..., Line]
OPENING = [
    "Hello, how can I help?",
    "I'm so sorry, that must have been a terrible shock.",
    "Please go on, I'm listening.",
]


def cues(line: Line) -> list[str]:
    return [one.id for one in line.said if isinstance(one, Cue) and one.id]


@pytest.mark.parametrize(
    "given",
    ["my name is Noor", "this is Noor", "I'm Noor", "It's Noor", "Noor speaking", "Noor here", "my name's noor"],
)
def test_nobody_is_told_to_give_a_name_that_they_gave(flatpack: Pack, play: Play, given: str) -> None:
    line = play(flatpack, [f"Hello, {given}, how can I help?", *OPENING[1:], "I see.", "What exactly is broken?"])
    assert line.session.state.memory.agent == "Noor"
    assert not {"introduce", "put_own_name"} & set(cues(line))
    assert "introduce" in cues(play(flatpack, [*OPENING, "Was anyone hurt?", "What exactly is broken?"]))


def test_a_harm_is_answered_at_once_and_a_feeling_before_a_step(flatpack: Pack, play: Play) -> None:
    assert cues(play(flatpack, ["Hello.", "Calm down."]))[-1] == "avoid_calm_down"
    assert cues(play(flatpack, ["Hello, how can I help?"])) == ["acknowledge"]


def test_no_step_is_asked_for_when_one_was_given(broadband: Pack, play: Play) -> None:
    for given, pressed, cue in ((False, False, "open"), (True, False, "use_name"), (True, True, "open")):
        line, ids = "And what now?" if pressed else "All right.", frozenset({"step_offer"} if given else ())
        state, turn = _at(play, broadband, act="accept:log_times", line=line, ids=ids, met=("log_times",))
        state.memory = replace(state.memory, said=frozenset({"There's an old filter in the hall."}))
        assert coaching.choose(state, turn).partition(":")[0] == cue


def test_the_open_step_is_named_in_the_packs_words(broadband: Pack) -> None:
    assert broadband.need("line_test").title in coaching.text("open:line_test", broadband)
    assert all("{" not in text.replace("{title}", "") for text in TEXTS.values())


def test_what_a_customer_puts_to_the_test_has_its_own_line(broadband: Pack, flatpack: Pack) -> None:
    for pack in (broadband, flatpack):
        for ball in pack.curveballs:
            assert any(f"put_{name}" in TEXTS for name in ball.expects), ball.id


def test_a_cue_lasts_until_the_customer_has_spoken_and_it_was_read(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello, how can I help?"])  # the line has been heard out by now
    prompter = line.session.state.prompter
    assert prompter.until - line.now == pytest.approx(coaching.SHOWN_SECONDS)
    assert coaching.reading_seconds(prompter.id) < coaching.SHOWN_SECONDS


def test_silence_is_met_with_a_line_for_it(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, OPENING[:2])
    line.wait(9.0)
    assert cues(line)[-1] == "narrate"


def test_every_avoided_harm_exists() -> None:
    avoided = {cue.removeprefix("avoid_") for cue in TEXTS if cue.startswith("avoid_")} - {OVER_PROMISE}
    assert avoided <= HARMS


def test_a_manager_is_offered_only_where_there_is_one_and_other_things_were_tried(
    flatpack: Pack, play: Play, script: Callable[[str, str], list[str]]
) -> None:
    near = flatpack.model_copy(update={"mood": flatpack.mood.model_copy(update={"start": 75.0, "manager_at": 80.0})})
    flat = ["Hello.", "I see.", "The order is in the system here.", "That is the bookcase in oak."]
    assert "offer_manager" not in cues(play(near, flat[:2]))
    assert "offer_manager" in cues(play(near, flat))
    assert "offer_manager" not in cues(play(near.model_copy(update={"setting": "colleague"}), flat))


def test_who_demands_a_manager_is_answered_on_that(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello.", *["Calm down.", "You must have built it wrong.", "That's ridiculous."]])
    assert line.session.state.case.manager_asked
    assert "manager_asked" in cues(line)


def test_who_asks_when_is_to_be_told_when(broadband: Pack, play: Play) -> None:
    line = play(broadband, [*OPENING, "I'll post you a new filter.", "I can have a line test run for you."])
    assert line.session.state.memory.last_act == Act("ask_when", "line_test")
    assert cues(line)[-1] == "say_when:line_test"


def test_no_cue_is_shown_more_than_twice(flatpack: Pack, play: Play, script: Callable[[str, str], list[str]]) -> None:
    for quality in ("good", "average", "poor"):
        shown = cues(play(flatpack, script("flatpack-bookcase", quality)))
        assert all(shown.count(cue) <= coaching.MOST_SHOWN for cue in shown)


def test_who_has_begun_to_answer_is_not_told_to_listen_on(flatpack: Pack, play: Play) -> None:
    state = play(flatpack, OPENING[:1]).session.state
    turn = appraise(state, Utterance(state.t, state.t, state.t, "Okay, I have that.", "keyboard"))
    state.case = replace(state.case, acknowledged=True, heard=False)
    assert coaching.choose(state, turn) == "let_them_tell"
    state.case = replace(state.case, met=("explain_six",), progress_turn=turn.number)
    assert coaching.choose(state, turn) != "let_them_tell"


@pytest.mark.parametrize(
    "given", ["I'm tom.", "It's me, Tom.", "Just ask for me, Tom.", "Tom is me.", "Tom, that's me."]
)
def test_who_gives_the_own_name_calls_nobody_by_it(flatpack: Pack, play: Play, given: str) -> None:
    line = play(flatpack, ["Hello.", given])
    assert line.session.state.memory.agent == "Tom"
    assert "wrong_name" not in {row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because}


@pytest.mark.parametrize("given", ["It's Friday.", "I'm Sorry.", "Ask for Tom.", "I'm listening.", "Tell me, Tom."])
def test_what_is_no_own_name_is_not_kept_as_one(flatpack: Pack, play: Play, given: str) -> None:
    assert play(flatpack, ["Hello.", given]).session.state.memory.agent == ""


def _at(
    play: Play, pack: Pack, *, act: str = "", line: str = "Well.", ids: frozenset[str] = frozenset(), **story: object
) -> tuple[CallState, Turn]:
    """A call in which the customer has been heard, and a turn of the trainee that holds `ids`."""
    state = play(pack, OPENING[:1]).session.state
    state.case = replace(state.case, told=3, acknowledged=True, heard=True, progress_turn=4, **story)  # type: ignore[arg-type]
    state.memory = replace(
        state.memory, turn=4, acts=(Act(*act.split(":")),), last_line=line, agent="Noor", emotional=True
    )
    turn = appraise(state, Utterance(state.t, state.t, state.t, "Well.", "keyboard"))
    return state, replace(turn, number=5, ids=ids, findings=(), harm="")


def test_a_way_out_that_nobody_has_spoken_of_is_not_given_away(broadband: Pack, play: Play) -> None:
    state, turn = _at(play, broadband, act="open:new_filter", met=("log_times",))
    state.memory = replace(state.memory, acts=(), said=frozenset(), trainee=frozenset())
    assert coaching.choose(state, turn) == "offer_step"
    state.memory = replace(state.memory, said=frozenset({"There's an old filter in the hall."}))
    assert coaching.choose(state, turn) == "open:new_filter"
    state.memory = replace(state.memory, said=frozenset(), trainee=frozenset({"let us look at the filter first"}))
    assert coaching.choose(state, turn) == "open:new_filter"


def test_who_has_just_summed_up_is_not_told_to(flatpack: Pack, play: Play) -> None:
    for ids, cue in (
        (frozenset[str](), "close_well"),
        (frozenset({"recap"}), "thank"),
        (frozenset({"recap", "thanks"}), ""),
    ):
        state, turn = _at(play, flatpack, agreed=True, ids=ids)
        assert coaching.choose(state, turn) == cue
        state, turn = _at(play, flatpack.model_copy(update={"setting": "colleague"}), agreed=True, ids=ids)
        assert "calling" not in TEXTS.get(coaching.choose(state, turn), "")


def test_who_summed_up_a_turn_ago_is_not_told_to_again(flatpack: Pack, play: Play) -> None:
    state, turn = _at(play, flatpack, agreed=True, ids=frozenset({"recap"}))
    state.prompter, changed = coaching.show(state.prompter, state.t, coaching.choose(state, turn))
    assert changed
    assert coaching.choose(state, replace(turn, ids=frozenset())) == "thank"


def test_who_has_just_asked_for_the_gap_is_not_told_to_ask(play: Play) -> None:
    pack = load("slow-checkout")
    state, turn = _at(play, pack)
    assert coaching.choose(state, turn) == "ask_gap"
    asks = replace(turn, meant=replace(turn.meant, question="Are those yours?"))
    assert coaching.choose(state, asks) == "walk_through"


def test_who_has_passed_over_what_was_asked_is_sent_back_to_it(flatpack: Pack, play: Play) -> None:
    state, turn = _at(play, flatpack, line="I did ask you something.", agreed=True)
    assert coaching.choose(state, replace(turn, harm="beside_the_point")) == "answer_first"


def test_a_colleague_needs_no_introduction(flatpack: Pack, play: Play) -> None:
    for setting, cue in (("customer", "introduce"), ("colleague", "")):
        state, turn = _at(play, flatpack.model_copy(update={"setting": setting}), ids=frozenset({"step_offer"}))
        state.memory = replace(state.memory, agent="", used={})
        assert coaching.choose(state, turn) == cue


def test_a_finer_point_waits_for_who_has_just_been_asked(flatpack: Pack, play: Play) -> None:
    state, turn = _at(play, flatpack, line="So why did it come down?", met=("found_six",))
    state.memory = replace(state.memory, used={}, agent="", acts=(Act("continue"), Act("open", "explain_six")))
    assert coaching.choose(state, turn) == "explain:explain_six"
    state.memory = replace(state.memory, last_line="All right.")
    assert coaching.choose(state, turn) == "introduce"


def test_who_has_just_told_something_hard_wants_that_noticed_first(flatpack: Pack, play: Play) -> None:
    state, turn = _at(play, flatpack, act="vent", line="My daughter walks past it every morning.")
    assert coaching.choose(state, turn) == "acknowledge"


def test_who_has_confided_something_wants_a_word_for_that(play: Play) -> None:
    pack = load("misread-bill")
    caring = next(fact.id for fact in pack.facts if fact.caring)
    state, turn = _at(play, pack, act=f"answer:{caring}", line="She died in March.")
    assert coaching.choose(state, turn) == "confided"


@pytest.mark.parametrize(("name", "cue"), [("bad-day", "put_empathy"), ("broken-integration", "put_feedback_thanks")])
def test_what_is_to_be_shown_has_a_line_that_says_how(name: str, cue: str, play: Play) -> None:
    pack = load(name)
    state, turn = _at(play, pack, act=f"open:{pack.settlement[0].id}")
    assert coaching.choose(state, turn) == cue


def test_who_presses_is_not_listened_to_on_but_for_a_feeling(flatpack: Pack, play: Play) -> None:
    pressing = flatpack.model_copy(update={"customer": flatpack.customer.model_copy(update={"type": "proactive"})})
    chosen = {}
    for pack in (flatpack, pressing):
        state = play(pack, OPENING[:1]).session.state
        turn = appraise(state, Utterance(state.t, state.t, state.t, "Okay, I have that.", "keyboard"))
        state.case = replace(state.case, acknowledged=True, heard=False)
        for emotional in (True, False):
            state.memory = replace(state.memory, emotional=emotional)
            chosen[pack.customer.type, emotional] = coaching.choose(state, turn)
    assert chosen["reactive", True] == chosen["reactive", False] == "let_them_tell"
    assert chosen["proactive", True] == "acknowledge"
    assert chosen["proactive", False].partition(":")[0] in {"ask_gap", "ask_more", "explain_desk", "offer_step"}


def test_who_has_just_been_asked_is_not_told_to_listen_nor_to_sum_up(flatpack: Pack, play: Play) -> None:
    def chosen(line: str, *, agreed: bool) -> str:
        state, turn = _at(play, flatpack, act="vent", line=line)
        state.case = replace(state.case, heard=False, agreed=agreed)
        state.memory = replace(state.memory, emotional=False)
        return coaching.choose(state, turn)

    assert chosen("I've counted the screws.", agreed=False) == "let_them_tell"
    assert chosen("Will it be this week?", agreed=False) == "answer_first"
    assert chosen("Fine by me.", agreed=True) == "close_well"
    assert chosen("And who carries it up?", agreed=True) == "answer_first"


def test_what_they_confide_comes_before_a_goodbye(flatpack: Pack, play: Play) -> None:
    state = play(flatpack, OPENING).session.state
    turn = appraise(state, Utterance(state.t, state.t, state.t, "Is there anything else on your mind?", "keyboard"))
    state.case = replace(state.case, agreed=True)
    assert coaching.choose(state, turn) == "close_well"
    caring = next(fact.id for fact in flatpack.facts if fact.caring)
    state.memory = replace(state.memory, acts=(Act("answer", caring),))
    assert coaching.choose(state, turn) == "confided"


def _said(state: CallState, text: str) -> Turn:
    return appraise(state, Utterance(state.t, state.t, state.t, text, "keyboard"))


def test_what_they_confide_behind_something_else_wants_a_word_too(play: Play) -> None:
    pack = load("slow-checkout")
    state, _ = _at(play, pack, act="accept:not_six")
    turn = _said(state, "And why does it matter so much to you today?")
    assert coaching.choose(state, turn) != "confided"
    caring = next(pack.fact(name) for name in turn.meant.asks if pack.fact(name).caring)
    told = next(line for lines in caring.answers.values() for line in lines)
    state.memory = replace(state.memory, last_line=f"That's a weight off. {told}")
    assert coaching.choose(state, turn) == "confided"


def test_who_has_just_named_what_they_feel_lets_them_tell(flatpack: Pack, play: Play) -> None:
    state, _ = _at(play, flatpack, act="vent", line="My daughter walks past it every morning.")
    assert coaching.choose(state, _said(state, "I see. And then?")) == "acknowledge"
    assert coaching.choose(state, _said(state, "That must have been a terrible shock.")) == "let_them_tell"


def test_a_manager_is_not_offered_while_they_are_as_angry_as_when_they_rang(flatpack: Pack, play: Play) -> None:
    hot = flatpack.model_copy(update={"mood": flatpack.mood.model_copy(update={"start": 75.0, "manager_at": 84.0})})
    state, turn = _at(play, hot)
    chosen = []
    for anger in (75.0, 80.0):
        state.mood = replace(state.mood, anger=anger)
        chosen.append(coaching.choose(state, turn))
    assert chosen[0] != "offer_manager"
    assert chosen[1] == "offer_manager"


def test_who_has_said_what_they_will_not_hear_is_told_to_leave_it(flatpack: Pack, play: Play) -> None:
    words, lines = (("our fault", "our mistake"),), {"any": ("So you admit it!",)}
    trap = Trap(id="admits", title="a guilt", words=words, wordings=("It was us.",) * 3, cost=7, lines=lines)
    line = play(flatpack.model_copy(update={"traps": (trap,)}), ["Hello.", "That was our mistake, I admit it."])
    assert cues(line)[-1] == "avoid_trap"
    promise = trap.model_copy(update={"promise": True, "cost": 0})
    line = play(flatpack.model_copy(update={"traps": (promise,)}), ["Hello.", "That was our mistake, I admit it."])
    assert cues(line)[-1] == "avoid_over_promise"


def test_what_they_put_to_the_test_is_no_cue_once_they_have_gone_on(flatpack: Pack, play: Play) -> None:
    ball = flatpack.curveballs[0]
    state, turn = _at(play, flatpack, act=f"curveball:{ball.id}", facing=ball.id)
    put = coaching.choose(state, turn)
    assert put.startswith("put_")
    state.memory = replace(state.memory, acts=(Act("accept", "new_shelf"),), last_line="Wednesday is fine.")
    assert coaching.choose(state, turn) != put


def test_who_is_still_telling_is_not_asked_for_the_gap(play: Play) -> None:
    pack = load("slow-checkout")
    for act, told in (("empathy", True), ("vent", True), ("answer:goods", False)):
        state, turn = _at(play, pack, act=act, line="Six times I've been round that pool!")
        state.case = replace(state.case, told=2, progress_turn=turn.number)
        state.memory = replace(state.memory, emotional=False)
        assert (coaching.choose(state, turn) == "let_them_tell") == told, act


def test_their_name_waits_for_what_they_came_for(flatpack: Pack, play: Play) -> None:
    state, turn = _at(play, flatpack, act="accept:new_shelf", line="Wednesday is fine.")
    state.case = replace(state.case, progress_turn=turn.number)
    assert coaching.choose(state, turn) != "use_name"
    given = replace(turn, meant=replace(turn.meant, offers=(flatpack.settlement[0].id,)))
    assert coaching.choose(state, given) == "use_name"


def test_a_hold_without_a_word_has_its_line_when_it_is_over(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, OPENING)
    line.act("hold")
    line.wait(5.0)
    line.act("resume")
    assert cues(line)[-1] == "avoid_hold_demand"
