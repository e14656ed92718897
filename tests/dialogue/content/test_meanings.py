"""Nearness of a clause to meanings, on vectors made by hand."""

import numpy as np

from dialogue.content.meanings import Meanings


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_what_all_meanings_share_tells_them_apart_no_more() -> None:
    """Both meanings' wordings point mostly along the first axis; only the other axes are their own."""
    shelf = np.stack([unit(3, 1, 0, 0.1 * i) for i in range(10)])
    date = np.stack([unit(3, 0, 1, 0.1 * i) for i in range(10)])
    clause = unit(3, 0.6, 0.2, 0)
    near = Meanings({"shelf": shelf, "date": date}).near(clause)
    assert near["shelf"] - near["date"] > 2 * float(shelf[0] @ clause - date[0] @ clause) > 0


def test_its_own_wording_is_near_and_what_is_foreign_is_not() -> None:
    meanings = Meanings({"a": np.stack([unit(1, 0, 0)]), "b": np.stack([unit(0, 1, 0)])})
    assert meanings.near(unit(1, 0, 0))["a"] > 0.7
    assert max(meanings.near(unit(0, 0, 1)).values()) < 0.05


def test_without_wordings_nothing_is_near() -> None:
    assert Meanings({}).near(unit(1, 0)) == {}
