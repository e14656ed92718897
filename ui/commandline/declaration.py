"""How a command of the command line is declared, and the options that several of them take."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ui.runtime.loading_notice import loading_notice
from ui.runtime.streams import encodable

Declaration = TypeVar("Declaration", bound=Callable[..., None])

Files = Annotated[list[Path], typer.Argument(help="Sound files (WAV, FLAC, OGG).")]
Journal = Annotated[
    Path | None,
    typer.Argument(help="Its journal, its number in the history, or a customer; else the last call.", metavar="CALL"),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
PackName = Annotated[str, typer.Argument(help="Pack id or path.", metavar="PACK")]
Plain = Annotated[bool, typer.Option("--plain", help="Line mode, without the dashboard.")]
Record = Annotated[
    bool, typer.Option("--record", help="Keep the sound of every turn, on this machine; deleted with the call.")
]
Recognizer = Annotated[
    str | None, typer.Option("--recognizer", help="auto, vosk, whisper, or a model's name or folder.")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Makes the customer's choices repeatable.")]
Telephone = Annotated[
    bool | None,
    typer.Option("--telephone/--no-telephone", help="Hear the customer as on a telephone, 300 to 3,400 Hz."),
]
Text = Annotated[bool, typer.Option("--text", help="By keyboard, without sound.")]
Voice = Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")]


def command(
    group: typer.Typer, work: str, name: str | None = None, *, panel: str | None = None
) -> Callable[[Declaration], Declaration]:
    """Declares a command by a function without a body: its signature is what may be typed, its docstring the help.

    `work` is MODULE.FUNCTION of `ui.commands`; it is imported only when the command is called, takes what was typed by
    the same names, and returns the exit code. `name` is the function's own where none is given; `panel` is the part of
    the help in which it is listed.
    """

    def declare(declaration: Declaration) -> Declaration:
        @wraps(declaration)
        def run(**typed: object) -> None:
            with loading_notice():
                do = function(work)
            raise typer.Exit(do(**{name: _read(value) for name, value in typed.items()}))

        group.command(name, rich_help_panel=panel)(run)
        return declaration

    return declare


def _read(value: object) -> object:
    """What was typed for one option; of words, what any file or terminal can take."""
    return encodable(value) if isinstance(value, str) else value


def function(work: str) -> Callable[..., int]:
    """What does the work called MODULE.FUNCTION."""
    module, _, name = work.rpartition(".")
    found: Callable[..., int] = getattr(import_module(f"ui.commands.{module}"), name)
    return found
