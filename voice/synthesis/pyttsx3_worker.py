"""The child process in which pyttsx3 lives. Started by file, it imports nothing of Coolhead: espeak-ng (GPL) and its
crashes stay here.

    python pyttsx3_worker.py FOLDER

stdin: one JSON request a line, {"id", "text", "rate_wpm", "espeak": {"voice", "pitch", "range"}, "gender"}. stdout:
for each, a header (4 bytes little-endian length, then JSON: {"id", "bytes"} or {"id", "error"}) and then the bytes of a
whole sound file as the platform writes it (WAV; AIFF on macOS). The first header is {"ready", "driver"} or {"error"}.

What it works round, all measured with pyttsx3 2.99: a second `runAndWait` may hang or return at once (wait for the
finished event and the file, never for the call); property changes are asynchronous in espeak and arrive an utterance
late (Synchronize); chatter on stdout (moved to stderr); the engine belongs to the thread that made it (everything here
is the main thread); no library on Linux without apt (espeakng-loader's, loaded beforehand).
"""

import contextlib
import ctypes
import json
import os
import queue
import signal
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

PIECE = "piece.wav"
POLL_SECONDS = 0.001
EMPTY_AGAIN = 2
WAV_HEADER = 44
"""Bytes in front of the samples."""
STEADY_SECONDS = 0.03
"""A file that has not grown for so long is whole."""
ESPEAK_WORDGAP = 7
"""A parameter of speak_lib.h that pyttsx3 has no name for."""
UNFINISHED_SECONDS = 20.0
"""After which a render counts as failed; the parent is less patient and kills."""


class Renderer:
    """pyttsx3 as text -> sound file. Main thread only."""

    def __init__(self, folder: Path) -> None:
        if sys.platform.startswith("linux"):
            load_espeak()
        import pyttsx3

        self.engine: Any = pyttsx3.init()
        self.driver: str = str(self.engine)
        self.espeak: Any = None
        if self.driver == "espeak":
            from pyttsx3.drivers import _espeak

            self.espeak = _espeak
        self.path = folder / PIECE
        self.finished = False
        self.engine.connect("finished-utterance", self._on_finished)
        self.render("ready")  # the first render is the one that misbehaves

    def _on_finished(self, name: object, completed: bool) -> None:
        self.finished = True

    def configure(self, request: dict[str, Any]) -> None:
        """Voice, rate and (espeak) pitch and range for the next render."""
        if self.espeak is not None:
            wanted = request["espeak"]
            self.engine.setProperty("voice", wanted["voice"])
            self.engine.setProperty("pitch", int(wanted["pitch"]))
            self.espeak.SetParameter(self.espeak.RANGE, int(wanted["range"]), 0)
            self.espeak.SetParameter(ESPEAK_WORDGAP, 4, 0)  # 40 ms between words: better understood
        elif voice := self.platform_voice(request["gender"]):
            self.engine.setProperty("voice", voice)
        self.engine.setProperty("rate", int(request["rate_wpm"]))
        if self.espeak is not None:
            self.espeak.Synchronize()

    def platform_voice(self, gender: str) -> str | None:
        """The first English voice of that gender that Windows or macOS has."""
        for voice in self.engine.getProperty("voices"):
            english = any(str(language).lower().startswith("en") for language in voice.languages or ())
            if english and str(voice.gender or "").lower().removeprefix("voicegender") == gender:
                return str(voice.id)
        return None

    def render(self, text: str) -> bytes:
        """Where espeak gives no sound at all, it is asked again: one in a hundred first renders of a busy machine."""
        sound = self.rendered(text)
        for _ in range(EMPTY_AGAIN):
            if self.espeak is None or len(sound) > WAV_HEADER:
                break
            self.espeak.Synchronize()
            sound = self.rendered(text)
        return sound

    def rendered(self, text: str) -> bytes:
        self.finished = False
        self.path.unlink(missing_ok=True)
        self.engine.save_to_file(text, str(self.path))
        self.engine.runAndWait()
        deadline = time.monotonic() + UNFINISHED_SECONDS
        while not self.is_written():
            if time.monotonic() > deadline:
                raise TimeoutError(f"pyttsx3 did not finish within {UNFINISHED_SECONDS:.0f} s")
            time.sleep(POLL_SECONDS)
        return self.path.read_bytes()

    def is_written(self) -> bool:
        """espeak says so; the others may still be at it when `runAndWait` returns, until the size stays."""
        if not self.path.exists():
            return False
        if self.espeak is not None:
            return self.finished
        size = self.path.stat().st_size
        time.sleep(STEADY_SECONDS)
        return 0 < size == self.path.stat().st_size


def load_espeak() -> None:
    """Let pyttsx3 find libespeak-ng: the system's, else espeakng-loader's. Raises OSError when there is none."""
    try:
        ctypes.CDLL("libespeak-ng.so.1")
        return
    except OSError:
        pass
    try:
        import espeakng_loader
    except ImportError:
        raise OSError("no espeak-ng library") from None
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path())


def answer(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    encoded = json.dumps(header).encode()
    out.write(struct.pack("<I", len(encoded)) + encoded + body)
    out.flush()


def read_requests(requests: "queue.SimpleQueue[str]", folder: Path) -> None:
    """Runs in a daemon thread: when the parent is gone, so are we, even from the middle of a hung render, and the
    folder that it would have removed."""
    for line in sys.stdin:
        requests.put(line)
    with contextlib.suppress(OSError):
        (folder / PIECE).unlink(missing_ok=True)
        folder.rmdir()
    os._exit(0)


def main() -> None:
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    folder = Path(sys.argv[1])
    threading.Thread(target=read_requests, args=(requests, folder), daemon=True).start()
    try:
        renderer = Renderer(folder)
    except Exception as fault:
        answer(out, {"error": f"{type(fault).__name__}: {fault}"})
        return
    answer(out, {"ready": True, "driver": renderer.driver})
    while True:
        request = json.loads(requests.get())
        try:
            renderer.configure(request)
            sound = renderer.render(request["text"])
        except Exception as fault:
            answer(out, {"id": request["id"], "error": f"{type(fault).__name__}: {fault}"})
        else:
            answer(out, {"id": request["id"], "bytes": len(sound)}, sound)


if __name__ == "__main__":
    main()
