"""The commands of classes."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commandline.declaration import Plain, Text, command

class_app = typer.Typer(help="Classes: a trainer and many trainees, over your own network.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Argument(help="A class's folder; the newest when none is given.")]


@command(class_app, "classroom.host", "host")
def host(
    name: Annotated[str, typer.Option("--name", help="What the class is called.")] = "Coolhead class",
    address: Annotated[
        str, typer.Option("--address", help="Where trainees reach this machine; found out when left out.")
    ] = "",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Of the broker on this machine.")] = 8883,
    seats: Annotated[int, typer.Option("--seats", min=1, max=1000, help="How many one code lets in.")] = 30,
    minutes: Annotated[float, typer.Option("--minutes", min=0.05, max=1440, help="How long a code holds.")] = 15.0,
    observers: Annotated[bool, typer.Option("--observers", help="Also print a code for observers.")] = False,
    broker: Annotated[str, typer.Option("--broker", help="Use this one instead: mqtts://host:port, MQTT 5.")] = "",
    accounts: Annotated[
        Path | None, typer.Option("--accounts", help="Its accounts, from `coolhead class accounts`.")
    ] = None,
    authority: Annotated[
        Path | None, typer.Option("--authority", help="The certificate authority that vouches for it (PEM).")
    ] = None,
) -> None:
    """Open a class on this machine: a broker of its own, and a code to join."""


@command(class_app, "classroom.join", "join")
def join(
    code: Annotated[str | None, typer.Argument(help="The trainer's code; without one, back to the last class.")] = None,
    name: Annotated[str, typer.Option("--name", help="Under which the trainer sees you.")] = "",
    text: Text = False,
    plain: Plain = False,
) -> None:
    """Join a class. First you are told what is sent, and to whom."""


@command(class_app, "classroom.console", "console")
def console(
    code: Annotated[
        str | None, typer.Argument(help="An observer's code; without one, the class opened on this machine.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Under which an observer is known.")] = "Observer",
    browser: Annotated[bool, typer.Option("--browser", help="In a browser's tab of this computer.")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="For --browser: where.")] = 8128,
) -> None:
    """The trainer's board: everybody at a glance, one in full; whisper, steer, mark."""


@command(class_app, "classroom.report", "report")
def report(
    folder: Folder = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.html or FILE.csv.")] = Path("class.html"),
    names: Annotated[bool, typer.Option("--names/--no-names", help="With the trainees' names, or without.")] = True,
) -> None:
    """After class: curves side by side, the hardest moments, the moments that were marked."""


@command(class_app, "classroom.accounts", "accounts")
def accounts(
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder to write them to.")] = Path("accounts"),
    seats: Annotated[int, typer.Option("--seats", min=1, max=1000, help="Trainees.")] = 30,
    observers: Annotated[int, typer.Option("--observers", min=0, max=100, help="Observers.")] = 2,
) -> None:
    """Accounts and rights for a class on somebody else's broker."""
