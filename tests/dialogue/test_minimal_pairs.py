"""Of two replies that differ in one thing a coach cares about, the better one leaves the customer less angry."""

import copy
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from dialogue.persona import load
from dialogue.rehearsal import Line
from tests.dialogue.scorers import scorer_of
from ui.commands.simulate import prosody

PAIRS = json.loads((Path(__file__).parent / "minimal_pairs.json").read_text(encoding="utf-8"))
LEAST_SHARE = 0.9
SEEDS = (1,)
Reply = str | Mapping[str, object] | list[str]
"""A text, a text with a voice or a pause before it, or a run of turns."""


def test_the_better_reply_leaves_less_anger(ring: Callable[..., Line]) -> None:
    def say(line: Line, reply: Reply) -> None:
        if isinstance(reply, list):
            for text in reply:
                say(line, text)
            return
        how = {"text": reply} if isinstance(reply, str) else reply
        line.wait(float(how.get("pause_before", 0.6)))  # type: ignore[arg-type]
        scores = scorer_of(line.session.pack.id).score(str(how["text"]))
        line.speak(str(how["text"]), scores=scores, prosody=prosody(how.get("prosody")))

    @cache
    def until(context: str, seed: int) -> Line:
        line = ring(load(PAIRS["contexts"][context]["pack"]), seed)
        say(line, PAIRS["contexts"][context]["turns"])
        return line

    def after(line: Line, reply: Reply) -> float:
        twin = copy.copy(line)
        twin.session, twin.said, twin.journal = line.session.fork(), [], []
        say(twin, reply)
        return twin.anger

    wrong = [
        f"{pair['kind']}: {pair['better']} / {pair['worse']}"
        for pair in PAIRS["pairs"]
        for seed in SEEDS
        if after(until(pair["context"], seed), pair["better"]) >= after(until(pair["context"], seed), pair["worse"])
    ]
    assert len(PAIRS["pairs"]) >= 60
    assert len(wrong) <= (1 - LEAST_SHARE) * len(PAIRS["pairs"]) * len(SEEDS), wrong
