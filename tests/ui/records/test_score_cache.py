"""Scorers that remember: a pack's wordings are read once on a machine, and nothing that is said in a call is kept."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dialogue.content.encoder import Encoder, Scorer
from ui.records.score_cache import CachedScorer, scorer_of_call

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
    """A classifier of one label and of tact, for scores without the real model."""

    labels = ["apology", "tact"]  # noqa: RUF012

    def probabilities(self, turn: object, embedding: object) -> Any:
        return np.array([0.5, 0.5], dtype=np.float32)


def read(folder: Path, wordings: dict[str, list[str]] = WORDINGS) -> tuple[Scorer, Counting]:
    encoder = Counting()
    return scorer_of_call(wordings, encoder, folder, Unlabelled()), encoder


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


def test_of_a_changed_pack_only_what_changed_is_read(tmp_path: Path) -> None:
    read(tmp_path)
    _, encoder = read(tmp_path, {**WORDINGS, "booklet": ["Where is the booklet?"]})
    assert encoder.asked == ["where is the booklet ?"]
    assert read(tmp_path)[1].asked == []
    one_fewer = {"shelf": WORDINGS["shelf"][:1]}
    assert len(read(tmp_path, one_fewer)[1].asked) == 1  # another batch has other last decimals


def test_another_model_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(tmp_path)
    monkeypatch.setattr("ui.records.score_cache.model_name", lambda: "another:1+judgement:2")
    assert read(tmp_path)[1].asked
    monkeypatch.setattr("ui.records.score_cache.model_name", lambda: "another:1+judgement:3")
    assert read(tmp_path)[1].asked == []  # the classifier has no part in it
    monkeypatch.setattr("ui.records.score_cache.version", lambda package: "99.0")
    assert read(tmp_path)[1].asked
    assert len(kept(tmp_path)) == 1


def test_nothing_that_is_said_is_kept(tmp_path: Path) -> None:
    scorer, encoder = read(tmp_path)
    before = {path: path.read_bytes() for path in kept(tmp_path)}
    scorer.score("My zebra and I are listening.")
    assert {path: path.read_bytes() for path in kept(tmp_path)} == before
    scorer.score("My zebra and I are listening.")
    assert len(encoder.asked) == 5
    scorer, encoder = read(tmp_path)
    scorer.score("Which booklet do you have?")  # as the pack has it: not even that is answered from memory
    assert encoder.asked == ["which booklet do you have ?"]


def test_where_nothing_can_be_kept_it_is_done_without(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    for _ in range(2):
        scorer, encoder = read(nowhere)
        assert len(encoder.asked) == 3
        assert scorer.score("A shelf.").clauses


def test_an_encoder_that_fails_is_heard_and_what_it_read_is_kept(tmp_path: Path) -> None:
    class Failing(Counting):
        def embed(self, sentences: Sequence[str]) -> Any:
            if len(sentences) == 1:
                raise ValueError("no")
            return super().embed(sentences)

    with pytest.raises(ValueError, match="no"):
        scorer_of_call(WORDINGS, Failing(), tmp_path, Unlabelled())
    assert read(tmp_path)[1].asked == ["which booklet do you have ?"]


@pytest.mark.real
def test_the_real_encoder_reads_a_pack_bit_by_bit_alike(tmp_path: Path) -> None:
    encoder = Encoder()
    wordings = {**WORDINGS, "board": [f"You get board {number} of this bookcase, I think." for number in range(6)]}
    text = "I'm sorry. A new shelf is on its way to you."
    plain = Scorer(wordings, encoder=encoder)
    rehearsed = CachedScorer(wordings, tmp_path)  # its sentences, read one by one, stand beside
    rehearsed.score(text)
    rehearsed.save()
    for _ in range(2):
        scorer = scorer_of_call(wordings, encoder, tmp_path)
        assert scorer.score(text) == plain.score(text)
        assert scorer._meanings._wordings.tobytes() == plain._meanings._wordings.tobytes()


@pytest.mark.real
def test_a_sentence_is_read_once_and_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = {"shelf": ["I'll send you a new shelf.", "A shelf goes out today.", "You get another board."]}
    text = "I'm sorry about that. I'm going to send you a new shelf."
    first = CachedScorer(wordings, tmp_path)
    scores = first.score(text)
    first.save()
    real = Scorer(wordings).score(text)
    assert scores.model == real.model
    for mine, theirs in zip(scores.clauses, real.clauses, strict=True):
        assert mine.facts["shelf"] == pytest.approx(theirs.facts["shelf"], abs=0.03)  # int8: batches move decimals
        assert mine.labels.get("apology", 0) == pytest.approx(theirs.labels.get("apology", 0), abs=0.1)
    monkeypatch.setattr("ui.records.score_cache.Encoder", None)
    monkeypatch.setattr("ui.records.score_cache.Classifier", None)
    assert CachedScorer(wordings, tmp_path).score(text) == scores
    monkeypatch.setattr("ui.records.score_cache.features_version", lambda: "other cues")
    with pytest.raises(TypeError, match="not callable"):  # what the classifier weighs has changed: it is asked again
        CachedScorer(wordings, tmp_path).score(text)
