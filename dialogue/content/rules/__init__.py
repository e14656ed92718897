"""Every cue, by family, and the one function that finds them."""

from functools import cache, lru_cache

from dialogue.content.plain import Plain
from dialogue.content.rules import action, asking, conflict, denial, feeling, idiom, regret, stance, steering
from dialogue.content.rules.rule import Hit, Rule, Search

ALL: tuple[Rule, ...] = (
    *regret.RULES,
    *feeling.RULES,
    *action.RULES,
    *conflict.RULES,
    *denial.RULES,
    *stance.RULES,
    *asking.RULES,
    *steering.RULES,
)
"""The cues that the classifier has learned."""
IDIOM = idiom.RULES
"""And those that it takes for one of them."""


@lru_cache(maxsize=64)
def find(turn: Plain) -> tuple[Hit, ...]:
    """Every cue in the turn, blocked ones included (see `Hit.blocked`), in the order of the rules.

    Remembered for the latest turns: scorer and judgement read the same one.
    """
    text = " " + turn.text
    return tuple(hit for rule, search in _searches() if search(text) for hit in rule.hits(turn))


@cache
def _searches() -> tuple[tuple[Rule, Search], ...]:
    """Nearly all rules find nothing: only those that do are asked where."""
    return tuple((rule, rule.search) for rule in (*ALL, *IDIOM))
