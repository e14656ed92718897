"""Many speakers from Coolhead's own voices, who hold the floor and give it up as people do.

Synthetic speech is regular, so every turn has a voice, tempo, melody and mood of its own, and the end of each part is
bent. Who means to go on stays level or rises a little, and draws the last syllables out; who has finished falls, in
pitch and in loudness, or rises with a question (Gravano & Hirschberg 2011, "Turn-taking cues in task-oriented
dialogue", Computer Speech & Language 25). Not always: half of the ends are left as the engine says them.
"""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from models.endofturn.texts import Part
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.devices.resampling import resample
from voice.speaking import breath
from voice.synthesis import delivery
from voice.synthesis.delivery import Shape
from voice.synthesis.hibari import FRAMES_PER_SECOND, NEPERS_PER_DB, VOICED_HZ, HibariEngine
from voice.synthesis.pyttsx3_engine import Pyttsx3Engine
from voice.synthesis.voices import VOICES, Voice

ESPEAK_SHARE = 0.25
"""Of the turns; the rest are hibari's."""
ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd")
BENT_SECONDS = 0.3
"""Before the end of the voice."""
BREATH_SHARE = 0.2
"""Of the pauses that have room for one."""
LEAD_SECONDS, BEHIND_SECONDS = 0.6, 0.8

Frames = npt.NDArray[Any]


class Engine(Protocol):
    def speak(self, text: str, manner: Shape) -> AudioClip: ...


@dataclass(frozen=True, slots=True)
class Ending:
    """What is done to the last BENT_SECONDS of the voice."""

    slower: float = 1.0
    """Factor on their length."""
    semitones: float = 0.0
    """By which the last of them is higher, more and more."""
    level: bool = False
    """Their own melody is taken away."""
    decibels: float = 0.0
    """By which the last of them is louder, more and more."""


def ending(part: Part, random: np.random.Generator) -> Ending:
    """How a part might end: most of the time as it is, or as its place in the turn asks for."""
    if random.random() < 0.3:
        return Ending(slower=float(random.uniform(0.85, 1.15)), semitones=float(random.normal(0.0, 0.7)))
    if not part.last:
        rise = float(random.choice([0.0, random.uniform(-1.0, 1.0), random.uniform(1.0, 4.0)], p=[0.35, 0.4, 0.25]))
        slower = float(random.uniform(1.0, 2.2))
        return Ending(slower, rise, level=random.random() < 0.6, decibels=float(random.uniform(-2.0, 1.0)))
    if part.text.rstrip().endswith("?") and random.random() < 0.6:
        return Ending(float(random.uniform(0.9, 1.2)), float(random.uniform(2.0, 7.0)))
    fall = -float(random.uniform(1.0, 6.0))
    return Ending(float(random.uniform(0.85, 1.25)), fall, decibels=-float(random.uniform(0.0, 8.0)))


class Inflected(HibariEngine):
    """hibari, its frames bent in time, pitch and loudness before they become sound."""

    def __init__(self, voice: Voice, random: np.random.Generator) -> None:
        super().__init__(voice)
        model = self._model
        self._network, self._random = model.sess, random
        self._model = SimpleNamespace(
            sess=self, phonemize=model.phonemize, ids=model.ids, sample_rate=model.sample_rate
        )
        self.ending = Ending()

    def run(self, names: None, inputs: dict[str, Any]) -> list[Frames]:
        """In place of the network's own session."""
        frames = [output[0] for output in self._network.run(names, inputs)]
        return [output[None] for output in bent(frames, self.ending, self._random)]


