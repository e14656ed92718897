"""The command line: what it declares is what the commands take, and a newcomer finds their way in its help."""

import inspect
import sys
from collections.abc import Iterator
from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from ui import strings
from ui.cli import app
from ui.commandline.declaration import function
from ui.runtime.loading_notice import loading_notice


def declared(group: typer.Typer) -> Iterator[tuple[str, list[str]]]:
    """(MODULE.FUNCTION, names of the parameters) of every command that `ui.commandline.declaration` declared."""
    for each in group.registered_commands:
        assert each.callback is not None
        work = inspect.getclosurevars(each.callback).nonlocals["work"]
        yield work, list(inspect.signature(each.callback).parameters)
    for sub in group.registered_groups:
        assert sub.typer_instance is not None
        yield from declared(sub.typer_instance)


@pytest.mark.parametrize(("work", "typed"), declared(app))
def test_what_may_be_typed_is_what_the_command_takes(work: str, typed: list[str]) -> None:
    inspect.signature(function(work)).bind(**dict.fromkeys(typed))


def test_it_says_which_version_it_is() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.stdout.strip()) == (0, f"coolhead {version('coolhead')}")
    assert "flight simulator" in CliRunner().invoke(app, ["--help"]).stdout


def test_a_newcomer_finds_the_call_first() -> None:
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert told.index(" call ") < told.index(" drill ") < told.index(" packs ")
    assert all(each.callback and each.callback.__doc__ for each in app.registered_commands)


@pytest.mark.parametrize("on_terminal", [True, False])
def test_a_terminal_shows_something_while_the_libraries_load_and_a_pipe_does_not(
    on_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: on_terminal)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: on_terminal)
    with loading_notice():
        meanwhile = capsys.readouterr().err
    assert meanwhile == (strings.OPENING if on_terminal else "")
    assert capsys.readouterr().err == ("\r\x1b[K" if on_terminal else "")
