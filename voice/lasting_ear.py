"""An ear for a whole call: after a loss of the microphone or the recogniser it retries both once a second."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from dialogue.events import AudioProblem, Partial, SpeechStarted, Utterance, WorldEvent
from voice.clock import CallClock
from voice.devices import retrying
from voice.ear import Ear, EarMeter
from voice.echo.watch import EchoWatch
from voice.hearing.utterances import Guess
from voice.ports import Microphone, Recognizer, Recorded, VoiceActivityDetector

WATCH_SECONDS = 0.25
SLOW_SECONDS = 1.7
"""Lag of recognition after which the trainee is told. A decode takes 0.1 to 0.7 s."""
HUNG_SECONDS = 15.0
"""Lag after which the recogniser counts as hung and the call goes on by keyboard."""
SLOW = "Recognition is slow just now: wait a moment, or type what you said."
HUNG = "Recognition does not answer: type what you say. You will be heard again as soon as it answers."
ECHO = (
    "The microphone hears the customer, so it is closed while they speak: put the headset back on, or wait for them "
    "to finish. If it does not hear you, type."
)
NO_ECHO = "The microphone no longer hears the customer: you can interrupt them again."

OpenMicrophone = Callable[[], Microphone]


class LastingEar:
    """Replaces its `Ear` by a new one when the microphone is lost or the recogniser hangs, as soon as both work again.

    Until then `listening` is False and the call goes on by keyboard. Any thread may call any method.
    """

    def __init__(
        self,
        open_microphone: OpenMicrophone,
        vad: VoiceActivityDetector,
        recognizer: Recognizer,
        clock: CallClock,
        emit: Callable[[WorldEvent], None],
        guess: Guess = lambda turn: None,
        *,
        echo: EchoWatch | None = None,
        on_echo: Callable[[bool], None] = lambda on: None,
        on_done: Callable[[], None] = lambda: None,
    ) -> None:
        """Opens the microphone at once; raises VoiceProblem when there is none. `on_echo` is called when `echo` finds
        that the microphone starts or stops to pick up the customer, `on_done` when the recogniser is no longer used.
        """
        self._open = open_microphone
        self._vad, self._recognizer, self._clock, self._emit = vad, recognizer, clock, emit
        self._guess = guess
        self.recorded: Recorded = lambda start, samples: None
        """Gets the sound of each turn."""
        self._echo, self._on_echo, self._on_done = echo, on_echo, on_done
        self._muted = False
        self._turn_open = False
        """A SpeechStarted has not had its Utterance yet."""
        self._slow = False
        """The trainee was told that recognition is slow, and may type what they said."""
        self._typed = False
        """They did: the open turn must not be reported as well."""
        self._given_up: Ear | None = None
        """The ear whose recogniser hung: its late events are dropped."""
        self._over = threading.Event()
        self._changing = threading.Lock()
        """Held while one ear replaces another, and while stopping."""
        self._threads: list[threading.Thread] = []
        self._ear = self._new_ear(open_microphone())
        self.listening = False

    @property
    def meter(self) -> EarMeter:
        return self._ear.meter

    def start(self) -> None:
        self._listen()
        self._begin(self._watch)

    def stop(self) -> None:
        """Stop hearing for good."""
        with self._changing:
            self._over.set()
            self.listening = False
        for thread in self._threads:
            thread.join(retrying.RETRY_SECONDS)
        if self._ear.stop() and not any(thread.is_alive() for thread in self._threads):
            self._on_done()  # one that is still opening may be trying the recogniser

    def mute(self, on: bool) -> None:
        with self._changing:
            self._muted = on
            self._ear.mute(on)

    def customer_speaking(self, on: bool) -> None:
        with self._changing:  # a new ear is told what the old one knew
            self._ear.customer_speaking(on)

    def typed(self) -> None:
        """The trainee has typed a turn. While recognition is slow, it is taken to be the open spoken one."""
        self._typed = self._slow and self._turn_open

    def _listen(self) -> None:
        self.listening = True
        self._ear.start()

    def _new_ear(self, microphone: Microphone) -> Ear:
        def emit(event: WorldEvent) -> None:
            if ear is not self._given_up:
                self._heard(event)

        ear = Ear(microphone, self._vad, self._recognizer, self._clock, emit, guess=self._guess)
        ear.recorded = lambda start, samples: self.recorded(start, samples)
        return ear

    def _heard(self, event: WorldEvent) -> None:
        match event:
            case SpeechStarted():
                self._turn_open = True
            case Partial() if self._typed:
                return
            case Utterance():
                echo = self._echo and self._echo.echo and event.overlap_seconds  # the customer's own words
                if echo or self._typed:
                    event = replace(event, text="", words=(), confidence=None, prosody=None)
                self._turn_open = self._typed = False
            case AudioProblem(kind="lost") if self._turn_open:  # every SpeechStarted gets its Utterance
                self._heard(Utterance(event.t, start=event.t, end=event.t, text="", source="voice"))
        self._emit(event)
        if isinstance(event, AudioProblem) and event.kind == "lost" and not self._over.is_set():
            self.listening = False
            self._begin(self._retry)

    def _watch(self) -> None:
        """A decode cannot be cancelled: tell a trainee who waits for one, and go on without it in the end."""
        while not self._over.wait(WATCH_SECONDS):
            self._look_for_echo()
            behind = self._ear.behind_seconds() if self.listening else 0.0
            if behind > HUNG_SECONDS:
                self._give_up()
            elif behind > SLOW_SECONDS and not self._slow:
                self._emit(AudioProblem(self._clock.now(), "dropped", SLOW))
            self._slow = behind > SLOW_SECONDS

    def _look_for_echo(self) -> None:
        try:
            changed = self._echo is not None and self._echo.look()
        except Exception:  # go on without echo detection: the recogniser must still be watched
            logging.getLogger(__name__).exception("the echo is no longer looked for")
            self._echo, changed = None, False
        if self._echo and changed:
            self._on_echo(self._echo.echo)
            self._emit(AudioProblem(self._clock.now(), "dropped", ECHO if self._echo.echo else NO_ECHO))

    def _give_up(self) -> None:
        self._given_up = self._ear
        self._ear.give_up()
        self._heard(AudioProblem(self._clock.now(), "lost", HUNG))

    def _retry(self) -> None:
        """The recogniser belongs to the old ear until that has ended."""
        for step in (self._ear.stop, self._recognizer_works):
            if not retrying.done_at_last(step, self._over):
                return
        self._over.wait(retrying.RETRY_SECONDS)
        retrying.done_at_last(self._reopen, self._over)

    def _recognizer_works(self) -> bool:
        self._recognizer.abort()
        self._recognizer.warm_up()
        return True

    def _reopen(self) -> bool:
        self._replace(self._new_ear(self._open()))
        return True

    def _replace(self, ear: Ear) -> None:
        with self._changing:
            if not self._over.is_set():
                ear.mute(self._muted)
                ear.customer_speaking(self._ear.meter.customer_speaking)
                self._ear = ear
                self._emit(AudioProblem(self._clock.now(), "recovered", "The microphone is back: you can speak again."))
                self._listen()
                return
        ear.stop()

    def _begin(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=f"microphone {work.__name__.strip('_')}", daemon=True)
        with self._changing:
            if not self._over.is_set():  # else `stop` would not wait for it
                self._threads = [each for each in self._threads if each.is_alive()] + [thread]
                thread.start()
