"""Speculative decoding: a guess at the text is read in a few passes where finding it would take one for each token.

After Leviathan, Kalman and Matias, "Fast Inference from Transformers via Speculative Decoding" (2023), with what was
heard of the same speech a moment ago for a guess. The result is the same as without it: the guess only tells which
tokens are worth asking about together. Reading a token costs a fourth of finding one. Where the guess is used up the
text itself is the guess: Whisper may say a sentence over and over, which took six times as long as saying it once.
"""

from collections.abc import Sequence

import numpy as np

from voice.recognition.search import Memory, Rules, Step, Text

MOST_AHEAD = 16
"""Tokens of the guess read in one pass: a guess that goes wrong wastes what lies behind its first mistake."""
LEAST_AHEAD = 2
"""After a mistake; doubled with each pass that holds none."""
SKIPPED = 4
"""Tokens of the guess that may be missing from the text: so far ahead the next one said is looked for."""
REPEATED = 3
"""So many tokens that have been said before, in a row, and the text may be repeating itself."""


def follow(step: Step, memory: Memory, rules: Rules, guess: Sequence[int], *, longest: int) -> Text:
    """The text of which each token is the likeliest after those before it: `search` with a beam of 1.

    `guess`: tokens that much of the text may consist of, in order; any will do.
    """
    tokens: list[int] = []
    logs: list[float] = []
    no_speech = total = 0.0
    known, ahead = list(rules.prompt), MOST_AHEAD
    at = strayed = 0  # up to where the guess is used up; how many tokens of the text since are not in it
    while True:
        asked = list(guess[at + strayed : at + strayed + ahead])  # as if only some tokens were others
        looped = not asked
        if looped:
            asked = said_next(tokens)[:ahead]
        before = memory.tokens
        log_probabilities, grown = step(np.array([[*known, *asked]], np.int64), memory)
        following = log_probabilities[0, len(known) - 1 :]
        if not tokens:
            no_speech = float(np.exp(log_probabilities[0, 0, rules.no_speech]))
        agreed = 0
        while True:
            rules.apply(row := following[agreed], first=not tokens)
            best = int(np.argmax(row))
            total += float(row[best])
            if best == rules.end or len(tokens) == longest:
                seen = grown.first(before + len(known) + agreed).seen[0, :, len(rules.prompt) - 1 :]
                return Text(tuple(tokens), tuple(logs), total / (len(tokens) + 1), no_speech, seen)
            tokens.append(best)
            logs.append(float(row[best]))
            if agreed == len(asked) or asked[agreed] != best:
                break
            agreed += 1
        memory, known = grown.first(before + len(known) + agreed), [best]
        ahead = min(MOST_AHEAD, 2 * ahead) if agreed == len(asked) else LEAST_AHEAD
        if agreed and not looped:
            at, strayed = at + strayed + agreed, 0
        near = list(guess[at : at + strayed + SKIPPED])
        if best in near:
            at, strayed = at + near.index(best) + 1, 0
        else:
            strayed += 1


def said_next(tokens: Sequence[int]) -> list[int]:
    """What followed when the last REPEATED tokens were said before, the last time; [] if they were not."""
    end = len(tokens) - REPEATED
    tail = tokens[end:]
    for at in range(end - 1, -1, -1) if end > 0 else ():
        if tokens[at : at + REPEATED] == tail:
            return list(tokens[at + REPEATED :])
    return []
