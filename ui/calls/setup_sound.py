"""The sound side of the set-up: what is there, and trying it. Every method may take a second: call it in a thread."""

from typing import Protocol

from dialogue.events import Prosody
from ui import strings
from ui.calls.microphone_watch import LOUD_DBFS, NOTHING_DBFS, QUIET_DBFS
from ui.runtime.settings import Settings, load_settings
from voice.audio import AudioClip, Samples
from voice.soundcheck import Echo, Listener

READING_SECONDS = 30.0
"""How long the paragraph for the baseline is listened to at most."""
CALM = 20.0
"""Anger with which the customer says the line in the set-up."""


class SetupSound(Protocol):
    """This computer's sound, or a test's."""

    def microphones(self) -> list[str]:
        """Names; empty when there is none. VoiceProblem when there is no sound system."""
        ...

    def headphones(self) -> list[str]: ...

    def listen(self, microphone: str | None) -> Listener:
        """VoiceProblem when it cannot be opened."""
        ...

    def say(self, headphones: str | None, listener: Listener | None) -> Echo | None:
        """Let the customer say a line; what `listener` heard of it. VoiceProblem when nothing can be played."""
        ...


class DeviceSound:
    """The real devices and the voice of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lines: dict[bool, AudioClip] = {}
        """In full, and as on a telephone."""

    def microphones(self) -> list[str]:
        from voice.devices.listing import devices

        return list(dict.fromkeys(each.name for each in devices() if each.input_channels))

    def headphones(self) -> list[str]:
        from voice.devices.listing import devices

        return list(dict.fromkeys(each.name for each in devices() if each.output_channels))

    def listen(self, microphone: str | None) -> Listener:
        from voice.devices.microphone import DeviceMicrophone

        return Listener(DeviceMicrophone(microphone))

    def say(self, headphones: str | None, listener: Listener | None) -> Echo | None:
        from voice.devices.speaker import DeviceSpeaker
        from voice.soundcheck import play, play_and_listen

        line = self._rendered()
        speaker = DeviceSpeaker(headphones)
        try:
            if listener is None or listener.problem:
                play(speaker, line)
                return None
            return play_and_listen(speaker, line, listener)
        finally:
            speaker.close()

    def _rendered(self) -> AudioClip:
        from voice.synthesis import choose

        telephone = load_settings().telephone  # as chosen by now
        if telephone not in self._lines:
            synthesizer = choose(self._settings.voice, telephone=telephone)
            try:
                self._lines[telephone] = synthesizer.render(strings.SETUP_LINE, CALM)
            finally:
                synthesizer.close()
        return self._lines[telephone]


def measured(reading: Samples) -> Prosody:
    """The baseline in a reading. VoiceProblem when there is too little speech in it."""
    from voice.soundcheck import reading_baseline

    return reading_baseline(reading)


def level_in_words(loudest_dbfs: float) -> str:
    """What to do about a voice whose loudest 20 ms of late were at this level."""
    if loudest_dbfs < NOTHING_DBFS:
        return strings.LEVEL_NOTHING
    if loudest_dbfs < QUIET_DBFS:
        return strings.LEVEL_QUIET
    return strings.LEVEL_LOUD if loudest_dbfs > LOUD_DBFS else strings.LEVEL_GOOD


def echo_in_words(heard: Echo | None) -> str:
    from voice.echo.canceller import available

    if heard is None:
        return strings.ECHO_UNKNOWN
    return strings.ECHO_HEARD[available()] if heard.heard else strings.ECHO_NONE


def baseline_in_words(baseline: Prosody | None) -> str:
    """The measured numbers, and nothing made of them."""
    if baseline is None:
        return strings.BASELINE_NONE
    return strings.BASELINE.format(
        level=baseline.loudness_dbfs, pitch=baseline.pitch_hz or 0.0, rate=baseline.rate_syllables_s
    )
