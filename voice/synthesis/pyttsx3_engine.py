"""The voice that is always there: pyttsx3, at arm's length in a child process that may hang or die without harm."""

import contextlib
import io
import json
import queue
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from voice.audio import AudioClip
from voice.ports import VoiceProblem
from voice.synthesis.delivery import Shape
from voice.synthesis.espeak_spelling import readable
from voice.synthesis.voices import Voice

WORKER = Path(__file__).with_name("pyttsx3_worker.py")
START_SECONDS = (4.0, 20.0)
"""By attempt; the last is for a cold start on a slow disk, 0.2 s is usual."""
RESTART_SECONDS = (1.2, 1.2, 10.0)
"""In a call, where everything has been loaded before, by attempt."""
RENDER_SECONDS = (1.5, 1.5, 8.0)
"""For one piece of text, by attempt; 0.03 s is usual. The first are short: somebody waits, a new child takes 0.2 s, and
one attempt may be lost to a child that is dead already."""
CALM_WPM, MOST_WPM = 137, 168
"""At anger 0 for a voice of tempo 1; and the fastest at which espeak-ng is still understood. Of 986 words of a furious
woman 12.4 % are misheard so, and 15.7 % at 183 with gaps of 10 ms between words instead of 40."""

INSTALL_ESPEAK = (
    "pyttsx3 needs espeak-ng, which is not on this machine: install it with `sudo apt install libespeak-ng1`, "
    "or Coolhead's extra with `.tools/bin/uv sync --inexact --extra espeak`."
)


class _Silent(Exception):
    """The child did not answer in time, or is gone; the reason is the message."""


