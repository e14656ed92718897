"""Trouble, told in one sentence: what is wrong and what to do. Exit code 2 when expected, 70 for our own faults."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

EXPECTED = 2
OUR_FAULT = 70


class Problem(Exception):
    """One clear sentence for the user, from the ui layer itself."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn every exception into one sentence on stderr and an exit code; the traceback goes to the log."""
    from dialogue.journal import JournalProblem
    from dialogue.persona import PackProblem
    from voice.ports import VoiceProblem

    try:
        yield
    except (Problem, JournalProblem, PackProblem, VoiceProblem) as problem:
        print(f"coolhead: {problem}", file=sys.stderr)
        sys.exit(EXPECTED)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        print(f"coolhead: {problem.strerror or problem}{where}. Nothing already recorded was lost.", file=sys.stderr)
        sys.exit(EXPECTED)
    except Exception as fault:
        from ui.runtime.log import record_fault

        path = record_fault(fault)
        print(
            f"coolhead: something went wrong that was not foreseen ({type(fault).__name__}: {fault}); "
            f"details are in {path}. Nothing already recorded was lost.",
            file=sys.stderr,
        )
        sys.exit(OUR_FAULT)
