"""Who may do what, tried with Mosquitto's own tools; and what comes from outside and is refused."""

import asyncio
import socket
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.classroom.room import Room, open_class, until
from ui.classroom import code as join_code
from ui.classroom import seat, tls
from ui.classroom.desk import MOST_MALFORMED
from ui.classroom.group import Group
from ui.classroom.link import Address, Link
from ui.classroom.protocol import MOST_BYTES
from ui.classroom.register import Entrance
from ui.runtime.problems import Problem

pytestmark = pytest.mark.real
SETTLE_SECONDS = 0.5
FLOOD_PER_SECOND, FLOOD_MESSAGES = 2_000, 3_000


class Tool:
    """mosquitto_pub and mosquitto_sub with somebody's credentials."""

    def __init__(self, room: Room, user: str, password: str) -> None:
        self._common = ["-V", "mqttv5", "-h", "127.0.0.1", "-p", str(room.host.plan.port), "-u", user, "-P", password]
        self._tls = ["--cafile", str(room.host.folder / "broker.pem")]

    async def publish(self, topic: str, text: str, *, tls: bool = True) -> str:
        """What it has to complain of; "" when the broker took it."""
        return await self._run(["mosquitto_pub", *self._common, *self._tls * tls, "-q", "1", "-t", topic, "-m", text])

    async def hears(self, topic: str) -> "Listening":
        """Once the broker has answered: it listens, or was refused."""
        by_line = ["stdbuf", "-oL"]  # else it keeps what it has to say until there is a lot
        command = [*by_line, "mosquitto_sub", *self._common, *self._tls, "-q", "1", "-v", "-d", "-t", topic, "-W", "60"]
        return await asyncio.to_thread(Listening, command)

    async def _run(self, command: list[str]) -> str:
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
        return (done.stderr + done.stdout).strip() or ("" if done.returncode == 0 else "failed")


