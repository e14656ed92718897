"""Does a question get its own answer? `python -m benchmarks.questions [FILE.yaml]`

FILE: pack -> fact -> wordings that the pack does not hold, and under "nothing" questions that ask for no fact at all.
A question is right when the fact it asks for first is its own, else it asked for another, or for none. Each is put to a
customer who has told nothing yet.
"""

import argparse
from collections import Counter
from pathlib import Path

from dialogue.content.encoder import Scorer
from dialogue.persona import Pack, available, load
from dialogue.persona.loading import parse
from dialogue.understanding import understand

HELD_OUT = Path(__file__).parent.parent / "tests" / "dialogue" / "heldout" / "questions.yaml"
NOTHING = "nothing"


def asked(pack: Pack, scorer: Scorer, text: str) -> tuple[str, ...]:
    """The facts that the customer would answer."""
    return understand(text, scorer.score(text), pack).asks


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file", nargs="?", type=Path, default=HELD_OUT)
    options.add_argument("--show", action="store_true", help="print what went wrong")
    given = options.parse_args()
    data, _ = parse(given.file.read_text(encoding="utf-8"), given.file.name)
    assert isinstance(data, dict)
    idle = data.pop(NOTHING, [])
    whole: Counter[str] = Counter()
    print(f"{'pack':<24}{'questions':>10}{'right':>8}{'other':>8}{'none':>8}{'idle answered':>15}")
    for name in (entry.id for entry in available() if entry.id in data):
        pack = load(name)
        scorer = Scorer(pack.wordings)
        count: Counter[str] = Counter()
        for fact, wordings in data[name].items():
            for text in wordings:
                found = asked(pack, scorer, text)
                verdict = "none" if not found else "right" if found[0] == fact else "other"
                count[verdict] += 1
                if given.show and verdict != "right":
                    print(f"    {fact:<16} {verdict} {', '.join(found):<20} {text}")
        for text in idle:
            found = asked(pack, scorer, text)
            count["idle"] += bool(found)
            if given.show and found:
                print(f"    {NOTHING:<16} {', '.join(found):<26} {text}")
        _row(name, count, len(idle))
        whole += count
        whole["idle asked"] += len(idle)
    _row("all", whole, whole["idle asked"])


def _row(name: str, count: Counter[str], idle: int) -> None:
    total = count["right"] + count["other"] + count["none"]
    shares = "".join(f"{count[each] / total:>8.0%}" for each in ("right", "other", "none"))
    print(f"{name:<24}{total:>10}{shares}{count['idle']:>9} of {idle}")


if __name__ == "__main__":
    main()
