"""The mouth: speaks replies. Sound starts early, can be cut off at once, and the words heard by then are known.

Two threads: one renders (a piece of a reply at a time, so that the first plays while the next is rendered), one feeds
the speaker and watches its counters. `emit` and `on_speaking` are called on the latter, in the order of events.
"""

import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Literal

import numpy as np

from dialogue.events import AudioProblem, PlaybackFinished, PlaybackStarted, Reply, WorldEvent
from voice.audio import AudioClip, Samples
from voice.ports import Speaker, Synthesizer, VoiceProblem
from voice.speaking.backchannel import Backchannel
from voice.speaking.breath import before
from voice.speaking.feed import Feed, Stopped
from voice.speaking.hold_music import hold_music
from voice.speaking.line import SpokenLine
from voice.speaking.rendering import Clip, Rendering
from voice.synthesis.delivery import pause_seconds
from voice.synthesis.pieces import Piece, pieces

VOICE_SECONDS = 5.0
"""Call time after which a voice that has not rendered a piece counts as failed."""
LOOK_SECONDS = 0.2
"""How often the headphones are checked while nothing is said, in real time."""
OPENER_PAUSE_SECONDS = 0.06
"""Longest pause after an opener ("Look,"): the rest follows at once."""
SHOWN_WORDS_PER_SECOND = 2.5
"""How fast a line that cannot sound is taken to be read: the pace of unhurried speech."""


