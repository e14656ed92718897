"""What goes wrong at the user's end is told in one sentence, with an exit code that is not 0 and no traceback."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.end_to_end import coolhead
from ui import cli, strings

Run = Callable[..., tuple[int, str, str]]
Refused = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The program's own `main` with these arguments, in this process: its exit code, standard output and error."""
    for name, value in coolhead.environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    def main(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["coolhead", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return (left.value.code, *capfd.readouterr())  # type: ignore[return-value]

    return main


@pytest.fixture
def refused(run: Run) -> Refused:
    def sentence(*arguments: str | Path) -> str:
        code, _, told = run(*arguments)
        assert code not in (0, 70), told
        assert "Traceback" not in told
        sentences = [line for line in told.splitlines() if line.strip()]
        assert len(sentences) == 1, told
        return sentences[0]

    return sentence


@pytest.mark.parametrize("command", ["call", "simulate"])
def test_an_unknown_pack_is_named_with_those_there_are(command: str, refused: Refused, tmp_path: Path) -> None:
    turns = tmp_path / "turns.json"
    turns.write_text('{"turns": [{"text": "Hello"}]}')
    more = [turns] if command == "simulate" else ["--text", "--plain"]
    sentence = refused(command, "no-such-pack", *more)
    assert "no-such-pack" in sentence
    assert "flatpack-bookcase" in sentence


def test_broken_yaml_is_named_with_file_and_line(refused: Refused, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text("format: 1\nid: mine\ntitle: [unclosed\nsummary: x\n")
    sentence = refused("call", pack, "--text", "--plain")
    assert "mine.yaml" in sentence
    assert any(f"line {number}" in sentence or f":{number}" in sentence for number in (3, 4))


def test_a_wrong_value_in_a_pack_is_named_with_its_line_and_what_is_expected(refused: Refused, tmp_path: Path) -> None:
    original = (Path(__file__).parents[2] / "personas" / "flatpack-bookcase.yaml").read_text(encoding="utf-8")
    at = next(number for number, line in enumerate(original.splitlines(), 1) if line.startswith("level:"))
    pack = tmp_path / "mine.yaml"
    pack.write_text("\n".join("level: hard" if line.startswith("level:") else line for line in original.splitlines()))
    sentence = refused("call", pack, "--text", "--plain")
    assert "mine.yaml" in sentence
    assert str(at) in sentence


@pytest.mark.parametrize("command", ["transcribe", "measure"])
@pytest.mark.parametrize("kind", ["missing", "text", "empty"])
def test_a_sound_file_that_is_none_is_named(command: str, kind: str, refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    if kind == "text":
        path.write_text("this is no sound")
    elif kind == "empty":
        path.touch()
    assert "speech.wav" in refused(command, path, "--json")


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2)])
def test_other_rates_and_stereo_are_heard(rate: int, channels: int, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "quiet.wav"
    soundfile.write(path, np.zeros((rate, channels), np.float32), rate)
    code, printed, told = run("transcribe", path, "--json")
    assert code == 0, told
    [line] = coolhead.lines(printed)
    assert (line["text"], line["utterances"]) == ("", [])
    assert line["audio_seconds"] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("content", ["", "not json", '{"type":"reply"}', "\x00\xff"])
def test_a_journal_that_is_none_is_refused(content: str, refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(content, encoding="latin-1")
    refused("replay", path)


def test_broken_turns_are_refused(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "turns.json"
    path.write_text("{")
    assert "turns.json" in refused("simulate", "flatpack-bookcase", path)


def test_an_unknown_model_is_named(refused: Refused, tmp_path: Path) -> None:
    assert "no-such-model" in refused("models", "install", "no-such-model")


def test_without_a_sound_device_the_call_is_by_keyboard_and_says_why(refused: Refused, tmp_path: Path) -> None:
    done = coolhead.run("call", "flatpack-bookcase", "--plain", home=tmp_path, said="Hello, this is Sam.\n")
    assert done.returncode == 0, done.stderr
    assert strings.SO_TYPED.removesuffix(".") in " ".join(done.stdout.split())
    assert "Dana: " in done.stdout


def test_a_broken_setting_is_named(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"voice": "siri"}')
    sentence = refused("call", "flatpack-bookcase", "--plain", "--text")
    assert '"voice"' in sentence
    assert "settings.json" in sentence
