"""What the cues alone find in a turn: no model is loaded."""

from dialogue.content import Context, judge


def ids(text: str, **context: object) -> set[str]:
    """The behaviours in `text`; `context`: fields of `Context`."""
    return {behaviour.id for behaviour in judge(text, None, Context(**context))}  # type: ignore[arg-type]
