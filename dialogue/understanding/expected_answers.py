# ruff: noqa: E501 - word groups read best whole
"""What kind of answer the customer's question wants (a time, a sum, a person, a reason, yes or no, what comes next), and
whether a turn holds one. Pure."""

import re
from collections.abc import Callable, Mapping

from dialogue.content.exchange import EMPTY_WORDS
from dialogue.language import MOST_READ, SENTENCE, TIME, amounts, normal
from dialogue.understanding.offering import REFUSING
from dialogue.understanding.story_pieces import root

_LEAD = r"^(?:and |so |but |well |right |now |okay |ok |then |just |exactly |tell me |(?:and )?if (?:so|not) )*"
_AUX = r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|may|am)"
_QUESTION = re.compile(r"(?:^|(?<=[.!?;]))[^.!?;]+\?")  # tried at the beginning of a sentence only
_WANTS: Mapping[str, re.Pattern[str]] = {
    "time": re.compile(
        rf"{_LEAD}(?:by |until |till )?(?:when|what time|which day|how (?:much )?long(?:er)?|how soon|how quickly)"
        r" (?:\w+ ){0,2}?(?:is|are|am|will|do|does|did|can|could|would|should|was|until|before|till|exactly|then|more)\b"
    ),
    "sum": re.compile(
        rf"{_LEAD}(?:how much\b(?! longer| more time)|how many\b"
        r"|what(?:'s| do| does| did| will| would| is)\b.{0,40}\b(?:cost|owe|pay|charge|price|bill)\b)"
    ),
    "person": re.compile(rf"{_LEAD}(?:who|whom|which of you)\b(?! (?:cares|knows|needs|do you think)\b)"),
    "reason": re.compile(rf"{_LEAD}(?:why|how come|what for|for what reason)\b(?! (?:should|would|bother|me)\b)"),
    "where": re.compile(rf"{_LEAD}where(?: exactly| on earth)?(?:'s| is| are| has| have| does| do| did| was| were)\b"),
    "next": re.compile(
        rf"{_LEAD}what (?:happens|comes|will happen|now|next|are you (?:going to|gonna) do|will you do)\b"
    ),
    "decision": re.compile(
        r"\b(?:yes or no|or (?:not|did(?:n't| it not)|isn't|wasn't|won't|can't|don't|doesn't)(?: \w+)?)$"
    ),
    "whether": re.compile(
        rf"{_LEAD}{_AUX} (?!(?:you|i|we|anyone|anybody) (?:even|really|think|know|hear|kidding|serious|mad)\b)"
    ),
}
"""Kind -> form of a question that wants it, the surest first."""
_YES_NO = re.compile(
    r"^(?:(?:well|right|okay|ok|so) )*(?:yes|no|not (?:yet|today|any more|quite)|of course|certainly|absolutely|sure|unfortunately not|i'm afraid not"
    r"|it (?:is|isn't|was|wasn't|did|didn't|does|doesn't|has|hasn't|will|won't|went|arrived|came)\b)"
)
_SAYS: Mapping[str, Callable[[str], object]] = {
    "time": re.compile(
        rf"(?:{TIME.pattern})|\b(?:now|right away|straight away|immediately|already|just (?:left|gone|been))\b"
    ).search,
    "sum": lambda plain: amounts(plain) or re.search(r"\b(?:nothing|free|half|double|none|no charge)\b", plain),
    "person": re.compile(
        r"\b(?:i|me|myself|he|she|him|her|called|named|mr|mrs|ms|miss|doctor|dr|team)\b"
        r"|\b(?:the|an?|my|our|your) (?:\w+ ){0,2}?(?!computer|system|order|letter|number|member|matter|other|offer|water|paper|weather|letter|later)"
        r"(?:\w+(?:er|or|ist|ant|man|woman|person|lady)|neighbou?r|colleague|nurse|sister|clerk|head|chief|desk|agent|crew|guard|board)s?\b"
    ).search,
    "reason": re.compile(
        r"\b(?:because|since|due to|as (?:the|we|it|you|our)|so that|the reason|that's why|which is why|after|caused?|comes? from"
        r"|wrong|mistake|error|fault|broken|failed|missed|forgot|lost|too (?:many|few|much|little|late)|short of|ran out|expired)\b"
    ).search,
    "where": re.compile(
        r"\b(?:it's|they're|he's|she's|is|are|was|were|lies|stands|went|sits) (?:\w+ ){0,3}?(?:in|at|on|with|near|between|under|behind|outside)\b"
        r"|\b(?:has|have) (?:it|them)\b|\bon (?:its|the|their) way\b"
    ).search,
    "next": TIME.search,
    "decision": _YES_NO.search,
    "whether": _YES_NO.search,
}
_NAMED = re.compile(
    r"(?<=[a-z,] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][a-z]{2,}"
)
"""A name, in text that has capitals."""
_YOUR_NAME = re.compile(
    r"\b(?:your (?:full |own )?name|who (?:am i|i'm|i am) (?:speaking|talking|dealing)|who are you|who is this|what are you called)\b"
)
_SCRIPT_WORDS = 6
_SCRIPT_COURTESIES = 2
_FEWEST_WORDS = 4
"""Of a turn that answers: a bare "yes, of course" only agrees."""
_STRICT = frozenset({"time", "sum", "person", "reason", "decision"})
"""Kinds whose answer is missed where it does not come."""
_FINDS_OUT = frozenset({"find_out", "clarify", "hold_permission", "look_up", "recap", "paraphrase"})
"""What may stand before an answer: finding it out, asking back, making sure."""
_ACKNOWLEDGES = frozenset({"empathy", "apology", "ownership", "thanks", "feedback_thanks", "loyalty", "boundary"})
_COURTESIES = frozenset(
    {"thanks", "feedback_thanks", "loyalty", "help_offer", "close", "greeting", "own_name", "name_use", "together"}
)
"""What a script holds for every caller."""


