# ruff: noqa: SIM905 - word lists read best as text
"""A turn in plain form: the same words whether typed, punctuated or recognised, with the way back to the original.

Recognised speech comes in lower case, with fillers, and with or without punctuation and apostrophes. Rules and word
features read this form, so that "I'm, uh, so sorry!" and "im so sorry" are one thing to them.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

WORDS_SCANNED = 450
"""Longer turns are read from both ends, half of this each: three minutes of speech at 150 words a minute."""
_CHARACTERS_SCANNED = 10 * WORDS_SCANNED

_TOKEN = re.compile(
    r"\d+(?:[.:,]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:['’`´][^\W\d_]+)*|\.{2,}|[.!?,;:…()\n]|[-–—]+(?=\s)|[\"“”]"
)
FILLERS = frozenset("um umm uh uhh er erm hmm hm mm mmm ah eh uhm".split())
_PUNCTUATION = {";": ".", "…": ",", ":": ",", "(": ",", ")": ",", "\n": ".", "“": '"', "”": '"'}

_PRONOUN_FORMS = {
    "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have", "youll": "you will", "youd": "you would",
    "weve": "we have", "theyre": "they are", "theyve": "they have", "theyll": "they will", "thats": "that is",
    "thatll": "that will", "its": "it is", "itll": "it will", "whats": "what is", "wheres": "where is",
    "whos": "who is", "hows": "how is", "theres": "there is", "heres": "here is", "lets": "let us", "hes": "he is",
    "shes": "she is", "thatd": "that would", "itd": "it would",
}  # fmt: skip
_NEGATED = (
    "do does did is are was were have has had could should would must need might"  # + n't
).split()
_CONTRACTIONS = {
    **_PRONOUN_FORMS,
    **{verb + "nt": verb + " not" for verb in _NEGATED},
    "cant": "can not", "cannot": "can not", "wont": "will not", "shant": "shall not", "aint": "is not",
    "couldve": "could have", "shouldve": "should have", "wouldve": "would have", "mustve": "must have",
    "mightve": "might have", "shoulda": "should have", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "lemme": "let me", "gimme": "give me", "dunno": "do not know", "kinda": "kind of", "yall": "you all",
    "okay": "ok", "mister": "mr", "missus": "mrs", "mistress": "mrs", "doctor": "dr", "maam": "madam", "cos": "because",
    "cuz": "because", "yeah": "yes", "yep": "yes", "nope": "no", "alright": "all right", "apologise": "apologize",
    "apologises": "apologizes", "apologised": "apologized", "apologising": "apologizing", "realise": "realize",
    "summarise": "summarize", "recognise": "recognize", "till": "until", "mum": "mother", "secs": "seconds",
    "sec": "second", "mins": "minutes", "hrs": "hours",
}  # fmt: skip
_SUFFIXES = {"'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "n't": " not"}
_IS_AFTER = frozenset("that it what where who how there here he she everything something".split())
_TITLES = frozenset("mr mrs ms miss dr".split())
_AFTER_ID = frozenset("like love be have want prefer hate say suggest recommend need appreciate".split())
_BEFORE_ILL = frozenset("feel feeling is are was been am very be fell seriously mentally get got so".split())


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is the plain form: words and the marks . ? ! , " joined by single spaces."""

    text: str
    starts: tuple[int, ...]
    """Offset in `text` of each plain word."""
    spans: tuple[tuple[int, int], ...]
    """Where in the original each plain word comes from."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that text[start:end] comes from."""
        if not self.spans:
            return 0, 0
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_left(self.starts, end) - 1, first)
        return self.spans[first][0], self.spans[last][1]

    def quoted(self, text: str, start: int, end: int) -> str:
        """Those words of `text`, the original."""
        first, last = self.original(start, end)
        return text[first:last]


@lru_cache(maxsize=64)
def plain(text: str) -> Plain:
    """The plain form of a turn. Never raises; of very long turns only both ends are read.

    Remembered for the latest texts: scorer and judgement read the same ones.
    """
    tokens, tail = list(_TOKEN.finditer(text, 0, _CHARACTERS_SCANNED)), []
    if len(text) > _CHARACTERS_SCANNED:
        tail = list(_TOKEN.finditer(text, max(_CHARACTERS_SCANNED, len(text) - _CHARACTERS_SCANNED // 2)))
    if len(tokens) + len(tail) > WORDS_SCANNED:
        tokens, tail = tokens[: WORDS_SCANNED // 2], (tail or tokens)[-(WORDS_SCANNED // 2) :]
    cut = len(tokens) if tail else -1
    tokens += tail
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    lowered = [_lower(token.group()) for token in tokens]
    for i, token in enumerate(tokens):
        if i == cut and words:  # no cue may reach across what was not read
            words.append(".")
            spans.append((tokens[i - 1].end(), tokens[i - 1].end()))
        following = lowered[i + 1] if i + 1 < len(lowered) else ""
        for word in _expanded(lowered[i], words[-1] if words else "", following):
            words.append(word)
            spans.append(token.span())
    starts: list[int] = []
    offset = 0
    for word in words:
        starts.append(offset)
        offset += len(word) + 1
    return Plain(" ".join(words), tuple(starts), tuple(spans))


def _lower(token: str) -> str:
    return token.lower().replace("’", "'").replace("`", "'").replace("´", "'")


def _expanded(token: str, before: str, following: str) -> list[str]:
    """The plain words of one token; none for fillers and stuttered repetitions."""
    if (token[0] == "." and len(token) > 1) or token[0] in "-–—":
        token = ":"
    if not token[0].isalnum():
        mark = _PUNCTUATION.get(token, token)
        return [] if mark == before == "," or (mark == "." and before in _TITLES) else [mark]
    if token in FILLERS:
        return []
    if token == "id" and following in _AFTER_ID:
        return ["i", "would"]
    if token == "ill" and before not in _BEFORE_ILL:
        return ["i", "will"]
    joined = token.replace("'", "")
    if "'" not in token or joined not in ("were", "well", "wed", "shed", "hell", "id", "ill"):
        token = _CONTRACTIONS.get(joined, token)
    for suffix, full in _SUFFIXES.items():
        if token.endswith(suffix) and len(token) > len(suffix):
            token = token[: -len(suffix)] + full
    if token.endswith("'s"):
        stem = token[:-2]
        token = stem + " is" if stem in _IS_AFTER else stem
    words = token.split()
    if len(words) == 1 and words[0] == before and before not in ("no", "yes", "very", "so", "had", "that"):
        return []
    return words
