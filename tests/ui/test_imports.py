"""What `import ui.cli` really loads, seen from a process of its own: the heavy parts only when a command needs them."""

import subprocess
import sys

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


def test_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, ui.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_core_loads_without_numpy() -> None:
    code = f"import sys, dialogue.journal; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
