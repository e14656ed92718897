"""Random calls by the thousand, and how fast a rehearsed call is. Run by hand:

python -m benchmarks.calls [--calls 10000] [--pack ID]...   # no call may get stuck
python -m benchmarks.calls --speed                          # 100 calls of the built-in trainees, CPU seconds
"""

import argparse
import sys
import time
from collections import Counter

from dialogue.persona import available, load
from dialogue.rehearsal import TRAINEES, play
from dialogue.rehearsal.fuzz import random_call, vocabulary
from dialogue.rehearsal.listening import Listener

TURNS_WANTED = 10


def stuck(packs: list[str], calls: int) -> int:
    """Plays `calls` random calls in all; how many got stuck."""
    found: Counter[str] = Counter()
    start = time.process_time()
    for i, name in enumerate(packs):
        pack = load(name)
        texts = vocabulary(pack)
        share = range(i, calls, len(packs))
        bad = 0
        for seed in share:
            problem = random_call(pack, texts, seed)
            if problem:
                bad += 1
                found[f"{name}: {problem}"] += 1
                if found[f"{name}: {problem}"] == 1:
                    print(f"  {name} {seed}: {problem}", flush=True)
        print(f"{name:24} {len(share):6} calls  {bad:4} stuck  {time.process_time() - start:7.1f} s CPU", flush=True)
    return sum(found.values())


def speed(name: str) -> None:
    """100 calls, first with the sentences never seen in this process, then again."""
    from ui.scores import RememberingScorer, cache_folder

    pack = load(name)
    for when in ("as found", "warm"):
        start = time.process_time()
        scorer = RememberingScorer(pack.wordings, cache_folder())
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
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    packs = arguments.pack or [entry.id for entry in available()]
    if arguments.speed:
        speed(packs[0])
        return 0
    return 1 if stuck(packs, arguments.calls) else 0


if __name__ == "__main__":
    sys.exit(main())
