"""Find the gap: a customer tells what they did, with one step left out; the trainee finds it by asking.

Played in a session of its own: the questions are understood, and answered, as in a call. The gap is one of a pack's
hidden facts, or a step of a procedure of the drill's file; any of its steps may be the one that is left out.
"""

from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Annotated, Any, Literal

from pydantic import Field

from dialogue.drills.customers import customers
from dialogue.drills.drill import Drill
from dialogue.drills.round import Answer, Outcome, Round, Spoken, Verdict, harmful
from dialogue.events import Appraisal, CallStarted, Reply, Scores
from dialogue.language import turned_round
from dialogue.persona import Pack, completed
from dialogue.persona.lines import Part, Text
from dialogue.rehearsal.line import Line
from dialogue.session import Session
from dialogue.understanding.topics import understand

QUESTIONS = 6
GREETING = "Good morning, how can I help you?"
GO_ON = ("Please go on, what happened?", "I'm listening, tell me more.", "Tell me everything, from the beginning.")
"""What the adviser who took the call has said; the trainee takes over when the story has been told."""


class Step(Part):
    title: Text
    """As the booklet has it: "plug in the power"."""
    told: Text
    """As the customer tells it: "I plugged it in"."""
    words: tuple[tuple[str, ...], ...]
    wordings: Annotated[tuple[Text, ...], Field(min_length=3)]
    """How one may ask for it."""
    done: Text
    """The answer, where it was done..."""
    left_out: Text
    """...and where it was not."""


class Procedure(Part):
    title: Text
    customer: Text
    opens: Text
    closes: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=4, max_length=8)]


class Gap(Drill):
    kind: Literal["gap"]
    task: Text
    procedures: Annotated[tuple[Procedure, ...], Field(min_length=1)]
    own: int = 2
    """Rounds from the drill's procedures."""
    packs: int = 1
    """Rounds with the customers of packs."""

    def deal(self, random: Random) -> tuple[Round, ...]:
        chosen = random.sample(self.procedures, min(self.own, len(self.procedures)))
        told = [case(each, random.randrange(1, len(each.steps) - 1)) for each in chosen]
        told += islice((pack for pack in customers(random) if _gaps(pack)), self.packs)
        return tuple(taken_over(pack, self.task, random) for pack in told)


@dataclass(kw_only=True)
class GapRound(Round):
    line: Line
    gaps: frozenset[str]
    """Ids of the facts any of which is the gap."""
    tries: int = QUESTIONS

    def judged(self, answer: Answer) -> Verdict:
        line, known = self.line, self.line.session.state.case.facts
        before, scores = len(line.said), answer.scores
        if scores and understand(answer.text, scores, line.session.pack, known).asks:
            scores = _without(scores, "blaming")
        line.speak(answer.text, scores=scores, prosody=answer.prosody)
        news = line.said[before:]
        replies = [each for each in news if isinstance(each, Reply)]
        spoiled = harmful(shown for each in news if isinstance(each, Appraisal) for shown in each.behaviours)
        outcome: Outcome = "gap_found" if line.session.state.case.facts & self.gaps else "gap_open"
        said = Spoken(" ".join(each.text for each in replies), line.anger) if replies else None
        return Verdict(outcome == "gap_found" and not spoiled, outcome, spoiled=spoiled, answered=said)


def _without(scores: Scores, label: str) -> Scores:
    """A question for a step is what this drill asks for: it puts the fault on nobody, though it may be near to it."""
    kept = (replace(one, labels={name: p for name, p in one.labels.items() if name != label}) for one in scores.clauses)
    return replace(scores, clauses=tuple(kept))


