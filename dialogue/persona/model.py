"""The form of a scenario pack: who calls, what happened, what settles it, and every line they may say.

All parts are frozen pydantic models that refuse unknown keys. Anger and trust are 0..100; times are seconds.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from dialogue.events import Band, Outcome, Phase
from dialogue.mood.effects import EFFECT_IDS

Anger = Annotated[float, Field(ge=0, le=100)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
LineKey = Literal["calm", "irritated", "angry", "furious", "cool", "hot", "any"]

SLOTS = frozenset({"agent", "customer", "promise", "minutes", "asked", "known"})
"""What a line may refer to: the trainee's name, the customer's own first name, a time the trainee stated, whole minutes
on the line, a topic the trainee asked about, a need already agreed. A line whose slot is empty is not said."""

REACTIONS = frozenset(
    {
        # how the call is opened, kept open and closed
        "opening", "opening_unprompted", "are_you_there", "ask_again", "continue", "demand", "unknown_question",
        "off_topic_question",
        "told_already", "agree_check", "nothing_else", "nothing_to_go_on", "wrap_up", "thanks_back",
        "goodbye_too_soon", "partly_settled", "hold_granted", "hold_refused",
        "back_from_hold", "back_late", "back_unannounced", "cut_off", "turned_away",
        # what the trainee did well
        "greeting", "empathy", "apology", "ownership", "plan_time", "clarify", "thanks", "recap", "paraphrase",
        "option", "process", "help_offer", "find_out", "loyalty", "boundary", "authority", "together", "look_up",
        "product_question", "extra_mile", "manager_offer", "manager_offer_late", "park_topic", "revisit_topic",
        # what the trainee did badly
        "calm_down", "know_how_feel", "arguing", "rude", "blaming", "policy", "rush", "dont_know", "empty_promise",
        "non_apology", "apology_again", "hold_demand", "wrong_name", "too_soon", "parroting", "beside_the_point",
        "raised_voice", "promise_broken", "conduct_warning",
        # where it ends
        "manager_demand", "last_warning", "end_satisfied", "end_resigned", "end_escalated", "end_hung_up",
        "end_by_policy",
    }
)  # fmt: skip


def _as_lines(value: object) -> object:
    """A bare list of lines holds for any mood; a bare string is a list of one."""
    if isinstance(value, str):
        return {"any": [value]}
    return {"any": value} if isinstance(value, (list, tuple)) else value


Text = Annotated[str, Field(min_length=1, max_length=400)]
Lines = Annotated[Mapping[LineKey, tuple[Text, ...]], BeforeValidator(_as_lines)]

_FITTING: Mapping[Band, tuple[LineKey, ...]] = {
    "calm": ("calm", "cool", "any"),
    "irritated": ("irritated", "cool", "any"),
    "angry": ("angry", "hot", "any"),
    "furious": ("furious", "hot", "any"),
}


def fitting(lines: Mapping[LineKey, tuple[str, ...]], band: Band) -> tuple[str, ...]:
    """The lines that suit the band, best fit first."""
    return tuple(line for key in _FITTING[band] for line in lines.get(key, ()))


def slots(line: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w*)\}", line))


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Customer(Part):
    name: Annotated[str, Field(min_length=2, max_length=60)]
    voice: Annotated[str, Field(min_length=1)]
    """A name of `voice.synthesis.voices.VOICES`."""
    pace: Annotated[float, Field(ge=0.7, le=1.4)] = 1.0
    """Speaking rate beside the voice's own."""
    politeness: Annotated[float, Field(ge=0, le=1)] = 0.5
    """0 blunt, 1 courteous even when angry: how readily they thank and apologise back."""
    type: Literal["reactive", "proactive"] = "reactive"
    """A proactive customer presses the next open need in every answer; a reactive one waits to be led."""
    loyalty: str = ""
    """How long and how well they have been a customer, in one sentence."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class LookUp(Part):
    id: Identifier
    title: str
    seconds: Annotated[float, Field(gt=0, le=600)]
    result: str


class Desk(Part):
    """What the trainee has before them."""

    company: str
    role: str
    account: Mapping[str, str]
    policy: tuple[str, ...]
    authority: tuple[str, ...]
    lookups: tuple[LookUp, ...] = ()


class Temper(Part):
    """The parameters of the anger model; `dialogue.mood` says what each does."""

    start: Anger
    resting: Anger
    """Where time alone leads while nothing is solved."""
    floor: Anger
    """What kindness alone cannot get below while nothing is solved; 0 once everything is."""
    solved: Anger = 8.0
    """Resting level once everything is settled."""
    half_life_seconds: Annotated[float, Field(ge=10, le=3600)] = 150.0
    trust: Anger = 30.0
    irritated: Anger = 25.0
    angry: Anger = 50.0
    furious: Anger = 75.0
    patience_seconds: Annotated[float, Field(ge=2, le=60)] = 6.0
    """Of silence, before they ask whether anyone is there."""
    manager_at: Anger = 84.0
    """Anger at which they ask for a manager: the point of no return."""
    hang_up_at: Anger = 95.0
    effects: Mapping[str, Annotated[float, Field(ge=0, le=3)]] = Field(default_factory=dict)
    """Effect id -> multiplier on the table in `dialogue.mood.effects`."""

    @field_validator("effects")
    @classmethod
    def _known(cls, value: Mapping[str, float]) -> Mapping[str, float]:
        for key in value:
            if key not in EFFECT_IDS:
                raise ValueError(f"{key!r} is not an effect; known are {', '.join(sorted(EFFECT_IDS))}")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> "Temper":
        if not self.irritated < self.angry < self.furious < self.hang_up_at:
            raise ValueError("expected irritated < angry < furious < hang_up_at")
        if not max(self.solved, self.floor) <= self.resting:
            raise ValueError("expected solved and floor at most resting")
        if self.start < self.irritated + 6:
            raise ValueError("expected start at least 6 above irritated: nobody rings a help line because all is well")
        return self


class Meaning(Part):
    """Something the trainee may say or ask, recognisable in any wording."""

    id: Identifier
    title: str
    """A few words that finish "about ...", for the debrief and for lines that refer back."""
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
    withheld_above: Anger | None = None
    """Above this anger they do not answer."""
    withheld: Lines = Field(default_factory=dict)
    reveals: tuple[Identifier, ...] = ()
    """Facts that the answer gives away as well."""
    caring: bool = False
    """Asking it shows concern for them, e.g. whether anyone was hurt."""


class Need(Meaning):
    """One thing that has to happen before the customer is content."""

    wordings: tuple[Text, ...] = ()
    kind: Literal["learn", "explain", "offer"]
    """`learn`: the facts in `facts` came out. `explain`, `offer`: the trainee said it."""
    facts: tuple[Identifier, ...] = ()
    after: tuple[Identifier, ...] = ()
    """Needs that come first; before them it is heard with doubt and counts half."""
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
    open: Lines = Field(default_factory=dict)
    """How the customer brings it up while it is not met."""

    @model_validator(mode="after")
    def _complete(self) -> "Need":
        if self.kind == "learn" and not self.facts:
            raise ValueError("a need of kind learn expects `facts`")
        if self.kind != "learn" and len(self.wordings) < 3:
            raise ValueError(f"a need of kind {self.kind} expects at least three `wordings`")
        return self


class Trigger(Part):
    """All conditions that are given must hold."""

    after_seconds: float | None = None
    phases: tuple[Phase, ...] = ()
    behaviour: str | None = None
    from_turn: int = 1
    anger_at_least: Anger = 0.0
    anger_at_most: Anger = 100.0
    trust_at_least: Anger = 0.0
    needs_met: tuple[Identifier, ...] = ()
    needs_open: tuple[Identifier, ...] = ()


class Curveball(Part):
    """Something the customer brings up by themselves, to see what the trainee makes of it."""

    id: Identifier
    title: str = ""
    """A few words for the ledger; without it the id in words."""
    when: Trigger
    lines: Lines
    expects: tuple[str, ...] = ()
    """Behaviours, or needs met, that handle it well in the trainee's next turn."""
    handled: float = -6.0
    """Anger points when the next turn has one of them and no harm in it."""
    missed: float = 4.0
    """Anger points when it has not."""
    handled_lines: Lines = Field(default_factory=dict)
    teaches: str = ""
    """One sentence for the debrief."""


