"""A pack's wordings are read once on a machine; what is kept is whole, private, bounded, and holds nobody's words."""

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dialogue.content.encoder import Scorer
from ui import readings
from ui.readings import KeptReading

WORDINGS = {
    "shelf": ["I'll send you a new shelf.", "A shelf goes out today."],
    "booklet": ["Which booklet do you have?"],
    "nothing": [],
}


class Counting:
    """An encoder that gives every sentence a vector of its own, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, sentences: Sequence[str]) -> Any:
        self.asked += sentences
        seeds = [int.from_bytes(hashlib.sha256(one.encode()).digest()[:4], "big") for one in sentences]
        rows = np.stack([np.random.default_rng(seed).normal(size=384) for seed in seeds])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class Unlabelled:
    """A classifier of one label, for scores without the real model."""

    labels = ["apology"]  # noqa: RUF012

    def probabilities(self, turn: object, embedding: object) -> Any:
        return np.array([0.5], dtype=np.float32)


def read(folder: Path, wordings: dict[str, list[str]] = WORDINGS) -> tuple[Scorer, Counting]:
    encoder = Counting()
    reading = KeptReading(wordings, encoder, folder)
    scorer = Scorer(wordings, encoder=reading, classifier=Unlabelled())
    reading.keep()
    return scorer, encoder


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def test_a_pack_is_read_once_and_judges_the_same(tmp_path: Path) -> None:
    said = "You will get another shelf."
    first, encoder = read(tmp_path)
    assert len(encoder.asked) == 3
    again, second = read(tmp_path)
    assert second.asked == []
    assert again.score(said) == first.score(said)
    assert len(second.asked) == 1


def test_a_changed_pack_is_read_anew(tmp_path: Path) -> None:
    read(tmp_path)
    _, encoder = read(tmp_path, {**WORDINGS, "booklet": ["Where is the booklet?"]})
    assert len(encoder.asked) == 3
    assert len(kept(tmp_path)) == 2


def test_another_model_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path)
    monkeypatch.setattr(readings, "model_name", lambda: "another:1+judgement:2")
    assert read(tmp_path)[1].asked
    monkeypatch.setattr(readings, "model_name", lambda: "another:1+judgement:3")
    assert read(tmp_path)[1].asked == []  # the classifier has no part in it


@pytest.mark.parametrize("damage", [lambda data: data[:-4], lambda data: data + b"more", lambda data: b""])
def test_a_damaged_reading_is_made_anew(tmp_path: Path, damage: Any) -> None:
    scorer, _ = read(tmp_path)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[100] ^= 1
    for data in (damage(whole), bytes(flipped)):
        path.write_bytes(data)
        anew, encoder = read(tmp_path)
        assert len(encoder.asked) == 3
        assert anew.score("A shelf.") == scorer.score("A shelf.")
        assert path.read_bytes() == whole


def test_nothing_that_is_said_is_kept_and_nobody_else_may_look(tmp_path: Path) -> None:
    folder = tmp_path / "readings"
    scorer, _ = read(folder)
    before = {path: path.read_bytes() for path in kept(folder)}
    scorer.score("My zebra and I are listening.")
    assert {path: path.read_bytes() for path in kept(folder)} == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *before))


def test_where_nothing_can_be_kept_it_is_done_without(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    for _ in range(2):
        scorer, encoder = read(nowhere)
        assert len(encoder.asked) == 3
        assert scorer.score("A shelf.").clauses


def test_a_full_disk_leaves_no_piece_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    read(tmp_path)
    assert kept(tmp_path) == []


def test_what_was_used_longest_ago_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs: list[dict[str, list[str]]] = [{"a": [f"Number {number}?"]} for number in range(4)]
    size = 384 * 4 + 32
    monkeypatch.setattr(readings, "MOST_BYTES", 2 * size)
    for age, pack in enumerate(packs[:2]):
        read(tmp_path, pack)
        newest = max(kept(tmp_path), key=lambda path: path.stat().st_mtime)
        os.utime(newest, (1000.0 + age, 1000.0 + age))
    assert read(tmp_path, packs[0])[1].asked == []  # used: now the younger one is the older one
    left_over = tmp_path / "crashed.part"
    left_over.write_bytes(b"half")
    os.utime(left_over, (1000.0, 1000.0))
    read(tmp_path, packs[2])
    assert len(kept(tmp_path)) == 2
    assert read(tmp_path, packs[0])[1].asked == []
    assert read(tmp_path, packs[1])[1].asked == ["number 1 ?"]


def test_many_at_once_never_see_half_a_reading(tmp_path: Path) -> None:
    wrong: list[object] = []
    expected = read(tmp_path)[0].score("A shelf.")

    def keep_reading() -> None:
        try:
            for _ in range(20):
                for path in kept(tmp_path):
                    path.unlink(missing_ok=True)
                if read(tmp_path)[0].score("A shelf.") != expected:
                    wrong.append("another score")
        except Exception as fault:
            wrong.append(fault)

    threads = [threading.Thread(target=keep_reading) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.real
def test_the_real_encoder_reads_a_pack_bit_by_bit_alike(tmp_path: Path) -> None:
    from dialogue.content.encoder import Encoder

    encoder = Encoder()
    text = "I'm sorry. A new shelf is on its way to you."
    plain = Scorer(WORDINGS, encoder=encoder).score(text)
    for _ in range(2):
        reading = KeptReading(WORDINGS, encoder, tmp_path)
        scorer = Scorer(WORDINGS, encoder=reading)
        reading.keep()
        assert scorer.score(text) == plain
