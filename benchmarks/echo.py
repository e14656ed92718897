"""Does the program know when the microphone hears the customer, and only then? In virtual time, no devices.

    python -m benchmarks.echo DATA [--hours N] [--scenes N]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names: recorded human speech, which is the
trainee. The customer is the neural voice, with hums and breaths in the trainee's pauses.

First a headset: N hours of call in which the two take turns, and the trainee cuts in on one line in six and says a word
over one in seven. Every echo found there is a false alarm. Then a loudspeaker, 30 to 350 ms late, fainter, ringing and
beside noise, under whole lines and under lines that their own echo cuts off; in every other scene the trainee speaks,
too, in one line of three: how many echoes are found by the end of which line, how soon, and how often one is believed
gone while it is there.
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.echo_scenes import CALL_MINUTES, SCENE_LINES, Cast, Room, Scene, cast, headset, loudspeaker
from voice.audio import FRAME_SECONDS
from voice.echo.watch import EchoWatch

LOOK_EVERY = 12
"""Frames: about as often as a call looks."""
DELAYS_SECONDS = (0.03, 0.06, 0.12, 0.2, 0.28, 0.35)
ROOMS: tuple[Room, ...] = (
    (0.0, 0.0, "-62", False),
    (-20.0, 0.0, "-62", False),
    (-30.0, 0.0, "-62", False),
    (-10.0, 0.3, "-62", False),
    (-10.0, 0.6, "-62", False),
    (-20.0, 0.4, "-50", True),
    (-10.0, 0.4, "keyboard", False),
    (0.0, 0.4, "loud", False),
)


def changes(scene: Scene) -> list[tuple[float, bool]]:
    """What the watch of a call finds: (when, s; whether the microphone hears the customer from then on)."""
    t = 100.0
    watch = EchoWatch(lambda: t)
    found = []
    played, heard = (np.sqrt(each).astype(np.float32) for each in (scene.played, scene.heard))
    for n in range(len(played)):
        t += FRAME_SECONDS
        watch.played(played[n : n + 1], bool(scene.line[n]))
        watch.heard(heard[n : n + 1])
        if n % LOOK_EVERY == LOOK_EVERY - 1 and watch.look():
            found.append((n * FRAME_SECONDS, watch.echo))
    return found


def false_alarms(parts: Cast, hours: float) -> None:
    print("headset, beside    hours  false alarms  an hour  seconds of each")
    total, hours_done = 0, 0.0
    kinds = ("none", "-62", "-50", "keyboard", "breath")
    for which, kind in enumerate(kinds):
        calls = max(round(60.0 * hours / CALL_MINUTES / len(kinds)), 1)
        lasting: list[float] = []
        for number in range(calls):
            found = changes(headset(parts, kind, np.random.default_rng([1, which, number])))
            ends = [at for at, echo in found if not echo] + [60.0 * CALL_MINUTES]
            lasting += [min(end for end in ends if end > at) - at for at, echo in found if echo]
        took = calls * CALL_MINUTES / 60.0
        each = " ".join(f"{seconds:.0f}" for seconds in lasting)
        print(f"{kind:15} {took:8.1f} {len(lasting):13} {len(lasting) / took:8.2f}  {each}", flush=True)
        total, hours_done = total + len(lasting), hours_done + took
    print(f"{'all':15} {hours_done:8.1f} {total:13} {total / hours_done:8.2f}  (goal 0.2 an hour)")


def echoes(parts: Cast, scenes: int) -> None:
    print("\nloudspeaker: echo, ringing, beside    found by the end of line 1, 2, 3, 6 (%)   seconds  believed gone")
    for cut in (False, True):
        print("lines cut off by their own echo" if cut else "whole lines")
        for room in ROOMS:
            after, seconds, gone = [], [], 0
            for number in range(scenes):
                delay = DELAYS_SECONDS[number % len(DELAYS_SECONDS)]
                rng = np.random.default_rng([2, number])
                scene, begins = loudspeaker(parts, room, delay, cut, 0.33 * (number % 2), rng)
                found = changes(scene)
                gone += sum(not echo for _, echo in found)
                after.append(sum(begin < found[0][0] for begin in begins) if found else SCENE_LINES + 1)
                seconds += [found[0][0] - begins[0]] if found else []
            shares = " ".join(f"{100 * np.mean(np.array(after) <= line):5.0f}" for line in (1, 2, 3, SCENE_LINES))
            gain_db, ringing_seconds, kind, companded = room
            name = f"{gain_db:5.0f} dB  {ringing_seconds:3.1f} s  {kind}{' mu-law' if companded else ''}"
            print(f"{name:50} {shares} {np.median(seconds or [np.nan]):12.1f} {gone:8}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--scenes", type=int, default=24)
    args = parser.parse_args()
    parts = cast(args.data)
    false_alarms(parts, args.hours)
    echoes(parts, args.scenes)


if __name__ == "__main__":
    main()
