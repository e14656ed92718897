"""The debrief: turning points, what went well, what to say instead, and the author's notes."""

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from dialogue.coaching import TEXTS
from dialogue.debrief.advice import ADVICE, HALF, SLOTS
from dialogue.debrief.lessons import lessons
from dialogue.debrief.mirroring import mirrored
from dialogue.debrief.record import needs_met, notes, reached, settled, turns, undiscovered
from dialogue.events import Appraisal, Delivery, Event, LedgerRow, Mood, MoodChanged, Reply
from dialogue.journal import read
from dialogue.language import TIME, normal
from dialogue.mood.effects import HARMS
from dialogue.persona import Pack, load
from dialogue.persona.story import Note
from dialogue.rehearsal import Line

Play = Callable[..., Line]
JOURNALS = Path(__file__).parents[2] / "journals"
ASKED, UNASKED = "You found what was left out.", "Nobody asked what was left out."
HEARD_OUT = (
    "Hello, this is Sam. How can I help?",
    "I'm so sorry, that must have been a terrible shock.",
    "Please tell me the rest, I'm listening.",
    "Which steps of the booklet did you follow?",
    "Did you come across step six, or is a page missing?",
)


@pytest.fixture(scope="module")
def noted(flatpack: Pack) -> Pack:
    """The pack with notes of our own on what was left out."""
    notes = (Note(met="step_six", text=ASKED), Note(missed="step_six", text=UNASKED))
    return flatpack.model_copy(update={"debrief": notes})


def test_a_good_call_settles_what_it_was_about(
    flatpack: Pack, noted: Pack, play: Play, script: Callable[[str, str], list[str]]
) -> None:
    journal = play(flatpack, script("flatpack-bookcase", "excellent")).journal
    assert settled(journal, flatpack) == 1.0
    assert {need.id for need in flatpack.settlement} == needs_met(journal)
    assert notes(journal, noted) == (ASKED,)
    assert any(one.delta < -5 for one in turns(journal))


def test_a_poor_call_says_what_hurt_and_what_to_say_instead(
    flatpack: Pack, noted: Pack, play: Play, script: Callable[[str, str], list[str]]
) -> None:
    line = play(flatpack, script("flatpack-bookcase", "poor"))
    if not line.ended:
        line.act("hang_up")
    told = lessons(line.journal, flatpack)
    assert "calm_down" in {one.cause for one in told}
    assert all(one.why and one.instead and one.delta > 0 for one in told)
    assert len({one.instead for one in told}) == len(told)
    assert notes(line.journal, noted) == (UNASKED,)
    assert "new_shelf" not in needs_met(line.journal)
    assert settled(line.journal, flatpack) == 0.0


def test_a_promise_without_its_time_is_not_yet_what_they_came_for(flatpack: Pack, play: Play) -> None:
    open_end = play(flatpack, [*HEARD_OUT, "I'll send you a new shelf."])
    assert "new_shelf" in open_end.session.state.case.partly
    assert "new_shelf" not in needs_met(open_end.journal)
    timed = play(flatpack, [*HEARD_OUT, "I'll send you a new shelf, it will be there on Tuesday by noon."])
    assert "new_shelf" in needs_met(timed.journal)


def test_what_nobody_asked_for_was_never_found(flatpack: Pack, play: Play) -> None:
    hidden = {fact.id for fact in flatpack.facts if fact.hidden}
    assert {fact.id for fact in undiscovered(play(flatpack, ["Hello."]).journal, flatpack)} == hidden
    asked = undiscovered(play(flatpack, HEARD_OUT).journal, flatpack)
    assert hidden - {fact.id for fact in asked} >= {"step_six"}


