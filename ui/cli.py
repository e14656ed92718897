"""The command line: commands, options and help. The work is done in `ui/commands/`, which load when called."""

import sys
from pathlib import Path
from typing import Annotated

try:
    import typer

    from ui.commandline.classes import class_app
    from ui.commandline.declaration import (
        Journal,
        Json,
        Plain,
        Recognizer,
        Record,
        Seed,
        Telephone,
        Text,
        Voice,
        command,
    )
    from ui.commandline.groups import certificate_app, history_app, models_app, packs_app
    from ui.commandline.parts import PARTS, parts_app
except KeyboardInterrupt:  # Ctrl+C before `main` can handle it
    sys.exit(130)

app = typer.Typer(
    name="coolhead",
    help="An offline flight simulator for hard customer calls.",
    epilog="To begin: `coolhead call` opens the lobby, `coolhead demo` shows a whole call.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
CALLS = "Take calls"
BETTER = "Get better"
app.add_typer(parts_app)
app.add_typer(history_app, name="history", rich_help_panel=BETTER)
app.add_typer(certificate_app, name="certificate", rich_help_panel=BETTER)
app.add_typer(packs_app, name="packs", rich_help_panel=PARTS)
app.add_typer(models_app, name="models", rich_help_panel=PARTS)
app.add_typer(class_app, name="class", rich_help_panel=CALLS)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"coolhead {version('coolhead')}")
        raise typer.Exit


@app.callback()
def program(
    _version: Annotated[
        bool, typer.Option("--version", help="Which version this is.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    pass


# --- calls ------------------------------------------------------------------------------------------------------------


@command(app, "call.run", panel=CALLS)
def call(
    pack: Annotated[str | None, typer.Argument(help="Scenario; the lobby asks when none is given.")] = None,
    text: Text = False,
    plain: Plain = False,
    seed: Seed = None,
    recognizer: Recognizer = None,
    voice: Voice = None,
    telephone: Telephone = None,
    test: Annotated[bool, typer.Option("--test", help="Test mode: no coaching cues.")] = False,
    record: Record = False,
) -> None:
    """Take a call from an angry customer."""


@command(app, "demo.run", panel=CALLS)
def demo(
    bad: Annotated[bool, typer.Option("--bad", help="The same customer, handled badly.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="As text, without the dashboard.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print the journal itself, as it grows.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="As fast as possible instead of in real time.")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="Keep it, with its sound: FILE.jsonl.", metavar="FILE")
    ] = None,
    recognizer: Recognizer = None,
    voice: Voice = None,
) -> None:
    """Hear a whole spoken call with no sound device: recorded trainee, real ear, real judgement, real voice."""


@command(app, "browser.run", panel=CALLS)
def browser(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where, on this computer.")] = 8127,
    text: Text = False,
) -> None:
    """The same screens in a browser's tab of this computer."""


@command(app, "setup.run", panel=CALLS)
def setup(plain: Annotated[bool, typer.Option("--plain", help="Line mode, question by question.")] = False) -> None:
    """Choose microphone and headphones, check level and echo, measure your calm voice; captions, pacer, colours."""


@command(app, "breathe.run", panel=CALLS)
def breathe(
    minutes: Annotated[str, typer.Option("--minutes", help="How long.", metavar="NUMBER")] = "1",
    pattern: Annotated[
        str | None, typer.Option("--pattern", help="Seconds in, held, out: 3-5-3, 4-2-6 or 4-7-8; else as set up.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="As text.")] = False,
) -> None:
    """The breathing pacer alone: in 3, hold 5, out 3."""


@command(app, "doctor.run", panel=CALLS)
def doctor(json_lines: Json = False) -> None:
    """Check devices, models and voices, and say what to do."""


# --- after a call -----------------------------------------------------------------------------------------------------


@command(app, "debrief.run", panel=BETTER)
def debrief(
    journal: Journal = None,
    plain: Annotated[bool, typer.Option("--plain", help="As text.")] = False,
) -> None:
    """What turned the call, and what to say instead."""


@command(app, "listen.run", panel=BETTER)
def listen(
    journal: Journal = None,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Only that turn of yours, and its answer.")] = None,
) -> None:
    """Hear a recorded call again."""


@command(app, "why.run", panel=BETTER)
def why(
    journal: Journal = None,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Only that turn of yours.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Without sound.")] = False,
    voice: Voice = None,
) -> None:
    """Ask the customer what moved them: calm now, strictly from what is on record."""


@command(app, "retry.run", panel=BETTER)
def retry(
    journal: Journal = None,
    turn: Annotated[
        int | None, typer.Option("--turn", min=1, help="From before that turn; the costliest when none is given.")
    ] = None,
    text: Text = False,
    plain: Plain = False,
    recognizer: Recognizer = None,
    voice: Voice = None,
) -> None:
    """Take a call up again from one moment of it, and see both futures."""


@command(app, "correct.run", panel=BETTER)
def correct(
    journal: Journal = None,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="The turn that was misheard.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What you really said.")] = None,
    undo_all: Annotated[bool, typer.Option("--undo", help="Back to what was heard.")] = False,
) -> None:
    """Put right what was misheard, and judge the call anew. Without options: its turns, numbered."""


@command(app, "scorecard.run", panel=BETTER)
def scorecard(
    journal: Journal = None,
    rubric: Annotated[Path | None, typer.Option("--rubric", help="Your own rubric (YAML).")] = None,
    json_lines: Json = False,
) -> None:
    """A call by a rubric: what was met and what was missed, each point with its quotes."""


@command(app, "report.run", panel=BETTER)
def report(
    journal: Journal = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="FILE.html, .pdf, .json or .csv.")] = Path(
        "report.html"
    ),
    audio: Annotated[bool, typer.Option("--audio", help="With the sound of a recorded call in the page.")] = False,
) -> None:
    """Write a call down for others to read: one page that holds everything, on paper too, or its numbers."""


