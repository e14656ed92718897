"""A web server on loopback that serves one file, well or badly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What the server does; a test changes it as it likes between requests."""

    content: bytes
    url: str = ""
    ranges: bool = True
    status: int = 200
    """Anything but 200 is refused with it."""
    cuts: list[int] = field(default_factory=list)
    """For each coming request, after how many bytes of its body the connection is cut; then no more cuts."""
    says_length: bool = True
    requests: list[str | None] = field(default_factory=list)
    """The Range header of each request."""


@contextmanager
def serving(content: bytes) -> Iterator[Served]:
    served = Served(content)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            served.requests.append(wanted)
            if served.status != 200:
                self.send_error(served.status)
                return
            first = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted and served.ranges else 0
            if wanted and served.ranges and first >= len(served.content):
                self.send_error(416)
                return
            self.send_response(206 if first else 200)
            if first:
                last = len(served.content) - 1
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(served.content)}")
            body = served.content[first:]
            if served.says_length:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            cut = served.cuts.pop(0) if served.cuts else len(body)
            self.wfile.write(body[:cut])

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/model.zip"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
