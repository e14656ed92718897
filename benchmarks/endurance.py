"""Half an hour on the telephone: does the program stay small, cheap and in time?

    python -m benchmarks.endurance DATA [--minutes N] [--pack ID]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names: recorded human speech, which is the
trainee here, through PulseAudio's virtual devices, PortAudio, the real ear, text model, session and voice, and a
journal on disk. One turn in six cuts the customer off. A trainer's hand keeps the customer on the telephone; when they
hang up all the same the next call follows in the same process.

Printed minute by minute: share of one core (this process, all its threads), resident memory, what PortAudio lost; at
the end: how far the journal's clock and the wall clock have parted, how far the sound in the headphones and the
journal. Run it with `nice -n -10` where other work runs beside, and say so.
"""

import argparse
import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.clips import clips
from benchmarks.figures import memory_mb
from dialogue.events import AudioProblem, Event, PlaybackFinished, PlaybackStarted, Steered, Utterance
from dialogue.persona import load
from testing.virtual_headset import RATE, Listening, VirtualHeadset
from ui.calls.driver import Call
from ui.calls.journaling import journal_of
from ui.calls.switchboard import Wishes, connect
from ui.runtime.settings import Settings
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.devices.microphone import DeviceMicrophone
from voice.devices.resampling import resample
from voice.devices.speaker import DeviceSpeaker
from voice.memory import share_heaps
from voice.mouth import Mouth

PAUSE_SECONDS = 0.9
"""Between the customer's last word and the trainee's first."""
PATIENCE_SECONDS = 8.0
"""Without an answer the trainee speaks again."""
CUT_IN_EVERY = 6
CUT_IN_SECONDS = 1.2
SETTLED_MINUTES = 5
MATCH_RATE, MATCH_LONGEST_SECONDS = 8_000, 0.5
"""So much of every line is kept, at that rate, Hz, to be found in what the headphones played."""
MATCH_SECONDS = 1.0
"""How far a line's sound may be from where the journal has it."""
MATCH_LIKENESS = 0.8
"""Correlation of a line's beginning with the headphones' sound, above which it is there."""


@dataclass
class Minute:
    cpu_share: float
    rss_mb: float
    xruns: int
    dropped: int


@dataclass
class Record:
    """What is kept of the run; times are monotonic, s."""

    minutes: list[Minute] = field(default_factory=list)
    lines: dict[tuple[int, int], float] = field(default_factory=dict)
    """(number of the call, reply) -> when the journal says that it began to sound."""
    beginnings: dict[tuple[int, int], Samples] = field(default_factory=dict)
    """The same -> what sounded first of it, at MATCH_RATE."""
    offsets: list[tuple[float, float, int]] = field(default_factory=list)
    """(when, wall clock minus call clock, number of the call)."""
    problems: list[str] = field(default_factory=list)
    turns: int = 0
    understood: int = 0
    calls: int = 0


class Trainee:
    """Says one clip after another, each when it is its turn: a sink of the call."""

    def __init__(self, headset: VirtualHeadset, clips: Iterator[Samples], call: Call, record: Record) -> None:
        self._headset, self._clips, self._call, self._record = headset, clips, call, record
        self._due: asyncio.TimerHandle | None = None

    def __call__(self, event: Event) -> None:
        match event:
            case PlaybackStarted(t=t, reply=reply):
                self._record.lines[self._record.calls, reply] = time.monotonic() - (self._call.now() - t)
                cuts_in = self._record.turns % CUT_IN_EVERY == CUT_IN_EVERY - 1
                self._speak_in(CUT_IN_SECONDS if cuts_in else 30.0)
            case PlaybackFinished():
                self._speak_in(PAUSE_SECONDS)
            case Utterance(text=text):
                self._record.understood += bool(text)
            case AudioProblem(text=text):
                self._record.problems.append(text)

    def sounded(self, reply: int, clip: AudioClip) -> None:
        """By the mouth: what could be heard of a line."""
        beginning = clip.samples[: round(MATCH_LONGEST_SECONDS * clip.rate)]
        self._record.beginnings[self._record.calls, reply] = resample(beginning, clip.rate, MATCH_RATE)

    def _speak_in(self, seconds: float) -> None:
        if self._due:
            self._due.cancel()
        self._due = asyncio.get_running_loop().call_later(seconds, self._speak)

    def begin(self) -> None:
        self._speak_in(PAUSE_SECONDS)

    def stop(self) -> None:
        if self._due:
            self._due.cancel()

    def _speak(self) -> None:
        if self._call.ended:
            return
        clip = next(self._clips)
        self._headset.say(clip, RATE)
        self._record.turns += 1
        self._speak_in(len(clip) / RATE + PATIENCE_SECONDS)


