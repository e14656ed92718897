"""Where a class's accounts come from: made for its own broker, or taken from a file for somebody else's."""

import os
import secrets
from pathlib import Path
from typing import Protocol

from dialogue.files import finite
from ui import strings
from ui.classroom.broker import Accounts, Broker, Part, hashed, password
from ui.classroom.code import CLASS_BYTES, SECRET_BYTES
from ui.classroom.protocol import DESK, TRAINER, Topics
from ui.classroom.register import classes_folder
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

GIVEN = "given"
"""File in the class's folder: the accounts given out, one a line."""


class Door(Protocol):
    """Where accounts come from."""

    def admit(self, user: str, part: Part, secret: str = "") -> tuple[str, str]:
        """The name and password of an account, which may differ from those asked for. Raises Problem when there is none
        left, OSError when it cannot be stored."""
        ...

    def dismiss(self, user: str) -> None: ...


class OwnDoor:
    """Accounts of the class's own broker."""

    def __init__(self, accounts: Accounts, broker: Broker) -> None:
        self._accounts, self._broker = accounts, broker

    def admit(self, user: str, part: Part, secret: str = "") -> tuple[str, str]:
        secret = secret or password()
        self._accounts.add(user, part, secret)
        self._broker.reload()
        return user, secret

    def dismiss(self, user: str) -> None:
        self._accounts.remove(user)
        self._broker.reload()


class GivenDoor:
    """Accounts of a broker that others run: from a file, each given out once, even after a restart of the host. Only
    the broker's administrator can take an account away."""

    def __init__(self, class_id: str, passwords: dict[str, str]) -> None:
        self.class_id, self.passwords = class_id, passwords
        self._given = classes_folder() / class_id / GIVEN

    @staticmethod
    def read(path: Path | None, *, observers: bool) -> "GivenDoor":
        """Raises Problem."""
        if path is None:
            raise Problem(strings.CLASS_NO_ACCOUNTS)
        trouble = Problem(strings.CLASS_BAD_ACCOUNTS.format(path=path))
        try:
            lines = finite(path).read_text(encoding="utf-8").split("\n")
            passwords = dict(line.split() for line in lines if line.strip())
            door = GivenDoor(passwords.pop("class"), passwords)
        except (OSError, ValueError, KeyError) as error:
            raise trouble from error
        if not {DESK, TRAINER, "join-trainee"} <= passwords.keys() or not _has(passwords, "t-"):
            raise trouble
        if observers and ("join-observer" not in passwords or not _has(passwords, "o-")):
            raise Problem(strings.CLASS_NO_OBSERVER_ACCOUNTS.format(path=path))
        return door

    def admit(self, user: str, part: Part, secret: str = "") -> tuple[str, str]:
        if part == "joining":
            return user, self.passwords[user]
        gone = self._given.read_text(encoding="utf-8").split() if self._given.exists() else []
        mine = next((each for each in self.passwords if each.startswith(f"{user[0]}-") and each not in gone), None)
        if mine is None:
            raise Problem(strings.CLASS_NO_ACCOUNT_LEFT)
        self._given.touch(mode=0o600)
        with self._given.open("a", encoding="utf-8") as given:
            given.write(f"{mine}\n")
            given.flush()
            os.fsync(given.fileno())  # before anybody gets it
        return mine, self.passwords[mine]

    def dismiss(self, user: str) -> None:
        """Not possible from here."""


def _has(passwords: dict[str, str], beginning: str) -> bool:
    return any(user.startswith(beginning) for user in passwords)


def write_accounts(folder: Path, seats: int, observers: int) -> None:
    """Write accounts for a class on somebody else's broker: for `GivenDoor`, and in Mosquitto's format for the broker.
    Raises OSError, and Problem when the folder has some already."""
    path = folder / "accounts.txt"
    if path.exists():  # a class may be using them
        raise Problem(strings.CLASS_ACCOUNTS_THERE.format(path=path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    class_id = secrets.token_hex(CLASS_BYTES)
    parts: list[tuple[str, Part]] = [(DESK, "desk"), (TRAINER, "trainer")]
    parts += [("join-trainee", "joining"), ("join-observer", "joining")]
    parts += [(f"t-{secrets.token_hex(4)}", "trainee") for _ in range(seats)]
    parts += [(f"o-{secrets.token_hex(4)}", "observer") for _ in range(observers)]
    given = {user: secrets.token_hex(SECRET_BYTES) if part == "joining" else password() for user, part in parts}
    people = {user: (part, hashed(given[user])) for user, part in parts}
    Accounts(folder, Topics(class_id), people).write()
    lines = [f"class {class_id}", *(f"{user} {secret}" for user, secret in given.items())]
    write_private(path, "\n".join(lines) + "\n")
