"""Search and speculative decoding over toy models whose best text is known."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.audio import Floats
from voice.recognition.search import Memory, Rules, Text, search
from voice.recognition.speculative import follow

START, A, B, C, *WORDS, END, MARK = range(40)
RULES = Rules(prompt=(START,), end=END, no_speech=MARK, never=np.array([], np.int64), not_first=np.array([END]))
Table = dict[tuple[int, ...], dict[int, float]]


def run(
    table: Table,
    *,
    beam: int = 1,
    longest: int = 10,
    rules: Rules = RULES,
    guess: Sequence[int] | None = None,
    passes: list[int] | None = None,
) -> Text:
    """Search a model that is a table: text so far -> probabilities of the next token (the rest is improbable).

    With a `guess`, follow it. How often the model was asked is added to `passes`.
    """

    def step(tokens: np.ndarray, memory: Memory) -> tuple[Floats, Memory]:
        memory = grown(memory, tokens)
        out = np.full((len(tokens), tokens.shape[1], 40), 1e-9, np.float32)
        for n, text in enumerate(memory.values[0, :, 0, :, 0].astype(int).tolist()):
            for back in range(tokens.shape[1]):
                so_far = tuple(text[1 : len(text) - back])
                for token, probability in table.get(so_far, {END: 1.0}).items():
                    out[n, -1 - back, token] = probability
        return np.log(out), memory

    nothing = Memory(np.zeros((1, 1, 1, 0, 1), np.float32), np.zeros((1, 1, 0, 1), np.float32))
    counted: list[int] = []

    def counting(tokens: np.ndarray, memory: Memory) -> tuple[Floats, Memory]:
        counted.append(tokens.shape[1])
        return step(tokens, memory)

    if guess is not None:
        found = follow(counting, nothing, rules, guess, longest=longest)
    else:
        found = search(counting, nothing, rules, beam=beam, longest=longest)
    assert found.seen[0, :, 0].tolist() == [START, *found.tokens][: found.seen.shape[1]]
    assert len(found.log_probabilities) == len(found.tokens)
    if passes is not None:
        passes.append(len(counted))
    return found


def grown(memory: Memory, tokens: np.ndarray) -> Memory:
    """The memory is the tokens themselves."""
    new = tokens.astype(np.float32)
    return Memory(
        np.concatenate([memory.values, new[None, :, None, :, None]], axis=3),
        np.concatenate([memory.seen, new[:, None, :, None]], axis=2),
    )


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


SENTENCE = tuple(WORDS[:30])
SAYING: Table = {SENTENCE[:n]: {token: 0.8, START: 0.1} for n, token in enumerate(SENTENCE)}


@settings(deadline=None)
@given(guess=st.lists(st.sampled_from((*WORDS, END)), max_size=40), longest=st.integers(1, 40))
def test_any_guess_leads_to_the_text_that_is_found_without(guess: list[int], longest: int) -> None:
    found, wanted = run(SAYING, guess=guess, longest=longest), run(SAYING, longest=longest)
    assert found.tokens == wanted.tokens == SENTENCE[:longest]
    assert found.log_probabilities == pytest.approx(wanted.log_probabilities)
    if longest > len(SENTENCE):
        assert found.mean_log_probability == pytest.approx(wanted.mean_log_probability)


def test_the_more_of_a_guess_is_right_the_fewer_passes_are_needed() -> None:
    passes: list[int] = []
    wrong_word = (*SENTENCE[:7], A, *SENTENCE[8:])
    for guess in (SENTENCE, wrong_word, SENTENCE[:4] + SENTENCE[6:], SENTENCE[:15], ()):
        run(SAYING, guess=guess, longest=40, passes=passes)
    assert passes == sorted(passes)
    assert passes[:3] == [2, 5, 7]
    assert passes[-1] == len(SENTENCE) + 1


def test_a_text_that_repeats_itself_is_its_own_guess() -> None:
    loop = SENTENCE[:6] * 6
    saying: Table = {loop[:n]: {token: 0.8, START: 0.1} for n, token in enumerate(loop)}
    passes: list[int] = []
    found = run(saying, guess=SENTENCE[:2], longest=36, passes=passes)
    assert found.tokens == run(saying, longest=36).tokens == loop
    assert passes[0] < len(loop) / 2
