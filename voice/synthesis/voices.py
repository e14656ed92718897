"""The customers' voices: one parameter set each, relative to an engine's own voice.

The neural engine has one voice, an American woman of about 190 Hz; pitch and formants are moved away from it. A vocal
tract longer by 1/k puts every formant at k times its place: about 0.85 for men against women (Peterson & Barney 1952,
"Control methods used in a study of the vowels", JASA 24). Older speakers speak slower, breathier and less steadily
(Linville 2001, "Vocal Aging"). espeak-ng has variants for the same purpose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from voice.ports import VoiceProblem


@dataclass(frozen=True, slots=True)
class Voice:
    """How one customer sounds when calm. Factors are relative to the engine's own voice; 1.0 leaves it as it is."""

    name: str
    pitch: float
    """Factor on F0."""
    formant: float
    """Factor on every formant frequency."""
    tempo: float
    """Factor on the speech rate."""
    breath_db: float = 0.0
    """Gain of the noise part of the voice, dB."""
    tremor: float = 0.0
    """Depth of a 5 Hz modulation of F0, as a share of F0."""
    espeak: str = "en-us"
    """Voice and variant for espeak-ng."""
    espeak_pitch: int = 50
    """espeak-ng's pitch, 0..99."""
    espeak_most: int = 99
    """How far anger may raise that: beyond, a high voice is no longer understood."""
    gender: Literal["female", "male"] = "female"
    """For engines with voices of their own (Windows, macOS): which to look for."""
    telephone: bool = False
    """They are heard through a telephone line."""


_ALL = (
    Voice("woman", pitch=1.0, formant=1.0, tempo=1.0, espeak="en-us+f5", espeak_pitch=50),
    Voice("man", pitch=0.60, formant=0.87, tempo=0.97, espeak="en-us+m7", espeak_pitch=40, gender="male"),
    Voice("young_woman", pitch=1.15, formant=1.07, tempo=1.06, espeak="en-us+f2", espeak_pitch=60, espeak_most=68),
    Voice("young_man", pitch=0.74, formant=0.94, tempo=1.05, espeak="en-us+m3", espeak_pitch=62, gender="male"),
    Voice("older_woman", 0.83, 0.95, 0.90, breath_db=4.0, tremor=0.015, espeak="en-us+f5", espeak_pitch=32),
    Voice("older_man", 0.52, 0.84, 0.88, 4.0, 0.015, espeak="en-us+m7", espeak_pitch=24, gender="male"),
)

VOICES: Mapping[str, Voice] = MappingProxyType({voice.name: voice for voice in _ALL})
"""By name, as scenario packs give it."""

TRAINEE = Voice("trainee", pitch=0.68, formant=0.92, tempo=0.94)
"""Speaks the demo's recorded turns: a man, and none of the customers, since the demo's customer is a woman."""


def find(name: str) -> Voice:
    """The customer voice of that name. Raises VoiceProblem naming those there are."""
    try:
        return VOICES[name]
    except KeyError:
        raise VoiceProblem(f"There is no voice called {name!r}: choose one of {', '.join(VOICES)}.") from None
