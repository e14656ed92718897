"""The line mode tells everything the screen shows, in order, once, and without Textual."""

import subprocess
import sys
from dataclasses import replace

from dialogue.events import CallStarted, Cue, Delivery, Event, PlaybackStarted, Reply, TraineeAction
from tests.ui.story import Story, good_call, pack
from ui.debrief.review import review
from ui.line_mode.plain import PlainSink, debrief_lines


def told(events: list[Event], *, echo_typed: bool = False) -> list[str]:
    lines: list[str] = []
    sink = PlainSink(pack(), lines.append, echo_typed=echo_typed)
    for event in events:
        sink(event)
    return lines


def test_who_says_what_in_order() -> None:
    spoken = [line for line in told(good_call()) if line.startswith(("Rosa:", "You:"))]
    assert spoken[0] == "Rosa: Finally. Is this a person, or another recording?"
    assert spoken[1].startswith("You: Good morning")
    assert [line.split(":")[0] for line in spoken] == ["Rosa", "You"] * 7


def test_anger_comes_with_its_word_its_change_and_its_causes() -> None:
    lines = told(good_call())
    at = lines.index("  [anger 70, angry, +11]")
    assert lines[at - 2 : at] == ["You: Okay but you have to calm down.", "  [Voice: 9 dB louder]"]
    assert lines[at + 1] == "    +11  You told them to calm down: “you have to calm down”"


def test_a_test_tells_the_anger_and_not_why_it_moved() -> None:
    events = good_call()
    assert isinstance(events[0], CallStarted)
    events[0] = replace(events[0], settings={"cues": "off"})
    practised, tested = told(good_call()), told(events)
    causes = [line for line in practised if line.startswith("    ")]
    assert causes
    assert tested == [line for line in practised if line not in causes]
    assert "You told them to calm down" in "".join(debrief_lines(events, pack()))


def test_hints_phases_cuts_and_the_end() -> None:
    lines = told(good_call())
    assert "  [hint: Ask what only they can know.]" in lines
    assert lines.count("  [phase: negotiating]") == 1
    assert "  [Rosa was cut off after: Calm down? I have been calm]" in lines
    assert lines[-1] == "Call ended: the customer is satisfied."


def test_a_hint_stands_below_the_line_that_it_is_about() -> None:
    line = Reply(6.0, 2, "She died in March.", Delivery(40.0, ""), "answer:jean")
    hint = Cue(6.0, "confided", "They have told you something of their own: a word for that first.")
    lines = told([*Story().events, line, hint, PlaybackStarted(7.0, 2)])
    assert lines[-2:] == [f"Rosa: {line.text}", f"  [hint: {hint.text}]"]
    assert told([*Story().events, line, hint])[-1:] != lines[-1:]  # it has not sounded yet
    later = [*Story().events, line, PlaybackStarted(7.0, 2), hint]
    assert told(later) == lines  # a hint that comes while the line sounds waits for nothing


def test_what_the_trainee_typed_is_not_repeated_unless_asked() -> None:
    assert not [line for line in told(good_call("text")) if line.startswith("You:")]
    assert len([line for line in told(good_call("text"), echo_typed=True) if line.startswith("You:")]) == 7


def test_actions_and_problems_are_told() -> None:
    story = Story().problem(3.0, "No sound device was found.")
    lines = told([*story.events, TraineeAction(4.0, "mute"), TraineeAction(5.0, "hold")])
    assert lines[-3:] == ["  [No sound device was found.]", "  [you are muted]", "  [on hold]"]


def test_the_debrief_says_what_turned_it_what_to_keep_and_what_to_change() -> None:
    lines = list(debrief_lines(good_call(), pack()))
    assert lines[:3] == [
        "✔ The customer is satisfied, though not all they came for was settled.",
        "Rosa leaves it at what you could settle; what was left open stands below.",
        "Anger 62 → 31, at most 70 · 1:29 on the phone, 7 turns",
    ]
    instead = lines[lines.index("What to say instead:") : lines.index("What went well:")]
    assert "You told them to calm down" in instead[1]
    assert instead[2] == "      You said: Okay but you have to calm down."
    assert instead[3].startswith("      Try: ")
    well = lines[lines.index("What went well:") : lines.index("What to do next:")]
    assert not [line for line in well if line.lstrip().startswith(("You said: Okay", "Try: "))]


def test_the_ledger_adds_up_line_by_line() -> None:
    call = review(good_call())
    assert abs(call.start + sum(row.delta for row in call.rows) - call.end) < 1e-6
    lines = list(debrief_lines(good_call(), pack()))
    rows = lines[lines.index("Every change:") + 2 :]
    assert len(rows) == len(call.rows) + 1
    assert rows[-1].split()[2] == f"{call.end:.1f}"


def test_a_record_that_stops_is_still_debriefed() -> None:
    for length in range(1, len(good_call())):
        lines = list(debrief_lines(good_call()[:length], None))
        assert lines
    assert next(debrief_lines(good_call()[:30], None)) == "The record stops before the call ended."


def test_line_mode_needs_no_textual() -> None:
    code = (
        "import sys, ui.line_mode.plain, ui.commands.debrief, ui.commands.breathe; sys.exit('textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
