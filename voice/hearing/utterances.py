"""From samples to utterances: VAD, endpointing, recogniser and prosody.

`Hearing` is fed frames and calls `emit` with what they make certain. The ear runs it in its thread, with the recogniser
on another beside it, so that a voice is noticed at once whatever is being decoded. For recordings it is run in one
straight line, as fast as it goes (`voice.recordings.transcription.transcription`): one path for both.
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
"""Sound before the detected onset that the recogniser gets too, unless the turn before had it: a soft first consonant
is found late, and words stand out better from a background that was heard alone for a moment."""
RECORDING_ROLL_SECONDS = 1.0
"""The same for recordings, before the onset and after the end: there the recogniser may know what a call cannot wait
for. Measured by benchmarks/recognition.py --ear."""
PARTIAL_SECONDS = 0.5
"""The least time between two partials."""
PARTIAL_SHARE = 0.25
"""The most of the time that partials may cost: one under way when the turn ends delays the answer."""
DROPPED_EVERY_SECONDS = 10.0
"""Lost sound is reported once in this time."""
LULL_SECONDS, LONG_LULL_SECONDS = 0.16, 0.5
"""So long a pause after words that may end a turn, or any, and it may be over, though its last words are not known. Of
the pauses in 90 recorded turns 53 are longer than 0.2 s, where it used to be, and 55 are longer than this."""
LOST = "That turn was lost, please say it again: {}"
Measure = Callable[[Samples], Prosody]
Guess = Callable[[Utterance], None]
"""Gets a turn that may be over; one without `words` as it was understood while it was said."""


@dataclass(slots=True)
class _Turn:
    """The turn going on; positions are samples since the first frame."""

    start: int
    fed: int
    """The recogniser has everything before this."""
    pause: int | None = None
    """Where the pause going on began."""
    lulls: int = 0
    """How often it has been guessed at: in the lull, and again in the long one."""
    shown: str = ""
    overlap_samples: int = 0
    prosody: Prosody | None = None
    measured_to: int = -1
    lost: bool = False
    """The trainee was told that it will have no words."""


class Hearing:
    """The way from frames to events. One thread at a time; `emit` is called from within `take` and `close`.

    Every SpeechStarted is followed by exactly one Utterance; its text is "" when the sound held no words (a cough, a
    knock, a turn that the recogniser failed on), so that nobody waits for the end of a turn that never was one.
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
        """`live`: partials, and a decode at every pause, whose words decide how long the pause may last and which is
        the result if it was the end; `guess` gets the turn as it would be then. Otherwise each turn is decoded once.
        `threaded`: the recogniser works on a thread of its own. Without `measure` there is no prosody.
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
        """The trainee is heard to speak."""
        return self._endpointer.speaking

    def take(self, frame: AudioFrame) -> None:
        """Hear one frame. VoiceProblem when the recogniser has failed for good."""
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
        """No more frames: a turn still open ends here, or is dropped when `finish` is False. Leaves no thread."""
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
            return  # this silence is withheld: what was decoded at MaybeOver stays the whole turn, unless it resumes
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
        """A pause. Decode and measure now: if it is the end, the answer is ready; the words say how long to wait, and
        until they are known nothing ends."""
        turn.pause = end
        self._endpointer.wait(math.inf)
        self._recognizer.partial(self._shown(turn, lambda part: self._weigh(turn, end, part)), settled=True)
        self._measure_to(turn, end)  # meanwhile

    def _weigh(self, turn: _Turn, end: int, part: Hypothesis | None) -> None:
        """What was said before the pause at `end` is known."""
        if turn is not self._turn or turn.pause != end:
            return  # it was no pause to wait in
        over = self._endpointer.wait(silence_needed(part.text, part.finished) if part else silence_needed(""))
        if part and part.words:
            self._measure_to(turn, end)
            self._guess(self._utterance(turn, turn.start, end, part))
        self._decide(over)

    def _guess_early(self, turn: _Turn, position: int) -> None:
        """The settled decode takes its time: go by what was shown last, which is its own text once that is there."""
        if not turn.shown or turn.pause is None:
            return
        silence = (position - turn.pause) / SAMPLE_RATE
        lull = silence >= LULL_SECONDS and silence_needed(turn.shown) <= OPEN_SECONDS
        lulls = 2 if silence >= LONG_LULL_SECONDS else int(lull)
        if lulls > turn.lulls:
            turn.lulls = lulls
            shown = Hypothesis(turn.shown, final=False, start=0.0, end=0.0)
            self._guess(self._utterance(turn, turn.start, turn.pause, shown))

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
        words = heard.words or () if heard else ()
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
        """Give the recogniser what is new, up to sample `last` if that has been heard."""
        last = self._heard.position if last is None else min(last, self._heard.position)
        if turn.fed < last:
            samples = self._heard.between(turn.fed, last)
            turn.fed = last
            self._recognizer.accept(samples)

    def _ask_for_partial(self, turn: _Turn) -> None:
        """What the turn says so far, unless that has just been asked."""
        pause = max(PARTIAL_SECONDS, self._decode_seconds * (1.0 / PARTIAL_SHARE - 1.0))
        if self._asked_at is None and self._clock.now() - self._decoded_at >= pause:
            self._recognizer.partial(self._shown(turn), wanted=lambda: turn.pause is None)

    def _shown(self, turn: _Turn, then: Then = lambda part: None) -> Then:
        """For a question asked now: the answer's text is emitted when it has changed, before what is done `then`."""
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
        """How the turn sounds up to sample `end`; a pause that turns out to be the end is not measured twice."""
        if self._measure and turn.measured_to != end:
            turn.prosody = self._measure(self._heard.between(turn.start, end))
            turn.measured_to = end

    def _tell_if_lost(self, turn: _Turn, why: str) -> None:
        """At once: who speaks for long shall not hear of it at the end."""
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
