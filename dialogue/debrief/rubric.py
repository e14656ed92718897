"""The scorecard: a trainer's rubric from a file, and what of it a call shows, each point with its quotes and times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator

from dialogue.content import BY_ID
from dialogue.debrief.quoting import sentence_of
from dialogue.events import Appraisal, CallEnded, CallStarted, Event, MoodChanged, Reply, Utterance
from dialogue.files import finite
from dialogue.mood.effects import BEHAVIOURS, EFFECTS, HARMS, OVER_PROMISE
from dialogue.persona.lines import Part, Text
from dialogue.persona.loading import MAX_BYTES, PACKS, sentence
from dialogue.persona.parsing import PackProblem, parse

DEFAULT = PACKS / "rubrics" / "coolhead.yaml"
MOST_QUOTED_WORDS = 20
CURVEBALL, CURVEBALL_MISSED = "curveball", "curveball_missed"
"""What the customer threw in was taken well, and was not."""
PUT_RIGHT = "wrong_title"
"""Act of a line with which the customer puts right how they have just been called."""
EARNED = 0.5
"""Points of anger that a kind word has to take off beside a harmful one, to count at all."""
KNOWN = frozenset(BY_ID) | frozenset(EFFECTS) | {CURVEBALL_MISSED, OVER_PROMISE}


def _known(ids: Sequence[str]) -> None:
    for each in ids:
        if each not in KNOWN:
            raise ValueError(f"{each!r} is neither a behaviour nor a situation; known are {', '.join(sorted(KNOWN))}")


class Point(Part):
    title: Text
    shows: tuple[tuple[str, ...], ...] = ()
    """Of each group one behaviour has to be there."""
    avoids: tuple[str, ...] = ()
    """None of these may be there."""
    at_least: Annotated[int, Field(ge=1, le=20)] = 1
    """How often what it shows has to be there; of an auto-fail, how often what it avoids."""
    within_turns: Annotated[int, Field(ge=1, le=40)] | None = None
    last_turns: Annotated[int, Field(ge=1, le=40)] | None = None
    """Only this many of the trainee's last turns count."""
    when: tuple[str, ...] = ()
    """It applies only where one of these happened."""
    spoken: bool = False
    """It applies to spoken calls only."""
    settles: Annotated[float, Field(gt=0, le=1)] | None = None
    """The share of what the customer came for that has to be met."""

    @field_validator("shows")
    @classmethod
    def _shows(cls, value: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        _known([each for group in value for each in group])
        return value

    @field_validator("avoids", "when")
    @classmethod
    def _ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        _known(value)
        return value


class Section(Part):
    title: Text
    weight: Annotated[float, Field(gt=0, le=100)]
    points: Annotated[tuple[Point, ...], Field(min_length=1)]


class Rubric(Part):
    format: Literal[1]
    title: Text
    auto_fail: tuple[Point, ...] = ()
    """The call has failed when one of these is not met."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that the call shows: a behaviour, or a situation from the ledger."""

    id: str
    t: float
    turn: int | None
    evidence: str
    said: str = ""
    """The turn in which the evidence stands."""
    calmed: float = 0.0
    """Anger points that it took off in its turn."""

    @property
    def quote(self) -> str:
        """The sentence that shows it, or the measure."""
        return sentence_of(self.evidence, self.said, MOST_QUOTED_WORDS) if self.said else self.evidence


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of the rubric in this call."""

    title: str
    state: Literal["met", "missed", "n/a"]
    signs: tuple[Sign, ...]
    """What shows it: the good ones where it is met, or there too seldom; those that spoiled it where it is not."""
    causes: tuple[str, ...] = ()
    """What it is about, what spoiled it first: the ids that lead to a drill."""
    unheard: bool = False
    """It does not apply because it takes a voice, and none was heard."""
    wanted: int = 1
    """How often it had to be there, where it was there too seldom."""


@dataclass(frozen=True, slots=True)
class SectionMarks:
    title: str
    weight: float
    marks: tuple[Mark, ...]

    @property
    def share(self) -> float | None:
        """Points met of those that apply, 0..1; None when none does."""
        counted = [mark.state == "met" for mark in self.marks if mark.state != "n/a"]
        return sum(counted) / len(counted) if counted else None

    @property
    def unheard(self) -> bool:
        """Nothing of it could be heard."""
        return all(mark.unheard for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Scorecard:
    title: str
    sections: tuple[SectionMarks, ...]
    failed: tuple[Mark, ...]
    """Auto-fails."""

    @property
    def total(self) -> float | None:
        """0..100, sections that do not apply left out; None when nothing does, 0 after an auto-fail."""
        counted = [(section.weight, section.share) for section in self.sections if section.share is not None]
        if not counted:
            return None
        if self.failed:
            return 0.0
        return 100.0 * sum(weight * share for weight, share in counted) / sum(weight for weight, _ in counted)


def load_rubric(path: Path = DEFAULT) -> Rubric:
    """The rubric in that file. Raises PackProblem with file, line and what is expected."""
    try:
        return _rubric(finite(path, MAX_BYTES).read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not text"
        raise PackProblem(f"The rubric {path} cannot be read: {reason}.") from problem


@lru_cache(maxsize=4)
def _rubric(text: str, name: str) -> Rubric:
    data, where = parse(text, name)
    try:
        return Rubric.model_validate(data)
    except ValidationError as problem:
        raise PackProblem(sentence(problem, name, where)) from None


def score(events: Sequence[Event], rubric: Rubric, settled: float) -> Scorecard:
    """What the call shows of the rubric: nothing where the trainee has said nothing. `settled`: the share of what was
    needed that was met, 0..1 (`dialogue.debrief.record.settled`)."""
    signs = _signs(events)
    sources = {event.source for event in events if isinstance(event, Utterance) and event.text.strip()}
    if not sources:
        none = tuple(
            SectionMarks(section.title, section.weight, tuple(Mark(point.title, "n/a", ()) for point in section.points))
            for section in rubric.sections
        )
        return Scorecard(rubric.title, none, ())
    started = next((event for event in events if isinstance(event, CallStarted)), None)
    spoken = started is not None and started.mode == "voice" and "voice" in sources
    sections = tuple(
        SectionMarks(section.title, section.weight, tuple(_mark(p, signs, spoken, settled) for p in section.points))
        for section in rubric.sections
    )
    fails = [_mark(point, signs, spoken, settled, fail=True) for point in rubric.auto_fail]
    return Scorecard(rubric.title, sections, tuple(mark for mark in fails if mark.state == "missed"))


def _mark(point: Point, signs: Sequence[Sign], spoken: bool, settled: float, *, fail: bool = False) -> Mark:
    last = max((sign.turn or 0 for sign in signs), default=0)
    seen = [sign for sign in signs if _counts(point, sign, last)]
    if point.spoken and not spoken:
        return Mark(point.title, "n/a", (), unheard=True)
    if point.when and not any(sign.id in point.when for sign in signs):
        return Mark(point.title, "n/a", ())
    bad = tuple(sign for sign in seen if sign.id in point.avoids)
    causes = (*(sign.id for sign in bad), *(each for group in point.shows for each in group), *point.avoids)
    if len(bad) >= (point.at_least if fail else 1):
        return Mark(point.title, "missed", bad, causes)
    groups = [_best(point, group, [sign for sign in seen if sign.id in group]) for group in point.shows]
    shown = tuple(sorted({(sign.turn, sign.quote): sign for group in groups for sign in group}.values(), key=_when))
    enough = all(len(group) >= point.at_least for group in groups)
    if not enough or (point.settles is not None and settled < point.settles):
        few = shown if point.at_least > 1 and not enough else ()
        return Mark(point.title, "missed", few, causes, wanted=point.at_least if few else 1)
    return Mark(point.title, "met", shown, causes)


def _best(point: Point, group: Sequence[str], signs: Sequence[Sign]) -> list[Sign]:
    """As many as the point asks for of those that show it best, each turn once: of an ending the last of what the
    rubric names first, else what calmed them most."""
    if point.last_turns is not None:
        ranked = sorted(signs, key=lambda sign: (group.index(sign.id), -sign.t))
    else:
        ranked = sorted(signs, key=lambda sign: (-sign.calmed, sign.t))
    turns = dict[float, Sign]()
    for sign in ranked:
        turns.setdefault(sign.turn or sign.t, sign)
    return list(turns.values())[: point.at_least]


def _when(sign: Sign) -> float:
    return sign.t


def _counts(point: Point, sign: Sign, last: int) -> bool:
    turn = sign.turn or 0
    early = point.within_turns is None or turn <= point.within_turns
    return early and (point.last_turns is None or turn > last - point.last_turns)


def _signs(events: Sequence[Event]) -> list[Sign]:
    """Every behaviour that was judged, and every situation on the ledger, in order of time. Kind words that earned
    hardly anything beside harmful ones show nothing: "I understand your frustration, but you have to calm down"."""
    found: list[Sign] = []
    said = ""
    for event in events:
        if isinstance(event, Utterance):
            said = event.text
        elif isinstance(event, Appraisal):
            found += [Sign(each.id, event.t, event.turn, each.evidence, said) for each in event.behaviours]
        elif isinstance(event, MoodChanged):
            rows = [row for row in event.because if row.kind == "impulse"]
            took = {row.cause: -row.delta for row in rows}
            found = [
                replace(one, calmed=took.get(one.id, 0.0)) if one.turn and one.turn == event.turn else one
                for one in found
            ]
            if any(_of_kind(row.cause, harm=True) for row in rows):
                found = [one for one in found if one.turn != event.turn or one.calmed >= EARNED or not _of_kind(one.id)]
            for row in rows:
                kind = row.cause.partition(":")[0]
                if kind == CURVEBALL and row.delta > 0.0:
                    kind = CURVEBALL_MISSED
                if kind not in BY_ID:
                    found.append(Sign(kind, row.t, event.turn, row.evidence))
        elif isinstance(event, Reply) and event.act == PUT_RIGHT:
            turn = max((one.turn or 0 for one in found), default=0)
            found = [one for one in found if (one.id, one.turn) != ("name_use", turn)]
        elif isinstance(event, CallEnded):
            break
    return found


def _of_kind(name: str, *, harm: bool = False) -> bool:
    """Whether this behaviour is one that calms where it is believed, or one that hurts."""
    return name in BEHAVIOURS and (name in HARMS) is harm
