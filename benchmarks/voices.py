"""What anger does to each voice, measured on the finished sound, and whether it is still understood.

    python -m benchmarks.voices [--engine hibari|pyttsx3]... [--voice NAME]... [--anger N]... [--no-wer] [--telephone]
    python -m benchmarks.voices --packs 60 [--half choose|report]    # lines of the packs instead of our sentences
    python -m benchmarks.voices --script personas/demo/good.json     # recorded trainee lines instead

F0 is the median, wpm counts words over the sound from first to last speech, dBFS is the mean power of the speech,
centroid the mean over speech frames of the power spectrum's centroid (16 kHz), tilt the alpha ratio. `first` is the CPU
time to the first sound of an opener and a sentence behind it, RTF the CPU time per second of sound; both leave out what
a child process uses, so for pyttsx3 they are wall time. WER is what the default recogniser makes of it, per cent, with
its 95 % interval (bootstrap over lines): between 20 lines the spread is larger than most differences. What is tuned is
chosen on one half of the packs' lines and reported on the other. Set OMP_NUM_THREADS=1 for steady CPU figures.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.wording import edits, normalise, word_error
from dialogue import tone
from dialogue.persona import available, load
from dialogue.persona.lines import fitting
from voice import recognition, synthesis
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.devices.resampling import resample
from voice.ports import Recognizer
from voice.prosody import baseline, measure
from voice.synthesis.delivered import DeliveredVoice

SENTENCES = (
    "I have been waiting since eight this morning and not one person has rung me back.",
    "Your website says it was delivered, but there is nothing on my doorstep.",
    "I have explained this three times now to three different people.",
    "All I want is for somebody to tell me what happens next.",
    "You took the money out of my account on the first of the month, so where is my order?",
    "Do not tell me to restart the router again, because I have done that already.",
    "Every time I call I get a different answer from a different department.",
    "My mother is eighty two and she cannot manage the stairs without that chair.",
    "Why should I pay a cancellation fee for something that never worked?",
    "I would like that in writing, and I would like it today.",
    "Honestly, I have never been treated so badly by any company in my life.",
    "If the parts are missing again I will send the whole thing back to you.",
)
OPENER = "Look,"
FRAME, HOP = 400, 160
SPEECH_RANGE_DB = 25.0
HALVES = ("choose", "report")
"""Every second line of the packs."""
RESAMPLES = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=synthesis.ENGINES)
    parser.add_argument("--voice", action="append", choices=list(synthesis.VOICES))
    parser.add_argument("--anger", action="append", type=float)
    parser.add_argument("--no-wer", action="store_true")
    parser.add_argument("--telephone", action="store_true", help="in a telephone's band")
    parser.add_argument("--packs", type=int, metavar="N", help="say N lines of the packs, spread evenly")
    parser.add_argument("--half", choices=HALVES, help="of the packs' lines, only those")
    parser.add_argument("--script", type=Path)
    asked = parser.parse_args()
    recognizer = None if asked.no_wer else recognition.choose()
    if asked.script:
        report_script(asked.script, recognizer)
        return
    sentences = pack_lines(asked.packs, asked.half) if asked.packs else SENTENCES
    print("engine   voice        anger    F0   wpm   dBFS  centroid   tilt  first ms    RTF    WER %  95 %")
    for engine in asked.engine or synthesis.ENGINES:
        for name in asked.voice or synthesis.VOICES:
            voice = synthesis.choose(engine, name, telephone=asked.telephone)
            voice.warm_up()
            for anger in asked.anger or (0.0, 25.0, 50.0, 75.0, 100.0):
                print(f"{engine:8} {name:12} {anger:5.0f} {row(voice, anger, recognizer, sentences)}", flush=True)
            voice.close()


def pack_lines(count: int, half: str | None = None) -> list[str]:
    """What furious customers answer, of all packs."""
    facts = (fact for pack in available() for fact in load(pack.path).facts)
    told = [line for fact in facts for line in fitting(fact.answers, "furious")[:1] if "{" not in line]
    told = told[HALVES.index(half) :: 2] if half else told
    return [told[n * len(told) // count] for n in range(count)] if count < len(told) else told


def row(voice: DeliveredVoice, anger: float, recognizer: Recognizer | None, sentences: Sequence[str]) -> str:
    clock = time.process_time if voice.name == "hibari" else time.perf_counter
    clips, seconds = timed(clock, lambda: [voice.render(sentence, anger) for sentence in sentences])
    first = float(np.median([timed(clock, lambda: voice.render(OPENER, anger))[1] for _ in range(5)]))
    sounds = [resample(clip.samples, clip.rate, SAMPLE_RATE) for clip in clips]
    prosody = [measure(sound) for sound in sounds]
    words = sum(len(sentence.split()) for sentence in sentences)
    spoken_seconds = sum(each.seconds for each in prosody)
    rtf = seconds / sum(clip.seconds for clip in clips)
    figures = (
        f"{np.mean([each.pitch_hz or np.nan for each in prosody]):5.0f} {words / spoken_seconds * 60:5.0f} "
        f"{np.mean([each.loudness_dbfs for each in prosody]):6.1f} {np.mean([centroid_hz(s) for s in sounds]):9.0f} "
        f"{np.mean([each.tilt_db for each in prosody]):6.1f} {1000 * first:9.0f} {rtf:6.3f}"
    )
    if recognizer is None:
        return figures
    heard = [(sentence, recognise(recognizer, sound)) for sentence, sound in zip(sentences, sounds, strict=True)]
    low, high = interval(heard)
    return f"{figures} {100 * word_error(heard):8.1f}  {100 * low:.1f}-{100 * high:.1f}"


def interval(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """95 % bootstrap of the word error, whole lines drawn with replacement."""
    wrong = np.array([edits(normalise(said), normalise(heard)) for said, heard in pairs])
    words = np.array([len(normalise(said)) for said, _ in pairs])
    drawn = np.random.default_rng(1).integers(0, len(pairs), (RESAMPLES, len(pairs)))
    low, high = np.percentile(wrong[drawn].sum(axis=1) / words[drawn].sum(axis=1), (2.5, 97.5))
    return float(low), float(high)


def timed(clock: Callable[[], float], work: Callable[[], list[AudioClip] | AudioClip]) -> tuple[list[AudioClip], float]:
    begun = clock()
    made = work()
    return (made if isinstance(made, list) else [made]), clock() - begun


def recognise(recognizer: Recognizer, sound: Samples) -> str:
    recognizer.begin(0.0)
    recognizer.accept(sound)
    return recognizer.finish().text


def centroid_hz(sound: Samples) -> float:
    frames = np.lib.stride_tricks.sliding_window_view(sound, FRAME)[::HOP] * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(frames, 512, axis=1)) ** 2
    level_db = 10.0 * np.log10(power.sum(axis=1) + 1e-12)
    speech = power[level_db > level_db.max() - SPEECH_RANGE_DB]
    frequency_hz = np.fft.rfftfreq(512, 1.0 / SAMPLE_RATE)
    return float(np.mean(speech @ frequency_hz / speech.sum(axis=1)))


def report_script(script: Path, recognizer: Recognizer | None) -> None:
    """One line a clip: how it sounds against the script's first line, and what is heard."""
    lines: Sequence[dict[str, str]] = json.loads(script.read_text(encoding="utf-8"))["lines"]
    sounds = [np.asarray(soundfile.read(script.parent / line["clip"], dtype="float32")[0]) for line in lines]
    prosody = [measure(sound) for sound in sounds]
    calm = baseline(prosody[:1])
    heard = [
        (line["text"], recognise(recognizer, s) if recognizer else "") for line, s in zip(lines, sounds, strict=True)
    ]
    print("how      seconds   dBFS    F0  syll/s  raised   WER %  heard")
    for line, each, pair in zip(lines, prosody, heard, strict=True):
        read = tone.read(each, calm)
        print(
            f"{line.get('how', 'calm'):8} {each.seconds:7.1f} {each.loudness_dbfs:6.1f} {each.pitch_hz or 0:5.0f} "
            f"{each.rate_syllables_s:7.1f} {read.raised:7.2f} {100 * word_error([pair]):7.1f}  {pair[1]}"
        )
    print(f"all: {sum(each.seconds for each in prosody):.0f} s, WER {100 * word_error(heard):.1f} %")


if __name__ == "__main__":
    main()
