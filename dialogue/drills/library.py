"""All drills there are, and which of them is for what."""

from collections.abc import Mapping
from functools import lru_cache

from pydantic import ValidationError

from dialogue.drills.drill import Drill
from dialogue.drills.gap import Gap
from dialogue.drills.ladder import Ladder
from dialogue.drills.recap import Recap
from dialogue.drills.saying import Saying
from dialogue.drills.tipping import Tipping
from dialogue.persona.loading import PACKS, PackFile, sentence
from dialogue.persona.loading import available as _files
from dialogue.persona.parsing import PackProblem, parse

FOLDER = PACKS / "drills"
KINDS: Mapping[str, type[Drill]] = {"say": Saying, "tip": Tipping, "recap": Recap, "gap": Gap, "ladder": Ladder}


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


def instead_of(drill: Drill) -> Drill:
    """Another one for the same, or nearly, that can be done by keyboard."""
    others = [other for other in available() if not other.by_voice_only]
    return max(others, key=lambda other: len(set(other.practises) & set(drill.practises)))


def teaching(technique: str) -> tuple[Drill, ...]:
    """The drills for a row of docs/techniques.md, those first that put it first."""
    drills = [drill for drill in available() if technique in drill.techniques]
    return tuple(sorted(drills, key=lambda drill: drill.techniques.index(technique)))


def _read(entry: PackFile) -> Drill:
    name = entry.path.name
    try:
        text = entry.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackProblem(f"{entry.path} cannot be read as text: install Coolhead again.") from problem
    data, where = parse(text, name)
    wanted = data.get("kind", "say") if isinstance(data, dict) else "say"
    if wanted not in KINDS:
        raise PackProblem(f"{name}, line {where['kind',]}: there is no kind {wanted!r}; known are {', '.join(KINDS)}.")
    try:
        return KINDS[wanted].model_validate(data)
    except ValidationError as problem:
        raise PackProblem(sentence(problem, name, where)) from None
