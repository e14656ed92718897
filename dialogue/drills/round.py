"""One round of a drill in play: what sounds, what the trainee is to do, and the verdict on what they did."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dialogue.content import BY_ID, Context, judge
from dialogue.events import Behaviour, LedgerRow, Prosody, Scores

MOST_TRIES = 3
"""Then one way of doing it is shown, and the next round comes: a drill is short."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that sounds, or is shown where there is no sound."""

    text: str
    anger: float
    """In which it is said, 0..100."""
    by: Literal["customer", "adviser"] = "customer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the trainee did: words, perhaps with their sound, or the line at which they pressed the key."""

    text: str = ""
    scores: Scores | None = None
    prosody: Prosody | None = None
    baseline: Prosody | None = None
    """How the trainee sounds when calm; None while that is not known."""
    first: Prosody | None = None
    """How they sounded when they first spoke in this drill."""
    pressed: int | None = None
    """Index of the line that was sounding; None when the key was not pressed."""


Outcome = Literal[
    "", "in_time", "late", "early", "unseen", "none_came", "false_alarm", "gap_found", "gap_open",
    "first_step", "stepped_down", "level", "not_lower", "other_words", "not_heard",
]  # fmt: skip
"""What a verdict comes to, where the words alone do not say it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a try passed, and why."""

    passed: bool
    outcome: Outcome = ""
    found: tuple[tuple[str, str], ...] = ()
    """(what was wanted, the words that show it)."""
    missing: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str, str], ...] = ()
    """(what was said back wrongly, the trainee's words, how it was)."""
    spoiled: tuple[Behaviour, ...] = ()
    """Behaviours that harm, the plainest first."""
    words_too_many: int = 0
    voice: tuple[str, ...] = ()
    """The measures by which the voice stood above its own baseline, when it did."""
    rows: tuple[LedgerRow, ...] = ()
    """The ledger's reasons."""
    measured: Mapping[str, float] = field(default_factory=dict)
    """The voice beside its own baseline, as in `dialogue.tone.Tone.relative`."""
    beside_first: bool = False
    """No baseline being known, it is beside the first saying instead."""
    answered: Spoken | None = None
    """What the customer says to it."""


@dataclass(kw_only=True)
class Round(ABC):
    """Made anew each time a drill is played; may remember from one try to the next."""

    task: str
    lines: tuple[Spoken, ...] = ()
    title: str = ""
    desk: tuple[str, ...] = ()
    """What the trainee has before them."""
    tries: int = MOST_TRIES
    by: Literal["words", "key"] = "words"
    """Whether the answer is said, or a key pressed while the lines sound."""
    fades: bool = False
    """Whether the lines are gone when it is the trainee's turn."""
    breath: bool = False
    """Whether one breath comes before the answer."""
    one_way: str = ""
    """A way of doing it, shown afterwards as one of many."""
    wordings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the text model compares an answer with."""

    @abstractmethod
    def judged(self, answer: Answer) -> Verdict:
        """The verdict on one try. Pure but for what the round remembers; instant."""


def harmful(behaviours: Iterable[Behaviour]) -> tuple[Behaviour, ...]:
    """Those that harm, the plainest first."""
    found = [each for each in behaviours if BY_ID[each.id].kind == "harmful"]
    return tuple(sorted(found, key=lambda each: -each.confidence))


def shown_in(answer: Answer, heard: str) -> tuple[Behaviour, ...]:
    """The behaviours in an answer to the customer's line `heard`."""
    return judge(answer.text, answer.scores, Context(heard=heard))