def spoken(data: Path) -> Iterator[Samples]:
    """The clips, over and over, each with silence behind it, at 48 kHz. Read one by one: none is kept."""
    while True:
        for clip in clips(data):
            yield resample(clip.samples(), SAMPLE_RATE, RATE)


class Counting:
    """The devices of the call going on, for what PortAudio says of them. Not kept longer: a device knows its call."""

    def __init__(self) -> None:
        self._opened: list[DeviceMicrophone | DeviceSpeaker] = []
        self._xruns = self._dropped = 0
        for kind in (DeviceMicrophone, DeviceSpeaker):
            self._watch(kind)

    def _watch(self, kind: type) -> None:
        plain = kind.__init__  # type: ignore[misc]

        def noted(device: DeviceMicrophone | DeviceSpeaker, *given: object, **named: object) -> None:
            plain(device, *given, **named)
            self._opened.append(device)

        setattr(kind, "__init__", noted)  # noqa: B010

    def since(self) -> tuple[int, int]:
        """(xruns, samples dropped) since the last time."""
        for device in self._opened:
            self._xruns += device.xruns
            device.xruns = 0
            if isinstance(device, DeviceMicrophone):
                self._dropped += device.dropped_samples
                device.dropped_samples = 0
        new, self._xruns, self._dropped = (self._xruns, self._dropped), 0, 0
        return new

    def call_over(self) -> None:
        self._xruns, self._dropped = self.since()
        self._opened.clear()


async def watch(call: Call, record: Record, deadline: float) -> None:
    """A row a minute, until the call is over."""
    while not call.ended and time.monotonic() < deadline:
        call.emit(Steered(call.now(), "nudge", points=25.0 - call.session.state.mood.anger))
        record.offsets.append((time.monotonic(), time.monotonic() - call.now(), record.calls))
        await asyncio.sleep(10.0)
    if not call.ended:
        call.act("hang_up")


async def sample(record: Record, counting: Counting) -> None:
    print("minute   CPU %  RSS MB  lost by PortAudio  dropped samples", flush=True)
    cpu, wall = time.process_time(), time.monotonic()
    while True:
        await asyncio.sleep(60.0 - (time.monotonic() - wall))
        now_cpu, now_wall = time.process_time(), time.monotonic()
        row = Minute(100 * (now_cpu - cpu) / (now_wall - wall), memory_mb(os.getpid()), *counting.since())
        cpu, wall = now_cpu, now_wall
        record.minutes.append(row)
        number = len(record.minutes)
        print(f"{number:6}  {row.cpu_share:6.1f}  {row.rss_mb:6.0f}  {row.xruns:17}  {row.dropped:15}", flush=True)


async def half_an_hour(headset: VirtualHeadset, data: Path, pack: str, minutes: float) -> Record:
    record, counting, speech = Record(), Counting(), spoken(data)
    sampling = asyncio.create_task(sample(record, counting))
    deadline = time.monotonic() + 60.0 * minutes + 1.0
    while time.monotonic() < deadline - 5.0:
        call = await asyncio.to_thread(connect, load(pack), Settings.model_construct(), Wishes(seed=record.calls))
        if call.status:
            raise SystemExit(call.status)
        trainee = Trainee(headset, speech, call, record)
        call.sinks.append(trainee)
        record.calls += 1
        assert isinstance(call.mouth, Mouth)
        call.mouth.recorded = trainee.sounded
        with journal_of(call):
            running = asyncio.create_task(call.run())
            await asyncio.sleep(0.5)
            trainee.begin()
            await watch(call, record, deadline)
            await running
        trainee.stop()
        counting.call_over()
    sampling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sampling
    return record


