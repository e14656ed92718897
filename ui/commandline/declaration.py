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
    """Declares a command by a function without a body: its signature gives the options, its docstring the help.

    `work` is MODULE.FUNCTION of `ui.commands`; it is imported when the command is called, takes the options by the same
    names, and returns the exit code. `name` defaults to the function's; `panel` is the section of the help.
    """

    def declare(declaration: Declaration) -> Declaration:
        @wraps(declaration)
        def run(**typed: object) -> None:
            with loading_notice():
                do = function(work)
            try:
                code = do(**{name: _read(value) for name, value in typed.items()})
            except BrokenPipeError:  # the reader, such as `head`, has seen enough: Typer would exit with 1
                code = 0
            raise typer.Exit(code)

        group.command(name, rich_help_panel=panel)(run)
        return declaration

    return declare


def _read(value: object) -> object:
    """The value of an option; text without lone surrogates, which no file or terminal takes."""
    return encodable(value) if isinstance(value, str) else value


def function(work: str) -> Callable[..., int]:
    """The function of `ui.commands` named by MODULE.FUNCTION."""
    module, _, name = work.rpartition(".")
    found: Callable[..., int] = getattr(import_module(f"ui.commands.{module}"), name)
    return found
