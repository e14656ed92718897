"""From samples to utterances: VAD, endpointing, recogniser and prosody.

`Hearing` takes frames and emits events. The ear runs it in its thread, with the recogniser in another, so that speech
is noticed at once while something is being decoded. Recordings go through it in a single thread, as fast as it goes
(`voice.recordings.transcription.transcription`).
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from dialogue.events import AudioProblem, Partial, Prosody, SpeechStarted, Utterance, WorldEvent
from voice.audio import SAMPLE_RATE, AudioFrame, Samples
from voice.clock import CallClock
from voice.hearing.endpointing import Endpoint, Endpointer, MaybeOver, Rules, SpeechBegan, TurnOver
from voice.hearing.finished import OPEN_SECONDS, silence_needed
from voice.hearing.recognition_worker import RecognitionWorker, Then
from voice.hearing.rolling_buffer import RollingBuffer
from voice.hearing.spans import Spans
from voice.ports import Hypothesis, Recognizer, Recorded, VoiceActivityDetector

PRE_ROLL_SECONDS = 0.5
"""Sound before the detected onset that the recogniser also gets, unless it was part of the turn before: soft first
consonants are detected late, and recognition is better after a moment of background noise."""
RECORDING_ROLL_SECONDS = 1.0
"""The same for recordings, before the onset and after the end, where there is time for it. Measured by
benchmarks/recognition.py --ear."""
PARTIAL_SECONDS = 0.5
"""The least time between two partials."""
PARTIAL_SHARE = 0.25
"""Largest share of the time spent on partials: one being decoded when the turn ends delays the answer."""
DROPPED_EVERY_SECONDS = 10.0
"""Lost sound is reported at most once in this time."""
LULL_SECONDS, LONG_LULL_SECONDS = 0.16, 0.5
"""Pauses after which a turn may be complete although its last words are not decoded yet: the first after words that
may end a turn, the second after any. Of the pauses in 90 recorded turns 53 exceed 0.2 s and 55 exceed 0.16 s."""
LOST = "That turn was lost, please say it again: {}"
Measure = Callable[[Samples], Prosody]
Guess = Callable[[Utterance], None]
"""Gets a turn that may be complete. Without `words` its text is that of the last partial."""


@dataclass(slots=True)
class _Turn:
    """The turn going on; positions are samples since the first frame."""

    start: int
    fed: int
    """The recogniser has everything before this."""
    pause: int | None = None
    """Where the pause going on began."""
    lulls: int = 0
    """How many guesses were made in this pause: after LULL_SECONDS and after LONG_LULL_SECONDS."""
    shown: str = ""
    overlap_samples: int = 0
    prosody: Prosody | None = None
    measured_to: int = -1
    lost: bool = False
    """The trainee was told that its words are lost."""


class Hearing:
    """Turns frames into events. One thread at a time; `emit` is called from within `take` and `close`.

    Every SpeechStarted is followed by exactly one Utterance; its text is "" when the sound held no words (a cough, a
    knock, a turn that the recogniser failed on), so that nobody waits for the end of such a turn.
    """

    def __init__(
        self,
        vad: VoiceActivityDetector,
        recognizer: Recognizer,
        clock: CallClock,
        emit: Callable[[WorldEvent], None],
        *,
        rules: Rules | None = None,
        live: bool = True,
        threaded: bool = False,
        measure: Measure | None = None,
        guess: Guess = lambda turn: None,
    ) -> None:
        """`live`: with partials, and a decode at every pause. Its words decide how long the pause may last; if the turn
        ends there, it is the result. `guess` gets the turn as it would be then. Otherwise each turn is decoded once.
        `threaded`: the recogniser has a thread of its own. Without `measure` there is no prosody.
        """
        self._vad = vad
        self._recognizer = RecognitionWorker(recognizer, clock.now, threaded=threaded)
        self._clock = clock
        self._emit = emit
        self._live = live
        self._pre_roll = round((PRE_ROLL_SECONDS if live else RECORDING_ROLL_SECONDS) * SAMPLE_RATE)
        self._post_roll = 0 if live else round(RECORDING_ROLL_SECONDS * SAMPLE_RATE)
        self._measure = measure
        self._guess = guess
        self.recorded: Recorded = lambda start, samples: None
        self._endpointer = Endpointer(rules)
        self._heard = RollingBuffer()
        self._origin: int | None = None  # the microphone's number of our sample 0
        self._recognised = 0  # samples before this belong to turns that are over
        self._turn: _Turn | None = None
        self._decoded_at = 0.0  # call time, s
        self._decode_seconds = 0.0
        self._asked_at: float | None = None  # call time of what was asked last, until it is answered, s
        self._dropped_at = -DROPPED_EVERY_SECONDS
        self.muted = Spans()
        self.customer = Spans()
        self.waits_seconds = self._recognizer.waits_seconds
        vad.reset()

    @property
    def speaking(self) -> bool:
        """Whether the trainee is speaking."""
        return self._endpointer.speaking

    def take(self, frame: AudioFrame) -> None:
        """Process one frame. Raises VoiceProblem when the recogniser has failed for good."""
        self._recognizer.follow_up()
        if self._turn:
            self._tell_if_lost(self._turn, self._recognizer.failure)
        if self._origin is None:
            self._origin = frame.index
        missing = frame.index - self._origin - self._heard.end
        if missing > 0:
            self._report_dropped(missing)
            self._heard.add(np.zeros(missing, np.float32))
        muted = self.muted.at(self._clock.at(frame.index))
        self._heard.add(np.zeros_like(frame.samples) if muted else frame.samples)
        while (chunk := self._heard.next_chunk(self._vad.chunk_samples)) is not None:
            self._hear(chunk)

    def close(self, *, finish: bool = True) -> None:
        """No more frames: an open turn ends here, or is dropped unless `finish`. Leaves no thread."""
        try:
            if finish:
                self._decide(self._endpointer.flush())
            elif self._turn:
                self._turn = None
                self._recognizer.abort()
        finally:
            self._recognizer.close()

    # --- chunk by chunk -----------------------------------------------------------------------------------------

    def _hear(self, chunk: Samples) -> None:
        probability = self._vad.probability(chunk)
        self._decide(self._endpointer.feed(probability, len(chunk)))
        turn, position = self._turn, self._heard.position
        if turn is None:
            self._heard.forget_before(position - self._pre_roll - SAMPLE_RATE)
            return
        speech = probability >= self._endpointer.rules.offset_probability
        if speech and self.customer.at(self._time(position)):
            turn.overlap_samples += len(chunk)
        if self._endpointer.maybe_over:
            self._guess_early(turn, position)
            return  # do not feed this silence: the decode at MaybeOver stays valid unless speech resumes
        turn.pause, turn.lulls = None, 0
        self._feed(turn)
        if self._live and speech:
            self._ask_for_partial(turn)

    def _decide(self, found: Iterable[Endpoint]) -> None:
        for each in found:
            match each:
                case SpeechBegan(sample):
                    self._begin(sample)
                case MaybeOver(sample) if self._turn:
                    self._feed(self._turn)
                    if self._live:
                        self._consider(self._turn, sample)
                case TurnOver() if self._turn:
                    turn, self._turn = self._turn, None
                    self._end(turn, each)

    def _begin(self, sample: int) -> None:
        start = max(sample - self._pre_roll, self._heard.start, self._recognised)
        self._turn = _Turn(sample, fed=start)
        self._decoded_at = self._clock.now()
        self._emit(SpeechStarted(self._decoded_at))
        self._recognizer.begin(self._time(start))

    def _consider(self, turn: _Turn, end: int) -> None:
        """A pause. Decode and measure now, so that the result is ready if it is the end. The turn does not end before
        the words are known, which say how long to wait."""
        turn.pause = end
        self._endpointer.wait(math.inf)
        self._recognizer.partial(self._shown(turn, lambda part: self._weigh(turn, end, part)), settled=True)
        self._measure_to(turn, end)  # meanwhile

    def _weigh(self, turn: _Turn, end: int, part: Hypothesis | None) -> None:
        """The words before the pause at sample `end` are decoded: set how long the pause may last."""
        if turn is not self._turn or turn.pause != end:
            return  # speech has resumed meanwhile
        over = self._endpointer.wait(silence_needed(part.text, part.finished) if part else silence_needed(""))
        if part and part.words:
            self._measure_to(turn, end)
            self._guess(self._utterance(turn, turn.start, end, part))
        self._decide(over)

    def _guess_early(self, turn: _Turn, position: int) -> None:
        """Guess by the last partial while the pause is being decoded; later that partial is the decoded text."""
        if not turn.shown or turn.pause is None:
            return
        silence = (position - turn.pause) / SAMPLE_RATE
        lull = silence >= LULL_SECONDS and silence_needed(turn.shown) <= OPEN_SECONDS
        lulls = 2 if silence >= LONG_LULL_SECONDS else int(lull)
        if lulls > turn.lulls:
            turn.lulls = lulls
            self._guess(self._utterance(turn, turn.start, turn.pause, Hypothesis(turn.shown)))

    def _end(self, turn: _Turn, over: TurnOver) -> None:
        final = None
        if over.credible:
            self._feed(turn, over.end + self._post_roll)
            self._recognised = turn.fed
            final = self._recognizer.finish(self._time(over.end))
            self._measure_to(turn, over.end)
            self.recorded(
                self._time(over.start), self._heard.between(over.start - self._pre_roll, over.end + self._pre_roll)
            )
        else:
            self._recognizer.abort()
        self._emit(self._utterance(turn, over.start, over.end, final))
        self._tell_if_lost(turn, self._recognizer.trouble())

    def _utterance(self, turn: _Turn, start: int, end: int, heard: Hypothesis | None) -> Utterance:
        text = heard.text if heard else ""
        words = heard.words if heard else ()
        confidences = [word.confidence for word in words if word.confidence is not None]
        return Utterance(
            self._clock.now(),
            start=self._time(start),
            end=self._time(end),
            text=text,
            source="voice",
            words=words,
            confidence=round(sum(confidences) / len(confidences), 3) if confidences else None,
            prosody=turn.prosody if text else None,
            overlap_seconds=turn.overlap_samples / SAMPLE_RATE,
        )

    # --- the recogniser -----------------------------------------------------------------------------------------

    def _feed(self, turn: _Turn, last: int | None = None) -> None:
        """Give the recogniser the new samples, up to `last` as far as they have arrived."""
        last = self._heard.position if last is None else min(last, self._heard.position)
        if turn.fed < last:
            samples = self._heard.between(turn.fed, last)
            turn.fed = last
            self._recognizer.accept(samples)

    def _ask_for_partial(self, turn: _Turn) -> None:
        """Ask for the text so far, at most every PARTIAL_SECONDS and within PARTIAL_SHARE of the time."""
        pause = max(PARTIAL_SECONDS, self._decode_seconds * (1.0 / PARTIAL_SHARE - 1.0))
        if self._asked_at is None and self._clock.now() - self._decoded_at >= pause:
            self._recognizer.partial(self._shown(turn), wanted=lambda: turn.pause is None)

    def _shown(self, turn: _Turn, then: Then = lambda part: None) -> Then:
        """The callback for a partial asked for now: emits its text if that has changed, then calls `then`."""
        asked_at = self._asked_at = self._clock.now()

        def show(part: Hypothesis | None) -> None:
            self._asked_at = None if self._asked_at == asked_at else self._asked_at
            self._decoded_at = self._clock.now()
            self._decode_seconds = self._decoded_at - asked_at
            text = part.text if part else ""
            if turn is self._turn and text and text != turn.shown:
                turn.shown = text
                self._emit(Partial(self._decoded_at, text))
            then(part)

        return show

    def _measure_to(self, turn: _Turn, end: int) -> None:
        """Measure the prosody up to sample `end`, unless that has been done."""
        if self._measure and turn.measured_to != end:
            turn.prosody = self._measure(self._heard.between(turn.start, end))
            turn.measured_to = end

    def _tell_if_lost(self, turn: _Turn, why: str) -> None:
        """Report it at once, not only at the end of a long turn."""
        if why and not turn.lost:
            turn.lost = True
            self._emit(AudioProblem(self._clock.now(), "dropped", LOST.format(why)))

    def _report_dropped(self, samples: int) -> None:
        now = self._clock.now()
        if now - self._dropped_at >= DROPPED_EVERY_SECONDS:
            self._dropped_at = now
            text = f"{samples / SAMPLE_RATE:.1f} s of sound was lost: the machine is too busy, close other programs."
            self._emit(AudioProblem(now, "dropped", text))

    def _time(self, position: int) -> float:
        return self._clock.at((self._origin or 0) + position)
