"""An order into a network that has died: it does not come when the network is back."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ui.classroom.room import open_class, until
from ui.classroom import tls
from ui.classroom.link import FRESH_SECONDS, Address, Link
from ui.classroom.protocol import TRAINER
from ui.classroom.register import Entrance

pytestmark = pytest.mark.real


class Cable:
    """Between a client and the broker: pulled, nothing passes and nobody is told, until it is cut."""

    def __init__(self, port: int) -> None:
        self._to, self.pulled = port, False
        self._writers: list[asyncio.StreamWriter] = []

    async def lay(self) -> int:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        self.pulled = False
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, thither = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers += [writer, thither]
        await asyncio.gather(self._pass(reader, thither), self._pass(there, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if not self.pulled:
                    writer.write(data)
        writer.close()

    def close(self) -> None:
        self.cut()
        self._server.close()


async def test_what_was_said_into_a_dead_network_is_not_said_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        entrance = Entrance.read(room.host.folder / "class.json")
        cable, trust = Cable(entrance.port), tls.trusting(entrance.certificate)
        link = Link(Address("127.0.0.1", await cable.lay(), trust), TRAINER, entrance.password)
        heard: list[bytes] = []
        desk, topic = room.host.desk._link, room.host.topics.told("t-00000000")
        desk.on_message = lambda message: heard.append(message.payload)
        desk.subscribe(topic)
        link.open()
        await until(lambda: link.up)
        assert link.publish(topic, b"before", fresh_seconds=FRESH_SECONDS)
        await until(lambda: heard == [b"before"])
        cable.pulled = True
        assert link.publish(topic, b"lost", fresh_seconds=FRESH_SECONDS)  # nobody knows yet
        await asyncio.sleep(0.3)
        cable.cut()
        await until(lambda: not link.up, "the loss is noticed")
        await until(lambda: link.up, "it comes back")
        assert link.publish(topic, b"after", fresh_seconds=FRESH_SECONDS)
        await until(lambda: b"after" in heard)
        assert heard == [b"before", b"after"]
        await link.close()
        cable.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_client_whose_thread_dies_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when its queue grows while it is walked in reconnecting: no OSError, so the client gives up for good."""
    async with open_class(tmp_path, monkeypatch) as room:
        entrance = Entrance.read(room.host.folder / "class.json")
        cable, trust = Cable(entrance.port), tls.trusting(entrance.certificate)
        link = Link(Address("127.0.0.1", await cable.lay(), trust), TRAINER, entrance.password)
        gone: list[bool] = []
        link.on_down = lambda: gone.append(True)
        link.open()
        await until(lambda: link.up)
        fails = iter([True])

        def breaks(*_: object) -> None:
            if next(fails, False):
                raise RuntimeError("deque mutated during iteration")

        link._client.on_pre_connect = breaks
        cable.cut()
        await until(lambda: gone and link.up, "it is back")
        await link.close()
        cable.close()
