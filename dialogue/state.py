"""The state of a call. Every part is a frozen value, so a shallow copy is a whole copy and a fork costs nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogue.events import CallStarted, Mood, Phase, Prosody
from dialogue.mood.effects import HARMS
from dialogue.persona import Pack, Tuning


@dataclass(frozen=True, slots=True)
class Hold:
    """The customer has been put on hold."""

    since: float
    announced: bool
    stated_seconds: float | None
    """How long the trainee said it would take."""
    stated: str = ""
    """In these words."""
    costs: int = 0
    """How often it has annoyed them so far."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Who may speak, who does, and since when nobody has. Times in seconds on the call clock."""

    silent_since: float | None = 0.0
    """Since when the trainee has owed words; None while anyone speaks."""
    trainee_speaking: bool = False
    line: int | None = None
    """The customer's line that is to be said or is being said."""
    line_until: float = 0.0
    """When that line will be over if nothing is heard from the mouth."""
    playing_since: float | None = None
    """Since when the customer's voice has sounded."""
    unheard: str = ""
    """What the trainee did not let the customer say."""
    answered_after: float = 0.0
    """How long the silence before the trainee's present turn lasted."""
    talked_over: bool = False
    """The trainee began to speak while the customer was speaking, and could have heard it."""
    prompts: int = 0
    """How often the customer has asked into this silence."""
    granted_seconds: float = 0.0
    """How much longer the silence may last, because the trainee said what they are doing."""
    granted_for: str = ""
    """The words that stated this time ("give me a minute"); "" where none was."""
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """How far the case has come."""

    phase: Phase = "greeting"
    told: int = 0
    """Pieces of the story told."""
    acknowledged: bool = False
    """The trainee has shown that they noticed the customer's state."""
    heard: bool = False
    """Heard out: the story is told, or enough of it and acknowledged."""
    facts: frozenset[str] = frozenset()
    """Facts that have come out."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """Fact id -> how often the trainee asked."""
    met: tuple[str, ...] = ()
    """Needs met, in order."""
    partly: frozenset[str] = frozenset()
    """Needs promised without a time, or too early."""
    shown: Mapping[str, int] = field(default_factory=dict)
    """Need id -> in how many turns the trainee did what it asks for."""
    looked: bool = False
    """The trainee has said that they look something up."""
    figures: frozenset[float] = frozenset()
    """Amounts the trainee has said."""
    sprung: frozenset[str] = frozenset()
    """Traps the trainee has walked into."""
    effort: int = 0
    """Helpful steps outside the needs, at most a few count."""
    progress_turn: int = 0
    """The turn that last brought the case forward."""
    agreed: bool = False
    """The customer has said that this settles it."""
    fired: frozenset[str] = frozenset()
    """Curveballs thrown."""
    provoked: frozenset[str] = frozenset()
    """Those of them that the call has come to by itself; a trainer may throw any of them any time."""
    waiting: tuple[str, ...] = ()
    """Curveballs due as soon as the customer has the floor."""
    facing: str = ""
    """The curveball the trainee's next turn has to handle."""
    patience_left: int = 0
    """How many more turns that may help in another way before it is forgotten."""
    hinted: bool = False
    """They have let it be known that they think of asking for a manager."""
    manager_asked: bool = False
    """Past the point of no return."""
    warned: bool = False
    """The customer has said they will hang up."""
    farewells: int = 0
    """How often the trainee said goodbye too soon."""
    warnings: int = 0
    """Conduct warnings the trainee gave."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a part of a customer's line does, and the fact, need, trap or curveball that it is about."""

    kind: str
    """"vent", "answer", "open", "accept", or a reaction of the pack's `lines`."""
    about: str = ""

    @property
    def retorts(self) -> bool:
        """Whether it only hits back at what the trainee did, as "so it's my fault?" does."""
        return self.kind in HARMS and not self.about

    def __str__(self) -> str:
        """As the journal has it in `Reply.act`: "vent", "answer:order_date"."""
        return f"{self.kind}:{self.about}" if self.about else self.kind


NO_ACT = Act("")
_ASIDES = frozenset({"swearing", "wrong_title"})
"""Kinds of acts that are not what the line is for."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said, by both."""

    said: frozenset[str] = frozenset()
    """Every line and part of a line the customer has used."""
    replies: int = 0
    """Id of the customer's last line."""
    last_line: str = ""
    acts: tuple[Act, ...] = ()
    """What the parts of the last line do, in order."""
    emotional: bool = False
    """The last line carried feeling that asks to be noticed."""
    noticed: bool = False
    """The trainee's last turn held something for how they feel."""
    was_hot: bool = False
    """The customer has spoken in anger in this call."""
    apologised: bool = False
    """The customer has said sorry for having spoken in anger."""
    trainee: frozenset[str] = frozenset()
    """The trainee's sentences, normalised."""
    turn: int = 0
    agent: str = ""
    """The name the trainee gave."""
    formal: bool = False
    """The trainee has called them by a title, last time they named them."""
    promise: str = ""
    """The last time the trainee stated, in their words."""
    asked: str = ""
    """What the trainee last asked about."""
    known: str = ""
    """The need last agreed on."""
    used: Mapping[str, int] = field(default_factory=dict)
    """Effect id -> how often it has worked."""
    hold_announced: bool = False
    """The trainee's last turn asked for a hold, or gave its reason."""
    wait_seconds: float | None = None
    """How long a wait it announced."""
    wait: str = ""
    """In these words."""

    @property
    def last_act(self) -> Act:
        """What the last line was for."""
        return next((act for act in self.acts if act.kind not in _ASIDES), NO_ACT)

    @property
    def wanted(self) -> str:
        """Id of the need that the last line asked for, "" for none."""
        return self._about("open")

    @property
    def due(self) -> str:
        """Id of the need whose time the last line asked for, "" for none."""
        return self._about("ask_when")

    def _about(self, kind: str) -> str:
        return next((act.about for act in self.acts if act.kind == kind), "")


@dataclass(frozen=True, slots=True)
class Prompter:
    """The coaching line on the screen."""

    id: str = ""
    since: float = 0.0
    until: float = 0.0
    queued: str = ""
    """The cue that waits until the present one has been read."""
    shown: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class CallState:
    """All of a call. Fields are replaced, never changed in place."""

    pack: Pack
    started: CallStarted
    tuning: Tuning
    mood: Mood
    t: float = 0.0
    floor: Floor = Floor()
    case: Case = Case()
    memory: Memory = Memory()
    prompter: Prompter = Prompter()
    opening_voice: Prosody | None = None
    """How the trainee sounded in their first turn, before anything provoked them: the baseline where none was given."""
    sound_lost: bool = False
    """Microphone or headphones have gone: nobody may be blamed for a silence."""
    paused: bool = False
    """By the trainer of a class: time brings nothing."""
    ended: bool = False

    @property
    def by_keyboard(self) -> bool:
        """The trainee types: from the start, or until the sound comes back."""
        return self.started.mode == "text" or self.sound_lost