def bent(frames: list[Frames], ending: Ending, random: np.random.Generator) -> list[Frames]:
    """hibari's frames (harmonic, its phase, noise, residue, the residue's phase, F0; time is the last axis) at another
    tempo from moment to moment, with another melody, and with that ending."""
    f0 = frames[-1]
    voiced = np.flatnonzero(f0 > VOICED_HZ)
    count = len(f0)
    if not len(voiced):
        return frames
    last, length = int(voiced[-1]), round(BENT_SECONDS * FRAMES_PER_SECOND)
    first = max(int(voiced[0]), last - length)
    towards = np.clip((np.arange(count) - first) / max(1, last - first), 0.0, 1.0)
    """0 before the ending, 1 at its last frame and behind."""
    pace = np.exp(_wander(count, 0.12, random))
    pace[first : last + 1] /= ending.slower
    at = np.concatenate([[0.0], np.cumsum(1.0 / pace)])
    kept = np.searchsorted(at, np.arange(0.0, at[-1]), side="right") - 1
    kept = kept[kept < count]
    melody = f0.astype(np.float64)
    if ending.level:
        here = voiced[(voiced >= first) & (voiced <= last)]
        melody[here] = np.median(f0[here[: max(1, len(here) // 3)]])
    moved = _wander(count, 1.0, random) + ending.semitones * towards
    melody = np.where(f0 > VOICED_HZ, melody * 2.0 ** (moved / 12.0), f0)
    louder = (ending.decibels * towards * NEPERS_PER_DB).astype(np.float32)
    harmonic, phase, noise, residue, residue_phase, _ = frames
    shaped = [harmonic + louder, phase, noise + louder, residue + louder, residue_phase, melody.astype(np.float32)]
    return [each[..., kept] for each in shaped]


def _wander(count: int, deviation: float, random: np.random.Generator) -> npt.NDArray[np.float64]:
    """A smooth random curve of so many frames: a value every .4 s, straight lines between."""
    knots = max(2, round(count / (0.4 * FRAMES_PER_SECOND)) + 1)
    values = deviation * random.standard_normal(knots)
    return np.interp(np.linspace(0.0, knots - 1, count), np.arange(knots), values)


class Speakers:
    """Says turns. One espeak child for each of its voices lives until `close`."""

    def __init__(self) -> None:
        self._espeak: dict[str, Pyttsx3Engine] = {}

    def say(self, turn: list[Part], random: np.random.Generator) -> tuple[str, Samples]:
        """The engine, and the turn at 16 kHz with silence around it, in a voice that has never been heard."""
        customer = list(VOICES.values())[int(random.integers(len(VOICES)))]
        engine: Engine
        if random.random() < ESPEAK_SHARE:
            name, voice = "espeak", replace(customer, espeak=self._accented(customer, random))
            if voice.espeak not in self._espeak:
                self._espeak[voice.espeak] = Pyttsx3Engine(voice)
            engine = self._espeak[voice.espeak]
        else:
            name = "hibari"
            voice = replace(
                customer,
                pitch=customer.pitch * float(random.uniform(0.88, 1.14)),
                formant=customer.formant * float(random.uniform(0.95, 1.05)),
                breath_db=float(random.uniform(-3.0, 8.0)),
                tremor=float(random.choice([0.0, random.uniform(0.0, 0.02)])),
            )
            engine = Inflected(voice, random)
        anger = float(random.choice([0.0, random.uniform(0.0, 80.0)]))
        calm = delivery.shape(anger, voice)
        manner = replace(
            calm,
            tempo=calm.tempo * float(random.uniform(0.78, 1.22)),
            pitch_range=calm.pitch_range * float(random.uniform(0.5, 1.5)),
            lift_semitones=calm.lift_semitones + float(random.uniform(-2.0, 2.0)),
            tilt_db=calm.tilt_db + float(random.uniform(-6.0, 4.0)),
        )
        sounds: list[Samples] = [silence(LEAD_SECONDS)]
        for part in turn:
            if isinstance(engine, Inflected):
                engine.ending = ending(part, random)
            clip = delivery.deliver(engine.speak(part.text, manner), manner)
            louder = np.float32(10.0 ** (random.normal(0.0, 2.0) / 20.0))
            sounds += [resample(clip.samples * louder, clip.rate, SAMPLE_RATE), self._pause(part, anger, random)]
        return name, np.concatenate([*sounds, silence(BEHIND_SECONDS)])

    def close(self) -> None:
        for engine in self._espeak.values():
            engine.close()

    def _accented(self, customer: Voice, random: np.random.Generator) -> str:
        variant = customer.espeak.partition("+")[2]
        return f"{random.choice(ACCENTS)}+{variant}"

    def _pause(self, part: Part, anger: float, random: np.random.Generator) -> Samples:
        pause = silence(part.pause_seconds)
        if part.pause_seconds > 0.45 and random.random() < BREATH_SHARE:
            drawn = breath.before(part.text, anger, SAMPLE_RATE, part.pause_seconds - 0.1, surely=True)
            pause[-len(drawn) :] += drawn
        return pause


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
