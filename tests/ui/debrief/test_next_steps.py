"""What a debrief says to do next, in what order it tells things, and what it quotes."""

import re

from textual.widgets import Static

from dialogue.debrief.record import turns
from dialogue.events import (
    Appraisal,
    CallEnded,
    CallStarted,
    Delivery,
    Event,
    LedgerRow,
    MoodChanged,
    Reply,
    TraineeAction,
    Utterance,
)
from dialogue.persona import load
from dialogue.rehearsal import Line
from dialogue.session import Session
from tests.ui.stage import at_rest
from tests.ui.story import Story, good_call, pack
from ui import strings
from ui.app import CoolheadApp
from ui.debrief.next_steps import by_command, by_key
from ui.debrief.review import Moment, Review, review
from ui.debrief.wording import came_for, evidence, headline, moved, outcome_text
from ui.line_mode.plain import debrief_lines
from ui.screens.debrief import DebriefScreen


def costly() -> list[Event]:
    """A call in which one turn made it worse."""
    events = good_call()
    assert any(turn.delta > 0 for turn in turns(events))
    return events


def test_each_step_names_its_key_and_only_what_can_be_done() -> None:
    events = costly()
    call = review(events, pack())
    steps = list(by_key(events, call, "Rosa", retry=True, again=True))
    worst = max(turns(events), key=lambda turn: turn.delta)
    assert steps[0] == f"r: take the call up again before {strings.clock(worst.t)}, the turn that cost most"
    assert f"1 to {len(call.turning)}: " in steps[1]
    assert [step[0] for step in steps] == ["r", "1", "t", "d", "a"]
    assert [step[0] for step in by_key(events, call, "Rosa", retry=False, again=False)] == ["d"]


def test_a_call_in_which_nothing_was_said_says_so_and_is_offered_anew() -> None:
    line = Line(Session(pack()), CallStarted(0.0, pack().id, "", 1, "text", "0"))
    line.act("hang_up")
    call = review(line.journal, pack())
    assert call.silent
    assert [call.open, call.unfound, call.story, call.notes, call.opinion, call.instead] == [(), (), "", (), None, ()]
    told = list(debrief_lines(line.journal, pack(), named=""))
    assert strings.DEBRIEF_SILENT in told
    assert not [one for one in told if one.startswith((strings.DEBRIEF_INSTEAD, strings.DEBRIEF_WELL))]
    assert f"coolhead call {pack().id}" in "".join(by_command(line.journal, call, ""))
    assert not review(good_call(), pack()).silent


def test_a_call_left_before_anything_was_tried_keeps_what_lies_behind_it() -> None:
    def left_after(*said: str) -> Review:
        line = Line(Session(pack()), CallStarted(0.0, pack().id, "", 1, "text", "0"))
        for text in said:
            line.speak(text)
        line.act("hang_up")
        return review(line.journal, pack())

    early, tried = left_after("Hello."), left_after("Hello.", "Go on.", "I see.")
    assert (early.left_early, tried.left_early) == (True, False)
    assert [early.open, early.unfound, early.story, early.notes] == [(), (), "", ()]
    assert outcome_text(early, pack()) == strings.DEBRIEF_LEFT_EARLY
    assert all((tried.open, tried.story))


def test_in_line_mode_each_step_is_a_command_that_means_this_call() -> None:
    events = costly()
    call = review(events, pack())
    worst = max(turns(events), key=lambda turn: turn.delta)
    newest, third, nowhere, file = ([*by_command(events, call, named)] for named in ("", "3", None, "my call.jsonl"))
    assert f" retry 'my call.jsonl' --turn {worst.turn}" in file[0]
    assert newest[0].endswith(f": coolhead retry --turn {worst.turn}")
    assert third[0].endswith(f": coolhead retry 3 --turn {worst.turn}")
    assert not [step for step in nowhere if "retry" in step]
    assert [step for step in nowhere if "coolhead drill " in step]


