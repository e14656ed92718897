"""One rotating log file; nothing is ever logged to the screen, and no transcript text goes into it."""

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
    """Where the log is, in a folder of this user alone; a temporary one when the home cannot be written."""
    path = Path(platformdirs.user_log_dir("coolhead")) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)  # the message of a fault may quote what it was about
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
    """On a full disk there is no log, and no trouble with it either."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, the library's name
        """Not by printing a traceback."""

    def close(self) -> None:
        """What could not be written cannot be written now."""
        with contextlib.suppress(OSError):
            super().close()


def start_log() -> None:
    """What libraries log goes to the file, 1 MB a file, three files. Without it they would tell the user."""
    handler = _Silent(log_path(), maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def warn(event: str, **facts: object) -> None:
    """A line of JSON: what happened, when, and the facts."""
    import structlog  # a tenth of a second, for what hardly ever happens

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
    """Write the traceback of an unforeseen fault; return where it went."""
    path = log_path()
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(fault)))
    except OSError:
        pass
    return path
