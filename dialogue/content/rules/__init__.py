"""Every cue, by family, and the one function that finds them."""

from collections.abc import Sequence

from dialogue.content.context import Context
from dialogue.content.plain import Plain
from dialogue.content.rules import action, asking, conflict, feeling, regret, stance, steering
from dialogue.content.rules.rule import Hit, Rule

ALL: tuple[Rule, ...] = (
    *regret.RULES,
    *feeling.RULES,
    *action.RULES,
    *conflict.RULES,
    *stance.RULES,
    *asking.RULES,
    *steering.RULES,
)


def find(turn: Plain, context: Context, among: Sequence[Rule] = ALL) -> list[Hit]:
    """Every cue in the turn, blocked ones included (see `Hit.blocked`), in the order of the rules."""
    return [hit for rule in among for hit in rule.hits(turn, context)]
