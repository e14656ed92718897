"""The parts on their own: commands for scripts, benchmarks and tests (docs/scripts.md)."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commandline.declaration import Files, Json, PackName, Recognizer, Seed, command

PARTS = "Teach and tinker"
parts_app = typer.Typer()


@command(parts_app, "transcribe.run", panel=PARTS)
def transcribe(files: Files, json_lines: Json = False, recognizer: Recognizer = None) -> None:
    """Write down what is said in sound files, through the same ear as a call."""


@command(parts_app, "measure.run", panel=PARTS)
def measure(
    files: Files,
    json_lines: Json = False,
    baseline: Annotated[list[Path] | None, typer.Option("--baseline", help="The same speaker, calm.")] = None,
) -> None:
    """Measure how something was said, against the speaker's own baseline."""


@command(parts_app, "judge.run", panel=PARTS)
def judge(
    json_lines: Json = False,
    customer_name: Annotated[str | None, typer.Option("--customer-name", help="Whom the trainee speaks to.")] = None,
) -> None:
    """Read a trainee's lines on stdin and say which behaviours are in them."""


@command(parts_app, "simulate.run", panel=PARTS)
def simulate(
    pack: PackName,
    turns: Annotated[list[Path], typer.Argument(help="Files of typed turns (JSON).")],
    seed: Seed = None,
    json_lines: Json = False,
) -> None:
    """Play typed turns against a pack and show what each did."""
