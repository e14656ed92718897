"""The words that are quoted for a behaviour: what shows it may begin and end in the middle of a thought. Pure."""

from dialogue.content.clauses import sentences, split
from dialogue.language import MOST_QUOTED, quote

_MARKS = ' .,;:!?\u2026\u2013\u2014-"\u201c\u201d'


def in_words(text: str, shown: str) -> str:
    """`shown`, a part of `text`, drawn out to the clauses that it fills or mostly stands in, or cut to them ("this is
    Sam, how" to "Good morning, this is Sam"), as it is quoted. A clause longer than a quotation is read from `shown`
    on."""
    start = text.find(shown)
    end = start + len(shown)

    def shared(clause: tuple[int, int]) -> int:
        return min(end, clause[1]) - max(start, clause[0])

    clauses = split(text) if shown and start >= 0 else []
    most = max(clauses, key=shared, default=(0, 0))
    if shared(most) <= 0:
        return quote(shown)
    kept = [one for one in clauses if one == most or (start <= one[0] and one[1] <= end)]
    first, last = kept[0][0], kept[-1][1]
    if len(text[first:last].split()) <= MOST_QUOTED:
        return text[first:last].strip(_MARKS)
    return quote(text[max(first, start) : last])


def in_sentence(text: str, shown: str) -> str:
    """The sentence of `text` in which `shown` begins; `shown` itself where it stands in none."""
    start = text.find(shown)
    return next((text[a:b] for a, b in sentences(text) if a <= start < b), shown)
