"""The sentence bank of the built-in trainees (`bank.yaml`), and sentences about a pack's own matters.

A need's example wording is taken apart ("I'll send you a new shelf" -> "send you a new shelf") and put into another
frame, so that a rehearsal does not simply recite what the pack's author wrote down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dialogue.language import TIME, normal, turned_round
from dialogue.persona import Fact, Need
from dialogue.persona.parsing import parse

BANK = Path(__file__).with_name("bank.yaml")
_DOES = re.compile(
    r"^(?:So |Then |And |Okay, )?(?:I'll|I will|I'm going to|I am going to|Let me|I can|I could|We'll|We will|We can|"
    r"I'd like to|I'm happy to|I would like to)\s+(?:also |then |just )?([^?]+?)[.!]?$"
)
LONGEST_BACK = 18
"""Words of the customer's that are given back at most."""


@lru_cache(maxsize=1)
def bank() -> Mapping[str, tuple[str, ...] | Mapping[str, tuple[str, ...]]]:
    """Sentences by category; for the trainees who do not help, by what they answer."""
    data, _ = parse(BANK.read_text(encoding="utf-8"), BANK.name)
    assert isinstance(data, dict)
    return {
        name: {key: tuple(lines) for key, lines in part.items()} if isinstance(part, dict) else tuple(part)
        for name, part in data.items()
    }


def sentences(category: str) -> tuple[str, ...]:
    found = bank()[category]
    assert isinstance(found, tuple)
    return found


def kinds(trainee: str) -> Mapping[str, tuple[str, ...]]:
    """What a trainee who does not help says, by what it answers."""
    found = bank()[trainee]
    assert isinstance(found, Mapping)
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """What fills the slots of every sentence."""

    agent: str
    customer: str
    company: str

    def fill(self, text: str, **more: str) -> str:
        values = {"agent": self.agent, "customer": self.customer, "company": self.company, **more}
        return re.sub(r"\{(\w+)\}", lambda slot: values[slot[1]], text)


def asking(fact: Fact) -> tuple[str, ...]:
    """Ways of asking for a fact."""
    frames = (*sentences("ask"), *(sentences("ask_caring") if fact.caring else ()))
    return tuple(
        _framed(frame, "{question}", wording)
        for i, wording in enumerate(fact.wordings)
        for frame in (frames[i % len(frames)], frames[(i + 2) % len(frames)])
    )


def offering(need: Need, *, times: bool) -> tuple[str, ...]:
    """Ways of explaining or offering what the need wants; with a time where `times` and the need is timed."""
    plain: list[str] = []
    for i, wording in enumerate(need.wordings):
        does = _DOES.match(wording)
        if need.kind == "explain":
            frames, slot, value = sentences("explain"), "{say}", wording
        elif does:
            frames, slot, value = (*sentences("offer"), *sentences("offer_check")), "{do}", does[1]
        else:
            frames, slot, value = sentences("offer_say"), "{say}", wording
        plain += [_framed(frames[(i + k) % len(frames)], slot, value) for k in (0, 3)]
    if not (need.timed and times):
        return tuple(dict.fromkeys(plain))
    ends, hours = sentences("offer_time"), sentences("times")
    return tuple(
        dict.fromkeys(
            text
            if TIME.search(normal(text))
            else f"{text} {ends[i % len(ends)].replace('{time}', hours[i % len(hours)])}"
            for i, text in enumerate(plain)
        )
    )


def timeless(text: str) -> bool:
    return not TIME.search(normal(text))


def given_back(line: str) -> str:
    """The most telling sentence of the customer's line, turned to the second person; "" when there is none."""
    best: tuple[int, str] = (0, "")
    for sentence in re.split(r"(?<=[.!?])\s+", line):
        words = sentence.strip(".! ").split()
        own = {"i", "i'm", "i've", "my", "me", "we", "our"} & {word.lower().strip(",") for word in words}
        if sentence.endswith("?") or not own or not 5 <= len(words) <= LONGEST_BACK or '"' in sentence:
            continue
        best = max(best, (sum(len(word) > 4 for word in words), sentence), key=lambda pair: pair[0])
    text = turned_round(best[1].strip(".! "))
    return text[:1].lower() + text[1:] if not text.startswith("I ") else text


def _framed(frame: str, slot: str, value: str) -> str:
    """The frame with the value in its slot, in lower case where the sentence goes on."""
    before = frame.partition(slot)[0].rstrip()
    if before.endswith((":", ",")) and not re.match(r"I\b|I'", value):
        value = value[0].lower() + value[1:]
    text = frame.replace(slot, value)
    return re.sub(r"([.?!])[.?!]+$", r"\1", text)
