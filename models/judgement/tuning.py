"""The encoder's last two layers, tuned to behaviours: beside what a turn is about, how it is meant.

The four layers below stay as they are, so that the encoder reads a turn once for both. Trained with PyTorch on the
token vectors that the shipped encoder gives after its fourth layer, from the weights of its own fifth and sixth;
written as an ONNX graph (`models.judgement.graph`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.judgement.graph import DIMENSIONS, EPSILON, HEADS, shipped_layer

LAYERS = (4, 5)
EPOCHS = 6
BATCH = 32
RATE, HEAD_RATE = 2e-4, 3e-3
"""Highest learning rates, of the layers and of the regressions on top."""
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
POSITIVE_WEIGHT = 1.5
BARE_SHARE = 0.4
"""How often a turn is read as a recogniser without punctuation would write it."""
HEAD_SCALE = 2.0
WARM_UP = 0.1
SEED = 0

Array = Any
States = Mapping[str, Array]
"""What the encoder reads -> its token vectors after the fourth layer, shape (tokens, 384)."""


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
    """The layers, the mean over tokens, and a logistic regression for each label."""

    def __init__(self, shares: Array) -> None:
        """`shares`: of the positives of each label, where the regressions begin."""
        super().__init__()
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
        """Coefficients (384, labels) on the mean, and intercepts (labels,)."""
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


def tune(states: States, written: Sequence[str], bare: Sequence[str], wanted: Array, weights: Array) -> Tuned:
    """`written`, `bare`: what the encoder reads of each turn, as written and as recognised. `wanted`, `weights`: shape
    (turns, labels); a weight of 0 leaves a turn out for a label."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the order of sums, and so the weights, would hang on the machine
    random = np.random.default_rng(SEED)
    net: Tuned = Tuned((wanted * weights).sum(axis=0) / weights.sum(axis=0)).train()
    groups = [{"params": net.layers.parameters(), "lr": RATE}, {"params": net.head.parameters(), "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = -(-len(written) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, HEAD_RATE], total_steps=EPOCHS * batches, pct_start=WARM_UP, anneal_strategy="linear"
    )
    lengths = np.array([len(states[text]) for text in written])
    positive = torch.full((wanted.shape[1],), POSITIVE_WEIGHT)
    for _ in range(EPOCHS):
        order = np.argsort(lengths + random.uniform(0.0, 4.0, len(lengths)))  # like lengths together: less padding
        parts = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        for part in random.permutation(len(parts)):
            turns = parts[part]
            read = [(bare if random.random() < BARE_SHARE else written)[turn] for turn in turns]
            loss = functional.binary_cross_entropy_with_logits(
                net(*padded([states[text] for text in read])),
                torch.tensor(wanted[turns], dtype=torch.float32),
                weight=torch.tensor(weights[turns], dtype=torch.float32),
                pos_weight=positive,
                reduction="sum",
            )
            optimizer.zero_grad()
            (loss / len(turns)).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    net.eval()
    return net


def logits(net: Tuned, states: Sequence[Array]) -> Array:
    """Shape (turns, labels)."""
    found = np.zeros((len(states), net.head.out_features))
    order = sorted(range(len(states)), key=lambda i: len(states[i]))
    with torch.no_grad():
        for i in range(0, len(order), BATCH):
            part = order[i : i + BATCH]
            found[part] = net(*padded([states[turn] for turn in part])).numpy()
    return found


def padded(turns: Sequence[Array]) -> tuple[Array, Array]:
    """Token vectors, shape (turns, tokens, 384), and which of them are tokens."""
    x = np.zeros((len(turns), max(map(len, turns)), DIMENSIONS), np.float32)
    mask = np.zeros(x.shape[:2], bool)
    for row, turn in enumerate(turns):
        x[row, : len(turn)], mask[row, : len(turn)] = turn, True
    return torch.from_numpy(x), torch.from_numpy(mask)
