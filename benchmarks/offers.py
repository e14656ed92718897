"""How much of what a trainee brings is taken for what it is, in wordings that no pack has.

Run `python -m benchmarks.offers [FILE] [--show]`. The wordings are in `tests/dialogue/heldout/offers.yaml`; those under
"nothing" (their own story given back, a question, a date without a matter) must meet no need and spring no trap.

`answers.yaml` beside it holds short answers to what the customer has just asked for, and under "nothing", at its top,
empty words that answer nothing, whichever need was asked for.
"""

from collections import Counter
from collections.abc import Callable

from dialogue.content.encoder import Encoder, Scorer
from dialogue.persona import load
from dialogue.understanding.topics import understand
from testing.heldout import NOTHING, asked_for


def taken(
    data: dict[str, dict[str, list[str]]], scorer_of: Callable[[str], Scorer], *, show: bool = False
) -> Counter[str]:
    """Counts of "brought" and "met", and of "nothing" and what of it was "mistaken" for a need or a trap. `scorer_of`:
    of a pack's id."""
    count: Counter[str] = Counter()
    for name, parts in data.items():
        pack, scorer = load(name), scorer_of(name)
        for part, wordings in parts.items():
            for text in wordings:
                meant = understand(text, scorer.score(text), pack)
                found = (*meant.offers, *meant.traps)
                right = not found if part == NOTHING else part in found
                count["nothing" if part == NOTHING else "brought"] += 1
                count["mistaken" if part == NOTHING else "met"] += not right if part == NOTHING else right
                if show and not right:
                    print(f"    {name:<22}{part:<18}{', '.join(found) or '-':<24}{text}")
    return count


def answered(
    data: dict[str, dict[str, list[str]]], empty: list[str], scorer_of: Callable[[str], Scorer], *, show: bool = False
) -> Counter[str]:
    """Counts of short "answers" and those "met", and of "empty" ones, to every need of a pack, and those "taken"."""
    count: Counter[str] = Counter()
    for name, parts in data.items():
        pack, scorer = load(name), scorer_of(name)
        asked = [need.id for need in pack.settlement if need.kind in ("explain", "offer")]
        scores = {text: scorer.score(text) for text in (*empty, *(one for part in parts.values() for one in part))}
        said = [("answers", part, text) for part, wordings in parts.items() for text in wordings]
        for what, part, text in said + [("empty", part, text) for part in asked for text in empty]:
            met = part in understand(text, scores[text], pack, wanted=frozenset({part})).offers
            count[what] += 1
            count["met" if what == "answers" else "taken"] += met
            if show and met != (what == "answers"):
                print(f"    {name:<22}{part:<18}{what:<10}{text}")
    return count


def main() -> None:
    data, show = asked_for(__doc__, "offers.yaml")
    encoder = Encoder()
    if NOTHING in data:
        empty = data.pop(NOTHING)
        count = answered(data, empty, lambda name: Scorer(load(name).wordings, encoder=encoder), show=show)
        print(f"short answers to what was asked for: {count['met']} of {count['answers']} meet it")
        print(f"empty words: {count['taken']} of {count['empty']} do")
        return
    count = taken(data, lambda name: Scorer(load(name).wordings, encoder=encoder), show=show)
    print(f"offers, explanations and traps: {count['met']} of {count['brought']} taken for what they are")
    print(f"stories given back and the like: {count['mistaken']} of {count['nothing']} taken for one of them")


if __name__ == "__main__":
    main()
