"""From a YAML 1.2 file to a checked `Pack`, or one sentence that names file, line and what is expected."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError

from dialogue.persona.customer import STRAINS
from dialogue.persona.lines import REACTIONS, Identifier, Lines, Part, Text
from dialogue.persona.pack import Pack, Setting
from dialogue.persona.parsing import Key, PackProblem, parse
from dialogue.persona.pointing import line_of
from dialogue.persona.story import Curveball, Fact

PACKS = Path(__file__).resolve().parents[2] / "personas"
SHARED = PACKS / "shared"
COMPUTED = ("sha256", "shared", "small_talk")
MAX_BYTES = 400_000
"""Six times the longest of our packs; more would take the parser too long."""


@dataclass(frozen=True, slots=True)
class PackFile:
    id: str
    path: Path


def own_folder() -> Path:
    """Where users put the packs they write; COOLHEAD_DATA names another place than the usual one."""
    import platformdirs

    return Path(os.environ.get("COOLHEAD_DATA") or platformdirs.user_data_dir("coolhead", appauthor=False)) / "packs"


def available(*folders: Path) -> list[PackFile]:
    """The packs of the folders, by id, which is the file's name; of two alike the later folder's counts.

    Without folders: those that come with Coolhead, and the user's own.
    """
    found = [PackFile(path.stem, path) for folder in folders or (PACKS, own_folder()) for path in folder.glob("*.yaml")]
    return sorted({entry.id: entry for entry in found}.values(), key=lambda entry: entry.id)


class Common(Part):
    """What stands behind every pack of a setting."""

    lines: dict[str, Lines]
    curveballs: tuple[Curveball, ...] = ()
    wordings: dict[Identifier, tuple[Text, ...]] = Field(default_factory=dict)
    """More ways to ask for what every pack has, by the fact's id: "wish", "reach", "account"."""


def load(id_or_path: str | Path) -> Pack:
    """The pack of that id, or in that file. Raises PackProblem."""
    path = _find(id_or_path)
    return _load(str(path), _read(path))


@lru_cache(maxsize=4)
def common(setting: Setting) -> tuple[Common, str]:
    """The lines and curveballs that anybody of that setting may fall back on, and the text they were read from."""
    texts = {name: _read(SHARED / f"{name}.yaml") for name in ("lines", setting)}
    both = [_common(text, f"{name}.yaml") for name, text in texts.items()]
    anyone, own = both
    lines = {key: _joined(own.lines.get(key, {}), anyone.lines.get(key, {})) for key in (*anyone.lines, *own.lines)}
    both_wordings = {**anyone.wordings, **own.wordings}
    shared = Common(lines=lines, curveballs=(*own.curveballs, *anyone.curveballs), wordings=both_wordings)
    return shared, "".join(texts.values())


def _common(text: str, name: str) -> Common:
    data, where = parse(text, name)
    try:
        read = Common.model_validate(data)
    except ValidationError as problem:
        raise PackProblem(sentence(problem, name, where)) from None
    for key in read.lines:
        if key not in REACTIONS:
            raise PackProblem(f"{name}, line {where.get(('lines', key), 1)}: {key!r} is no reaction.")
    return read


@lru_cache(maxsize=64)
def _load(path: str, text: str) -> Pack:
    name = Path(path).name
    data, where = parse(text, name)
    if not isinstance(data, dict):
        raise PackProblem(f"{name}, line 1: expected a pack (a mapping that starts with `format: 1`).")
    for key in COMPUTED:
        if key in data:
            raise PackProblem(f"{name}, line {where.get((key,), 1)}: {key} is computed; please remove it.")
    try:
        pack = Pack.model_validate(data)
    except ValidationError as problem:
        raise PackProblem(sentence(problem, name, where, text)) from None
    shared, _ = common(pack.setting)
    known = {ball.id for ball in shared.curveballs}
    for place, wanted in enumerate(pack.brings_up or ()):
        if wanted not in known:
            line = _line(("brings_up", place), where)
            raise PackProblem(f"{name}, line {line}: {wanted!r} is no shared curveball; known are {', '.join(known)}.")
    return completed(pack, text)


