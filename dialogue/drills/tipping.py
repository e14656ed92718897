"""Spot the turn: a call plays, and the key is pressed where the customer begins to tip. The ledger decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from dialogue.drills.customers import customers
from dialogue.drills.drill import Drill
from dialogue.drills.round import Answer, Round, Spoken, Verdict
from dialogue.events import Event, LedgerRow, MoodChanged, Reply, Utterance
from dialogue.persona import Pack
from dialogue.persona.lines import Text
from dialogue.rehearsal import play
from dialogue.rehearsal.listening import Listener

TIPS = 5.0
"""Anger points by which one moment makes it worse, for that to be the turn."""
STEADY = 1.0
"""And what the moments before may have added at most."""
LINES_BEFORE = (3, 5, 7)
"""Of the excerpt, among which the turn may come; the customer's and the adviser's together."""
LINES_AFTER = 3
IN_TIME_LINES = 3
"""The line that did it, the customer's answer, and what is said to that: then the turn has been seen."""
PLAYS_A_PACK = 12
"""Calls that are tried before another customer is chosen."""
TRAINEES = ("average", "good")
"""Built-in ones who do well, and then slip."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    lines: tuple[Spoken, ...]
    turn: int | None
    """Index of the line with which the customer begins to tip; None where that does not happen."""
    rows: tuple[LedgerRow, ...] = ()
    """The ledger's causes of it."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A change of mood."""

    line: int
    """Index of the last line before it."""
    delta: float
    rows: tuple[LedgerRow, ...]


class Tipping(Drill):
    kind: Literal["tip"]
    task: Text
    calls: Annotated[int, Field(ge=1, le=6)] = 3

    def deal(self, random: Random) -> tuple[Round, ...]:
        """Excerpts of simulated calls. In one of three nothing tips: the key is not pressed for its own sake."""
        tipping = [number % 3 != 2 for number in range(self.calls)]
        random.shuffle(tipping)
        packs = (pack for _ in count() for pack in customers(random))
        rounds = []
        for tips in tipping:
            pack, excerpt = next((pack, found) for pack in packs for found in [_found(pack, random, tips)] if found)
            rounds.append(TippingRound(task=self.task, lines=excerpt.lines, title=pack.title, excerpt=excerpt))
        return tuple(rounds)


@dataclass(kw_only=True)
class TippingRound(Round):
    excerpt: Excerpt
    tries: int = 1
    by: Literal["words", "key"] = "key"

    def judged(self, answer: Answer) -> Verdict:
        turn, pressed, rows = self.excerpt.turn, answer.pressed, self.excerpt.rows
        if turn is None:
            return Verdict(pressed is None, "none_came" if pressed is None else "false_alarm")
        line = (("", self.lines[turn].text),)
        if pressed is None:
            return Verdict(False, "unseen", rows=rows, found=line)
        if pressed < turn:
            return Verdict(False, "early", rows=rows, found=line)
        in_time = pressed < turn + IN_TIME_LINES
        return Verdict(in_time, "in_time" if in_time else "late", rows=rows, found=line)


def _found(pack: Pack, random: Random, tips: bool) -> Excerpt | None:
    """An excerpt of a call with this customer, or None where none of the calls tried has one."""
    listener = Listener(pack)
    for _ in range(PLAYS_A_PACK):
        trainee = random.choice(TRAINEES) if tips else "excellent"
        call = play(pack, trainee, random.randrange(1_000_000), listener=listener).line.journal
        found = excerpts(call, before=random.choice(LINES_BEFORE), tips=tips)
        if found:
            return random.choice(found)
    return None


def excerpts(call: Sequence[Event], *, before: int, tips: bool) -> list[Excerpt]:
    """Stretches of a call with at least `before` steady lines, the customer's first; then the turn, if it `tips`."""
    lines, moves = _read(call)
    found = []
    for start, line in enumerate(lines):
        turn = start + before
        end = turn + LINES_AFTER + 1
        within = [move for move in moves if start <= move.line < end]
        if line.by != "customer" or end > len(lines) or start == 0:
            continue
        if not tips:
            if all(move.delta <= STEADY for move in within):
                found.append(Excerpt(tuple(lines[start:end]), None))
            continue
        tip = next((move for move in within if move.line == turn and move.delta >= TIPS), None)
        if tip and all(move.delta <= STEADY for move in within if move.line < turn) and lines[turn].by == "adviser":
            causes = tuple(row for row in tip.rows if row.kind == "impulse" and row.delta > 0)
            found.append(Excerpt(tuple(lines[start:end]), before, causes))
    return found


def _read(call: Sequence[Event]) -> tuple[list[Spoken], list[_Move]]:
    lines: list[Spoken] = []
    moves: list[_Move] = []
    for event in call:
        match event:
            case Utterance(text=text) if text:
                lines.append(Spoken(text, 0.0, "adviser"))
            case Reply(text=text, delivery=delivery):
                lines.append(Spoken(text, delivery.anger))
            case MoodChanged(because=because):
                felt = tuple(row for row in because if row.kind != "relaxation")
                moves.append(_Move(len(lines) - 1, sum(row.delta for row in felt), felt))
            case _:
                pass
    return lines, moves
