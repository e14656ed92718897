"""The session as a machine: pokes do not matter, forks are independent, journals recompute."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import (
    AudioProblem,
    CallStarted,
    Event,
    PlaybackFinished,
    PlaybackStarted,
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
ODD = (
    "sorry",
    "I'm",
    "£",
    "18.40",
    "and",
    "half",
    "an hour",
    "İ",
    "ß",
    "ﬁ",
    "²",
    "½",
    "...",
    "?",
    "!",
    ",",
    '"',
    "(",
    "–",
    "10:30",
    "goodbye",
    "hold",
    "step",
    "🤬",
    "{agent}",
    "1000000000000000000000",
    "9e9",
    "it's me Tom",
    "I'll send you a new shelf",
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


@given(
    texts=st.lists(st.lists(st.sampled_from(ODD) | st.text(max_size=6), max_size=16).map(" ".join), max_size=5),
    seed=st.integers(0, 99),
)
def test_any_text_is_answered(texts: list[str], seed: int) -> None:
    pack = load("flatpack-bookcase")
    line = Line(Session(pack), opening(pack, seed, "text"))
    for text in ("Hello, how can I help?", *texts):
        if not line.ended:
            line.speak(text)
    assert replay([encode(event) for event in line.journal]) is None


def test_an_event_that_comes_late_takes_no_time_back() -> None:
    """Two threads may hand theirs in in the wrong order."""
    pack = load("flatpack-bookcase")
    session = Session(pack)
    session.receive(opening(pack, 1, "voice"))
    first = session.receive(Utterance(9.0, 8.0, 9.0, "Hello, how can I help?", "voice"))
    late = session.receive(Utterance(8.5, 7.5, 8.5, "Calm down.", "voice"))
    assert late
    assert all(one.t >= max(other.t for other in first) for one in late)
    assert session.state.mood.t == session.state.t == 9.0


def test_a_letter_that_grows_in_lower_case_is_no_trouble() -> None:
    pack = load("flatpack-bookcase")
    line = Line(Session(pack), opening(pack, 3, "voice"))
    for text in ("Hello, this is Sam, how can I help?", "\u0130brahim, I am sorry."):
        line.speak(text)
    assert line.session.state.memory.turn == 2


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


@pytest.mark.parametrize("behind", [[], [""], ["", ""]])
def test_a_last_line_that_was_cut_off_is_left_out_whatever_blank_lines_follow(
    behind: list[str], lines: list[str]
) -> None:
    assert read([*lines, lines[-1][:20], *behind]) == read(lines)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: [], "no journal"),
        (lambda lines: lines[1:], "no journal"),
        (lambda lines: [lines[0], "nonsense", *lines[1:]], "Line 2 is damaged"),
        (lambda lines: [lines[0].replace('"schema_version":1', '"schema_version":99')], "schema 99"),
    ],
)
def test_unreadable_journals_are_told_in_a_sentence(
    spoil: Callable[[list[str]], list[str]], says: str, lines: list[str]
) -> None:
    with pytest.raises(JournalProblem, match=says):
        read(spoil(lines))
