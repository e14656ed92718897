# ruff: noqa: SIM905 - word lists read best as text
"""A telling cut into pieces ("the left one is scratched"), and what each of them holds: values by kind, who did what,
what was so and what was not. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogue.content.exchange import EMPTY_WORDS, stem
from dialogue.content.names import FIRST_NAMES
from dialogue.content.plain import Plain, plain
from dialogue.language import amounts
from dialogue.understanding.specifics import NUMBER, specifics

_ONE_OF = {
    "colour": "red blue green yellow black white grey=gray brown pink purple orange beige silver gold cream",
    "side": "left right", "height": "top=upper bottom=lower", "floor": "upstairs downstairs ground",
    "size": "big=bigger=large=larger=huge small=smaller=little=tiny", "reach": "long=longer short=shorter",
    "age": "old new", "heat": "hot=warm cold=cool=freezing", "fill": "full empty", "wet": "wet dry",
    "punctual": "early late", "amount": "more less", "state": "open closed=shut", "seat": "aisle window",
    "weight": "heavy light", "number": "single double twin triple", "tight": "tight=narrow loose=wide",
    "end": "front back=rear", "inside": "inside=indoors outside=outdoors",
    "part": "morning afternoon evening night", "meal": "breakfast lunch dinner=supper",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday",
    "month": "january february march april may june july august september october november december",
    "ordinal": "first=1st second=2nd third=3rd fourth=4th fifth=5th sixth=6th seventh=7th eighth=8th ninth=9th "
    "tenth=10th eleventh=11th twelfth=12th thirteenth=13th fourteenth=14th fifteenth=15th sixteenth=16th "
    "seventeenth=17th eighteenth=18th nineteenth=19th twentieth=20th",
    "kin": "son=boy daughter=girl mother=mum=mom father=dad=daddy wife husband brother sister aunt uncle niece nephew "
    "grandmother=gran=granny=nan grandfather=grandad=granddad",
    "room": "kitchen bathroom bedroom cellar=basement attic=loft hall=hallway garage garden lounge balcony office "
    "stairs",
    "vehicle": "bus=coach train tram ferry=boat plane=flight taxi=cab van lorry=truck car bike",
}  # fmt: skip
_KIND_OF = {
    word: (kind, same_as.partition("=")[0])
    for kind, words in _ONE_OF.items()
    for same_as in words.split()
    for word in same_as.split("=")
}
_NAMED_ONLY = frozenset("left right first second light may march open front back rear".split())
"""Words that are a value only behind an article or the like, or alone: "the left one", but "you left"."""
_BEFORE_NAMED = frozenset("the a an my your our his her its their in since until last".split())
_BEFORE_REJECTED = _BEFORE_NAMED | {"not", "on", "at"}
_ALONE_WORDS = 2
_ROOTS = {
    form: forms.split()[0]
    for forms in (
        "ring rang rung", "call called", "send sent", "break broke broken", "come came", "pay paid", "give gave given",
        "take took taken", "buy bought", "bring brought", "lose lost", "leave left", "write wrote written",
        "find found", "blow blew blown", "make made", "see saw seen", "fly flew flown", "grow grew grown",
        "keep kept", "hold held", "sell sold", "speak spoke spoken", "stand stood", "sleep slept", "hear heard",
        "drive drove driven", "choose chose chosen", "wear wore worn", "steal stole stolen", "fall fell fallen",
        "begin began begun", "meet met", "lend lent", "spend spent", "build built", "catch caught", "hurt hurts",
        "sign signed", "throw threw thrown", "wake woke woken", "hide hid hidden", "cut cuts", "put puts",
    )
    for form in forms.split()
}  # fmt: skip
_PAST = frozenset(form for form, first in _ROOTS.items() if form not in (first, first + "s")) | frozenset(
    "was were had did got went said told felt knew put".split()
)
_SHORTEST_PAST = 4
_PERSONS = frozenset("i we you they he she it nobody somebody someone people us one ones none".split())
_SUBJECTS = {"i": "i", "we": "i", "you": "you", "they": "they", "he": "they", "she": "they"}
_BETWEEN = frozenset(
    "have had has did do does just already also then still even only always all both really actually again simply "
    "first definitely certainly specifically clearly twice once".split()
)
"""What may stand between a subject and its verb."""
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_TIMES = {"once": 1.0, "twice": 2.0}
"""As counts; "once" only where nothing follows: "you rang once"."""
_BE = frozenset("am is are was were be been being get got".split())
_MODAL = frozenset("can could will would may might shall should must".split())
_OURS = frozenset("me my us our".split())
_WHERE = frozenset(
    "behind near under over outside inside beside against into onto through across past like than".split()
)
_NOT_SO = frozenset("not never".split())
_NOBODY = frozenset("nobody none nothing neither".split())
_UNREAL = frozenset(
    "to will would can could should shall may might must want wanted need needed supposed going if unless please let "
    "without instead almost nearly stop stopped stops fail failed fails refuse refused refuses hardly barely "
    "whether".split()
)
"""A verb behind one of these says neither that it was so nor that it was not."""
_LACKING = frozenset("without".split())
"""Says no more than "with no"."""
_REPORTS = frozenset(
    "said say says tell told tells claim claimed claims promised promise insist insisted app website letter email text "
    "tracking according supposedly apparently meant meaning think thought".split()
)
_ASKS = re.compile(
    r"^(?:and |so |but |or |now )?"
    r"(?:(?:since |until |at |by |for |in |on )?(?:what|which|who|when|where|why|how)"
    r"|did|do|does|is|are|was|were|has|have|had|can|"
    r"could|would|will|may|shall|should)\b"
)
_PIECE = re.compile(
    r"\.(?!\d)|[?!,\"]|(?<!hundred)(?<!thousand)(?<!half past)(?<!one) "
    r"(?:and|but|while|whereas|yet|then|because|when|though|although)(?= )"
)
_WITHIN = "".join(rf"(?<!\b{word}[ -])" for word in NUMBER.strip("(?:)").split("|") if word.isalpha() and word != "and")
"""Not in the middle of a number: "at twenty-nine" holds no nine."""
_COUNT = re.compile(
    rf"{_WITHIN}"
    r"(?<!at )(?<!by )(?<!in )(?<!past )(?<!number )(?<!code )(?<!flat )(?<!line )(?<![:.])\b(?!an? |one |and )"
    rf"((?:{NUMBER}[ -])+)(?!{NUMBER}\b)"
    r"(?!(?:more |whole |full |working |odd )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|pounds?|euros?"
    r"|dollars?|quid|pence|cents|percent|past|to|o'clock|am|pm|thirty|fifteen)\b)(?=[a-z])"
)
_FIGURE = re.compile(
    rf"(?<![:.\w-])((?:(?!an?\b|and\b){NUMBER}|an? (?:hundred|thousand))(?:[ -]{NUMBER})*)\b(?!:)"
    r"(?![ -](?:more |whole |full |working |odd )?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|percent|past|to"
    r"|o'clock|am|pm)\b)"
)
LEAST_FIGURE = 20.0
"""Smaller numbers are counts, hours or parts of a phrase."""
_OWNER = re.compile(r"\b(?:(?:(?:my|your) )?([a-z]+)'s|(?:my|your)(?! \w+'s)) ((?:[a-z-]+ ?){1,2})")
"""Who owns what: one word of whom, "my" and "your" alike, as the one turns into the other when it is said back."""
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[.:]([0-5]\d)(?![\d%])(?! (?:pounds|euros|dollars|percent))")
_EITHER = re.compile(rf"\b({NUMBER}) , (?={NUMBER}\b)")
"""Between the numbers of "five, six times"."""
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b([A-Z][a-z]{2,})\b")
_FIRST_WORD = re.compile(r"(?:^|[.!?:] +)([A-Z][a-z]{2,})\b")
_NO_NAMES = frozenset(word for word in _KIND_OF) | frozenset(
    "may mrs miss sir madam doctor god christmas easter".split()
)

Value = float | str
Deed = tuple[str, str, bool]
"""Who ("i", "you", "they"), the root of the verb, whether they did."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    start: int
    end: int
    """Offsets in the plain text."""
    sentence: int
    stems: frozenset[str]
    """Of the words that carry the matter, values left out."""
    values: Mapping[str, frozenset[Value]]
    rejected: frozenset[tuple[str, Value]]
    """Kinds and values that it says no to: "not the nineteenth"."""
    owned: Mapping[str, frozenset[str]]
    """Root of a thing -> whose it is: "me" (who tells), or the root of somebody's name or kin."""
    deeds: frozenset[Deed]
    was_so: frozenset[str]
    was_not_so: frozenset[str]
    """Roots of verbs."""
    unclear: bool
    """Reports what somebody claims, or hangs on another piece."""
    question: bool
    """Of a sentence that asks: it begins as a question does and ends with a question mark."""


