"""What the customer thinks of the company, or a colleague of working with you."""

OPINION_TITLE = {
    "customer": "What they think of {company} now",
    "colleague": "What they think of working with you now",
}
OPINION_LINE = "{end:.0f} of 100 (when they rang: {start:.0f}). {kept} {tells}"
OPINION_KEPT = {
    "customer": {
        "kept": "They stay a customer.",
        "open": "Whether they stay is open: the next good offer from elsewhere may decide it.",
        "lost": "They are looking for another company.",
    },
    "colleague": {
        "kept": "They will come to you again.",
        "open": "Whether they come to you again is open.",
        "lost": "Next time they go round you.",
    },
}
OPINION_TELLS = {
    "praise": "They tell others how well it was handled.",
    "nobody": "They tell nobody: it was all right.",
    "grumble": "Asked at home or at work, they will tell it as a bad story.",
    "warn": "They warn everybody who asks, and some who do not.",
}
OPINION_ROW = "{delta:+5.1f}  {cause}"
OPINION_END = "How it ended: {outcome}"


def opinion_rest(count: int, delta: float) -> str:
    """The rows too small to be shown, as one; `delta` is their sum, points."""
    cause = "One smaller thing" if count == 1 else f"{count} smaller things together"
    return OPINION_ROW.format(delta=delta, cause=cause)
