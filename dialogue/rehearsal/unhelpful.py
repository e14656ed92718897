"""Trainees who never help: they brush off, flatter or read out, whatever the customer says."""

from random import Random

from dialogue.persona import Pack
from dialogue.rehearsal.bank import Names, kinds
from dialogue.rehearsal.listening import Heard

MOST_TURNS = 16
"""After which even they end the call."""


class Unhelpful:
    """`dismissive`, `sycophant` or `robotic`. Says two sentences a turn and none twice as long as there are others."""

    pause_seconds = 0.8
    talks_over = 0.0

    def __init__(self, trainee: str, pack: Pack, names: Names, random: Random) -> None:
        self._kinds = {key: [*lines] for key, lines in kinds(trainee).items()}
        self._names = names
        self._random = random
        self._policies = list(pack.desk.policy)
        self._turns = 0
        for lines in self._kinds.values():
            random.shuffle(lines)

    def answer(self, heard: Heard) -> str:
        """What they say to it; "" to hang up."""
        self._turns += 1
        if self._turns == 1:
            return self._one("greeting")
        if self._turns > MOST_TURNS:
            return ""
        if heard.has("wrap_up", "partly_settled", "nothing_else") or self._turns == MOST_TURNS:
            return self._one("close")
        if heard.has("ask_when"):
            return f"{self._one('when')} {self._one('any')}"
        if heard.has("manager_demand"):
            return f"{self._one('manager')} {self._one('any')}"
        return f"{self._one('any')} {self._one('any')}"

    def _one(self, key: str) -> str:
        lines = self._kinds[key]
        line = lines.pop(0)
        lines.append(line)
        policy = self._policies[self._turns % len(self._policies)] if self._policies else ""
        return self._names.fill(line, policy=policy)
