"""How well is it judged what was said? `python -m benchmarks.judgement [--data FILE.jsonl]...`

Each line of a file: {"text", "labels", "name", "tags"[, "heard"]}. Macro-F1 over the core behaviours that occur, with a
bootstrap 95 % interval over lines, beside three baselines: keywords, zero-shot embeddings (cosine with each label's
meaning), and the cues without the text model. VADER knows no behaviours, only good and bad mood: it is compared by how
well it tells lines with a harm from those without (`uv run --with vaderSentiment python -m benchmarks.judgement`; left
out where it is not installed). Then time and memory. Times are CPU time of this process.
"""

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import area
from dialogue.content import BY_ID, CORE, HARMFUL, Context, judge
from dialogue.content.encoder import Scorer
from dialogue.events import Behaviour

HELD_OUT = Path(__file__).parent.parent / "tests" / "dialogue" / "heldout" / "heldout.jsonl"
RESAMPLES = 1000
ZERO_SHOT_COSINE = 0.35

KEYWORDS: dict[str, tuple[str, ...]] = {
    "apology": ("sorry", "apolog"),
    "ownership": ("our mistake", "my mistake", "leave it with me", "take care", "responsib", "find out"),
    "empathy": ("understand", "imagine", "frustrat", "must have been", "must be"),
    "plan_time": ("tomorrow", "today", "hours", "minutes", "monday", "friday", "by "),
    "clarify": ("what happened", "when did", "which", "could you tell"),
    "hold_permission": ("may i put you on hold", "on hold", "do you mind"),
    "recap": ("recap", "to summarise", "so to confirm", "let me repeat"),
    "thanks": ("thank", "appreciate"),
    "manager_offer": ("manager", "supervisor"),
    "dont_know": ("don't know", "dont know", "no idea", "not my department"),
    "calm_down": ("calm down", "relax", "shout"),
    "know_how_feel": ("know how you feel", "been there"),
    "arguing": ("not true", "wrong", "actually"),
    "rude": ("stupid", "whatever", "idiot"),
    "blaming": ("your fault", "should have", "you didn't"),
    "policy": ("policy", "terms", "rules", "not allowed"),
    "rush": ("just give", "hurry", "get on with"),
    "empty_promise": ("guarantee", "promise", "never happen again"),
}


@dataclass(frozen=True)
class Line:
    text: str
    labels: frozenset[str]
    context: Context
    tags: tuple[str, ...]


Judge = Callable[[Line], frozenset[str]]
Answers = list[frozenset[str]]


def read(path: Path) -> list[Line]:
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Line(
            item["text"],
            frozenset(item["labels"]) & frozenset(CORE),
            Context(customer_name=item.get("name", ""), heard=item.get("heard", "")),
            tuple(item.get("tags", ())),
        )
        for item in items
    ]


def f1(lines: Sequence[Line], answers: Answers, label: str) -> float:
    both = sum(label in line.labels and label in given for line, given in zip(lines, answers, strict=True))
    either = sum((label in line.labels) + (label in given) for line, given in zip(lines, answers, strict=True))
    return 2 * both / either if either else 0.0


def macro(lines: Sequence[Line], answers: Answers, labels: Sequence[str]) -> float:
    """Mean F1 of those labels that occur in the lines."""
    occurring = [label for label in labels if any(label in line.labels for line in lines)]
    return statistics.mean(f1(lines, answers, label) for label in occurring) if occurring else float("nan")


def interval(lines: Sequence[Line], answers: Answers, labels: Sequence[str]) -> tuple[float, float]:
    """Bootstrap 95 % interval of the macro-F1 over lines."""
    draw, values = random.Random(1), []
    for _ in range(RESAMPLES):
        rows = draw.choices(range(len(lines)), k=len(lines))
        values.append(macro([lines[i] for i in rows], [answers[i] for i in rows], labels))
    values.sort()
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def judges(scorer: Scorer) -> dict[str, Judge]:
    meanings = Scorer({label: (BY_ID[label].meaning,) for label in CORE})

    def ours(line: Line) -> frozenset[str]:
        return _core(judge(line.text, scorer.score(line.text), line.context))

    def cues_only(line: Line) -> frozenset[str]:
        return _core(judge(line.text, None, line.context))

    def keywords(line: Line) -> frozenset[str]:
        text, name = line.text.lower(), line.context.customer_name.lower()
        named = {"name_use"} if name and name.split()[-1] in text else set()
        return frozenset({label for label, words in KEYWORDS.items() if any(w in text for w in words)} | named)

    def zero_shot(line: Line) -> frozenset[str]:
        clauses = meanings.score(line.text).clauses
        return frozenset(label for label in CORE if any(c.facts[label] >= ZERO_SHOT_COSINE for c in clauses))

    return {"coolhead": ours, "cues only": cues_only, "keywords": keywords, "zero-shot": zero_shot}


