"""docs/techniques.md: every technique has its row, and every row names what is really there."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from dialogue import drills

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "make_techniques.py"


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_techniques", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(made: ModuleType) -> None:
    assert made.TARGET.read_text(encoding="utf-8") == made.page(), "run: python docs/make_techniques.py"


def test_a_technique_without_its_row_is_refused(made: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(made.ROWS, "004", made.ROWS["004"] + 1)
    with pytest.raises(made.Gap, match="in order"):
        made.rows()


def test_drills_teach_rows_that_there_are(made: ModuleType) -> None:
    known = {row.id for row in made.rows()}
    for drill in drills.available():
        assert drill.techniques, drill.id
        assert set(drill.techniques) <= known, drill.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"detect": ("telepathy",)}, "no cause"),
        ({"detect": ("dialogue.mood:Telepathy | thoughts",)}, "not in the code"),
        ({"trigger": ("ball:nobody_throws_this",)}, "no pack"),
        ({"teach": ("cue:sit_ups",)}, "no cue"),
        ({"id": "000-99"}, "no drill teaches it"),
        ({"teach": ("file:ui/nowhere.py | nothing",)}, "there is no ui/nowhere.py"),
        ({"detect": ()}, "asks for D"),
    ],
)
def test_a_row_cannot_name_what_is_not_there(
    change: dict[str, tuple[str, ...]], says: str, made: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = made.rows()
    monkeypatch.setattr(made, "rows", lambda: (replace(first, **change), *others))
    with pytest.raises(made.Gap, match=says):
        made.page()
