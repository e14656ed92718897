"""`coolhead packs play`: talk to a customer by keyboard, with everything that each turn did laid open."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import TextIO

from dialogue.events import Appraisal, CallEnded, CallStarted, LedgerRow, MoodChanged, PhaseChanged, Reply, SessionEvent
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from ui.records.score_cache import CachedScorer, cache_folder
from ui.runtime.keyboard import MOST_BYTES
from ui.runtime.problems import Problem

LONGEST_WAIT_SECONDS = 600.0
"""No customer is silent for longer."""
HELP = "Type what you say. /hold and /resume, /wait 20 for 20 s of silence, /needs for what is open, /bye to hang up."


def run(name: str, *, seed: int | None, difficulty: str) -> int:
    """One call on standard input and output; the end of input hangs up."""
    pack = load(name)
    if difficulty not in pack.difficulties:
        raise Problem(f"There is no difficulty {difficulty!r}: choose {', '.join(pack.difficulties)}.")
    scorer = CachedScorer(pack.wordings, cache_folder())
    scorer.save()  # the pack's own wordings; what is typed from here on is not kept
    play(pack, scorer, sys.stdin, seed=seed or 0, difficulty=difficulty)
    return 0


def play(pack: Pack, scorer: CachedScorer, typed: TextIO, *, seed: int, difficulty: str) -> None:
    started = CallStarted(0.0, pack.id, pack.sha256, seed, "text", version("coolhead"), difficulty)
    line = Line(Session(pack), started)
    print(f"{pack.customer.name}: {pack.title}\n{HELP}")
    print("\n".join(_told(line.said, pack)), flush=True)
    for text in (one.strip() for one in iter(partial(typed.readline, MOST_BYTES), "")):
        if not text:
            continue
        before = len(line.said)
        if not typed.isatty():
            print(f"\nYOU   {text}")
        if text.startswith("/"):
            _do(text, line)
        else:
            line.speak(text, scores=scorer.score(text))
        print("\n".join(_told(line.said[before:], pack)), flush=True)
        if line.ended:
            return
    line.act("hang_up")
    print("\n".join(_told(line.said[-2:], pack)))


def _do(command: str, line: Line) -> None:
    word, _, rest = command[1:].partition(" ")
    match word:
        case "hold" | "resume":
            line.act("hold" if word == "hold" else "resume")
        case "wait":
            line.wait(min(float(rest), LONGEST_WAIT_SECONDS) if rest.replace(".", "", 1).isdecimal() else 20.0)
        case "needs":
            case = line.session.state.case
            for need in line.session.pack.settlement:
                state = "met" if need.id in case.met else "half" if need.id in case.partly else "open"
                print(f"      {state:4}  {need.id}{'' if need.required else ' (nice to have)'}")
        case "bye":
            line.act("hang_up")
        case _:
            print(f"      There is no /{word}. {HELP}")


def _told(events: Sequence[SessionEvent], pack: Pack) -> Iterator[str]:
    for event in events:
        match event:
            case Appraisal():
                yield f"      heard: {', '.join(one.id for one in event.behaviours) or 'nothing in particular'}"
            case MoodChanged():
                yield from (_row(row) for row in event.because if row.kind != "relaxation" or abs(row.delta) >= 0.5)
                yield f"      anger {event.mood.anger:.0f} ({event.mood.band}), trust {event.mood.trust:.0f}"
            case PhaseChanged():
                yield f"      phase: {event.phase} ({event.why})"
            case Reply():
                yield f"{pack.customer.first_name.upper()}  {event.text}   [{event.act}]"
            case CallEnded():
                yield f"The call ended: {event.outcome}. {event.why}"


def _row(row: LedgerRow) -> str:
    return f"      {row.delta:+5.1f}  {row.cause:24} {row.evidence}" + (f"  ({row.parameter})" if row.parameter else "")
