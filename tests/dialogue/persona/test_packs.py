"""Packs: the shipped ones are sound, and an author's mistake is told in one sentence with file and line."""

import os
import re
from pathlib import Path

import pytest

from dialogue.authoring import lint, reachability
from dialogue.persona import Pack, PackProblem, available, load
from dialogue.persona.loading import PACKS, PackFile, _joined
from dialogue.rehearsal.report import own_lines

SOUND = (PACKS / "flatpack-bookcase.yaml").read_text()


@pytest.mark.parametrize("entry", available(PACKS), ids=lambda entry: entry.id)
def test_shipped_packs_are_sound(entry) -> None:  # type: ignore[no-untyped-def]
    pack = load(entry.path)
    assert pack.id == entry.id
    assert load(entry.id) == pack
    assert not lint.complaints(pack) + reachability.complaints(pack, own_lines(pack))
    assert sum(1 for _ in pack.every_line()) >= 300
    assert pack.mood.start > pack.mood.irritated


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("level: 2", "level: nine"), "line 7", "level: expected to be a valid integer"),
        (("level: 2", "lebel: 2"), "line 7", "lebel: is not a key"),
        (("level: 2\n", ""), "line 3", "level: is missing"),
        (("  start: 66", "  start: 20"), "mood", "help line because all is well"),
        (("  greeting:", "  greting:"), "", "did you mean 'greeting'"),
        (("facts: [step_six]", "facts: [step_nine]"), "facts: [step_nine]", "'step_nine', which is no fact"),
        (("{promise}. Okay.", "{promis}. Okay."), "{promis}. Okay.", "unknown slot {promis}"),
        (("  - id: new_booklet", "  - id: new_shelf"), "  - id: new_shelf", "'new_shelf' is used twice"),
        (("needs_met: [found_six]", "needs_met: [found_it]"), "needs_met: [found_it]", "'found_it', which is no need"),
        (("level: 2", "level: 2\nlevel: 3"), "line 8", "second time"),
        (("level: 2", "level: [2"), "line", "not valid YAML"),
        (("level: 2", "level: !!python/object:os.system 2"), "line 7", "neither text"),
        (("skills: [let", "skills: &a [let"), "", ""),
        (("{promise}. Okay.", "{}. Okay."), "", "unknown slot {}"),
        (("hear_first: true", "hear_first: perhaps"), "line", "hear_first: expected to be a valid boolean"),
        (("    kind: learn\n", "    kind: learn\n    after: [explain_six]\n"), "line", "waits for itself"),
        (("vent:\n  - hot:", "vent: 7\nfent:\n  - hot:"), "line", "fent: is not a key"),
        (("handled: -4", "handled: 1e999"), "line", "handled: expected to be less than or equal to 30"),
        (
            ("effects: {blaming: 1.3", "effects: {blameing: 1.3"),
            "line",
            "'blameing' is not an effect; did you mean 'blaming'?",
        ),
        (("  - id: new_booklet", "  - id: New booklet"), "  - id: New booklet", "expected small letters, digits"),
        (("  name: ", "  name: 7 #"), "line", "name: expected text; what holds a colon"),
        (("  name: ", "\t name: "), "line", "a tab stands before the text; indent with spaces."),
        (("level: 2", 'level: "\\e[2J"'), "line 7", "U+001B, which cannot be seen"),
        (("{promise}. Okay.", "{promise}.\u202e Okay."), "{promise}.\u202e Okay.", "U+202E, which cannot be seen"),
        (("title:", '"ti\\u200btle":'), "line", "U+200B, which cannot be seen"),
        (("  name: ", "  name: ' ' #"), "line", "name: "),
        (("company: Larkwood Home", 'company: " "'), "line", "company: expected"),
        (("manager_at: 86", "manager_at: 30"), "mood", "expected angry < manager_at < hang_up_at"),
        (("manager_at: 86", "manager_at: 97"), "mood", "expected angry < manager_at < hang_up_at"),
        (
            ("expects: [empathy, ", "expects: [empathyy, "),
            "expects: [empathyy, ",
            "'empathyy', which is no behaviour or need here; did you mean 'empathy'?",
        ),
        (("unless: [absolved]", "unless: [absolve]"), "unless: [absolve]", "'absolve', which is no behaviour or need"),
        (
            ("when: {from_turn: 3,", "when: {from_turn: 3, behaviour: step_ofer,"),
            "behaviour: step_ofer",
            "'step_ofer', which is no behaviour here; did you mean 'step_offer'?",
        ),
        (
            ("when: {from_turn: 3,", "when: {from_turn: 3, any_behaviour: [apologise],"),
            "any_behaviour: [apologise]",
            "'apologise', which is no behaviour",
        ),
        (
            ("kind: learn\n    facts: [step_six]", "kind: show\n    behaviours: [thank]"),
            "line",
            "'thank', which is no behaviour here; did you mean 'thanks'?",
        ),
    ],
)
def test_mistakes_are_told_with_file_and_line(change: tuple[str, str], line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert change[0] in SOUND
    path.write_text(SOUND.replace(*change, 1))
    if not says:
        assert load(path)
        return
    with pytest.raises(PackProblem) as problem:
        load(path)
    text = str(problem.value)
    assert text.startswith("mine.yaml, line ")
    if line and not line.startswith(("line", "mood")):  # given as what stands there
        broken = path.read_text()
        line = f"line {broken[: broken.rindex(change[1])].count(chr(10)) + 1}:"
    assert line in text
    assert says in text
    assert not text.endswith("?.")
    assert "\n" not in text


LAUGHS = b"a0: &a0 [lol, lol]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (i, i, i - 1, i - 1) for i in range(1, 40))


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "is empty"),
        (b"# only a remark\n", 1, "is empty"),
        (b"- a\n- b\n", 1, "expected a pack"),
        (b"title: one\nsummary: caf\xe9\n", 2, "expected UTF-8"),
        (b"\x00\x01\x02", 1, "not valid YAML"),
        (b"a: &x [1]\nb: *x\n", 1, "aliases"),
        (LAUGHS, 1, "aliases"),
        (b"&a [*a]", 1, "aliases"),
        (b"a: " + b"[" * 400 + b"]" * 400, 1, "deep"),
        (b"[" * 100_000, 1, "nested too deep"),
        (b"title: a\nb: 1\n" + b"- " * 190_000, 3, "nested more than 20 deep"),  # the C parser dies of these
        (b"title: a\n  ? " + b"- ? " * 90_000, 2, "nested more than 20 deep"),
        (b"title: a\n? [b]\n: c\n", 2, "expected a word before the colon"),
        (b"title: a\nb: [" + b"1," * 150_000 + b"]", 2, "more than 25000 lines and list entries"),
        (b"title: a\n" + b"- b\n" * 90_000, 25_002, "more than 25000 lines and list entries"),
        (b"title: a\n" + b'  - "a line"\n' * 800_000, 30_770, "at most 400000 bytes"),
    ],
    ids=[
        *("empty", "remark", "list", "latin-1", "binary", "alias", "laughs", "itself", "deep", "deeper", "dashes"),
        *("question marks", "list as key", "many entries", "many lines", "10 MB"),
    ],
)
def test_hostile_files_are_refused_in_a_sentence(content: bytes, line: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(PackProblem, match=says) as problem:
        load(path)
    assert str(problem.value).startswith(f"bad.yaml, line {line}: ")
    assert "\n" not in str(problem.value)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(PackProblem, match="it is no file"):
        load(path)


def test_own_packs_are_found_beside_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    (tmp_path / "packs").mkdir()
    mine = tmp_path / "packs" / "my-bookcase.yaml"
    mine.write_text(SOUND.replace("id: flatpack-bookcase", "id: my-bookcase", 1))
    assert {"my-bookcase", "flatpack-bookcase"} <= {entry.id for entry in available()}
    assert load("my-bookcase").id == "my-bookcase"
    assert "my-bookcase" not in {entry.id for entry in available(PACKS)}


def test_unknown_packs_suggest_a_known_one(tmp_path: Path) -> None:
    with pytest.raises(PackProblem, match="Did you mean 'flatpack-bookcase'"):
        load("flatpack-bookcases")
    with pytest.raises(PackProblem, match="cannot be read"):
        load(tmp_path / "none.yaml")
    with pytest.raises(PackProblem, match="cannot be read: file name too long"):
        load(tmp_path / f"{'x' * 300}.yaml")


def test_lint_finds_what_an_author_would_regret(flatpack: Pack) -> None:
    fact = flatpack.facts[0].model_copy(update={"answers": {"calm": ("Twice.",)}})
    need = flatpack.settlement[2].model_copy(update={"ask_when": {}, "open": {"any": ("Twice.",)}})
    lines = {**flatpack.lines, "blaming": {}}
    steps = flatpack.facts[1].model_copy(update={"wordings": ("I'll send you a shelf.",)})
    facts = (fact, steps, *flatpack.facts[2:])
    told = {"any": ("Good morning. It came down last night.",)}
    changes = {"facts": facts, "settlement": (need,), "lines": lines, "curveballs": (), "vent": (told, *flatpack.vent)}
    customer = flatpack.customer.model_copy(update={"vocabulary": {"hot": ("No,", "Nobody ever,")}})
    pack = flatpack.model_copy(update={**changes, "customer": customer})
    found = "\n".join(lint.complaints(pack))
    assert "'Nobody ever,'" not in found
    for expected in (
        "'Twice.' stands in 2 places",
        "'blaming' has too few",
        "no answer for a customer who is angry",
        "no `ask_when`",
        '"I\'ll send you a shelf." asks for nothing',
        "'Good morning. It came down last night.' greets",
        "'No,' in the vocabulary may stand before any line",
    ):
        assert expected in found


def test_a_packs_own_lines_come_before_the_shared_ones_whatever_the_mood() -> None:
    own = {"any": ("Mine, in any mood.",), "cool": ("Mine, cool.",)}
    shared = {"hot": ("Anybody's, hot.",), "cool": ("Anybody's, cool.",)}
    joined = _joined(own, shared)
    assert joined["hot"] == ("Mine, in any mood.", "Anybody's, hot.")
    assert joined["cool"] == ("Mine, cool.", "Mine, in any mood.", "Anybody's, cool.")
    assert _joined({}, shared) == shared


def test_a_story_that_begins_as_if_somebody_had_just_answered_is_found(flatpack: Pack) -> None:
    """It is also told into a silence, and behind their own greeting."""
    begun = flatpack.model_copy(
        update={"vent": ({"any": ("Good, somebody's awake. It fell down.",)}, *flatpack.vent[1:])}
    )
    assert any("greets" in each for each in lint.complaints(begun))


@pytest.mark.parametrize("entry", available(PACKS), ids=lambda entry: entry.id)
def test_what_a_customer_names_afterwards_does_not_speak_of_them_as_of_another(entry: PackFile) -> None:
    pack = load(entry.path)
    titles = [part.title for part in (*pack.curveballs, *pack.settlement)]
    assert not [title for title in titles if re.search(r"\b(?:she|he|her|his|him)\b", title)]
