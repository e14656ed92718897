"""What happened and what settles it: facts, needs, traps, and what the customer brings up by themselves."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from dialogue.events import Phase
from dialogue.persona.lines import Identifier, LineKey, Lines, Named, Part, Points, Text

Swing = Annotated[float, Field(ge=-30, le=30)]
"""A change of anger, in points."""


class LookUp(Named):
    """What the trainee can find out at the desk, and how long that takes."""

    seconds: Annotated[float, Field(gt=0, le=600)]
    result: str


class Desk(Part):
    """What the trainee has before them."""

    company: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    role: str
    account: Mapping[str, str]
    policy: tuple[str, ...]
    authority: tuple[str, ...]
    lookups: tuple[LookUp, ...] = ()


class Meaning(Named):
    """Something the trainee may say or ask, recognisable in any wording."""

    wordings: Annotated[tuple[Text, ...], Field(min_length=3)]
    """Examples of how it may be put, for the text model."""
    words: tuple[tuple[str, ...], ...] = ()
    """Groups of words that all must occur (one of each group; `brac*` stands for its endings), for the rules."""


class Fact(Meaning):
    """Something the customer knows and tells truthfully when asked."""

    hidden: bool = False
    """Left out of the story; only a question brings it up."""
    answers: Lines
    again: Lines = Field(default_factory=dict)
    """When asked again."""
    withheld_above: Points | None = None
    """Above this anger they do not answer."""
    withheld_below_trust: Points | None = None
    """Below this trust they do not answer."""
    after: tuple[Identifier, ...] = ()
    """Facts that have to be out before they tell this one."""
    withheld: Lines = Field(default_factory=dict)
    """What they say instead, while one of the three holds; the fact is not out then."""
    reveals: tuple[Identifier, ...] = ()
    """Facts that the answer gives away as well."""
    caring: bool = False
    """Asking it shows concern for them, e.g. whether anyone was hurt."""

    @model_validator(mode="after")
    def _withholding(self) -> "Fact":
        held = self.withheld_above is not None or self.withheld_below_trust is not None or bool(self.after)
        if held != bool(self.withheld):
            raise ValueError(
                f"fact {self.id!r}: `withheld` lines go with `withheld_above`, `withheld_below_trust` or `after`"
            )
        return self

    def pools(self) -> tuple[Mapping[LineKey, tuple[str, ...]], ...]:
        return self.answers, self.again, self.withheld


class Need(Meaning):
    """One thing that has to happen before the customer is content."""

    wordings: tuple[Text, ...] = ()
    kind: Literal["learn", "explain", "offer", "show"]
    """`learn`: the facts in `facts` came out. `explain`, `offer`: the trainee said it. `show`: the trainee did it, one
    of `behaviours`, `times` times in different turns."""
    facts: tuple[Identifier, ...] = ()
    behaviours: tuple[Identifier, ...] = ()
    """Behaviour ids of `dialogue.mood.effects`, any of which shows it."""
    times: Annotated[int, Field(ge=1, le=6)] = 1
    after: tuple[Identifier, ...] = ()
    """Needs that come first; before them it is heard with doubt and counts half."""
    not_above: Points | None = None
    """Above this anger it is not taken in: it is answered with `doubt` and does not count at all."""
    look_up: Identifier = ""
    """A look-up of the desk; before the trainee has said that they look, it is heard with doubt and counts half."""
    figures: tuple[Annotated[float, Field(ge=0)], ...] = ()
    """Amounts that have to be said, in this turn or before, in digits or in words; until then it counts half."""
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    tells: tuple[Identifier, ...] = ()
    """Facts that are out once the trainee has said it."""
    required: bool = True
    """Without it the customer is not satisfied, only resigned."""
    timed: bool = False
    """Complete only with a day, a clock time or a duration."""
    accept: Lines = Field(default_factory=dict)
    doubt: Lines = Field(default_factory=dict)
    ask_when: Lines = Field(default_factory=dict)
    ask_figures: Lines = Field(default_factory=dict)
    """How they ask for the figures that are still missing."""
    open: Lines = Field(default_factory=dict)
    """How the customer brings it up while it is not met."""

    @model_validator(mode="after")
    def _complete(self) -> "Need":
        if (self.kind == "learn") != bool(self.facts):
            raise ValueError("a need of kind learn expects `facts`, and only such a need has them")
        if (self.kind == "show") != bool(self.behaviours):
            raise ValueError("a need of kind show expects `behaviours`, and only such a need has them")
        if self.kind in ("explain", "offer") and len(self.wordings) < 3:
            raise ValueError(f"a need of kind {self.kind} expects at least three `wordings`")
        if self.figures and not self.ask_figures:
            raise ValueError("a need with `figures` expects `ask_figures` lines")
        if (self.not_above is not None or self.look_up) and not self.doubt:
            raise ValueError("a need with `not_above` or `look_up` expects `doubt` lines")
        return self

    def pools(self) -> tuple[Mapping[LineKey, tuple[str, ...]], ...]:
        return self.accept, self.doubt, self.ask_when, self.ask_figures, self.open


class Trap(Meaning):
    """Something the trainee had better not say in this call: an admission, a concession under heat, a guess."""

    above: Points = 0.0
    """Only above this anger: a concession under heat is one, the same words to a calm customer are an offer."""
    until: tuple[Identifier, ...] = ()
    """Only while one of these needs or facts is open."""
    cost: Annotated[float, Field(ge=0, le=30)] = 6.0
    """Anger points; 0 when the customer is only too glad."""
    promise: bool = False
    """It promises what is not the trainee's to give. Whatever the customer makes of it, it meets no need and calms
    nobody, and the ledger, the debrief and the scorecard tell of it."""
    lines: Lines
    teaches: str = ""
    """One sentence for the debrief."""


class Trigger(Part):
    """All conditions that are given must hold."""

    after_seconds: float | None = None
    phases: tuple[Phase, ...] = ()
    behaviour: str | None = None
    """The trainee's turn shows it."""
    any_behaviour: tuple[str, ...] = ()
    """The trainee's turn shows one of these."""
    named: bool | None = None
    """Whether the trainee has given their name."""
    unless: tuple[str, ...] = ()
    """The trainee's turn shows none of these behaviours, and neither it nor one before meets any of these needs."""
    from_turn: int = 1
    stalled_turns: Annotated[int, Field(ge=0, le=20)] = 0
    """At least so many turns ago the case last moved."""
    anger_at_least: Points = 0.0
    anger_at_most: Points = 100.0
    trust_at_least: Points = 0.0
    trust_at_most: Points = 100.0
    needs_met: tuple[Identifier, ...] = ()
    needs_open: tuple[Identifier, ...] = ()
    facts_known: tuple[Identifier, ...] = ()
    facts_open: tuple[Identifier, ...] = ()
    chance: Annotated[float, Field(gt=0, le=1)] = 1.0
    """In how many calls it can happen at all."""


class Curveball(Named):
    """Something the customer brings up by themselves, to see what the trainee makes of it."""

    title: str = ""
    when: Trigger
    lines: Lines
    expects: tuple[str, ...] = ()
    """Behaviours, or needs met, that handle it well in the trainee's next turn."""
    handled: Swing = -6.0
    """Anger points when the next turn has one of them and no harm in it."""
    missed: Swing = 4.0
    """Anger points when it has not."""
    handled_lines: Lines = Field(default_factory=dict)
    teaches: str = ""
    """One sentence for the debrief."""


class Note(Part):
    """What the debrief points out: `text` is said when `met` was met, or `missed` was not."""

    met: str = ""
    missed: str = ""
    text: Text

    @model_validator(mode="after")
    def _one(self) -> "Note":
        if bool(self.met) == bool(self.missed):
            raise ValueError(
                "a debrief note expects either `met` or `missed`: the id of a need, fact, curveball or trap"
            )
        return self
