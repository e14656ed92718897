"""Word error and cost of a recogniser on recorded human speech, by set and by speaker.

    python -m benchmarks.recognition DATA [--recognizer NAME] [--ear | --live] [--set NAME]... [--long] [--noise]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names. Whole files go to the engine itself;
with --ear they go through `coolhead transcribe`, with --live through the ear of a call, though not in real time:
partials, a decode at each pause, and the turns that a clip becomes joined again. --long joins a speaker's clips into
stretches of a minute; --noise counts the words made of five minutes without speech. CPU time is what to compare: wall
time depends on who else works.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.clips import Clip, clips
from benchmarks.noises import NOISES
from benchmarks.wording import edits, normalise
from dialogue.events import Utterance, WorldEvent
from voice.audio import SAMPLE_RATE, Samples
from voice.clock import CallClock
from voice.devices.file_microphone import FileMicrophone
from voice.ear import Ear
from voice.hearing.vad import SileroVad
from voice.ports import Recognizer
from voice.recognition import choose

ACCEPT_SAMPLES = 1600
LONG_SECONDS = 60.0
NOISE_SECONDS = 100.0


@dataclass(frozen=True, slots=True)
class Heard:
    clip: Clip
    text: str
    audio_seconds: float
    wall_seconds: float
    cpu_seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--recognizer", default="auto")
    parser.add_argument("--ear", action="store_true", help="through `coolhead transcribe`")
    parser.add_argument("--live", action="store_true", help="as a call hears them")
    parser.add_argument("--set", action="append", dest="sets", help="only this set")
    parser.add_argument("--long", action="store_true", help="clips of one speaker joined to a minute")
    parser.add_argument("--noise", action="store_true", help="five minutes without speech")
    parser.add_argument("--errors", action="store_true", help="print what was misheard")
    args = parser.parse_args()
    recognizer = None if args.ear else choose(args.recognizer)
    if recognizer is not None:
        recognizer.warm_up()
    if args.noise:
        if recognizer is None:
            parser.error("--noise asks the engine itself; leave out --ear")
        print_noise(recognizer)
        return
    chosen = clips(args.data, args.sets)
    if recognizer is None:
        heard = list(through_ear(chosen, args.recognizer))
    elif args.long:
        heard = [hear(recognizer, clip, samples) for clip, samples in joined(chosen)]
    else:
        through = hear_live if args.live else hear
        heard = [through(recognizer, clip, clip.samples()) for clip in chosen]
    print_table(heard)
    if args.errors:
        print_errors(heard)


def joined(clips: Iterable[Clip]) -> Iterator[tuple[Clip, Samples]]:
    """A speaker's clips behind each other, half a second apart, up to a minute."""
    gap = np.zeros(SAMPLE_RATE // 2, dtype=np.float32)
    for (name, speaker), group in groupby(clips, key=lambda clip: (clip.set, clip.speaker)):
        texts: list[str] = []
        pieces: list[Samples] = []
        for clip in group:
            texts.append(clip.text)
            pieces += [clip.samples(), gap]
            if sum(map(len, pieces)) > LONG_SECONDS * SAMPLE_RATE:
                yield Clip(f"{clip.id}...", name, speaker, " ".join(texts), clip.path), np.concatenate(pieces)
                texts, pieces = [], []
        if pieces:
            yield Clip(f"{speaker}...", name, speaker, " ".join(texts), clip.path), np.concatenate(pieces)


def hear(recognizer: Recognizer, clip: Clip, samples: Samples) -> Heard:
    """One clip as one stretch."""
    wall, cpu = time.perf_counter(), time.process_time()
    recognizer.begin(0.0)
    for at in range(0, len(samples), ACCEPT_SAMPLES):
        recognizer.accept(samples[at : at + ACCEPT_SAMPLES])
    text = recognizer.finish().text
    return Heard(clip, text, len(samples) / SAMPLE_RATE, time.perf_counter() - wall, time.process_time() - cpu)


def hear_live(recognizer: Recognizer, clip: Clip, samples: Samples) -> Heard:
    """One clip as it would be heard in a call."""
    silence = np.zeros(2 * SAMPLE_RATE, np.float32)
    events: list[WorldEvent] = []
    wall, cpu = time.perf_counter(), time.process_time()
    microphone = FileMicrophone(np.concatenate([samples, silence]), real_time=False)
    Ear(microphone, SileroVad(), recognizer, CallClock(monotonic=lambda: 0.0), events.append).run()
    text = " ".join(event.text for event in events if isinstance(event, Utterance))
    return Heard(clip, text, len(samples) / SAMPLE_RATE, time.perf_counter() - wall, time.process_time() - cpu)


def through_ear(clips: list[Clip], recognizer: str) -> Iterator[Heard]:
    """All clips in one run of the command; the CPU time of the whole run, start included, is shared out by length."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("coolhead"),
        "transcribe",
        "--json",
        "--recognizer",
        recognizer,
    ]
    before = _children_cpu_seconds()
    done = subprocess.run([*command, *(clip.path for clip in clips)], stdout=subprocess.PIPE, check=True, text=True)
    cpu_seconds = _children_cpu_seconds() - before
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    total_seconds = sum(row["audio_seconds"] for row in rows)
    for clip, row in zip(clips, rows, strict=True):
        share = row["audio_seconds"] / total_seconds
        yield Heard(clip, row["text"], row["audio_seconds"], row["seconds"], cpu_seconds * share)


def _children_cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def print_table(heard: list[Heard]) -> None:
    groups: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        groups[one.clip.set].append(one)
    for one in heard:
        if sum(other.clip.speaker == one.clip.speaker for other in heard) >= 4:
            groups[f"  {one.clip.set} {one.clip.speaker}"].append(one)
    groups = {name: groups[name] for name in sorted(groups, key=lambda name: (name.split()[0], name))} | {"all": heard}
    print(f"{'set':28} {'clips':>5} {'words':>6} {'WER %':>6} {'audio s':>8} {'RTF':>6} {'CPU/s':>6}")
    for name, group in groups.items():
        pairs = [(normalise(one.clip.text), normalise(one.text)) for one in group]
        words = sum(len(reference) for reference, _ in pairs)
        error = 100 * sum(edits(*pair) for pair in pairs) / max(1, words)
        audio = sum(one.audio_seconds for one in group)
        wall, cpu = sum(one.wall_seconds for one in group) / audio, sum(one.cpu_seconds for one in group) / audio
        print(f"{name:28} {len(group):5} {words:6} {error:6.2f} {audio:8.1f} {wall:6.3f} {cpu:6.3f}")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def print_errors(heard: list[Heard]) -> None:
    for one in heard:
        reference, hypothesis = normalise(one.clip.text), normalise(one.text)
        if count := edits(reference, hypothesis):
            print(f"{count:3} {one.clip.id}\n    {' '.join(reference)}\n    {' '.join(hypothesis)}")


def print_noise(recognizer: Recognizer) -> None:
    """Stretches of 2 to 20 s of each noise, as a voice activity detector might wrongly let them through."""
    generator = np.random.default_rng(1)
    print(f"{'noise':12} {'stretches':>9} {'with text':>9}  texts")
    for name, noise in NOISES.items():
        left, texts, stretches = NOISE_SECONDS, [], 0
        while left > 0:
            seconds = float(generator.uniform(2.0, 20.0))
            clip = Clip(name, name, name, "", Path())
            texts.append(hear(recognizer, clip, noise(seconds, generator)).text)
            left, stretches = left - seconds, stretches + 1
        said = [text for text in texts if text]
        print(f"{name:12} {stretches:9} {len(said):9}  {said}")


if __name__ == "__main__":
    main()
