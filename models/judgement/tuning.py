"""The encoder's six layers, tuned to behaviours and to tact at once: beside what a turn is about, how it is meant.

Trained with PyTorch on the token vectors that the shipped encoder gives before its first layer, from its own weights,
the lower layers more slowly than the higher; written as an ONNX graph (`models.judgement.graph`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.judgement.graph import DIMENSIONS, EPSILON, HEADS, shipped_layer

LAYERS = tuple(range(6))
EPOCHS = 4
BATCH = 32
RATE, HEAD_RATE = 1.5e-4, 3e-3
"""Highest learning rates, of the last layer and of the regressions on top."""
RATE_BELOW = 0.85
"""Of a layer's rate is that of the one below it."""
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
POSITIVE_WEIGHT = 1.5
BARE_SHARE = 0.4
"""How often a turn is read as a recogniser without punctuation would write it."""
HEAD_SCALE = 2.0
WARM_UP = 0.1
PAIRS_A_BATCH = 6
PLAIN_WEIGHT = 0.02
"""Of the squared tact of plain talk, beside the loss of one pair."""
SEED = 0

Array = Any
States = Mapping[str, Array]
"""What the encoder reads -> its token vectors before the first layer, shape (tokens, 384)."""


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of BERT (Devlin et al. 2019), begun with the weights of the shipped encoder."""

    def __init__(self, number: int) -> None:
        super().__init__()
        weights = shipped_layer(number)
        for name in ("query", "key", "value", "attended", "wider", "narrower"):
            matrix, bias = weights[name], weights[f"{name}.bias"]
            linear = nn.Linear(matrix.shape[0], matrix.shape[1])
            linear.weight.data, linear.bias.data = torch.tensor(matrix.T.copy()), torch.tensor(bias.copy())
            setattr(self, name, linear)
        for name in ("attended_norm", "narrower_norm"):
            norm = nn.LayerNorm(DIMENSIONS, eps=EPSILON)
            norm.weight.data = torch.tensor(weights[name].copy())
            norm.bias.data = torch.tensor(weights[f"{name}.bias"].copy())
            setattr(self, name, norm)

    def forward(self, x: Array, mask: Array) -> Array:
        turns, tokens, _ = x.shape

        def heads(linear: Array) -> Array:
            return linear(x).view(turns, tokens, HEADS, DIMENSIONS // HEADS).transpose(1, 2)

        drop = DROPOUT if self.training else 0.0
        seen = functional.scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), attn_mask=mask[:, None, None, :], dropout_p=drop
        )
        joined = self.attended(seen.transpose(1, 2).reshape(turns, tokens, DIMENSIONS))
        x = self.attended_norm(x + functional.dropout(joined, drop))
        return self.narrower_norm(x + functional.dropout(self.narrower(functional.gelu(self.wider(x))), drop))


class Tuned(nn.Module):  # type: ignore[misc]
    """The layers, the mean over tokens, and a logistic regression for each label and, the last, for tact."""

    def __init__(self, shares: Array) -> None:
        """`shares`: of the positives of each label, where the regressions begin."""
        super().__init__()
        shares = np.append(shares, 0.5)
        self.layers = nn.ModuleList(Layer(number) for number in LAYERS)
        self.head = nn.Linear(DIMENSIONS, len(shares))
        nn.init.zeros_(self.head.weight)
        self.head.bias.data = torch.tensor(np.log(shares / (1.0 - shares)), dtype=torch.float32)

    def forward(self, x: Array, mask: Array) -> Array:
        for layer in self.layers:
            x = layer(x, mask)
        means = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(functional.dropout(means, HEAD_DROPOUT if self.training else 0.0) * HEAD_SCALE)

    def regressions(self) -> tuple[Array, Array]:
        """Coefficients (384, labels + 1) on the mean, and intercepts (labels + 1,); the last are tact's."""
        weight = self.head.weight.detach().numpy().T * HEAD_SCALE
        return weight, self.head.bias.detach().numpy()

    def written_layers(self) -> list[dict[str, Array]]:
        """As `models.judgement.graph.write` takes them."""
        found = []
        for layer in self.layers:
            weights = {}
            for name, part in layer.named_children():
                weights[name] = part.weight.detach().numpy().T  # of a norm: a vector, which this leaves as it is
                weights[f"{name}.bias"] = part.bias.detach().numpy()
            found.append(weights)
        return found


