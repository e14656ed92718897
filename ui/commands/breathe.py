"""`coolhead breathe`: the pacer alone, on the whole screen or as lines."""

import time
from collections.abc import Callable, Iterator

from ui import strings
from ui.practice.breathing import DEFAULT, PATTERNS, USUAL, Pace, Pattern
from ui.practice.pacer_choice import pace
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings
from ui.runtime.terminal import on_screen

SECONDS_A_MINUTE = 60.0
MOST_MINUTES = 60.0


def run(*, minutes: str, pattern: str | None = None, plain: bool) -> int:
    """Breathe for about `minutes`, to the end of the last breath. Raises Problem for what makes no sense.

    `pattern` is a name in `ui.practice.breathing.PATTERNS`; None is the one that was set up.
    """
    try:
        wanted = float(minutes)
    except ValueError:
        raise Problem(f"--minutes wants a number, such as 5; it was {minutes!r}.") from None
    if not 0 < wanted <= MOST_MINUTES:
        raise Problem(f"Breathing takes more than 0 and at most {MOST_MINUTES:g} minutes; --minutes was {minutes}.")
    settings = load_settings()
    name = pattern or settings.pacer
    if name not in PATTERNS:
        raise Problem(f"There is no pattern {name!r}; there are {', '.join(PATTERNS)}.")
    chosen = pace(settings, name=name)
    steps = chosen.pattern
    breaths = whole_breaths(wanted, steps)
    if plain or not on_screen():
        print(
            strings.PACER_PLAIN_START.format(breaths=breaths, inhale=steps.inhale, hold=steps.hold, exhale=steps.exhale)
        )
        for line in lines(breaths, time.monotonic, time.sleep, chosen):
            print(line, flush=True)
        return 0
    from ui.screens.pacer_app import PacerApp

    PacerApp(breaths, pace=chosen, theme=settings.theme).run()
    return 0


def whole_breaths(minutes: float, pattern: Pattern = DEFAULT) -> int:
    """How many breaths fill `minutes`, at least one."""
    return max(1, round(minutes * SECONDS_A_MINUTE / pattern.seconds))


def lines(breaths: int, now: Callable[[], float], sleep: Callable[[float], None], pace: Pace = USUAL) -> Iterator[str]:
    """One line at the beginning of each step. Each is due at its own time from the start, so delays do not add up."""
    start = now()
    due = 0.0
    for _ in range(breaths):
        for step, seconds in pace.pattern.steps:
            sleep(max(0.0, start + due - now()))
            pace.sound.step(step, seconds)
            yield f"{strings.BREATH_WORDS[step]} {seconds:g}"
            due += seconds
    sleep(max(0.0, start + due - now()))
    pace.sound.stop()
    yield strings.PACER_DONE
