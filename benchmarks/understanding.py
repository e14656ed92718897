"""How many questions in wordings that no pack has get the right answer, and how many get another fact's.

Run `python -m benchmarks.understanding [PACK...]`. The questions are in `tests/dialogue/questions`, a file a pack: fact
id to questions, typed and as recognised; `_none` are turns that ask for no fact. With `-v` every miss is printed.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from dialogue.content.encoder import Encoder, Scorer
from dialogue.persona import Pack, load
from dialogue.understanding.topics import understand

QUESTIONS = Path(__file__).parents[1] / "tests" / "dialogue" / "questions"
NONE = "_none"


@dataclass(slots=True)
class Count:
    right: int = 0
    none: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        total = max(self.right + self.none + self.wrong, 1)
        return (
            f"{self.right / total:6.1%} right {self.none / total:6.1%} none {self.wrong / total:6.1%} wrong  of {total}"
        )


def questions(pack: str) -> list[tuple[str, str]]:
    """(fact id, question) of a pack's file."""
    data = YAML(typ="safe", pure=True).load((QUESTIONS / f"{pack}.yaml").read_text(encoding="utf-8"))
    return [(fact, one) for fact, ones in data.items() for one in ones]


def count(pack: Pack, asked: list[tuple[str, str]], scorer: Scorer, *, tell: bool = False) -> Count:
    """What became of the questions; those of `_none` count only when they were taken for a fact's."""
    result = Count()
    for fact, question in asked:
        got = understand(question, scorer.score(question), pack).asks
        if fact in got or (fact == NONE and not got):
            result.right += fact != NONE
            continue
        result.wrong += bool(got)
        result.none += not got
        if tell:
            print(f"  {fact}: {question!r} -> {', '.join(got) or 'none'}")
    return result


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "-v"] or sorted(path.stem for path in QUESTIONS.glob("*.yaml"))
    total = Count()
    encoder = Encoder()
    for name in names:
        pack = load(name)
        scorer = Scorer(pack.wordings, encoder=encoder)
        one = count(pack, questions(name), scorer, tell="-v" in sys.argv)
        total = Count(total.right + one.right, total.none + one.none, total.wrong + one.wrong)
        print(f"{name:24}{one}")
    print(f"{'all':24}{total}")


if __name__ == "__main__":
    main()
