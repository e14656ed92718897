"""What goes wrong at the user's end is told in one sentence, with an exit code that is not 0 and no traceback."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.end_to_end import coolhead


def refused(*arguments: str | Path, home: Path, said: str = "") -> str:
    done = coolhead.run(*arguments, home=home, said=said, seconds=120)
    assert done.returncode not in (0, 70), done.stderr
    assert "Traceback" not in done.stderr
    sentences = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(sentences) == 1, done.stderr
    return sentences[0]


@pytest.mark.parametrize("command", ["call", "simulate"])
def test_an_unknown_pack_is_named_with_those_there_are(command: str, tmp_path: Path) -> None:
    turns = tmp_path / "turns.json"
    turns.write_text('{"turns": [{"text": "Hello"}]}')
    more = [turns] if command == "simulate" else ["--text", "--plain"]
    sentence = refused(command, "no-such-pack", *more, home=tmp_path)
    assert "no-such-pack" in sentence
    assert "flatpack-bookcase" in sentence


def test_broken_yaml_is_named_with_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text("format: 1\nid: mine\ntitle: [unclosed\nsummary: x\n")
    sentence = refused("call", pack, "--text", "--plain", home=tmp_path)
    assert "mine.yaml" in sentence
    assert any(f"line {number}" in sentence or f":{number}" in sentence for number in (3, 4))


def test_a_wrong_value_in_a_pack_is_named_with_its_line_and_what_is_expected(tmp_path: Path) -> None:
    original = (Path(__file__).parents[2] / "personas" / "flatpack-bookcase.yaml").read_text(encoding="utf-8")
    at = next(number for number, line in enumerate(original.splitlines(), 1) if line.startswith("level:"))
    pack = tmp_path / "mine.yaml"
    pack.write_text("\n".join("level: hard" if line.startswith("level:") else line for line in original.splitlines()))
    sentence = refused("call", pack, "--text", "--plain", home=tmp_path)
    assert "mine.yaml" in sentence
    assert str(at) in sentence


@pytest.mark.parametrize("command", ["transcribe", "measure"])
@pytest.mark.parametrize("kind", ["missing", "text", "empty"])
def test_a_sound_file_that_is_none_is_named(command: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    if kind == "text":
        path.write_text("this is no sound")
    elif kind == "empty":
        path.touch()
    assert "speech.wav" in refused(command, path, "--json", home=tmp_path)


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2)])
def test_other_rates_and_stereo_are_heard(rate: int, channels: int, tmp_path: Path) -> None:
    path = tmp_path / "quiet.wav"
    soundfile.write(path, np.zeros((rate, channels), np.float32), rate)
    done = coolhead.run("transcribe", path, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    [line] = coolhead.lines(done.stdout)
    assert (line["text"], line["utterances"]) == ("", [])
    assert line["audio_seconds"] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("content", ["", "not json", '{"type":"reply"}', "\x00\xff"])
def test_a_journal_that_is_none_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(content, encoding="latin-1")
    refused("replay", path, home=tmp_path)


def test_broken_turns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "turns.json"
    path.write_text("{")
    assert "turns.json" in refused("simulate", "flatpack-bookcase", path, home=tmp_path)


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    assert "no-such-model" in refused("models", "install", "no-such-model", home=tmp_path)


def test_without_a_sound_device_the_call_is_by_keyboard_and_says_why(tmp_path: Path) -> None:
    done = coolhead.run("call", "flatpack-bookcase", "--plain", home=tmp_path, said="Hello, this is Sam.\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("By keyboard: ")
    assert "Dana: " in done.stdout


def test_a_broken_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"voice": "siri"}')
    sentence = refused("call", "flatpack-bookcase", "--plain", "--text", home=tmp_path)
    assert '"voice"' in sentence
    assert "settings.json" in sentence
