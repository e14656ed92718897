"""`coolhead packs check`: what an author has to mend, and what calls with seven kinds of trainee come to."""

import json
from collections.abc import Iterator
from pathlib import Path

from dialogue.authoring import lint, reachability
from dialogue.persona import Pack, PackProblem, available, load
from dialogue.rehearsal import TRAINEES, Report, play, report
from dialogue.rehearsal.listening import Listener
from dialogue.rehearsal.report import GOALS, OUTCOMES, own_lines
from ui.records.score_cache import CachedScorer, cache_folder
from ui.runtime.problems import EXPECTED, complain

FAULTY = 1
MOST_SHOWN = 8
"""Lines that were never said, of those that are shown."""


def check(packs: list[str], *, calls: int, json_lines: bool) -> int:
    """Exit code 0 when every pack passes, 1 when there is something to mend, 2 when one cannot be read."""
    result = 0
    for name in packs or [str(entry.path) for entry in available()]:
        try:
            pack = load(name)
        except PackProblem as problem:
            complain(problem)
            result = EXPECTED
            continue
        scorer = CachedScorer(pack.wordings, cache_folder())
        found = complaints(pack, name, scorer)
        made = rehearse(pack, calls, scorer) if calls else None
        failures = [*found, *(made.failures if made else ())]
        if json_lines:
            print(json.dumps(row(pack, found, made), ensure_ascii=False), flush=True)
        else:
            print("\n".join(told(pack, found, made)), flush=True)
        result = max(result, FAULTY if failures else 0)
    return result


def complaints(pack: Pack, name: str, scorer: CachedScorer) -> list[str]:
    """What to mend, a sentence each. `name`: the id or path under which the pack was found."""
    from voice.ports import VoiceProblem
    from voice.synthesis.voices import find

    found = []
    if Path(name).stem != pack.id:
        found.append(f"the file is called {Path(name).stem!r} and the pack {pack.id!r}; they have to be the same")
    try:
        find(pack.customer.voice)
    except VoiceProblem as problem:
        found.append(str(problem))
    found += [
        *lint.complaints(pack),
        *reachability.complaints(pack, own_lines(pack)),
        *reachability.misunderstood(pack, scorer.score),
    ]
    scorer.save()
    return found


def rehearse(pack: Pack, calls: int, scorer: CachedScorer) -> Report:
    """`calls` calls of every built-in trainee."""
    listener = Listener(pack)
    played = []
    for trainee in TRAINEES:
        played += [play(pack, trainee, seed, score=scorer.score, listener=listener) for seed in range(calls)]
        scorer.save()
    return report(pack, played)


def row(pack: Pack, found: list[str], made: Report | None) -> dict[str, object]:
    """The JSON form of what was found."""
    shown: dict[str, object] = {"pack": pack.id, "complaints": found}
    if made:
        shown |= {
            "trainees": [
                {
                    "trainee": one.trainee,
                    "calls": one.calls,
                    "outcomes": {outcome: round(share, 4) for outcome, share in one.outcomes.items() if share},
                    "good": round(one.good, 4),
                    "goal": GOALS.get(one.trainee),
                    "kept": one.kept,
                    "turns": round(one.turns, 2),
                    "seconds": round(one.seconds, 1),
                    "anger_end": round(one.anger_end, 2),
                }
                for one in made.rows
            ],
            "lines_used": round(made.lines_used, 4),
            "never_said": made.never_said,
            "repeats": made.repeats,
            "dead_ends": made.dead_ends,
        }
    shown["passes"] = not (found or (made and made.failures))
    return shown


def told(pack: Pack, found: list[str], made: Report | None) -> Iterator[str]:
    """The same to read."""
    yield f"{pack.id}: {sum(1 for _ in pack.every_line())} lines"
    yield from (f"  mend: {complaint}" for complaint in found)
    if made:
        yield from _table(made)
        yield f"  {made.lines_used:.0%} of the pack's own lines came up"
        for line in made.never_said[:MOST_SHOWN]:
            yield f"    never said: {line}"
        if len(made.never_said) > MOST_SHOWN:
            yield f"    and {len(made.never_said) - MOST_SHOWN} more (--json shows all)"
        yield from (f"  FAIL {failure}" for failure in made.failures)
    yield f"  {'FAIL' if found or (made and made.failures) else 'PASS'} {pack.id}"


def _table(made: Report) -> Iterator[str]:
    seen = [outcome for outcome in OUTCOMES if any(one.outcomes[outcome] for one in made.rows)]
    names = [outcome.replace("_", " ") for outcome in seen]
    yield f"  {'':12}" + "".join(f"{name:>{len(name) + 2}}" for name in names) + "   turns  length  anger   goal"
    for one in made.rows:
        shares = (f"{one.outcomes[outcome]:>{len(outcome) + 2}.0%}" for outcome in seen)
        length = f"{one.seconds // 60:.0f}:{one.seconds % 60:02.0f}"
        least, most = GOALS.get(one.trainee, (0.0, 1.0))
        goal = f"{least:.0%}-{most:.0%} {'kept' if one.kept else 'MISSED'}" if one.trainee in GOALS else "-"
        yield f"  {one.trainee:12}{''.join(shares)}  {one.turns:6.1f}  {length:>6}  {one.anger_end:5.0f}   {goal}"