@dataclass(frozen=True)
class Turns:
    """What the encoder reads of each, and its labels."""

    written: Sequence[str]
    bare: Sequence[str]
    """As a recogniser without punctuation writes it."""
    wanted: Array
    weights: Array
    """Shape (turns, labels), as `wanted`; a weight of 0 leaves a turn out for a label."""

    def take(self, rows: Sequence[int]) -> "Turns":
        written, bare = ([part[row] for row in rows] for part in (self.written, self.bare))
        return Turns(written, bare, self.wanted[rows], self.weights[rows])

    def __add__(self, other: "Turns") -> "Turns":
        wanted, weights = (np.vstack(both) for both in ((self.wanted, other.wanted), (self.weights, other.weights)))
        return Turns([*self.written, *other.written], [*self.bare, *other.bare], wanted, weights)


@dataclass(frozen=True)
class Replies:
    """The better and the worse of each pair, as the encoder reads them: as written, and bare."""

    better: Sequence[tuple[str, str]]
    worse: Sequence[tuple[str, str]]
    weights: Array
    """Shape (pairs,)."""


def tune(states: States, turns: Turns, replies: Replies | None = None) -> Tuned:
    """Learns the labels of `turns` and, where there are `replies`, which of two is put better, at once."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the order of sums, and so the weights, would depend on the machine
    random = np.random.default_rng(SEED)
    net: Tuned = Tuned((turns.wanted * turns.weights).sum(axis=0) / turns.weights.sum(axis=0)).train()
    rates = [*(RATE * RATE_BELOW**below for below in reversed(range(len(LAYERS)))), HEAD_RATE]
    groups = [{"params": part.parameters(), "lr": r} for part, r in zip((*net.layers, net.head), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    batches = -(-len(turns.written) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=EPOCHS * batches, pct_start=WARM_UP, anneal_strategy="linear"
    )
    lengths = np.array([len(states[text]) for text in turns.written])
    queue: list[int] = []
    for _ in range(EPOCHS):
        order = np.argsort(lengths + random.uniform(0.0, 4.0, len(lengths)))  # like lengths together: less padding
        parts = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        for part in random.permutation(len(parts)):
            at = parts[part]
            read = [(turns.bare if random.random() < BARE_SHARE else turns.written)[turn] for turn in at]
            with torch.autocast("cpu", torch.bfloat16):  # a third faster
                odds = net(*padded([states[text] for text in read])).float()
                loss = _of_labels(odds, turns.wanted[at], turns.weights[at])
                if replies:
                    while len(queue) < PAIRS_A_BATCH:
                        queue.extend(random.permutation(len(replies.better)))
                    picked = [queue.pop() for _ in range(PAIRS_A_BATCH)]
                    form = int(random.random() < BARE_SHARE)
                    texts = [side[pair][form] for side in (replies.better, replies.worse) for pair in picked]
                    put = net(*padded([states[text] for text in texts])).float()[:, -1]
                    loss = loss + _of_plain_talk(odds, turns.wanted[at])
                    loss = loss + len(at) * _of_pairs(put, replies.weights[picked])
            optimizer.zero_grad()
            (loss / len(at)).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    net.eval()
    return net


def _of_labels(odds: Array, wanted: Array, weights: Array) -> Array:
    return functional.binary_cross_entropy_with_logits(
        odds[:, :-1],
        torch.tensor(wanted, dtype=torch.float32),
        weight=torch.tensor(weights, dtype=torch.float32),
        pos_weight=torch.full((wanted.shape[1],), POSITIVE_WEIGHT),
        reduction="sum",
    )


def _of_plain_talk(odds: Array, wanted: Array) -> Array:
    """What shows no behaviour is held at 0."""
    neutral = torch.tensor(wanted.sum(axis=1) == 0.0, dtype=torch.float32)
    return PLAIN_WEIGHT * (neutral * odds[:, -1] ** 2).sum()


def _of_pairs(put: Array, weights: Array) -> Array:
    """The log odds that the better reply is preferred are the difference of the two (Bradley & Terry 1952)."""
    better, worse = put.chunk(2)
    return (functional.softplus(worse - better) * torch.tensor(weights, dtype=torch.float32)).mean()


def logits(net: Tuned, states: Sequence[Array]) -> Array:
    """Of the labels, shape (turns, labels)."""
    found = np.zeros((len(states), net.head.out_features - 1))
    order = sorted(range(len(states)), key=lambda i: len(states[i]))
    with torch.no_grad():
        for i in range(0, len(order), BATCH):
            part = order[i : i + BATCH]
            found[part] = net(*padded([states[turn] for turn in part])).numpy()[:, :-1]
    return found


def padded(turns: Sequence[Array]) -> tuple[Array, Array]:
    """Token vectors, shape (turns, tokens, 384), and which of them are tokens."""
    x = np.zeros((len(turns), max(map(len, turns)), DIMENSIONS), np.float32)
    mask = np.zeros(x.shape[:2], bool)
    for row, turn in enumerate(turns):
        x[row, : len(turn)], mask[row, : len(turn)] = turn, True
    return torch.from_numpy(x), torch.from_numpy(mask)
