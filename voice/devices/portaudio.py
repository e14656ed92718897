"""Opens and closes PortAudio streams, with time limits, and keeps PortAudio's messages off the screen.

PortAudio and ALSA write to file descriptor 2, bypassing Python and garbling the screen. So while a device is opened,
that descriptor is redirected to the null device for the whole process. ALSA's own messages are switched off for good.
"""

import atexit
import contextlib
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeVar

from voice.audio import FRAME_SECONDS
from voice.ports import VoiceProblem
from voice.quiet import descriptor_2_silenced

Direction = Literal["input", "output"]
Wire = Callable[[int, int], Callable[..., None]]
"""(rate in Hz, channels) -> the stream's callback."""
Ended = Callable[[], None]
T = TypeVar("T")

ANSWER_SECONDS = 5.0
"""How long the sound system may take to answer. A frozen sound server never does."""
OUTPUT_LATENCY_SECONDS = 0.06
"""Three blocks. With the two of "low" a busy machine left gaps; each block delays a barge-in by 20 ms."""
CLOSE_SECONDS = 1.0
"""How long a stream may take to close before it is abandoned."""

_lock = threading.RLock()
_unanswered: threading.Thread | None = None
"""A request to PortAudio that has exceeded its time limit: until it returns, no other is made."""
_streams = 0  # open streams, and those that could not be closed
_quiet_alsa: object = None  # keeps the C callback alive

_NAMES = {"input": "microphone", "output": "headphones"}
_MISSING = (
    "PortAudio is missing, so there is no sound: install it (Debian and Ubuntu: sudo apt install libportaudio2; "
    "Fedora: sudo dnf install portaudio), or take the call by keyboard with --text."
)
_FROZEN = "The sound system does not answer: restart it (or the computer), or take the call by keyboard with --text."


@contextlib.contextmanager
def session() -> Iterator[Any]:
    """The sounddevice module with a fresh device list. VoiceProblem when PortAudio is missing or does not answer."""
    with _lock, descriptor_2_silenced():
        yield _within(ANSWER_SECONDS, _fresh_module)


def find(direction: Direction, device: int | str | None) -> None:
    """Check that there is such a device, before anything is loaded for it; VoiceProblem when there is none."""
    with session() as sounddevice:
        _facts(sounddevice, direction, device)


def open_stream(direction: Direction, device: int | str | None, rate: int | None, wire: Wire, ended: Ended) -> Any:
    """Open and start a mono float32 stream of 20 ms blocks at `rate` Hz, or else (or when None) at the device's rate.

    A device that knows no mono is opened in stereo, or else with all its channels. `ended` is called when PortAudio
    itself ends the stream. VoiceProblem in one sentence when nothing works.
    """
    with session() as sounddevice:
        return _within(ANSWER_SECONDS, lambda: _open(sounddevice, direction, device, rate, wire, ended), late=_close)


def close_stream(stream: Any) -> None:
    """Stop and close. A stream that hangs (dead or frozen sound server) is left to a daemon thread.

    Waits for other calls of PortAudio to finish, unless they hang, too. Takes 2 s at most.
    """
    alone = _lock.acquire(timeout=CLOSE_SECONDS)
    try:
        closer = threading.Thread(target=_close, args=(stream,), name="sound closer", daemon=True)
        closer.start()
        closer.join(CLOSE_SECONDS)
        if closer.is_alive():
            _leave_at_exit()
    finally:
        if alone:
            _lock.release()


def _fresh_module() -> Any:
    """sounddevice with a fresh list of devices: PortAudio reads the list only when it is initialised."""
    known = "sounddevice" in sys.modules
    try:
        import sounddevice
    except OSError as problem:
        raise VoiceProblem(_MISSING) from problem
    _silence_alsa()
    if known and _streams == 0:
        with contextlib.suppress(sounddevice.PortAudioError):
            sounddevice._terminate()
        try:
            sounddevice._initialize()
        except sounddevice.PortAudioError as problem:
            raise VoiceProblem(f"The sound system cannot be reached ({problem.args[0]}): restart it.") from problem
    return sounddevice


