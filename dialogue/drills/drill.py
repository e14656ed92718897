"""What a drill is: a customer's line, a task, what the answer has to hold and what spoils it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator

from dialogue.content import BY_ID
from dialogue.persona.lines import Part, Text
from dialogue.persona.loading import PACKS, PackFile, PackProblem, parse, sentence
from dialogue.persona.loading import available as _files

FOLDER = PACKS / "drills"


class Round(Part):
    """One line of the customer, and what the trainee makes of it."""

    customer: Text
    anger: Annotated[float, Field(ge=0, le=100)]
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


class Drill(Part):
    """A drill of one to five minutes."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    about: Text
    practises: Annotated[tuple[str, ...], Field(min_length=1)]
    """Causes of the ledger that lead here."""
    rounds: Annotated[tuple[Round, ...], Field(min_length=1, max_length=10)]


@lru_cache(maxsize=1)
def available() -> tuple[Drill, ...]:
    """All drills, by id. Raises PackProblem when a file is broken."""
    return tuple(_read(entry) for entry in _files(FOLDER))


def load(name: str) -> Drill:
    """The drill of that id. Raises PackProblem with what there is."""
    found = next((drill for drill in available() if drill.id == name), None)
    if found is None:
        raise PackProblem(f"There is no drill {name!r}. Known are: {', '.join(drill.id for drill in available())}.")
    return found


def practising(cause: str) -> Drill | None:
    """The drill for a cause of the ledger, the most particular one first; None where there is none."""
    drills = [drill for drill in available() if cause in drill.practises]
    return min(drills, key=lambda drill: drill.practises.index(cause), default=None)


def _read(entry: PackFile) -> Drill:
    name = entry.path.name
    try:
        text = entry.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackProblem(f"{entry.path} cannot be read as text: install Coolhead again.") from problem
    data, where = parse(text, name)
    try:
        return Drill.model_validate(data)
    except ValidationError as problem:
        raise PackProblem(sentence(problem, name, where)) from None
