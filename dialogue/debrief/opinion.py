"""What the customer thinks of the company: a second meter, worked out from the ledger alone and adding up row by row.

Anger is how they feel on the telephone; opinion is what stays when the call is over. What the company does or lets them
wait for counts in full, what a helpful step promises in part, and how kindly somebody spoke least: that is put down to
the person. What a trainer did counts not at all. The shares are ours; every row says which one it took.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dialogue.events import CallEnded, Event, LedgerRow, MoodChanged, Outcome
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Pack
from dialogue.transitions.steering import CAUSE as TRAINER

START, LOYAL = 45.0, 10.0
"""Points of 0..100 with which they ring, something having gone wrong; and what long custom adds."""
KEPT, LOST = 50.0, 35.0
"""From the first on they stay, below the second they leave; between them it is open."""
PRAISE = 75.0
"""From here on they speak well of it by themselves."""
SHARES: Mapping[str, float] = {"harm": 0.55, "task": 0.4, "kindness": 0.2}
"""Of a row's anger points, by the kind of its effect."""
OWN_SHARES: Mapping[str, float] = {
    "need": 0.7, "partly": 0.7, "promise_kept": 0.9, "promise_broken": 0.9, "empty_promise": 0.9, "policy": 0.9,
    "dont_know": 0.9, "hold_unannounced": 0.9, "hold_too_long": 0.9,
}  # fmt: skip
"""By cause: what is the company's own doing."""
ENDS: Mapping[Outcome, float] = {
    "satisfied": 5.0,
    "resigned": -12.0,
    "escalated": -10.0,
    "hung_up": -12.0,
    "abandoned": -15.0,
}
"""Points that the end itself gives; other ends none. One that takes points leaves less than `KEPT`: who gave in, or
left, has not been kept yet, however kindly it began."""
Verdict = Literal["kept", "open", "lost"]
Telling = Literal["praise", "nobody", "grumble", "warn"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Points of 0..100. Start + all rows = end."""

    start: float
    rows: tuple[LedgerRow, ...]
    """One for each row of the ledger that counts, with the share it took as its parameter; a last one for the end."""

    @property
    def end(self) -> float:
        return self.start + sum(row.delta for row in self.rows)

    @property
    def verdict(self) -> Verdict:
        """Whether the customer is kept."""
        return "kept" if self.end >= KEPT else "lost" if self.end < LOST else "open"

    @property
    def tells(self) -> Telling:
        """Whom they will tell."""
        tellings: Mapping[Verdict, Telling] = {"kept": "nobody", "open": "grumble", "lost": "warn"}
        return "praise" if self.end >= PRAISE else tellings[self.verdict]


def opinion(events: Sequence[Event], pack: Pack) -> Opinion:
    """What the customer of `pack` thinks after these events, whole or cut off."""
    start = START + LOYAL * bool(pack.customer.loyalty)
    rows: list[LedgerRow] = []
    now = start
    for row in _felt(events):
        if row.cause.startswith("outcome:") and row.delta < 0:
            row = replace(row, delta=min(row.delta, KEPT - 1.0 - now))
        if not 0.0 <= now + row.delta <= 100.0:
            held = (100.0 if row.delta > 0 else 0.0) - now
            row = replace(row, delta=held, parameter=f"{row.parameter}, within 0 and 100")
        now += row.delta
        rows.append(row)
    return Opinion(start, tuple(rows))


def _felt(events: Sequence[Event]) -> Iterator[LedgerRow]:
    for event in events:
        if isinstance(event, MoodChanged):
            for row in event.because:
                kind = row.cause.partition(":")[0]
                share = OWN_SHARES.get(kind) or SHARES[EFFECTS[kind].kind if kind in EFFECTS else "harm"]
                if row.kind == "impulse" and row.cause != TRAINER:
                    points = -row.delta * share
                    yield LedgerRow(
                        row.t, "impulse", row.cause, row.evidence, points, f"{share:g} of {-row.delta:+.1f}", row.title
                    )
        elif isinstance(event, CallEnded) and event.outcome in ENDS:
            yield LedgerRow(event.t, "impulse", f"outcome:{event.outcome}", event.why, ENDS[event.outcome], "the end")