@lru_cache(maxsize=4096)
def pieces(line: str) -> tuple[Piece, ...]:
    return tuple(cut(plain(line), line))


def cut(turn: Plain, text: str) -> Iterator[Piece]:
    named = {found.lower() for found in _NAME.findall(text)} - _NO_NAMES
    named |= {found.lower() for found in _FIRST_WORD.findall(text) if found.lower() in FIRST_NAMES}
    start = sentence = 0
    asks = False
    plain_text = _EITHER.sub(r"\1 / ", turn.text)
    for edge in (*_PIECE.finditer(plain_text), None):
        end = edge.start() if edge else len(plain_text)
        part = plain_text[start:end]
        mark = re.search(r"[.?!]", plain_text[end:])
        if part.strip():
            lead = len(part) - len(part.lstrip())
            asks = bool(mark and mark[0] == "?" and (asks or _ASKS.match(part.strip())))
            whose = owners(turn.quoted(text, start + lead, end))
            yield _piece(part.strip(), start + lead, end, sentence, frozenset(named), whose, question=asks)
        if edge:
            start = edge.end()
            sentence += edge[0] in ".?!"
            asks = asks and edge[0] not in ".?!"


def owners(text: str) -> Mapping[str, frozenset[str]]:
    """Whose the things in it are, as far as it says: "my brother's car"."""
    found: dict[str, set[str]] = {}
    for match in _OWNER.finditer(text.lower().replace("\u2019", "'")):
        whose = root(match[1]) if match[1] else "me"
        for word in match[2].split():
            if word in EMPTY_WORDS or word in _BE:
                break
            found.setdefault(root(word), set()).add(whose)
    return {thing: frozenset(by) for thing, by in found.items()}


