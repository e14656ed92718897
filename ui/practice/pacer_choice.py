"""The pace of breathing, from the settings."""

from ui.practice.breathing import DEFAULT, PATTERNS, Pace, Silence, Sound
from ui.runtime.settings import Settings


def pace(settings: Settings, *, name: str | None = None, still: bool = False) -> Pace:
    """`name`: a pattern instead of that of the settings. `still`: without motion, whatever the settings say."""
    pattern = PATTERNS.get(name or settings.pacer, DEFAULT)
    return Pace(pattern, _tones(settings) if settings.pacer_sound else Silence(), still or settings.reduced_motion)


def _tones(settings: Settings) -> Sound:
    from voice.devices.speaker import DeviceSpeaker
    from voice.speaking.pacer_tones import BreathSound

    return BreathSound(lambda: DeviceSpeaker(settings.speaker))
