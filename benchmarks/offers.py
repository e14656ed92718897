"""How much of what a trainee brings is taken for what it is, in wordings that no pack has.

Run `python -m benchmarks.offers [FILE] [--show]`. The wordings are in `tests/dialogue/heldout/offers.yaml`; those under
"nothing" (their own story given back, a question, a date without a matter) must meet no need and spring no trap.
"""

import argparse
from collections import Counter
from pathlib import Path

from dialogue.content.encoder import Encoder, Scorer
from dialogue.persona import load
from dialogue.persona.loading import parse
from dialogue.understanding import understand

HELD_OUT = Path(__file__).parent.parent / "tests" / "dialogue" / "heldout" / "offers.yaml"
NOTHING = "nothing"


def taken(data: dict[str, dict[str, list[str]]], *, show: bool = False) -> Counter[str]:
    """Counts of "brought" and "met", and of "nothing" and what of it was "mistaken" for a need or a trap."""
    count: Counter[str] = Counter()
    encoder = Encoder()
    for name, parts in data.items():
        pack = load(name)
        scorer = Scorer(pack.wordings, encoder=encoder)
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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file", nargs="?", type=Path, default=HELD_OUT)
    options.add_argument("--show", action="store_true", help="print what went wrong")
    given = options.parse_args()
    data, _ = parse(given.file.read_text(encoding="utf-8"), given.file.name)
    assert isinstance(data, dict)
    count = taken(data, show=given.show)
    print(f"offers, explanations and traps: {count['met']} of {count['brought']} taken for what they are")
    print(f"stories given back and the like: {count['mistaken']} of {count['nothing']} taken for one of them")


if __name__ == "__main__":
    main()
