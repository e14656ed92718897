"""Speculative decoding: a guess at the text is verified in a few passes instead of one for each token.

After Leviathan, Kalman and Matias, "Fast Inference from Transformers via Speculative Decoding" (2023); the guess is
what was heard of the same speech a moment ago. The result is the same as without it: the guess only says which tokens
to check together. Checking a token costs a fourth of finding one. After the end of the guess, the text so far serves as
one: Whisper may repeat a sentence over and over, which took six times as long as saying it once.
"""

from collections.abc import Sequence

import numpy as np

from voice.recognition.search import Memory, Rules, Step, Text

MOST_AHEAD = 16
"""Most tokens of the guess checked in one pass: whatever follows the first mistake is wasted."""
LEAST_AHEAD = 2
"""The same after a mistake; doubled with each pass without one."""
SKIPPED = 4
"""How many tokens of the guess may be missing from the text: the next token is looked for this far ahead."""
REPEATED = 3
"""When this many tokens in a row have occurred before, the text may be repeating itself."""


def follow(step: Step, memory: Memory, rules: Rules, guess: Sequence[int], *, longest: int) -> Text:
    """Greedy decoding: each token is the likeliest after those before it, as in `search` with a beam of 1.

    `guess`: tokens that the text probably contains, in order. A wrong guess only costs time.
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
    """What followed the previous occurrence of the last REPEATED tokens; [] if there was none."""
    end = len(tokens) - REPEATED
    tail = tokens[end:]
    for at in range(end - 1, -1, -1) if end > 0 else ():
        if tokens[at : at + REPEATED] == tail:
            return list(tokens[at + REPEATED :])
    return []