class Tuning(Part):
    """What a difficulty changes."""

    start: Annotated[float, Field(ge=-40, le=40)] = 0.0
    """Anger points added to the start."""
    soothing: Annotated[float, Field(ge=0.3, le=2)] = 1.0
    harming: Annotated[float, Field(ge=0.3, le=2)] = 1.0
    patience: Annotated[float, Field(ge=0.4, le=3)] = 1.0


class Note(Part):
    """What the debrief points out: `text` is said when `met` was met, or `missed` was not."""

    met: str = ""
    missed: str = ""
    text: Text

    @model_validator(mode="after")
    def _one(self) -> "Note":
        if bool(self.met) == bool(self.missed):
            raise ValueError("a debrief note expects either `met` or `missed`: the id of a need, fact or curveball")
        return self


class Conduct(Part):
    """When the trainee may end the call over language."""

    vulgar: bool = False
    warnings: Annotated[int, Field(ge=0, le=5)] = 2
    text: str = ""


DIFFICULTIES: Mapping[str, Tuning] = {
    "easy": Tuning(start=-10, soothing=1.2, harming=0.8, patience=1.5),
    "normal": Tuning(),
    "hard": Tuning(start=8, soothing=0.8, harming=1.2, patience=0.75),
}


class Pack(Part):
    """A scenario pack, complete and checked. `load` makes it; equality is by content."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    summary: str
    level: Annotated[int, Field(ge=1, le=5)]
    """1 gentle to 5 hard."""
    minutes: Annotated[int, Field(ge=2, le=30)]
    """How long the call usually takes."""
    skills: tuple[str, ...]
    customer: Customer
    story: str
    """For the trainer and the debrief: what happened and what is left out."""
    desk: Desk
    apology: Literal["due", "experience", "not_due"] = "due"
    """due: the company is at fault. experience: sorry for what it was like. not_due: an admission would be wrong."""
    hear_first: bool = True
    """Whether a solution before the customer has been heard costs."""
    conduct: Conduct = Conduct()
    mood: Temper
    difficulties: Mapping[str, Tuning] = Field(default_factory=lambda: dict(DIFFICULTIES))
    vent: Annotated[tuple[Lines, ...], Field(min_length=2, max_length=8)]
    """The story as the customer tells it, in order, one piece a turn."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    settlement: Annotated[tuple[Need, ...], Field(min_length=1)]
    settled_below: Anger = 45.0
    """Anger under which a settled case ends satisfied."""
    patience_turns: Annotated[int, Field(ge=4, le=40)] = 9
    """Turns without any progress after which they give up."""
    curveballs: tuple[Curveball, ...] = ()
    lines: Mapping[str, Lines]
    outcomes: Mapping[Outcome, str]
    debrief: tuple[Note, ...] = ()
    sha256: str = ""
    """Of this file and of the lines shared by all packs."""

    @field_validator("lines")
    @classmethod
    def _known_reactions(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        from difflib import get_close_matches

        for key in value:
            if key not in REACTIONS:
                near = get_close_matches(key, REACTIONS, 1)
                raise ValueError(f"{key!r} is no reaction" + (f"; did you mean {near[0]!r}?" if near else ""))
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "Pack":
        facts = {fact.id for fact in self.facts}
        needs = {need.id for need in self.settlement}
        balls = {ball.id for ball in self.curveballs}
        ids = [*(f.id for f in self.facts), *(n.id for n in self.settlement), *(b.id for b in self.curveballs)]
        for double in {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"the id {double!r} is used twice")
        for need in self.settlement:
            _refer((*need.facts, *need.tells), facts, f"need {need.id!r}", "fact")
            _refer(need.after, needs - {need.id}, f"need {need.id!r}", "other need")
        for fact in self.facts:
            _refer(fact.reveals, facts - {fact.id}, f"fact {fact.id!r}", "other fact")
        for ball in self.curveballs:
            _refer((*ball.when.needs_met, *ball.when.needs_open), needs, f"curveball {ball.id!r}", "need")
        for note in self.debrief:
            _refer((note.met or note.missed,), facts | needs | balls, "a debrief note", "fact, need or curveball")
        for missing in set(DIFFICULTIES) - set(self.difficulties):
            raise ValueError(f"`difficulties` expects a set for {missing!r}")
        for line in self.every_line():
            for slot in slots(line) - SLOTS:
                raise ValueError(f"unknown slot {{{slot}}} in {line!r}; known are {', '.join(sorted(SLOTS))}")
        return self

    def __repr__(self) -> str:
        return f"<Pack {self.id} {self.sha256[:8]}>"

    @property
    def wordings(self) -> Mapping[str, tuple[str, ...]]:
        """Fact and need ids -> how a trainee may put them; what the text model compares clauses with."""
        return {part.id: part.wordings for part in (*self.facts, *self.settlement) if part.wordings}

    def fact(self, name: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == name)

    def need(self, name: str) -> Need:
        return next(need for need in self.settlement if need.id == name)

    def every_line(self) -> Iterator[str]:
        """All that the customer may say."""
        pools: list[Mapping[LineKey, tuple[str, ...]]] = [*self.vent, *self.lines.values()]
        for fact in self.facts:
            pools += [fact.answers, fact.again, fact.withheld]
        for need in self.settlement:
            pools += [need.accept, need.doubt, need.ask_when, need.open]
        for ball in self.curveballs:
            pools += [ball.lines, ball.handled_lines]
        return (line for pool in pools for lines in pool.values() for line in lines)


def _refer(names: tuple[str, ...], known: set[str], who: str, what: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{who} refers to {name!r}, which is no {what} here")
