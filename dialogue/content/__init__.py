"""What was said: the behaviours in a trainee's turn, with confidence and the quoted words."""

from dialogue.content.combine import judge
from dialogue.content.context import Context
from dialogue.content.doubt import ACT_AT
from dialogue.content.labels import BY_ID, CORE, HARMFUL, LABELS, Label

__all__ = ["ACT_AT", "BY_ID", "CORE", "HARMFUL", "LABELS", "Context", "Label", "judge"]
