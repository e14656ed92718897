"""How long calls are kept, and how all data of a user is deleted."""

import contextlib
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import platformdirs

from ui import strings
from ui.records import certificate, index
from ui.records.archive import calls_folder, going_on, journals
from ui.records.drill_results import drilled_path
from ui.records.history import PastCall, delete, retries_of
from ui.records.score_cache import cache_folder
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings, settings_path


def call_over() -> None:
    """After a call: delete calls older than the setting `keep_days` and refresh the index. Raises nothing."""
    with contextlib.suppress(Problem, OSError):
        days = load_settings().keep_days
        if days is not None:
            purge(older_than(days))
        index.refresh()


def older_than(days: int) -> list[PastCall]:
    """The calls that began more than `days` ago, and their retries, which begin with the same words."""
    calls = index.calls()
    limit = datetime.now(UTC) - timedelta(days=days)
    old = [call for call in calls if _began(call) < limit]
    return old + [one for call in old for one in retries_of(call, calls) if one not in old]


def purge(calls: Sequence[PastCall]) -> None:
    """Delete them for good. Raises Problem."""
    for call in calls:
        delete(call)
    index.refresh()


def kept() -> list[Path]:
    """Everything kept of this user on this machine, except rows in a database elsewhere."""
    settings = settings_path()
    places = (
        calls_folder(),
        settings,
        *settings.parent.glob(f".{settings.name}.*"),  # left by a program that was killed while writing
        cache_folder(),
        Path(platformdirs.user_log_dir("coolhead", appauthor=False)),
        *_beside_the_calls(),
    )
    return [path for path in dict.fromkeys(places) if path.exists()]


def forget() -> None:
    """Delete all of it, and this user's rows of the index. Raises Problem when something cannot be deleted;
    while a call goes on nothing is."""
    for path in journals():
        if going_on(path):
            raise Problem(strings.STILL_GOING_ON.format(path=path))
    index.forget()
    for path in kept():
        try:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except FileNotFoundError:  # another program deletes it, too
            continue
        except OSError as error:
            raise Problem(f"{path} cannot be deleted: {error.strerror}. The rest of it is still there.") from error


def _beside_the_calls() -> list[Path]:
    """What else is about the user in the data folder, including their seats in classes and the calls of classes held
    here. Scenarios and models stay."""
    folder = calls_folder().parent
    names = ("index.sqlite*", drilled_path().name, certificate.OWN_KEY, "classes")
    return sorted(path for name in names for path in folder.glob(name))


def _began(call: PastCall) -> datetime:
    return call.began or datetime.fromtimestamp(call.path.stat().st_mtime, UTC)
