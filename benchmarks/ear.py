"""How long a speaker waits for the ear: recorded speech through the ear of a call, in real time.

    python -m benchmarks.ear DATA [--set NAME] [--clips N] [--recognizer NAME]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names. Printed: from the end of speech to
the final text, from its beginning to the first partial, how many utterances a clip became, and CPU per second of sound.
These are wall times: on a busy machine they say more about the machine.
"""

import argparse
import os
import time
from pathlib import Path

import numpy as np

from benchmarks.clips import clips
from dialogue.events import Partial, Utterance, WorldEvent
from voice.audio import SAMPLE_RATE
from voice.clock import CallClock
from voice.devices.file_microphone import FileMicrophone
from voice.ear import Ear
from voice.hearing.vad import SileroVad
from voice.recognition import choose

SILENCE_SECONDS = 3.0
"""After each clip."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", default="wuw-phone")
    parser.add_argument("--clips", type=int, default=20)
    parser.add_argument("--recognizer", default="auto")
    options = parser.parse_args()
    chosen = clips(options.data, [options.set], options.clips)
    recognizer, vad = choose(options.recognizer), SileroVad()
    recognizer.warm_up()
    waits: list[float] = []
    firsts: list[float] = []
    seconds, cpu_begun = 0.0, time.process_time()
    for clip in chosen:
        samples = np.concatenate([clip.samples(), np.zeros(round(SILENCE_SECONDS * SAMPLE_RATE), np.float32)])
        seconds += len(samples) / SAMPLE_RATE
        events: list[WorldEvent] = []
        Ear(FileMicrophone(samples, real_time=True), vad, recognizer, CallClock(), events.append).run()
        turns = [event for event in events if isinstance(event, Utterance)]
        waits += [turn.t - turn.end for turn in turns]
        firsts += [event.t - turns[0].start for event in events if isinstance(event, Partial)][:1]
    cpu = time.process_time() - cpu_begun

    print(f"{recognizer.name}, {len(chosen)} clips of {options.set}, load {os.getloadavg()[0]:.1f} (POSIX)")
    print(f"end of speech -> final text  {np.median(waits):.2f} s median, {np.percentile(waits, 95):.2f} s p95")
    print(f"onset -> first partial       {np.median(firsts):.2f} s median")
    print(f"utterances a clip            {len(waits) / len(chosen):.2f}")
    print(f"CPU per second of sound      {cpu / seconds:.3f} s")


if __name__ == "__main__":
    main()
