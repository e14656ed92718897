"""What a screen knows of a call: lines when they sound, what was not heard, anger at any time, and what moved it."""

from dataclasses import replace

import pytest

from dialogue.events import (
    Appraisal,
    AudioProblem,
    CallEnded,
    CallStarted,
    Cue,
    Delivery,
    Event,
    LedgerRow,
    Mood,
    MoodChanged,
    Partial,
    PhaseChanged,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SpeechStarted,
    Steered,
    TraineeAction,
    Utterance,
)
from ui import strings
from ui.calls.call_view import REASONS_KEPT, CallView, TranscriptLine
from voice.speaking.line import Played, SpokenLine
from voice.synthesis.pieces import Piece

CALM = Prosody(3.0, -26.0, 160.0, 6.0, 4.0, 0.15, -14.0)
STARTED = CallStarted(0.0, "flatpack-bookcase", "0", 1, "voice", "0", baseline=CALM)
MOOD = Mood(10.0, 60.0, 40.0, "angry", 80.0, 100.0)


def said(t: float, text: str, prosody: Prosody | None = None) -> Utterance:
    return Utterance(t, t - 1.0, t, text, "voice", prosody=prosody)


def line(t: float, number: int, text: str = "And who pays for that?") -> Reply:
    return Reply(t, number, text, Delivery(50.0))


def row(cause: str, delta: float, kind: str = "impulse") -> LedgerRow:
    return LedgerRow(0.0, kind, cause, cause, delta)  # type: ignore[arg-type]


def shown(*events: Event) -> list[tuple[str, str]]:
    return [(each.who, each.text) for each in CallView.of(events).lines]


def test_a_line_is_shown_when_it_begins_to_sound_and_those_before_it() -> None:
    two = (line(1.0, 1, "Hello?"), line(2.0, 2, "Well?"))
    assert shown(*two) == []
    assert shown(*two, PlaybackStarted(2.1, 1)) == [("customer", "Hello?")]
    assert shown(*two, PlaybackStarted(2.1, 2)) == [("customer", "Hello?"), ("customer", "Well?")]
    # without sound: with the next turn, or the end
    assert shown(*two, said(5.0, "Good morning.")) == [
        ("customer", "Hello?"),
        ("customer", "Well?"),
        ("you", "Good morning."),
    ]
    assert shown(*two, CallEnded(9.0, "hung_up", "")) == [("customer", "Hello?"), ("customer", "Well?")]


def test_a_line_cut_off_before_its_first_sound_is_never_shown_and_one_cut_off_later_says_where() -> None:
    never = (line(1.0, 1), PlaybackFinished(1.2, 1, 0.0, "", interrupted=True))
    assert shown(*never, said(3.0, "Sorry?")) == [("you", "Sorry?")]
    begun = (line(1.0, 1), PlaybackStarted(1.1, 1))
    view = CallView.of([*begun, PlaybackFinished(2.0, 1, 0.9, "And who", interrupted=True)])
    assert [(each.text, each.unheard) for each in view.lines] == [("And who pays for that?", "pays for that?")]
    assert CallView.of([*begun, PlaybackFinished(3.0, 1, 1.9, "And who pays for that?")]).lines[0].unheard == ""
    both = (line(1.0, 1, "One two three."), line(2.0, 2, "One two."), PlaybackStarted(2.1, 2))
    view = CallView.of([*both, PlaybackFinished(3.0, 1, 0.5, "One", interrupted=True)])
    assert [each.unheard for each in view.lines] == ["two three.", ""]


def test_a_line_without_its_opener_says_where_it_was_cut_off_too() -> None:
    reply = line(1.0, 1, "Look, I want my money back. I have waited three weeks.")
    second = "I want my money back. I have waited three weeks."
    spoken = SpokenLine(reply, 0, begin=len("Look, "), queued=1000)
    spoken.played = [Played(Piece(second, len("Look, "), len(reply.text)), 0, 1000)]
    _, words = spoken.cut_at(300)
    assert "I want" in words
    assert "three" not in words
    view = CallView.of([reply, PlaybackStarted(1.1, 1), PlaybackFinished(2.0, 1, 0.3, words, interrupted=True)])
    [shown_line] = view.lines
    assert shown_line.text == f"Look, {words} {shown_line.unheard}"


def test_who_speaks_and_what_of_it_is_known() -> None:
    view = CallView()
    view.read(SpeechStarted(1.0))
    view.read(Partial(1.5, "Good mor"))
    assert (view.you_speak, view.partial) == (True, "Good mor")
    view.read(said(2.0, "Good morning."))
    assert (view.you_speak, view.partial) == (False, "")
    view.read(line(2.5, 1))
    view.read(PlaybackStarted(2.6, 1))
    assert view.customer_speaks
    view.read(PlaybackFinished(4.0, 1, 1.4, "And who pays for that?"))
    assert not view.customer_speaks
    for event in (SpeechStarted(5.0), Partial(5.5, "I"), TraineeAction(5.6, "hold"), CallEnded(6.0, "hung_up", "")):
        view.read(event)
    assert (view.you_speak, view.customer_speaks, view.partial, view.hold_since) == (False, False, "", None)
    assert view.ended
    assert view.t == 6.0


def test_a_cough_is_no_line() -> None:
    assert shown(SpeechStarted(1.0), said(2.0, "")) == []


