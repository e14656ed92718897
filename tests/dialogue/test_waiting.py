"""Silences, holds and stated waits: what they cost, what a broken one quotes, what is not brought up meanwhile."""

from collections.abc import Callable

import pytest

from dialogue.events import (
    MoodChanged,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    SpeechStarted,
    TimePassed,
    TraineeAction,
    Utterance,
)
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from tests.dialogue.test_floor import answered, rows

Ring = Callable[..., Line]


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


def test_a_broken_promise_costs_more_than_the_same_silence_without_one(flatpack: Pack, ring: Ring) -> None:
    def charged(text: str) -> dict[str, float]:
        line = ring(flatpack)
        for turn in ("Hello.", "I'm sorry, that must have been a shock.", text):
            line.wait(0.5)
            line.speak(turn)
        before = len(line.said)
        line.wait(27.0)
        felt = [row for one in line.said[before:] if isinstance(one, MoodChanged) for row in one.because]
        return {row.cause: row.delta for row in felt if row.kind == "impulse"}

    promised, honest = charged("Let me look that up, give me twenty seconds."), charged("Let me look that up for you.")
    assert promised.keys() == {"promise_broken"}
    assert honest.keys() == {"dead_air"}
    assert promised["promise_broken"] > honest["dead_air"] > 0


def broken(line: Line) -> str:
    """The evidence of the promise that was broken."""
    felt = (row for one in line.said if isinstance(one, MoodChanged) for row in one.because)
    return next(row.evidence for row in felt if row.cause == "promise_broken")


TOLD = ("Hello.", "I'm sorry, that must have been a shock.", "I'll send you a new shelf, tomorrow by nine.")


@pytest.mark.parametrize(
    ("asks", "words"),
    [
        ("I see. One moment, let me look that up for you.", "One moment, let me look that up for you"),
        ("Let me look that up, give me ten seconds.", "ten seconds"),
    ],
)
def test_a_broken_promise_is_quoted_in_its_own_words(flatpack: Pack, ring: Ring, asks: str, words: str) -> None:
    """Not in those of a day that was promised turns ago."""
    silent, held = ring(flatpack), ring(flatpack)
    for line in (silent, held):
        for text in (*TOLD, asks):
            line.wait(0.5)
            line.speak(text)
    silent.wait(90.0)
    assert broken(silent).startswith(f'"{words}" was ')
    held.speak(f"May I put you on hold? {asks}")
    held.act("hold")
    held.wait(120.0)
    assert broken(held).startswith(f'"{words}" was said, ')


def test_a_wait_longer_than_anybody_bears_in_silence_is_no_promise_broken(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    for text in (*TOLD, "Let me look that up, it takes ten minutes."):
        line.wait(0.5)
        line.speak(text)
    line.wait(150.0)
    assert "dead_air" in rows(line.said)
    assert "promise_broken" not in rows(line.said)


def test_a_stated_wait_that_was_kept_counts_and_a_manager_offered_too_late_does_not(flatpack: Pack, ring: Ring) -> None:
    line = ring(flatpack)
    for text in ("Hello.", "I'm sorry, that must have been a shock.", "Let me look that up, give me twenty seconds."):
        line.wait(0.5)
        line.speak(text)
    line.wait(9.0)
    line.speak("Here I am, thank you for waiting.")
    assert "promise_kept" in rows(line.said)
    late = ring(flatpack)
    for text in ("Hello.", "Calm down.", "You must have built it wrong.", "That's our policy."):
        late.wait(0.5)
        late.speak(text)
    assert late.session.state.case.manager_asked
    before = len(late.said)
    late.speak("I'd be glad to get my manager on the line for you.")
    assert "manager_offer" not in rows(late.said[before:])


def test_on_hold_they_bring_nothing_up(flatpack: Pack) -> None:
    """Though a cough was still under way when the music began."""
    timed = flatpack.curveballs[0].model_copy(update={"lines": {"any": ("And another thing.",)}})
    timed = timed.model_copy(update={"when": timed.when.model_validate({"after_seconds": 5.0})})
    session, reply = answered(flatpack.model_copy(update={"curveballs": (timed,)}))
    session.receive(PlaybackStarted(2.2, reply.id))
    session.receive(PlaybackFinished(9.0, reply.id, 6.8, reply.text))
    session.receive(SpeechStarted(9.1))
    session.receive(TraineeAction(9.2, "hold"))
    session.receive(Utterance(9.4, 9.1, 9.4, "", "voice"))
    assert not [one for one in session.receive(TimePassed(30.0)) if isinstance(one, Reply)]
    assert session.receive(TraineeAction(31.0, "resume"))
