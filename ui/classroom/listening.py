"""The trainer's side of listening: keeps asking for a call's sound, and plays it."""

import asyncio

import numpy as np
import soxr

from ui.classroom.group import Group
from ui.classroom.person import Person
from ui.classroom.protocol import LISTEN_SECONDS, SOUND_BYTES
from ui.runtime.settings import Settings
from voice.audio import SAMPLE_RATE, Samples
from voice.monitoring import mulaw
from voice.ports import Speaker, VoiceProblem

AHEAD_SECONDS = 0.2
"""Silence before the first piece, so that a late one leaves no gap."""
MOST_AHEAD_SECONDS = 1.0
"""With more sound than this waiting, pieces are dropped: the network delivers a backlog, or the sender too much."""


def open_speaker(settings: Settings) -> Speaker:
    """The trainer's headphones. Raises VoiceProblem."""
    from voice.devices.lasting_speaker import LastingSpeaker
    from voice.devices.speaker import DeviceSpeaker

    return LastingSpeaker(lambda lost: DeviceSpeaker(settings.speaker, lost))


class Listening:
    """Listening to one call, until `close`, the end of the call, or the trainee ends it."""

    def __init__(self, group: Group, person: Person, speaker: Speaker) -> None:
        """Closes `speaker` at the end."""
        self.person = person
        self.pieces = 0
        """Pieces played."""
        self._group, self._speaker = group, speaker
        self._resampler = soxr.ResampleStream(SAMPLE_RATE, speaker.rate, 1, dtype="float32")
        self._asking = asyncio.ensure_future(self._ask())
        group.on_sound = self._take

    @property
    def over(self) -> bool:
        return self._asking.done()

    async def close(self) -> None:
        self._asking.cancel()
        await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        person, call = self.person, self.person.call
        try:
            while person.state.sound and person.in_call and person.call == call:
                self._group.listen(person.id, LISTEN_SECONDS)
                await asyncio.sleep(LISTEN_SECONDS / 3)
        finally:
            self._group.listen(person.id, 0.0)
            await asyncio.to_thread(self._speaker.close)

    def _take(self, person: str, payload: bytes) -> None:
        if person != self.person.id or len(payload) != SOUND_BYTES or self.over:
            return
        rate, ahead = self._speaker.rate, self._speaker.pending_samples()
        if ahead > MOST_AHEAD_SECONDS * rate:
            return
        try:
            if ahead == 0:
                self._speaker.play(np.zeros(round(AHEAD_SECONDS * rate), np.float32))
            self._speaker.play(self._sound(payload))
            self.pieces += 1
        except VoiceProblem:
            return  # the headphones may come back; the call is on the screen

    def _sound(self, payload: bytes) -> Samples:
        return np.asarray(self._resampler.resample_chunk(mulaw.decode(payload)), np.float32)