def test_what_was_told_behind_another_answer_was_found(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello."])
    said = " ".join([next(iter(flatpack.lines["thanks"].values()))[0], flatpack.fact("left_over").answers["cool"][0]])
    line.journal.append(Reply(line.now, 99, said, Delivery(50.0, ""), "thanks"))
    assert "left_over" in reached(line.journal, flatpack)
    assert "left_over" not in {fact.id for fact in undiscovered(line.journal, flatpack)}


def test_nobody_has_missed_what_was_never_put_to_them(play: Play) -> None:
    pack = load("forty-minutes-on-hold")
    balls = {ball.id: ball for ball in pack.curveballs}
    note = next(one for one in pack.debrief if one.missed in balls)
    assert note.missed
    line = play(pack, ["Hello.", "What did you order?", "Which floor is it?"])
    assert note.text not in notes(line.journal, pack)
    put = Reply(line.now, 99, next(iter(balls[note.missed].lines.values()))[0], Delivery(50.0, ""), "curveball")
    assert note.text not in notes([*line.journal, put], pack)  # nothing was said after it
    last = max(index for index, event in enumerate(line.journal) if isinstance(event, Appraisal))
    line.journal.insert(last, put)
    assert note.text in notes(line.journal, pack)


def test_what_was_said_though_it_was_not_taken_was_not_missed(play: Play) -> None:
    pack = load("bad-day")
    heard = next(one.text for one in pack.debrief if one.missed == "heard")
    texts = ["Hello, how can I help?", "Where is the leak?", "What model is it?"]
    assert heard in notes(play(pack, texts).journal, pack)
    felt = [*texts[:2], "My goodness, that sounds like an awful day. I'm so sorry."]
    assert "heard" not in needs_met(play(pack, felt).journal)
    assert heard not in notes(play(pack, felt).journal, pack)


def test_nobody_has_missed_anything_in_a_call_that_had_hardly_begun(noted: Pack, play: Play) -> None:
    for texts in ([], ["Hello."], ["Hello.", "Calm down."]):
        line = play(noted, texts)
        line.act("hang_up")
        assert notes(line.journal, noted) == ()
    assert notes(play(noted, ["Hello.", "Hm.", "Well."] * 2).journal, noted) == (UNASKED,)


def test_what_came_out_unasked_is_nobodys_merit(flatpack: Pack, noted: Pack) -> None:
    row = LedgerRow(9.0, "impulse", "need:explain_six", "the brace keeps it square", -7.0)
    met: list[Event] = [MoodChanged(9.0, Mood(9.0, 50.0, 40.0, "irritated", 50.0, 90.0), (row,), 3)]
    assert "step_six" in reached(met, flatpack)
    assert ASKED not in notes(met, noted)


def test_what_they_told_of_themselves_was_found(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello."])
    assert "left_over" in {fact.id for fact in undiscovered(line.journal, flatpack)}
    said = next(text for text in flatpack.need("explain_six").accept["irritated"] if "a spare" in text)
    slip = Reply(line.now, 99, said, Delivery(50.0, ""), "accept:explain_six")
    named = Reply(line.now, 99, "And then the parts that were left over!", Delivery(50.0, ""), "vent")
    assert "left_over" not in {fact.id for fact in undiscovered([*line.journal, named], flatpack)}
    line.journal.append(slip)
    assert "left_over" not in {fact.id for fact in undiscovered(line.journal, flatpack)}


def test_what_they_said_of_as_many_of_the_same_was_found(play: Play) -> None:
    pack = load("broken-integration")
    line = play(pack, ["Hello, this is Robin."])
    assert "earlier_reports" in {fact.id for fact in undiscovered(line.journal, pack)}
    told = Reply(line.now, 9, "There are eleven unread reports of mine at your end.", Delivery(60.0, ""), "curveball")
    other = Reply(line.now, 9, "The three drivers wrote no reports.", Delivery(60.0, ""), "curveball")
    assert "earlier_reports" not in {fact.id for fact in undiscovered([*line.journal, told], pack)}
    assert "earlier_reports" in {fact.id for fact in undiscovered([*line.journal, other], pack)}


def test_nobody_is_praised_for_asking_who_asked_nothing(play: Play) -> None:
    pack = load("payments-outage")
    praise = next(note.text for note in pack.debrief if note.met == "coping")
    answer = next(iter(pack.fact("coping").answers.values()))[0]
    for said, praised in (("I've run a lunch service myself once.", False), ("How are your people coping?", True)):
        line = play(pack, ["Hello, this is Robin.", "I see.", said])
        journal = [*line.journal, Reply(line.now, 9, answer, Delivery(40.0, ""), "answer:coping")]
        assert (praise in notes(journal, pack)) is praised


def test_turns_are_counted_as_the_session_counts_them(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello, how can I help?", "", "   ", "Calm down."])
    scores = turns(line.journal)
    assert [(one.turn, one.said) for one in scores] == [(1, "Hello, how can I help?"), (2, "Calm down.")]
    assert scores[1].rows[0].cause == "calm_down"


def test_a_record_cut_off_is_scored_as_far_as_it_goes(flatpack: Pack, play: Play) -> None:
    journal = play(flatpack, ["Hello.", "I'm so sorry, that must have been a shock."]).journal
    for kept in range(1, len(journal)):
        assert 0.0 <= settled(journal[:kept], flatpack) < 1.0
        assert len(turns(journal[:kept])) <= 2


def test_every_harm_has_advice_and_every_avoided_one_a_cue() -> None:
    harms = HARMS - {"curveball", "self_blame", "trap"}
    assert harms == set(ADVICE) - {"rule"}  # a `policy` that refuses nothing
    assert {cue.removeprefix("avoid_") for cue in TEXTS if cue.startswith("avoid_")} <= harms | {"trap", "over_promise"}


def test_every_form_has_only_known_slots_and_its_last_none() -> None:
    for advice in ADVICE.values():
        slots = [{name for _, name, _, _ in Formatter().parse(form) if name} for form in advice.forms]
        assert set().union(*slots) <= SLOTS
    assert not any("{" in advice.instead for name, advice in ADVICE.items() if name != "name_overuse")


def test_better_words_fit_the_moment_and_come_once(flatpack: Pack, play: Play) -> None:
    kind = ["Hello.", "I'm so sorry, that must have been a terrible shock."]
    texts = [*kind, "Calm down.", "Calm down, please.", "You must have built it wrong.", "That's our policy."]
    told = lessons(play(flatpack, texts).journal, flatpack)
    words = [one.instead for one in told]
    assert len(told) == 4
    assert len(set(words)) == len(words)
    story = [piece for pool in flatpack.vent for lines in pool.values() for line in lines for piece in mirrored(line)]
    assert any(piece[1:] in text for piece in story for text in words)  # their own story, turned round
    steps = flatpack.fact("step_six").wordings
    assert any(step in text for step in steps for text in words)  # what was open: finding the step left out


def test_without_the_pack_the_words_are_general(flatpack: Pack, play: Play) -> None:
    told = lessons(play(flatpack, ["Hello.", "Calm down."]).journal, None)
    assert [one.instead for one in told] == [ADVICE["calm_down"].instead]


def test_a_turn_that_did_good_on_the_whole_is_no_lesson(flatpack: Pack, play: Play) -> None:
    line = play(
        flatpack, ["Hello, Sam speaking.", "I'm so sorry, that must have been a terrible shock. Was anyone hurt?"]
    )
    assert not lessons(line.journal, flatpack)


def test_what_was_met_by_half_and_stayed_so_could_be_better(broadband: Pack) -> None:
    journal = read((JOURNALS / "broadband-dropouts-average.jsonl").read_text(encoding="utf-8").splitlines())
    half = {row.cause for event in journal if isinstance(event, MoodChanged) for row in event.because}
    assert {"partly:line_test", "need:line_test"} <= half  # promised, and then with its time
    [told] = [one for one in lessons(journal, broadband) if one.cause.startswith("partly:")]
    assert told.said == "We will call you back soon."
    assert told.delta < 0
    assert told.why == HALF
    assert TIME.search(normal(told.instead))


@pytest.mark.parametrize(
    ("answer", "said", "told"),
    [
        ("No.", "Honestly, no. Why?", True),
        ("No.", "I know nothing about that.", False),
        ("He's in at {promise}?", "Look, he's in at nine tomorrow? Really?", True),
        ("{agent}'s colleague.", "It was Tom's colleague.", True),
    ],
)
def test_a_short_answer_was_told_where_it_stands_in_words_of_its_own(
    flatpack: Pack, answer: str, said: str, told: bool
) -> None:
    hidden = next(fact for fact in flatpack.facts if fact.hidden)
    short = hidden.model_copy(update={"title": "it", "answers": {"any": (answer,)}, "again": {}})
    pack = flatpack.model_copy(update={"facts": (short,)})
    events = [Reply(1.0, 1, said, Delivery(50.0))]
    assert (undiscovered(events, pack) == ()) == told
