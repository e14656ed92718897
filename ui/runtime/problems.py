"""Errors as one sentence on stderr: what is wrong and what to do. Exit code 2 for expected ones, 70 for our bugs."""

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialogue.printable import cleaned

EXPECTED = 2
OUR_FAULT = 70


class Problem(Exception):
    """One clear sentence for the user, from the ui layer itself."""


def complain(sentence: object) -> None:
    """Print `sentence` on stderr, after the program's name, as one line of printable characters. Errors in printing it
    (a full disk) are ignored."""
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
    """Whether the message is meant for users. Imports late: `--help` needs none of these modules."""
    if isinstance(fault, Problem):
        return True
    from dialogue.journal import JournalProblem
    from dialogue.persona import PackProblem
    from voice.ports import VoiceProblem

    return isinstance(fault, (JournalProblem, PackProblem, VoiceProblem))


def _needs_home() -> None:
    """All data is below the home folder. Raises Problem where this user has none, as in some containers."""
    try:
        Path.home()
    except RuntimeError:
        raise Problem("This user has no home folder: name one that can be written in the variable HOME.") from None
