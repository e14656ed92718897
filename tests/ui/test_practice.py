"""A drill from end to end, typed and spoken; the world is scripted, the judgement is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from dialogue.drills import Drill
from dialogue.events import PlaybackFinished, Prosody, Reply, Utterance, WorldEvent
from ui import keyboard, practice
from ui.practice import Line, Tally, practise
from ui.settings import Settings
from voice.ports import VoiceProblem

CALM = Prosody(2.0, -30.0, 120.0, 4.0, 4.0, 0.1, -12.0)
LOUD = Prosody(2.0, -14.0, 190.0, 9.0, 6.0, 0.0, -3.0)
DRILL = Drill.model_validate(
    {
        "format": 1,
        "id": "sorry",
        "title": "Sorry",
        "about": "Say sorry.",
        "practises": ["apology"],
        "rounds": [
            {
                "customer": f"Line {number}.",
                "anger": 60,
                "task": "Apologise.",
                "wants": {"an apology": ["apology"]},
                "say": "I'm sorry that nobody came.",
                "not": "Sorry you feel that way.",
            }
            for number in (1, 2)
        ],
    }
)
SORRY, SLIP = "I'm sorry that nobody came.", "Sorry you feel that way."


class RulesAlone:
    def score(self, text: str) -> None:
        return None


def _typed(monkeypatch: pytest.MonkeyPatch, answers: Sequence[str]) -> None:
    async def lines() -> AsyncIterator[str]:
        for answer in answers:
            yield answer

    monkeypatch.setattr(keyboard, "lines", lines)


async def _practise(line: Line, baseline: Prosody | None = None) -> tuple[Tally, list[str]]:
    written: list[str] = []
    async with asyncio.timeout(10):
        async with line:
            return await practise(DRILL, line, RulesAlone(), written.append, baseline), written


async def test_typed_answers_pass_at_once_later_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, [SORRY, "", SLIP, "what?", "no"])
    tally, written = await _practise(Line(Settings.model_construct(), by_text=True))
    assert tally == Tally(rounds=2, passed=1, at_once=1)
    assert sum("Once more" in row for row in written) == 2
    assert sum("One way" in row for row in written) == 1
    assert written[-1] == "1 of 2 passed, 1 of them at the first try."


async def test_the_end_of_input_ends_the_drill_and_says_how_far_it_went(monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, [SORRY])
    tally, written = await _practise(Line(Settings.model_construct(), by_text=True))
    assert tally == Tally(1, 1, 1)
    assert written[-1] == "The drill was ended after 1 of 2 rounds."


class Mouth:
    def __init__(self, emit: Callable[[WorldEvent], None]) -> None:
        self.emit = emit
        self.said: list[str] = []

    def say(self, reply: Reply) -> None:
        self.said.append(reply.text)
        self.emit(PlaybackFinished(1.0, reply.id, 1.0, reply.text))

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Ear:
    """Hears the scripted answers, one each time it is opened."""

    def __init__(self, emit: Callable[[WorldEvent], None], answers: Sequence[tuple[str, Prosody]]) -> None:
        self.emit = emit
        self.answers = list(answers)

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def mute(self, on: bool) -> None:
        if not on and self.answers:
            text, prosody = self.answers.pop(0)
            self.emit(Utterance(2.0, 1.0, 2.0, text, "voice", prosody=prosody))


async def test_a_raised_voice_takes_the_good_out_of_good_words(monkeypatch: pytest.MonkeyPatch) -> None:
    mouths: list[Mouth] = []

    def open_mouth(settings: object, voice: object, clock: object, emit: object, on: object) -> tuple[Mouth, str]:
        mouths.append(Mouth(emit))  # type: ignore[arg-type]
        return mouths[0], "fake"

    heard = [(SORRY, CALM), (SORRY, LOUD), (SORRY, CALM)]
    monkeypatch.setattr(practice, "open_mouth", open_mouth)
    monkeypatch.setattr(practice, "open_ear", lambda settings, clock, emit: (Ear(emit, heard), None))

    async def nothing_typed() -> AsyncIterator[str]:
        await asyncio.sleep(60)
        yield ""

    monkeypatch.setattr(keyboard, "lines", nothing_typed)
    tally, written = await _practise(Line(Settings.model_construct()))
    assert mouths[0].said == ["Line 1.", "Line 2."]
    assert tally == Tally(rounds=2, passed=2, at_once=1)
    assert any("your voice rose" in row and "loudness" in row for row in written)


async def test_without_a_sound_device_the_drill_is_typed_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise VoiceProblem("No headphones were found.")

    monkeypatch.setattr(practice, "open_mouth", none)
    _typed(monkeypatch, [SORRY, SORRY])
    line = Line(Settings.model_construct())
    assert line.status == "By keyboard: No headphones were found."
    assert not line.spoken
    tally, _ = await _practise(line)
    assert tally.passed == 2
