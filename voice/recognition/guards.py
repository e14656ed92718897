"""Three guards against Whisper's hallucinations, on words that have been aligned with the sound.

Given less than the 30 s it was trained on, the model may repeat its sentence, or go on after the sound has ended. The
alignment shows such words: they have less time than anybody needs to say them. Pure functions of words and times.
"""

from collections.abc import Sequence

from dialogue.events import Word

FASTEST_WORD_SECONDS = 0.06
"""Nobody says several words in a row faster: the quickest talkers reach about 10 words a second for a moment."""
RUN_WORDS = 4
"""A poor alignment may squeeze two or three words together; a run of four is a hallucination."""
MOST_WORDS_PER_SECOND = 7.0
"""Cap on the length of a text, generous: conversational English has about 3, an auctioneer 6."""
EDGE_SECONDS = 0.05
LEAST_REPEATED = 3
"""Fewest words in a repeated phrase: people repeat shorter ones all the time."""
LONGEST_PHRASE = 12
"""Most words in a repeated phrase: the other guards catch longer loops."""


def sayable(words: Sequence[Word], seconds: float) -> tuple[Word, ...]:
    """`words` without those that cannot have been said in a sound of `seconds`; times count from its start."""
    inside = [word for word in words if word.start < seconds - EDGE_SECONDS]
    return capped(unlooped(unhurried(inside)), seconds)


def unhurried(words: Sequence[Word]) -> list[Word]:
    """Drop every run of words that begin in quicker succession than anyone can speak."""
    dropped: set[int] = set()
    for first in range(len(words) - RUN_WORDS + 1):
        run = words[first : first + RUN_WORDS]
        if run[-1].start - run[0].start < (RUN_WORDS - 1) * FASTEST_WORD_SECONDS:
            dropped.update(range(first, first + RUN_WORDS))
    return [word for n, word in enumerate(words) if n not in dropped]


def unlooped(words: Sequence[Word]) -> list[Word]:
    """Keep one of a phrase of two or more words said four times or more in a row, two of one word said six times.

    People do say "no, no, no" and "that's fine, that's fine"; those stay.
    """
    kept = list(words)
    for length in range(1, LONGEST_PHRASE + 1):
        kept = _without_loops(kept, length, most=5 if length == 1 else 3, keep=2 if length == 1 else 1)
    return kept


def repeats(words: Sequence[Word]) -> bool:
    """Whether a phrase of three or more words comes twice in a row: people seldom do that, a loop always."""
    texts = [plain(word.text) for word in words]
    return any(
        texts[at : at + length] == texts[at + length : at + 2 * length]
        for length in range(LEAST_REPEATED, LONGEST_PHRASE + 1)
        for at in range(len(texts) - 2 * length + 1)
    )


def _without_loops(words: list[Word], length: int, most: int, keep: int) -> list[Word]:
    kept: list[Word] = []
    at = 0
    while at < len(words):
        phrase = [plain(word.text) for word in words[at : at + length]]
        times = 1
        while [plain(word.text) for word in words[at + times * length : at + (times + 1) * length]] == phrase:
            times += 1
        if times > most and len(phrase) == length:
            kept.extend(words[at : at + keep * length])
            at += times * length
        else:
            kept.append(words[at])
            at += 1
    return kept


def capped(words: Sequence[Word], seconds: float) -> tuple[Word, ...]:
    """The first words, as many as fit into the time."""
    return tuple(words[: max(1, round(seconds * MOST_WORDS_PER_SECOND))])


def plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