class Listening:
    """A mosquitto_sub that runs, and what it has heard. It tells of its own doings (-d) beside."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.heard: list[str] = []
        assert self._process.stdout
        for line in self._process.stdout:
            self._take(line)
            if line.startswith(("Subscribed", "All subscription requests were denied")):
                break
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._take(line)

    def _take(self, line: str) -> None:
        if not line.startswith(("Client ", "Subscribed", "All subscription")):
            self.heard.append(line.strip())

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


async def test_a_trainee_reaches_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, ben = await room.join("Anna"), await room.join("Ben")
        await until(lambda: anna.classroom._link.up and ben.classroom._link.up)
        at, tool = room.host.topics, Tool(room, anna.id, anna.entrance.password)
        listening = [await tool.hears(topic) for topic in ("#", "$SYS/#", f"{at.root}/#", at.told(ben.id))]
        own = await tool.hears(at.told(anna.id))
        for topic in (
            at.told(ben.id),
            at.told(anna.id),
            at.state(ben.id),
            at.journal(ben.id, "x"),
            at.have(anna.id, "x"),
            at.ask(anna.id),
            at.copy(anna.id, ben.id, "x"),
            at.sound(ben.id),
            at.joined("join-trainee", "x"),
            "elsewhere",
        ):
            assert "not authori" in (await tool.publish(topic, "x")).lower(), topic
        desk = room.host.desk._link
        assert desk.publish(at.told(ben.id), b"for Ben")
        assert desk.publish(at.told(anna.id), b"for Anna")
        await until(lambda: own.heard, "Anna hears what is told to her")
        assert own.heard == [f"{at.told(anna.id)} for Anna"]
        await asyncio.sleep(SETTLE_SECONDS)  # what was told to Ben was told before
        heard = "".join(line for each in listening for line in each.heard)
        assert "Ben" not in heard
        assert ben.id not in heard
        for one in (own, *listening):
            one.end()
        assert not await Tool(room, anna.id, anna.entrance.password).publish(at.state(anna.id), "x")
        for each in (anna, ben):
            await each.close()


async def test_an_observer_only_watches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")
        _, entrance = await seat.take(join_code.read(room.host.codes["observer"]), "Ida", "observer.json")
        tool, at = Tool(room, entrance.user, entrance.password), room.host.topics
        assert "not authori" in (await tool.publish(at.told(anna.id), "x")).lower()
        assert "not authori" in (await tool.publish(at.state(anna.id), "x")).lower()
        hearing = await tool.hears(at.state("+"))
        await until(lambda: anna.id in "".join(hearing.heard), "the trainee's state is seen")
        hearing.end()
        await anna.close()


async def test_wrong_and_expired_codes_and_used_up_seats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch, seats=1) as room:
        good = join_code.read(room.code)
        with pytest.raises(Problem, match="has expired"):
            await seat.take(replace(good, secret="00" * 10), "Eve")
        with pytest.raises(Problem, match="not the class"):
            await seat.take(replace(good, fingerprint=bytes(16)), "Eve")
        anna = await room.join("Anna")
        await until(lambda: "trainee" not in room.host.codes or room.host.desk._seats["join-trainee"] == 0)
        with pytest.raises(Problem, match=r"taken|has expired"):
            await seat.take(good, "Eve")
        room.host.new_codes()
        assert (await room.join("Ben")).id != anna.id
        room.host._expires = 0.0
        last = join_code.read(room.host.codes["trainee"])
        await until(lambda: not room.host.codes)
        with pytest.raises(Problem, match="has expired"):
            await seat.take(last, "Eve")
        assert len(room.host.register.people()) == 2


async def test_a_replayed_request_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        code, at = join_code.read(room.code), room.host.topics
        trust = tls.trusting(room.host.pem)
        for _ in range(2):
            link = Link(Address(code.host, code.port, trust), "join-trainee", code.secret, client_id="the-same")
            link.open()
            await until(lambda link=link: link.up)
            link.publish(at.join("join-trainee", "the-same"), b'{"name":"Eve"}')
            link.publish(at.join("join-trainee", "the-same"), b'{"name":"Eve again"}')
            await until(lambda: room.host.register.people(), "she is let in")
            await asyncio.sleep(0.3)  # once
            await link.close()
        assert list(room.host.register.people().values()) == ["Eve"]


async def test_without_tls_nothing_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")
        assert await Tool(room, anna.id, anna.entrance.password).publish("x", "x", tls=False)
        await anna.close()


def test_who_speaks_no_tls_is_told_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.settimeout(5)
        threading.Thread(target=lambda: server.accept()[0].sendall(b"hello, who is there?\n" * 9), daemon=True).start()
        with pytest.raises(Problem, match=r"does not speak TLS|No class answers"):
            tls.fetch("127.0.0.1", port)


async def test_nonsense_and_floods_harm_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, eve = await room.join("Anna"), await room.join("Eve")
        console = Group(Entrance.read(room.host.folder / "class.json"))
        console.open()
        link, at = eve.classroom._link, room.host.topics
        await until(lambda: len(console.present()) == 2)
        console.start([anna.id], "flatpack-bookcase", 7)
        await until(lambda: anna.call and anna.call.loop)
        for payload in (b"", b"1\n", b"x\n{}\n", b"1\n{}\n", b"1\n{", b"1\n" + b"[" * 5000 + b"\n", b"9\n\xff\xfe\n"):
            link.publish(at.journal(eve.id, "call"), payload)
        link.publish(at.journal(eve.id, "..%2f..%2fetc"), b"1\n{}\n")
        for payload in (b"", b"{}", b"[" * 5000, b'{"name":"' + b"x" * 9_000 + b'","status":"in_call"}', b"\xff"):
            link.publish(at.state(eve.id), payload)
        await until(lambda: any("Eve sent something" in line for line in room.said), "nonsense is told")
        assert not room.host.register.journals(eve.id)

        too_large = b"x" * (MOST_BYTES + 2_000)
        link._client.publish(at.state(eve.id), too_large, qos=0)  # the broker throws out who sends that
        await until(lambda: not link.up, "too large a packet ends the connection")
        await until(lambda: link.up, "and one may come back")

        for number in range(FLOOD_MESSAGES):
            link._client.publish(at.state(eve.id), b"flood", qos=0)
            if number % (FLOOD_PER_SECOND // 100) == 0:
                await asyncio.sleep(0.01)
            if number == FLOOD_MESSAGES // 2:
                assert anna.call
                anna.call.say("Hello, this is Sam, how can I help?")
        await until(lambda: link.refused, "who floods is shown out")
        assert any("Eve sent far more" in line for line in room.said)

        await until(lambda: "this is Sam" in str(console.people[anna.id].view.lines), "the class has gone on meanwhile")
        console.steer(anna.id, "nudge", points=10.0)
        await until(lambda: b'"step":"nudge"' in anna.journal, "and can be steered")
        await room.has_all(anna)
        for up in (anna.classroom._link, room.host.desk._link, console._link):
            assert up.up
        await console.close()
        await anna.close()
        await eve.close()


async def test_nobody_has_the_broker_keep_journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would fill its memory, and stay when their sender has been shown out."""
    async with open_class(tmp_path, monkeypatch) as room:
        eve = await room.join("Eve")
        link, at = eve.classroom._link, room.host.topics
        await until(lambda: link.up)
        for number in range(2 * MOST_MALFORMED):
            link.publish(at.journal(eve.id, f"call-{number}"), b"1\n", retain=number >= MOST_MALFORMED)
        await until(lambda: any("left out" in line for line in room.said), "it is told")
        assert not link.refused  # twenty may be an error
        link.publish(at.journal(eve.id, "call"), b"1\n", retain=True)
        await until(lambda: link.refused, "one more is none")
        assert any("Eve went on" in line for line in room.said)
        await eve.close()


async def test_nonsense_from_who_has_only_a_code_is_no_seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch, seats=2) as room:
        code, at = join_code.read(room.code), room.host.topics
        tool = Tool(room, "join-trainee", code.secret)
        for topic in (at.state("t-00000000"), at.journal("t-00000000", "x"), at.ask("trainer"), at.told("t-00000000")):
            assert "not authori" in (await tool.publish(topic, "x")).lower(), topic
        assert "not authori" in (await tool.publish(at.join("join-trainee", "another"), '{"name":"Eve"}')).lower()
        link = Link(Address(code.host, code.port, tls.trusting(room.host.pem)), "join-trainee", code.secret)
        link.open()
        await until(lambda: link.up)
        for payload in (b"", b"{}", b'{"name":""}', b'{"name":"\\u001b"}', b'{"name":"' + b"x" * 300 + b'"}', b"\xff"):
            link.publish(at.join("join-trainee", link.client_id), payload)
        anna = await room.join("Anna")
        assert list(room.host.register.people().values()) == ["Anna"]
        await link.close()
        await anna.close()
