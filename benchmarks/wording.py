"""Word error and the wording it is counted on: what two fair listeners may write differently is made equal first.

Applied to references and hypotheses alike: lower case, no punctuation, numbers as single digits ("twenty five", "25"
and "2 5" agree, "a hundred and sixty" and "160"; "nineteenth" and "19th"), a few common spellings, hesitations dropped.
Contractions are left as they are.
"""

import re
import unicodedata
from collections.abc import Sequence

FILLERS = frozenset(["ah", "eh", "er", "erm", "hm", "hmm", "mhm", "mm", "mmm", "uh", "uhm", "um", "umm"])
SPELLINGS = {
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "st": "saint",
    "ok": "okay",
    "alright": "all right",
    "grey": "gray",
    "anyone": "any one",
    "everyone": "every one",
    "someone": "some one",
    "anymore": "any more",
    "thru": "through",
    "ya": "you",
    "gotta": "got to",
    "gonna": "going to",
    "wanna": "want to",
    "till": "until",
    "'til": "until",
    "towards": "toward",
    "afterwards": "afterward",
    "travelled": "traveled",
    "travelling": "traveling",
    "centre": "center",
    "theatre": "theater",
    "wifi": "wi fi",
    "cheque": "check",
    "programme": "program",
    "o": "oh",
    "judgement": "judgment",
    "goodbye": "good bye",
    "bye-bye": "bye bye",
    "percent": "per cent",
}
_OUR = re.compile(r"\b(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|parl|rum|sav|vap|vig)our")
_UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_ORDINAL = re.compile(r"\b([1-9]?\d)(?:st|nd|rd|th)\b")


def normalise(text: str) -> list[str]:
    """The words that count, e.g. "Dr. Lee's at 25 King-St., um, OK?" -> doctor lee's at 2 5 king saint okay."""
    text = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    text = text.replace("£", " pound ").replace("$", " dollar ").replace("%", " per cent ").replace("&", " and ")
    text = re.sub(r"(?<=\d)[,.:](?=\d)", "", text)
    text = _ORDINAL.sub(lambda figures: _ordinal(int(figures[1])), text)
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text)
    text = _OUR.sub(r"\1or", re.sub(r"[^a-z0-9' ]+", " ", text))
    words = [part for word in text.split() for part in SPELLINGS.get(word.strip("'"), word.strip("'")).split()]
    return _digits([word for word in words if word and word not in FILLERS])


def _ordinal(number: int) -> str:
    """0..99 in words, as it is said."""
    tens, unit = divmod(number, 10)
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ten = next(word for word, value in _TENS.items() if value == 10 * tens)
    return f"{ten} {_ORDINALS[unit]}" if unit else f"{ten.removesuffix('y')}ieth"


def _digits(words: Sequence[str]) -> list[str]:
    """Number words as their digits, one token a digit; "oh" beside a digit is a zero."""
    out: list[str] = []
    at = 0
    while at < len(words):
        value, used = _number(words, at)
        if used:
            out.extend(str(value))
        else:
            used = 1
            spoken_zero = words[at] == "oh" and (out[-1:] and out[-1].isdigit()) and _number(words, at + 1)[1]
            out.extend("0" if spoken_zero else list(words[at]) if words[at].isdigit() else [words[at]])
        at += used
    return out


def _number(words: Sequence[str], at: int) -> tuple[int, int]:
    """(value, how many words) of the number that begins at `at`; (0, 0) where there is none."""
    total, group, used, low = 0, 0, 0, 1000
    if words[at : at + 1] == ["a"] and words[at + 1 : at + 2] and words[at + 1] in _SCALES:
        group, used = 1, 1  # "a hundred"
    while at + used < len(words):
        word = words[at + used]
        if word in _SCALES and used:
            group = (group or 1) * _SCALES[word] if word == "hundred" else group
            if word != "hundred":
                total, group = total + (group or 1) * _SCALES[word], 0
            low = 100
        elif word in _TENS and low > 90:
            group, low = group + _TENS[word], 10
        elif word in _UNITS and low > _UNITS[word] and low != 1:
            group, low = group + _UNITS[word], 1
        elif not used or word != "and" or not _goes_on(words, at + used):
            break
        used += 1
    return total + group, used


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether the "and" at `at` stands within a number: "two hundred and fourteen"."""
    return words[at - 1] in _SCALES and words[at + 1 : at + 2] != [] and words[at + 1] in _UNITS | _TENS


def edits(reference: Sequence[str], hypothesis: Sequence[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(hypothesis) + 1))
    for i, word in enumerate(reference, 1):
        diagonal, row[0] = row[0], i
        for j, heard in enumerate(hypothesis, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != heard))
    return row[-1]


def word_error(pairs: Sequence[tuple[str, str]]) -> float:
    """Errors per reference word over (reference, hypothesis) pairs, 0..; normalised here."""
    normalised = [(normalise(reference), normalise(hypothesis)) for reference, hypothesis in pairs]
    return sum(edits(*pair) for pair in normalised) / max(1, sum(len(reference) for reference, _ in normalised))
