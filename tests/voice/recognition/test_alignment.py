"""Times of tokens from attention whose path is known."""

import numpy as np
import pytest

from voice.recognition.alignment import FRAME_SECONDS, _first_frames, token_starts


def test_tokens_begin_where_the_attention_moves_on() -> None:
    wanted = [0, 12, 30, 31, 60]
    rng = np.random.default_rng(0)
    seen = rng.uniform(0.0, 0.01, (4, len(wanted), 150)).astype(np.float32)
    for token, (begin, end) in enumerate(zip(wanted, [*wanted[1:], 80], strict=True)):
        seen[:, token, begin:end] += 1.0
    seen[:, -1, 80:] += 5.0  # padding behind the sound draws attention and does not count
    starts = token_starts(seen / seen.sum(axis=2, keepdims=True), 80 * FRAME_SECONDS)
    assert starts == pytest.approx(np.array(wanted) * FRAME_SECONDS, abs=2.5 * FRAME_SECONDS)
    assert starts[0] == 0.0
    assert (np.diff(starts) >= 0.0).all()


def test_the_cheapest_path_is_found() -> None:
    """Against every path there is."""
    rng = np.random.default_rng(1)
    for tokens, frames in ((1, 1), (1, 5), (3, 3), (4, 6), (3, 2)):
        cost = rng.normal(size=(tokens, frames)).astype(np.float32)
        assert _first_frames(cost).tolist() == _brute(cost)


def _brute(cost: np.ndarray) -> list[int]:
    tokens, frames = cost.shape
    best: tuple[float, list[int]] = (np.inf, [])
    todo = [(0, 0, float(cost[0, 0]), [0])]
    while todo:
        row, column, total, starts = todo.pop()
        if (row, column) == (tokens - 1, frames - 1):
            best = min(best, (total, starts))
        for down, right in ((0, 1), (1, 0), (1, 1)):
            if (r := row + down) < tokens and (c := column + right) < frames:
                todo.append((r, c, total + float(cost[r, c]), [*starts, c] if down else starts))
    return best[1]


@pytest.mark.parametrize("frames", [1, 2, 7])
def test_hardly_any_sound_is_no_trouble(frames: int) -> None:
    assert len(token_starts(np.full((2, 3, frames), 1.0 / frames, np.float32), 0.01)) == 3