def test_a_turn_has_the_sessions_number_and_what_it_did() -> None:
    events: list[Event] = [said(9.0, "One."), Appraisal(9.0, 1, (), ""), said(10.0, "Two."), Appraisal(10.0, 2, (), "")]
    because = (row("relaxation", 0.5, "relaxation"), row("rude", 18.0), row("thanks", -2.0))
    view = CallView.of([*events, MoodChanged(10.0, MOOD, because, turn=1)])
    assert [(each.number, each.delta) for each in view.lines] == [(1, 16.0), (2, None)]
    assert view.last_delta == 16.0
    assert [each.cause for each in view.reasons] == ["rude", "thanks"]  # that time passed is no reason
    view.read(MoodChanged(11.0, replace(MOOD, t=11.0), because[:1]))
    assert view.last_delta == 16.0
    view.read(MoodChanged(12.0, replace(MOOD, t=12.0), (row("dead_air", 4.0),)))
    assert (view.last_delta, [each.delta for each in view.lines]) == (4.0, [16.0, None])


def test_reasons_are_kept_so_far_and_the_newest_is_the_last() -> None:
    view = CallView()
    for number in range(REASONS_KEPT + 5):
        view.read(MoodChanged(float(number), MOOD, (row(f"cause {number}", 1.0),)))
    assert len(view.reasons) == REASONS_KEPT
    assert view.reasons[-1].cause == f"cause {REASONS_KEPT + 4}"


def test_anger_at_any_time_is_that_of_the_mood_which_held_then() -> None:
    later = replace(MOOD, t=20.0, anger=30.0, resting=30.0)
    view = CallView.of([MoodChanged(10.0, MOOD, ()), MoodChanged(20.0, later, ())])
    assert view.anger_at(10.0) == 60.0
    assert 60.0 < (view.anger_at(19.0) or 0.0) < 64.0
    assert view.anger_at(20.0) == 30.0
    assert view.anger_at(3.0) == 60.0  # before the first one: as it was then
    assert CallView().anger_at(5.0) is None
    assert CallView().mood is None
    assert view.mood is later


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ([], ""),
        (["mute"], strings.NOT_HEARD_MUTED),
        (["mute", "unmute"], ""),
        (["mute", "hold"], strings.NOT_HEARD_ON_HOLD),
        (["hold", "resume"], ""),
        (["mute", "hold", "resume"], strings.NOT_HEARD_MUTED),
    ],
)
def test_why_the_customer_cannot_hear_is_known(actions: list[str], told: str) -> None:
    view = CallView.of(TraineeAction(2.0, action) for action in actions)  # type: ignore[arg-type]
    assert view.not_heard == told


def test_what_may_yet_be_taken_back_is_shown_and_leaves_no_trace() -> None:
    view = CallView.of([line(1.0, 1, "Hello?"), PlaybackStarted(1.1, 1)])
    facts = [said(3.0, "I will send"), PhaseChanged(3.0, "closing", ""), line(3.0, 2, "What?"), PlaybackStarted(3.2, 2)]
    ahead = view.ahead(facts)
    assert [each.text for each in ahead.lines] == ["Hello?", "I will send", "What?"]
    assert ahead.phase == view.phase
    ahead.lines[0].unheard = "all of it"
    assert view.lines == [TranscriptLine("customer", "Hello?", 1.0, 1)]


def test_the_voice_is_measured_beside_the_baseline_or_else_the_first_turn() -> None:
    loud = replace(CALM, loudness_dbfs=-18.0, rate_syllables_s=5.0)
    assert CallView.of([STARTED, said(2.0, "Hello.", loud)]).your_voice == strings.YOUR_VOICE.format(
        measures=f"{strings.YOUR_LOUDNESS[True].format(difference=8)}, {strings.YOUR_PACE[True].format(difference=25)}"
    )
    usual = strings.YOUR_VOICE.format(measures=strings.YOUR_USUAL)
    assert CallView.of([STARTED, said(2.0, "Hello.", CALM)]).your_voice == usual
    none = replace(STARTED, baseline=None)
    first: list[Event] = [none, said(2.0, "Hello.", loud)]
    assert CallView.of([*first, said(4.0, "Hello.", loud)]).your_voice == usual
    softer = CallView.of([*first, said(4.0, "Hello.", CALM)]).your_voice
    assert strings.YOUR_LOUDNESS[False].format(difference=8) in softer
    assert CallView.of([none, said(2.0, "Hello.")]).your_voice == ""


def test_cue_phase_trouble_and_what_the_trainer_does_stand_there_until_they_change() -> None:
    view = CallView.of([Cue(1.0, "narrate", "Say what you do."), PhaseChanged(1.0, "closing", "")])
    assert view.cue
    assert (view.cue.text, view.phase) == ("Say what you do.", "closing")
    view.read(Cue(2.0, "", ""))
    assert view.cue is None
    view.read(AudioProblem(3.0, "lost", "The microphone is gone."))
    view.read(AudioProblem(3.5, "dropped", "That turn was lost."))
    assert view.problem == "That turn was lost."
    view.read(said(3.8, "Hello."))
    assert view.problem == "The microphone is gone."
    view.read(AudioProblem(4.0, "recovered", "The microphone is back."))
    assert view.problem == "The microphone is back."
    view.read(said(4.5, "Hello."))
    assert view.problem == ""
    view.lines.clear()
    view.read(Steered(5.0, "whisper", "Slow down."))
    [told] = view.lines
    assert (told.who, told.t) == ("aside", 5.0)
    assert "Slow down." in told.text
    assert not view.recorded
    view.read(replace(STARTED, settings={"recorded": "on"}))
    assert view.recorded
