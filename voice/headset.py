"""A microphone and headphones that come back: after a loss, opening them is tried again once a second."""

import contextlib
import threading
from collections.abc import Callable

from dialogue.events import AudioProblem, WorldEvent
from voice.audio import Samples
from voice.clock import CallClock
from voice.ear import Ear, Meter
from voice.hearing import Guess
from voice.ports import Microphone, Recognizer, Speaker, VoiceActivityDetector, VoiceProblem
from voice.sources import resample

RETRY_SECONDS = 1.0

Lost = Callable[[str], None]
OpenMicrophone = Callable[[], Microphone]
OpenSpeaker = Callable[[Lost], Speaker]


class LastingEar:
    """An `Ear` for a whole call: when its microphone is lost, a new ear listens as soon as one can be opened.

    In between the trainee cannot be heard (`listening` is False) and the call goes on by keyboard. Any thread may call
    any method.
    """

    def __init__(
        self,
        open_microphone: OpenMicrophone,
        vad: VoiceActivityDetector,
        recognizer: Recognizer,
        clock: CallClock,
        emit: Callable[[WorldEvent], None],
        guess: Guess = lambda turn: None,
    ) -> None:
        """Opens the microphone at once. VoiceProblem when there is none."""
        self._open = open_microphone
        self._vad, self._recognizer, self._clock, self._emit = vad, recognizer, clock, emit
        self._guess = guess
        self._muted = False
        self._over = threading.Event()
        self._changing = threading.Lock()
        """Held while one ear takes the place of another, or all is over."""
        self._retrying: threading.Thread | None = None
        self._ear = self._new_ear(open_microphone())
        self.listening = False

    @property
    def meter(self) -> Meter:
        return self._ear.meter

    def start(self) -> None:
        self.listening = True
        self._ear.start()

    def stop(self) -> None:
        """Stop hearing for good."""
        with self._changing:
            self._over.set()
            self.listening = False
        if self._retrying:
            self._retrying.join(RETRY_SECONDS)
        self._ear.stop()

    def mute(self, on: bool) -> None:
        with self._changing:
            self._muted = on
            self._ear.mute(on)

    def customer_speaking(self, on: bool) -> None:
        self._ear.customer_speaking(on)

    def _new_ear(self, microphone: Microphone) -> Ear:
        return Ear(microphone, self._vad, self._recognizer, self._clock, self._heard, guess=self._guess)

    def _heard(self, event: WorldEvent) -> None:
        self._emit(event)
        if isinstance(event, AudioProblem) and event.kind == "lost" and not self._over.is_set():
            self.listening = False
            self._retrying = threading.Thread(target=self._retry, name="microphone retry", daemon=True)
            self._retrying.start()

    def _retry(self) -> None:
        while not self._ear.stop():  # the recogniser belongs to the old thread until it has ended
            if self._over.is_set():
                return
        while not self._over.wait(RETRY_SECONDS):
            with contextlib.suppress(VoiceProblem):
                self._replace(self._new_ear(self._open()))
                return

    def _replace(self, ear: Ear) -> None:
        with self._changing:
            if not self._over.is_set():
                ear.mute(self._muted)
                ear.customer_speaking(self._ear.meter.customer_speaking)
                self._ear = ear
                self._emit(AudioProblem(self._clock.now(), "recovered", "The microphone is back: you can speak again."))
                self.start()
                return
        ear.stop()


class LastingSpeaker:
    """A `Speaker` for a whole call: while its device is lost, `play` raises VoiceProblem."""

    def __init__(self, open_speaker: OpenSpeaker) -> None:
        """Opens the device at once. VoiceProblem when there is none."""
        self._open = open_speaker
        self._over = threading.Event()
        self._changing = threading.Lock()
        """Held while one device takes the place of another, and while their counts are added up."""
        self._problem = ""
        self._before = 0  # samples played on devices that were lost
        self._loop: Samples | None = None
        self._speaker = open_speaker(self._lost)
        self.rate = self._speaker.rate

    @property
    def problem(self) -> str:
        return self._problem or self._speaker.problem

    def play(self, samples: Samples) -> None:
        if self.problem:
            raise VoiceProblem(self.problem)
        self._speaker.play(resample(samples, self.rate, self._speaker.rate))

    def stop(self) -> None:
        self._speaker.stop()

    def played_samples(self) -> int:
        with self._changing:
            return self._played()

    def pending_samples(self) -> int:
        return self._speaker.pending_samples() * self.rate // self._speaker.rate

    def background(self, loop: Samples | None) -> None:
        with self._changing:
            self._loop = loop
            self._speaker.background(loop if loop is None else resample(loop, self.rate, self._speaker.rate))

    def close(self) -> None:
        with self._changing:
            self._over.set()
        self._speaker.close()

    def _played(self) -> int:
        return self._before + self._speaker.played_samples() * self.rate // self._speaker.rate

    def _lost(self, problem: str) -> None:
        if not self._over.is_set():
            self._problem = problem
            threading.Thread(target=self._retry, name="headphones retry", daemon=True).start()

    def _retry(self) -> None:
        self._speaker.close()
        while not self._over.wait(RETRY_SECONDS):
            with contextlib.suppress(VoiceProblem):
                self._replace(self._open(self._lost))
                return

    def _replace(self, speaker: Speaker) -> None:
        with self._changing:
            if not self._over.is_set():
                self._before = self._played()
                self._speaker = speaker
                if self._loop is not None:
                    speaker.background(resample(self._loop, self.rate, speaker.rate))
                self._problem = ""
                return
        speaker.close()
