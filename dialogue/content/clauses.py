# ruff: noqa: SIM905 - word lists read best as text
"""Cut a turn into clauses, with or without punctuation.

Typed turns and Whisper's come with marks; Vosk's come without, so that the words that open a clause must do. A cut at a
word is made only where both sides keep `MIN_WORDS` words.
"""

import re
from itertools import pairwise

MIN_WORDS = 3
MAX_WORDS = 25
"""A stretch with no sign of a boundary is cut here."""
_WORDS_READ = 450
"""Longer turns are read from both ends, half of this each, as `dialogue.content.plain` does."""
_CHARACTERS_READ = 10 * _WORDS_READ

_WORD = re.compile(r"\S+")
_STRONG_END = re.compile(r"[.!?;…\n][\"”’')\]]*$")
_WEAK_END = re.compile(r"[,:–—][\"”’')\]]*$|^[-–—]+$")
_ABBREVIATION = re.compile(r"^(?:mr|mrs|ms|dr|no|st|a\.m|p\.m|e\.g|i\.e)\.$", re.IGNORECASE)
_OPENERS = frozenset("but however so because although though otherwise instead unless anyway then".split())
_AFTER_COMMA = frozenset(
    "and but so or because i i'm i'll i've i'd im ive we we'll we've we're you you're you've it it's its that that's "
    "this there there's can could may would will do does did is are have let let's what when where which who how why "
    "if please thank thanks sorry not they he she my our your then".split()
)
_SUBJECTS = frozenset("i i'm i'll i've i'd im ive we we'll we've we're you you're you've it it's they he she".split())
_AUXILIARIES = frozenset("can could may would will do does did is are have should shall".split())
_QUESTION_WORDS = frozenset("what when where which who why how".split())
_SUBJECT_OPENERS = frozenset(
    "i'm i'll i've im ive we'll we've we're you're you've let let's please thank thanks".split()
)


def split(text: str) -> list[tuple[int, int]]:
    """Clauses of `text` as (start, end) offsets, in order, not overlapping; [] when there is no word in it."""
    words, seam = _words(text)
    cuts: list[int] = []
    start = 0
    for i in range(1, len(words)):
        if i == seam or _boundary(words, start, i, text):
            cuts.append(i)
            start = i
    edges = [0, *cuts, len(words)]
    return [(words[a].start(), words[b - 1].end()) for a, b in pairwise(edges) if b > a]


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences of `text`, where it has marks, as (start, end) offsets, in order; [] when there is no word in it."""
    words, seam = _words(text)
    ends = [i for i in range(1, len(words)) if i == seam or _ends_sentence(words[i - 1].group())]
    edges = [0, *ends, len(words)]
    return [(words[a].start(), words[b - 1].end()) for a, b in pairwise(edges) if b > a]


def _ends_sentence(word: str) -> bool:
    return bool(_STRONG_END.search(word)) and not _ABBREVIATION.match(word)


def _words(text: str) -> tuple[list[re.Match[str]], int]:
    """The words read, and the index of the first one after what was left out (-1: nothing was)."""
    if len(text) <= _CHARACTERS_READ:
        head, tail = _matches(text, 0, len(text)), []
    else:
        head = _matches(text, 0, _CHARACTERS_READ // 2)
        tail = _matches(text, len(text) - _CHARACTERS_READ // 2, len(text))
    if len(head) + len(tail) <= _WORDS_READ:
        return head + tail, len(head) if tail else -1
    half = _WORDS_READ // 2
    return head[:half] + (tail or head)[-half:], min(half, len(head))


def _matches(text: str, start: int, end: int) -> list[re.Match[str]]:
    return [match for match in _WORD.finditer(text, start, end) if any(map(str.isalnum, match.group()))]


def _boundary(words: list[re.Match[str]], start: int, i: int, text: str) -> bool:
    """Whether a clause that began at word `start` ends before word `i`."""
    last, word = words[i - 1].group(), _bare(words[i].group())
    if _ends_sentence(last):
        return True
    rest = words[i : i + MIN_WORDS]
    if i - start < MIN_WORDS or len(rest) < MIN_WORDS or any(_STRONG_END.search(w.group()) for w in rest[:-1]):
        return False
    between = text[words[i - 1].end() : words[i].start()].strip()
    if (_WEAK_END.search(last) or between) and word in _AFTER_COMMA:
        return True
    if word in _OPENERS or i - start >= MAX_WORDS:
        return True
    following = _bare(words[i + 1].group())
    before = _bare(last)
    if word == "and":
        return following in _SUBJECTS or following in _AUXILIARIES or following in _SUBJECT_OPENERS | _QUESTION_WORDS
    if before in ("and", "but", "so", "or", "that", "if", "when", "because", "as", "what", "how", "why", "which"):
        return False
    return (word in _AUXILIARIES and following in ("i", "you", "we") and before not in _SUBJECTS) or (
        word in _SUBJECT_OPENERS and i - start >= MIN_WORDS + 1
    )


def _bare(word: str) -> str:
    return word.strip('.,!?;:"“”()…-–—').lower().replace("’", "'")
