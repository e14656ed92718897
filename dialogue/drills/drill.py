"""What every drill's file says of itself, whatever kind of rounds it deals."""

from random import Random
from typing import Annotated, Literal

from pydantic import Field

from dialogue.drills.round import Round
from dialogue.persona.lines import Part, Text


class Drill(Part):
    """A drill of one to five minutes."""

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    about: Text
    practises: Annotated[tuple[str, ...], Field(min_length=1)]
    """Causes of the ledger that lead here, the most particular first."""
    techniques: tuple[Annotated[str, Field(pattern=r"^\d{3}-\d{1,2}$")], ...] = ()
    """Rows of docs/techniques.md that it teaches."""

    @property
    def by_voice_only(self) -> bool:
        """Whether it listens to the sound of the answers and makes no sense without a microphone."""
        return False

    def deal(self, random: Random) -> tuple[Round, ...]:
        """Its rounds, ready to be played; others with each generator where there is variety. May take a second."""
        raise NotImplementedError
