"""What goes out to others: completion alone for HR, certificates that show any change."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.events import CallEnded, Outcome
from dialogue.journal import encode
from tests.full_disk import full_disk
from tests.ui.kept import exported, take_dated
from ui.commands import certificate, export
from ui.records.archive import read_journal
from ui.records.certificate import SHOWN, checked, new_key, signed
from ui.runtime.problems import Problem

HERE = Path(__file__).parent
JOURNALS = HERE.parents[1] / "journals"


pytestmark = pytest.mark.usefixtures("home")


def a_test(**settings: str) -> Path:
    """A test that was passed: the same call, replayed without cues."""
    from dialogue.debrief.correction import recomputed
    from dialogue.persona import load

    path = take_dated("excellent", cues="off", **settings)
    events = recomputed(read_journal(path), load("flatpack-bookcase"))
    path.write_text("".join(encode(event) + "\n" for event in events), encoding="utf-8")
    return path


def test_for_hr_there_is_completion_and_no_more(home: Path) -> None:
    take_dated("poor")
    rows = list(csv.reader(exported(home, "hr.csv", completion=True, actor="=Robin").splitlines()))
    assert rows == [
        ["who", "date", "scenario", "completed"],
        ["'=Robin", rows[1][1], "The bookcase that came down", "yes"],
    ]
    made = json.loads(exported(home, "hr.json", completion=True))
    assert set(made[0]["result"]) == {"completion"}
    assert "hung" not in json.dumps(made)


@pytest.mark.parametrize("outcome", ["abandoned", "stopped"])
def test_a_call_that_was_left_or_broken_off_is_not_completed(home: Path, outcome: Outcome) -> None:
    path = take_dated("poor")
    events = [replace(one, outcome=outcome) if isinstance(one, CallEnded) else one for one in read_journal(path)]
    path.write_text("".join(encode(event) + "\n" for event in events), encoding="utf-8")
    assert exported(home, "hr.csv", completion=True).splitlines() == ["who,date,scenario,completed"]
    assert json.loads(exported(home, "all.json")) == []


def test_what_cannot_be_exported_is_said(home: Path) -> None:
    for name, actor, completion, sentence in (
        ("out.txt", None, False, "let its name end in"),
        ("out.csv", None, False, "add --completion"),
        ("out.json", "a b@c", False, "neither an e-mail"),
        ("no/such/folder.json", None, False, "cannot be written"),
    ):
        with pytest.raises(Problem, match=sentence):
            export.run(output=home / name, to=None, credentials=None, actor=actor, completion=completion)


def test_a_certificate_is_genuine_and_any_byte_changed_shows(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, out = home / "trainer.key", home / "robin.json"
    assert certificate.make_key(file=key) == 0
    fingerprint = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert key.stat().st_mode & 0o077 == 0
    test = a_test()
    assert certificate.make(journal=test, name="Robin Ames", output=out, key=key, seed=7) == 0
    assert certificate.check(file=out, key=fingerprint) == 0
    assert "Robin Ames, 2026-02-01: The bookcase that came down, seed 7, " in capsys.readouterr().out
    assert certificate.check(file=out, key="0000-0000-0000-0000-0000") == 1
    whole = out.read_bytes()
    for at in range(len(whole)):
        for changed in (whole[at] ^ 1, whole[at] ^ 32):
            assert checked((whole[:at] + bytes([changed]) + whole[at + 1 :]).decode("latin-1")) is None, at
    out.write_bytes(whole[:-3])
    assert certificate.check(file=out, key=None) == 1
    assert "Not genuine" in capsys.readouterr().out


def test_in_self_study_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = home / "mine.json"
    assert certificate.make(journal=a_test(), name="Robin", output=out, key=None, seed=None) == 0
    told = checked(out.read_text())
    assert told
    assert told.facts["attested"] == "self"
    assert certificate.check(file=out, key=None) == 0
    assert "Self-attested" in capsys.readouterr().out


def test_only_a_test_that_was_passed_as_it_stands_is_certified(home: Path) -> None:
    def refused(path: Path, sentence: str, seed: int | None = None, name: str = "Robin") -> None:
        with pytest.raises(Problem, match=sentence):
            certificate.make(journal=path, name=name, output=home / "c.json", key=None, seed=seed)
        assert not (home / "c.json").exists()

    test = a_test()
    refused(test, "its seed is 7", seed=8)
    refused(test, "give --name", name="  ")
    embellished = home / "embellished.jsonl"
    shutil.copy(test, embellished)
    text = embellished.read_text()
    first = text.index('"anger":') + len('"anger":')
    embellished.write_text(f"{text[:first]}1{text[first:]}")
    refused(embellished, "does not replay equal")
    refused(a_test(retry_turn="3"), "took up a moment")
    refused(take_dated("excellent", 5), "it was practice")
    refused(take_dated("poor", 6, cues="off"), "did not come to a good end")


@pytest.mark.parametrize(
    "facts",
    [{}, {"outcome": []}, {"outcome": "satisfied", "name": "Robin"}, ["name"], "name"],
    ids=["none", "another kind", "too few", "a list", "a word"],
)
def test_what_another_program_has_signed_is_no_certificate(
    facts: object, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = home / "theirs.json"
    out.write_text(signed(facts, new_key(home / "their.key")))
    assert certificate.check(file=out, key=None) == 1
    assert "Not genuine" in capsys.readouterr().out


def test_what_a_certificate_says_reaches_into_no_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = home / "theirs.json"
    facts = {**dict.fromkeys(SHOWN, "x"), "name": "\x1b]0;Robin\x07", "outcome": "made_peace", "attested": "themselves"}
    out.write_text(signed(facts, new_key(home / "their.key")))
    assert certificate.check(file=out, key=None) == 0
    said = capsys.readouterr().out
    assert "]0;Robin, x: x, seed x, made_peace, scorecard x" in said
    assert "\x1b" not in said


def test_a_key_is_whole_or_not_there(home: Path) -> None:
    with full_disk(), pytest.raises(Problem, match=r"The key cannot be written to .*trainer\.pem: .+\."):
        certificate.make_key(file=home / "trainer.pem")
    assert certificate.make_key(file=home / "trainer.pem") == 0


def test_a_key_is_never_overwritten_and_a_wrong_one_named(home: Path) -> None:
    key = home / "trainer.key"
    certificate.make_key(file=key)
    with pytest.raises(Problem, match="never overwritten"):
        certificate.make_key(file=key)
    wrong = home / "wrong.key"
    wrong.write_text("no key")
    with pytest.raises(Problem, match="no key that Coolhead made"):
        certificate.make(journal=a_test(), name="Robin", output=home / "c.json", key=wrong, seed=None)
