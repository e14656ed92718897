"""docs/authoring.md: whoever follows it to the letter has a pack that works."""

import re
from pathlib import Path

import pytest

from dialogue.authoring import lint, reachability
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Pack, load
from dialogue.persona.lines import REACTIONS, SLOTS
from dialogue.persona.loading import SHARED
from dialogue.rehearsal import play
from dialogue.rehearsal.report import own_lines

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "authoring.md"


def _parts(text: str) -> dict[str, str]:
    """The top-level parts of a pack's text, by their first word, each with the lines that belong to it."""
    found = re.split(r"(?m)^(?=[a-z_]+:)", text)
    return {part.partition(":")[0]: part for part in found if re.match(r"[a-z_]+:", part)}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The template with each part replaced as the guide says."""
    parts = _parts((SHARED / "template.yaml").read_text(encoding="utf-8").replace("NAME", "wrong-room"))
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        parts |= _parts(block)
    path = tmp_path_factory.mktemp("own") / "wrong-room.yaml"
    path.write_text("\n".join(parts.values()), encoding="utf-8")
    return load(path)


def test_the_guides_pack_is_sound(followed: Pack) -> None:
    assert followed.customer.name == "Tomas Berg"
    assert lint.complaints(followed) + reachability.complaints(followed, own_lines(followed)) == []


def test_the_guides_customer_tells_good_from_bad(followed: Pack) -> None:
    for trainee, ends in (("excellent", True), ("dismissive", False), ("sycophant", False)):
        for seed in range(2):
            ended = play(followed, trainee, seed).line.ended
            assert ended
            assert (ended.outcome in followed.success) == ends, (trainee, seed)


def test_the_guide_names_all_that_may_be_named() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name in {*EFFECTS, *REACTIONS}:
        assert f"`{name}`" in text, f"{name}: run python docs/make_names.py"
    for slot in SLOTS:
        assert f"`{{{slot}}}`" in text, slot