def completed(pack: Pack, text: str = "") -> Pack:
    """The pack, which was read from `text`, with what stands behind every pack of its setting."""
    shared, shared_text = common(pack.setting)
    reactions = {key: _joined(pack.lines.get(key, {}), shared.lines.get(key, {})) for key in REACTIONS}
    chosen = {ball.id for ball in shared.curveballs} if pack.brings_up is None else set(pack.brings_up)
    chosen -= set(pack.ids())
    extra = tuple(ball for ball in shared.curveballs if ball.id in chosen)
    effects = {**STRAINS[pack.customer.strain], **pack.mood.effects}
    return pack.model_copy(
        update={
            "facts": tuple(_widened(fact, shared.wordings.get(fact.id, ())) for fact in pack.facts),
            "mood": pack.mood.model_copy(update={"effects": effects}),
            "lines": {key: lines for key, lines in reactions.items() if lines},
            "curveballs": (*pack.curveballs, *extra),
            "shared": frozenset(chosen),
            "small_talk": shared.wordings.get("small_talk", ()),
            "sha256": hashlib.sha256((text + shared_text).encode()).hexdigest(),
        }
    )


def _widened(fact: Fact, more: tuple[str, ...]) -> Fact:
    return fact.model_copy(update={"wordings": tuple(dict.fromkeys((*fact.wordings, *more)))})


def _joined(own: Lines, common: Lines) -> Lines:
    """The pack's own lines first, also those for any mood, and the shared ones behind them."""
    for_any = own.get("any", ())
    keys = (*own, *(key for key in common if key not in own))
    return {key: (*dict.fromkeys((*own.get(key, ()), *for_any)), *common.get(key, ())) for key in keys}


def _find(id_or_path: str | Path) -> Path:
    path = Path(id_or_path)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) != 1:  # "." has none
        return path
    known = {entry.id: entry.path for entry in available()}
    if path.name in known:
        return known[path.name]
    from difflib import get_close_matches

    near = get_close_matches(path.name, known, 1)
    hint = f" Did you mean {near[0]!r}?" if near else f" Known are: {', '.join(known)}."
    raise PackProblem(f"There is no pack {path.name!r}.{hint}")


def _read(path: Path) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise PackProblem(f"{path} cannot be read: it is no file.")  # a pipe or a device might never end
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise PackProblem(f"{path} cannot be read: {(problem.strerror or 'unknown reason').lower()}.") from None
    if len(raw) > MAX_BYTES:
        line = raw.count(b"\n") + 1
        raise PackProblem(f"{path.name}, line {line}: the file goes on, but a pack has at most {MAX_BYTES} bytes.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise PackProblem(f"{path.name}, line {line}: expected UTF-8 text; save the file as UTF-8.") from None


def sentence(problem: ValidationError, name: str, where: dict[Key, int], text: str = "") -> str:
    """What is wrong in a file of ours, where, and what is expected there; `where` comes from `parse`.

    With the file's `text`, a complaint about the whole is pointed at what it names."""
    errors = problem.errors()
    first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])  # misspelt before missing
    key = tuple(part for part in first["loc"] if part != "[key]")
    line = (None if key else line_of(first["msg"], text)) or _line(key, where)
    spot = ".".join(str(part) for part in key)
    more = problem.error_count() - 1
    expected = _expected(first["type"], first["msg"])
    end = "" if expected.endswith("?") else "."
    rest = f" ({more} more after that.)" if more else ""
    return f"{name}, line {line}: {spot + ': ' if spot else ''}{expected}{end}{rest}"


def _line(key: Sequence[str | int], where: dict[Key, int]) -> int:
    for length in range(len(key), -1, -1):
        if tuple(key[:length]) in where:
            return where[tuple(key[:length])]
    return 1


def _expected(kind: str, message: str) -> str:
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a key of a pack here; check the spelling or remove it"
        case "value_error":
            return message.removeprefix("Value error, ")
        case "string_type":
            return "expected text; what holds a colon, or is a number, true or false, goes in quotes"
        case "string_pattern_mismatch":
            return "expected small letters, digits and underscores, a letter first"
        case _:
            text = re.sub(r"^(Input|Value|Tuple|String) should ", "expected to ", message)
            return text[0].lower() + text[1:]
