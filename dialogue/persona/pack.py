"""A scenario pack, complete: its parts together, and that they fit each other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from dialogue.events import Outcome
from dialogue.mood.effects import EFFECTS
from dialogue.persona.customer import DIFFICULTIES, Conduct, Customer, Temper, Tuning
from dialogue.persona.lines import REACTIONS, SLOTS, Identifier, LineKey, Lines, Named, Part, Points, slots
from dialogue.persona.story import Curveball, Desk, Fact, Meaning, Need, Note, Trap

Setting = Literal["customer", "colleague"]
BLEEP = "****"
"""Stands in a line for a bad word, which is never written out: read as it stands, and spoken as a tone."""
STORY = "_story"
SMALL_TALK = "_small_talk"
"""Stand for the customer's own story, and for talk about anything else, among the wordings; no author can choose
these ids."""
STORY_WORDS = 4
"""Words from which one of its sentences says anything."""


class Pack(Part):
    """`load` makes it; equality is by content."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    summary: str
    level: Annotated[int, Field(ge=1, le=5)]
    """1 gentle to 5 hard."""
    minutes: Annotated[int, Field(ge=2, le=30)]
    """How long the call usually takes."""
    skills: tuple[str, ...]
    setting: Setting = "customer"
    """Whether a customer calls or somebody from work: which shared lines stand behind the pack's own."""
    customer: Customer
    story: str
    """For the trainer and the debrief: what happened and what is left out."""
    desk: Desk
    apology: Literal["due", "experience", "not_due"] = "due"
    """due: the company is at fault. experience: sorry for what it was like. not_due: an admission would be wrong."""
    hear_first: bool = True
    """Whether a solution before the customer has been heard costs."""
    success: tuple[Outcome, ...] = ("satisfied",)
    """The outcomes that are a good end of this call, the best first."""
    conduct: Conduct = Conduct()
    mood: Temper
    difficulties: Mapping[str, Tuning] = Field(default_factory=lambda: dict(DIFFICULTIES))
    vent: Annotated[tuple[Lines, ...], Field(min_length=2, max_length=8)]
    """The story as the customer tells it, in order, one piece a turn."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    settlement: Annotated[tuple[Need, ...], Field(min_length=1)]
    settled_below: Points = 45.0
    """Anger under which a settled case ends satisfied."""
    patience_turns: Annotated[int, Field(ge=4, le=40)] = 9
    """Turns without any progress after which they give up."""
    traps: tuple[Trap, ...] = ()
    curveballs: tuple[Curveball, ...] = ()
    brings_up: tuple[Identifier, ...] | None = None
    """Which of the shared curveballs this customer may bring up; all that suit them when it is not given."""
    lines: Mapping[str, Lines]
    outcomes: Mapping[Outcome, str]
    debrief: tuple[Note, ...] = ()
    shared: frozenset[str] = frozenset()
    """Ids of the curveballs that come from the shared file; computed."""
    small_talk: tuple[str, ...] = ()
    """Questions about what nobody rings about, from the shared file; computed."""
    sha256: str = ""
    """Of this file and of what is shared by all packs; computed."""

    @field_validator("lines")
    @classmethod
    def _known_reactions(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        for key in value:
            if key not in REACTIONS:
                near = get_close_matches(key, REACTIONS, 1)
                raise ValueError(f"{key!r} is no reaction" + (f"; did you mean {near[0]!r}?" if near else ""))
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "Pack":
        facts = {fact.id for fact in self.facts}
        needs = {need.id for need in self.settlement}
        others = {part.id for part in (*self.curveballs, *self.traps)}
        ids = self.ids()
        for double in {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"the id {double!r} is used twice")
        looks = {one.id for one in self.desk.lookups}
        for need in self.settlement:
            who = f"need {need.id!r}"
            _refer((*need.facts, *need.tells), facts, who, "fact")
            _refer(need.after, needs - {need.id}, who, "other need")
            _refer(need.behaviours, set(EFFECTS), who, "behaviour")
            _refer((need.look_up,) if need.look_up else (), looks, who, "look-up of the desk")
        _acyclic("need", {need.id: need.after for need in self.settlement})
        for fact in self.facts:
            _refer((*fact.reveals, *fact.after), facts - {fact.id}, f"fact {fact.id!r}", "other fact")
        _acyclic("fact", {fact.id: fact.after for fact in self.facts})
        for trap in self.traps:
            _refer(trap.until, facts | needs, f"trap {trap.id!r}", "fact or need")
        for ball in self.curveballs:
            who = f"curveball {ball.id!r}"
            _refer((*ball.when.needs_met, *ball.when.needs_open), needs, who, "need")
            _refer((*ball.when.facts_known, *ball.when.facts_open), facts, who, "fact")
            named = (ball.when.behaviour,) if ball.when.behaviour else ()
            _refer((*named, *ball.when.any_behaviour), set(EFFECTS), who, "behaviour")
            _refer((*ball.when.unless, *ball.expects), {*EFFECTS, *needs}, who, "behaviour or need")
        for note in self.debrief:
            known = facts | needs | others | set(self.brings_up or ())
            _refer((note.met or note.missed,), known, "a debrief note", "fact, need, curveball or trap")
        for missing in set(DIFFICULTIES) - set(self.difficulties):
            raise ValueError(f"`difficulties` expects a set for {missing!r}")
        for line in self.every_line():
            for slot in slots(line) - SLOTS:
                raise ValueError(f"unknown slot {{{slot}}} in {line!r}; known are {', '.join(sorted(SLOTS))}")
            if BLEEP in line and not self.conduct.vulgar:
                raise ValueError(f"{BLEEP} in {line!r} expects `conduct: {{vulgar: true, ...}}`")
        return self

    def __repr__(self) -> str:
        return f"<Pack {self.id} {self.sha256[:8]}>"

    __str__ = __repr__

    @property
    def first_name(self) -> str:
        """The customer's."""
        return self.customer.first_name

    @property
    def wordings(self) -> Mapping[str, tuple[str, ...]]:
        """Fact, need and trap ids -> how a trainee may put them; what the text model compares clauses with. `STORY` ->
        the customer's own sentences, by which it is known again when it is given back to them; `SMALL_TALK` -> what is
        about nothing of it."""
        parts: tuple[Meaning, ...] = (*self.facts, *self.settlement, *self.traps)
        lines = (line.replace(BLEEP, "") for piece in self.vent for pool in piece.values() for line in pool)
        told = (one for line in lines for one in re.split(r"(?<=[.!?])\s+", line) if len(one.split()) >= STORY_WORDS)
        own = {part.id: part.wordings for part in parts if part.wordings}
        return own | {STORY: tuple(dict.fromkeys(told)), SMALL_TALK: self.small_talk}

    def ids(self) -> list[str]:
        parts: tuple[Named, ...] = (*self.facts, *self.settlement, *self.curveballs, *self.traps)
        return [part.id for part in parts]

    def fact(self, name: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == name)

    def need(self, name: str) -> Need:
        return next(need for need in self.settlement if need.id == name)

    def trap(self, name: str) -> Trap:
        return next(trap for trap in self.traps if trap.id == name)

    def curveball(self, name: str) -> Curveball:
        return next(ball for ball in self.curveballs if ball.id == name)

    def every_line(self) -> Iterator[str]:
        """All that the customer may say, once for each place where it belongs, whatever moods it is for there."""
        pools: list[Mapping[LineKey, tuple[str, ...]]] = [*self.vent, *self.lines.values()]
        for fact in self.facts:
            pools += fact.pools()
        for need in self.settlement:
            pools += need.pools()
        for ball in self.curveballs:
            pools += [ball.lines, ball.handled_lines]
        pools += [trap.lines for trap in self.traps]
        pools += [self.conduct.swearing, self.conduct.warned, self.customer.vocabulary]
        return (line for pool in pools for line in dict.fromkeys(line for lines in pool.values() for line in lines))


def _refer(names: Iterable[str], known: set[str], who: str, what: str) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"{who} refers to {name!r}, which is no {what} here{hint}")


def _acyclic(what: str, after: Mapping[str, tuple[str, ...]]) -> None:
    """Raises ValueError when a part would have to wait for itself."""
    done: set[str] = set()
    while ready := {name for name, first in after.items() if name not in done and set(first) <= done}:
        done |= ready
    for name in after:
        if name not in done:
            raise ValueError(f"{what} {name!r} waits for itself: its `after` leads back to it")
