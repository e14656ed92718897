"""Random calls: anything said at any time, to find the call that gets stuck.

The random trainee says what any of the built-in ones might, the pack's own matters, and noise; cuts in, is silent, puts
on hold and comes back, as it comes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from dialogue.events import CallStarted, Reply, Scores, Utterance
from dialogue.language import backchannel
from dialogue.persona import Pack
from dialogue.rehearsal.bank import Names, asking, bank, offering
from dialogue.rehearsal.line import Line
from dialogue.rehearsal.report import said_twice
from dialogue.session import Session

MOST_TURNS = 120
"""Within which every call has to have ended by itself."""
LAST_RESORT = "times round now"
"""In the line that is only said when every fitting one is used up."""
NOISE = (
    "", "um", "mm-hm", "yes", "no", "?", "banana telephone seven", "asdf qwer", "\u00e9\u00e4 \u4f60\u597d", "12345",
    "a " * 300, "What?", "Could you say that again?", "Why is the sky blue?", "Goodbye.", "Hold on a second.",
    "Is there anything else I can do for you?", "I'll be back in one minute.", "Shut up.", "Tell me more.",
)  # fmt: skip
DIFFICULTIES = ("easy", "normal", "hard")


def vocabulary(pack: Pack) -> tuple[str, ...]:
    """All that the random trainee may say."""
    names = Names("Robin", pack.customer.first_name, pack.desk.company)
    slots = {"time": "by tomorrow at noon", "back": "it has gone wrong", "items": "the first thing and the second"}
    slots |= {"question": "what happened?", "do": "look into it", "say": "It will be done.", "policy": "None."}
    slots |= {"title": "your file", "figures": "12 and 40.50"}
    texts = list(NOISE)
    for part in bank().values():
        groups = part.values() if isinstance(part, Mapping) else [part]
        texts += [names.fill(line, **slots) for lines in groups for line in lines]
    for fact in pack.facts:
        texts += asking(fact)[:6]
    for need in pack.settlement:
        texts += offering(need, times=True)[:6] + offering(need, times=False)[:4]
    texts += [wording for trap in pack.traps for wording in trap.wordings]
    return tuple(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class RandomCall:
    turns: int
    """The trainee's."""
    problem: str
    """"" when it came to a proper end, else what went wrong, in a few words."""
    repeats: frozenset[str]
    """Sentences that the customer said in two replies."""


def random_call(
    pack: Pack, texts: tuple[str, ...], seed: int, score: Callable[[str], Scores] | None = None
) -> RandomCall:
    """Plays one call. `score`: the text model; without it the rules alone judge."""
    random = Random(seed)
    difficulty = random.choice(DIFFICULTIES)
    mode = random.choice(("voice", "text"))
    line = Line(Session(pack), CallStarted(0.0, pack.id, pack.sha256, seed, mode, "fuzz", difficulty))  # type: ignore[arg-type]
    problem = _talk(line, random, texts, score) or _amiss(line)
    turns = sum(isinstance(one, Utterance) for one in line.journal)
    return RandomCall(turns, problem, frozenset(said_twice(pack, line.said)))


def _talk(line: Line, random: Random, texts: tuple[str, ...], score: Callable[[str], Scores] | None) -> str:
    """Talks until the call ends; a turn that got no answer, or that there is no end, else ""."""
    for _ in range(MOST_TURNS):
        line.wait(random.choice((0.0, 0.5, 0.5, 1.0, 3.0, 20.0)))
        if line.ended:
            break
        before = len(line.said)
        chance = random.random()
        if chance < 0.05:
            line.act(random.choice(("hold", "mute", "resume", "unmute")))
            line.wait(random.choice((1.0, 30.0, 200.0)))
            if line.ended is None:
                line.act("resume")
            continue
        line.cut_in_after = random.choice((1.0, 1.0, 1.0, 0.5, 0.0))
        text = random.choice(texts)
        line.speak(text, scores=score(text) if score else None, confidence=0.2 if random.random() < 0.08 else None)
        silent = not any(isinstance(one, Reply) for one in line.said[before:])
        if silent and line.ended is None and text.strip() and not backchannel(text):
            return f"no answer to {text[:60]!r}"
    return "" if line.ended else f"no end after {MOST_TURNS} turns"


def _amiss(line: Line) -> str:
    """What is wrong with the customer's side of a call that has ended, "" for nothing."""
    replies = [one.text for one in line.said if isinstance(one, Reply)]
    if not all(text.strip() for text in replies):
        return "an empty reply"
    return "ran out of lines" if any(LAST_RESORT in text for text in replies) else ""
