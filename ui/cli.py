"""The command line. Each command's work is in `ui/commands/NAME.py` and imported only when it is called."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="coolhead",
    help="An offline flight simulator for hard customer calls.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="Speech models: what is here, what can be had.", no_args_is_help=True)
packs_app = typer.Typer(help="Scenario packs: the customers.", no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(packs_app, name="packs")
history_app = typer.Typer(help="Your past calls.", invoke_without_command=True)
app.add_typer(history_app, name="history")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
Files = Annotated[list[Path], typer.Argument(help="Sound files (WAV, FLAC, OGG).")]
RecognizerName = Annotated[
    str | None, typer.Option("--recognizer", help="auto, vosk, whisper, or a model's name or folder.")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Makes the customer's choices repeatable.")]


@app.command()
def call(
    pack: Annotated[str | None, typer.Argument(help="Scenario; the lobby asks when none is given.")] = None,
    text: Annotated[bool, typer.Option("--text", help="By keyboard, without sound.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line mode, without the dashboard.")] = False,
    seed: Seed = None,
    recognizer: RecognizerName = None,
    voice: Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Test mode: no coaching cues.")] = False,
) -> None:
    """Take a call from an angry customer."""
    from ui.commands import call as command

    raise typer.Exit(
        command.run(
            pack=pack,
            text=text,
            plain=plain,
            seed=seed,
            recognizer=recognizer,
            voice=voice,
            test=test,
        )
    )


@app.command()
def demo(
    bad: Annotated[bool, typer.Option("--bad", help="The same customer, handled badly.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="As text, without the dashboard.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="With --plain: print the journal itself.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="As fast as possible instead of in real time.")] = False,
    recognizer: RecognizerName = None,
    voice: Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")] = None,
) -> None:
    """Hear a whole spoken call with no sound device: recorded trainee, real ear, real judgement, real voice."""
    from ui.commands import demo as command

    raise typer.Exit(
        command.run(bad=bad, plain=plain, json_lines=json_lines, fast=fast, recognizer=recognizer, voice=voice)
    )


@app.command()
def doctor(json_lines: Json = False) -> None:
    """Check devices, models and voices, and say what to do."""
    from ui.commands import doctor as command

    raise typer.Exit(command.run(json_lines=json_lines))


@app.command()
def transcribe(files: Files, json_lines: Json = False, recognizer: RecognizerName = None) -> None:
    """Write down what is said in sound files, through the same ear as a call."""
    from ui.commands import transcribe as command

    raise typer.Exit(command.run(files=files, json_lines=json_lines, recognizer=recognizer))


@app.command()
def measure(
    files: Files,
    json_lines: Json = False,
    baseline: Annotated[list[Path] | None, typer.Option("--baseline", help="The same speaker, calm.")] = None,
) -> None:
    """Measure how something was said, against the speaker's own baseline."""
    from ui.commands import measure as command

    raise typer.Exit(command.run(files=files, json_lines=json_lines, baseline=baseline or []))


@app.command()
def judge(
    json_lines: Json = False,
    customer_name: Annotated[str | None, typer.Option("--customer-name", help="Whom the trainee speaks to.")] = None,
) -> None:
    """Read a trainee's lines on stdin and say which behaviours are in them."""
    from ui.commands import judge as command

    raise typer.Exit(command.run(json_lines=json_lines, customer_name=customer_name))


@app.command()
def simulate(
    pack: Annotated[str, typer.Argument(help="Pack id or path.")],
    turns: Annotated[list[Path], typer.Argument(help="Files of typed turns (JSON).")],
    seed: Seed = None,
    json_lines: Json = False,
) -> None:
    """Play typed turns against a pack and show what each did."""
    from ui.commands import simulate as command

    raise typer.Exit(command.run(pack=pack, turns=turns, seed=seed, json_lines=json_lines))


@app.command()
def replay(
    journal: Annotated[Path, typer.Argument(help="A call's journal; - for stdin.")],
    rejudge: Annotated[bool, typer.Option("--rejudge", help="Score the texts anew with the models here.")] = False,
    json_lines: Json = False,
) -> None:
    """Recompute a call from its journal: equal, or the difference."""
    from ui.commands import replay as command

    raise typer.Exit(command.run(journal=journal, rejudge=rejudge, json_lines=json_lines))


