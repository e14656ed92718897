"""Calls written down by their levels: what the headphones play, and what the microphone has of it and of who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.clips import clips
from benchmarks.noises import NOISES
from benchmarks.voices import pack_lines
from voice import synthesis
from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.monitoring.mulaw import decode, encode
from voice.speaking.breath import before

VOICES = ("woman", "man", "young_woman", "older_man")
MOODS = (10.0, 40.0, 70.0, 100.0)
LINES = 32
HUM, HUM_GAIN = "Mm.", 0.4
CALL_MINUTES = 5.0
CUT_IN, BACKCHANNEL = 1 / 6, 1 / 7
"""Shares of the customer's lines."""
STOPS_SECONDS = (0.15, 0.3)
"""How soon the customer falls silent when the trainee cuts in."""
PAUSE_DB, PAUSE_SECONDS = -45.0, 0.2
"""In a pause of the trainee, below this for so long, the customer breathes or hums."""
BREATH_EVERY_SECONDS, HUM_EVERY_SECONDS, HUMMED_WORDS = 3.0, 6.0, 12
SCENE_LINES = 6
CUT_OFF_SECONDS = (0.25, 0.45)
"""How much of a line sounds before its own echo has cut it off, beside the echo's delay."""
Room = tuple[float, float, str, bool]
"""(gain of the echo, dB; how long the room rings, s to -60 dB; noise: dBFS or a kind; through mu-law)."""
Power = npt.NDArray[np.float64]
"""Mean square of each frame of 20 ms."""


@dataclass(frozen=True, slots=True)
class Sound:
    samples: Samples
    words: int
    power: Power


@dataclass(frozen=True, slots=True)
class Cast:
    trainee: Sequence[Sound]
    lines: Sequence[Sound]
    hums: Sequence[Sound]
    breaths: Sequence[Sound]


@dataclass(frozen=True, slots=True)
class Scene:
    """All (frames,)."""

    played: Power
    line: npt.NDArray[np.bool_]
    """Where the customer says a line."""
    heard: Power


def cast(data: Path) -> Cast:
    trainee = [sound(each.samples(), each.text) for each in clips(data)]
    lines: list[Sound] = []
    hums: list[Sound] = []
    texts = pack_lines(LINES)
    for n, name in enumerate(VOICES):
        voice = synthesis.choose("hibari", name)
        voice.warm_up()
        for k, text in enumerate(texts[n :: len(VOICES)]):
            made = voice.render(text, MOODS[k % len(MOODS)])
            lines.append(sound(resample(made.samples, made.rate, SAMPLE_RATE), text))
        for mood in MOODS[:3]:
            made = voice.render(HUM, mood)
            hums.append(sound(np.float32(HUM_GAIN) * resample(made.samples, made.rate, SAMPLE_RATE), HUM))
        voice.close()
    drawn = (before(text, mood, SAMPLE_RATE) for text in texts for mood in MOODS)
    return Cast(trainee, lines, hums, [sound(each, "") for each in drawn if len(each)])


def sound(samples: Samples, text: str) -> Sound:
    return Sound(samples, len(text.split()), power(samples))


def power(samples: Samples) -> Power:
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    return np.asarray(np.mean(np.square(samples[:whole].reshape(-1, FRAME_SAMPLES), dtype=np.float64), axis=1))


def noise(kind: str, seconds: float, rng: np.random.Generator) -> Samples:
    """ "none", a level in dBFS, or one of NOISES."""
    if kind in NOISES:
        return np.resize(NOISES[kind](10.0, rng), round(seconds * SAMPLE_RATE))
    level = 0.0 if kind == "none" else 10.0 ** (float(kind) / 20.0)
    return (level * rng.standard_normal(round(seconds * SAMPLE_RATE))).astype(np.float32)


def frames(low_seconds: float, high_seconds: float, rng: np.random.Generator) -> int:
    return round(rng.uniform(low_seconds, high_seconds) / FRAME_SECONDS)


