"""Sends statements to a learning record store (xAPI 1.0.3, part 3), when the user asks.

A statement always has the same id and a store never changes one that it has (2.1.2), so that sending again is safe.
"""

import base64
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from dialogue.files import finite
from ui.runtime.problems import Problem

VERSION = "1.0.3"
"""Of the xAPI specification, for the header of each request (3.3)."""
BATCH = 50
"""Statements in one request: some stores refuse a few hundred kilobytes (413)."""
TIMEOUT_SECONDS = 20.0
TRIES = 4
PAUSE_SECONDS = 1.0
"""Before the second try; doubled before each further one."""
LONGEST_PAUSE_SECONDS = 30.0
AGAIN = frozenset({429, 500, 502, 503, 504})
"""Statuses that pass by themselves (3.2)."""
CONFLICT = 409
"""The store has another statement with that id."""
MOST_BYTES = 1_000_000
"""Read of an answer, which holds the statements' ids."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
KEY, SECRET = "COOLHEAD_LRS_KEY", "COOLHEAD_LRS_SECRET"
Statement = dict[str, object]


@dataclass(frozen=True, slots=True)
class Credentials:
    """For HTTP Basic authentication (RFC 7617)."""

    key: str
    secret: str


def credentials(file: Path | None) -> Credentials:
    """From the file (one line, KEY:SECRET), else from the environment. Raises Problem when there are none."""
    if file is None:
        key, secret = os.environ.get(KEY, ""), os.environ.get(SECRET, "")
        where = f"the environment ({KEY} and {SECRET})"
    else:
        try:
            key, _, secret = finite(file).read_text(encoding="utf-8").strip().partition(":")
        except (OSError, UnicodeDecodeError) as error:
            raise Problem(f"The credentials cannot be read from {file}: it holds one line, KEY:SECRET.") from error
        where = str(file)
    if not (key and secret):
        raise Problem(f"There is no key and secret of the record store in {where}; ask whoever runs it.")
    return Credentials(key, secret)


class RecordStore:
    """One store at its xAPI endpoint, the address that ends before `/statements`."""

    def __init__(self, endpoint: str, who: Credentials, wait: Callable[[float], None] = time.sleep) -> None:
        """Raises Problem for an address that credentials must not be sent to."""
        scheme, self._host = _read(endpoint)
        if scheme == "http" and self._host not in HERE:
            raise Problem(f"{endpoint} would send your key unprotected: use an address that begins with https.")
        self._address = endpoint.rstrip("/").removesuffix("/statements") + "/statements"
        self._basic = base64.b64encode(f"{who.key}:{who.secret}".encode(errors="replace")).decode()
        self._wait = wait

    def send(self, statements: Sequence[Statement]) -> tuple[int, int]:
        """How many statements the store took, and of how many it keeps another version. Raises Problem when it refuses
        them or cannot be reached; what it took until then stays there, and sending all again is safe."""
        kept = 0
        for first in range(0, len(statements), BATCH):
            batch = statements[first : first + BATCH]
            if self._post(batch) != CONFLICT:
                continue
            kept += sum(self._post([one]) == CONFLICT for one in batch)  # one conflict refuses the whole batch
        return len(statements) - kept, kept

    def _post(self, batch: Sequence[Statement]) -> int:
        """The status: 2xx or CONFLICT. Raises Problem for any other."""
        for attempt in range(1, TRIES + 1):
            pause = PAUSE_SECONDS * 2.0 ** (attempt - 1)
            try:
                return self._request(batch)
            except urllib.error.HTTPError as answer:
                with answer:
                    if answer.code == CONFLICT:
                        return CONFLICT
                    if answer.code not in AGAIN or attempt == TRIES:
                        self._refused(answer)
                    pause = max(pause, _seconds(answer.headers.get("Retry-After")))
            except (OSError, HTTPException) as fault:
                if attempt == TRIES:
                    reason = getattr(fault, "reason", None) or fault
                    raise Problem(f"The record store at {self._host} cannot be reached: {reason}.") from fault
            self._wait(min(pause, LONGEST_PAUSE_SECONDS))
        raise AssertionError("the last try returns or raises")

    def _request(self, batch: Sequence[Statement]) -> int:
        headers = {
            "Authorization": f"Basic {self._basic}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": VERSION,
        }
        body = json.dumps(batch, ensure_ascii=False).encode()
        request = urllib.request.Request(self._address, body, headers, method="POST")
        with _STRAIGHT.open(request, timeout=TIMEOUT_SECONDS) as answer:
            status: int = answer.status
            answer.read(MOST_BYTES)
            return status

    def _refused(self, answer: urllib.error.HTTPError) -> NoReturn:
        said = " ".join(answer.read(400).decode("utf-8", "replace").split())[:200]
        match answer.code:
            case 401 | 403:
                why = "it does not accept the key and secret"
            case 404:
                why = "there is no xAPI at this address; its endpoint often ends in /xapi or /data/xAPI"
            case 301 | 302 | 303 | 307 | 308:
                why = f"it is at {answer.headers.get('Location', 'another address')} now; give that with --to"
            case code:
                why = f"it answers {code} {answer.reason}{': ' + said if said else ''}"
        raise Problem(f"The record store at {self._host} has not taken the statements: {why}.")


def _read(endpoint: str) -> tuple[str, str]:
    """Scheme and host. Raises Problem for anything but an http or https address in ASCII (RFC 3986)."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        host.encode("idna")
        if host and parts.scheme in ("http", "https") and parts.port != 0 and re.fullmatch(r"[!-~]+", endpoint):
            return parts.scheme, host
    except ValueError:  # an invalid port, IPv6 address or name
        pass
    raise Problem(f"{endpoint} is no address of a record store: give one like https://lrs.example.com/xapi.")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Never send the credentials to another address than the user's."""

    def redirect_request(self, *given: object, **named: object) -> None:
        return None


_STRAIGHT = urllib.request.build_opener(_NoRedirect)


def _seconds(retry_after: str | None) -> float:
    """A Retry-After header in seconds; 0 without one, or for a date."""
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0
