"""A microphone that is muted, wrong, too quiet or too loud is told of, and nothing else is."""

import pytest

from dialogue.events import CallEnded
from ui import strings
from ui.calls.call_view import CallView, TranscriptLine
from ui.calls.microphone_watch import MUTED_SECONDS, UNHEARD_SECONDS, MicrophoneWatch
from ui.calls.ports import Meter

ROOM, SPEECH = -70.0, -25.0


class Call:
    """Seconds of a call, at a level; the view is as the test has it."""

    def __init__(self) -> None:
        self.watch, self.view, self.t = MicrophoneWatch(), CallView(), 0.0

    def passes(self, seconds: float, level_dbfs: float, *, speaking: bool = False, by: str = "microphone") -> str:
        told = ""
        for _ in range(round(seconds * 10)):
            self.t += 0.1
            told = self.watch.look(Meter(level_dbfs, speaking, listening=by), self.view, self.t)  # type: ignore[arg-type]
        return told

    def muted(self, seconds: float, level_dbfs: float, *, customer_speaking: bool = False) -> str:
        """The mute key is pressed; the level is what the closed microphone has."""
        self.view.muted, told = True, ""
        for _ in range(round(seconds * 10)):
            self.t += 0.1
            meter = Meter(customer_speaking=customer_speaking, listening="microphone", muted_dbfs=level_dbfs)
            told = self.watch.look(meter, self.view, self.t)
        return told


def test_who_talks_while_muted_is_told_until_they_are_heard_again() -> None:
    call = Call()
    assert call.muted(MUTED_SECONDS - 0.2, SPEECH) == ""
    assert call.muted(1.0, SPEECH) == strings.TALKS_MUTED
    assert call.muted(5.0, ROOM) == strings.TALKS_MUTED
    call.view.muted = False
    assert call.passes(0.5, SPEECH, speaking=True) == ""


def test_a_muted_cough_and_the_customers_own_voice_are_no_talk() -> None:
    call = Call()
    assert call.muted(0.5, SPEECH) == ""
    assert call.muted(5.0, ROOM) == ""
    assert call.muted(5.0, SPEECH, customer_speaking=True) == ""


def test_a_microphone_from_which_nothing_comes_is_told_of_once_somebody_would_have_spoken() -> None:
    call = Call()
    assert call.passes(UNHEARD_SECONDS - 1, ROOM) == ""
    assert call.passes(2.0, ROOM) == strings.MICROPHONE_SILENT


def test_sound_in_which_there_is_no_speech_is_another_trouble() -> None:
    call = Call()
    assert call.passes(UNHEARD_SECONDS + 1, -45.0) == strings.MICROPHONE_NO_WORDS


def test_who_was_heard_may_be_silent_as_long_as_they_like() -> None:
    call = Call()
    assert call.passes(2.0, SPEECH, speaking=True) == ""
    assert call.passes(30.0, ROOM) == ""


def test_who_said_something_before_this_microphone_was_looked_at_was_heard() -> None:
    call = Call()
    call.view.lines.append(TranscriptLine("you", "Hello, this is Sam.", 1.0, 1))
    assert call.passes(UNHEARD_SECONDS + 1, ROOM) == ""


@pytest.mark.parametrize(
    ("level", "told"), [(-44.0, strings.TURN_QUIET), (SPEECH, ""), (-1.0, strings.TURN_LOUD)], ids=str
)
def test_each_turn_is_judged_by_its_loudest_and_a_better_one_takes_it_back(level: float, told: str) -> None:
    call = Call()
    call.passes(2.0, level, speaking=True)
    assert call.passes(1.0, ROOM) == told
    call.passes(2.0, SPEECH, speaking=True)
    assert call.passes(1.0, ROOM) == ""


@pytest.mark.parametrize("by", ["keyboard", "file"])
def test_who_does_not_speak_into_a_microphone_has_none(by: str) -> None:
    assert Call().passes(UNHEARD_SECONDS + 5, ROOM, by=by) == ""


def test_muted_on_hold_and_after_the_call_nothing_is_expected() -> None:
    for changed in ("muted", "hold_since", "ended"):
        call = Call()
        setattr(call.view, changed, {"ended": CallEnded(9.0, "abandoned", ""), "hold_since": 1.0}.get(changed, True))
        assert call.passes(UNHEARD_SECONDS + 5, ROOM) == ""