def taken_over(pack: Pack, task: str, random: Random) -> Round:
    """The call up to where the story has been told."""
    seed = random.randrange(1_000_000)
    line = Line(Session(pack, cues=False), CallStarted(0.0, pack.id, pack.sha256, seed, "text", "drill", "easy"))
    for prompt in (GREETING, *GO_ON, *GO_ON):
        if line.session.state.case.told >= len(pack.vent):
            break
        line.speak(prompt)
    story = tuple(Spoken(each.text, each.delivery.anger) for each in line.said if isinstance(each, Reply))
    gaps = _gaps(pack)
    first = next(fact for fact in pack.facts if fact.id in gaps)
    return GapRound(
        task=task,
        title=pack.title,
        desk=pack.desk.policy,
        lines=story,
        one_way=first.wordings[0],
        wordings=pack.wordings,
        line=line,
        gaps=gaps,
    )


def _gaps(pack: Pack) -> frozenset[str]:
    """The hidden facts that the case turns on; where it turns on none, any."""
    hidden = {fact.id for fact in pack.facts if fact.hidden}
    turning = {name for need in pack.settlement if need.required for name in need.facts}
    return frozenset(hidden & turning or hidden)


def case(procedure: Procedure, missing: int) -> Pack:
    """A small case: a customer who tells the procedure, but for the step of that index, and does not know it."""
    steps = procedure.steps
    told = [step.told for number, step in enumerate(steps) if number != missing]
    half = len(told) // 2
    facts = [_fact(number, step, left_out=number == missing) for number, step in enumerate(steps)]
    facts[missing]["wordings"] += (
        f"What did you do after you {turned_round(steps[missing - 1].told)}?",
        f"Did you do anything before you {turned_round(steps[missing + 1].told)}?",
    )
    whole = f"First I {', then I '.join(told)}. That is all I did."
    facts += [
        {"id": "whole", "title": "what they did", "wordings": WHOLE, "answers": whole, "again": whole},
        {"id": "skipped", "title": "a step left out", "wordings": SKIPPED, "answers": UNAWARE, "again": UNAWARE},
    ]
    pack = Pack.model_validate(
        {
            **CASE,
            "id": "gap",
            "title": procedure.title,
            "customer": {"name": procedure.customer, "voice": "woman", "politeness": 0.7},
            "desk": {**DESK, "policy": [f"{number}. {step.title}" for number, step in enumerate(steps, 1)]},
            "vent": [
                f"{procedure.opens} First I {', then I '.join(told[:half])}.",
                f"After that I {', then I '.join(told[half:])}. {procedure.closes}",
            ],
            "facts": facts,
            "settlement": [{"id": "gap", "title": "the step", "kind": "learn", "facts": [facts[missing]["id"]]}, WORKS],
        }
    )
    return completed(pack)


def _fact(number: int, step: Step, *, left_out: bool) -> dict[str, Any]:
    answer = step.left_out if left_out else step.done
    first, *others = step.words
    one, nth = f"step {ONES[number + 1]}", f"{ORDINALS[number]} step"
    return {
        "id": f"step_{number + 1}",
        "title": step.title,
        "hidden": left_out,
        "words": [[*first, one, nth], *others],
        "wordings": (*step.wordings, f"What about {one}?", f"What about the {nth}?"),
        "answers": answer,
        "again": answer,
    }


WHOLE = (
    "Can you take me through what you did, step by step?",
    "What exactly did you do, and in which order?",
    "Which steps did you follow?",
)
SKIPPED = (
    "Did you leave out a step?",
    "Is there anything that you skipped?",
    "Could you have missed one of the steps?",
    "Have you done all of the steps on the list?",
)
UNAWARE = ["Not that I know of. Which one do you mean?", "I don't think so. What should I have left out?"]
ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
WORKS: dict[str, Any] = {
    "id": "works",
    "title": "that it works",
    "kind": "explain",
    "wordings": ["It works once you do that.", "Do that now and it will run.", "That is why it does not work."],
}
"""So that nobody is content before the end of the round."""
DESK: dict[str, Any] = {"company": "the help line", "role": "adviser", "account": {}, "authority": []}
CASE: dict[str, Any] = {
    "format": 1,
    "summary": "",
    "level": 1,
    "minutes": 2,
    "skills": [],
    "story": "",
    "mood": {"start": 52, "resting": 45, "floor": 30},
    "brings_up": [],
    "lines": {},
    "outcomes": {},
}
"""What a case needs besides, to be a pack."""
