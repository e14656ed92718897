"""A drill of two rounds, and who takes part in it: answers that are typed, a judge without a model, a mouth."""

from collections.abc import AsyncIterator, Callable

import pytest

from dialogue.drills.saying import Saying
from dialogue.events import PlaybackFinished, Reply, Scores, WorldEvent
from ui.runtime import keyboard

DRILL = Saying.model_validate(
    {
        "format": 1,
        "id": "sorry",
        "title": "Sorry",
        "about": "Say sorry.",
        "practises": ["apology"],
        "rounds": [
            {
                "customer": f"Line {number}.",
                "anger": 60,
                "task": "Apologise.",
                "wants": {"an apology": ["apology"]},
                "say": "I'm sorry that nobody came.",
                "not": "Sorry you feel that way.",
            }
            for number in (1, 2)
        ],
    }
)
SORRY, SLIP = "I'm sorry that nobody came.", "Sorry you feel that way."


class RulesAlone:
    """Scores nothing, so that the cues decide."""

    def score(self, text: str) -> Scores:
        return Scores("none", ())


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """On standard input, then its end."""

    async def lines() -> AsyncIterator[str]:
        for answer in answers:
            yield answer

    monkeypatch.setattr(keyboard, "lines", lines)


class Mouth:
    def __init__(self, emit: Callable[[WorldEvent], None]) -> None:
        self.emit = emit
        self.said: list[str] = []

    def say(self, reply: Reply) -> None:
        self.said.append(reply.text)
        self.emit(PlaybackFinished(1.0, reply.id, 1.0, reply.text))

    def stop(self) -> None: ...

    def close(self) -> None: ...
