"""`coolhead models list | install | verify | remove`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.runtime.problems import EXPECTED

if TYPE_CHECKING:
    from voice.models.installing import Report


def list_models(*, json_lines: bool) -> int:
    """What the manifest knows; --json: one line a model."""
    from voice.models import installing, weights

    for model in weights.manifest():
        folder = weights.installed_dir(model.name)
        line = {
            "name": model.name,
            "purpose": model.purpose,
            "engine": model.engine,
            "language": model.language,
            "licence": model.licence,
            "source": model.url or model.source,
            "bytes": model.bytes,
            "sha256": model.sha256,
            "status": installing.status(model),
            "folder": str(folder) if folder else None,
        }
        if json_lines:
            print(json.dumps(line, ensure_ascii=False))
        else:
            size = f"{model.bytes / 1e6:.0f} MB"
            print(f"{model.name:28}  {line['status']:13}  {size:>7}  {model.purpose:14}  {model.licence}")
    return 0


def install(*, name: str, from_file: Path | None) -> int:
    from voice.models import installing, weights

    model = weights.entry(name)
    with _progress() as report:
        folder = installing.install(model, report, from_file)
    print(f"{name} is installed in {folder}.")
    return 0


def verify(*, json_lines: bool) -> int:
    """Exit code 2 when a bundled or installed model is damaged."""
    from voice.models import installing, weights

    code = 0
    for model in weights.manifest():
        verdict = installing.verify(model)
        if verdict.status == "not installed":
            continue
        if verdict.problems:
            code = EXPECTED
        if json_lines:
            line = {
                "name": verdict.name,
                "status": verdict.status,
                "ok": not verdict.problems,
                "files": verdict.files,
                "problems": list(verdict.problems),
            }
            print(json.dumps(line, ensure_ascii=False), flush=True)
        elif verdict.problems:
            advice = (
                f"coolhead models install {verdict.name}" if verdict.status == "installed" else "reinstall Coolhead"
            )
            print(f"{verdict.name}: {'; '.join(verdict.problems)}. To mend it: {advice}.", flush=True)
        else:
            print(f"{verdict.name}: whole ({verdict.files} files, {verdict.status})", flush=True)
    return code


def remove(*, name: str) -> int:
    from voice.models import installing, weights

    installing.remove(weights.entry(name))
    print(f"{name} is removed.")
    return 0


@contextmanager
def _progress() -> "Iterator[Report]":
    """A bar a stage on stderr, where that is a terminal; else nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, completed=done)  # what was there before is not speed
            bars.update(tasks[stage], completed=done)

        yield report
