"""Commands of two words: certificates, past calls, packs and models."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commandline.declaration import Json, PackName, Seed, command

models_app = typer.Typer(help="Speech models: what is here, what can be had.", no_args_is_help=True)
packs_app = typer.Typer(help="Scenario packs: the customers.", no_args_is_help=True)
history_app = typer.Typer(help="Your past calls.", invoke_without_command=True)


certificate_app = typer.Typer(help="Certificates of tests, to check offline.", no_args_is_help=True)


@command(certificate_app, "certificate.make", "make")
def certificate_make(
    journal: Annotated[Path, typer.Argument(help="The test: its journal, its number, or a customer.", metavar="CALL")],
    name: Annotated[str, typer.Option("--name", help="Whom it is for.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.json.")] = Path("certificate.json"),
    key: Annotated[Path | None, typer.Option("--key", help="The trainer's key; your own when none is given.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed set for the test; another is refused.")] = None,
) -> None:
    """Certify a call in test mode that came to a good end and replays equal."""


@command(certificate_app, "certificate.check", "check")
def certificate_check(
    file: Annotated[Path, typer.Argument(help="A certificate.", metavar="FILE")],
    key: Annotated[str | None, typer.Option("--key", help="The trainer's key as they told you of it.")] = None,
) -> None:
    """Check a certificate, without any network: 0 when it is genuine, 1 when it is not."""


@command(certificate_app, "certificate.make_key", "key")
def certificate_key(
    file: Annotated[Path, typer.Argument(help="A new file for it.", metavar="FILE")],
) -> None:
    """Make a trainer's key."""


@history_app.callback()
def history(context: typer.Context) -> None:
    """Your past calls: search, look again, delete. Without a command: the screen, or the list."""
    if context.invoked_subcommand is None:
        from ui.commands import history as work

        raise typer.Exit(work.browse())


@command(history_app, "history.list_calls", "list")
def history_list(
    search: Annotated[str, typer.Option("--search", help="Words of the title, the date or the outcome.")] = "",
    json_lines: Json = False,
) -> None:
    """One call a line, the newest first."""


CallNumber = Annotated[int, typer.Argument(help="Its number in `coolhead history list`.")]


@command(history_app, "history.compare", "compare")
def history_compare(
    one: Annotated[Path, typer.Argument(help="A call: its number, its journal, or a customer.", metavar="CALL")],
    other: Annotated[Path, typer.Argument(help="Another.", metavar="OTHER")],
    json_lines: Json = False,
) -> None:
    """Two calls side by side: what got better, what got worse, each with its quotes."""


@command(history_app, "history.show", "show")
def history_show(number: CallNumber) -> None:
    """The debrief of one call, as text."""


@command(history_app, "history.delete", "delete")
def history_delete(number: CallNumber, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete one call for good, with its notes and its sound."""


@command(history_app, "history.purge", "purge")
def history_purge(
    older_than: Annotated[int, typer.Option("--older-than", min=1, max=36_500, help="Days.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete old calls for good. The setting keep_days does it after every call."""


@command(history_app, "history.rebuild", "rebuild")
def history_rebuild() -> None:
    """Read the index of calls anew from the journals."""


@command(packs_app, "packs.list_packs", "list")
def packs_list(json_lines: Json = False) -> None:
    """The scenarios here."""


@command(packs_app, "packs.show", "show")
def packs_show(name: PackName) -> None:
    """What is in a pack. Gives the case away: for trainers."""


@command(packs_app, "packs.new", "new")
def packs_new(
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens, such as late-parcel.")],
    folder: Annotated[Path | None, typer.Option("--in", help="Folder; your own packs when none is given.")] = None,
) -> None:
    """Start a pack of your own: a commented one that works."""


@command(packs_app, "packs.play", "play")
def packs_play(
    name: PackName,
    seed: Seed = None,
    difficulty: Annotated[str, typer.Option("--difficulty", help="easy, normal or hard.")] = "normal",
) -> None:
    """Talk to a customer by keyboard and see what every turn does. Nothing is kept."""


@command(packs_app, "packs.check", "check")
def packs_check(
    packs: Annotated[
        list[str] | None, typer.Argument(help="Pack ids or paths; all when none is given.", metavar="PACK")
    ] = None,
    calls: Annotated[int, typer.Option("--calls", min=0, max=10_000, help="Of each trainee; 0 to read only.")] = 100,
    json_lines: Json = False,
) -> None:
    """Read packs for mistakes, and let seven kinds of trainee call each of them."""


@command(models_app, "models.list_models", "list")
def models_list(json_lines: Json = False) -> None:
    """What the manifest knows and what is installed."""


@command(models_app, "models.install", "install")
def models_install(
    name: Annotated[str, typer.Argument(help="A name from `coolhead models list`.")],
    from_file: Annotated[Path | None, typer.Option("--from", help="A zip brought by hand.")] = None,
) -> None:
    """Fetch a model from its official address, check its hash, unpack it."""


@command(models_app, "models.verify", "verify")
def models_verify(json_lines: Json = False) -> None:
    """Check every installed model against its hashes."""


@command(models_app, "models.remove", "remove")
def models_remove(name: Annotated[str, typer.Argument(help="An installed model.")]) -> None:
    """Delete an installed model."""
