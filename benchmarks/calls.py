"""Random calls by the thousand, and how fast a rehearsed call is. Run by hand:

python -m benchmarks.calls [--calls 10000] [--pack ID]... [--rules] [--workers 2]   # no call may get stuck
    # --rules: without the text model; --workers: packs side by side, each in a process
python -m benchmarks.calls --speed [--pack ID]                        # 100 calls of the built-in trainees, CPU seconds
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from dialogue.persona import available, load
from dialogue.rehearsal import TRAINEES, play
from dialogue.rehearsal.listening import Listener
from testing.random_calls import random_call, vocabulary
from ui.records.score_cache import CachedScorer, cache_folder

TURNS_WANTED = 10
COLUMNS = ("calls", "turns", "dead ends", "repeats", "exceptions")
WRONG = COLUMNS[2:]


def many(packs: list[str], calls: int, *, rules: bool, workers: int = 1) -> int:
    """Plays `calls` random calls in all, the same ones whichever packs are played beside; how much went wrong."""
    every = [entry.id for entry in available()]
    seeds = [range(every.index(name) if name in every else 0, calls, len(every)) for name in packs]
    whole: Counter[str] = Counter()
    spent = 0.0
    print(f"{'pack':<24}" + "".join(f"{name:>12}" for name in COLUMNS) + "   CPU, s", flush=True)
    with ProcessPoolExecutor(workers) as pool:
        for name, (count, seconds) in zip(packs, pool.map(partial(_of_pack, rules=rules), packs, seeds), strict=True):
            _row(name, count, seconds)
            whole += count
            spent += seconds
    _row("all", whole, spent)
    return sum(whole[name] for name in WRONG)


def _of_pack(name: str, seeds: range, *, rules: bool) -> tuple[Counter[str], float]:
    """What came of the calls, and their CPU time, s."""
    start = time.process_time()
    pack = load(name)
    texts = vocabulary(pack)
    scorer = None if rules else CachedScorer(pack.wordings, cache_folder())
    count: Counter[str] = Counter()
    for seed in seeds:
        count["calls"] += 1
        try:
            call = random_call(pack, texts, seed, scorer.score if scorer else None)
        except Exception:
            count["exceptions"] += 1
            print(f"  {pack.id} {seed}:\n{traceback.format_exc()}", flush=True)
            continue
        count["turns"] += call.turns
        count["dead ends"] += bool(call.problem)
        count["repeats"] += len(call.repeats)
        for what in (call.problem, *sorted(call.repeats)):
            if what:
                print(f"  {pack.id} {seed}: {what}", flush=True)
    if scorer:
        scorer.save()
    return count, time.process_time() - start


def _row(name: str, count: Counter[str], seconds: float) -> None:
    print(f"{name:<24}" + "".join(f"{count[column]:>12}" for column in COLUMNS) + f"{seconds:>9.1f}", flush=True)


def speed(name: str) -> None:
    """100 calls, first as the cache on disk has them, then again."""
    pack = load(name)
    for when in ("as found", "warm"):
        start = time.process_time()
        scorer = CachedScorer(pack.wordings, cache_folder())
        listener = Listener(pack)
        ready = time.process_time()
        turns = 0
        for seed in range(100):
            trainee = TRAINEES[seed % len(TRAINEES)]
            turns += play(pack, trainee, seed, score=scorer.score, listener=listener).turns
        scorer.save()
        spent = time.process_time() - ready
        print(
            f"{name} {when}: 100 calls, {turns} turns, {spent:.1f} s CPU ({ready - start:.1f} s to get ready), "
            f"{spent / turns * 100 * TURNS_WANTED:.1f} s for 100 calls of {TURNS_WANTED} turns"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--pack", action="append", default=[])
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    packs = arguments.pack or [entry.id for entry in available()]
    if arguments.speed:
        for name in packs[: None if arguments.pack else 1]:
            speed(name)
        return 0
    return 1 if many(packs, arguments.calls, rules=arguments.rules, workers=arguments.workers) else 0


if __name__ == "__main__":
    sys.exit(main())
