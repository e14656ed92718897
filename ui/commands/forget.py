"""`coolhead forget`: everything of the user, deleted once they have said so."""

from ui import strings
from ui.records import index, retention
from ui.records.archive import calls_folder
from ui.runtime import keyboard
from ui.runtime.settings import load_settings


def run(*, yes: bool) -> int:
    """0 when nothing is left, 1 when it was kept after all."""
    there = retention.kept()
    shared = load_settings().index_url
    if not there and not shared:
        print(strings.FORGET_NOTHING)
        return 0
    print(strings.FORGET_WHAT)
    for path in there:
        print(strings.FORGET_LINE.format(path=path))
    if shared:
        print(strings.FORGET_INDEX.format(where=index.where()))
    print(strings.FORGET_KEPT.format(folder=calls_folder().parent))
    if not yes and not keyboard.confirmed(strings.PLAIN_DELETE_YES, strings.FORGET_ASK):
        print(strings.PLAIN_NOT_DELETED)
        return 1
    retention.forget()
    print(strings.FORGOTTEN)
    return 0
