# ruff: noqa: SIM905, E501 - word lists read best as text
"""The customer's name in a turn: right, misheard by the recogniser, or wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dialogue.content.plain import Plain, plain

TITLES = frozenset("mr mrs ms miss dr sir madam professor prof".split())
_COMMON_WORDS = frozenset(
    "will mark may grace hope rose bill frank pat rich art drew gene sue chase dawn faith joy june april august king young "
    "long white brown green black gray grey hill wood woods stone rice price page day short small bush rivers banks best "
    "good bell ford field fields moss hall cook case bond cross love more case main just can do you so i a see say way "
    "sunny major miles max lane rob nick jack ray guy dale glen heath holly ivy daisy lily violet summer carol bob hunter "
    "read wise strong power church parks marks sharp swift waters winter bishop knight nelson dean don line low bright new "
    "an in on to he me she we no my us go up be by or of at as is it if am are ann anne lee ng li chen's sung son hand "
    "time times mean fair fine wells west north east ball barr".split()
)
FIRST_NAMES = frozenset(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald "
    "steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary "
    "nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory patrick alexander peter henry "
    "walter harold carl arthur roger mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa "
    "nancy betty margaret sandra ashley emily donna michelle amanda dorothy melissa deborah stephanie rebecca sharon "
    "laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine "
    "debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren "
    "christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances "
    "kathryn janice jean abigail alice judy sophia tom dave mike steve chris kate jane claire fiona priya ahmed "
    "mohammed ali fatima carlos jose luis juan ana sofia lena marcus dana oliver harry tony jim joe ben sam alex leo "
    "noah liam ethan lucas mia ava ella zoe chloe lucy martin simon neil ian graham colin keith stuart trevor gavin "
    "craig darren lee sean kieran nigel philip phil nathan aaron callum connor jamie luke finn beth bethany gemma "
    "leanne hayley stacey tracy wendy paula sally joanne lynn maureen doreen rosie freya erin".split()
)
_VOCATIVE_OPENERS = frozenset(
    "hello hi hey sorry thanks you ok right yes no well please so now morning afternoon evening understand apologies sure "
    "absolutely certainly course , . ! ?".split()
)
ABOUT_OTHERS = frozenset(
    "with to by from ask and our is manager supervisor colleague called named name for about of or her him boss lead".split()
)
"""Words in front of the name of somebody who is spoken of, not to."""
_SPOKEN_OF = frozenset("is was has had will would can could says said from who".split())
"""Verbs and the like right behind a name that belong to it."""

_SHORTEST_MISHEARD = 4
"""Letters of a name from which a slip of recognition is looked for."""


@dataclass(frozen=True, slots=True)
class NameHit:
    start: int
    """Offset in the plain text."""
    end: int
    right: bool
    name: str
    """As it was said."""


def find_names(turn: Plain, customer_name: str) -> Iterator[NameHit]:
    """The places where the customer is named, rightly or wrongly. Nothing when the name is not known."""
    parts = [
        part.replace("'", "") for part in plain(customer_name).text.split() if part[0].isalpha() and part not in TITLES
    ]
    if not parts:
        return
    words = turn.text.split(" ")
    i = 0
    while i < len(words):
        length, right = _named(words, i, parts)
        if length:
            said = " ".join(words[i : i + length])
            yield NameHit(turn.starts[i], turn.starts[i + length - 1] + len(words[i + length - 1]), right, said)
        i += max(length, 1)


def _named(words: list[str], i: int, parts: list[str]) -> tuple[int, bool]:
    """How many words from `i` name someone (0 when none do), and whether that is the customer."""
    title = _title_length(words, i)
    after = words[i + title : i + title + 3]
    for part in parts:
        for joined in (1, 2):
            said = "".join(after[:joined]).replace("'", "")
            if len(after) >= joined and said.isalpha() and _same(said, part, titled=title > 0, alone=joined == 1):
                end = i + title + joined
                if title or joined == 2 or part not in _COMMON_WORDS or _addressed(words, i, end):
                    more = 1 if end < len(words) and words[end] != words[end - 1] and words[end] in parts else 0
                    return title + joined + more, True
    if title and after and _is_surname(after[0], words, i) and _addressed_loosely(words, i):
        return title + 1, False
    if (
        not title
        and after
        and after[0] in FIRST_NAMES
        and _addressed(words, i, i + 1)
        and (i > 0 or words[1:2] == [","])
    ):
        return 1, False
    return 0, False


def _title_length(words: list[str], i: int) -> int:
    if words[i : i + 2] == ["miss", "is"]:
        return 2
    return 1 if words[i] in TITLES - {"sir", "madam"} else 0


def _same(said: str, part: str, *, titled: bool, alone: bool) -> bool:
    """Whether `said` is `part`, or what a recogniser may make of it."""
    if said == part or (said == part + "s" and len(part) > 3):
        return True
    if said in _COMMON_WORDS and not titled:
        return False
    alike = sound_key(said) == sound_key(part)
    close = abs(len(said) - len(part)) <= 2
    if titled:
        return alike or (len(part) > 4 and said[0] == part[0] and _edits_at_most(said, part, 2))
    if not alone:
        return alike and close and len(part) > 5 and _edits_at_most(said, part, 2)
    most = min(len(part) // 3, 2)  # "bit" is no slip for "Beth", nor "name" for "Naomi"
    return (
        alike
        and close
        and len(part) >= _SHORTEST_MISHEARD
        and _edits_at_most(said, part, most)
        and said not in _ENGLISH
    )


def _is_surname(word: str, words: list[str], i: int) -> bool:
    return word.isalpha() and len(word) > 1 and word not in (_ENGLISH if words[i] == "miss" else _NO_SURNAMES)


def _addressed(words: list[str], start: int, end: int) -> bool:
    """Set apart as an address: at an edge or after an opener, and followed by a mark or the end."""
    opened = start == 0 or words[start - 1] in _VOCATIVE_OPENERS
    closed = end >= len(words) or words[end] in (",", ".", "?", "!")
    return opened and closed


def _addressed_loosely(words: list[str], start: int) -> bool:
    """Whether the title at `start`, with its name, may be meant for who is spoken to: "my manager, Mrs Bell, signs"
    speaks of somebody else, and so does "Mrs Bell has it"."""
    before = [word for word in words[max(start - 2, 0) : start] if word != ","]
    behind = words[start + 2 : start + 3]
    return ABOUT_OTHERS.isdisjoint(before[-1:]) and _SPOKEN_OF.isdisjoint(behind)


_SOUNDS = (
    ("ph", "f"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("wh", "w"), ("sch", "x"), ("tch", "x"), ("ch", "x"), ("sh", "x"),
    ("ck", "k"), ("dg", "j"), ("th", "t"), ("q", "k"), ("z", "s"), ("v", "f"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def sound_key(word: str) -> str:
    """A key that words share when they sound alike: consonants by sound, vowels dropped but for a leading one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k")
    head, tail = word[:1], word[1:]
    head = "a" if head in "aeiouy" else head
    return re.sub(r"(.)\1+", r"\1", head + re.sub(r"[aeiouyhw]", "", tail))


def _edits_at_most(a: str, b: str, most: int) -> bool:
    """Whether the edit distance of two short words is at most `most`."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1] <= most


_NO_SURNAMES = frozenset("is was i we you the that this and so if but it can could will would have has".split())
_ENGLISH = _COMMON_WORDS | frozenset(
    "that this there then than them they these those think thing with without would should could have here hear where were "
    "what when which while your yours sorry please thank thanks help need want know call back over about again today the "
    "and for not but all one two out now how who why did does done get got give let look make take tell told try use sure "
    "right okay fine great good well very much many some any every each other same such only even still already soon later "
    "happy hold line moment minute order number account issue problem manager team matter part person people something "
    "marks market remark during dinner diner danger dance rivers river reverse mars more mouse miss mist missed mess".split()
)
