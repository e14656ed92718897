"""What the fit of the judgement goes by: what a row is believed for, what counts alike, where thresholds lie."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from dialogue.content.labels import CORE
from models.judgement import replies
from models.judgement.matrices import LEAST_WORD_ROWS, Features, Vocabulary
from models.judgement.regression import (
    HIGHEST_THRESHOLD,
    best_threshold,
    f_beta,
    precision_recall,
)
from models.judgement.rows import FOLDS, Row, read_rows, trusted, unpunctuated


def row(text: str, *labels: str, file: str = "01_a.jsonl", group: str = "") -> Row:
    return Row(text, frozenset(labels), group or text, file)


def test_what_belongs_together_is_never_split_over_folds(tmp_path: Path) -> None:
    lines = [
        {"text": "I am sorry.", "labels": ["apology"], "tags": ["pair:7"]},
        {"text": "I am not sorry.", "labels": [], "tags": ["negation", "pair:7"]},
        {"text": "Send it today, please!", "labels": [], "tags": []},
        {"text": "SEND it to day, please!", "labels": [], "tags": []},
        *({"text": f"Sentence of the number {chr(97 + n)}{n}.", "labels": [], "tags": []} for n in range(40)),
    ]
    for name in ("02_b.jsonl", "17_c.jsonl", "36_d.jsonl"):
        (tmp_path / name).write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    rows = read_rows(tmp_path)
    assert [one.author for one in rows] == [0] * 44 + [1] * 44 + [2] * 44
    assert rows[0].group == rows[1].group
    assert rows[0].group != rows[44].group  # another file's pair
    assert rows[2].group == rows[3].group == rows[46].group  # the same words
    assert {one.fold for one in rows} == set(range(FOLDS))
    assert all(one.fold == other.fold for one in rows for other in rows if one.group == other.group)


def test_a_label_that_a_file_never_uses_is_doubted_only_where_a_cue_of_it_stands() -> None:
    core, beyond = min(CORE), "park_topic"
    assert beyond not in CORE
    rows = [row("one"), row("two"), row("three", beyond, file="02_b.jsonl"), row("four", file="02_b.jsonl")]
    cues = [frozenset({beyond, core}), frozenset[str](), frozenset[str](), frozenset({beyond})]
    assert trusted(rows, cues, [core, beyond]).tolist() == [[1, 0], [1, 1], [1, 1], [1, 1]]


@pytest.mark.parametrize(
    ("written", "heard"),
    [("I'm sorry, Ms Lang - really!", "i'm sorry ms lang - really"), ("Well… (no)", "well no"), ("", "")],
)
def test_a_recogniser_writes_no_marks(written: str, heard: str) -> None:
    assert unpunctuated(written) == heard


def test_longer_and_shorter_better_replies_weigh_the_same_in_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pairs").mkdir()
    for name, longer in (("1.jsonl", 1), ("2.jsonl", 3)):
        better = ["much longer than that"] * longer + ["short"] * (4 - longer)
        written = [json.dumps({"better": one, "worse": "not so short"}) for one in better]
        (tmp_path / "pairs" / name).write_text("\n".join(written) + "\n", encoding="utf-8")
    monkeypatch.setattr(replies, "FOLDER", tmp_path)
    weights = Counter[bool]()
    for pair in replies.read_pairs():
        weights[len(pair.better) > len(pair.worse)] += pair.weight  # type: ignore[assignment]
    assert weights[True] == pytest.approx(weights[False]) == pytest.approx(4.0)


def test_what_is_found_is_measured_by_how_much_of_it_is_right_and_how_much_is_found() -> None:
    wanted, given = np.array([1, 1, 1, 0, 0], bool), np.array([1, 0, 0, 1, 0], bool)
    assert precision_recall(wanted, given) == (0.5, pytest.approx(1 / 3))
    assert f_beta(wanted, given, 1.0) == pytest.approx(0.4)  # harmonic mean
    assert f_beta(wanted, given, 0.7) > f_beta(wanted, given, 1.0)  # precision is the better of the two
    nothing = np.zeros(5, bool)
    assert precision_recall(wanted, nothing) == (0.0, 0.0)
    assert f_beta(nothing, nothing, 1.0) == 0.0


def test_a_threshold_lies_where_it_tells_best_and_within_its_bounds() -> None:
    wanted = np.arange(100) >= 60

    def threshold(low: float, high: float, lowest: float = 0.0) -> float:
        return best_threshold(wanted, np.where(wanted, high, low), 0.7, lowest)

    assert 0.1 < threshold(0.1, 0.4) <= 0.4
    assert threshold(0.01, 0.15, lowest=0.2) == 0.2
    assert threshold(0.6, 0.9) == HIGHEST_THRESHOLD


def test_a_group_of_letters_counts_from_a_few_rows_on_and_rare_ones_weigh_more() -> None:
    words = [
        Counter({"sorry": 1, "the": 1}),
        Counter({"sorry": 2, "the": 1}),
        Counter({"sorry": 1}),
        Counter({"the": 1}),
    ]
    features = Features(words, [Counter()] * 4, [frozenset({"apology"}), *[frozenset[str]()] * 3], np.ones((4, 384)))
    few = Features([*words, *[Counter({"the": 1})] * 4], [Counter()] * 8, [frozenset[str]()] * 8, np.ones((8, 384)))
    vocabulary = Vocabulary.of(few)
    assert list(vocabulary.words) == ["sorry", "the"]
    assert sum("sorry" in one for one in words) == LEAST_WORD_ROWS
    assert vocabulary.words_idf[0] > vocabulary.words_idf[1]
    both = features.take([0, 2]) + features.take([3])
    assert [sorted(one) for one in both.words] == [["sorry", "the"], ["sorry"], ["the"]]
    assert both.embeddings.shape == (3, 384)
