"""Does this sound finished? How long a pause must last to end a turn, from the words before it and how they sounded.

A fixed limit cannot be right: 0.5 s of silence cuts nearly every turn with a pause for thought in it, and 0.8 s makes
every answer late. Words tell them apart: nobody stops for good after "and", "the" or "um". Behind a whole sentence the
sound of its end may tell (`voice.recognition.endofturn`). All limits are whole chunks of 30 ms: silence is counted in
them, so that 1.0 s would last 1.02.
"""

import re

CLOSED_SECONDS = 0.36
"""After a question, or a formula that hands the floor over."""
USUAL_SECONDS = 0.45
OPEN_SECONDS = 0.75
"""After a comma, after a word that seldom ends a sentence, in a sentence without its full stop, or when no word was
recognised yet."""
UNFINISHED_SECONDS = 0.99
"""After a word that cannot end a sentence, and after words that sound as if more were to come."""
DICTATION_SECONDS = 0.99
"""While digits are read out: people pause between groups."""
EVEN_LOG_ODDS = 0.0
"""What sounds less finished goes on, more likely than not. One limit serves better than a slope: chosen on made turns
that were not fitted on, or whose engine was not (`models/endofturn/CARD.md`)."""
FEW_WORDS = 4
FEW_WORDS_LOG_ODDS = -1.5
"""Of having finished, for a statement that begins a turn and has at most so many words: a sixth of those in written
calls are whole turns, where half of all sentences end one ("Okay." is mostly a beginning)."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER_LAST = _set(
    """
    and but or because cause if when while although unless until whether which who whose than
    a an the my your our their its every
    of from at by into without during between onto per via
    i i'm i'll i've i'd we we'll we've we're they they'll they've they're you'll you've you're he's she's let's gonna
    um uh er erm uhm
    """
)
_SELDOM_LAST = _set(
    """
    so as that this these those some any his her
    to for with about
    is are was were am be been will would can could shall should may might must have has had do does did
    it's that's there's what's i'd you'd
    he she like well actually basically hmm mm
    """
)
_CLOSINGS = re.compile(
    r"\b(?:thank you|thanks|bye|goodbye|take care|good day|help you(?: with)?(?: today)?|anything else|go ahead"
    r"|you're welcome)$"
)
_NUMBER = re.compile(
    r"\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double|triple|dash|hyphen|point"
)


def silence_needed(text: str, finished: float | None = None) -> float:
    """Seconds of silence that end a turn whose words so far are `text`: 0.36 to 0.99. `finished`: the log odds that the
    speaker has, by the sound, if they are known."""
    text = text.strip().replace("’", "'")
    words = re.findall(r"[\w']+", text.lower())
    if _CLOSINGS.search(" ".join(words)):
        return CLOSED_SECONDS
    if finished is not None and finished + _by_length(text, words) < EVEN_LOG_ODDS:
        return UNFINISHED_SECONDS
    return _after(text, words)


def _by_length(text: str, words: list[str]) -> float:
    """Log odds that a turn of so many words is over."""
    return FEW_WORDS_LOG_ODDS if len(words) <= FEW_WORDS and not text.endswith("?") else 0.0


def _after(text: str, words: list[str]) -> float:
    """The same from the words of the text alone."""
    if not words:
        return OPEN_SECONDS
    if _dictates(words):
        return DICTATION_SECONDS
    if text.endswith("?"):
        return CLOSED_SECONDS
    if words[-1] in _NEVER_LAST or text.endswith(("...", "…", "-", "–")):
        return UNFINISHED_SECONDS
    if words[-1] in _SELDOM_LAST or text.endswith((",", ";", ":")) or _lacks_its_stop(text):
        return OPEN_SECONDS
    return USUAL_SECONDS


def _lacks_its_stop(text: str) -> bool:
    """The recogniser writes sentences, with capitals and full stops, and this one has none yet."""
    return text[0].isupper() and text[-1].isalnum()


def _dictates(words: list[str]) -> bool:
    """True when the text ends in a row of digits ("four seven one", "471 22") that is no year or round amount."""
    row: list[str] = []
    for word in reversed(words):
        if not _NUMBER.fullmatch(word):
            break
        row.append(word)
    if len(row) == 1 and row[0].isdigit():
        number = row[0]
        year = len(number) == 4 and number[:2] in ("19", "20")
        return len(number) >= 3 and not number.endswith("00") and not year
    digits = sum(len(word) if word.isdigit() else 1 for word in row)
    return len(row) >= 2 and digits >= 3
