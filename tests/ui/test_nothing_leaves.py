"""No library keeps a number of the machine, or a queue of what it would send, behind our back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT_MODEL = "from dialogue.content.encoder import Encoder; Encoder().embed(['hello'])"
VOICE = "from voice import synthesis; synthesis.choose('hibari', 'man').render('Hello.', 0.0)"
SUPPRESSING = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY")
"""Under these onnxruntime would be quiet whatever we do."""


@pytest.mark.parametrize("code", [TEXT_MODEL, VOICE], ids=["text model", "voice"])
def test_a_model_that_ran_has_left_nothing_in_the_users_folders(code: str, tmp_path: Path) -> None:
    quiet = {name: value for name, value in os.environ.items() if name not in SUPPRESSING}
    homes = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    homes |= {"COOLHEAD_DATA": str(tmp_path / "data"), "COOLHEAD_SETTINGS": str(tmp_path / "settings.json")}
    done = subprocess.run([sys.executable, "-c", code], env=quiet | homes, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    left = [path for path in tmp_path.rglob("*") if "microsoft" in str(path).lower() or "onnxruntime" in str(path)]
    assert left == []
