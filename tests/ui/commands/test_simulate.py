"""The contract of `coolhead simulate`, `coolhead replay` and `coolhead packs`, through the command line itself."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dialogue.events import CallStarted
from dialogue.journal import encode
from dialogue.persona import load
from dialogue.rehearsal import Line
from dialogue.session import Session
from ui.cli import app
from ui.commands.simulate import BASELINE, prosody
from ui.runtime.problems import Problem

CALLS = Path(__file__).parents[2] / "dialogue" / "calls"
run = CliRunner().invoke


def rows(*arguments: str) -> list[dict[str, object]]:
    result = run(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.real
@pytest.mark.parametrize("pack", ["flatpack-bookcase", "broadband-dropouts"])
def test_example_calls_are_ordered_by_how_good_they_are(pack: str) -> None:
    files = [str(CALLS / pack / f"{quality}.json") for quality in ("excellent", "good", "average", "poor")]
    told = rows("simulate", pack, *files, "--seed", "3")
    ends = {row["file"]: row for row in told if "outcome" in row}
    assert [ends[name]["outcome"] for name in files[:2]] == ["satisfied", "satisfied"]
    assert ends[files[3]]["outcome"] in ("hung_up", "escalated", "abandoned")
    anger = [float(str(ends[name]["anger_end"])) for name in files]
    assert max(anger[:2]) < anger[2] < anger[3]
    for row in told:
        if "delta" in row:
            because = row["because"]
            assert isinstance(because, list)
            assert row["delta"] == pytest.approx(sum(one["delta"] for one in because), abs=1e-9)
            assert set(row) >= {"file", "turn", "text", "behaviours", "anger", "delta", "because", "phase", "reply"}
            assert row["phase"]
    unsaid = [row for row in told if row.get("not_said")]
    assert all(set(row) == {"file", "turn", "text", "not_said"} for row in unsaid)


@pytest.mark.real
def test_pauses_and_voice_count_and_unknown_keys_do_not(tmp_path: Path) -> None:
    turns: dict[str, dict[str, object]] = {
        "plain": {"note": "ignored"},
        "late": {"pause_before": 9.0},
        "loud": {"prosody": {"relative": {"loudness_dbfs": 9, "pitch_hz": 5, "tilt_db": 6}}},
        "raised": {"prosody": {"raised": 0.9}},
        "calm": {"prosody": {"raised": 0.0, "seconds": 3.0}},
    }
    files = {name: tmp_path / f"{name}.json" for name in turns}
    for name, turn in turns.items():
        second = {"text": "I'm so sorry, that must have been a terrible shock.", **turn}
        files[name].write_text(json.dumps({"turns": [{"text": "Hello, how can I help?"}, second], "coach": "x"}))
    told = rows("simulate", "flatpack-bookcase", *map(str, files.values()))
    anger = {
        name: float(str(row["anger"]))
        for name, path in files.items()
        for row in told
        if row["file"] == str(path) and row.get("turn") == 2 and "anger" in row
    }
    assert min(anger["late"], anger["loud"], anger["raised"]) > anger["plain"]
    assert anger["calm"] == pytest.approx(anger["plain"])


@pytest.mark.parametrize("text", ["{", "[]", '{"turns": 3}', '{"turns": [{"say": "x"}]}', '{"turns": ["x"]}'])
def test_broken_turn_files_are_told_in_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    result = run(app, ["simulate", "flatpack-bookcase", str(path), "--json"])
    assert isinstance(result.exception, Problem)
    assert "expected" in str(result.exception)
    assert not result.stdout


def test_a_measured_voice_is_taken_as_measured() -> None:
    assert prosody(None) is None
    voice = prosody({"loudness_dbfs": -20.0, "relative": {"pitch_hz": 12, "rate_syllables_s": 1.5}})
    assert voice
    assert BASELINE.pitch_hz
    assert (voice.loudness_dbfs, voice.pitch_hz, voice.rate_syllables_s) == (-20.0, BASELINE.pitch_hz * 2, 6.0)


def test_replay_says_equal_different_or_why_not(tmp_path: Path) -> None:
    pack = load("flatpack-bookcase")
    call = Line(Session(pack), CallStarted(0.0, pack.id, pack.sha256, 1, "voice", "test", baseline=BASELINE))
    for text in ("Hello.", "I'm so sorry about that."):
        call.wait(0.6)
        call.speak(text)
    lines = [encode(event) for event in call.journal]
    path = tmp_path / "call.jsonl"
    path.write_text("\n".join(lines))
    assert run(app, ["replay", str(path)]).exit_code == 0
    piped = run(app, ["replay", "-"], input="\n".join(lines))
    assert piped.exit_code == 0
    path.write_text("\n".join(lines) + '\n{"t":1')
    assert run(app, ["replay", str(path)]).exit_code == 0
    path.write_text("\n".join(line.replace('"trust":3', '"trust":4') for line in lines))
    different = run(app, ["replay", str(path)])
    assert different.exit_code == 1
    assert "trust" in different.stdout
    path.write_text("not a journal")
    assert isinstance(run(app, ["replay", str(path)]).exception, Problem)


def test_packs_are_listed_and_checked() -> None:
    told = rows("packs", "list")
    assert {"flatpack-bookcase", "broadband-dropouts"} <= {str(row["id"]) for row in told}
    # every pack: tests/dialogue/persona/test_packs.py; with calls: test_packs.py
    assert run(app, ["packs", "check", "flatpack-bookcase", "--calls", "0"]).exit_code == 0
