"""The join code: the class's address, the fingerprint of its certificate, and the secret to join with.

It is base32 in groups of five, to be read out and typed, and fits into a QR code of 29 by 29 modules.
"""

import base64
import ipaddress
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Literal

from ui import strings
from ui.runtime.problems import Problem

Role = Literal["trainee", "observer"]
ROLES: tuple[Role, ...] = ("trainee", "observer")

VERSION = 1
FINGERPRINT_BYTES = 16
"""The first bytes of the certificate's SHA-256: another certificate with the same ones takes 2^128 tries."""
CLASS_BYTES = 3
SECRET_BYTES = 10
"""80 random bits, which nobody guesses over the network while the code is valid."""
GROUP = 5
_HEAD = struct.Struct(f">BB{FINGERPRINT_BYTES}s{CLASS_BYTES}s{SECRET_BYTES}sH")
_MISREAD = str.maketrans("018", "OIB")
"""base32 has no 0, 1 and 8: whoever types one means the letter."""
IPV4_BYTES = 4
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
"""A host name (RFC 1123), with the underscore that Windows allows."""


@dataclass(frozen=True, slots=True)
class JoinCode:
    host: str
    """A host name, IPv4 or IPv6 address."""
    port: int
    role: Role
    fingerprint: bytes
    class_id: str
    """Six hexadecimal digits."""
    secret: str
    """The password of the account that may only ask to join."""


def write(code: JoinCode) -> str:
    """The code as text."""
    head = _HEAD.pack(
        VERSION,
        ROLES.index(code.role),
        code.fingerprint,
        bytes.fromhex(code.class_id),
        bytes.fromhex(code.secret),
        code.port,
    )
    body = head + _packed(code.host)
    whole = body + struct.pack(">H", zlib.crc32(body) & 0xFFFF)
    letters = base64.b32encode(whole).decode().rstrip("=")
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read(text: str) -> JoinCode:
    """The code from text, in upper or lower case, with any separators. Raises Problem."""
    letters = "".join(char for char in text.upper() if char.isalnum()).translate(_MISREAD)
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
        body, (check,) = whole[:-2], struct.unpack(">H", whole[-2:])
        version, role, fingerprint, class_id, secret, port = _HEAD.unpack(body[: _HEAD.size])
        host = _unpacked(body[_HEAD.size :])
    except (ValueError, struct.error) as error:
        raise Problem(strings.CLASS_CODE_MISTYPED) from error
    if zlib.crc32(body) & 0xFFFF != check:
        raise Problem(strings.CLASS_CODE_MISTYPED)
    if version != VERSION or role >= len(ROLES) or not is_host(host):
        raise Problem(strings.CLASS_CODE_OTHER_VERSION)
    return JoinCode(host, port, ROLES[role], fingerprint, class_id.hex(), secret.hex())


def is_host(text: str) -> bool:
    """Whether `text` is a valid host name or IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(_NAME.fullmatch(text))
    return True


def _packed(host: str) -> bytes:
    try:
        return b"\x04" + ipaddress.IPv4Address(host).packed
    except ValueError:
        return b"\x00" + host.encode()


def _unpacked(packed: bytes) -> str:
    if packed[:1] == b"\x04" and len(packed) == IPV4_BYTES + 1:
        return str(ipaddress.IPv4Address(packed[1:]))
    return packed[1:].decode()
