"""Swapped chairs: a person plays the customer of a pack, one of the built-in trainees takes the call.

What the customer would say next stands on a card; whoever plays them says it in their own words. The agent knows what
the card means and hears the words. The ledger is the session's, as in any call: it is the agent's, from the other side.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogue.events import CallEnded, CallStarted, Reply, Scores
from dialogue.persona import Pack
from dialogue.rehearsal.line import Line
from dialogue.rehearsal.listening import Listener
from dialogue.rehearsal.play import MOST_TURNS, trainee
from dialogue.session import Session


class Chairs:
    """One call with the chairs swapped. `line` is all of it."""

    def __init__(
        self, pack: Pack, agent: str, seed: int, *, score: Callable[[str], Scores] | None = None, difficulty: str
    ) -> None:
        """`agent`: one of `styles.TRAINEES`. `score`: the text model; without it the rules alone judge."""
        started = CallStarted(0.0, pack.id, pack.sha256, seed, "voice", "chairs", difficulty)
        self.line = Line(Session(pack), started)
        self._agent = trainee(agent, pack, seed)
        self._listener = Listener(pack)
        self._score = score
        self._read = self._turns = 0

    @property
    def ended(self) -> CallEnded | None:
        return self.line.ended

    @property
    def card(self) -> str:
        """What the customer says next; "" when they wait to be greeted."""
        return " ".join(one.text for one in self.line.said[self._read :] if isinstance(one, Reply))

    def turn(self, words: str = "") -> str:
        """The agent's next turn; "" when they hang up. `words`: the card in the player's own words, if not as it is."""
        heard = self._listener.hear(self.card)
        self._read = len(self.line.said)
        text = self._agent.answer(replace(heard, text=words or heard.text)) if self._turns < MOST_TURNS else ""
        self._turns += 1
        if text:
            self.line.speak(text, scores=self._score(text) if self._score else None)
            self.line.wait(self._agent.pause_seconds if self.card == "" else 0.0)
        else:
            self.line.act("hang_up")
        return text