async def test_the_screen_tells_what_turned_it_then_better_words_then_the_next_step() -> None:
    app = CoolheadApp(first=DebriefScreen(costly(), pack(), retry=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        headings = [str(each.render()) for each in app.screen.query(".heading").results(Static)]
        order = [strings.DEBRIEF_TURNING, strings.DEBRIEF_INSTEAD, strings.DEBRIEF_WELL, strings.DEBRIEF_NEXT]
        assert [heading for heading in headings if heading in order] == order
        assert "coolhead drill" not in str(app.screen.query_one("#next-steps", Static).render())


def test_line_mode_has_the_same_order_and_no_shape_for_a_number() -> None:
    lines = list(debrief_lines(costly(), pack(), named=""))
    order = [strings.DEBRIEF_TURNING, strings.DEBRIEF_INSTEAD, strings.DEBRIEF_WELL, strings.DEBRIEF_NEXT]
    assert [line[:-1] for line in lines if line[:-1] in order] == order
    assert not [line for line in lines if re.search("[▲▼]", line)]


def test_what_nobody_said_stands_in_no_quotation_marks() -> None:
    hold = LedgerRow(5.0, "impulse", "hold_unannounced", "put on hold without a word", 7.0, "")
    said = LedgerRow(5.0, "impulse", "rude", "put that down", 7.0, "")
    assert evidence(hold) == "put on hold without a word"
    assert evidence(said) == "“put that down”"


def test_a_need_that_was_half_met_is_not_left_open() -> None:
    scenario = load("flatpack-bookcase")
    need, other = scenario.settlement[:2]
    story = Story()
    half = LedgerRow(3.0, "impulse", f"partly:{need.id}", "I can", -3.0, "", need.title)
    mood = next(event.mood for event in good_call() if isinstance(event, MoodChanged))
    events = [*story.events, MoodChanged(3.0, mood, (half,), 1), CallEnded(9.0, "abandoned", "")]
    told = came_for(review(events, scenario))
    assert f"◐ {need.title} (half met)" in told
    assert f"○ {other.title} (left open)" in told
    met = LedgerRow(4.0, "impulse", f"need:{need.id}", "I will", -3.0, "", need.title)
    told = came_for(review([*events[:-1], MoodChanged(4.0, mood, (met,), 2), events[-1]], scenario))
    assert f"✔ {need.title}" in told
    assert not [line for line in told if line.startswith("◐")]


def test_who_is_satisfied_with_less_than_they_came_for_is_said_to_be() -> None:
    scenario = load("flatpack-bookcase")
    mood = next(event.mood for event in good_call() if isinstance(event, MoodChanged))
    rows = tuple(
        LedgerRow(3.0, "impulse", f"need:{one.id}", "I will", -3.0, "", one.title) for one in scenario.settlement
    )

    def ended(met: tuple[LedgerRow, ...]) -> str:
        events = [*Story().events, MoodChanged(3.0, mood, met, 1), CallEnded(9.0, "satisfied", "")]
        return headline(review(events, scenario))

    assert ended(rows).endswith(strings.sentence(strings.OUTCOMES["satisfied"]))
    assert "not all they came for" in ended(rows[1:])
    required = tuple(row for row, one in zip(rows, scenario.settlement, strict=True) if one.required)
    assert len(required) < len(rows)
    assert ended(required) == ended(rows)  # what they could do without is nothing that they lacked


def test_what_they_could_do_without_is_left_open_only_where_they_spoke_of_it() -> None:
    scenario = load("flatpack-bookcase")
    need = next(one for one in scenario.settlement if not one.required and any(one.open.values()))
    events = [*Story().events, CallEnded(9.0, "abandoned", "")]
    hello = Utterance(1.0, 0.5, 1.0, "Hello, this is Sam.", "keyboard")
    asked = Reply(2.0, 1, next(line for lines in need.open.values() for line in lines), Delivery(50.0, ""), "open")
    left = f"○ {need.title} (left open)"
    assert left not in came_for(review([*events[:-1], hello, events[-1]], scenario))
    assert left in came_for(review([*events[:-1], hello, asked, events[-1]], scenario))


def test_the_outcome_tells_of_a_settled_case_only_where_it_was() -> None:
    scenario = load("flatpack-bookcase")
    mood = next(event.mood for event in good_call() if isinstance(event, MoodChanged))
    rows = tuple(
        LedgerRow(3.0, "impulse", f"need:{one.id}", "I will", -3.0, "", one.title) for one in scenario.settlement
    )

    def told(met: tuple[LedgerRow, ...]) -> str:
        hello = Utterance(1.0, 0.5, 1.0, "Hello, this is Sam.", "keyboard")
        moved = MoodChanged(3.0, mood, met, 1)
        call = review([*Story().events, hello, moved, CallEnded(9.0, "satisfied", "")], scenario)
        return outcome_text(call, scenario)

    assert told(rows) == scenario.outcomes["satisfied"]
    assert told(rows[1:]) != told(rows)


def test_who_hung_up_is_told_so_beside_the_outcome() -> None:
    ended = CallEnded(9.0, "resigned", "")
    assert "hung up" not in headline(review([*Story().events, ended]))
    assert headline(review([*Story().events, TraineeAction(9.0, "hang_up"), ended])).endswith("; you hung up.")


def test_a_turn_with_something_to_learn_is_not_praised_as_well() -> None:
    scenario = load("flatpack-bookcase")
    need = scenario.settlement[0]
    half = LedgerRow(3.0, "impulse", f"partly:{need.id}", "I can", -9.0, "", need.title)
    mood = next(event.mood for event in good_call() if isinstance(event, MoodChanged))
    events = [*Story().events, Utterance(2.0, 1.0, 2.0, "I can see to that.", "keyboard"), Appraisal(3.0, 1, ())]
    call = review([*events, MoodChanged(3.0, mood, (half,), 1), CallEnded(9.0, "abandoned", "")], scenario)
    assert [one.turn for one in call.instead] == [1]
    assert not call.well


def test_what_was_left_out_is_told_without_the_change_of_the_turn_it_hangs_on() -> None:
    said = {"t": 60.0, "turn": 3, "said": "I'll call you at noon.", "delta": -13.0, "rows": ()}
    assert moved(Moment(**said, cause="parted")) == ""  # type: ignore[arg-type]
    assert moved(Moment(**said)) == "▼ 13"  # type: ignore[arg-type]
