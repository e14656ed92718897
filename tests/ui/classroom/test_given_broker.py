"""A class on somebody else's broker: a Mosquitto of its administrator's, vouched for by their own authority."""

import asyncio
import getpass
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dialogue import journal
from tests.ui.classroom.room import WAIT_SECONDS, Room, free_port, needs_mosquitto, until
from ui.classroom import code as join_code
from ui.classroom import seat, tls
from ui.classroom.broker import mosquitto
from ui.classroom.doors import write_accounts
from ui.classroom.group import Group
from ui.classroom.host import Host, Plan
from ui.classroom.register import Entrance
from ui.records import archive
from ui.runtime.problems import Problem

pytestmark = pytest.mark.real


def signed_certificate(folder: Path, host: str) -> None:
    """authority.pem, and broker.pem and broker.key for `host`, signed by it."""
    keys = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("Authority", host)]
    now = datetime.now(UTC)
    for name, key, file in zip(names, keys, ("authority.pem", "broker.pem"), strict=True):
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(names[0])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=file == "authority.pem", path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([tls._alternative(host)]), critical=False)
            .sign(keys[0], hashes.SHA256())
        )
        (folder / file).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "broker.key").write_bytes(private)


class Theirs:
    """The broker of others, with the accounts of one class, and how the class is to be held on it."""

    def __init__(self, folder: Path, seats: int, certified: str = "127.0.0.1") -> None:
        write_accounts(folder, seats, observers=1)
        signed_certificate(folder, certified)
        self.folder, self.port = folder, free_port()
        (folder / "mosquitto.conf").write_text(
            f"listener {self.port}\ncertfile {folder}/broker.pem\nkeyfile {folder}/broker.key\nallow_anonymous false\n"
            f"password_file {folder}/passwords\nacl_file {folder}/rights\nuser {getpass.getuser()}\n"
        )
        self.process = subprocess.Popen([mosquitto(), "-c", folder / "mosquitto.conf"], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            try:
                tls.fetch("127.0.0.1", self.port)
                return
            except Problem:
                time.sleep(0.05)

    def plan(self, **changes: object) -> Plan:
        given: dict[str, object] = {
            "broker": f"mqtts://127.0.0.1:{self.port}",
            "accounts": self.folder / "accounts.txt",
            "authority": self.folder / "authority.pem",
            "observers": True,
        }
        return Plan("Theirs", **(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theirs]:
    needs_mosquitto()
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "data"))
    archive.calls_folder().mkdir(parents=True)
    broker = Theirs(tmp_path / "broker", seats=2)
    yield broker
    broker.process.kill()
    broker.process.wait()


async def opening(plan: Plan) -> None:
    await Host(plan, lambda line: None).run(asyncio.Event())


async def test_a_class_on_it_from_joining_to_the_last_account(theirs: Theirs) -> None:
    said: list[str] = []
    host, stop = Host(theirs.plan(), said.append), asyncio.Event()
    running = asyncio.ensure_future(host.run(stop))
    await until(lambda: host.codes or running.done(), "the class is open")
    room = Room(host, said, stop.set)
    anna = await room.join("Anna")
    await until(lambda: anna.classroom._link.up)
    console = Group(Entrance.read(host.folder / "class.json"))
    console.open()
    await until(lambda: console.present())
    console.start([anna.id], "flatpack-bookcase", 3)
    await until(lambda: anna.call and anna.call.loop)
    await anna.say("Hello, this is Sam at the help desk. How can I help you?")
    console.steer(anna.id, "nudge", points=10.0)
    await until(lambda: b'"step":"nudge"' in anna.journal)
    await room.has_all(anna)
    assert journal.replay(room.copy(anna).decode().splitlines()) is None

    await room.join("Ben")
    with pytest.raises(Problem, match="no account left"):
        await room.join("Cleo")  # the administrator gave two accounts
    late = join_code.read(room.code)
    host._expires = 0.0
    await until(lambda: not host.codes, "the codes expire")
    with pytest.raises(Problem, match="no longer holds"):
        await seat.take(late, "Dora")
    await console.close()
    await anna.close()
    stop.set()
    await running
    assert theirs.process.poll() is None  # it is not ours to end


