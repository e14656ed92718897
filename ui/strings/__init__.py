"""What is said to a trainee on screens, in line mode and in reports, in one place: what a translation begins with.

Elsewhere stand the sentences of `Problem`, where it is raised, the help of commands, where they are declared, and what
commands for developers print.
"""
# ruff: noqa: F403

from ui.strings.breath import *
from ui.strings.browser import *
from ui.strings.call import *
from ui.strings.causes import *
from ui.strings.classroom import *
from ui.strings.compare import *
from ui.strings.correct import *
from ui.strings.debrief import *
from ui.strings.drill import *
from ui.strings.export import *
from ui.strings.history import *
from ui.strings.keys import *
from ui.strings.lobby import *
from ui.strings.opinion import *
from ui.strings.plain import *
from ui.strings.progress import *
from ui.strings.recording import *
from ui.strings.report import *
from ui.strings.retry import *
from ui.strings.scorecard import *
from ui.strings.setup import *
from ui.strings.swap import *


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def counted(number: int, noun: str) -> str:
    """ "1 turn", "2 turns"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clock(seconds: float) -> str:
    """Seconds as m:ss."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
