"""Plays a drill: the customer's lines, the trainee's answers, the verdicts."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Protocol

from dialogue.drills import Answer, Drill, Round, Spoken, Verdict, instead_of
from dialogue.events import Prosody
from ui import strings
from ui.calls.ports import TextModel
from ui.practice.trainee_line import TraineeLine
from ui.records.drill_results import Tally
from ui.runtime.settings import Settings

Wordings = Mapping[str, Sequence[str]]
ReadFor = Callable[[Wordings], TextModel]
"""Makes a text model for these wordings. May take a second; called in a thread."""
REST_SECONDS = 4.0
"""Time to read a verdict before the next round."""


class Show(Protocol):
    """Where a drill is shown."""

    def head(self, row: str) -> None:
        """A new round."""
        ...

    def write(self, row: str) -> None: ...

    def told(self, row: str) -> None:
        """A row that the trainee has to remember."""
        ...

    def forget(self) -> None:
        """Remove the rows of `told`."""
        ...

    async def breathe(self) -> None:
        """One breath with the pacer."""
        ...


class _Enough(Exception):
    """The trainee has had enough."""


class Practice:
    """One drill, played once. `tally`: the result so far."""

    def __init__(self, drill: Drill, line: TraineeLine, read_for: ReadFor, show: Show, settings: Settings) -> None:
        self.tally = Tally()
        self._drill = drill
        self._line = line
        self._read_for = read_for
        self._show = show
        self._captions = settings.captions
        self._baseline = settings.baseline
        self._first: Prosody | None = None
        """Of the first answer that was heard."""

    async def run(self, random: Random) -> Tally:
        """Play all rounds, unless the trainee stops."""
        rounds = await asyncio.to_thread(self._drill.deal, random)
        try:
            for number, task in enumerate(rounds, 1):
                head = strings.DRILL_ROUND_TITLED if task.title else strings.DRILL_ROUND
                self._show.head(head.format(number=number, count=len(rounds), title=task.title))
                for row in (task.task, *task.desk):
                    self._show.write(row)
                passed_at = await (self._watched(task) if task.by == "key" else self._answered(task))
                if passed_at != 1 and task.one_way:
                    self._show.write(strings.DRILL_ONE_WAY.format(say=task.one_way))
                done = self.tally
                self.tally = Tally(done.rounds + 1, done.passed + (passed_at > 0), done.at_once + (passed_at == 1))
                if number < len(rounds):
                    await self._line.rest(REST_SECONDS)
        except _Enough:
            self._show.write(strings.DRILL_STOPPED.format(count=self.tally.rounds, all=len(rounds)))
            return self.tally
        done = self.tally
        self._show.write(strings.DRILL_DONE.format(passed=done.passed, count=done.rounds, first=done.at_once))
        return done

    async def _watched(self, task: Round) -> int:
        """1 when the key was pressed at the right line, else 0."""
        pressed = None
        for number, line in enumerate(task.lines):
            if await self._sound(task, line, read=True):
                if await self._line.typed() is None:
                    raise _Enough
                pressed = number
                break
        verdict = task.judged(Answer(pressed=pressed))
        self._tell(verdict)
        return int(verdict.passed)

    async def _answered(self, task: Round) -> int:
        """The try at which the answer passed, 0 when none did."""
        reading = asyncio.create_task(asyncio.to_thread(self._read_for, task.wordings))
        try:
            await self._listened(task)
            model = await reading
        finally:
            reading.cancel()
        for attempt in range(1, task.tries + 1):
            answer = await self._line.answer(self._show.write)
            if answer is None:
                raise _Enough
            text, prosody = answer
            if prosody:
                self._show.write(strings.DRILL_YOU.format(text=text))
            self._first = self._first or prosody
            verdict = task.judged(Answer(text, model.score(text), prosody, self._baseline, self._first))
            if verdict.answered:
                await self._sound(task, verdict.answered)
            self._tell(verdict)
            if verdict.passed:
                return attempt
            if attempt < task.tries and not verdict.outcome:
                self._show.write(strings.DRILL_AGAIN_ADD if task.fades else strings.DRILL_AGAIN)
        return 0

    async def _listened(self, task: Round) -> None:
        """Play what comes before the answer; then, if the drill has one, a breath."""
        for line in task.lines:
            if await self._sound(task, line):
                break
        if task.fades:
            if not self._line.sounds:
                self._show.write(strings.DRILL_READ)
                if await self._line.typed() is None:
                    raise _Enough
            self._show.forget()
            self._show.write(strings.DRILL_YOUR_TURN)
        if task.breath:
            await self._show.breathe()

    async def _sound(self, task: Round, line: Spoken, *, read: bool = False) -> bool:
        """Play the line or show it; whether a key interrupted it."""
        if not self._line.heard(line.by) or (self._captions and not task.fades):
            (self._show.told if task.fades else self._show.write)(_line(line))
        return await self._line.say(line.text, line.anger, line.by, read=read)

    def _tell(self, verdict: Verdict) -> None:
        for row in verdict_lines(verdict):
            self._show.write(row)


def _line(spoken: Spoken) -> str:
    return strings.DRILL_SPEAKERS[spoken.by].format(line=spoken.text)


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The verdict in words: what was there, what is missing, what was wrong, and why."""
    if verdict.outcome:
        words = verdict.found[0][1] if verdict.found else ""
        yield strings.DRILL_OUTCOMES[verdict.outcome].format(words=words)
    else:
        yield from (strings.DRILL_FOUND.format(wanted=wanted, words=words) for wanted, words in verdict.found)
    yield from (strings.DRILL_MISSING.format(wanted=wanted) for wanted in verdict.missing)
    yield from (strings.DRILL_WRONG.format(what=what, words=words, right=right) for what, words, right in verdict.wrong)
    for each in verdict.spoiled:
        yield strings.DRILL_SPOILED.format(cause=strings.cause(each.id), words=each.evidence)
    if verdict.words_too_many:
        yield strings.DRILL_LONG.format(words=verdict.words_too_many)
    if verdict.voice:
        yield strings.DRILL_VOICE.format(measures=strings.LIST_JOIN.join(verdict.voice))
    if verdict.measured:
        beside = strings.DRILL_MEASURED_FIRST if verdict.beside_first else strings.DRILL_MEASURED
        yield beside.format(measures=_measures(verdict.measured))
    for row in verdict.rows:
        cause = strings.cause(row.cause, row.title)
        yield strings.DRILL_LEDGER.format(delta=row.delta, cause=cause, evidence=row.evidence)


def _measures(measured: Mapping[str, float]) -> str:
    return strings.LIST_JOIN.join(
        words.format(value=measured[name]) for name, words in strings.DRILL_MEASURES.items() if name in measured
    )


def refusal(drill: Drill, line: TraineeLine) -> str:
    """Why the drill cannot be done on this line, and which one can instead; "" if it can."""
    if line.spoken or not drill.by_voice_only:
        return ""
    other = instead_of(drill)
    told = strings.DRILL_NEEDS_VOICE.format(title=drill.title, status=line.status, other=other.title, id=other.id)
    return " ".join(told.split())


def reader() -> ReadFor:
    """Makes text models that share an encoder and a classifier; loading both takes half a second."""
    from dialogue.content.classifier import Classifier
    from dialogue.content.encoder import Encoder, Scorer, models_folder

    encoder, classifier = Encoder(), Classifier(models_folder() / "judgement")
    return lambda wordings: Scorer(wordings, encoder=encoder, classifier=classifier)
