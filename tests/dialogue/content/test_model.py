"""The real text model, and `coolhead judge` around it."""

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.content import CORE, Context, judge
from dialogue.content.classifier import Classifier
from dialogue.content.clauses import split
from dialogue.content.encoder import Scorer, models_folder
from dialogue.content.rules import ALL
from tests.dialogue.scorers import scorer_for
from ui.commands import judge as command

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_for({"cross_brace": ("did you fit the cross brace", "what about step six"), "nothing": ()})


def test_the_classifier_knows_the_cues_and_labels_of_this_code() -> None:
    """Otherwise `python -m models.judgement.train` was forgotten."""
    classifier = Classifier(models_folder() / "judgement")
    assert {rule.name for rule in ALL} <= set(classifier.cue_names)
    assert set(CORE) - set(classifier.labels) == {"name_use"}


def test_sentences_are_scored_where_there_are_several(scorer: Scorer) -> None:
    text = "We got this wrong, and I'm sorry. The parcel weighs two kilos, and it is blue."
    (wrong,) = scorer.score(text).sentences
    assert text[wrong.start : wrong.end] == "We got this wrong, and I'm sorry."
    assert wrong.labels["apology"] > 0.9
    assert not scorer.score("We got this wrong, and I'm sorry.").sentences


def test_scores_are_world_input(scorer: Scorer) -> None:
    text = "I'm so sorry about that. Did you fit the cross-brace in step six?"
    scores = scorer.score(text)
    assert scores == scorer.score(text)
    assert scores.model.startswith("minilm-int8:")
    whole, *clauses = scores.clauses
    assert (whole.start, whole.end) == (0, len(text))
    assert [(c.start, c.end) for c in clauses] == split(text)
    assert all(value == round(value, 3) for c in scores.clauses for value in (*c.labels.values(), *c.facts.values()))
    assert clauses[1].facts["cross_brace"] > 0.6 > clauses[0].facts["cross_brace"]
    assert "nothing" not in whole.facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We got this wrong, and I'm sorry.", {"apology", "ownership"}),
        ("what were the lights doing when the line dropped", {"clarify"}),
        ("it was you who left it in the rain", {"blaming"}),
        ("nothing i can do about that", {"dont_know"}),
        ("The parcel weighs two kilos.", set()),
        ("I won't tell you to calm down.", set()),
        ("Did you set the clock?", {"clarify"}),
        # what one sentence says is not drowned by the next
        ("Good evening, thank you for ringing. You should have kept the receipt.", {"blaming"}),
        ("That sounds exhausting. Calm down now, please. Which branch was it?", {"empathy", "calm_down", "clarify"}),
        # but a gap in knowledge stays what the whole turn makes of it
        ("I don't know. Let me ask the depot and ring you back at four.", {"ownership", "plan_time"}),
    ],
)
def test_judges_with_the_model(scorer: Scorer, text: str, expected: set[str]) -> None:
    found = {behaviour.id for behaviour in judge(text, scorer.score(text), Context())}
    assert found & set(CORE) == expected


_CLASSES = {  # what is said: what must be found in it, and what must not
    "one's own conduct excused": (
        "",
        "ownership empathy apology",
        (
            "I only check because I care about the quality of what goes out.",
            "I look over your work because that's what a lead does.",
            "I was simply trying to be helpful.",
        ),
    ),
    "still there": (
        "",
        "empathy clarify apology ownership arguing rude rush",
        (
            "Are you still there? I'm just looking something up.",
            "Still with me? I'm opening your file.",
            "hello can you hear me im just reading through the notes",
        ),
    ),
    "a limit calmly set": (
        "boundary",
        "calm_down rude arguing blaming",
        (
            "Please don't talk to me like that.",
            "please dont talk to me like that sir",
            "I'm asking you not to speak to me that way.",
        ),
    ),
    "condolence": (
        "empathy",
        "apology",
        (
            "I was sorry to hear that your father passed away.",
            "I am sorry you've lost your wife.",
            "I'm sorry to learn of your husband's death.",
        ),
    ),
    "harm denied": (
        "",
        "calm_down blaming arguing rude rush policy empty_promise dont_know",
        (
            "I'd never ask you to simmer down over something like this.",
            "I can't swear it will never break again, and I won't.",
            "No one is saying you made this up.",
            "I don't want to hurry you at all.",
        ),
    ),
}


@pytest.mark.parametrize(
    ("wanted", "unwanted", "text"),
    [(wanted, unwanted, text) for wanted, unwanted, texts in _CLASSES.values() for text in texts],
)
def test_what_was_once_misjudged_as_a_class(scorer: Scorer, wanted: str, unwanted: str, text: str) -> None:
    found = {behaviour.id for behaviour in judge(text, scorer.score(text), Context())}
    assert (set(wanted.split()) - found, found & set(unwanted.split())) == (set(), set())


@given(text=st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_scored(scorer: Scorer, text: str) -> None:
    for behaviour in judge(text, scorer.score(text), Context()):
        assert behaviour.evidence in text


@pytest.mark.parametrize("text", ["", "word " * 10_000, "x" * 300_000, "🤬" * 100, "\x00", "long " * 61 + "sorry"])
def test_armour(scorer: Scorer, text: str) -> None:
    scores = scorer.score(text)
    assert all(0 <= clause.start < clause.end <= len(text) for clause in scores.clauses)
    judge(text, scores, Context())


def test_case_and_punctuation_do_not_matter(scorer: Scorer) -> None:
    typed = scorer.score("I'm sorry, Ms Rivera, we lost your parcel.").clauses[0]
    recognised = scorer.score("im sorry ms rivera we lost your parcel").clauses[0]
    assert typed.labels == recognised.labels


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: bytes, **options: Any) -> Any:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    code = command.run(**{"json_lines": True, "customer_name": None} | options)
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_judge_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        b"I'm so sorry, Ms Rivera.",
        b'{"text": "Sorry, Mister Chan.", "name": "Mr Chen", "heard": "It broke."}',
        b'{"text": ',
        b'{"texts": "no"}',
        b"",
        b"\xff\xfe not UTF-8",
        b"[1, 2]",
    ]
    code, shown, errors = run(monkeypatch, capsys, b"\n".join(lines) + b"\n", customer_name="Elena Rivera")
    assert len(shown) == len(lines)
    assert {b["id"] for b in shown[0]["behaviours"]} >= {"apology", "name_use"}
    assert "name_use" in {b["id"] for b in shown[1]["behaviours"]}
    assert set(shown[0]["behaviours"][0]) == {"id", "confidence", "evidence"}
    assert [line["behaviours"] for line in shown[2:4]] == [[], []]
    assert all(line["error"] for line in shown[2:4])
    assert shown[4] == {"text": "", "behaviours": []}
    assert shown[6]["text"] == "[1, 2]"
    assert [line.split(":")[1] for line in errors.splitlines()] == [" line 3", " line 4"]
    assert code == 1


def test_judge_command_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Calm down!\nThe sky is blue.\n")))
    assert command.run(json_lines=False, customer_name=None) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "-calm_down" in first
    assert second.endswith(": nothing")


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Let me ring you myself at six, and tell you how it went.", False),
        ("I can get the person in charge on the line for you, if you'd prefer that.", True),
    ],
)
def test_who_is_put_through_is_gone_so_an_offer_of_it_must_be_one(text: str, offers: bool, scorer: Scorer) -> None:
    assert ("manager_offer" in {one.id for one in judge(text, scorer.score(text), Context())}) == offers
