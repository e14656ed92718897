"""A drill from end to end, typed and spoken; the world is scripted, the judgement is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from random import Random

import pytest

from dialogue import drills
from dialogue.drills import Answer, Drill, Round, Spoken, Verdict
from dialogue.events import Prosody, Utterance, WorldEvent
from tests.ui.drilling import DRILL, SLIP, SORRY, Mouth, RulesAlone, typed
from tests.ui.driven import PATIENCE_SECONDS, until
from ui import strings
from ui.practice import drill_session, trainee_line
from ui.practice.drill_session import Practice
from ui.practice.trainee_line import TraineeLine
from ui.records.drill_results import Tally
from ui.runtime import keyboard
from ui.runtime.settings import Settings
from voice.ports import VoiceProblem

CALM = Prosody(2.0, -30.0, 120.0, 4.0, 4.0, 0.1, -12.0)
LOUD = Prosody(2.0, -14.0, 190.0, 9.0, 6.0, 0.0, -3.0)


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drill_session, "REST_SECONDS", 0.0)


class Written:
    """Where a drill is seen: rows, and what was forgotten of them."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.gone: list[str] = []
        self.breaths = 0

    def head(self, row: str) -> None:
        self.rows.append(row)

    write = head

    def told(self, row: str) -> None:
        self.gone.append(row)

    def forget(self) -> None:
        self.rows.append("forgotten")

    async def breathe(self) -> None:
        self.breaths += 1


async def _practise(
    line: TraineeLine,
    baseline: Prosody | None = None,
    drill: Drill = DRILL,
    *,
    captions: bool = True,
    show: Written | None = None,
) -> tuple[Tally, list[str]]:
    show = show or Written()
    settings = Settings.model_construct(baseline=baseline, captions=captions)
    practice = Practice(drill, line, lambda wordings: RulesAlone(), show, settings)
    async with asyncio.timeout(PATIENCE_SECONDS):
        async with line:
            return await practice.run(Random(0)), show.rows


async def test_typed_answers_pass_at_once_later_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, SORRY, "", SLIP, "what?", "no")
    tally, written = await _practise(TraineeLine(Settings.model_construct(), by_text=True))
    assert tally == Tally(rounds=2, passed=1, at_once=1)
    assert sum("Once more" in row for row in written) == 2
    assert sum("One way" in row for row in written) == 1
    assert written[-1] == "1 of 2 passed, 1 of them at the first try."


async def test_the_end_of_input_ends_the_drill_and_says_how_far_it_went(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, SORRY)
    tally, written = await _practise(TraineeLine(Settings.model_construct(), by_text=True))
    assert tally == Tally(1, 1, 1)
    assert written[-1] == "The drill was ended after 1 of 2 rounds."


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
    monkeypatch.setattr(trainee_line, "load_recognizer", lambda settings: None)
    monkeypatch.setattr(trainee_line, "open_mouth", open_mouth)
    monkeypatch.setattr(trainee_line, "open_ear", lambda settings, clock, emit: (Ear(emit, heard), None))

    async def nothing_typed() -> AsyncIterator[str]:
        await asyncio.sleep(60)
        yield ""

    monkeypatch.setattr(keyboard, "lines", nothing_typed)
    tally, written = await _practise(TraineeLine(Settings.model_construct()))
    assert mouths[0].said == ["Line 1.", "Line 2."]
    assert tally == Tally(rounds=2, passed=2, at_once=1)
    assert any("your voice rose" in row and "loudness" in row for row in written)


async def test_without_a_sound_device_the_drill_is_typed_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise VoiceProblem(f"There are no headphones: plug in a headset{strings.OR_BY_KEYBOARD}.")

    monkeypatch.setattr(trainee_line, "load_recognizer", lambda settings: None)
    monkeypatch.setattr(trainee_line, "open_mouth", none)
    typed(monkeypatch, SORRY, SORRY)
    line = TraineeLine(Settings.model_construct())
    assert line.status == "There are no headphones: plug in a headset. So you type."
    assert not line.spoken
    tally, _ = await _practise(line)
    assert tally.passed == 2


class Watched(Round):
    """Three lines; the second is the one."""

    def judged(self, answer: Answer) -> Verdict:
        return Verdict(answer.pressed == 1, "in_time" if answer.pressed == 1 else "unseen", found=(("", "two"),))


class Watching(Drill):
    def deal(self, random: Random) -> tuple[Round, ...]:
        lines = tuple(
            Spoken(text, 50.0, "adviser" if text == "two" else "customer") for text in ("one", "two", "three")
        )
        return (Watched(task="Press.", lines=lines, by="key"),)


WATCHING = Watching(format=1, id="watch", title="Watch", about="Watch.", practises=("rude",))


async def test_the_key_counts_at_the_line_that_stands_there_when_it_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainee_line, "READ_WORDS_PER_SECOND", 2.0)
    show = Written()

    async def pressed_at_the_second() -> AsyncIterator[str]:
        await until(lambda: "Adviser: two" in show.rows)
        yield ""
        await asyncio.sleep(60)

    monkeypatch.setattr(keyboard, "lines", pressed_at_the_second)
    tally, written = await _practise(TraineeLine(Settings.model_construct(), by_text=True), drill=WATCHING, show=show)
    assert tally == Tally(1, 1, 1)
    assert "Adviser: two" in written
    assert "Customer: three" not in written


async def test_without_a_key_the_call_plays_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainee_line, "READ_WORDS_PER_SECOND", 100.0)

    async def nothing() -> AsyncIterator[str]:
        await asyncio.sleep(60)
        yield ""

    monkeypatch.setattr(keyboard, "lines", nothing)
    tally, written = await _practise(TraineeLine(Settings.model_construct(), by_text=True), drill=WATCHING)
    assert tally == Tally(1, 0, 0)
    assert "✘ It went by. It began to tip with “two”" in written


async def test_a_story_goes_before_it_is_said_back(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "", "no idea", "none", "nothing")
    tally, written = await _practise(
        TraineeLine(Settings.model_construct(), by_text=True), drill=drills.load("recap-from-memory")
    )
    assert tally == Tally(1, 0, 0)
    assert written.index("forgotten") < written.index("Your turn.")
    assert not any(row.startswith("Customer:") for row in written)
    assert written[-1] == "The drill was ended after 1 of 2 rounds."


async def test_what_can_be_heard_is_shown_only_with_captions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainee_line, "load_recognizer", lambda settings: None)
    monkeypatch.setattr(trainee_line, "open_mouth", lambda settings, voice, clock, emit, on: (Mouth(emit), "fake"))
    monkeypatch.setattr(trainee_line, "open_ear", lambda settings, clock, emit: (Ear(emit, [(SORRY, CALM)] * 2), None))

    async def nothing_typed() -> AsyncIterator[str]:
        await asyncio.sleep(60)
        yield ""

    monkeypatch.setattr(keyboard, "lines", nothing_typed)
    for captions in (True, False):
        tally, written = await _practise(TraineeLine(Settings.model_construct()), captions=captions)
        assert tally.rounds == 2
        assert ("Customer: Line 1." in written) is captions
