"""A rotating log file. Nothing is logged to the screen, and no transcript goes into the log."""

import contextlib
import logging
import logging.handlers
import os
import tempfile
import traceback
from functools import lru_cache
from pathlib import Path

import platformdirs

NAME = "coolhead.log"


def log_path() -> Path:
    """The log, in a private folder; in a temporary one when the home cannot be written."""
    path = Path(platformdirs.user_log_dir("coolhead", appauthor=False)) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)  # an error's message may quote a call
        path.touch(mode=0o600)
    except OSError:
        return _elsewhere()
    return path


@lru_cache(maxsize=1)
def _elsewhere() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="coolhead-")) / NAME
    except OSError:  # nothing can be written anywhere
        return Path(os.devnull)


class _Silent(logging.handlers.RotatingFileHandler):
    """Gives up silently when the log cannot be written (a full disk)."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, the library's name
        """Print no traceback."""

    def close(self) -> None:
        """Ignore lines that still cannot be written."""
        with contextlib.suppress(OSError):
            super().close()


def start_log() -> None:
    """Send what libraries log to the file (three files of 1 MB) instead of the screen."""
    handler = _Silent(log_path(), maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def warn(event: str, **facts: object) -> None:
    """Log a line of JSON: the event, its time and the facts."""
    import structlog  # late: a tenth of a second, seldom needed

    start_log()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    structlog.get_logger().warning(event, **facts)


def record_fault(fault: BaseException) -> Path:
    """Write the traceback of an unexpected exception to the log; returns its path."""
    path = log_path()
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(fault)))
    except OSError:
        pass
    return path
