"""Does an accent or a kind of voice cost the trainee? Word error and behaviour F1 of the same lines, said and heard.

    python -m benchmarks.groups [--data FILE.jsonl] [--lines N]

Labelled turns (as `benchmarks.judgement` reads them) are spoken by synthetic speakers, recognised by the default
recogniser and judged; the first row judges them as typed. The neural speakers are American, of three ages and both
sexes; espeak-ng adds other accents in its own, far less natural voice, so compare its rows with each other. No
recordings of people with labelled turns are at hand: word error of real speakers is in `benchmarks.recognition`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks.judgement import HELD_OUT, Line, interval, macro, read
from benchmarks.voices import recognise
from benchmarks.wording import word_error
from dialogue.content import CORE, judge
from dialogue.content.encoder import Scorer
from voice import recognition
from voice.audio import SAMPLE_RATE
from voice.devices.resampling import resample
from voice.synthesis import VOICES, Voice, choose
from voice.synthesis.delivered import DeliveredVoice
from voice.synthesis.pyttsx3_engine import Pyttsx3Engine

ACCENTS = ("en-us", "en-us-nyc", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-029")


def speakers() -> Iterator[tuple[str, DeliveredVoice]]:
    for name in VOICES:
        yield f"neural {name}", choose("hibari", name)
    for accent in ACCENTS:
        voice = Voice(accent, 1.0, 1.0, 1.0, espeak=f"{accent}+m3")
        yield f"espeak {accent}", DeliveredVoice(Pyttsx3Engine(voice), voice)


def row(title: str, lines: list[Line], said: list[str], scorer: Scorer, wrong: float) -> None:
    core = frozenset(CORE)
    answers = [
        frozenset(b.id for b in judge(text, scorer.score(text), line.context)) & core
        for line, text in zip(lines, said, strict=True)
    ]
    low, high = interval(lines, answers, CORE)
    print(f"{title:24}{100 * wrong:6.1f}   {macro(lines, answers, CORE):.3f} [{low:.2f}, {high:.2f}]", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HELD_OUT.with_name("fourth.jsonl"), help="labelled lines")
    parser.add_argument("--lines", type=int, default=0, help="every so many-th line only, for about this many lines")
    asked = parser.parse_args()
    lines = read(asked.data)
    lines = lines[:: max(1, len(lines) // asked.lines)] if asked.lines else lines
    scorer, recognizer = Scorer(), recognition.choose()
    print(f"{len(lines)} lines of {asked.data.name}\n{'':24}WER %   macro-F1 of the core behaviours")
    row("typed", lines, [line.text for line in lines], scorer, 0.0)
    for title, voice in speakers():
        clips = [voice.render(line.text, 0.0) for line in lines]
        heard = [recognise(recognizer, resample(clip.samples, clip.rate, SAMPLE_RATE)) for clip in clips]
        voice.close()
        row(title, lines, heard, scorer, word_error(list(zip([line.text for line in lines], heard, strict=True))))


if __name__ == "__main__":
    main()
