"""Who has the floor: silence, holds, interruptions, noise, a manager asked for, a voice against its baseline."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from dialogue import mood
from dialogue.events import (
    Appraisal,
    AudioProblem,
    CallEnded,
    CallStarted,
    Cue,
    MoodChanged,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SessionEvent,
    SpeechStarted,
    Steered,
    TimePassed,
    TraineeAction,
    Utterance,
)
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from dialogue.state import Act
from dialogue.transitions.feeling import TYPED_DRIFT_SECONDS

Ring = Callable[..., Line]


def opening(pack: Pack, seed: int, mode: str) -> CallStarted:
    return CallStarted(0.0, pack.id, pack.sha256, seed, mode, "test")  # type: ignore[arg-type]


def rows(events: list[SessionEvent] | tuple[SessionEvent, ...]) -> list[str]:
    """The causes of all impulses."""
    return [row.cause for one in events if isinstance(one, MoodChanged) for row in one.because if row.kind == "impulse"]


def test_the_customer_waits_to_be_greeted_then_starts(flatpack: Pack) -> None:
    session = Session(flatpack)
    first = session.receive(opening(flatpack, 1, "voice"))
    assert not [one for one in first if isinstance(one, Reply)]
    assert first[0].mood.band != "calm"  # type: ignore[union-attr]
    assert not session.receive(TimePassed(3.5))
    out = session.receive(TimePassed(4.5))
    reply = next(one for one in out if isinstance(one, Reply))
    assert reply.t == pytest.approx(4.0)
    assert "bookcase" in reply.text.lower()


def test_backchannels_do_not_take_the_floor(flatpack: Pack) -> None:
    session = Session(flatpack)
    session.receive(opening(flatpack, 1, "voice"))
    out = session.receive(Utterance(2.0, 0.5, 2.0, "Hello, how can I help?", "voice"))
    reply = next(one for one in out if isinstance(one, Reply))
    session.receive(PlaybackStarted(2.2, reply.id))
    session.receive(SpeechStarted(4.0))
    heard = " ".join(reply.text.split()[:5])
    session.receive(PlaybackFinished(4.1, reply.id, 1.9, heard, interrupted=True))
    out = session.receive(Utterance(4.6, 4.0, 4.5, "mm-hm", "voice"))
    resumed = next(one for one in out if isinstance(one, Reply))
    assert f"{heard} {resumed.text}" == reply.text
    assert not rows(out)


def test_who_goes_on_after_a_cough_still_wants_what_they_asked_for(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    for text in ("Hello, how can I help?", "I'm so sorry, that must have been awful.", "Please go on, what happened?"):
        line.wait(0.5)
        line.speak(text)
    session, t = line.session, line.now + 1.0
    asked = flatpack.need("new_shelf")
    memory = replace(session.state.memory, acts=(Act("open", asked.id), Act("ask_when", asked.id)), emotional=True)
    session.state.memory = replace(memory, last_line="And what about the broken shelf? Am I to buy that myself?")
    session.state.floor = replace(session.state.floor, unheard="Am I to buy that myself?")
    (resumed,) = session.receive(Utterance(t, t - 0.4, t, "mm-hm", "voice"))
    assert isinstance(resumed, Reply)
    assert resumed.text == "Am I to buy that myself?"
    after = session.state.memory
    kept = ("last_act", "wanted", "due", "emotional")
    assert [getattr(after, name) for name in kept] == [getattr(memory, name) for name in kept]
    session.receive(PlaybackFinished(t + 3.0, resumed.id, 2.0, resumed.text))
    session.receive(Utterance(t + 6.0, t + 4.0, t + 6.0, "Yes, I'll do that today.", "voice"))
    assert asked.id in session.state.case.met


def test_a_turn_not_understood_costs_nothing_and_is_asked_again(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    line.wait(0.5)
    line.speak("Hello, how can I help?")
    line.wait(0.5)
    line.speak("calm down you must have built it wrong", confidence=0.3)
    assert [one.act for one in line.said if isinstance(one, Reply)][-1] == "ask_again"
    assert "calm_down" not in rows(line.said)


@pytest.mark.parametrize("between", ["a turn not understood", "a silence"])
def test_who_asks_again_or_whether_anyone_is_there_still_wants_what_they_asked_for(
    flatpack: Pack, ring: Ring, between: str
) -> None:
    line = ring(flatpack)
    for text in ("Hello, how can I help?", "I'm so sorry, that must have been awful.", "Please go on, what happened?"):
        line.wait(0.5)
        line.speak(text)
    state, asked = line.session.state, flatpack.need("new_shelf")
    memory = replace(state.memory, acts=(Act("open", asked.id), Act("ask_when", asked.id)), emotional=True)
    state.memory = replace(memory, last_line="And what about the broken shelf?")
    if between == "a silence":
        line.wait(12.0)
    else:
        line.speak("something or other about the shelf", confidence=0.2)
    assert state.memory.last_line != "And what about the broken shelf?"
    kept = ("last_act", "wanted", "due", "emotional")
    assert [getattr(state.memory, name) for name in kept] == [getattr(memory, name) for name in kept]
    line.speak("Yes, I'll do that today.")
    assert asked.id in state.case.met


def test_turns_not_understood_do_not_wear_out_their_patience(flatpack: Pack, ring: Ring) -> None:
    """An accent costs nobody the call: not then, and not with the next turn that is understood."""
    line = ring(flatpack)
    heard_out = ("Hello, how can I help?", "Please go on, what happened?", "I'm so sorry, that must have been awful.")
    for text in heard_out:
        line.speak(text)
    assert line.session.state.case.heard
    before = len(line.said)
    for _ in range(flatpack.patience_turns):
        line.speak("something or other about the shelf", confidence=0.2)
    assert not rows(line.said[before:])
    line.speak("Thank you for your patience with me.")
    assert not line.ended
    assert "no_progress" not in rows(line.said)


def test_an_empty_turn_is_no_turn(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    line.wait(0.5)
    line.speak("Hello, how can I help?")
    before = len(line.said)
    line.speak("   ")
    assert not [one for one in line.said[before:] if isinstance(one, (Appraisal, Reply))]


def test_marcus_accuses_after_three_minutes(broadband: Pack, ring: Ring) -> None:
    line = ring(broadband)
    said = ("Hello.", "I'm sorry, that must be exhausting.", "Let me have a look at your line, that takes two minutes.")
    for text in said:
        line.wait(0.5)
        line.speak(text)
    line.session.receive(TimePassed(line.now))
    line.act("hold")
    line.wait(max(0.0, 175.0 - line.now))
    line.act("resume")
    line.wait(0.5)
    line.speak("What time of day does it drop?")
    line.wait(0.5)
    line.speak("Does it come back by itself?")
    ball = next(one for one in broadband.curveballs if one.id == "doing_nothing")
    accusations = [text for texts in ball.lines.values() for text in texts]
    accused = [
        one.t for one in line.said if isinstance(one, Reply) and any(text[2:] in one.text for text in accusations)
    ]
    assert len(accused) == 1
    assert accused[0] >= 180.0


def test_the_manager_counts_before_the_point_of_no_return(flatpack: Pack, play: Callable[..., Line]) -> None:
    hello = ["Hello.", "There's nothing I can do about that."]
    offer = "I'd be glad to get my manager on the line for you."
    early = play(flatpack, [*hello, offer])
    assert not early.ended
    late = play(flatpack, [*hello, "Calm down.", "You must have built it wrong.", offer])
    assert late.ended
    assert late.ended.outcome in ("escalated", "hung_up")


def test_cues_come_singly_are_held_and_never_change_in_mid_speech(flatpack: Pack, ring: Ring) -> None:
    from dialogue.coaching import reading_seconds

    line = ring(flatpack)
    for text in (
        "Hello.",
        "Calm down.",
        "What's your order number?",
        "I'm sorry, that was a shock.",
        "Was anyone hurt?",
    ):
        line.wait(0.4)
        line.speak(text)
        line.wait(2.0)
    cues = [one for one in line.said if isinstance(one, Cue)]
    assert len(cues) >= 2
    for shown, following in pairwise(cues):
        assert following.t - shown.t >= reading_seconds(shown.id) - 1e-9
    speaking = False
    for event in line.journal:
        speaking = (speaking or isinstance(event, SpeechStarted)) and not isinstance(event, Utterance)
        assert not (speaking and isinstance(event, Cue))


def test_without_cues_there_are_none(flatpack: Pack) -> None:
    session = Session(flatpack, cues=False)
    out = [*session.receive(opening(flatpack, 1, "voice"))]
    out += session.receive(Utterance(2.0, 0.5, 2.0, "Calm down.", "voice"))
    out += session.receive(TimePassed(100.0))
    assert not [one for one in out if isinstance(one, Cue)]
    assert [one for one in out if isinstance(one, (Reply, CallEnded))]


def test_a_silence_after_the_headset_died_costs_nothing_until_it_is_back() -> None:
    session = Session(load("flatpack-bookcase"))
    started = CallStarted(0.0, pack="flatpack-bookcase", pack_sha256="", seed=1, mode="voice", app_version="0")
    session.receive(started)
    session.receive(AudioProblem(1.0, "lost", "The microphone has gone silent."))
    said = session.receive(TimePassed(50.0))
    assert not [event for event in said if isinstance(event, (CallEnded, Reply))]
    assert not [
        row for event in said if isinstance(event, MoodChanged) for row in event.because if row.kind == "impulse"
    ]
    session.receive(AudioProblem(50.0, "recovered", "The microphone is back."))
    assert not session.receive(TimePassed(51.0))
    assert any(isinstance(event, Reply) for event in session.receive(TimePassed(70.0)))


def test_without_a_headset_the_mood_drifts_no_longer_than_by_keyboard(flatpack: Pack) -> None:
    """Nobody may be blamed for a silence; with the sound time goes on again."""
    session, _ = answered(flatpack)
    session.receive(Steered(4.0, "nudge", points=-20.0))  # below rest: time leads up again
    lost = session.state.mood
    session.receive(AudioProblem(5.0, "lost", "The headset is gone."))
    session.receive(TimePassed(400.0))
    drifted = mood.at(session.state.mood, 400.0)
    assert drifted == pytest.approx(mood.at(replace(lost, until=None), 5.0 + TYPED_DRIFT_SECONDS))
    session.receive(AudioProblem(400.0, "recovered", "It is back."))
    assert session.state.mood.until is None
    assert mood.at(session.state.mood, 400.0) == pytest.approx(drifted)


def test_without_a_baseline_the_first_turn_is_the_measure_of_the_others() -> None:
    calm = Prosody(2.0, -30.0, 120.0, 6.0, 4.0, 0.1, -14.0)
    loud = replace(calm, loudness_dbfs=-16.0, pitch_hz=180.0, tilt_db=-6.0)
    session = Session(load("flatpack-bookcase"))
    session.receive(CallStarted(0.0, pack="flatpack-bookcase", pack_sha256="", seed=1, mode="voice", app_version="0"))
    raised = []
    for t, voice in ((2.0, calm), (30.0, calm), (60.0, loud)):
        said = session.receive(Utterance(t, t - 2.0, t, "Please tell me what happened.", "voice", prosody=voice))
        raised += [event.raised for event in said if isinstance(event, Appraisal)]
    assert raised[0] == 0.0
    assert raised[1] < 0.2
    assert raised[2] > 0.5


def answered(flatpack: Pack) -> tuple[Session, Reply]:
    """A call in which the customer is about to say their first line."""
    session = Session(flatpack)
    session.receive(opening(flatpack, 1, "voice"))
    out = session.receive(Utterance(2.0, 0.5, 2.0, "Hello, how can I help?", "voice"))
    return session, next(one for one in out if isinstance(one, Reply))


def test_a_line_stopped_before_it_began_was_not_talked_over(flatpack: Pack) -> None:
    session, reply = answered(flatpack)
    session.receive(SpeechStarted(2.2))
    session.receive(PlaybackFinished(2.3, reply.id, 0.0, "", interrupted=True))
    out = session.receive(Utterance(4.5, 2.2, 4.4, "I mean, what can I do for you today?", "voice"))
    assert "cut_off" not in rows(out)


@pytest.mark.parametrize(("begins", "cut_off"), [(2.9, False), (3.4, True)])
def test_two_who_begin_at_once_do_not_talk_over_each_other(flatpack: Pack, begins: float, cut_off: bool) -> None:
    """The customer begins at 2.4. Who goes on 0.5 s later had decided to before they could hear that."""
    session, reply = answered(flatpack)
    session.receive(PlaybackStarted(2.4, reply.id))
    session.receive(SpeechStarted(begins))
    session.receive(PlaybackFinished(begins, reply.id, begins - 2.4, reply.text.split()[0], interrupted=True))
    out = session.receive(
        Utterance(4.5, begins, 4.4, "I mean, what can I do for you today?", "voice", overlap_seconds=0.03)
    )
    assert ("cut_off" in rows(out)) == cut_off


def test_the_customer_who_joins_in_was_not_talked_over(flatpack: Pack) -> None:
    session, reply = answered(flatpack)
    session.receive(SpeechStarted(2.2))
    session.receive(PlaybackStarted(2.4, reply.id))
    out = session.receive(
        Utterance(4.5, 2.2, 4.4, "I mean, what can I do for you today?", "voice", overlap_seconds=2.0)
    )
    assert "cut_off" not in rows(out)


@pytest.mark.parametrize(("heard", "again"), [("", "Go on."), ("Go", "")])
def test_a_short_line_that_noise_stopped_is_said_again_only_if_it_had_not_begun(
    flatpack: Pack, heard: str, again: str
) -> None:
    session, reply = answered(flatpack)
    session.state.memory = replace(session.state.memory, last_line="Go on.")
    if heard:
        session.receive(PlaybackStarted(2.1, reply.id))
    session.receive(SpeechStarted(2.2))
    session.receive(PlaybackFinished(2.3, reply.id, 0.1, heard, interrupted=True))
    out = session.receive(Utterance(2.6, 2.2, 2.5, "", "voice"))
    assert [one.text for one in out if isinstance(one, Reply)] == ([again] if again else [])


def test_a_hold_forgets_what_was_cut_off(flatpack: Pack) -> None:
    session, reply = answered(flatpack)
    session.receive(PlaybackStarted(2.1, reply.id))
    session.receive(SpeechStarted(3.0))
    session.receive(PlaybackFinished(3.1, reply.id, 1.0, " ".join(reply.text.split()[:3]), interrupted=True))
    session.receive(TraineeAction(3.5, "hold"))
    back = next(one for one in session.receive(TraineeAction(8.0, "resume")) if isinstance(one, Reply))
    session.receive(PlaybackFinished(10.0, back.id, 2.0, back.text))
    session.receive(SpeechStarted(10.5))
    assert "cut_off" not in rows(session.receive(Utterance(13.0, 10.5, 13.0, "Thank you for waiting.", "voice")))
