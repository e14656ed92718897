"""Who calls: voice and manners, the parameters of their anger, and what a trainee may do about their language.

Anger and trust are 0..100; times are seconds.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from dialogue.mood.effects import EFFECT_IDS
from dialogue.persona.lines import Lines, Part, Points

Strain = Literal["angry", "anxious", "confused"]

STRAINS: Mapping[Strain, Mapping[str, float]] = {
    "angry": {},
    "anxious": {"plan_time": 1.25, "process": 1.2, "look_up": 1.3, "dead_air": 1.3, "dont_know": 1.3, "rush": 1.3},
    "confused": {"clarify": 1.2, "process": 1.3, "paraphrase": 1.2, "recap": 1.2, "rush": 1.5, "policy": 1.3},
}
"""What weighs more with people who are afraid, or lost, than with those who are plainly angry. A pack's own effects
come on top."""


class Customer(Part):
    name: Annotated[str, Field(min_length=2, max_length=60, pattern=r"^\S")]
    title: Literal["Mr", "Mrs", "Ms", "Miss", "Dr"] | None = None
    """How they are addressed with their surname; with it they put another title right."""
    voice: Annotated[str, Field(min_length=1)]
    """A name of `voice.synthesis.voices.VOICES`."""
    pace: Annotated[float, Field(ge=0.7, le=1.4)] = 1.0
    """Speaking rate beside the voice's own."""
    politeness: Annotated[float, Field(ge=0, le=1)] = 0.5
    """0 blunt, 1 courteous even when angry: how readily they thank and apologise back."""
    type: Literal["reactive", "proactive"] = "reactive"
    """A proactive customer presses the next open need in every answer; a reactive one waits to be led."""
    strain: Strain = "angry"
    """What is under the anger; `STRAINS` says what weighs more then."""
    loyalty: str = ""
    """How long and how well they have been a customer, in one sentence; with it they may bring it up themselves."""
    vocabulary: Lines = Field(default_factory=dict)
    """Their own short openings, e.g. "Honestly," or "With respect,"; without them everybody's."""
    refuses_hold_above: Points = 75.0
    """Anger above which they will not be put on hold, even when asked."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


class Temper(Part):
    """The parameters of the anger model; `dialogue.mood` says what each does."""

    start: Points
    resting: Points
    """Where time alone leads while nothing is solved."""
    floor: Points
    """What kindness alone cannot get below while nothing is solved; 0 once everything is."""
    solved: Points = 8.0
    """Resting level once everything is settled."""
    half_life_seconds: Annotated[float, Field(ge=10, le=3600)] = 150.0
    trust: Points = 30.0
    irritated: Points = 25.0
    angry: Points = 50.0
    furious: Points = 75.0
    patience_seconds: Annotated[float, Field(ge=2, le=60)] = 6.0
    """Of silence, before they ask whether anyone is there."""
    manager_at: Points = 84.0
    """Anger at which they ask for a manager: the point of no return."""
    manager_window: Points = 10.0
    """Anger points below `manager_at` from which they hint at it, and from which the trainee is told to offer one."""
    hang_up_at: Points = 95.0
    effects: Mapping[str, Annotated[float, Field(ge=0, le=3)]] = Field(default_factory=dict)
    """Effect id -> multiplier on the table in `dialogue.mood.effects`."""

    @field_validator("effects")
    @classmethod
    def _known(cls, value: Mapping[str, float]) -> Mapping[str, float]:
        for key in value:
            if key not in EFFECT_IDS:
                near = get_close_matches(key, EFFECT_IDS, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(EFFECT_IDS))}"
                raise ValueError(f"{key!r} is not an effect; {hint}")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> "Temper":
        if not self.irritated < self.angry < self.furious < self.hang_up_at:
            raise ValueError("expected irritated < angry < furious < hang_up_at")
        if not self.angry < self.manager_at < self.hang_up_at:
            raise ValueError("expected angry < manager_at < hang_up_at")
        if not max(self.solved, self.floor) <= self.resting:
            raise ValueError("expected solved and floor at most resting")
        if self.start < self.irritated + 6:
            raise ValueError("expected start at least 6 above irritated: nobody rings a help line because all is well")
        return self


class Tuning(Part):
    """What a difficulty changes."""

    start: Annotated[float, Field(ge=-40, le=40)] = 0.0
    """Anger points added to the start."""
    soothing: Annotated[float, Field(ge=0.3, le=2)] = 1.0
    harming: Annotated[float, Field(ge=0.3, le=2)] = 1.0
    patience: Annotated[float, Field(ge=0.4, le=3)] = 1.0


DIFFICULTIES: Mapping[str, Tuning] = {
    "easy": Tuning(start=-10, soothing=1.2, harming=0.8, patience=1.5),
    "normal": Tuning(),
    "hard": Tuning(start=8, soothing=0.8, harming=1.2, patience=0.75),
}


class Conduct(Part):
    """The customer's language, and when the trainee may end the call over it.

    Bad words are never written out: a line says `****`, and only in a pack that is `vulgar`.
    """

    vulgar: bool = False
    """Chosen on purpose: nobody gets such a caller without having asked for one."""
    warnings: Annotated[int, Field(ge=0, le=5)] = 2
    """How many warnings the policy asks for before the call may be ended."""
    text: str = ""
    """The policy, for the desk."""
    swears_above: Points = 50.0
    """Anger above which they swear."""
    stops_after: Annotated[int, Field(ge=1, le=5)] | None = None
    """Warnings after which they hold back; without it nothing stops them, and ending by policy is right."""
    swearing: Lines = Field(default_factory=dict)
    """What goes before or behind an answer while they swear, e.g. "This **** company!"."""
    warned: Lines = Field(default_factory=dict)
    """What they say to a warning that the policy allows."""

    @model_validator(mode="after")
    def _bleeped(self) -> "Conduct":
        if self.swearing and not self.vulgar:
            raise ValueError("`swearing` expects `vulgar: true`")
        if self.vulgar and not (self.swearing and self.text):
            raise ValueError("a vulgar customer expects `swearing` lines and the policy as `text`")
        return self
