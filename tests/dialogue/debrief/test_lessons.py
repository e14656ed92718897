"""What to learn from a call: the right moments, of the right kind, each with words that fit it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.debrief.advice import OMISSIONS
from dialogue.debrief.betterwords import contexts
from dialogue.debrief.lessons import LEAST_HARM, LEAST_MOVED, LEAST_SLIP, MISSED, ONLY_SLIP, lessons
from dialogue.debrief.mirroring import mirrored
from dialogue.debrief.slots import is_about, question_of
from dialogue.events import CallEnded, Event, LedgerRow, MoodChanged, Reply, TraineeAction
from dialogue.journal import read
from dialogue.language import normal
from dialogue.persona import Pack, load
from dialogue.phases import next_need
from dialogue.rehearsal import Line
from ui.debrief.review import review
from ui.debrief.wording import causes

Play = Callable[..., Line]
JOURNALS = sorted((Path(__file__).parents[2] / "journals").glob("*.jsonl"))
KIND = ["Hello, how can I help?", "I'm so sorry, that must have been a terrible shock.", "Please tell me the rest."]


def events_of(path: Path) -> list[Event]:
    return list(read(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_every_lesson_of_a_call_has_its_kind_and_words_of_its_own(path: Path) -> None:
    events = events_of(path)
    pack = load(events[0].pack)  # type: ignore[union-attr]
    told = lessons(events, pack)
    words = [one.instead for one in told if one.instead]
    assert len(set(words)) == len(words)
    for one in told:
        assert one.why
        assert "{" not in one.instead
        assert one.kind != "avoid" or one.delta > 0
        if one.kind == "missed" and one.cause not in OMISSIONS:
            assert one.cause.partition(":")[0] in MISSED


def test_who_hangs_up_with_the_case_open_is_told_what_was_left(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, [*KIND, "Thanks for telling me all that."])
    assert not line.ended
    line.act("hang_up")
    first, *others = lessons(line.journal, flatpack)
    assert (first.cause, first.kind, first.said) == ("parted", "missed", "")
    hung_up = next(one for one in line.journal if isinstance(one, TraineeAction))
    assert (first.t, first.turn) == (hung_up.t, None)
    shown = next(one for one in review(line.journal, flatpack).instead if one.cause == "parted")
    assert (shown.t, shown.said, shown.rows) == (hung_up.t, "", ())
    state = contexts(line.journal, flatpack)[-1]
    assert state is not None
    need = next_need(state.case, flatpack)
    assert need is not None
    wordings = need.wordings or [word for name in need.facts for word in flatpack.fact(name).wordings]
    assert need.title in first.instead or any(word in first.instead for word in wordings)
    assert "parted" not in {one.cause for one in others}


def test_what_the_last_turn_brought_is_not_asked_for_in_parting(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, [*KIND, "Did you do step six?"])
    assert "found_six" in line.session.state.case.met
    line.act("hang_up")
    parted = next(one for one in lessons(line.journal, flatpack) if one.cause == "parted")
    questions = [word for name in flatpack.need("found_six").facts for word in flatpack.fact(name).wordings]
    assert parted.instead
    assert not any(word in parted.instead for word in questions)


@pytest.mark.parametrize(("line", "left"), [("Have I got that right?", True), ("That's all, then.", False)])
def test_who_hangs_up_on_a_question_is_told_so(line: str, left: bool, flatpack: Pack, play: Play) -> None:
    needs = tuple(one.model_copy(update={"required": one.id == "found_six"}) for one in flatpack.settlement)
    pack = flatpack.model_copy(update={"settlement": needs})
    call = play(pack, [*KIND, "Did you do step six?"])
    call.act("hang_up")
    last = [event for event in call.journal if isinstance(event, Reply)][-1]
    events = [replace(event, text=line) if event is last else event for event in call.journal]
    assert ("parted" in {one.cause for one in lessons(events, pack)}) is left


def test_who_is_cut_short_by_the_customer_has_not_hung_up(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, ["Hello.", *["You're an idiot, go away."] * 8])
    assert any(isinstance(event, CallEnded) for event in line.journal)
    assert {one.cause for one in lessons(line.journal, flatpack)} == {"rude"}


def test_a_turn_that_moved_nothing_counts_once_they_ask_again(flatpack: Pack, play: Play) -> None:
    texts = [*KIND, "I'm listening, go on.", "Did you come across step six?", *["Thank you for that."] * 2]
    events = play(flatpack, texts).journal
    states = contexts(events, flatpack)
    still = [
        (index, event.turn)
        for index, event in enumerate(events)
        if isinstance(event, MoodChanged) and event.turn
        if all(abs(row.delta) < LEAST_MOVED for row in event.because if row.kind != "relaxation")
        if (state := states[index]) and question_of(state)
    ]
    assert still
    for index, turn in still:
        assert "unanswered" not in {one.cause for one in lessons(events, flatpack) if one.turn == turn}
        after = next(i for i in range(index, len(events)) if isinstance(events[i], Reply))
        asking = [
            replace(event, act="open:new_shelf") if i == after and isinstance(event, Reply) else event
            for i, event in enumerate(events)
        ]
        assert ("unanswered", "missed") in {(one.cause, one.kind) for one in lessons(asking, flatpack)}


def test_a_turn_that_slipped_a_little_and_answered_nothing_has_one_note(flatpack: Pack, play: Play) -> None:
    slip = LedgerRow(0.0, "impulse", "rush", "quickly", LEAST_HARM + 0.1)
    assert slip.delta < LEAST_MOVED
    events = [
        replace(event, because=(slip,))
        if isinstance(event, MoodChanged) and event.turn
        else replace(event, act="open:new_shelf")
        if isinstance(event, Reply)
        else event
        for event in play(flatpack, [*KIND, "I'm listening, go on.", *["Thank you for that."] * 2]).journal
    ]
    noted = [one.turn for one in lessons(events, flatpack)]
    assert noted
    assert len(set(noted)) == len(noted)


def test_a_question_that_is_quoted_is_followed_by_words_about_it(flatpack: Pack) -> None:
    assert is_about("So what now?", "I'll send a new shelf by Tuesday.")
    assert is_about("When does the new shelf arrive?", "I'll send a new shelf by Tuesday.")
    assert not is_about("Where do you stand on the exit fee?", "I'll send a new shelf by Tuesday.")


def test_a_refusal_is_read_as_one_and_not_as_a_gap(flatpack: Pack, play: Play) -> None:
    heard = [*KIND, "I'm listening, go on."]
    refusing = lessons(play(flatpack, [*heard, "There's nothing I can do."]).journal, flatpack)
    shrugging = lessons(play(flatpack, [*heard, "I don't know."]).journal, flatpack)
    assert [one.cause for one in (*refusing, *shrugging)] == ["dont_know", "dont_know"]
    assert "closed door" in refusing[0].why
    assert "stop sign" in shrugging[0].why


def test_whoever_blames_twice_gets_two_kinds_of_advice(flatpack: Pack, play: Play) -> None:
    blames = ["You must have built it wrong.", "You should have read the booklet."]
    told = [one for one in lessons(play(flatpack, [*KIND, *blames]).journal, flatpack) if one.cause == "blaming"]
    first, second = (set(normal(one.instead).split()) for one in told)
    assert len(first & second) <= len(first | second) / 2


@pytest.mark.parametrize(
    ("line", "given_back"),
    [
        ("I sat on a kitchen chair all day. Nobody came.", ["You sat on a kitchen chair all day"]),
        ("Have you got a minute? I hear I've missed something.", []),
        ("I am not going to tell it a fifth time.", []),
        ("It is perfectly plain.", []),
        ("I'm ringing about a refund.", []),
        ("This is Copper Pot, head of IT. This is my third call today.", ["This is your third call today"]),
        ("And I did not do anything wrong.", []),
        ("I sell vans, I don't charge people for not driving them.", []),
    ],
)  # fmt: skip
def test_what_was_told_is_given_back_and_what_was_meant_bitterly_is_not(line: str, given_back: list[str]) -> None:
    assert list(mirrored(line)) == given_back


def test_a_good_turn_that_something_in_it_half_undid_says_what(flatpack: Pack, play: Play) -> None:
    kind = "That must have been a terrible shock, two hours of work and then all of it on the floor. What was damaged?"
    line = play(flatpack, [KIND[0], f"{kind} I know exactly how you feel."])
    moved = next(event for event in line.said if isinstance(event, MoodChanged) and event.turn == 2)
    slip = max(moved.because, key=lambda row: row.delta)
    assert slip.cause == "know_how_feel"
    assert slip.delta >= LEAST_SLIP
    assert sum(row.delta for row in moved.because) < 0
    [told] = [one for one in lessons(line.journal, flatpack) if one.turn == 2]
    assert (told.kind, told.cause) == ("better", "know_how_feel")
    assert told.instead.startswith("I can only imagine")
    assert not [one for one in lessons(play(flatpack, [KIND[0], kind]).journal, flatpack) if one.turn == 2]
    [shown] = [moment for moment in review(line.journal, flatpack).learnt if moment.turn == 2]
    assert f"{slip.delta:+.0f}" in causes(shown)


def test_a_small_slip_is_told_only_where_there_is_nothing_else_to_learn(flatpack: Pack, play: Play) -> None:
    line = play(flatpack, [*KIND, "Which steps of the booklet did you follow?"])
    assert not lessons(line.journal, flatpack)
    at = max(index for index, one in enumerate(line.journal) if isinstance(one, MoodChanged) and one.turn)
    turn = line.journal[at]
    assert isinstance(turn, MoodChanged)

    def slipped(points: float) -> list[Event]:
        slip = LedgerRow(turn.t, "impulse", "rush", "Which steps", points, "a slip")
        help_too = LedgerRow(turn.t, "impulse", "clarify", "Which steps", -2 * points, "and help")
        with_slip = replace(turn, because=(*turn.because, slip, help_too))
        return [*line.journal[:at], with_slip, *line.journal[at + 1 :]]

    assert not lessons(slipped(ONLY_SLIP - 0.1), flatpack)
    [told] = lessons(slipped(ONLY_SLIP), flatpack)
    assert (told.kind, told.cause, told.turn) == ("better", "rush", turn.turn)
    assert "rush" in {moment.cause for moment in review(slipped(ONLY_SLIP), flatpack).instead}
    worse = play(flatpack, [*KIND, "Calm down."]).journal
    assert len(lessons([*slipped(ONLY_SLIP)[: at + 1], *worse[at:]], flatpack)) == 1
