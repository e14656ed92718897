"""Speaks the trainer's whisper into the trainee's ear, unheard by the customer.

It plays on an audio stream of its own and leaves the mouth alone.
"""

import asyncio
import time
from collections.abc import Callable

from ui import strings
from ui.calls.driver import Call
from ui.runtime.settings import Settings
from voice.ports import Speaker, VoiceProblem

VOICES = "older_woman", "young_man"
"""Two, so that one of them differs from the customer's."""
LOUDNESS = 0.6
"""Share of full scale: a whisper must not drown the customer."""
POLL_SECONDS = 0.05
LATE_SECONDS = 2.0
"""How much longer than its sound a whisper may take before a stalled stream is given up."""


def open_speaker(settings: Settings) -> Speaker:
    """A second stream to the headphones; the sound system mixes it with the call's. Raises VoiceProblem."""
    from voice.devices.speaker import DeviceSpeaker

    return DeviceSpeaker(settings.speaker)


class Earpiece:
    """`settings`: gives those in force. `tell` gets a sentence when a whisper can only be read."""

    def __init__(self, settings: Callable[[], Settings], tell: Callable[[str], None]) -> None:
        self._settings, self._tell = settings, tell
        self._one_at_a_time = asyncio.Lock()

    async def say(self, text: str, call: Call) -> None:
        """Say it in another voice than the customer's, until the call ends. Without a headset the microphone would hear
        it, so that it is only shown, as every whisper is."""
        settings = self._settings()
        if not settings.headset:
            return
        voice = next(each for each in VOICES if each != call.pack.customer.voice)
        async with self._one_at_a_time:
            try:
                await _sound(text, voice, settings, call)
            except VoiceProblem as problem:
                self._tell(strings.CLASS_NOT_SPOKEN.format(problem=problem))


async def _sound(text: str, voice: str, settings: Settings, call: Call) -> None:
    from voice import synthesis
    from voice.devices.resampling import resample

    if call.ended:
        return
    synthesizer = await asyncio.to_thread(synthesis.choose, settings.voice, voice)
    try:
        clip = await asyncio.to_thread(synthesizer.render, text, 0.0)
    finally:
        await asyncio.to_thread(synthesizer.close)
    if call.ended:
        return
    speaker = await asyncio.to_thread(open_speaker, settings)
    try:
        speaker.play(LOUDNESS * resample(clip.samples, clip.rate, speaker.rate))
        until = time.monotonic() + len(clip.samples) / clip.rate + LATE_SECONDS
        while speaker.pending_samples() and not speaker.problem and not call.ended and time.monotonic() < until:
            await asyncio.sleep(POLL_SECONDS)
        speaker.stop()
    finally:
        await asyncio.to_thread(speaker.close)
