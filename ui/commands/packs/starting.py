"""`coolhead packs new`: a commented pack that passes the check, for an author to make their own."""

import contextlib
import re
import shutil
from pathlib import Path

from dialogue.persona.loading import PACKS, SHARED, own_folder
from ui.runtime.problems import Problem

TEMPLATE = SHARED / "template.yaml"
SCHEMA = PACKS / "schema.json"


def new(name: str, *, folder: Path | None) -> int:
    """Writes NAME.yaml into the folder (the user's own packs, if none is given), and beside it the schema for editors.

    Raises Problem for a name that is no pack's name, and when there is such a file already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise Problem(f"A pack cannot be called {name!r}: use small letters, digits and hyphens, such as late-parcel.")
    target = (folder or own_folder()) / f"{name}.yaml"
    if target.exists() or (PACKS / target.name).exists():
        raise Problem(f"There is a pack called {name!r} already: choose another name.")
    text = TEMPLATE.read_text(encoding="utf-8")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SCHEMA, target.parent / SCHEMA.name)
        target.write_text(text.replace("NAME", name), encoding="utf-8")
    except OSError as error:
        with contextlib.suppress(OSError):
            target.unlink()  # half a pack would be in the way of the next try
        reason = (error.strerror or str(error)).lower()
        raise Problem(f"{target} cannot be written ({reason}): free some room, or name a folder with --in.") from error
    shown = name if folder is None else str(target)
    print(f"Your pack is in {target}\nOpen it with any text editor. Then:\n  coolhead packs check {shown}")
    print(f"  coolhead packs play {shown}\n  coolhead call {shown}")
    return 0
