# ruff: noqa: SIM905, E501 - word lists read best as text
"""What a turn does in the exchange: the same words mean other things before and after what was heard."""

import re

from dialogue.content.clauses import split
from dialogue.content.context import Context
from dialogue.content.plain import plain

EMPTY_WORDS = frozenset(
    "a an the and or but so if of to in on at by for from with about as is are was were be been being am do does did have "
    "has had will would can could should may might must not no yes it its that this these those there here he she they "
    "them his her their i you we me us my our your yours what when where which who how why just really very too also all "
    "any some one only now then again still get got go going went say said tell told know think like want need please ok "
    "well right thing things lot much more most than out up down over back because since after before".split()
)
_ENDINGS = re.compile(r"(?:ings?|ed|es|s|er|ly)$")
_ASKS_SOMETHING_NEW = re.compile(r"(?<![^ ])(?:what|when|where|which|who|how|why)(?![^ ])")
_ASKS_WHETHER = re.compile(
    r"^(?:(?:and|so|but|or|then|also) )*(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would)"
    r" (?:not )?(?:i|you|your|he|she|it|they|we|that|this|there|the|any)(?![^ ])"
)
_OWN_ACTION = re.compile(
    r"(?<![^ ])(?:(?:i|we) (?:will|can|could|would|am going to|are going to|have to|need to)|let me)(?![^ ])"
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_BEFORE_NOT = frozenset(
    "am is are was were be been do does did have has had can could will would should may might must why if or".split()
)
_FEWEST_SHARED = 2
_LEAST_SHARE = 0.4
"""Of the words of the clause that carry the matter, so many must be the customer's own."""
_MOST_HEARD_WORDS = 300

EAGER = 0.35
"""Where a behaviour is acted on that the situation makes more likely."""


def thresholds(context: Context, default: float) -> dict[str, float]:
    """Label -> score from which it is acted on, where the situation changes it."""
    changed: dict[str, float] = {}
    if not context.heard_out:
        changed["rush"] = EAGER
    if context.customer_asked:
        changed["dont_know"] = (EAGER + default) / 2
    return changed


def content_words(text: str) -> frozenset[str]:
    """The words that carry the matter, cut to their stems."""
    words = plain(text).text.split()[:_MOST_HEARD_WORDS]
    return frozenset(stem(word) for word in words if word[0].isalnum() and word not in EMPTY_WORDS)


def paraphrase(text: str, heard: str, name: str = "") -> tuple[float, str] | None:
    """Confidence and words of the clause that gives back most of what the customer just said; None when none does.

    A clause that asks for something new, tells what the trainee will do, or sets their words right ("once, not four
    times"), gives nothing back; nor does the answer to a question of theirs, nor to call them by their `name`.
    """
    told = " ".join(sentence for sentence in _SENTENCE.findall(heard) if "?" not in sentence)
    known = content_words(told) - content_words(name)
    best: tuple[int, str] = (0, "")
    for start, end in split(text) if known else ():
        clause = text[start:end]
        said = plain(clause).text
        asks = _ASKS_SOMETHING_NEW.search(said) or (_ASKS_WHETHER.search(said) and not only_repeats(clause, heard))
        if not (asks or _OWN_ACTION.search(said) or _sets_right(said, known)):
            own = content_words(clause)
            if len(own & known) >= _LEAST_SHARE * len(own):
                best = max(best, (len(own & known), clause), key=lambda pair: pair[0])
    shared, clause = best
    return (min(0.95, 0.45 + 0.1 * shared), clause) if shared >= _FEWEST_SHARED else None


def _sets_right(said: str, known: frozenset[str]) -> bool:
    """Whether "not" stands before one of the customer's own words, and does not belong to a verb ("did not come")."""
    words = said.split()
    return any(
        word == "not"
        and words[max(i - 1, 0)] not in _BEFORE_NOT
        and any(stem(after) in known for after in words[i + 1 : i + 3])
        for i, word in enumerate(words)
    )


def only_repeats(text: str, heard: str) -> bool:
    """Whether a question asks back no more than what the customer has just said."""
    words = content_words(text)
    new = words - content_words(heard)
    return bool(words) and len(new) <= len(words) // 4 and not _ASKS_SOMETHING_NEW.search(plain(text).text)


def stem(word: str) -> str:
    """The word without its ending, where three letters stay."""
    bare = _ENDINGS.sub("", word) if len(word) > 4 else word
    return bare if len(bare) >= 3 else word
