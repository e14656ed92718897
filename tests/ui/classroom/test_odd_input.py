"""What is typed for a class, and what lies on its disks: whatever it is, one sentence, and no class ends of it."""

import asyncio
import json
import signal
import socket
import ssl
from pathlib import Path

import pytest
from paho.mqtt.client import MQTTMessage

from tests.full_disk import full_disk
from tests.ui.classroom.room import free_port, needs_mosquitto
from ui import strings
from ui.classroom import tls
from ui.classroom.code import JoinCode, is_host, read, write
from ui.classroom.doors import write_accounts
from ui.classroom.host import Host, Plan, broker_address, hold
from ui.classroom.link import Address, Link, Message
from ui.classroom.register import Entrance, Register
from ui.commands import classroom
from ui.runtime import settings
from ui.runtime.problems import Problem

NO_HOSTS = ["", ".", ".x", "a..b", "a b", "\x1b[2J", "caf\xe9", "a" * 64, "a.b" * 100, "[::1]", "-a", "a\nb", "\x00"]


@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_name_that_no_machine_has_is_refused_before_it_is_asked_for(host: str) -> None:
    assert not is_host(host)
    made = JoinCode(host, 8883, "trainee", bytes(16), "0a0b0c", "00" * 10)
    with pytest.raises(Problem, match="code"):
        read(write(made))
    if "\n" in host or "[" in host:  # an address may be written so
        return
    with pytest.raises(Problem, match="--broker wants an address"):
        broker_address(f"mqtts://{host}:8883")


@pytest.mark.parametrize("host", ["localhost", "trainer-pc", "TRAINER_PC", "192.168.1.20", "fe80::1", "a.example.org"])
def test_names_that_machines_have_are_taken(host: str) -> None:
    assert is_host(host)


def test_an_address_that_is_none_opens_no_class(home: Path) -> None:
    with pytest.raises(Problem, match="--address wants"):
        Host(Plan("Monday", address="the trainer's"), print)


def test_where_a_broker_cannot_be_told_of_accounts_another_one_is_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no SIGHUP; Mosquitto would have to end for every seat, and who joins would miss the answer."""
    monkeypatch.delattr(signal, "SIGHUP")
    with pytest.raises(Problem, match="--broker"):
        Host(Plan("Monday", address="127.0.0.1", port=free_port()), print)


async def test_a_full_disk_opens_no_class_and_is_said(home: Path) -> None:
    needs_mosquitto()
    with full_disk(), pytest.raises(Problem, match=r"The class cannot be kept in .*classes \(file too large\): free"):
        await hold(Plan("Monday", address="127.0.0.1", port=free_port()), print)


def test_a_full_disk_ends_no_class(home: Path) -> None:
    needs_mosquitto()
    said: list[str] = []
    host = Host(Plan("Monday", address="127.0.0.1", port=free_port()), said.append)
    host.new_codes()
    assert host.desk.seats_left
    with full_disk():
        host.renew_codes()
        assert said[-1].startswith("No new codes were made (file too large)")
        host._expire()
    assert said[-1] == strings.CLASS_CODE_EXPIRED
    assert host.desk.seats_left == 0


@pytest.mark.parametrize(
    "change", [{"port": "x"}, {"port": None}, {"certificate": 5}, {"user": ["a"]}, {"more": 1}, {"class_name": None}]
)
def test_a_seat_that_was_damaged_is_named(change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "seat.json"
    Entrance("abcdef", "Monday", "localhost", 8883, "PEM", "t-00000001", "secret", "Sam").keep(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    if "more" in change:  # of a later version
        assert Entrance.read(path).name == "Sam"
        return
    with pytest.raises(Problem, match=r"seat\.json cannot be read: join"):
        Entrance.read(path)


@pytest.mark.parametrize(
    "pem", ["", "PEM", "caf\xe9", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_certificate_that_was_damaged_is_named(pem: str) -> None:
    with pytest.raises(Problem, match="certificate on this machine is damaged"):
        tls.trusting(pem)


def test_a_name_that_is_no_text_any_more_is_shown_as_far_as_it_is_one(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.enter("t-00000001", "Sam")
    (tmp_path / "people" / "t-00000001" / "name").write_bytes(b"Sa\xff")
    assert register.people() == {"t-00000001": "Sa\ufffd"}


def test_accounts_that_a_class_lives_on_are_not_overwritten(tmp_path: Path) -> None:
    write_accounts(tmp_path, 1, 0)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Problem, match=r"accounts\.txt is there already"):
        write_accounts(tmp_path, 1, 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_for_accounts_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="file cannot be written"):
        classroom.accounts(output=tmp_path / "file", seats=1, observers=0)


async def test_a_topic_that_is_no_text_is_left_out_and_the_connection_stays() -> None:
    link = Link(Address("localhost", 1, ssl.create_default_context()), "desk", "")
    taken: list[Message] = []
    link.on_message = taken.append
    link._loop = asyncio.get_running_loop()
    for topic in (b"coolhead/\xff", b"coolhead/1"):
        link._arrived(link._client, None, MQTTMessage(topic=topic))
    await asyncio.sleep(0)
    assert [each.topic for each in taken] == ["coolhead/1"]


def test_a_user_without_a_name_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert settings.login_name() == ""


def test_who_takes_the_connection_and_says_nothing_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Problem, match=rf"No class answers at 127\.0\.0\.1:{port} \(no answer\): ask the trainer"):
            tls.fetch("127.0.0.1", port)
        with pytest.raises(Problem, match=rf"No broker answers at 127\.0\.0\.1:{port} \(no answer\): check"):
            tls.fetch("127.0.0.1", port, ssl.create_default_context())
