"""Does a question get its own answer? `python -m benchmarks.questions [FILE.yaml]`

FILE: pack -> fact -> wordings that the pack does not hold, and under "nothing" questions that ask for no fact at all.
A question is right when the fact it asks for first is its own, else it asked for another, or for none. Each is put to a
customer who has told nothing yet.
"""

from collections import Counter

from dialogue.content.encoder import Scorer
from dialogue.persona import Pack, available, load
from dialogue.understanding.topics import understand
from testing.heldout import NOTHING, asked_for


def asked(pack: Pack, scorer: Scorer, text: str) -> tuple[str, ...]:
    """The facts that the customer would answer."""
    return understand(text, scorer.score(text), pack).asks


def main() -> None:
    data, show = asked_for(__doc__, "questions.yaml")
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
                if show and verdict != "right":
                    print(f"    {fact:<16} {verdict} {', '.join(found):<20} {text}")
        for text in idle:
            found = asked(pack, scorer, text)
            count["idle"] += bool(found)
            if show and found:
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
