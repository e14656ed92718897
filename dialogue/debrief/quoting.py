"""Quoting people: what they said, in whole sentences where those are short enough."""

import re


def sentence_of(evidence: str, said: str, most_words: int) -> str:
    """The sentence of `said` in which `evidence` stands, without its full stop; `evidence` itself where there is none
    of at most `most_words` words. People do not remember half a phrase."""
    words = evidence.strip().strip('“”".').strip()
    for sentence in re.split(r"(?<=[.!?])\s+", said):
        if words.lower() in sentence.lower() and len(sentence.split()) <= most_words:
            return sentence.rstrip(".!? ")
    return words
