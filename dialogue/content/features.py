"""What the classifier sees of a turn besides its vector: words, letter groups, and the cues of the rules."""

from collections import Counter

from dialogue.content.plain import Plain
from dialogue.content.rules import find
from dialogue.content.rules.rule import COUNTER

MEANING = slice(0, 384)
"""Of a turn's vector: what it is about. The other half is its manner."""
_WORD_ORDERS = (1, 2, 3)
_LETTER_ORDERS = (3, 4)
_SENTENCE_MARKS = (",", ".", "!", '"')
"""Left out, so that punctuated and recognised text look alike; "?" is a word."""
_BEGIN, _END = "<", ">"


def word_groups(turn: Plain) -> Counter[str]:
    """Words, pairs and triples of the plain form; "<" and ">" mark where the turn begins and ends."""
    words = [_BEGIN, *(word for word in turn.text.split() if word not in _SENTENCE_MARKS), _END]
    groups = Counter(" ".join(words[i : i + order]) for order in _WORD_ORDERS for i in range(len(words) - order + 1))
    del groups[_BEGIN], groups[_END]
    return groups


def letter_groups(turn: Plain) -> Counter[str]:
    """Groups of letters within words, edges marked by spaces: these survive recognition slips and inflection."""
    groups: Counter[str] = Counter()
    for word in turn.text.split():
        if word not in _SENTENCE_MARKS:
            edged = f" {word} "
            groups.update(edged[i : i + n] for n in _LETTER_ORDERS for i in range(len(edged) - n + 1))
    return groups


def cues(turn: Plain) -> frozenset[str]:
    """Names of the cues in the turn, and of their behaviours; "~BEHAVIOUR" for a cue of it that a guard blocked."""
    names: set[str] = set()
    for hit in find(turn):
        if hit.blocked:
            names.add(f"~{hit.rule.behaviour}")
        else:
            names.add(hit.rule.family or hit.rule.name)
            if hit.rule.confidence > COUNTER:
                names.add(hit.rule.behaviour)
    return frozenset(names)
