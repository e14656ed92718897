"""Say it: a customer's line, what the answer has to hold, and what spoils it."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from pydantic import Field, field_validator

from dialogue import tone
from dialogue.content import BY_ID
from dialogue.drills.drill import Drill
from dialogue.drills.round import Answer, Round, Spoken, Verdict, harmful, shown_in
from dialogue.persona.lines import Part, Points, Text

RAISED = 0.5
"""From here on a voice is plainly raised (`dialogue.tone`): the words may be right, but nobody hears them."""


class Prompt(Part):
    """One line of the customer, and what the trainee makes of it."""

    customer: Text
    anger: Points
    """In which the line is said."""
    task: Text
    wants: Annotated[Mapping[str, tuple[str, ...]], Field(min_length=1)]
    """What the answer has to hold, in a few words -> the behaviours any one of which shows it."""
    most_words: Annotated[int, Field(ge=3, le=200)] = 60
    """Longer answers do not pass: on the telephone nobody listens to a speech."""
    say: Text
    """An answer that passes, shown afterwards as one way of many."""
    never: Annotated[str, Field(alias="not", min_length=1)]
    """The usual slip, which does not pass."""

    @field_validator("wants")
    @classmethod
    def _known(cls, value: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        for behaviour in (each for group in value.values() for each in group):
            if behaviour not in BY_ID:
                raise ValueError(f"{behaviour!r} is no behaviour; known are {', '.join(BY_ID)}")
        return value


class Saying(Drill):
    kind: Literal["say"] = "say"
    breath: bool = False
    """One breath, muted, before each answer."""
    rounds: Annotated[tuple[Prompt, ...], Field(min_length=1, max_length=10)]

    def deal(self, random: Random) -> tuple[Round, ...]:
        return tuple(
            SayingRound(
                task=each.task,
                lines=(Spoken(each.customer, each.anger),),
                breath=self.breath,
                one_way=each.say,
                prompt=each,
            )
            for each in self.rounds
        )


@dataclass(kw_only=True)
class SayingRound(Round):
    prompt: Prompt

    def judged(self, answer: Answer) -> Verdict:
        behaviours = shown_in(answer, self.prompt.customer)
        found: list[tuple[str, str]] = []
        missing: list[str] = []
        for wanted, ids in self.prompt.wants.items():
            shown = max((each for each in behaviours if each.id in ids), key=lambda each: each.confidence, default=None)
            if shown:
                found.append((wanted, shown.evidence))
            else:
                missing.append(wanted)
        spoiled = harmful(behaviours)
        too_many = max(0, len(answer.text.split()) - self.prompt.most_words)
        voice = tone.read(answer.prosody, answer.baseline or answer.first)
        raised = voice.reasons if voice.raised >= RAISED else ()
        return Verdict(
            passed=not (missing or spoiled or too_many or raised),
            found=tuple(found),
            missing=tuple(missing),
            spoiled=spoiled,
            words_too_many=too_many,
            voice=raised,
        )
