"""Whether a coach would agree with the anger curve: annotated calls and minimal pairs. Run by hand:

python -m benchmarks.curve [SET...] [-v]     # sets are 1 and 2; all of them where none is named

`tests/dialogue/heldout/calls/calls-SET.jsonl` holds scripted calls, three a pack, with the way the anger should go at
the decisive turns; `pairs-SET.jsonl` pairs of replies that differ in one thing, in the middle of a call. Both were
written before the model was run on them, and every set only once used for its first figure. `-v` prints the failures.
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from dialogue.content.encoder import Encoder, Scorer
from dialogue.persona import Pack, load
from ui.commands.simulate import simulate

FOLDER = Path(__file__).parents[1] / "tests" / "dialogue" / "heldout" / "calls"
SEEDS = (0, 1, 2)
LEAST_POINTS = 0.25
"""Anger points from which a change is one."""
ORDER = ("good", "average", "poor")
Rows = list[dict[str, object]]


def read(name: str, sets: list[str]) -> Iterator[Mapping[str, object]]:
    for path in sorted(FOLDER.glob(f"{name}-*.jsonl")):
        if not sets or path.stem.rpartition("-")[2] in sets:
            yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


class Customers:
    """Plays scripts; every pack and its text model is opened once."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._packs: dict[str, tuple[Pack, Scorer]] = {}

    def play(self, name: str, turns: list[Mapping[str, object]], seed: int) -> Rows:
        if name not in self._packs:
            pack = load(name)
            self._packs[name] = pack, Scorer(pack.wordings, encoder=self._encoder)
        pack, scorer = self._packs[name]
        return list(simulate(pack, turns, seed=seed, model=scorer))


def share(right: int, total: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not total:
        return "none"
    z, p = 1.96, right / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:6.1%} ({middle - reach:.1%} to {middle + reach:.1%})  {right} of {total}"


def way(points: float) -> str:
    return "rise" if points > LEAST_POINTS else "fall" if points < -LEAST_POINTS else "stay"


def calls(customers: Customers, sets: list[str], *, tell: bool) -> None:
    """Directions at decisive turns (first seed), and the order of the final angers (every seed)."""
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    ends: dict[tuple[str, int], dict[str, tuple[float, str]]] = defaultdict(dict)
    admirers: list[tuple[str, dict[str, object]]] = []
    for call in read("calls", sets):
        pack, quality, turns = call["pack"], str(call["quality"]), call["turns"]
        assert isinstance(turns, list)
        if isinstance(pack, list):
            admirers += [(name, customers.play(name, turns, seed)[-1]) for name in pack for seed in SEEDS]
            continue
        assert isinstance(pack, str)
        for seed in SEEDS:
            rows = customers.play(pack, turns, seed)
            last = rows[-1]
            ends[pack, seed][quality] = (float(str(last["anger_end"])), str(last["outcome"]))
            if seed:
                continue
            before = float(str(last["anger_start"]))
            for turn, row in zip(turns, rows, strict=False):
                if "not_said" in row:
                    break
                after = float(str(row["anger"]))
                wanted, got = turn.get("want"), way(after - before)
                if wanted:
                    total[wanted] += 1
                    right[wanted] += wanted == got
                    if tell and wanted != got:
                        because = ", ".join(f"{one['cause']} {one['delta']:+.1f}" for one in row["because"])  # type: ignore[attr-defined]
                        print(f"  {pack} {quality} {row['turn']}: wants {wanted}, {after - before:+.1f} ({because})")
                        print(f"      {row['text']}\n      -> {row['reply']}")
                before = after
    for wanted in total:
        print(f"turns that should {wanted}: {share(right[wanted], total[wanted])}")
    print(f"decisive turns:         {share(sum(right.values()), sum(total.values()))}")
    ordered = 0
    for (pack, seed), found in sorted(ends.items()):
        anger = [found[quality][0] for quality in ORDER]
        good = anger[0] < anger[1] < anger[2]
        ordered += good
        if seed == 0 or not good:
            told = "   ".join(f"{name} {found[name][0]:5.1f} {found[name][1]:10}" for name in ORDER)
            print(f"  {pack:24} seed {seed}  {told} {'' if good else 'WRONG ORDER'}")
    print(f"calls in order:         {share(ordered, len(ends))}")
    if admirers:
        won = [name for name, last in admirers if last["outcome"] == "satisfied"]
        calmed = [name for name, last in admirers if float(str(last["anger_end"])) < load(name).mood.floor]
        print(
            f"admirers who never help: {len(admirers)} calls, won {won or 'none'}, below the floor {calmed or 'none'}"
        )


def pairs(customers: Customers, sets: list[str], *, tell: bool) -> None:
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for pair in read("pairs", sets):
        kind, before = str(pair["kind"]), pair["before"]
        assert isinstance(before, list)
        end: dict[str, dict[str, object]] = {}
        for which in ("better", "worse"):
            said = pair[which] if isinstance(pair[which], list) else [pair[which]]
            turns = [{"text": one} if isinstance(one, str) else one for one in [*before, *said]]  # type: ignore[misc]
            rows = [row for row in customers.play(str(pair["pack"]), turns, 0) if "anger" in row]
            end[which] = rows[-1]
        better, worse = (float(str(end[which]["anger"])) for which in ("better", "worse"))
        total[kind] += 1
        right[kind] += better < worse
        if tell and not better < worse:
            print(f"  {kind}, {pair['pack']}:")
            for which, row in end.items():
                because = ", ".join(f"{one['cause']} {one['delta']:+.1f}" for one in row["because"])  # type: ignore[attr-defined]
                print(f"      {which} {float(str(row['anger'])):.1f} ({because}) {pair[which]}")
    for kind in total:
        print(f"  {kind:24} {right[kind]:3} of {total[kind]}")
    print(f"pairs:                  {share(sum(right.values()), sum(total.values()))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("-v", action="store_true")
    arguments = parser.parse_args()
    customers = Customers()
    calls(customers, arguments.sets, tell=arguments.v)
    pairs(customers, arguments.sets, tell=arguments.v)


if __name__ == "__main__":
    main()
