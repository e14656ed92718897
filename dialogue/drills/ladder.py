"""The tone ladder: one sentence again and again, each time lower, slower and softer, beside one's own baseline.

What is measured is the voice (`dialogue.tone` says how and why); nothing is said, or known, of how anybody feels.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from dialogue import tone
from dialogue.content.plain import plain
from dialogue.drills.drill import Drill
from dialogue.drills.round import Answer, Outcome, Round, Verdict
from dialogue.events import Prosody
from dialogue.persona.lines import Text

STEP_DOWN = 0.15
"""Steps (`dialogue.tone`) by which a voice has to come down to count as lower; saying a sentence twice alike differs by
about a tenth."""
SAME_WORDS = 0.6
"""Share of the sentence's words from which it was that sentence: pitch and pace are compared on the same words."""
SHORTEST_SECONDS = 0.6
"""Of speech, from which it can be measured."""


class Ladder(Drill):
    kind: Literal["ladder"]
    first: Text
    """The task of the first step..."""
    task: Text
    """...and of the others."""
    steps: Annotated[int, Field(ge=2, le=6)] = 4
    sentences: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def by_voice_only(self) -> bool:
        return True

    def deal(self, random: Random) -> tuple[Round, ...]:
        sentence = random.choice(self.sentences)
        climb = Climb()
        return tuple(
            LadderRound(task=self.task if number else self.first, title=sentence, climb=climb)
            for number in range(self.steps)
        )


@dataclass
class Climb:
    """What the steps of one ladder share."""

    baseline: Prosody | None = None
    """One's own, or the first saying where none is known."""
    calm_known: bool = False
    """Whether it is one's own."""
    heights: list[float] = field(default_factory=list)
    """Of the steps that passed, in steps above the baseline."""


@dataclass(kw_only=True)
class LadderRound(Round):
    climb: Climb

    def judged(self, answer: Answer) -> Verdict:
        wanted, said = set(plain(self.title).text.split()), set(plain(answer.text).text.split())
        voice = answer.prosody
        if voice is None or voice.seconds < SHORTEST_SECONDS:
            return Verdict(False, "not_heard")
        if len(wanted & said) < SAME_WORDS * len(wanted):
            return Verdict(False, "other_words")
        climb = self.climb
        if climb.baseline is None:
            climb.baseline, climb.calm_known = answer.baseline or voice, answer.baseline is not None
        relative = tone.read(voice, climb.baseline).relative
        height = _height(relative)
        outcome: Outcome = "first_step"
        if climb.heights:
            down = climb.heights[-1] - height
            level = climb.calm_known and height <= STEP_DOWN and down > -STEP_DOWN
            outcome = "stepped_down" if down >= STEP_DOWN else "level" if level else "not_lower"
        if outcome != "not_lower":
            climb.heights.append(height)
        return Verdict(outcome != "not_lower", outcome, measured=relative, beside_first=not climb.calm_known)


def _height(relative: Mapping[str, float]) -> float:
    """The mean of loudness, pitch, brightness and pace, each in steps above the baseline; below it negative."""
    steps = [relative["loudness_dbfs"] / tone.LOUDNESS_STEP_DB, relative["tilt_db"] / tone.TILT_STEP_DB]
    if "pitch_hz" in relative:
        steps.append(relative["pitch_hz"] / tone.PITCH_STEP_ST)
    if "rate_syllables_s" in relative:
        steps.append(math.log(max(relative["rate_syllables_s"], 0.1)) / tone.HURRY_STEP)
    return sum(steps) / len(steps)