def _piece(
    text: str,
    start: int,
    end: int,
    sentence: int,
    named: frozenset[str],
    owned: Mapping[str, frozenset[str]],
    *,
    question: bool,
) -> Piece:
    words = text.split()
    values: dict[str, set[Value]] = {}
    rejected: set[tuple[str, Value]] = set()
    used: set[str] = set()
    for i, word in enumerate(words):
        if word in _KIND_OF and (
            word not in _NAMED_ONLY or len(words) <= _ALONE_WORDS or (i and words[i - 1] in _BEFORE_NAMED)
        ):
            kind, meant = _KIND_OF[word]
            used.add(word)
            if "not" in words[max(i - 2, 0) : i] and words[i - 1] in _BEFORE_REJECTED:
                rejected.add((kind, meant))
            else:
                values.setdefault(kind, set()).add(meant)
        elif word in _TIMES and (word == "twice" or i == len(words) - 1):
            values.setdefault("count", set()).add(_TIMES[word])
            used.add(word)
        elif word in named:
            values.setdefault("name", set()).add(word)
            used.add(word)
    for kind, value, said in specifics(text):
        if kind != "day":
            values.setdefault(kind, set()).add(value)
            used.update(said.split())
    for found in _COUNT.finditer(text.replace(" / ", " times ")):
        count = max(amounts(found[1]), default=0.0)
        if count:
            values.setdefault("count", set()).add(count)
            used.update(found[1].split())
    for found in _CLOCK.finditer(text):
        values.setdefault("clock", set()).add(found[0].replace(".", ":"))
        used.add(found[0])
    for found in _FIGURE.finditer(text):
        readings = amounts(found[1])  # "thirty-seven eighty" is a sum, or two numbers
        if max(readings, default=0.0) >= LEAST_FIGURE:
            values.setdefault("figure", set()).update(readings)
            used.update(found[1].replace("-", " ").split())
    stems = frozenset(
        root(word)
        for word in words
        if word[0].isalpha() and not (word in used or word in EMPTY_WORDS or word in _PERSONS or word in _LACKING)
    )
    deeds, was_so, was_not_so = _deeds(words)
    unclear = bool(_REPORTS & set(words)) or (bool(words) and words[-1] == "not")
    return Piece(
        text, start, end, sentence, stems, {kind: frozenset(found) for kind, found in values.items()},
        frozenset(rejected), owned, frozenset(deeds), frozenset(was_so & stems), frozenset(was_not_so & stems),
        unclear, question,
    )  # fmt: skip


def _deeds(words: Sequence[str]) -> tuple[set[Deed], set[str], set[str]]:
    """Who did what, the roots of what was so, and of what was not."""
    deeds: set[Deed] = set()
    denied: set[int] = set()
    for i, word in enumerate(words):
        if word in _SUBJECTS or word in _NOT_SO or word in _NOBODY:
            done, k = word in _SUBJECTS, i + 1
            while k < len(words) and (words[k] in _BETWEEN or words[k] in _NOT_SO or words[k] in _BE):
                done = done and words[k] not in _NOT_SO
                k += 1
            if k == len(words) or not _happened(words, k) or any(one in _MODAL for one in words[max(i - 1, 0) : k]):
                continue
            if not done:
                denied.add(k)
            if word in _SUBJECTS and not _BE & set(words[i:k]):
                deeds.add((_SUBJECTS[word], root(words[k]), done))
    did = {verb for _, verb, _ in deeds}
    for k, word in enumerate(words[:-1]):  # "the neighbour flooded my flat"
        to_them = words[k + 1] in _OURS and k and words[k - 1] not in _NOBODY
        if to_them and root(word) not in did and k not in denied and word not in _WHERE and _happened(words, k):
            deeds.add(("they", root(word), True))
    real = {root(word) for k, word in enumerate(words) if k not in denied and _happened(words, k)}
    return deeds, real, {root(words[k]) for k in denied}


def _happened(words: Sequence[str], k: int) -> bool:
    """Whether a word may be a verb or thing of the story, not what should or might be."""
    word, before = words[k], [one for one in words[:k] if one not in _NOT_SO]  # "can't have been easy" is a guess
    return word[0].isalpha() and word not in EMPTY_WORDS and not _UNREAL & set(before[-3:])


def past(words: Sequence[str]) -> bool:
    """Whether one of them is a verb of what has been."""
    return any(word in _PAST or (word.endswith("ed") and len(word) > _SHORTEST_PAST) for word in words)


def root(word: str) -> str:
    """A key that the forms of a word share: "rang" and "ringing"."""
    bare = _DOUBLED.sub(r"\1", stem(word).rstrip("e")) or word
    return _ROOTS.get(word) or _ROOTS.get(bare) or bare
