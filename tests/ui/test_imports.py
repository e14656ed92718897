"""What `import ui.cli` really loads, seen from a process of its own: the heavy parts only when a command needs them."""

import ast
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "sounddevice",
    "vosk",
    "pyttsx3",
    "textual",
    "onnxruntime",
    "ctranslate2",
    "sklearn",
    "numpy",
    "tokenizers",
    "hibari",
    "paho",
    "segno",
    "cryptography",
)


def loaded(code: str, *names: str) -> list[str]:
    """Which of `names` are loaded once `code` has run, or has left the program."""
    told = f"import atexit, sys; atexit.register(lambda: print([n for n in {names!r} if n in sys.modules])); {code}"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return list(ast.literal_eval(done.stdout.splitlines()[-1]))


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded("import ui.cli", *HEAVY) == []


def test_the_help_loads_the_command_line_alone() -> None:
    """It is what a newcomer types first: the models of packs and of a call took four fifths of its second."""
    help_wanted = "sys.argv = ['coolhead', '--help']; import ui.cli; ui.cli.main()"
    assert loaded(help_wanted, *HEAVY, "pydantic", "dialogue.journal", "dialogue.persona") == []


def test_past_calls_are_listed_without_what_answers_in_a_call(home: Path) -> None:
    listed = "sys.argv = ['coolhead', 'history', 'list']; import ui.cli; ui.cli.main()"
    assert loaded(listed, *HEAVY, "dialogue.session", "dialogue.appraisal", "structlog") == []


def test_the_core_loads_without_numpy() -> None:
    assert loaded("import dialogue.session", *HEAVY) == []