class Conversation:
    """Writes a call down, frame by frame."""

    def __init__(self, parts: Cast, rng: np.random.Generator, length: int) -> None:
        self._parts, self._rng = parts, rng
        room = length + round(120.0 / FRAME_SECONDS)
        self.played, self.said, self.line = np.zeros(room), np.zeros(room), np.zeros(room, np.bool_)
        self._gain = 10.0 ** (rng.uniform(-6.0, 6.0) / 10.0)
        self._breathed = self._hummed = -10_000
        self._t = frames(1.0, 1.0, rng)
        while self._t < length:
            self._customer()
            self._trainee()

    def _any(self, clips: Sequence[Sound]) -> Sound:
        return clips[int(self._rng.integers(len(clips)))]

    def _frames(self, low_seconds: float, high_seconds: float) -> int:
        return frames(low_seconds, high_seconds, self._rng)

    def _play(self, at: int, sound: Power) -> int:
        self.played[at : at + len(sound)] += sound
        self.line[at : at + len(sound)] = True
        return at + len(sound)

    def _say(self, at: int, sound: Power) -> int:
        self.said[at : at + len(sound)] += self._gain * sound
        return at + len(sound)

    def _customer(self) -> None:
        line, kind = self._any(self._parts.lines).power, self._rng.random()
        begins = round(self._rng.uniform(0.2, 0.95) * len(line))
        stops = begins + self._frames(*STOPS_SECONDS)
        if kind < CUT_IN:
            self._play(self._t, line[:stops])
            self._t += begins
        elif kind < CUT_IN + BACKCHANNEL:
            self._play(self._t, line[:stops])
            word = self._any(self._parts.trainee).power
            length = self._frames(0.3, 0.7)
            first = int(self._rng.integers(max(len(word) - length, 1)))
            over = self._say(self._t + begins, word[first : first + length])
            self._t = self._play(over + self._frames(0.2, 0.6), line[stops:]) + self._frames(0.2, 1.2)
        else:
            self._t = self._play(self._t, line) + self._frames(0.2, 1.2)

    def _trainee(self) -> None:
        words = 0
        for _ in range(int(self._rng.integers(1, 4))):
            spoken = self._any(self._parts.trainee)
            quiet = 0
            for n, level in enumerate([*10.0 * np.log10(self._gain * spoken.power + 1e-12), *[-120.0] * 10]):
                quiet = quiet + 1 if level < PAUSE_DB else 0
                if quiet * FRAME_SECONDS == PAUSE_SECONDS:
                    self._breathe(self._t + n + 1, words + spoken.words * n // len(spoken.power))
            words += spoken.words
            self._t = self._say(self._t, spoken.power) + self._frames(0.16, 0.9)
        self._t += self._frames(0.0, 0.6)

    def _breathe(self, at: int, words: int) -> None:
        if (at - self._breathed) * FRAME_SECONDS < BREATH_EVERY_SECONDS:
            return
        hums = words >= HUMMED_WORDS and (at - self._hummed) * FRAME_SECONDS >= HUM_EVERY_SECONDS
        sound = self._any(self._parts.hums if hums else self._parts.breaths).power
        self.played[at : at + len(sound)] += sound
        self._breathed = at
        self._hummed = at if hums else self._hummed


def headset(parts: Cast, kind: str, rng: np.random.Generator) -> Scene:
    """A call in which the microphone hears the trainee and the room alone."""
    length = round(60.0 * CALL_MINUTES / FRAME_SECONDS)
    call = Conversation(parts, rng, length)
    beside = np.resize(power(noise(kind, 20.0, rng)), length)
    return Scene(call.played[:length], call.line[:length], call.said[:length] + beside)


def ringing(seconds: float, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """What a room makes of a click: as much of it later, in noise that dies away, as at once."""
    if not seconds:
        return np.ones(1)
    count = round(seconds * SAMPLE_RATE)
    late = rng.standard_normal(count) * 10.0 ** (-3.0 * np.arange(count) / count)
    late[: SAMPLE_RATE // 200] = 0.0
    late /= np.sqrt(2.0 * np.sum(late**2))
    late[0] = np.sqrt(0.5)
    return late


def loudspeaker(
    parts: Cast,
    room: Room,
    delay_seconds: float,
    cut: bool,
    talks: float,
    rng: np.random.Generator,
) -> tuple[Scene, list[float]]:
    """Lines that the microphone hears, and when each begins, s. The trainee speaks in `talks` of them (0..1)."""
    gain_db, ringing_seconds, kind, companded = room
    pieces, begins, length = [np.zeros(SAMPLE_RATE, np.float32)], [], SAMPLE_RATE
    for _ in range(SCENE_LINES):
        begins.append(length / SAMPLE_RATE)
        sound = parts.lines[int(rng.integers(len(parts.lines)))].samples
        if cut:
            sound = sound[: round((delay_seconds + rng.uniform(*CUT_OFF_SECONDS)) * SAMPLE_RATE)]
        pieces += [sound, np.zeros(round(rng.uniform(1.2, 3.0) * SAMPLE_RATE), np.float32)]
        length += len(pieces[-2]) + len(pieces[-1])
    played = np.concatenate(pieces)
    click = ringing(ringing_seconds, rng) * 10.0 ** (gain_db / 20.0)
    both = length + len(click)
    echo = np.fft.irfft(np.fft.rfft(played, both) * np.fft.rfft(click, both), both)
    delay = round(delay_seconds * SAMPLE_RATE)
    heard = np.concatenate([np.zeros(delay), echo])[:length] + noise(kind, length / SAMPLE_RATE + 1.0, rng)[:length]
    for begin in begins:
        if rng.random() < talks:
            at = max(round((begin + rng.uniform(-2.0, 1.5)) * SAMPLE_RATE), 0)
            words = parts.trainee[int(rng.integers(len(parts.trainee)))].samples
            words = words[: round(rng.uniform(0.5, 2.5) * SAMPLE_RATE)][: length - at]
            heard[at : at + len(words)] += words
    whole = heard.astype(np.float32)
    lines = power(played)
    return Scene(lines, lines > 0.0, power(decode(encode(whole)) if companded else whole)), begins
