"""Standard input, output and error in every state in which a shell can leave them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end import coolhead


def run(redirected: str, home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program with what a shell does to its streams behind it."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'"$@" {redirected}', "bash", *coolhead.PROGRAM, *arguments],
        env=coolhead.environment(home) | environment,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )


def test_closed_streams_are_no_trouble(tmp_path: Path) -> None:
    for redirected in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        done = run(redirected, tmp_path, "packs", "list")
        assert done.returncode == 0, (redirected, done.stderr)
        assert done.stderr == ""
        assert ("flatpack-bookcase" in done.stdout) == (">&-" not in redirected.replace("2>&-", "")), redirected
    refused = run(">&- <&-", tmp_path, "debrief", "nobody")
    assert refused.returncode == 2
    assert refused.stderr.startswith("coolhead: 'nobody' is no journal")


@pytest.mark.parametrize("arguments", [("packs", "list"), ("packs", "show", "flatpack-bookcase"), ("--help",)])
def test_who_reads_one_line_of_it_leaves_no_traceback(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run('| (read line; echo "$line")', tmp_path, *arguments)
    assert done.returncode == 0 or arguments == ("--help",)  # which Typer prints, and ends with 1
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_full_disk_behind_a_redirection_is_told(tmp_path: Path) -> None:
    done = run("> /dev/full", tmp_path, "packs", "list")
    assert done.returncode == 2
    [sentence] = done.stderr.splitlines()
    assert "No space left on device" in sentence


def test_letters_that_the_terminal_lacks_become_question_marks(tmp_path: Path) -> None:
    done = run("", tmp_path, "packs", "show", "flatpack-bookcase", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


@pytest.mark.parametrize("locale", [{"LC_ALL": "xx_YY.nonsense"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}])
def test_odd_locales_and_terminals_are_no_trouble(locale: dict[str, str], tmp_path: Path) -> None:
    done = run("", tmp_path, "packs", "list", TERM="nonsense", **locale)
    assert done.returncode == 0, done.stderr
    assert "flatpack-bookcase" in done.stdout


def test_ctrl_c_at_a_question_leaves_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*coolhead.PROGRAM, "packs", "play", "flatpack-bookcase"],
        env=coolhead.environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background is deaf to it
    )
    assert process.stdout
    assert "Dana" in process.stdout.readline()  # it has begun
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.parametrize("library", ["typer", "typer.core", "dialogue.persona", "ui.commands.packs", "pydantic"])
def test_ctrl_c_while_the_libraries_load_leaves_no_traceback(library: str, tmp_path: Path) -> None:
    """As if it was pressed just when that one is looked for."""
    script = """if True:
        import sys

        library = sys.argv.pop()

        class CtrlC:
            def find_spec(self, name, path, target=None):
                if name == library:
                    raise KeyboardInterrupt

        sys.meta_path.insert(0, CtrlC())
        from ui.cli import main

        sys.argv += ["packs", "list"]
        main()
        """
    done = subprocess.run(
        [sys.executable, "-c", script, library],
        env=coolhead.environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
