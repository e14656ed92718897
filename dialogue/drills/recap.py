"""Recap from memory: the customer tells a story, and the trainee says it back.

Stories are told with days, sums and things drawn by lot, so that none is known beforehand. A point with such a value
was said back rightly when the value was, and wrongly when another of its kind stands in its place; a point without one
is recognised by its meaning. Wording and order are free.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dialogue.content.clauses import split
from dialogue.drills.drill import Drill
from dialogue.drills.round import Answer, Round, Spoken, Verdict, harmful, shown_in
from dialogue.language import normal, quote
from dialogue.persona import Meaning
from dialogue.persona.lines import Part, Points, Text
from dialogue.understanding.matching import likelihoods
from dialogue.understanding.specifics import same, specifics

LEFT_OUT = 1
"""Points that may be left out: on the telephone a recap is no protocol."""
SAID = 0.5
"""Likelihood from which a clause says a point."""
SOUND_ALIKE = {"two": "to|too", "four": "for"}
"""Numbers that a recogniser may write as a small word."""
SPOILS = frozenset({"rude", "calm_down"})
"""What spoils a recap whatever it holds: saying back what went wrong may sound like arguing or blaming, and is not."""
_CURRENCY = re.compile(r"[£$€] ?(\d+)")


class Point(Part):
    title: Text
    said: Text
    """As the customer tells it, with `{slot}` where the value stands."""
    back: Text
    """As one may say it back."""
    slot: str = ""
    """Whose value has to be right."""
    wordings: tuple[Text, ...] = ()
    """More ways of saying it back; without a slot."""
    words: tuple[tuple[str, ...], ...] = ()
    """Telling words of it; without a slot."""


class Story(Part):
    title: Text
    anger: Points
    slots: Mapping[str, Annotated[tuple[str, ...], Field(min_length=3)]]
    """Name -> values, one of which is drawn. "sofa|couch" is said as sofa and known by either word."""
    points: Annotated[tuple[Point, ...], Field(min_length=4, max_length=8)]

    @model_validator(mode="after")
    def _complete(self) -> "Story":
        for point in self.points:
            if point.slot and point.slot not in self.slots:
                raise ValueError(f"{point.title!r} refers to the slot {point.slot!r}, which is not there")
            if not (point.slot or len(point.wordings) >= 2):
                raise ValueError(f"{point.title!r} expects a `slot`, or at least two `wordings`")
        return self


class Recap(Drill):
    kind: Literal["recap"]
    task: Text
    begins: Text
    """How a recap may begin, for the way that is shown afterwards."""
    told: Annotated[int, Field(ge=1, le=5)] = 3
    """How many of the stories are told each time."""
    stories: Annotated[tuple[Story, ...], Field(min_length=1)]

    def deal(self, random: Random) -> tuple[Round, ...]:
        stories = random.sample(self.stories, min(self.told, len(self.stories)))
        return tuple(self._round(story, random) for story in stories)

    def _round(self, story: Story, random: Random) -> Round:
        values = {name: random.choice(choices) for name, choices in story.slots.items()}
        spoken = {name: value.split("|")[0] for name, value in values.items()}
        backs = [point.back.format_map(spoken) for point in story.points]
        meanings = tuple(
            Meaning(id=f"point_{number}", title=point.title, words=point.words, wordings=(back, *point.wordings))
            for number, (point, back) in enumerate(zip(story.points, backs, strict=True))
            if not point.slot
        )
        return RecapRound(
            task=self.task,
            title=story.title,
            lines=tuple(Spoken(point.said.format_map(spoken), story.anger) for point in story.points),
            fades=True,
            one_way=f"{self.begins} {', '.join(backs)}.",
            wordings={meaning.id: meaning.wordings for meaning in meanings},
            story=story,
            values=values,
            meanings=meanings,
        )


@dataclass(kw_only=True)
class RecapRound(Round):
    story: Story
    values: Mapping[str, str]
    meanings: tuple[Meaning, ...]

    def __post_init__(self) -> None:
        """What was said back rightly stays so from try to try, and what was wrong may be put right."""
        self._said = ""
        self._known: dict[str, str] = {}

    def judged(self, answer: Answer) -> Verdict:
        text = self._as_meant(answer.text) if answer.prosody else answer.text
        self._said = f"{self._said} {text}".strip()
        for name, words in self._meant(answer):
            self._known.setdefault(name, words)
        found, missing, wrong = [], [], []
        for number, point in enumerate(self.story.points):
            if not point.slot:
                words = self._known.get(f"point_{number}", "")
            else:
                words, rival = self._value(point.slot)
                if rival:
                    wrong.append((point.title, rival, self.values[point.slot].split("|")[0]))
                    continue
            if words:
                found.append((point.title, words))
            else:
                missing.append(point.title)
        shown = shown_in(answer, " ".join(line.text for line in self.lines))
        spoiled = harmful(each for each in shown if each.id in SPOILS)
        return Verdict(
            passed=not (wrong or spoiled) and len(missing) <= LEFT_OUT,
            found=tuple(found),
            missing=tuple(missing),
            wrong=tuple(wrong),
            spoiled=spoiled,
        )

    def _meant(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """Ids of the meanings that the answer says, each with its words; the shortest that say it come first."""
        clauses: list[tuple[int, int, Mapping[str, float]]]
        if answer.scores:
            clauses = [(one.start, one.end, one.facts) for one in answer.scores.clauses]
        else:
            clauses = [(start, end, {}) for start, end in split(answer.text)]
        for start, end, cosines in sorted(clauses, key=lambda clause: clause[1] - clause[0]):
            words = answer.text[start:end]
            near = likelihoods(self.meanings, normal(words), cosines)
            yield from ((name, quote(words)) for name, likely in near.items() if likely >= SAID)

    def _as_meant(self, heard: str) -> str:
        """Numbers of the story that were heard as the small word they sound like: "for hours" where it was four."""
        for value in self.values.values():
            number, _, unit = value.partition(" ")
            if alike := SOUND_ALIKE.get(number):
                heard = re.sub(rf"\b(?:{alike})(?= {re.escape(unit)}\b)", number, heard, flags=re.I)
        return heard

    def _value(self, slot: str) -> tuple[str, str]:
        """The trainee's words for the slot's value, and the last ones for another in its place; "" where there are
        none."""
        plain, value = normal(_CURRENCY.sub(r"\1 pounds", self._said)), self.values[slot]
        named = list(specifics(normal(value)))
        if not named:
            words = _spoken(value, plain)
            rivals = [_spoken(other, plain) for other in self.story.slots[slot] if other != value]
            return words, "" if words else max(filter(None, rivals), key=plain.rfind, default="")
        kind, wanted, _ = named[0]
        told = [amount for each in self.values.values() for of, amount, _ in specifics(normal(each)) if of == kind]
        said = [(amount, words) for of, amount, words in specifics(plain) if of == kind and _plain_day(of, words)]
        words = next((words for amount, words in said if same(amount, wanted)), "")
        if words:
            return words, ""
        others = [words for amount, words in said if not any(same(amount, each) for each in told)]
        return "", others[-1] if others else ""


def _plain_day(kind: str, words: str) -> bool:
    """ "Yesterday" and "last week" may be that very Tuesday: they are neither right nor wrong."""
    return kind != "day" or (words.endswith("day") and words != "yesterday")


def _spoken(value: str, plain: str) -> str:
    """The word of the normalised text that is one of the value's, "" for none."""
    forms = "|".join(re.escape(normal(form)) for form in value.split("|"))
    found = re.search(rf"\b(?:{forms})(?:s|es)?\b", plain)
    return found[0] if found else ""
