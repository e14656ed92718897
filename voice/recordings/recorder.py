"""Keeps the sound of a call when asked to: one file for each turn and each line as it was heard (FLAC, 16 kHz).

Ear and mouth hand in what they have heard or played; it is kept if it gets into the journal, and forgotten otherwise.
"""

import contextlib
import io
import os
import queue
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from dialogue.events import Event, PlaybackFinished, Utterance
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.devices.resampling import resample

CLOSE_SECONDS = 10.0
"""How long `close` waits for what is still to be written."""
SAME_SECONDS = 0.05
"""Two readings of the call clock for one sample may differ by less."""


def turn_name(t: float) -> str:
    """The file of the trainee's turn that the journal has at `t`, s."""
    return f"you-{t:09.3f}.flac"


def line_name(reply: int) -> str:
    """The file of the customer's line with that id."""
    return f"customer-{reply:04d}.flac"


class Recorder:
    """A sink of the call. `turn` and `line` may be called from any thread and only remember the sound; a separate
    thread writes it. The first file that cannot be written ends the recording: what room is left is the journal's.
    """

    def __init__(self) -> None:
        """Nothing is kept before `open`."""
        self._turns: deque[tuple[float, Samples]] = deque()
        self._lines: dict[int, AudioClip] = {}
        self._kept: queue.SimpleQueue[tuple[Path, AudioClip] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._folder = Path()
        self._on_trouble: Callable[[str], None] = lambda sentence: None

    def open(self, folder: Path, on_trouble: Callable[[str], None]) -> None:
        """Keep everything from now on in `folder`, which is made when it is needed. `on_trouble` is told one sentence,
        once, in the recorder's thread."""
        self._folder, self._on_trouble = folder, on_trouble
        self._thread = threading.Thread(target=self._write_all, name="recorder", daemon=True)
        self._thread.start()

    def turn(self, start: float, samples: Samples) -> None:
        """What the trainee said from `start` on, s on the call clock, at 16 kHz; muted parts are silent."""
        self._turns.append((start, samples))

    def line(self, reply: int, clip: AudioClip) -> None:
        """What was heard of the customer's line; a line with the same id replaces the first."""
        self._lines[reply] = clip

    def __call__(self, event: Event) -> None:
        match event:
            case Utterance(source="voice"):
                heard = []
                while self._turns and self._turns[0][0] <= event.end:
                    start, samples = self._turns.popleft()
                    if start >= event.start - SAME_SECONDS:
                        heard.append(samples)
                if heard and event.text:  # a cough, or somebody else's voice, is nobody's turn
                    self._keep(turn_name(event.t), AudioClip(np.concatenate(heard), SAMPLE_RATE))
            case PlaybackFinished(reply=reply):
                if (clip := self._lines.pop(reply, None)) and len(clip.samples):
                    self._keep(line_name(reply), clip)
            case _:
                pass

    def close(self) -> None:
        """Wait until everything is written, CLOSE_SECONDS at most."""
        self._kept.put(None)
        if self._thread:
            self._thread.join(CLOSE_SECONDS)

    def _keep(self, name: str, clip: AudioClip) -> None:
        if self._thread and self._thread.is_alive():
            self._kept.put((self._folder / name, clip))

    def _write_all(self) -> None:
        while kept := self._kept.get():
            path, clip = kept
            try:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                _write(path, clip)
            except Exception as fault:  # whatever a codec or a disk raises, the call goes on
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                reason = fault.strerror if isinstance(fault, OSError) else f"{type(fault).__name__}: {fault}"
                self._on_trouble(
                    f"The sound is not recorded any more: {self._folder} cannot be written ({reason}). The call goes "
                    "on, and its journal is kept."
                )
                return


def _write(path: Path, clip: AudioClip) -> None:
    """Readable by this user only. Raises OSError."""
    import soundfile

    encoded = io.BytesIO()
    soundfile.write(encoded, resample(clip.samples, clip.rate, SAMPLE_RATE), SAMPLE_RATE, "PCM_16", format="FLAC")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(encoded.getbuffer())
