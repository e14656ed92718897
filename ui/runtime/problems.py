"""Errors as one sentence on stderr: what is wrong and what to do. Exit code 2 if expected, 70 for a bug."""

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialogue.printable import cleaned

EXPECTED = 2
OUR_FAULT = 70


class Problem(Exception):
    """An expected error of the ui layer: one clear sentence for the user."""


def complain(sentence: object) -> None:
    """Print `sentence` on stderr as one printable line after the program's name. Errors in printing are ignored."""
    with contextlib.suppress(OSError):
        print(cleaned(f"coolhead: {sentence}"), file=sys.stderr, flush=True)


@contextmanager
def explained() -> Iterator[None]:
    """Turn every exception into one sentence on stderr and an exit code; the traceback goes to the log."""
    try:
        _needs_home()
        yield
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        complain(f"{problem.strerror or problem}{where}. Nothing already recorded was lost.")
        sys.exit(EXPECTED)
    except Exception as fault:
        if _foreseen(fault):
            complain(fault)
            sys.exit(EXPECTED)
        from ui.runtime.log import record_fault

        path = record_fault(fault)
        complain(
            f"something went wrong that was not foreseen ({type(fault).__name__}: {fault}); details are in {path}. "
            "Nothing already recorded was lost."
        )
        sys.exit(OUR_FAULT)


def _foreseen(fault: Exception) -> bool:
    """Whether the message is meant for users. Imports late, for `--help` needs none of these modules."""
    if isinstance(fault, Problem):
        return True
    from dialogue.journal import JournalProblem
    from dialogue.persona import PackProblem
    from voice.ports import VoiceProblem

    return isinstance(fault, (JournalProblem, PackProblem, VoiceProblem))


def _needs_home() -> None:
    """Raises Problem when this user has no home folder, as in some containers: all data is below it."""
    try:
        Path.home()
    except RuntimeError:
        raise Problem("This user has no home folder: name one that can be written in the variable HOME.") from None