@app.command()
def debrief(
    journal: Annotated[Path | None, typer.Argument(help="A call's journal; the last call when none is given.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="As text.")] = False,
) -> None:
    """What turned the call, and what to say instead."""
    from ui.commands import debrief as command

    raise typer.Exit(command.run(journal=journal, plain=plain))


@app.command()
def progress(json_lines: Json = False) -> None:
    """What your calls show, how sure that is, and what to do next."""
    from ui.commands import progress as command

    raise typer.Exit(command.run(json_lines=json_lines))


@app.command()
def scorecard(
    journal: Annotated[Path | None, typer.Argument(help="A call's journal; the last call when none is given.")] = None,
    rubric: Annotated[Path | None, typer.Option("--rubric", help="Your own rubric (YAML).")] = None,
    json_lines: Json = False,
) -> None:
    """A call by a rubric: what was met and what was missed, each point with its quotes."""
    from ui.commands import scorecard as command

    raise typer.Exit(command.run(journal=journal, rubric=rubric, json_lines=json_lines))


@app.command()
def why(
    journal: Annotated[Path | None, typer.Argument(help="A call's journal; the last call when none is given.")] = None,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Only that turn of yours.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Without sound.")] = False,
    voice: Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")] = None,
) -> None:
    """Ask the customer what moved them: calm now, strictly from the ledger."""
    from ui.commands import why as command

    raise typer.Exit(command.run(journal=journal, turn=turn, text=text, voice=voice))


@app.command()
def report(
    journal: Annotated[Path | None, typer.Argument(help="A call's journal; the last call when none is given.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.html, FILE.json or FILE.csv.")] = Path(
        "report.html"
    ),
) -> None:
    """Write a call down for others to read: one HTML page that holds everything, or its numbers."""
    from ui.commands import report as command

    raise typer.Exit(command.run(journal=journal, output=output))


@app.command()
def retry(
    journal: Annotated[Path | None, typer.Argument(help="A call's journal; the last call when none is given.")] = None,
    turn: Annotated[
        int | None, typer.Option("--turn", min=1, help="From before that turn; the costliest when none is given.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="By keyboard, without sound.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line mode, without the dashboard.")] = False,
    recognizer: RecognizerName = None,
    voice: Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")] = None,
) -> None:
    """Take a call up again from one moment of it, and see both futures."""
    from ui.commands import retry as command

    raise typer.Exit(
        command.run(journal=journal, turn=turn, text=text, plain=plain, recognizer=recognizer, voice=voice)
    )


@app.command()
def drill(
    name: Annotated[str | None, typer.Argument(help="A drill; all are listed when none is given.")] = None,
    text: Annotated[bool, typer.Option("--text", help="By keyboard, without sound.")] = False,
    recognizer: RecognizerName = None,
    voice: Annotated[str | None, typer.Option("--voice", help="auto, hibari or pyttsx3.")] = None,
) -> None:
    """One skill for a few minutes: a customer's line, your answer, an instant verdict."""
    from ui.commands import drill as command

    raise typer.Exit(command.run(name=name, text=text, recognizer=recognizer, voice=voice))


@app.command()
def breathe(
    minutes: Annotated[str, typer.Option("--minutes", help="How long.", metavar="NUMBER")] = "1",
    pattern: Annotated[
        str | None, typer.Option("--pattern", help="Seconds in, held, out: 3-5-3, 4-2-6 or 4-7-8; else as set up.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="As text.")] = False,
) -> None:
    """The breathing pacer alone: in 3, hold 5, out 3."""
    from ui.commands import breathe as command

    raise typer.Exit(command.run(minutes=minutes, pattern=pattern, plain=plain))


@app.command()
def setup(plain: Annotated[bool, typer.Option("--plain", help="Line mode, question by question.")] = False) -> None:
    """Choose microphone and headphones, check level and echo, measure your calm voice; captions, pacer, colours."""
    from ui.commands import setup as command

    raise typer.Exit(command.run(plain=plain))


CallNumber = Annotated[int, typer.Argument(help="Its number in `coolhead history list`.")]


@history_app.callback()
def history(context: typer.Context) -> None:
    """Your past calls: search, look again, delete. Without a command: the screen, or the list."""
    if context.invoked_subcommand is None:
        from ui.commands import history as command

        raise typer.Exit(command.browse())


@history_app.command("list")
def history_list(
    search: Annotated[str, typer.Option("--search", help="Words of the title, the date or the outcome.")] = "",
    json_lines: Json = False,
) -> None:
    """One call a line, the newest first."""
    from ui.commands import history as command

    raise typer.Exit(command.list_calls(search=search, json_lines=json_lines))


@history_app.command("show")
def history_show(number: CallNumber) -> None:
    """The debrief of one call, as text."""
    from ui.commands import history as command

    raise typer.Exit(command.show(number))


@history_app.command("delete")
def history_delete(
    number: CallNumber,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete one call and its notes for good."""
    from ui.commands import history as command

    raise typer.Exit(command.delete(number, yes=yes))


@models_app.command("list")
def models_list(json_lines: Json = False) -> None:
    """What the manifest knows and what is installed."""
    from ui.commands import models as command

    raise typer.Exit(command.list_models(json_lines=json_lines))


@models_app.command("install")
def models_install(
    name: Annotated[str, typer.Argument(help="A name from `coolhead models list`.")],
    from_file: Annotated[Path | None, typer.Option("--from", help="A zip brought by hand.")] = None,
) -> None:
    """Fetch a model from its official address, check its hash, unpack it."""
    from ui.commands import models as command

    raise typer.Exit(command.install(name=name, from_file=from_file))


@models_app.command("verify")
def models_verify(json_lines: Json = False) -> None:
    """Check every installed model against its hashes."""
    from ui.commands import models as command

    raise typer.Exit(command.verify(json_lines=json_lines))


@models_app.command("remove")
def models_remove(name: Annotated[str, typer.Argument(help="An installed model.")]) -> None:
    """Delete an installed model."""
    from ui.commands import models as command

    raise typer.Exit(command.remove(name=name))


@packs_app.command("list")
def packs_list(json_lines: Json = False) -> None:
    """The scenarios here."""
    from ui.commands import packs as command

    raise typer.Exit(command.list_packs(json_lines=json_lines))


@packs_app.command("show")
def packs_show(pack: Annotated[str, typer.Argument(help="Pack id or path.")]) -> None:
    """What is in a pack. Gives the case away: for trainers."""
    from ui.commands import packs as command

    raise typer.Exit(command.show(pack))


@packs_app.command("new")
def packs_new(
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens, such as late-parcel.")],
    folder: Annotated[Path | None, typer.Option("--in", help="Folder; your own packs when none is given.")] = None,
) -> None:
    """Start a pack of your own: a commented one that works."""
    from ui.commands import packs as command

    raise typer.Exit(command.new(name, folder=folder))


@packs_app.command("play")
def packs_play(
    pack: Annotated[str, typer.Argument(help="Pack id or path.")],
    seed: Seed = None,
    difficulty: Annotated[str, typer.Option("--difficulty", help="easy, normal or hard.")] = "normal",
) -> None:
    """Talk to a customer by keyboard and see what every turn does. Nothing is kept."""
    from ui.commands import packs as command

    raise typer.Exit(command.play(pack, seed=seed, difficulty=difficulty))


@packs_app.command("check")
def packs_check(
    pack: Annotated[list[str] | None, typer.Argument(help="Pack ids or paths; all when none is given.")] = None,
    calls: Annotated[int, typer.Option("--calls", min=0, max=10_000, help="Of each trainee; 0 to read only.")] = 100,
    json_lines: Json = False,
) -> None:
    """Read packs for mistakes, and let seven kinds of trainee call each of them."""
    from ui.commands import packs as command

    raise typer.Exit(command.check(pack or [], calls=calls, json_lines=json_lines))


def main() -> None:
    """Entry point: no traceback reaches a user."""
    from ui.problems import explained

    with explained():
        sys.exit(app())


if __name__ == "__main__":
    main()