@dataclass
class _Child:
    """One worker process, with a thread that reads its answers (select cannot wait for a pipe on Windows)."""

    process: "subprocess.Popen[bytes]"
    answers: "queue.SimpleQueue[tuple[dict[str, Any], bytes] | None]"
    reader: threading.Thread
    driver: str = ""

    def end(self) -> None:
        """Kill it, and wait until it and its reader are gone. Its pipes are closed."""
        self.process.kill()
        self.process.wait()
        self.reader.join(timeout=2.0)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Pyttsx3Engine:
    """Text and Shape to raw sound. Calls from several threads take turns."""

    name = "pyttsx3"

    def __init__(self, voice: Voice) -> None:
        """Starts the child. Raises VoiceProblem, saying what to install, when pyttsx3 or espeak-ng is missing."""
        self._voice = voice
        self._turn = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="coolhead-voice-", ignore_cleanup_errors=True)
        self._child: _Child | None = None
        self._closed = False
        self._requests = 0
        trouble = ""
        with self._turn:
            for seconds in START_SECONDS:
                try:
                    self._living(seconds)
                    return
                except _Silent as silence:
                    trouble = str(silence)
                    self._end_child()
                except VoiceProblem:
                    self._folder.cleanup()
                    raise
        self._folder.cleanup()
        raise VoiceProblem(f"The pyttsx3 voice did not start: {trouble}.")

    @property
    def pid(self) -> int | None:
        """Of the child process; None when none is running."""
        child = self._child
        return child.process.pid if child and child.process.poll() is None else None

    def warm_up(self) -> None:
        """Nothing: the child primes itself when it starts."""

    def speak(self, text: str, manner: Shape) -> AudioClip:
        """Raw sound, untrimmed. A child that hangs or dies is replaced and asked again, twice, then VoiceProblem."""
        text = "".join(character if character.isprintable() else " " for character in text).strip()
        if not any(character.isalnum() for character in text):
            return AudioClip(np.zeros(0, np.float32), 22_050)
        with self._turn:
            trouble = ""
            for start_seconds, seconds in zip(RESTART_SECONDS, RENDER_SECONDS, strict=True):
                if self._closed:
                    break
                try:
                    return self._render(self._living(start_seconds), text, manner, seconds)
                except _Silent as silence:
                    trouble = str(silence)
                    self._end_child()
        raise VoiceProblem(f"The pyttsx3 voice failed: {trouble or 'it has been closed'}.")

    def close(self) -> None:
        """Ends the child, in the middle of a render if need be. May be called twice."""
        self._closed = True
        child = self._child
        if child is not None:
            child.process.kill()  # wakes a render that is under way in another thread
        with self._turn:
            self._end_child()
            self._folder.cleanup()

    def _render(self, child: _Child, text: str, manner: Shape, seconds: float) -> AudioClip:
        self._requests += 1
        shifts = child.driver != "espeak"  # Windows and macOS voices have no pitch control
        stretch = 2.0 ** (manner.lift_semitones / 12.0) if shifts else 1.0
        request = {
            "id": self._requests,
            "text": readable(text) if child.driver == "espeak" else text,
            "rate_wpm": min(round(CALM_WPM * manner.tempo / stretch), MOST_WPM),
            "espeak": {
                "voice": self._voice.espeak,
                "pitch": _clip(min(self._voice.espeak_pitch + 5.5 * manner.lift_semitones, self._voice.espeak_most)),
                "range": _clip(50 * (1.0 + (manner.pitch_range - 1.0) / 2.0)),  # wider, espeak sings
            },
            "gender": self._voice.gender,
        }
        try:
            stdin = child.process.stdin
            assert stdin is not None
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        except OSError:
            raise _Silent("its process ended") from None
        header, sound = self._answer(child, seconds)
        if header.get("id") != self._requests:
            raise _Silent("it answered another question")
        if "error" in header:
            raise _Silent(str(header["error"]))
        clip = _decode(sound)
        return _pitched(clip, stretch) if shifts else clip

    def _living(self, seconds: float) -> _Child:
        """The child, started anew within so many seconds when there is none. Holds the turn."""
        if self._child is not None and self._child.process.poll() is None:
            return self._child
        self._end_child()
        process = subprocess.Popen(
            [sys.executable, "-P", str(WORKER), self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answers: queue.SimpleQueue[tuple[dict[str, Any], bytes] | None] = queue.SimpleQueue()
        reader = threading.Thread(
            target=_read_answers, args=(process.stdout, answers), name="pyttsx3 answers", daemon=True
        )
        reader.start()
        child = self._child = _Child(process, answers, reader)
        header, _ = self._answer(child, seconds)
        if "error" in header:
            self._end_child()
            fault = str(header["error"])
            missing = sys.platform.startswith("linux") and ("espeak" in fault.lower() or fault.startswith("OSError"))
            raise VoiceProblem(INSTALL_ESPEAK if missing else f"The pyttsx3 voice cannot be loaded ({fault}).")
        child.driver = str(header["driver"])
        return child

    def _answer(self, child: _Child, seconds: float) -> tuple[dict[str, Any], bytes]:
        try:
            answer = child.answers.get(timeout=seconds)
        except queue.Empty:
            raise _Silent(f"no answer within {seconds:g} s") from None
        if answer is None:
            raise _Silent("its process ended")
        return answer

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _read_answers(stdout: BinaryIO, answers: "queue.SimpleQueue[tuple[dict[str, Any], bytes] | None]") -> None:
    """Everything the child says, then None."""
    try:
        while len(size := stdout.read(4)) == 4:
            header = json.loads(stdout.read(struct.unpack("<I", size)[0]))
            wanted = int(header.get("bytes", 0))
            sound = stdout.read(wanted)
            if len(sound) < wanted:
                break
            answers.put((header, sound))
    except (OSError, ValueError):
        pass
    answers.put(None)


def _decode(sound: bytes) -> AudioClip:
    """A whole WAV or AIFF file as a clip."""
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(sound), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as fault:
        raise _Silent(f"it wrote no sound that can be read ({fault})") from None
    return AudioClip(np.ascontiguousarray(samples.mean(axis=1), np.float32), int(rate))


def _pitched(clip: AudioClip, factor: float) -> AudioClip:
    """The clip `factor` times as high, and as fast: rendered that much slower beforehand, its tempo comes out right."""
    if factor == 1.0 or len(clip.samples) == 0:
        return clip
    import soxr

    return AudioClip(soxr.resample(clip.samples, clip.rate * factor, clip.rate).astype(np.float32), clip.rate)


def _clip(value: float) -> int:
    """To espeak-ng's scale, 0..99."""
    return int(min(max(value, 0.0), 99.0))