def _core(behaviours: Sequence[Behaviour]) -> frozenset[str]:
    return frozenset(behaviour.id for behaviour in behaviours) & frozenset(CORE)


def table(lines: list[Line], contestants: dict[str, Judge]) -> None:
    harmful = [label for label in CORE if label in HARMFUL]
    answers = {name: [contestant(line) for line in lines] for name, contestant in contestants.items()}
    negated = [i for i, line in enumerate(lines) if any("negat" in tag for tag in line.tags)]
    empty = [i for i, line in enumerate(lines) if not line.labels]
    print(f"{'':24}" + "".join(f"{name:>22}" for name in answers))
    rows: list[tuple[str, Callable[[Answers], str]]] = [
        ("macro-F1", lambda a: _with_interval(lines, a, CORE)),
        ("macro-F1, harmful", lambda a: _with_interval(lines, a, harmful)),
        (f"exact, {len(lines)} lines", lambda a: _share(lines, a, range(len(lines)))),
        (f"exact, {len(negated)} negated", lambda a: _share(lines, a, negated)),
        (f"false a line, {len(empty)} empty", lambda a: f"{sum(len(a[i]) for i in empty) / max(1, len(empty)):.2f}"),
    ]
    for title, cell in rows:
        print(f"{title:24}" + "".join(f"{cell(a):>22}" for a in answers.values()))
    for label in CORE:
        count = sum(label in line.labels for line in lines)
        cells = "".join(f"{f1(lines, a, label):>22.2f}" for a in answers.values()) if count else "   (does not occur)"
        print(f"  {label:17}{count:5}" + cells)


def _with_interval(lines: list[Line], answers: Answers, labels: Sequence[str]) -> str:
    low, high = interval(lines, answers, labels)
    return f"{macro(lines, answers, labels):.3f} [{low:.2f}, {high:.2f}]"


def _share(lines: list[Line], answers: Answers, rows: Sequence[int]) -> str:
    return f"{sum(lines[i].labels == answers[i] for i in rows) / max(1, len(rows)):.2f}"


def moods(lines: Sequence[Line], scorer: Scorer) -> None:
    """Area under the curve: harmful lines against all others, by our surest harm and by VADER's negative mood."""
    harm = frozenset(HARMFUL)
    bad = [bool(line.labels & harm) for line in lines]

    def ours(line: Line) -> float:
        whole = scorer.score(line.text).clauses[0].labels
        return max((score for label, score in whole.items() if label in harm), default=0.0)

    told = f"harm or none, area under the curve: coolhead {area([ours(line) for line in lines], bad):.2f}"
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # type: ignore[import-not-found]
    except ImportError:
        print(f"{told}, VADER not installed")
        return
    vader = SentimentIntensityAnalyzer()
    print(f"{told}, VADER {area([-vader.polarity_scores(line.text)['compound'] for line in lines], bad):.2f}")


def cost(scorer: Scorer, lines: list[Line], load_seconds: float) -> None:
    """Of turns of one to three lines, and of ones far longer than anybody's."""
    texts = [line.text for line in lines]
    joined = " ".join(texts).split()
    endless = joined * 100
    kinds = {
        **{f"{n} line{'s' * (n > 1)}": [" ".join(texts[i : i + n]) for i in range(0, 100 * n, n)] for n in (1, 2, 3)},
        "200 words": [" ".join(joined[i : i + 200]) for i in range(0, 400, 20)],
        "10,000 words": [" ".join(endless[i : i + 10_000]) for i in range(0, 900, 100)],
    }
    print(f"CPU: load {load_seconds:.2f} s. A turn, ms: median and 95th percentile of CPU, median by the clock")
    for kind, turns in kinds.items():
        cpu, clock = zip(*(_milliseconds(scorer, turn) for turn in turns if turn), strict=True)
        late = sorted(cpu)[int(0.95 * len(cpu))]
        print(f"  {kind:13}{statistics.median(cpu):7.1f}{late:7.1f}{statistics.median(clock):7.1f}")
    print(f"Peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.")


def _milliseconds(scorer: Scorer, text: str) -> tuple[float, float]:
    """Of CPU in this process, and by the clock."""
    clock, start = time.perf_counter(), time.process_time()
    judge(text, scorer.score(text), Context())
    return 1000 * (time.process_time() - start), 1000 * (time.perf_counter() - clock)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", help="labelled lines; default: the held-out set")
    paths = parser.parse_args().data or [HELD_OUT]
    start = time.process_time()
    scorer = Scorer()
    judge("warm up", scorer.score("warm up"), Context())
    load_seconds = time.process_time() - start
    print(f"model {scorer.model}")
    cost(scorer, read(paths[0]), load_seconds)
    contestants = judges(scorer)
    for path in paths:
        lines = read(path)
        print(f"\n{path.name}: {len(lines)} lines")
        table(lines, contestants)
        moods(lines, scorer)


if __name__ == "__main__":
    main()
