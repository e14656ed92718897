"""A connection to the class's broker. The client's thread lives in here: whatever it brings is handed to the loop.

It comes back by itself after a loss. Nothing waits in here for that: what has to arrive is sent again by those who
know what has arrived (`outbox`, the desk's retained answers), and what is late is better not said.
"""

import asyncio
import contextlib
import secrets
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTMessageInfo
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from ui.classroom.protocol import MOST_BYTES

KEEPALIVE_SECONDS = 15
"""A dead network is noticed, on both sides, after one and a half times this."""
RETRY_FROM_SECONDS, RETRY_TO_SECONDS = 1, 8
REVIVE_SECONDS = 2.0
"""How often to see that the client's thread lives. What reconnecting raises, other than an OSError, ends it for good:
walking its queue while the loop publishes does (paho-mqtt 2.1, `Client.reconnect`)."""
GOODBYE_SECONDS = 3.0
"""How long leaving waits until the broker has what was published last."""
INFLIGHT_MESSAGES = 100
QUEUE_MESSAGES = 2_000
FRESH_SECONDS = 10
"""After which an order that has not reached its trainee is void: a curveball a minute late is another one."""
NOT_AUTHORISED = ("Not authorized", "Bad user name or password", "Banned")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the broker is, and whom it must be able to prove to be."""

    host: str
    port: int
    trust: ssl.SSLContext


@dataclass(frozen=True, slots=True)
class Message:
    topic: str
    payload: bytes
    retained: bool
    """It was lying there before this client came."""


class Link:
    """All of it is called on the loop; `on_message`, `on_up` and `on_down` are called there too."""

    def __init__(self, address: Address, user: str, password: str, *, client_id: str = "") -> None:
        self.user = user
        self.client_id = client_id or f"{user}-{secrets.token_hex(8)}"
        self.up = False
        self.refused = False
        """The broker does not know this account (any more): it will not come back by itself."""
        self.down = False
        """There is no connection: it was lost, or the first attempt has failed."""
        self.on_message: Callable[[Message], None] = lambda message: None
        self.on_up: Callable[[], None] = lambda: None
        self.on_down: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._newest: MQTTMessageInfo | None = None
        self._address = address
        client = Client(CallbackAPIVersion.VERSION2, self.client_id, protocol=MQTTProtocolVersion.MQTTv5)
        client.username_pw_set(user, password)
        client.tls_set_context(address.trust)
        client.tls_insecure_set(not address.trust.check_hostname)
        client.reconnect_delay_set(RETRY_FROM_SECONDS, RETRY_TO_SECONDS)
        client.max_inflight_messages_set(INFLIGHT_MESSAGES)
        client.max_queued_messages_set(QUEUE_MESSAGES)
        client.on_connect = self._connected
        client.on_connect_fail = lambda *_: self._on_loop(self._gone)
        client.on_disconnect = self._disconnected
        client.on_message = self._arrived
        client.on_socket_open = _send_at_once
        self._client = client

    def will(self, topic: str, payload: bytes) -> None:
        """What the broker says, retained, when this client vanishes. Before `open`."""
        self._client.will_set(topic, payload, qos=1, retain=True)

    def open(self) -> None:
        """Begin to connect, and go on trying; on the running loop."""
        self._loop = asyncio.get_running_loop()
        limit = _properties(PacketTypes.CONNECT, MaximumPacketSize=MOST_BYTES * 2)
        self._client.connect_async(
            self._address.host, self._address.port, KEEPALIVE_SECONDS, clean_start=True, properties=limit
        )
        self._client.loop_start()
        self._loop.call_later(REVIVE_SECONDS, self._revive)

    async def close(self) -> None:
        """Say goodbye: there will be no last will. What was just published still goes out."""
        self._loop, loop = None, self._loop
        self.up = False
        if loop:
            await asyncio.to_thread(self._end)

    def _end(self) -> None:
        # The client closes its socket with the goodbye. If an answer of the broker's lies there unread, the system
        # resets the connection, and the broker may lose what it has not read yet: that this was no accident.
        if self._newest:
            with contextlib.suppress(ValueError, RuntimeError):  # there was no connection to publish it on
                self._newest.wait_for_publish(GOODBYE_SECONDS)
        self._client.disconnect()
        self._client.loop_stop()

    def subscribe(self, *topics: str, as_published: bool = False) -> None:
        """With QoS 1. To be done again in each `on_up`: no session is kept by the broker. `as_published`: a message's
        `retained` says that its sender wanted it kept, also when it is new."""
        if self.up:
            options = SubscribeOptions(qos=1, retainAsPublished=as_published)
            self._client.subscribe([(topic, options) for topic in topics])

    def unsubscribe(self, topic: str) -> None:
        if self.up:
            self._client.unsubscribe(topic)

    def stream(self, topic: str, payload: bytes) -> None:
        """With QoS 0: what is lost is lost."""
        if self.up:
            self._client.publish(topic, payload, qos=0)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False, fresh_seconds: int | None = None) -> bool:
        """With QoS 1; whether there was a connection to send it on. `fresh_seconds`: after which nobody wants it. That
        goes with QoS 0, for the client sends anything else again when the connection is back, however late."""
        if not self.up:
            return False
        qos, properties = 1, None
        if fresh_seconds is not None:
            qos, properties = 0, _properties(PacketTypes.PUBLISH, MessageExpiryInterval=fresh_seconds)
        self._newest = self._client.publish(topic, payload, qos=qos, retain=retain, properties=properties)
        return self._newest.rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    # --- the client's thread ------------------------------------------------------------------------------------------

    def _on_loop(self, work: Callable[..., None], *given: object) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed a moment ago
                loop.call_soon_threadsafe(work, *given)

    def _connected(
        self, client: Client, data: Any, flags: ConnectFlags, reason: ReasonCode, properties: Properties | None
    ) -> None:
        if reason.is_failure:
            self._on_loop(self._gone, str(reason) in NOT_AUTHORISED)
        else:
            self._on_loop(self._came)

    def _disconnected(
        self, client: Client, data: Any, flags: DisconnectFlags, reason: ReasonCode, properties: Properties | None
    ) -> None:
        self._on_loop(self._gone, str(reason) in NOT_AUTHORISED)

    def _arrived(self, client: Client, data: Any, message: MQTTMessage) -> None:
        with contextlib.suppress(UnicodeDecodeError):  # it is no topic of ours; raised here it would end the thread
            self._on_loop(self._take, Message(message.topic, bytes(message.payload), message.retain))

    # --- the loop -----------------------------------------------------------------------------------------------------

    def _came(self) -> None:
        if self._loop:
            self.up, self.refused, self.down = True, False, False
            self.on_up()

    def _gone(self, refused: bool = False) -> None:
        news = not self.down or (refused and not self.refused)
        self.up, self.refused, self.down = False, self.refused or refused, True
        if self._loop and news:
            self.on_down()

    def _revive(self) -> None:
        """Start the client's thread again if it has died; a living one refuses."""
        if self._loop:
            self._loop.call_later(REVIVE_SECONDS, self._revive)
            if self._client.loop_start() == MQTTErrorCode.MQTT_ERR_SUCCESS:
                self._gone()

    def _take(self, message: Message) -> None:
        if self._loop:
            self.on_message(message)


def _send_at_once(client: Client, data: Any, opened: Any) -> None:
    """Small packets do not wait for the answer to the one before: that would cost 40 ms (Nagle)."""
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _properties(packet: int, **values: int) -> Properties:
    made = Properties(packet)  # type: ignore[no-untyped-call]
    for name, value in values.items():
        setattr(made, name, value)
    return made
