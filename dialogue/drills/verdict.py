"""Whether an answer passed, and why: what was found in it, what is missing, what spoiled it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.content import BY_ID
from dialogue.drills.drill import Round
from dialogue.events import Behaviour
from dialogue.tone import Tone

RAISED = 0.5
"""From here on a voice is plainly raised (`dialogue.tone`): the words may be right, but nobody hears them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    found: tuple[tuple[str, str], ...] = ()
    """(what was wanted, the words that show it)."""
    missing: tuple[str, ...] = ()
    spoiled: tuple[Behaviour, ...] = ()
    """Behaviours that harm, the plainest first."""
    words_too_many: int = 0
    voice: tuple[str, ...] = ()
    """The measures by which the voice stood above its own baseline, when it did."""

    @property
    def passed(self) -> bool:
        return not (self.missing or self.spoiled or self.words_too_many or self.voice)


def judged(text: str, behaviours: Sequence[Behaviour], tone: Tone, task: Round) -> Verdict:
    """The verdict on one answer. `behaviours` as `dialogue.content.judge` found them in `text`."""
    found: list[tuple[str, str]] = []
    missing: list[str] = []
    for wanted, ids in task.wants.items():
        shown = max((each for each in behaviours if each.id in ids), key=lambda each: each.confidence, default=None)
        if shown:
            found.append((wanted, shown.evidence))
        else:
            missing.append(wanted)
    harmful = [each for each in behaviours if BY_ID[each.id].kind == "harmful"]
    return Verdict(
        found=tuple(found),
        missing=tuple(missing),
        spoiled=tuple(sorted(harmful, key=lambda each: -each.confidence)),
        words_too_many=max(0, len(text.split()) - task.most_words),
        voice=tone.reasons if tone.raised >= RAISED else (),
    )