async def test_a_host_that_is_opened_again_gives_nobody_anothers_seat(theirs: Theirs) -> None:
    given: list[str] = []
    for name in ("Anna", "Ben", "Cleo"):
        host, stop = Host(theirs.plan(), lambda line: None), asyncio.Event()
        running = asyncio.ensure_future(host.run(stop))
        await until(lambda host=host, running=running: host.codes or running.done(), "the class is open")
        if name == "Cleo":  # for two seats; who has one may still come back
            with pytest.raises(Problem, match="no account left"):
                await seat.take(join_code.read(host.codes["trainee"]), name, f"{name}.json")
        else:
            _, entrance = await seat.take(join_code.read(host.codes["trainee"]), name, f"{name}.json")
            given.append(entrance.user)
        stop.set()
        await running
    assert len(set(given)) == 2
    assert sorted(host.register.people().values()) == ["Anna", "Ben"]


async def test_a_class_is_held_once(theirs: Theirs) -> None:
    """Two desks would give the same accounts out, and write the same journals."""
    first, stop = Host(theirs.plan(), lambda line: None), asyncio.Event()
    running = asyncio.ensure_future(first.run(stop))
    await until(lambda: first.codes or running.done(), "the class is open")
    with pytest.raises(Problem, match="held by another"):
        await asyncio.wait_for(opening(theirs.plan()), 60)
    stop.set()
    await running
    again, stop = Host(theirs.plan(), lambda line: None), asyncio.Event()
    running = asyncio.ensure_future(again.run(stop))
    await until(lambda: again.codes or running.done(), "and again, when the first is closed")
    stop.set()
    await running


async def test_observers_need_accounts_and_that_is_said_before_the_class_opens(theirs: Theirs) -> None:
    accounts = theirs.folder / "accounts.txt"
    whole = accounts.read_text(encoding="utf-8").splitlines()
    for beginning in ("join-observer ", "o-"):
        rest = [line for line in whole if not line.startswith(beginning)]
        accounts.write_text("\n".join(rest), encoding="utf-8")
        with pytest.raises(Problem, match="--observers wants"):
            Host(theirs.plan(), lambda line: None)
        Host(theirs.plan(observers=False), lambda line: None)


async def test_a_broker_that_nobody_vouches_for_is_sent_nothing(theirs: Theirs, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"No authority that this machine knows.*--authority"):
        await opening(theirs.plan(authority=None))
    (other := tmp_path / "other").mkdir()
    signed_certificate(other, "127.0.0.1")
    with pytest.raises(Problem, match="No authority"):
        await opening(theirs.plan(authority=other / "authority.pem"))
    elsewhere = Theirs(tmp_path / "elsewhere", 1, certified="broker.example")
    try:
        with pytest.raises(Problem, match="No authority"):
            await opening(elsewhere.plan())
    finally:
        elsewhere.process.kill()
        elsewhere.process.wait()
    (tmp_path / "none.pem").write_text("no certificate")
    with pytest.raises(Problem, match="holds no certificate"):
        await opening(theirs.plan(authority=tmp_path / "none.pem"))


async def test_a_wrong_password_is_said_to_be_one(theirs: Theirs) -> None:
    accounts = theirs.folder / "accounts.txt"
    lines = accounts.read_text(encoding="utf-8").splitlines()
    accounts.write_text("\n".join("desk 00" if line.startswith("desk ") else line for line in lines), encoding="utf-8")
    with pytest.raises(Problem, match="does not let the desk in"):
        await opening(theirs.plan())
    accounts.write_text("desk 00", encoding="utf-8")
    with pytest.raises(Problem, match="accounts file"):
        await opening(theirs.plan())
    with pytest.raises(Problem, match="wants --accounts"):
        await opening(theirs.plan(accounts=None))


async def test_a_broker_that_cannot_be_reached_is_named(theirs: Theirs) -> None:
    theirs.process.kill()
    theirs.process.wait()
    with pytest.raises(Problem, match=rf"127\.0\.0\.1:{theirs.port} \(connection refused\)"):
        await opening(theirs.plan())
    with pytest.raises(Problem, match=r"No broker answers at no-such-host\.invalid"):
        await opening(theirs.plan(broker="mqtts://no-such-host.invalid"))
    for url in ("mqtt://127.0.0.1", "127.0.0.1:8883", "mqtts://", "mqtts://x:99999"):
        with pytest.raises(Problem, match="--broker wants"):
            await opening(theirs.plan(broker=url))