def wanted(heard: str) -> str:
    """The kind of answer that the last question of `heard` wants: a key of `_WANTS`, "" for none in particular."""
    questions = [normal(one).rstrip("? ") for one in _QUESTION.findall(heard)]
    return next((kind for kind, form in _WANTS.items() if questions and form.search(questions[-1])), "")


def gives(kind: str, sentence: str) -> bool:
    """Whether a sentence holds what a question of that kind (a key of `_WANTS`) wants."""
    return bool(_SAYS[kind](normal(sentence)))


def takes_up(text: str, heard: str) -> bool:
    """Whether a statement of `text` is about what `heard` asks, or tells: something of use, or an explanation, though it
    is put without a "because"."""
    asked = _QUESTION.findall(heard)
    about = matter(asked[-1] if asked else heard) or matter(heard)  # a bare "why?" is about what stands before it
    return any(
        len(one.split()) >= _FEWEST_WORDS and matter(one) & about
        for one in SENTENCE.findall(text[:MOST_READ])
        if not one.rstrip().endswith("?")
    )


def matter(sentence: str) -> frozenset[str]:
    """Keys of the words that carry it."""
    words = normal(sentence).rstrip("?").split()
    return frozenset(root(word) for word in words if word[0].isalpha() and word not in EMPTY_WORDS)


def wants_a_name(heard: str) -> bool:
    """Whether they ask whom they are speaking to."""
    return bool(_YOUR_NAME.search(normal(heard)))


def answer(text: str, heard: str) -> str:
    """The words of `text` that give what the question in `heard` wants; "" where none do. A refusal gives nothing."""
    kind = wanted(heard)
    if not kind or len(text.split()) < _FEWEST_WORDS or REFUSING.search(normal(text[:MOST_READ])):
        return ""
    said: list[str] = [one.strip() for one in SENTENCE.findall(text[:MOST_READ]) if not one.rstrip().endswith("?")]
    if kind == "person" and not wanted(text) and (named := [one for one in said if _NAMED.search(one)]):
        return named[0]
    return next((one for one in said[:1] if _SAYS[kind](normal(one))), "") or next(
        (one for one in said if kind not in ("decision", "whether") and _SAYS[kind](normal(one))), ""
    )


def scripted(text: str, ids: frozenset[str], heard: str) -> bool:
    """Whether `text`, with the behaviours `ids`, meets the question that ends `heard` with the courtesies of a script:
    with more than a word of thanks, which may be meant."""
    asked = heard.rstrip().endswith("?")
    return asked and len(text.split()) >= _SCRIPT_WORDS and len(ids) >= _SCRIPT_COURTESIES and ids <= _COURTESIES


def passed_over(text: str, ids: frozenset[str], heard: str) -> bool:
    """Whether `text`, with the behaviours `ids`, goes past a time, sum, person, reason or decision that was asked for.
    Who says that they will find out does not, and a question that only vents ("why does it always hit me?") is answered
    by whoever acknowledges it. A hold is one wait more, and names its length to whoever asks how long."""
    kind = wanted(heard)
    waits = "hold_permission" in ids and kind == "time"
    if kind not in _STRICT or (ids & _FINDS_OUT and not waits) or answer(text, heard):
        return False
    if _SAYS[kind](normal(text[:MOST_READ])):
        return False
    if kind == "reason" and takes_up(text, heard):
        return False
    return kind == "time" or not ids & _ACKNOWLEDGES
