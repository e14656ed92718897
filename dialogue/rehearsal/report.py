"""What a pack's rehearsed calls came to, and whether that is what a good pack gives."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from dialogue.authoring.reachability import said_again
from dialogue.events import Outcome, Reply, SessionEvent
from dialogue.language import sentences
from dialogue.persona import Pack
from dialogue.persona.loading import common
from dialogue.rehearsal.listening import Listener
from dialogue.rehearsal.play import Played

GOALS: Mapping[str, tuple[float, float]] = {
    "excellent": (0.90, 1.0),
    "good": (0.60, 1.0),
    "average": (0.20, 0.60),
    "dismissive": (0.0, 0.05),
    "sycophant": (0.0, 0.05),
    "robotic": (0.0, 0.05),
}
"""Trainee -> least and most share of calls that come to a good end. The interrupter's are only shown."""
OUTCOMES: tuple[Outcome, ...] = ("satisfied", "resigned", "escalated", "hung_up", "ended_by_policy", "abandoned")


@dataclass(frozen=True, slots=True)
class Row:
    """The calls of one trainee."""

    trainee: str
    calls: int
    outcomes: Mapping[Outcome, float]
    """Outcome -> share of the calls, 0..1."""
    turns: float
    """Mean number of the trainee's turns."""
    seconds: float
    """Mean length of a call."""
    anger_end: float
    """Mean anger at the end, 0..100."""
    good: float
    """Share that came to one of the pack's good ends, 0..1."""

    @property
    def kept(self) -> bool:
        """Whether the goal was kept."""
        least, most = GOALS.get(self.trainee, (0.0, 1.0))
        return least <= self.good <= most

    @property
    def by_chance(self) -> bool:
        """Whether so few calls may miss the goal although the pack keeps it: two standard errors of a share."""
        least, most = GOALS.get(self.trainee, (0.0, 1.0))
        bound = least if self.good < least else most
        return abs(self.good - bound) <= 2.0 * sqrt(bound * (1.0 - bound) / self.calls)


@dataclass(frozen=True, slots=True)
class Report:
    rows: tuple[Row, ...]
    success: tuple[Outcome, ...]
    """The pack's good ends."""
    lines_used: float
    """Share of the pack's lines, the shared ones left out, that came up in some call, 0..1."""
    never_said: tuple[str, ...]
    """The pack's own lines that came up in no call."""
    repeats: tuple[str, ...]
    """Sentences that a customer said twice in one call, each with trainee and seed."""
    dead_ends: tuple[str, ...]
    """Calls that did not come to an end, by trainee and seed."""

    @property
    def failures(self) -> tuple[str, ...]:
        """What keeps the pack from passing, a sentence each."""
        return tuple(self._failures())

    def _failures(self) -> Iterator[str]:
        for row in self.rows:
            if not row.kept:
                least, most = GOALS[row.trainee]
                bound = f"at least {least:.0%}" if row.good < least else f"at most {most:.0%}"
                told = f"{row.trainee}: {row.good:.0%} of the calls end {' or '.join(self.success)}, expected {bound}"
                yield told + (" (within chance: try more --calls)" if row.by_chance else "")
        if self.repeats:
            yield f"{len(self.repeats)} times a line came twice in one call, first {self.repeats[0]}"
        if self.dead_ends:
            yield f"{len(self.dead_ends)} calls came to no end, first {self.dead_ends[0]}"


def report(pack: Pack, calls: Sequence[Played]) -> Report:
    """All that the table of `coolhead packs check` shows."""
    by_trainee: dict[str, list[Played]] = {}
    for call in calls:
        by_trainee.setdefault(call.trainee, []).append(call)
    listener = Listener(pack)
    heard = {line for call in calls for reply in _replies(call) for line in listener.lines(reply.text)}
    own = own_lines(pack)
    never = tuple(line for line in own if line not in heard)
    return Report(
        rows=tuple(_row(pack, name, played) for name, played in by_trainee.items()),
        success=pack.success,
        lines_used=1.0 - len(never) / max(len(own), 1),
        never_said=never,
        repeats=tuple(
            f"{call.trainee} {call.seed}: {text!r}" for call in calls for text in said_twice(pack, call.line.said)
        ),
        dead_ends=tuple(f"{call.trainee} {call.seed}" for call in calls if call.dead_end),
    )


def own_lines(pack: Pack) -> tuple[str, ...]:
    """All that this pack's author wrote for the customer to say."""
    shared, _ = common(pack.setting)
    pools = [*shared.lines.values(), *(pool for ball in shared.curveballs for pool in (ball.lines, ball.handled_lines))]
    others = {line for pool in pools for lines in pool.values() for line in lines}
    others |= {line for lines in pack.customer.vocabulary.values() for line in lines}
    return tuple(dict.fromkeys(line for line in pack.every_line() if line not in others))


def _row(pack: Pack, name: str, played: Sequence[Played]) -> Row:
    ends = Counter(call.line.ended.outcome for call in played if call.line.ended)
    shares: dict[Outcome, float] = {outcome: ends[outcome] / len(played) for outcome in OUTCOMES}
    return Row(
        trainee=name,
        calls=len(played),
        outcomes=shares,
        turns=fmean(call.turns for call in played),
        seconds=fmean(call.line.now for call in played),
        anger_end=fmean(call.line.anger for call in played),
        good=sum(shares[outcome] for outcome in pack.success),
    )


def said_twice(pack: Pack, said: Iterable[SessionEvent]) -> set[str]:
    """Sentences of five words and more that came in two replies of one call. Finishing a line that was cut off is
    none, nor is what a fact says again to who asks again."""
    replies = (one for one in said if isinstance(one, Reply) and one.act != "resume")
    counts = Counter(sentence for reply in replies for sentence in set(sentences(reply.text)))
    return {sentence for sentence, count in counts.items() if count > 1} - said_again(pack)


def _replies(call: Played) -> Iterator[Reply]:
    return (one for one in call.line.said if isinstance(one, Reply))
