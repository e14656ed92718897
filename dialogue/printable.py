"""Text from outside, made fit for a terminal: names, files and messages may hold what moves its cursor. Pure."""

import re

UNSEEN = r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
"""A character that moves a terminal's cursor, turns the direction of the text, or cannot be seen; ends of lines too."""
_UNSEEN = re.compile(UNSEEN)


def cleaned(text: str) -> str:
    """Without what moves a cursor or cannot be seen, on one line: names and words from outside go to a terminal, and
    nothing that draws on it takes that out."""
    return " ".join(_UNSEEN.sub(" ", text).split())
