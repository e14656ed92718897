"""Beam search over toy models whose best text is known."""

import numpy as np
import pytest

from voice.recognition.search import Floats, Rules, Text, search

START, A, B, C, END, MARK = range(6)
RULES = Rules(prompt=(START,), end=END, no_speech=MARK, never=np.array([], np.int64), not_first=np.array([END]))
Table = dict[tuple[int, ...], dict[int, float]]


def run(table: Table, *, beam: int, longest: int = 10, rules: Rules = RULES) -> Text:
    """Search a model that is a table: text so far -> probabilities of the next token (the rest is improbable)."""

    def step(tokens: np.ndarray, memory: Floats) -> tuple[Floats, Floats]:
        # the memory is the tokens themselves: shape (1, texts, length)
        memory = np.concatenate([memory, tokens[None].astype(np.float32)], axis=2)
        out = np.full((len(tokens), tokens.shape[1], 6), 1e-9, np.float32)
        for n, text in enumerate(memory[0].astype(int).tolist()):
            for token, probability in table.get(tuple(text[1:]), {END: 1.0}).items():
                out[n, -1, token] = probability
        return np.log(out), memory

    return search(step, np.zeros((1, 1, 0), np.float32), rules, beam=beam, longest=longest)


GARDEN_PATH: Table = {
    (): {A: 0.6, B: 0.4},
    (A,): {C: 0.4, A: 0.3, B: 0.3},
    (B,): {C: 1.0},
    (A, C): {END: 1.0},
    (B, C): {END: 1.0},
}
"""The likelier first word leads to the less likely text: .24 against .4."""


def test_one_text_follows_the_likeliest_word_and_two_find_the_likelier_text() -> None:
    assert run(GARDEN_PATH, beam=1).tokens == (A, C)
    found = run(GARDEN_PATH, beam=2)
    assert found.tokens == (B, C)
    assert found.mean_log_probability == pytest.approx(np.log(0.4) / 3, abs=1e-4)


def test_an_end_that_would_have_been_dropped_does_not_end_the_search() -> None:
    table: Table = {
        (): {A: 0.9, B: 0.1},
        (A,): {B: 0.5, C: 0.45, END: 0.05},
        (A, B): {C: 0.9, A: 0.05, END: 0.05},
        (A, C): {C: 0.9, A: 0.05, END: 0.05},
    }
    assert len(run(table, beam=2).tokens) == 3


def test_what_may_not_be_said_is_not_said() -> None:
    rules = Rules((START,), END, MARK, never=np.array([C]), not_first=np.array([A, END]))
    found = run({(): {A: 0.9, B: 0.1}, (B,): {C: 0.8, MARK: 0.15, A: 0.05}}, beam=1, rules=rules)
    assert found.tokens[:2] == (B, A)


def test_a_text_that_never_ends_is_cut() -> None:
    assert run({(A,) * n: {A: 1.0} for n in range(50)}, beam=1, longest=7).tokens == (A,) * 7


def test_the_probability_of_no_speech_is_read_at_the_prompt() -> None:
    found = run({(): {MARK: 0.7, A: 0.3}}, beam=1)
    assert found.no_speech == pytest.approx(0.7, abs=1e-4)
    assert found.tokens == (A,)
