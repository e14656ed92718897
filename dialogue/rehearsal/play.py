"""A whole call of a built-in trainee with a pack's customer."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Protocol

from dialogue.events import CallStarted, Reply, Scores
from dialogue.persona import Pack
from dialogue.rehearsal.bank import Names
from dialogue.rehearsal.helpful import Helpful
from dialogue.rehearsal.line import Line
from dialogue.rehearsal.listening import Heard, Listener
from dialogue.rehearsal.styles import HELPFUL
from dialogue.rehearsal.unhelpful import Unhelpful
from dialogue.session import Session

MOST_TURNS = 40
"""A call that is longer is a dead end."""
CUT_IN_AFTER = 0.4
"""Share of the customer's line that somebody who talks over lets them say."""
AGENT = "Robin"


class Trainee(Protocol):
    """Who takes the call."""

    @property
    def pause_seconds(self) -> float:
        """Silence before a turn."""
        ...

    @property
    def talks_over(self) -> float:
        """Share of the customer's lines they cut into, 0..1."""
        ...

    def answer(self, heard: Heard) -> str:
        """What they say to it; "" to hang up."""
        ...


@dataclass(frozen=True, slots=True)
class Played:
    """A call that has been played. `line` is all of it."""

    trainee: str
    seed: int
    line: Line
    turns: int
    dead_end: bool
    """The call was still going on after `MOST_TURNS`."""


def trainee(name: str, pack: Pack, seed: int) -> Trainee:
    """The built-in trainee of that name, one of `styles.TRAINEES`."""
    random = Random(f"{name}:{seed}")
    names = Names(AGENT, pack.customer.first_name, pack.desk.company)
    if name in HELPFUL:
        return Helpful(HELPFUL[name], pack, names, random)
    return Unhelpful(name, pack, names, random)


def play(
    pack: Pack,
    name: str,
    seed: int,
    *,
    score: Callable[[str], Scores] | None = None,
    listener: Listener | None = None,
    difficulty: str = "normal",
) -> Played:
    """One call. `score`: the text model; without it the rules alone judge. `listener`: of this pack, if at hand."""
    hearing = listener or Listener(pack)
    agent = trainee(name, pack, seed)
    cutting = Random(seed)
    started = CallStarted(0.0, pack.id, pack.sha256, seed, "voice", "rehearsal", difficulty)
    line = Line(Session(pack), started)
    turns = noted = 0
    while line.ended is None and turns < MOST_TURNS:
        line.wait(agent.pause_seconds)
        if line.ended:
            break
        heard = hearing.hear(" ".join(one.text for one in line.said[noted:] if isinstance(one, Reply)))
        noted = len(line.said)
        text = agent.answer(heard)
        if not text:
            line.act("hang_up")
            break
        turns += 1
        line.cut_in_after = CUT_IN_AFTER if cutting.random() < agent.talks_over else 1.0
        line.speak(text, scores=score(text) if score else None)
    dead_end = line.ended is None
    if dead_end:
        line.act("hang_up")
    return Played(name, seed, line, turns, dead_end)
