"""A headset made of software: real PulseAudio devices on a machine without a sound card.

`headset.say(samples)` is the trainee speaking into the microphone, `headset.hear(seconds)` what the headphones play.
Both go through a PulseAudio server of our own, in a folder of its own; nothing of the user's sound system is touched.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from voice.audio import Samples

RATE = 48_000
"""Hz, of both devices."""
NEEDS = ("pulseaudio", "pactl", "paplay", "parec")
"""Debian: pulseaudio pulseaudio-utils libasound2-plugins libportaudio2."""

# norewinds=1: without it the starts of sounds are lost and callbacks stall for most of a second.
_SCRIPT = """
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=trainee rate=48000 channels=1 format=s16le norewinds=1
load-module module-null-sink sink_name=headset_out rate=48000 channels=1 format=s16le norewinds=1
load-module module-remap-source source_name=headset_mic master=trainee.monitor rate=48000 channels=1
set-default-sink headset_out
set-default-source headset_mic
"""


def missing() -> str:
    """Why there can be no virtual headset here, or ""."""
    for program in NEEDS:
        if not shutil.which(program):
            return f"{program} is missing (apt install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2)"
    if not list(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA's PulseAudio plugin is missing (apt install libasound2-plugins)"
    return ""


class VirtualHeadset:
    """Running from construction to `close`. `environment` is what a process needs to find it."""

    def __init__(self, folder: Path) -> None:
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        socket = folder / "pulse.sock"
        (folder / "headset.pa").write_text(_SCRIPT.format(socket=socket))
        (folder / "asound.conf").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self.environment = {
            "PULSE_SERVER": f"unix:{socket}",
            "XDG_RUNTIME_DIR": str(runtime),
            "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{folder / 'asound.conf'}",
        }
        self._env = os.environ | self.environment
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Start the sound server (again), and wait until the headset is there."""
        (self._folder / "pulse.sock").unlink(missing_ok=True)
        options = "-n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disable-shm=yes --realtime=no"
        runtime = self.environment["XDG_RUNTIME_DIR"]
        with (self._folder / "pulse.log").open("ab") as log:
            self._server = subprocess.Popen(
                ["pulseaudio", *options.split(), "--high-priority=no", "-F", str(self._folder / "headset.pa")],
                env=os.environ | {"XDG_RUNTIME_DIR": runtime, "HOME": str(self._folder), "PULSE_SERVER": ""},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._await()

    def say(self, samples: Samples, rate: int) -> subprocess.Popen[bytes]:
        """Speak into the microphone; returns at once."""
        import soundfile

        path = self._folder / f"said-{time.monotonic_ns()}.wav"
        soundfile.write(path, samples, rate, subtype="PCM_16")
        return subprocess.Popen(["paplay", "--device=trainee", str(path)], env=self._env)

    def listen(self) -> "Listening":
        """Begin to record what the headphones play."""
        return Listening(self._env)

    def kill(self) -> None:
        """The sound server dies."""
        self._server.kill()
        self._server.wait()

    def freeze(self) -> None:
        """The sound server answers nothing any more."""
        self._server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._server.send_signal(signal.SIGCONT)

    def control(self, *command: str) -> str:
        """What `pactl` answers to a command."""
        return subprocess.run(["pactl", *command], env=self._env, capture_output=True, text=True, check=True).stdout

    def unplug(self) -> None:
        """Both devices go; the server stays."""
        for module in ("module-remap-source", "module-null-sink"):
            self.control("unload-module", module)

    def plug_in(self) -> None:
        """Both devices come back."""
        self._load(_SCRIPT.splitlines()[2:])

    def plug_in_microphone(self) -> None:
        """The microphone comes back."""
        self._load(line for line in _SCRIPT.splitlines() if "headset_mic" in line)

    def _load(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.control(*line.split())

    def close(self) -> None:
        if self._server.poll() is None:
            self.thaw()
            self.kill()

    def _await(self) -> None:
        for _ in range(200):
            asked = subprocess.run(["pactl", "get-default-source"], env=self._env, capture_output=True, text=True)
            if "headset_mic" in asked.stdout:
                return
            time.sleep(0.05)
        self.close()
        raise RuntimeError(f"the virtual headset did not come up: {(self._folder / 'pulse.log').read_text()}")


class Listening:
    """A recording of the headphones, going on until `stop`."""

    def __init__(self, env: dict[str, str]) -> None:
        command = "parec --device=headset_out.monitor --rate=48000 --channels=1 --format=s16le --raw --latency-msec=10"
        # A file, since a pipe that nobody empties would make parec drop sound; `stop` closes it.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(command.split(), env=env, stdout=self._file)
        deadline = time.monotonic() + 30
        while os.fstat(self._file.fileno()).st_size == 0:  # the stream is up when its first bytes have come
            assert time.monotonic() < deadline, "parec records nothing"
            time.sleep(0.01)

    def so_far(self) -> Samples:
        """All that was heard until now, at 48 kHz."""
        descriptor = self._file.fileno()
        raw = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
        return np.frombuffer(raw[: len(raw) // 2 * 2], np.int16).astype(np.float32) / 32768.0

    def stop(self) -> Samples:
        """All that was heard, at 48 kHz."""
        self._process.terminate()
        self._process.wait()
        heard = self.so_far()
        self._file.close()
        return heard
