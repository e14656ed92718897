"""Records a trainee's part with the bundled voice, so that a call can be shown with nobody at the microphone.

    python -m voice.synthesis.rehearse personas/demo/good.json...

A script holds `lines`, each with `text`, `clip` (the sound file to write, beside the script; .flac or .ogg) and
optionally `how`: "calm" (the default) or "raised", which is louder, higher and faster. Other keys are left alone.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.ports import VoiceProblem
from voice.synthesis.delivered import DeliveredVoice
from voice.synthesis.pieces import pieces
from voice.synthesis.voices import TRAINEE

HOW: Mapping[str, float] = MappingProxyType({"calm": 0.0, "raised": 85.0})
"""How a line is said, as the point on the delivery's scale."""
PAUSE_SECONDS = 0.16
"""Between sentences: with the silence their edges keep, short enough that the ear takes them for one turn."""


def record(voice: DeliveredVoice, text: str, how: str) -> Samples:
    """A line as a trainee's microphone would give it: 16 kHz. Raises VoiceProblem for an unknown `how`."""
    if how not in HOW:
        raise VoiceProblem(f"A line cannot be said {how!r}: choose {' or '.join(HOW)}.")
    clips = [voice.render(piece.text, HOW[how]) for piece in pieces(text)]
    pause = np.zeros(int(PAUSE_SECONDS * SAMPLE_RATE), np.float32)
    sounds = [sound for clip in clips for sound in (pause, resample(clip.samples, clip.rate, SAMPLE_RATE))]
    return np.concatenate(sounds[1:]) if sounds else np.zeros(0, np.float32)


def rehearse(script: Path) -> list[Path]:
    """Write every clip of a script; the files written."""
    import soundfile

    from voice.synthesis.hibari import HibariEngine

    voice = DeliveredVoice(HibariEngine(TRAINEE), TRAINEE)
    written = []
    for line in json.loads(script.read_text(encoding="utf-8"))["lines"]:
        path = script.parent / line["clip"]
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, record(voice, line["text"], line.get("how", "calm")), SAMPLE_RATE)
        written.append(path)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scripts", nargs="+", type=Path)
    for script in parser.parse_args().scripts:
        for path in rehearse(script):
            print(f"{path}  {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
