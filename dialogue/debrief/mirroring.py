"""What a customer has told, given back to them in the second person: "my books" as "your books"."""

import re
from collections.abc import Iterator

from dialogue.content.exchange import content_words
from dialogue.language import turned_round

FEWEST_MIRRORED, MOST_MIRRORED = 4, 16
"""Words of a piece of their story that can be given back in a sentence."""
FEWEST_SHARED, ENOUGH = 2, 3
"""Words that carry the matter: shared with the story behind the call; in all."""
_TELLS = re.compile(
    r"(?:You|You've|You're|Your|Our|The|This|At|On|For|In|It|Since|Every)\b.*?(?:\b(?:is|are|was|were|had|have|has|did|does"
    r"|do|went|came|fell|broke|lost|built|sat|told|paid|took|kept|left|sent|stood|rang|swore|vanished|finished|looked|cost"
    r"|costs|said|says|showed|plays|walks|drops|stopped|goes|interpret|followed|waited|found)\b|n't\b|'(?:ve|re)\b)"
)
"""What tells of something that happened to them."""
_JABS = re.compile(
    r"\b(?:you|you'[\w'-]+|nobody|somebody|someone|i'd|sorry|please|happy|would|i (?:will|won't|say|do|did go|couldn't)"
    r"|it's (?:like|my)|i (?:hear|suppose|guess|think|thought)|going to|i'm not|i (?:don't|do not) \w+ people"
    r"|anything wrong|which is worse|here|questions?|said when|before (?:her|him)|in less"
    r"|than)(?![\w'\u2019-])|\?|\[|['\u2019]\w+ \w+['\u2019](?!\w)"
    r"|\b(?:\w+'d|would|could|should)(?: \w+)? have\b|^it\b(?! was .*\bthat\b)"
    r"|^i'm (?:ringing|calling)\b|^this is (?!my\b)|\b(?:is|are|was|were)(?: not)?$"
    r"|\b(?:to|of|about|on|for) (?:it|that)$",
    re.I,
)
"""What is said at the trainee, meant bitterly, announced and not done, or cannot be turned round."""
_PIECES = re.compile(
    r", (?!(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)\b)(?:and |but )?|; | and (?=at |i )"
)
_STARTS = re.compile(r"^(?:right|look|listen|well|see|so|and|but|because|okay|oh|no|yes|honestly)\b[, ]*", re.I)


def mirrored(line: str) -> Iterator[str]:
    """What of a customer's line can be given back to them, in the second person."""
    for sentence in re.split(r"(?<=[.!?]) +", line):
        for piece in _PIECES.split(sentence.rstrip(".! ")):
            bare = _STARTS.sub("", piece).strip()
            turned = turned_round(bare)
            turned = turned[:1].upper() + turned[1:]
            fits = FEWEST_MIRRORED <= len(turned.split()) <= MOST_MIRRORED
            if fits and not _JABS.search(bare) and _TELLS.match(turned):
                yield turned


def weighs(piece: str, story: frozenset[str], *, answer: bool) -> bool:
    """Whether a piece given back shows that they were heard: it is of what happened, or tells enough by itself. The
    `answer` to a question is often a detail. `story`: the words that carry the whole story."""
    words = content_words(piece)
    shared = len(words & story)
    if answer:
        return shared >= FEWEST_SHARED and len(words) > FEWEST_SHARED
    return shared >= FEWEST_SHARED or len(words) >= ENOUGH or 0 < len(words) == shared
