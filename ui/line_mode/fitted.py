"""Lines as wide as the terminal, broken between words; elsewhere (a pipe, a file) a line stays whole."""

import shutil
import sys
import textwrap

LEAST_COLUMNS = 20


def columns() -> int | None:
    """Of the terminal that standard output is; None where it is none."""
    return max(LEAST_COLUMNS, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def fitted(line: str) -> str:
    """The line, with what does not fit on further ones under it, a little further in."""
    width = columns()
    if width is None or len(line) <= width:
        return line
    room = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line,
        width,
        subsequent_indent=f"{room}  ",
        drop_whitespace=True,
        break_on_hyphens=False,
        break_long_words=False,  # a path is to be copied whole
    )
