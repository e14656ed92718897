"""The class's own Mosquitto: one TLS port, an account for every person, and rights topic by topic."""

import base64
import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ui import strings
from ui.classroom.protocol import MOST_BYTES, Topics
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem
from ui.runtime.settings import login_name

START_SECONDS = 8.0
STOP_SECONDS = 3.0
PASSWORD_ROUNDS = 101
"""Mosquitto's default number of PBKDF2 rounds: enough, since every password here is 128 random bits."""
SALT_BYTES, HASH_BYTES, PASSWORD_BYTES = 12, 64, 16
PACKET_OVERHEAD = 1024
"""Bytes for topic and properties of a packet."""
QUEUE_MESSAGES = 1000
"""Messages queued for a slow client."""
STEP_SECONDS = 0.05

Part = Literal["desk", "trainer", "observer", "trainee", "joining"]


def password() -> str:
    return secrets.token_hex(PASSWORD_BYTES)


def mosquitto() -> str:
    """The path of Mosquitto. Raises Problem when it is not installed, or cannot be told of new accounts (Windows)."""
    if not hasattr(signal, "SIGHUP"):
        raise Problem(strings.CLASS_NO_SIGNAL)
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")
    if not found:
        raise Problem(strings.CLASS_NO_MOSQUITTO)
    return found


@dataclass
class Accounts:
    """Who may connect, and what each may do, in files. `Broker.reload` makes the broker read them."""

    folder: Path
    topics: Topics
    people: dict[str, tuple[Part, str]] = field(default_factory=dict)
    """User name -> part, and the password's hash."""

    @property
    def passwords(self) -> Path:
        return self.folder / "passwords"

    @property
    def rights(self) -> Path:
        return self.folder / "rights"

    def add(self, user: str, part: Part, secret: str) -> None:
        self.people[user] = part, hashed(secret)
        self.write()

    def remove(self, user: str) -> None:
        self.people.pop(user, None)
        self.write()

    def write(self) -> None:
        """Write both files, each whole or not at all: the broker may read them at any moment. Without fsync, since a
        power cut ends the class anyway."""
        passwords = "".join(f"{user}:{secret}\n" for user, (_, secret) in self.people.items())
        write_private(self.passwords, passwords, sync=False)
        rows = rights(self.topics, {user: part for user, (part, _) in self.people.items()})
        write_private(self.rights, rows, sync=False)


def hashed(secret: str) -> str:
    """The password's hash in Mosquitto's format: PBKDF2 with SHA-512."""
    salt = os.urandom(SALT_BYTES)
    key = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, PASSWORD_ROUNDS, HASH_BYTES)
    return f"$7${PASSWORD_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def rights(topics: Topics, people: dict[str, Part]) -> str:
    """Mosquitto's access list; what is not in it is refused."""
    lines: list[str] = []
    for user, part in people.items():
        lines.append(f"user {user}")
        lines += [f"topic {what} {topic}" for what, topic in _rights(topics, user, part)]
        lines.append("")
    # Whoever joins has no account of their own yet; their random client id keeps them apart.
    lines.append(f"pattern write {topics.join('%u', '%c')}")
    lines.append(f"pattern read {topics.joined('%u', '%c')}")
    return "\n".join(lines) + "\n"


def _rights(topics: Topics, user: str, part: Part) -> list[tuple[str, str]]:
    reading = [
        ("read", topics.state("+")),
        ("read", topics.journal("+", "+")),
        ("write", topics.ask(user)),
        ("read", topics.copy(user, "+", "+")),
    ]
    match part:
        case "desk":
            return [("readwrite", f"{topics.root}/#")]
        case "trainer":
            return [*reading, ("write", topics.told("+")), ("read", topics.sound("+"))]
        case "observer":
            return reading
        case "trainee":
            return [
                ("write", topics.state(user)),
                ("write", topics.journal(user, "+")),
                ("write", topics.sound(user)),
                ("read", topics.have(user, "+")),
                ("read", topics.told(user)),
            ]
        case "joining":
            return []


def configuration(folder: Path, port: int, accounts: Accounts, key: Path, certificate: Path) -> str:
    """Mosquitto's configuration: accounts and TLS are required, packets limited, nothing kept after the class."""
    return f"""\
listener {port}
certfile {certificate}
keyfile {key}
tls_version tlsv1.2
allow_anonymous false
password_file {accounts.passwords}
acl_file {accounts.rights}
persistence false
set_tcp_nodelay true
max_packet_size {MOST_BYTES + PACKET_OVERHEAD}
max_queued_messages {QUEUE_MESSAGES}
max_queued_bytes {MOST_BYTES * 16}
log_dest file {folder / "mosquitto.log"}
log_type error
log_type warning
log_type notice
connection_messages true
{f"user {name}" if (name := login_name()) else ""}
"""


class Broker:
    """The broker's process, which ends with this program, even when this is killed."""

    def __init__(self, folder: Path, port: int, accounts: Accounts, key: Path, certificate: Path) -> None:
        self._program = mosquitto()
        self._folder, self._port, self._accounts = folder, port, accounts
        self._config = folder / "mosquitto.conf"
        write_private(self._config, configuration(folder, port, accounts, key, certificate))
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id; 0 when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def start(self) -> None:
        """Start it and wait until it takes connections. Raises Problem."""
        if _answers(self._port):
            raise Problem(strings.CLASS_PORT_TAKEN.format(port=self._port))
        self._end_guard()  # of a broker that ended by itself
        self._process = subprocess.Popen(
            [self._program, "-c", str(self._config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what it says stands in its log
            start_new_session=True,  # Ctrl+C goes to this program alone, which then stops it
        )
        self._guard = _ends_with_us(self._process.pid)
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self._port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise Problem(strings.CLASS_BROKER_FAILED.format(reason=self._reason(), log=self._log))
            time.sleep(STEP_SECONDS)

    def reload(self) -> None:
        """Make it read the accounts again; it disconnects those that are gone."""
        if self.pid:
            os.kill(self.pid, signal.SIGHUP)

    def stop(self) -> None:
        self._end_guard()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _end_guard(self) -> None:
        if self._guard:
            self._guard.kill()
            self._guard.wait()
            self._guard = None

    @property
    def _log(self) -> Path:
        return self._folder / "mosquitto.log"

    def _reason(self) -> str:
        with contextlib.suppress(OSError, IndexError):
            return self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-1].split(": ", 1)[-1]
        return "unknown"


def _ends_with_us(process: int) -> "subprocess.Popen[bytes] | None":
    """A shell that ends `process` when this program ends: then the pipe it reads from closes. None without a shell,
    where the broker outlives a killed host."""
    shell = shutil.which("sh")
    if shell is None:
        return None
    return subprocess.Popen(
        [shell, "-c", f"read nothing; kill {process}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 0.5):
            return True
    except OSError:
        return False
