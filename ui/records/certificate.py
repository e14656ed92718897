"""Certificates: the result of a call in test mode, signed with Ed25519 (RFC 8032), verified offline.

A certificate is one line of canonical JSON that includes the public key and the signature, so that any change shows.
Whose key it is has to be known from elsewhere: whoever verifies a certificate compares the key's fingerprint.
"""

import base64
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogue.files import finite
from dialogue.printable import cleaned
from ui.records.archive import calls_folder
from ui.runtime.problems import Problem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "coolhead-certificate-1"
OWN_KEY = "own.key"
SHOWN = frozenset({"name", "date", "title", "seed", "outcome", "score", "attested"})
"""The facts in every certificate."""
FINGERPRINT_BYTES = 10
"""80 bits: nobody finds a second key with the same fingerprint."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A genuine certificate."""

    facts: dict[str, str]
    """Printable text."""
    fingerprint: str


def own_key() -> Path:
    """The user's own key, for self-study; made when it is first needed."""
    path = calls_folder().parent / OWN_KEY
    return path if path.exists() else new_key(path)


def new_key(path: Path) -> Path:
    """Write a new private key, readable by this user only. Raises Problem when the file exists."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Problem(f"{path} is there already: a key is never overwritten, choose another name.") from None
    except OSError as error:
        raise Problem(f"The key cannot be written to {path}: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
    except OSError as error:
        path.unlink()  # half a key would block the next try
        raise Problem(f"The key cannot be written to {path}: {error.strerror}.") from error
    return path


def signed(facts: dict[str, Any], key: Path) -> str:
    """The certificate of these facts. Raises Problem when the key cannot be used."""
    private = _private(key)
    public = private.public_key().public_bytes_raw()
    body = {"format": FORMAT, "facts": facts, "key": base64.b64encode(public).decode()}
    signature = private.sign(_canonical(body).encode())
    return _canonical({**body, "signature": base64.b64encode(signature).decode()}) + "\n"


def checked(text: str) -> Checked | None:
    """The certificate's content; None when `text` is not one of ours or was changed after it was signed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        whole = json.loads(text)
        if text != _canonical(whole) + "\n" or whole["format"] != FORMAT:
            return None
        body = {name: value for name, value in whole.items() if name != "signature"}
        signature, public = _bytes(whole["signature"]), _bytes(whole["key"])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _canonical(body).encode())
        facts = {name: cleaned(str(fact)) for name, fact in whole["facts"].items()}
        return Checked(facts, _fingerprint(public)) if facts.keys() >= SHOWN else None
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def fingerprint(key: Path) -> str:
    """The fingerprint of a key, to be published apart from the certificates. Raises Problem."""
    return _fingerprint(_private(key).public_key().public_bytes_raw())


def _private(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key: object = load_pem_private_key(finite(path).read_bytes(), password=None)
    except OSError as error:
        raise Problem(f"The key {path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Problem(f"{path} is no key that Coolhead made: make one with `coolhead certificate key FILE`.")
    return key


def _fingerprint(public: bytes) -> str:
    digest = sha256(public).hexdigest()[: 2 * FINGERPRINT_BYTES]
    return "-".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _bytes(text: str) -> bytes:
    """Decode canonical base64 only: otherwise unused bits in the last letter could be changed unnoticed."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not in canonical form")
    return data