def parted(record: Record, sound: Samples, began: float) -> list[tuple[float, float]]:
    """For each line that the headphones played near its time: (when, how much later it sounded), s. `sound`, at
    MATCH_RATE, begins at monotonic time `began`.

    The line itself is looked for: a breath or a hum stands before many, and is no part of them.
    """
    found = []
    reach = round(MATCH_SECONDS * MATCH_RATE)
    for line, due in record.lines.items():
        beginning = record.beginnings.get(line, np.zeros(0, np.float32))
        at = round((due - began) * MATCH_RATE) - reach
        near = sound[max(at, 0) : max(at, 0) + 2 * reach + len(beginning)]
        if len(beginning) < MATCH_RATE // 10 or len(near) < 2 * len(beginning) or not beginning.any():
            continue
        products = np.correlate(near, beginning, "valid")
        energies = np.convolve(np.square(near, dtype=np.float64), np.ones(len(beginning)), "valid")
        alike = products / np.sqrt(np.maximum(energies, 1e-9) * np.sum(np.square(beginning, dtype=np.float64)))
        best = int(np.argmax(alike))
        if alike[best] > MATCH_LIKENESS:
            found.append((due, (max(at, 0) + best) / MATCH_RATE + began - due))
    return found


def report(record: Record, late: list[tuple[float, float]]) -> None:
    settled = record.minutes[SETTLED_MINUTES - 1 :] or record.minutes
    sizes = [minute.rss_mb for minute in settled]
    middle = float(np.median(sizes))
    spread = max(max(sizes) - middle, middle - min(sizes)) / middle
    print(f"\ncalls {record.calls}, turns said {record.turns}, turns understood {record.understood}")
    print(f"CPU: {np.mean([minute.cpu_share for minute in record.minutes]):.0f} % of one core on average (goal 60)")
    print(f"RSS after minute {SETTLED_MINUTES}: {middle:.0f} MB, within ±{100 * spread:.1f} % (goal 5)")
    print(f"lost by PortAudio: {sum(minute.xruns for minute in record.minutes)} blocks (goal 0)")
    for number in range(1, record.calls + 1):
        ours = [(t, offset) for t, offset, of in record.offsets if of == number]
        if len(ours) > 6:
            drift_ms = 1000 * (np.median([o for _, o in ours[-6:]]) - np.median([o for _, o in ours[:6]]))
            print(
                f"call {number}, {ours[-1][0] - ours[0][0]:.0f} s: wall clock against the journal's {drift_ms:+.0f} ms"
            )
    if len(late) >= 10:
        tenth = max(len(late) // 5, 5)
        first, last = (1000 * float(np.median([d for _, d in part])) for part in (late[:tenth], late[-tenth:]))
        print(
            f"headphones against the journal: {len(late)} of {len(record.lines)} lines found; "
            f"first fifth {first:+.0f} ms, last fifth {last:+.0f} ms: drift {last - first:+.0f} ms"
        )
    for problem in dict.fromkeys(record.problems):
        print(f"{record.problems.count(problem)} x {problem}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--pack", default="flatpack-bookcase")
    args = parser.parse_args()
    share_heaps()  # as the program does when it starts
    with tempfile.TemporaryDirectory() as folder:
        headset = VirtualHeadset(Path(folder))
        os.environ.update(headset.environment, COOLHEAD_DATA=folder)
        listening: Listening = headset.listen()
        began = time.monotonic()
        try:
            record = asyncio.run(half_an_hour(headset, args.data, args.pack, args.minutes))
        finally:
            sound = listening.stop()
            headset.close()
    late = parted(record, resample(sound, RATE, MATCH_RATE), began)
    report(record, late)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
