"""Swapped chairs: the trainee plays the customer, an adviser of the chosen quality takes the call."""

from collections.abc import Callable

import pytest

from dialogue.events import MoodChanged
from dialogue.journal import encode, replay
from dialogue.persona import load
from dialogue.rehearsal.chairs import Chairs
from ui import strings
from ui.commands import swap as command
from ui.practice import role_reversal
from ui.runtime.problems import Problem


class Player:
    """Plays the customer: `answers` in order, then the card as it is. Not spoken."""

    spoken = False

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []

    async def say(self, text: str, anger: float) -> None:
        self.heard.append(text)

    async def answer(self, tell: Callable[[str], None]) -> tuple[str, None] | None:
        answer = self.answers.pop(0) if self.answers else role_reversal.AS_IT_IS
        return None if answer is None else (answer, None)


def _call(agent: str, seed: int = 3) -> Chairs:
    return Chairs(load("flatpack-bookcase"), agent, seed, difficulty="normal")


async def test_a_good_adviser_calms_whom_a_dismissive_one_loses() -> None:
    ends = {}
    for agent in ("excellent", "dismissive"):
        call, player, told = _call(agent), Player(), list[str]()
        felt = await role_reversal.play(call, player, told.append)  # type: ignore[arg-type]
        assert call.ended
        assert felt == {}
        assert len(player.heard) >= 3
        ends[agent] = (call.ended.outcome, call.line.anger)
        assert replay([encode(event) for event in call.line.journal]) is None
    assert ends["excellent"][0] == "satisfied"
    assert ends["dismissive"][0] != "satisfied"
    assert ends["excellent"][1] < ends["dismissive"][1] - 30


async def test_the_adviser_hears_the_players_own_words_and_knows_the_card() -> None:
    call, told = _call("excellent"), list[str]()
    mine = "My books lay all over the floor this morning."
    first = Player(mine, None)
    await role_reversal.play(call, first, told.append)  # type: ignore[arg-type]
    assert any(line.startswith("        Your card: ") and len(line) > 30 for line in told)
    assert call.ended
    assert call.ended.outcome == "abandoned"  # the player hung up


async def test_what_the_player_felt_stands_beside_what_the_ledger_says() -> None:
    call, told = _call("excellent"), list[str]()
    felt = await role_reversal.play(call, Player("+", ".", "-", "."), told.append)  # type: ignore[arg-type]
    assert felt == {1: "+", 2: "-"}
    assert strings.CHAIRS_GUESSED["+"] in told
    side = list(role_reversal.other_side(call, felt, "excellent"))
    assert any(line.startswith("Of 2 answers that you marked, ") for line in side)
    moods = [event.mood.anger for event in call.line.journal if isinstance(event, MoodChanged)]
    assert strings.DEBRIEF_FROM_TO.format(start=moods[0], end=moods[-1], peak=max(moods)) in side
    assert side[-1] == "It was the excellent adviser. You were satisfied."


def test_every_outcome_is_told_from_the_other_side() -> None:
    assert set(strings.OUTCOMES_OF_OTHERS) == set(strings.OUTCOMES)


def test_an_adviser_that_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(Problem, match="no adviser 'kind'; there are excellent, good"):
        command.run(name=None, agent="kind", seed=1, text=True, recognizer=None, voice=None)
