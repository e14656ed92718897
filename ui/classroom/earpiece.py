"""The trainer's whisper as a voice in the trainee's ear: beside the call, whose customer and journal hear nothing.

It plays on a stream of its own, so that neither the mouth nor what it tells of its lines is touched.
"""

import asyncio
from collections.abc import Callable

from dialogue.events import Delivery
from ui import strings
from ui.call import Call
from ui.settings import Settings
from voice.ports import Speaker, VoiceProblem

VOICES = "older_woman", "young_man"
"""One of them is not the customer's, whichever that is."""
LOUDNESS = 0.6
"""Of full scale: a whisper is not to drown the customer."""
POLL_SECONDS = 0.05


def open_speaker(settings: Settings) -> Speaker:
    """Headphones of one's own beside the call's: sound systems mix. Raises VoiceProblem."""
    from voice.devices import DeviceSpeaker

    return DeviceSpeaker(settings.speaker)


class Earpiece:
    """`tell` is given one sentence when a whisper can only be read."""

    def __init__(self, settings: Settings, tell: Callable[[str], None]) -> None:
        self._settings, self._tell = settings, tell
        self._one_at_a_time = asyncio.Lock()

    async def say(self, text: str, call: Call) -> None:
        """In another voice than the customer's. Without a headset the microphone would hear it: then it is
        only shown, as every whisper is."""
        if not self._settings.headset:
            return
        voice = next(each for each in VOICES if each != call.pack.customer.voice)
        async with self._one_at_a_time:
            try:
                await self._sound(text, voice)
            except VoiceProblem as problem:
                self._tell(strings.CLASS_NOT_SPOKEN.format(problem=problem))

    async def _sound(self, text: str, voice: str) -> None:
        from voice import synthesis
        from voice.sources import resample

        synthesizer = await asyncio.to_thread(synthesis.choose, self._settings.voice, voice)
        try:
            clip = await asyncio.to_thread(synthesizer.render, text, Delivery(anger=0.0))
        finally:
            await asyncio.to_thread(synthesizer.close)
        speaker = await asyncio.to_thread(open_speaker, self._settings)
        try:
            speaker.play(LOUDNESS * resample(clip.samples, clip.rate, speaker.rate))
            while speaker.pending_samples() and not speaker.problem:
                await asyncio.sleep(POLL_SECONDS)
        finally:
            await asyncio.to_thread(speaker.close)
