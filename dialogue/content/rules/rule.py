# ruff: noqa: E501 - the word groups of the guards
"""What a rule is: a pattern over the plain form of a turn, and the guards that keep it from firing.

In patterns a space also matches across a comma, so that "sorry, Mr Chen" and "sorry mr chen" are the same; it never
matches across the end of a sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dialogue.content.plain import Plain

NEGATION_REACH_WORDS = 7
COUNTER = 0.0
"""The confidence of a cue that speaks against its behaviour; only the text model weighs it."""
_NEGATORS = re.compile(
    r"(?<![^ ])(?:not|never|without|hardly|nobody|no one|nor|refuse to|stop short of|instead of|rather than|"
    r"no (?:need|reason|point|way|intention|plans?)|far from|last thing|avoid|against|did not mean to)(?![^ ])"
)
_NOT_NEGATING = re.compile(
    r"(?<![^ ])(?:not only|not just|why not|not sure|(?:can|could) not (?:agree|be|thank|apologize|stress|help)|"
    r"(?:do|does|did|have|has|is|are|was|were|would|could|can|should) not (?:you|i|we|it|that)|not to mention)"
)
_REPORTED = re.compile(
    r"(?<![^ ])(?:(?:you|he|she|they|someone|somebody|who|whoever|people|agent|adviser|advisor|colleague|rep|person|man|"
    r"woman|anyone|nobody|lady|guy|team|gentleman) (?:just |even |then |already |also |previously |actually |had |have |has |"
    r"was |were |ever |wrongly |simply |only )*(?:said|say|says|saying|told|tell|tells|telling|asked|claimed|promised|"
    r"called you|mentioned|wrote|advised|suggested|heard)|were told|was told|been told|being told|to be told|get told|"
    r"got told|hear(?:ing)? (?:the words|someone say)|your words|to tell you|telling you|asking you|ask you|tell you)(?![^ ])"
)
_CLAUSE_EDGE = re.compile(
    r" (?:[.!?,]|but|however|because|so (?:i|we|you|it|that|let)|though|although|and (?:i|we|you|it)) "
)
_SENTENCE_EDGE = re.compile(r" ?[.!?](?: |$)")


Search = Callable[[str], object]


@dataclass(frozen=True)
class Rule:
    """A cue for one behaviour. `confidence` 0..1 is what the cue is worth when no text model is there to weigh it."""

    name: str
    """BEHAVIOUR/CUE."""
    pattern: str
    confidence: float = 0.9
    negatable: bool = True
    """A negation before it within its clause stops it."""
    reportable: bool = True
    """Reported speech ("they told you to ...") stops it."""
    cancelled_by_but: bool = False
    """A "but" that follows in the sentence stops it."""
    before: str = ""
    """Stops it when found in the sentence before the match."""
    after: str = ""
    """Stops it when the text right after the match begins so."""
    anywhere: str = ""
    """Stops it when found anywhere in the turn."""
    family: str = ""
    """The cue that the classifier takes it for, where it has not learned it under its own name."""
    alone: bool = False
    """A set phrase: it speaks for its behaviour whatever the classifier makes of it, though only just."""

    @property
    def behaviour(self) -> str:
        return self.name.partition("/")[0]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """For a text with a space before it: a pattern that begins with one is looked for twice as fast as one that
        looks behind at every letter."""
        return re.compile(" " + re.sub(r"(?<!\[)\^", "(?<=^ )", _words(self.pattern)))

    @property
    def search(self) -> "Search":
        """Whether the cue stands in a plain form with a space before it."""
        return self._compiled.search

    @cached_property
    def _guards(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
        before, after, anywhere = (whole_words(p) if p else None for p in (self.before, self.after, self.anywhere))
        return before, after, anywhere

    def hits(self, turn: Plain) -> Iterator["Hit"]:
        """Every place where the cue stands, blocked ones included and marked so."""
        for match in self._compiled.finditer(" " + turn.text):
            start = match.start()
            end = start + len(match.group().rstrip(" ")) - 1
            yield Hit(self, start, end, self._blocked(turn.text, start, end))

    def _blocked(self, text: str, start: int, end: int) -> bool:
        sentence, clause = _before(text, start)
        before, after, anywhere = self._guards
        rest = text[end : end + 200]
        return bool(
            (self.negatable and negated(clause))
            or (self.reportable and (_REPORTED.search(clause) or sentence.count('"') % 2))
            or (before and before.search(sentence))
            or (after and after.match(rest.lstrip(" ,")))
            or (anywhere and anywhere.search(text))
            or (self.cancelled_by_but and _BUT_AHEAD.match(rest))
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a cue stands in the plain form."""

    rule: Rule
    start: int
    end: int
    blocked: bool


_BUT_AHEAD = re.compile(
    r"(?: (?!but )[^ .?!]+){0,9} (?:[,.] )?(?:but|however) (?!first|before|thank|i am so|i am sorry)"
)


def whole_words(pattern: str) -> re.Pattern[str]:
    """Compile a pattern so that it matches whole words, and spaces match across commas."""
    return re.compile(r"(?<![^ ])" + _words(pattern))


def _words(pattern: str) -> str:
    """The pattern, its spaces matching across commas, up to the end of a word."""
    return "(?:" + pattern.replace(" ", r"(?: ,)? ") + r")(?:(?<= )|(?![^ ]))"


def negated(clause: str) -> bool:
    """Whether the words before a cue, within its clause, negate it."""
    near = " ".join(clause.split()[-NEGATION_REACH_WORDS:])
    near = _NOT_NEGATING.sub(" ", near)
    return _NEGATORS.search(near) is not None


def _before(text: str, start: int) -> tuple[str, str]:
    """The sentence, and the clause, as far as they stand before `start`."""
    window = text[max(0, start - 200) : start]
    edges = [edge.end() for edge in _SENTENCE_EDGE.finditer(window)]
    sentence = window[edges[-1] :] if edges else window
    clause_edges = [edge.end() for edge in _CLAUSE_EDGE.finditer(" " + sentence)]
    clause = sentence[clause_edges[-1] - 1 :] if clause_edges else sentence
    return sentence, clause
