"""The ear: a thread in which a microphone's frames become SpeechStarted, Partial and Utterance."""

import atexit
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from dialogue.events import AudioProblem, Prosody, WorldEvent
from voice.audio import SAMPLE_RATE, SILENCE_DBFS, Samples, dbfs
from voice.clock import CallClock
from voice.hearing.endpointing import Rules
from voice.hearing.utterances import Guess, Hearing
from voice.ports import Microphone, Recognizer, Recorded, VoiceActivityDetector, VoiceProblem

STOP_SECONDS = 3.0
"""How long `stop` waits for the thread, which may be decoding."""
FAULT = "Hearing stopped because of a fault of ours ({}): type what you say until you can be heard again."
EXIT_SECONDS = 30.0
"""How long the process waits for the thread at exit. A decode cannot be cancelled, and a thread that returns from one
after Python has shut down is unwound through C++, which aborts the process (measured)."""


@dataclass(slots=True)
class EarMeter:
    """The latest values, overwritten in place, for screens that poll about 15 times a second."""

    level_dbfs: float = SILENCE_DBFS
    """Of the newest 20 ms; -120 while muted."""
    muted_dbfs: float = SILENCE_DBFS
    """The same while muted, else -120: to tell a trainee that they speak while muted. Nothing else uses that sound."""
    speaking: bool = False
    customer_speaking: bool = False


def measure_prosody(samples: Samples) -> Prosody:
    """`voice.prosody.measure`, imported when first needed."""
    from voice.prosody import measure

    return measure(samples)


class Ear:
    """Listens to one microphone until it ends, is lost, or `stop` is called. A new microphone needs a new ear.

    `emit` is called in the ear's thread. `mute`, `customer_speaking`, `stop` and `meter` may be used from any thread.
    While the microphone streams it drives `clock`. The recogniser and the detector belong to the ear's threads from
    `start` until `stop` has returned True; the ear does not close them.
    """

    def __init__(
        self,
        microphone: Microphone,
        vad: VoiceActivityDetector,
        recognizer: Recognizer,
        clock: CallClock,
        emit: Callable[[WorldEvent], None],
        *,
        rules: Rules | None = None,
        measure: Callable[[Samples], Prosody] | None = measure_prosody,
        guess: Guess = lambda turn: None,
    ) -> None:
        """`guess` is called in the ear's thread with each turn that may be complete, before that is certain."""
        self.meter = EarMeter()
        self.recorded: Recorded = lambda start, samples: None
        """Called in the ear's thread."""
        self._microphone = microphone
        self._clock = clock
        self._emit = emit
        self._hearing = Hearing(
            vad, recognizer, clock, emit, rules=rules, threaded=microphone.real_time, measure=measure, guess=guess
        )
        self._hearing.recorded = lambda start, samples: self.recorded(start, samples)
        self._muted = False
        self._arrived_samples = self._taken_samples = 0
        self._first = 0  # samples from before `start` are ignored: the call had not been picked up
        self._stopping = threading.Event()
        self._ticking = threading.Lock()  # no block may drive the clock again once it has been released
        self._ended = False
        self._thread = threading.Thread(target=self.run, name="ear", daemon=True)
        microphone.arrived = self._arrived

    def start(self) -> None:
        """Start the thread. Sound that the microphone delivered before is ignored."""
        self._first = self._taken_samples = self._arrived_samples
        self._thread.start()
        atexit.register(self._wait_at_exit)

    def stop(self) -> bool:
        """Stop and close the microphone; an unfinished turn is dropped. True when the thread has ended."""
        self._stopping.set()
        self._release_clock()  # no more sound comes, and the thread may hang in the recogniser
        self._microphone.close()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(STOP_SECONDS)
        if self._thread.is_alive():
            return False
        atexit.unregister(self._wait_at_exit)
        return True

    def behind_seconds(self) -> float:
        """How far recognition lags behind the sound, s: well under 1, unless the recogniser is slow or hangs."""
        waiting = (self._arrived_samples - self._taken_samples) / SAMPLE_RATE
        return max(waiting, self._hearing.waits_seconds())

    def give_up(self) -> None:
        """The thread hangs: do not wait for it at exit."""
        atexit.unregister(self._wait_at_exit)

    def mute(self, on: bool) -> None:
        """Replace the sound by silence from now on, or stop that. The clock runs on; an open turn ends by silence."""
        self._muted = on
        self._hearing.muted.set(on, self._clock.now())

    def customer_speaking(self, on: bool) -> None:
        """Say that the customer's voice starts or stops to sound, for `Utterance.overlap_seconds`."""
        self.meter.customer_speaking = on
        self._hearing.customer.set(on, self._clock.now())

    def run(self) -> None:
        """The thread's body; a fast demo may call it instead of `start`. Returns when the microphone has ended."""
        trouble = ""
        try:
            for frame in self._microphone:
                if self._stopping.is_set():
                    break
                if frame.index < self._first:
                    continue
                self._hearing.take(frame)
                self._taken_samples = frame.index + len(frame.samples)
                self.meter.speaking = self._hearing.speaking
        except Exception as fault:  # whatever it is, the trainee must be told
            trouble = _told(fault)
        self._finish(trouble)

    def _wait_at_exit(self) -> None:
        self._stopping.set()
        self._microphone.close()
        self._thread.join(EXIT_SECONDS)

    def _finish(self, trouble: str) -> None:
        self._release_clock()  # first, since the recogniser may be slow over the last turn, or hang
        try:
            self._hearing.close(finish=not self._stopping.is_set())
        except Exception as fault:  # on the last turn, too
            trouble = trouble or _told(fault)
        self.meter.level_dbfs = self.meter.muted_dbfs = SILENCE_DBFS
        self.meter.speaking = False
        if trouble and not self._stopping.is_set():
            self._emit(AudioProblem(self._clock.now(), "lost", trouble))
        self._microphone.close()  # takes a second when the sound system hangs

    def _release_clock(self) -> None:
        with self._ticking:
            self._ended = True
            self._clock.let_go()

    def _arrived(self, block: Samples, samples: int) -> None:
        with self._ticking:
            if self._ended:
                return
            self._arrived_samples = samples
            self._clock.tick(samples)
        level, muted = dbfs(block), self._muted
        self.meter.level_dbfs = SILENCE_DBFS if muted else level
        self.meter.muted_dbfs = level if muted else SILENCE_DBFS


def _told(fault: Exception) -> str:
    """The sentence for the trainee; the traceback of an unexpected fault goes to the log."""
    if isinstance(fault, VoiceProblem):
        return str(fault)
    logging.getLogger(__name__).error("hearing stopped", exc_info=fault)
    return FAULT.format(f"{type(fault).__name__}: {fault}")