class Mouth:
    """Speaks one reply after another.

    It owns the synthesizer and the speaker: `close` closes both. `say`, `prepare`, `stop` and `speaking`
    may be used from any thread and return at once; `close` waits, and must not be called from within `emit`.
    """

    def __init__(
        self,
        synthesizer: Synthesizer,
        speaker: Speaker,
        clock_now: Callable[[], float],
        emit: Callable[[WorldEvent], None],
        on_speaking: Callable[[bool], None] = lambda on: None,
    ) -> None:
        """`clock_now` gives call time in s, perhaps virtual. `on_speaking` is called when sound starts and stops."""
        self._speaker = speaker
        self._now = clock_now
        self._emit = emit
        self._on_speaking = on_speaking
        self.recorded: Callable[[int, AudioClip], None] = lambda reply, clip: None
        """Gets the sound of each line as far as it was heard, before its PlaybackFinished; on the mouth's thread."""
        self._rendering = Rendering(synthesizer, speaker.rate)
        self._backchannel = Backchannel(self._rendering, speaker.rate)
        self._replies: queue.SimpleQueue[SpokenLine | None] = queue.SimpleQueue()
        self._feed = Feed(speaker, clock_now)
        self._asked = 0
        """How many lines were given to `say` and are not finished."""
        self._line: SpokenLine | None = None
        self._speaking = False
        self._lost: Literal["", "voice", "headphones"] = ""
        """What has failed, so that the customer cannot be heard."""
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="mouth speaks", daemon=True)
        self._thread.start()

    @property
    def speaking(self) -> bool:
        """True from the first sound of a line to its last."""
        return self._speaking

    @property
    def busy(self) -> bool:
        """A line is not finished: the mouth's thread reads the speaker's counters."""
        return self._asked > 0

    @property
    def settled(self) -> bool:
        """Nothing more happens until more has been played: all lines are rendered and queued, all events emitted.
        Virtual time must not move on before."""
        with self._feed.lock, contextlib.suppress(VoiceProblem):
            line = self._line
            if line is None or line.stops != self._feed.stops:
                return self._asked == 0
            if line.shown_until is not None:
                return self._now() < line.shown_until
            if line.queued and line.noticed < self._speaker.played_samples() - line.base:
                return False
            if line.waits_until is not None:
                return self._now() < line.waits_until
            return line.whole and line.sounded < line.queued
        return False

    def say(self, reply: Reply, words_at: float = 0.0) -> None:
        """Speak it after the lines before it. Exactly one PlaybackFinished follows, whatever happens.

        Before call time `words_at`, s, only its opener or a breath may sound.
        """
        with self._feed.lock:
            if not self._closed:
                self._asked += 1
                self._replies.put(SpokenLine(reply, self._feed.stops, words_at=words_at))

    def breathe(self, text: str, anger: float, paused_seconds: float) -> None:
        """In a pause of the trainee, who has said `text` so far: perhaps draw a breath, or hum to show attention. Does
        nothing while a line is spoken."""
        with self._feed.lock, contextlib.suppress(VoiceProblem):
            if not (self._asked or self._closed):
                sound = self._backchannel.sound(text, anger, self._now(), paused_seconds)
                if len(sound):
                    self._speaker.play(sound)

    def prepare(self, reply: Reply) -> None:
        """Render a reply in advance. Earlier guesses that are not yet being rendered are dropped."""
        self._rendering.prepare(pieces(reply.text, reply.delivery.opener), reply.delivery.anger)

    def stop(self) -> None:
        """Barge-in: silent within one block. Waiting lines are dropped, each with its PlaybackFinished."""
        self._feed.stop()

    def hold(self, on: bool) -> None:
        """Start or stop the music that a customer on hold hears."""
        self._speaker.background(hold_music(self._speaker.rate) if on else None)

    def close(self) -> None:
        """Stop, and leave no thread, child process or open device. May be called twice."""
        with self._feed.lock:
            closed, self._closed = self._closed, True
        if closed:
            return
        self.stop()
        self._replies.put(None)
        try:
            self._rendering.close()
        finally:
            self._thread.join()
            with contextlib.suppress(VoiceProblem):
                self._speaker.close()

    # --- on the mouth's own thread --------------------------------------------------------------------------------

    def _run(self) -> None:
        while (line := self._next()) is not None:
            self._line = line
            try:
                if line.stops != self._feed.stops:
                    raise Stopped  # before anything is rendered for it
                self._speak(line)
            except Stopped:
                self._cut(line)
            except VoiceProblem as problem:
                self._unheard(line, str(problem))
            except Exception as fault:  # an engine or a driver may raise anything; the call goes on
                self._unheard(line, f"the voice failed ({type(fault).__name__}: {fault}).")
            with self._feed.lock:
                self._line = None
                self._asked -= 1

    def _next(self) -> SpokenLine | None:
        while True:
            try:
                return self._replies.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                self._look()

    def _look(self) -> None:
        """Report headphones that are lost or come back, also while nothing is said."""
        problem = self._speaker.problem
        if problem:
            self._lose(problem)
        elif self._lost == "headphones":
            self._regain()

    def _speak(self, line: SpokenLine) -> None:
        delivery = line.reply.delivery
        parts = pieces(line.reply.text, delivery.opener)
        if len(parts) > 1 and parts[0].text == delivery.opener and not self._bridges(line, parts[0]):
            parts, line.begin = parts[1:], parts[1].start
        clips = [self._rendering.clip(piece, delivery.anger) for piece in parts]
        try:
            for piece, clip in zip(parts, clips, strict=True):
                if piece.text != delivery.opener:
                    self._hesitate(line)
                pause = 0.0 if piece is parts[-1] else pause_seconds(piece.text, delivery.anger)
                if piece.text == delivery.opener:
                    pause = min(pause, OPENER_PAUSE_SECONDS)
                self._feed.queue(line, piece, self._rendered(line, clip), pause)
            line.whole = True
            while self._watch(line) < line.queued:
                self._feed.rest()
        finally:
            for clip in clips:
                clip.cancel()
        self._begin(line)
        self._finish(line, self._now(), line.queued, line.text)

    def _bridges(self, line: SpokenLine, opener: Piece) -> bool:
        """Whether the opener ends before words of content may begin. A longer one would delay them and is left out."""
        if not line.words_at:
            return True  # it only bridges the rendering
        left = line.words_at - self._now()
        if left <= 0.0:
            return False
        sound = self._rendered(line, self._rendering.clip(opener, line.reply.delivery.anger))
        return len(sound) <= left * self._speaker.rate

    def _rendered(self, line: SpokenLine, clip: Clip) -> Samples:
        """Wait for the clip's samples, watching the speaker meanwhile. Raises what the engine raised."""
        asked_at = self._now()
        while not clip.done():
            if self._now() - asked_at > VOICE_SECONDS:
                raise VoiceProblem(
                    "the voice does not answer; if it stays so, take the next call with --voice pyttsx3."
                )
            self._watch(line)
            self._feed.rest()
        try:
            return clip.result()
        except CancelledError:  # the mouth is being closed
            raise Stopped from None

    def _hesitate(self, line: SpokenLine) -> None:
        """Wait until words of content may begin; where no opener fills the time, perhaps with a breath."""
        left = line.words_at - self._now() - (line.queued - line.sounded) / self._speaker.rate
        breath = before(line.reply.text, line.reply.delivery.anger, self._speaker.rate, left)
        if not self._backchannel.breathed(self._now()) and not line.queued and len(breath):
            self._feed.queue(line, None, breath, left - len(breath) / self._speaker.rate)
        elif left > 0.0:
            line.waits_until = line.words_at
            while self._now() < line.words_at:
                self._watch(line)
                self._feed.rest()
            line.waits_until = None

    def _watch(self, line: SpokenLine) -> int:
        """How many samples of the line have sounded; emits its PlaybackStarted. Raises as `Feed.watch`."""
        sounded = self._feed.watch(line)
        if sounded:
            self._begin(line)
        line.noticed = sounded
        return sounded

    def _begin(self, line: SpokenLine, at: float | None = None) -> None:
        if line.started:
            return
        line.started = True
        self._regain()
        self._speaking = True
        self._on_speaking(True)
        self._emit(PlaybackStarted(self._now() if at is None else at, line.reply.id))

    def _finish(self, line: SpokenLine, at: float, sounded: int, text: str, interrupted: bool = False) -> None:
        if self._speaking:
            self._speaking = False
            self._on_speaking(False)
        sound = np.concatenate([*line.sound, np.zeros(0, np.float32)])[:sounded]
        self.recorded(line.reply.id, AudioClip(sound, self._speaker.rate))
        self._emit(PlaybackFinished(at, line.reply.id, sounded / self._speaker.rate, text, interrupted))

    def _cut(self, line: SpokenLine) -> None:
        """Finish a line after `stop`. One of which nothing sounded gets no PlaybackStarted."""
        at, sounded, words = self._feed.cut(line)
        if sounded:
            self._begin(line, at)
        self._finish(line, at, sounded, words, interrupted=words != line.text)

    def _unheard(self, line: SpokenLine, why: str) -> None:
        """The line cannot sound: it counts as shown for about as long as saying it takes, or until `stop`."""
        with self._feed.lock, contextlib.suppress(VoiceProblem):
            self._speaker.stop()
        self._lose(why)
        at = self._now()
        if not line.started:
            line.started = True
            self._emit(PlaybackStarted(at, line.reply.id))
        line.shown_until = at + len(line.reply.text.split()) / SHOWN_WORDS_PER_SECOND
        while self._now() < line.shown_until and line.stops == self._feed.stops:
            self._feed.rest()
            self._look()
        self._finish(line, self._now(), line.sounded, line.reply.text)

    def _lose(self, why: str) -> None:
        if not self._lost:
            self._lost = "headphones" if self._speaker.problem else "voice"
            self._emit(AudioProblem(self._now(), "lost", f"The customer cannot be heard now, so read the lines: {why}"))

    def _regain(self) -> None:
        if self._lost:
            self._lost = ""
            self._emit(AudioProblem(self._now(), "recovered", "The customer can be heard again."))