@command(app, "export.run", panel=BETTER)
def export(
    output: Annotated[
        Path | None, typer.Argument(help="FILE.json: xAPI statements; FILE.csv: with --completion.", metavar="FILE")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Send the statements to that learning record store.", metavar="URL")
    ] = None,
    credentials: Annotated[
        Path | None,
        typer.Option("--credentials", help="File with its KEY:SECRET; else COOLHEAD_LRS_KEY and COOLHEAD_LRS_SECRET."),
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Whom the statements are about: e-mail or name.")] = None,
    completion: Annotated[bool, typer.Option("--completion", help="That calls were completed, and no more.")] = False,
) -> None:
    """Tell others of your calls: xAPI statements for a learning record store, or completion alone, fit for HR."""


@command(app, "replay.run", panel=PARTS)
def replay(
    journal: Annotated[
        Path, typer.Argument(help="A journal, a number of the history, or a customer; - for stdin.", metavar="CALL")
    ],
    rejudge: Annotated[bool, typer.Option("--rejudge", help="Score the texts anew with the models here.")] = False,
    json_lines: Json = False,
) -> None:
    """Recompute a call from its journal: equal, or the difference."""


# --- practice ---------------------------------------------------------------------------------------------------------


@command(app, "drill.run", panel=BETTER)
def drill(
    name: Annotated[str | None, typer.Argument(help="A drill; without one there is a list to choose from.")] = None,
    technique: Annotated[
        str | None, typer.Option("--technique", help="The drill for a row of docs/techniques.md.", metavar="NUMBER")
    ] = None,
    text: Text = False,
    plain: Plain = False,
    recognizer: Recognizer = None,
    voice: Voice = None,
) -> None:
    """One skill for a few minutes: a customer's line, your answer, an instant verdict."""


@command(app, "swap.run", panel=BETTER)
def swap(
    name: Annotated[
        str | None, typer.Argument(help="Scenario; the gentlest when none is given.", metavar="PACK")
    ] = None,
    agent: Annotated[
        str, typer.Option("--agent", help="excellent, good, average, dismissive, sycophant, robotic or interrupter.")
    ] = "average",
    seed: Seed = None,
    text: Text = False,
    recognizer: Recognizer = None,
    voice: Voice = None,
) -> None:
    """Swap chairs: you play the customer, a built-in adviser takes the call; then what their turns did to you."""


@command(app, "progress.run", panel=BETTER)
def progress(json_lines: Json = False) -> None:
    """What your calls show, how sure that is, and what to do next."""


@command(app, "forget.run", panel=BETTER)
def forget(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete all that is kept of you: calls, notes, index, settings, your calm voice."""


def main() -> None:
    """Entry point: no traceback reaches a user."""
    try:
        from ui.runtime import streams
        from ui.runtime.problems import explained
        from voice.memory import share_heaps

        share_heaps()  # before any model starts its threads
        with explained():
            streams.prepare()
            try:
                sys.exit(app())
            finally:
                streams.flush()
    except KeyboardInterrupt:  # while the libraries load: seconds, on a busy machine
        sys.exit(130)


if __name__ == "__main__":
    main()
