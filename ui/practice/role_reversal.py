"""A call with the chairs swapped: a simulated adviser speaks, the trainee plays the customer; then the ledger."""

from collections.abc import Callable, Iterator

from dialogue.debrief.record import TurnScore, turns
from dialogue.events import MoodChanged
from dialogue.rehearsal.chairs import Chairs
from ui import strings
from ui.debrief.wording import change, evidence
from ui.practice.trainee_line import TraineeLine

AGENT_ANGER = 5.0
"""How the adviser's lines sound, 0..100: calm."""
AS_IT_IS = "."
LEAST_FELT = 0.5
"""Anger points: less does not count as a change."""


async def play(call: Chairs, line: TraineeLine, write: Callable[[str], None]) -> dict[int, str]:
    """Play the call until somebody hangs up; returns turn -> "+" or "-", the trainee's marks of the adviser's turns."""
    felt: dict[int, str] = {}
    words, number = "", 0
    while call.ended is None:
        text = call.turn(words)
        if not text:
            write(strings.CHAIRS_HUNG_UP)
            break
        number += 1
        write(strings.CHAIRS_AGENT.format(text=text))
        await line.say(text, AGENT_ANGER)
        write(strings.CHAIRS_CARD.format(text=call.card))
        if call.ended:
            break
        words = AS_IT_IS
        while True:
            answer = await line.answer(write)
            if answer is None:
                call.line.act("hang_up")
                return felt
            words = answer[0]
            if words not in strings.CHAIRS_GUESSED:
                break
            felt[number] = words
            write(strings.CHAIRS_GUESSED[words])
        if words == AS_IT_IS:
            words = ""
        elif line.spoken:
            write(strings.CHAIRS_YOU.format(text=words))
    return felt


def other_side(call: Chairs, felt: dict[int, str], agent: str) -> Iterator[str]:
    """The adviser's turns, how each changed the anger and why, and whether the trainee marked it the same way."""
    pack = call.line.session.pack
    yield strings.CHAIRS_OTHER_SIDE.format(name=pack.customer.first_name)
    said = turns(call.line.journal)
    for each in said:
        yield strings.CHAIRS_TURN.format(number=each.turn, change=change(each.delta) or "±0", said=each.said)
        for row in each.rows:
            yield strings.CHAIRS_ROW.format(
                delta=row.delta, cause=strings.cause(row.cause, row.title), evidence=evidence(row)
            )
        if mark := felt.get(each.turn):
            yield strings.CHAIRS_FELT.format(
                felt=strings.CHAIRS_FELT_HOW[mark], agrees=strings.CHAIRS_AGREES[_agrees(each, mark)]
            )
    marked = [each for each in said if each.turn in felt]
    if marked:
        same = sum(_agrees(each, felt[each.turn]) for each in marked)
        yield strings.CHAIRS_SHARE.format(answers=strings.counted(len(marked), "answer"), same=same)
    moods = [event.mood.anger for event in call.line.journal if isinstance(event, MoodChanged)]
    yield strings.DEBRIEF_FROM_TO.format(start=moods[0], end=moods[-1], peak=max(moods))
    outcome = strings.sentence(strings.OUTCOMES_OF_OTHERS[call.ended.outcome]) if call.ended else ""
    yield strings.CHAIRS_QUALITY.format(agent=agent, outcome=outcome)


def _agrees(turn: TurnScore, mark: str) -> bool:
    return turn.delta <= -LEAST_FELT if mark == "+" else turn.delta >= LEAST_FELT
