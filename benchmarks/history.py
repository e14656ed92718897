"""2,000 calls: how fast the history and the progress open by the index, and how fast it is rebuilt.

    python -m benchmarks.history [--calls 2000] [--index-url postgresql+psycopg://...]

Copies of the journals in `tests/journals`, each with a date of its own. Each figure is the median of five runs in one
process (imports done), and of three runs of the whole command; wall-clock milliseconds.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

JOURNALS = Path(__file__).parent.parent / "tests" / "journals"


def fill(folder: Path, count: int) -> None:
    """So many journals, an hour apart."""
    folder.mkdir(parents=True)
    sources = [path.read_text(encoding="utf-8") for path in sorted(JOURNALS.glob("*.jsonl"))]
    names = [path.stem.rpartition("-")[0] for path in sorted(JOURNALS.glob("*.jsonl"))]
    for number in range(count):
        began = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        which = number % len(sources)
        text = sources[which].replace('"settings":{', f'"settings":{{"started_at":"{began.isoformat()}",', 1)
        (folder / f"{began:%Y-%m-%dT%H-%M-%S}-{names[which]}.jsonl").write_text(text, encoding="utf-8")


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Median wall-clock time of a run, ms."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1000 * median(times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=2000)
    options.add_argument("--index-url", default="")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"COOLHEAD_DATA": folder, "COOLHEAD_SETTINGS": f"{folder}/settings.json"}
        os.environ |= {"COOLHEAD_INDEX_URL": asked.index_url}
        fill(Path(folder) / "calls", asked.calls)
        measured(asked.calls)


def measured(calls: int) -> None:
    from ui.commands import history, progress
    from ui.records import index

    def command(*words: str) -> Callable[[], object]:
        whole = [sys.executable, "-m", "ui.cli", *words]
        return lambda: subprocess.run(whole, stdout=subprocess.DEVNULL, check=True)

    def quietly(work: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            with redirect_stdout(io.StringIO()):
                work()

        return run

    rebuild = milliseconds(index.rebuild, 1)
    rows = [
        ("index rebuilt", rebuild, f"{1000 * calls / rebuild:.0f} calls/s"),
        ("calls listed by the index", milliseconds(index.calls, 5), ""),
        ("history list", milliseconds(quietly(lambda: history.list_calls(search="", json_lines=False)), 5), ""),
        ("progress", milliseconds(quietly(lambda: progress.run(json_lines=False)), 5), ""),
        ("whole command: history list", milliseconds(command("history", "list"), 3), ""),
        ("whole command: progress", milliseconds(command("progress"), 3), ""),
    ]
    print(f"{calls} calls, index: {index.where()}")
    for name, took, note in rows:
        print(f"{name:<32} {took:>9.0f} ms  {note}")
    index.forget()


if __name__ == "__main__":
    main()