def _open(
    sounddevice: Any, direction: Direction, device: int | str | None, rate: int | None, wire: Wire, ended: Ended
) -> Any:
    global _streams
    make = sounddevice.RawInputStream if direction == "input" else sounddevice.RawOutputStream
    facts = _facts(sounddevice, direction, device)
    own_rate = int(facts["default_samplerate"])
    trouble: Exception | None = None
    for wanted in dict.fromkeys((rate or own_rate, own_rate)):
        for channels in dict.fromkeys((1, 2, facts[f"max_{direction}_channels"])):
            try:
                stream = make(
                    device=facts["index"],
                    samplerate=wanted,
                    channels=channels,
                    dtype="float32",
                    blocksize=round(wanted * FRAME_SECONDS),
                    latency="low" if direction == "input" else OUTPUT_LATENCY_SECONDS,
                    callback=wire(wanted, channels),
                    finished_callback=ended,
                )
            except sounddevice.PortAudioError as problem:
                trouble = trouble or problem
                continue
            _streams += 1
            try:
                stream.start()
                return stream
            except sounddevice.PortAudioError as problem:
                trouble = trouble or problem
                _close(stream)
    raise VoiceProblem(_refused(direction, facts["name"], trouble)) from trouble


def _facts(sounddevice: Any, direction: Direction, device: int | str | None) -> Any:
    """What PortAudio knows of a device. If several have this exact name, the first is taken: Windows lists a device
    once for each of its sound APIs."""
    try:
        for each in sounddevice.query_devices() if isinstance(device, str) else ():
            if each["name"] == device and each[f"max_{direction}_channels"] > 0:
                return each
        return sounddevice.query_devices(device, kind=direction)
    except (sounddevice.PortAudioError, ValueError) as problem:
        raise VoiceProblem(_no_device(sounddevice, direction, device)) from problem


def _close(stream: Any) -> None:
    global _streams
    _enter_com()
    with contextlib.suppress(Exception):
        stream.abort()  # stop() waits for ever on a suspended device
    with contextlib.suppress(Exception):
        stream.close()
    _streams -= 1


def _no_device(sounddevice: Any, direction: Direction, device: int | str | None) -> str:
    name = _NAMES[direction]
    if device is None:
        there_is_no = "There is no" if direction == "input" else "There are no"
        return f"{there_is_no} {name} on this computer: plug in a headset, or take the call by keyboard with --text."
    there = [each["name"] for each in sounddevice.query_devices() if each[f"max_{direction}_channels"] > 0]
    return f"There is no {name} called {device!r}: choose one of {', '.join(there) or 'none'}."


def _refused(direction: Direction, name: str, problem: Exception | None) -> str:
    code = problem.args[1] if problem and len(problem.args) > 1 else None
    what = f"The {_NAMES[direction]} ({name})"
    match code:
        case -9985:  # paDeviceUnavailable
            return f"{what} is in use by another program: close it and try again."
        case -9997:  # paInvalidSampleRate
            return f"{what} accepts no sample rate we know: choose another device."
        case -9999 | -9993:  # host error, bad device combination: what a dead sound server looks like
            return f"{what} cannot be reached: the sound system is not running."
    reason = str(problem.args[0]) if problem and problem.args else "no reason given"
    return f"{what} cannot be opened: {reason}."


def _within(seconds: float, work: Callable[[], T], late: Callable[[T], None] = lambda result: None) -> T:
    """The result of `work`, or VoiceProblem when it takes longer; a result that comes later goes to `late`.

    The caller holds the lock. PortAudio is not thread-safe: while one call hangs, others are refused at once.
    """
    global _unanswered
    if _unanswered and _unanswered.is_alive():
        raise VoiceProblem(_FROZEN)
    results: list[T] = []
    failures: list[BaseException] = []
    deciding = threading.Lock()
    given_up = False

    def run() -> None:
        _enter_com()
        try:
            result = work()
        except BaseException as failure:
            failures.append(failure)
            return
        with deciding:
            if not given_up:
                results.append(result)
                return
        late(result)

    worker = threading.Thread(target=run, name="sound opener", daemon=True)
    worker.start()
    worker.join(seconds)
    if failures:
        raise failures[0]
    with deciding:
        given_up = not results
    if given_up:
        _unanswered = worker
        _leave_at_exit()
        raise VoiceProblem(_FROZEN)
    return results[0]


def _enter_com() -> None:
    """Windows: WASAPI needs COM in each thread that opens or closes a device (PortAudio issue 250). Not tried there."""
    if sys.platform == "win32":
        ctypes.windll.ole32.CoInitialize(None)


def _leave_at_exit() -> None:
    """Do not wait at exit for a sound system that does not answer."""
    if module := sys.modules.get("sounddevice"):
        atexit.unregister(module._exit_handler)


def _silence_alsa() -> None:
    """Install an ALSA error handler that says nothing (Linux)."""
    global _quiet_alsa
    if _quiet_alsa or not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        # The C type is variadic; a handler may ignore all its arguments.
        handler = ctypes.CFUNCTYPE(None)(lambda: None)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
        _quiet_alsa = handler
