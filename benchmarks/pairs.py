"""Whether the better of two replies leaves less anger, on matters that no pack is about. Run by hand:

    python -m benchmarks.pairs [SET...] [-v]     # sets are 3 to 12; all of them where none is named

`tests/dialogue/heldout/matters-SET.jsonl` holds pairs of replies that differ in one thing a coach cares about, with the
customer's line before them, by authors who had seen nothing of this project. The failures of sets 3, 4, 6,
8 and 11 have been read since; those of sets 5, 7, 9, 10 and 12 never, and should not be (so `-v` with them is refused).

Every pair stands at the same moment of one call of the bookcase: heard out, and their line said last.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path

from benchmarks.curve import share
from dialogue.content.encoder import Scorer
from dialogue.events import CallStarted, MoodChanged
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from ui.commands.simulate import BASELINE, USUAL_PAUSE_SECONDS, prosody

FOLDER = Path(__file__).parents[1] / "tests" / "dialogue" / "heldout"
SETS, UNREAD = tuple(map(str, range(3, 13))), {"5", "7", "9", "10", "12"}
PACK = "flatpack-bookcase"
BEFORE = (
    "Good morning, this is Sam, how can I help?",
    "Okay, please tell me what happened.",
    "I see, go on.",
    "I am listening.",
)
_NAMED = re.compile(r"\b(?:Mrs|Mr|Ms|Miss)\s+[A-Z]\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", choices=[*SETS, []])
    parser.add_argument("-v", action="store_true")
    arguments = parser.parse_args()
    sets = arguments.sets or SETS
    if arguments.v and UNREAD.intersection(sets):
        sys.exit(f"Sets {' and '.join(sorted(UNREAD))} are kept unread: name the others to see their failures.")
    scorer = Scorer(_pack().wordings)
    for name in sets:
        pairs = list(map(json.loads, (FOLDER / f"matters-{name}.jsonl").read_text(encoding="utf-8").splitlines()))
        judged = [(pair, judge(pair, scorer)) for pair in pairs]
        wrong = [(pair, ends) for pair, ends in judged if not ends["better"][0] < ends["worse"][0]]
        print(f"set {name}: {share(len(pairs) - len(wrong), len(pairs))}")
        for pair, ends in wrong if arguments.v else ():
            print(f"  {pair['differs']}: {pair['customer']}")
            for which, (anger, because) in ends.items():
                print(f"      {which} {anger:.1f} ({because}) {pair[which]}")


def _pack() -> Pack:
    """The bookcase without its traps: what may not be promised there says nothing about other matters."""
    return load(PACK).model_copy(update={"traps": ()})


def judge(pair: Mapping[str, str], scorer: Scorer) -> dict[str, tuple[float, str]]:
    """The anger after each of the two replies, 0..100, and the rows that led to it."""
    call = asked(named(_pack(), pair), pair["customer"], scorer)
    ends: dict[str, tuple[float, str]] = {}
    for which in ("better", "worse"):
        twin = copy(call)
        twin.session, twin.said, twin.journal = call.session.fork(), [], []
        say(twin, pair[which], scorer)
        rows = [row for event in twin.said if isinstance(event, MoodChanged) for row in event.because]
        ends[which] = twin.anger, ", ".join(f"{row.cause} {row.delta:+.1f}" for row in rows)
    return ends


def named(pack: Pack, pair: Mapping[str, str]) -> Pack:
    """The pack with the pair's customer, where it names one: by the better reply, or by themselves."""
    found = _NAMED.search(f"{pair['customer']} {pair['better']}")
    return pack.model_copy(update={"customer": pack.customer.model_copy(update={"name": found[0]})}) if found else pack


def asked(pack: Pack, customer: str, scorer: Scorer) -> Line:
    """A call at the moment when the customer, heard out, has said that line."""
    started = CallStarted(0.0, pack.id, pack.sha256, 0, "voice", "x", settings={"cues": "on"}, baseline=BASELINE)
    call = Line(Session(pack), started)
    for text in BEFORE:
        say(call, text, scorer)
    state = call.session.state
    memory = replace(state.memory, last_line=customer, said=state.memory.said | {customer})
    call.session._state = replace(state, memory=memory, case=replace(state.case, heard=True))
    return call


def say(call: Line, text: str, scorer: Scorer) -> None:
    call.wait(USUAL_PAUSE_SECONDS)
    call.speak(text, scores=scorer.score(text), prosody=prosody(None))


if __name__ == "__main__":
    main()
