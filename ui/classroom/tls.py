"""The class's certificate: made on the trainer's machine for a day, and known to the others by its fingerprint."""

import hashlib
import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dialogue.files import finite
from ui import strings
from ui.classroom.code import FINGERPRINT_BYTES
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

VALID_DAYS = 2
CONNECT_SECONDS = 8.0
"""How long a machine in the same building may take to answer."""


def make(host: str, folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for it in `folder`, readable by this user only: their paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Coolhead class")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks in a class room differ
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName([*map(_alternative, ("localhost", "127.0.0.1", host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    paths = folder / "broker.key", folder / "broker.pem"
    for path, content in zip(paths, (private, certificate.public_bytes(serialization.Encoding.PEM)), strict=True):
        write_private(path, content)
    return paths


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def fingerprint(pem: str) -> bytes:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()[:FINGERPRINT_BYTES]


def by_authorities(authority: Path | None) -> ssl.SSLContext:
    """Believes whom the system believes, or that one authority. Raises Problem."""
    try:
        return ssl.create_default_context(cafile=authority and finite(authority))
    except (OSError, ssl.SSLError) as error:
        raise Problem(strings.CLASS_BAD_AUTHORITY.format(path=authority)) from error


def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def fetch(host: str, port: int, trust: ssl.SSLContext | None = None) -> str:
    """The certificate that answers there, as PEM. Without `trust` nothing has been believed yet. Raises Problem."""
    try:
        with (
            socket.create_connection((host, port), CONNECT_SECONDS) as plain,
            (trust or _unchecked()).wrap_socket(plain, server_hostname=host) as secured,
        ):
            der = secured.getpeercert(binary_form=True)
    except ssl.SSLCertVerificationError as error:
        raise Problem(strings.CLASS_NOT_VOUCHED.format(host=host, port=port)) from error
    except ssl.SSLError as error:
        raise Problem(strings.CLASS_NO_TLS.format(host=host, port=port)) from error
    except (OSError, ValueError) as error:  # ValueError: of names that no machine can have
        late = isinstance(error, TimeoutError)
        reason = "no answer" if late else (getattr(error, "strerror", "") or str(error)).lower()
        said = strings.CLASS_NO_BROKER if trust else strings.CLASS_UNREACHABLE  # to the trainer; to who has a code
        raise Problem(said.format(host=host, port=port, reason=reason)) from error
    assert der
    return ssl.DER_cert_to_PEM_cert(der)


def fetch_known(host: str, port: int, expected: bytes) -> str:
    """The certificate with that fingerprint. Raises Problem when another one answers, or when by this machine's clock
    it does not hold."""
    pem = fetch(host, port)
    if fingerprint(pem) != expected:
        raise Problem(strings.CLASS_OTHER_CERTIFICATE.format(host=host, port=port))
    read, now = x509.load_pem_x509_certificate(pem.encode()), datetime.now(UTC)
    if not read.not_valid_before_utc <= now <= read.not_valid_after_utc:
        raise Problem(strings.CLASS_CLOCK.format(now=f"{now.astimezone():%Y-%m-%d %H:%M}"))
    return pem


def trusting(pem: str) -> ssl.SSLContext:
    """Believes this one certificate and no other, whatever the machine's address: the key is the identity. Raises
    Problem for what is none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default one believes everybody's authorities beside ""
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.check_hostname = False
    try:
        context.load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError, TypeError) as error:
        raise Problem(strings.CLASS_BAD_CERTIFICATE) from error
    return context
