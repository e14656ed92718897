"""The labelled sentences are well-formed, varied, true to their own rules, and unlike the held-out lines."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from dialogue.content.labels import BY_ID, CORE

ROOT = Path(__file__).parents[2]
CARD = ROOT / "models/judgement/CARD.md"
HELDOUT = Path(__file__).parent / "heldout"
TAGS = {
    "negation", "negated", "quoted", "sarcasm", "recognition", "non_apology_form", "neutral_fact",
    "policy_with_alternative", "identity_check", "vague_time",
}  # fmt: skip
HONORIFICS = {"mr", "mrs", "ms", "miss", "dr"}
Line = dict[str, Any]


def read(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def lines_in(folder: str) -> list[Line]:
    return [line for path in sorted((ROOT / "models/judgement" / folder).glob("*.jsonl")) for line in read(path)]


TRAINING, CONTRASTS = lines_in("sentences"), lines_in("contrasts")
UNSEEN = read(HELDOUT / "heldout.jsonl")
REPLIES = read(HELDOUT / "pairs.jsonl")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("'", "").replace("’", ""))


def alike(texts: list[str], others: list[str], above: float) -> Iterator[tuple[int, int]]:
    """Numbers of a text and another whose sets of words have a Jaccard similarity over `above`.

    Such sets share one of the rarest few words of each: only those are compared (prefix filtering, Chaudhuri, Ganti and
    Kaushik 2006).
    """
    bags, their_bags = ([frozenset(words(text)) for text in each] for each in (texts, others))
    count = Counter(word for bag in (*bags, *their_bags) for word in bag)

    def rarest(bag: frozenset[str]) -> list[str]:
        return sorted(bag, key=lambda word: (count[word], word))[: len(bag) - ceil(above * len(bag)) + 1]

    having = defaultdict[str, list[int]](list)
    for number, bag in enumerate(their_bags):
        for word in rarest(bag):
            having[word].append(number)
    for number, bag in enumerate(bags):
        for other in {other for word in rarest(bag) for other in having[word]}:
            if len(bag & their_bags[other]) > above * len(bag | their_bags[other]):
                yield number, other


def pair_of(line: Line) -> str:
    return next((tag for tag in line["tags"] if tag.startswith("pair:")), "")


def complaints(line: Line) -> Iterator[str]:
    """What is wrong with one line by the card's rules of labelling."""
    labels = set(line["labels"])
    if set(line) - {"heard"} != {"text", "labels", "name", "tags"}:
        yield "fields"
    if labels - set(BY_ID) or len(labels) != len(line["labels"]):
        yield "unknown or repeated label"
    if {tag for tag in line["tags"] if not re.fullmatch(r"pair:\d+", tag)} - TAGS:
        yield "unknown tag"
    if not 1 <= len(words(line["text"])) <= 80 or line["text"] != line["text"].strip():
        yield "length"
    parts = [part for part in words(line["name"]) if part not in HONORIFICS]
    if "name_use" in labels and not set(parts) & set(words(line["text"])):
        yield "name_use without the name"
    if "wrong_name" in labels and (not parts or "name_use" in labels):
        yield "wrong_name needs another, right name"
    if "paraphrase" in labels and not line.get("heard"):
        yield "paraphrase of nothing heard"
    if "find_out" in labels and "ownership" not in labels:
        yield "finding out is taking charge"
    if "feedback_thanks" in labels and "thanks" not in labels:
        yield "thanks for feedback is thanks"
    if {"apology", "non_apology"} <= labels:
        yield "an apology is sincere or it is none"
    if "find_out" in labels and "dont_know" in labels:
        yield "a next step is no dead end"


@pytest.mark.parametrize("lines", [TRAINING, CONTRASTS, UNSEEN], ids=["training", "contrasts", "unseen"])
def test_every_line_keeps_the_rules_of_labelling(lines: list[Line]) -> None:
    found = [(line["text"], complaint) for line in lines for complaint in complaints(line)]
    assert found == []


def test_the_rules_can_fail() -> None:
    bad = {"text": "Yes.", "labels": ["name_use", "find_out", "nonsense"], "name": "Ann", "tags": ["odd"]}
    assert len(list(complaints(bad))) == 4


def test_there_are_enough_positives_of_each_behaviour_and_enough_lines_without_any() -> None:
    counts = Counter(label for line in TRAINING for label in line["labels"])
    assert {label for label in BY_ID if counts[label] < (60 if label in CORE else 20)} == set()
    assert sum(not line["labels"] for line in TRAINING) >= 300
    unseen = Counter(label for line in UNSEEN for label in line["labels"])
    assert {label for label in CORE if unseen[label] < 12} == set()
    assert sum(not line["labels"] for line in UNSEEN) >= 60
    assert sum("negated" in line["tags"] for line in UNSEEN) >= 40


def test_lengths_and_styles_vary() -> None:
    lengths = sorted(len(words(line["text"])) for line in TRAINING)
    assert lengths[len(lengths) // 10] <= 5
    assert lengths[-len(lengths) // 10] >= 16
    assert sum(length >= 25 for length in lengths) >= 80
    assert sum("recognition" in line["tags"] for line in TRAINING) >= len(TRAINING) / 10
    assert sum("negation" in line["tags"] for line in TRAINING) >= len(TRAINING) / 5


def test_minimal_pairs_are_two_lines_whose_labels_differ() -> None:
    pairs: dict[str, list[Line]] = {}
    for line in TRAINING:
        if tag := pair_of(line):
            pairs.setdefault(tag, []).append(line)
    assert len(pairs) >= 150
    assert [tag for tag, two in pairs.items() if len(two) != 2 or two[0]["labels"] == two[1]["labels"]] == []


def test_no_line_is_another_over_again() -> None:
    texts = [line["text"] for line in TRAINING]
    found = [
        (texts[i], texts[j])
        for i, j in alike(texts, texts, 0.8)
        if i < j and (not pair_of(TRAINING[i]) or pair_of(TRAINING[i]) != pair_of(TRAINING[j]))
    ]
    assert found == []


def test_the_unseen_lines_and_replies_resemble_no_line_trained_on() -> None:
    unseen = [line["text"] for line in UNSEEN] + [reply[side] for reply in REPLIES for side in ("better", "worse")]
    trained = [line["text"] for line in TRAINING]
    assert [(unseen[i], trained[j]) for i, j in alike(unseen, trained, 0.65)] == []


def test_two_texts_are_alike_by_their_words_and_not_by_their_order() -> None:
    texts = ["I will send it to you", "You it to send, will I!", "I will send it", "I will send that to him", "Fine."]
    assert set(alike(texts[:1], texts[1:], 0.65)) == {(0, 0), (0, 1)}
    assert set(alike(texts[:1], texts[1:], 0.7)) == {(0, 0)}


def test_the_pairs_of_replies_are_two_answers_to_one_line() -> None:
    assert REPLIES
    for reply in REPLIES:
        assert set(reply) == {"heard", "better", "worse", "why"}
        assert all(reply.values())
        assert reply["better"] != reply["worse"]
    assert len({reply["heard"] for reply in REPLIES}) == len(REPLIES)


def test_the_card_tells_the_counts_as_they_are() -> None:
    card = CARD.read_text(encoding="utf-8")
    told = {label: (int(a), int(b)) for label, a, b in re.findall(r"^\| `(\w+)` \|.*\| (\d+) \| (\d+) \|$", card, re.M)}
    training, unseen = (Counter(label for line in lines for label in line["labels"]) for lines in (TRAINING, UNSEEN))
    assert told == {label: (training[label], unseen[label]) for label in BY_ID}
