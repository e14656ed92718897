"""COOLHEAD_NO_SKIP=1 turns every skip into a failure: in CI nothing that a user relies on may go untested.

And the virtual headset, for the tests that want real sound devices.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from testing import virtual_headset

# The gate must say the same twice for the same commit; developers' machines go on searching at random. One profile for
# all: it is read where a test is defined, so that a folder's own would hold for every folder that is collected later.
settings.register_profile(
    "coolhead",
    derandomize=bool(os.environ.get("COOLHEAD_NO_SKIP")),
    deadline=None,  # speed is measured by the benchmarks
    max_examples=25,  # each is a whole call, often
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("coolhead")


def pytest_configure(config: pytest.Config) -> None:
    """Home is an empty folder, as in the gate: no test reads or writes what is the developer's own (packs, calls,
    settings). Caches stay where they are."""
    if hasattr(config, "workerinput"):
        return  # started with it
    os.environ.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    os.environ["HOME"] = home = tempfile.mkdtemp(prefix="coolhead-home-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("COOLHEAD_NO_SKIP") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"COOLHEAD_NO_SKIP is set, and this test was skipped: {reason}"
    return report


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to go through it for garbage, again and again, was a third of a screen test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For `-n 2 --dist loadgroup`: a file's models are loaded by one worker, and no two tests run in real time, with
    devices or as whole programs, beside each other."""
    for item in items:
        live = "end_to_end" in item.path.parts or "headset" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("live" if live else item.nodeid.partition("::")[0]))


@pytest.fixture
def headset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[virtual_headset.VirtualHeadset]:
    """A running virtual headset that this process's PortAudio finds as its default devices."""
    if why := virtual_headset.missing():
        pytest.skip(why)
    running = virtual_headset.VirtualHeadset(tmp_path)
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    yield running
    running.close()
