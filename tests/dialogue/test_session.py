"""The session as a machine: pokes do not matter, forks are independent, journals recompute."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import (
    Appraisal,
    AudioProblem,
    CallEnded,
    CallStarted,
    Cue,
    Event,
    MoodChanged,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SessionEvent,
    SpeechStarted,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.journal import JournalProblem, decode, encode, read, replay
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session

TEXTS = (
    "Hello, how can I help?",
    "I'm so sorry, that must have been awful.",
    "Can I put you on hold for a minute while I look that up?",
    "Let me have a look at that for you.",
    "Calm down.",
    "Was anyone hurt?",
    "I'll send you a new shelf, it will be with you in two days.",
    "mm-hm",
    "",
    "Goodbye.",
)
Ring = Callable[..., Line]


def opening(pack: Pack, seed: int, mode: str) -> CallStarted:
    return CallStarted(0.0, pack.id, pack.sha256, seed, mode, "test")  # type: ignore[arg-type]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Pack, list[WorldEvent]]:
    """Any world there may be, sensible or not: events in order of time, gaps of up to a minute and a half."""
    pack = load(draw(st.sampled_from(("flatpack-bookcase", "broadband-dropouts"))))
    world: list[WorldEvent] = [opening(pack, draw(st.integers(0, 999)), draw(st.sampled_from(("voice", "text"))))]
    t = 0.0
    for _ in range(draw(st.integers(1, 16))):
        t += draw(st.sampled_from((0.05, 0.7, 2.0, 5.5, 9.0, 31.0, 90.0)))
        text = draw(st.sampled_from(TEXTS))
        line = draw(st.integers(1, 8))
        spoken = Utterance(
            t, max(0.0, t - 1.0), t, text, "voice", overlap_seconds=draw(st.sampled_from((0.0, 0.0, 1.2)))
        )
        world.append(
            draw(
                st.sampled_from(
                    (
                        spoken,
                        spoken,
                        replace(spoken, confidence=0.2),
                        SpeechStarted(t),
                        PlaybackStarted(t, line),
                        PlaybackFinished(t, line, 1.0, "Well, I", interrupted=True),
                        PlaybackFinished(t, line, 3.0, "all of it"),
                        TraineeAction(t, draw(st.sampled_from(("hold", "resume", "mute", "unmute", "hang_up")))),
                        AudioProblem(t, "lost", "The headset is gone."),
                        TimePassed(t),
                    )
                )
            )
        )
    return pack, world


def outputs(session: Session, world: list[WorldEvent]) -> list[SessionEvent]:
    return [out for event in world for out in session.receive(event)]


@given(case=worlds(), every=st.sampled_from((0.3, 1.7, 11.0)))
def test_outputs_do_not_depend_on_how_often_time_is_poked(case: tuple[Pack, list[WorldEvent]], every: float) -> None:
    pack, world = case
    poked: list[WorldEvent] = []
    t = 0.0
    for event in world:
        while t + every < event.t:
            t += every
            poked.append(TimePassed(t))
        poked.append(event)
        t = event.t
    assert outputs(Session(pack), poked) == outputs(Session(pack), world)


@given(case=worlds(), cut=st.integers(0, 15), other=st.sampled_from(TEXTS))
def test_fork_is_equal_and_isolated(case: tuple[Pack, list[WorldEvent]], cut: int, other: str) -> None:
    pack, world = case
    cut = min(cut, len(world) - 1)
    session = Session(pack)
    outputs(session, world[: cut + 1])
    twin, stray = session.fork(), session.fork()
    t = world[cut].t
    outputs(stray, [Utterance(t + 1.0, t, t + 1.0, other, "voice"), TimePassed(t + 300.0)])
    assert outputs(session, world[cut + 1 :]) == outputs(twin, world[cut + 1 :])


def journal(pack: Pack, world: list[WorldEvent]) -> list[str]:
    session = Session(pack)
    events: list[Event] = []
    for event in world:
        events += [event, *session.receive(event)]
    return [encode(event) for event in events]


@given(case=worlds())
def test_journal_recomputes_equal_even_when_it_was_cut_off(case: tuple[Pack, list[WorldEvent]]) -> None:
    pack, world = case
    lines = journal(pack, world)
    assert [encode(decode(line)) for line in lines] == lines
    assert replay(lines) is None
    for kept in (len(lines) // 2, len(lines) - 1):
        if kept:
            assert replay(lines[:kept]) is None
            assert replay([*lines[:kept], lines[kept][: len(lines[kept]) // 2]]) is None


@pytest.fixture
def lines(flatpack: Pack, play: Callable[..., Line]) -> list[str]:
    return [encode(one) for one in play(flatpack, TEXTS[:2]).journal]


def test_a_changed_number_is_found_and_named(lines: list[str]) -> None:
    number = max(i for i, line in enumerate(lines) if '"type":"mood_changed"' in line)
    event = json.loads(lines[number])
    event["because"][0]["delta"] += 0.001
    lines[number] = json.dumps(event)
    difference = replay(lines)
    assert difference
    assert difference.line == number + 1
    assert difference.fields[0].startswith("because[0].delta:")


def test_a_missing_and_an_extra_event_are_found(lines: list[str]) -> None:
    number = next(i for i, line in enumerate(lines) if '"type":"reply"' in line)
    assert replay([*lines[:number], *lines[number + 1 :]])
    assert replay([*lines, lines[number]])


def test_another_pack_is_told(lines: list[str]) -> None:
    started = json.loads(lines[0])
    started["pack_sha256"] = "0" * 64
    difference = replay([json.dumps(started), *lines[1:]])
    assert difference
    assert "sha256" in difference.fields[0]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: [], "no journal"),
        (lambda lines: lines[1:], "no journal"),
        (lambda lines: [lines[0], "nonsense", *lines[1:]], "Line 2"),
        (lambda lines: [lines[0].replace('"schema_version":1', '"schema_version":99')], "schema 99"),
    ],
)
def test_unreadable_journals_are_told_in_a_sentence(
    spoil: Callable[[list[str]], list[str]], says: str, lines: list[str]
) -> None:
    with pytest.raises(JournalProblem, match=says):
        read(spoil(lines))


# --- who has the floor -----------------------------------------------------------------------------------------


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


def test_dead_air_is_asked_about_costs_and_ends_the_call(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    line.wait(0.5)
    line.speak("Hello, how can I help?")
    before = line.anger
    line.wait(7.0)
    assert [one.act for one in line.said if isinstance(one, Reply)][-1] == "are_you_there"
    assert line.anger > before
    line.wait(60.0)
    assert line.ended
    assert line.ended.outcome == "hung_up"


def test_typing_slowly_costs_nothing(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack, mode="text")
    line.speak("Hello, how can I help?")
    line.wait(600.0)
    assert "dead_air" not in rows(line.said)
    assert not line.ended


def test_a_hold_is_announced_kept_broken_or_neither(flatpack: Pack, ring: Ring) -> None:
    def held(text: str, seconds: float) -> tuple[list[str], str]:
        line = ring(flatpack)
        for turn in ("Hello.", "I'm sorry, that must have been a shock.", text):
            line.wait(0.5)
            line.speak(turn)
        line.act("hold")
        before = len(line.said)
        line.wait(seconds)
        line.act("resume")
        return rows(line.said), next(one.text for one in line.said[before:] if isinstance(one, Reply))

    asked = "May I put you on hold for one minute while I check that?"
    kept, _ = held(asked, 40.0)
    broken, comment = held(asked, 100.0)
    unannounced, surprise = held("I see.", 20.0)
    assert "promise_kept" in kept
    assert "promise_broken" not in kept
    assert "promise_broken" in broken
    assert "hold_unannounced" in unannounced
    assert comment != surprise


def test_a_broken_promise_costs_more_than_an_honest_gap(flatpack: Pack, ring: Ring) -> None:
    def anger(text: str, silence: float) -> float:
        line = ring(flatpack)
        for turn in ("Hello.", "I'm sorry, that must have been a shock.", text):
            line.wait(0.5)
            line.speak(turn)
        line.wait(silence)
        line.speak("Here I am, thank you for waiting.")
        return line.anger

    promised = anger("Let me look that up, give me ten seconds.", 25.0)
    honest = anger("Good question, I don't have that here. Let me find out and get back to you.", 1.0)
    assert promised > honest


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


def test_a_turn_not_understood_costs_nothing_and_is_asked_again(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    line.wait(0.5)
    line.speak("Hello, how can I help?")
    line.wait(0.5)
    line.speak("calm down you must have built it wrong", confidence=0.3)
    assert [one.act for one in line.said if isinstance(one, Reply)][-1] == "ask_again"
    assert "calm_down" not in rows(line.said)


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
