"""How long a trainee waits for the customer: recorded human speech through a whole call, in real time.

    python -m benchmarks.turn DATA [--set NAME]... [--clips N] [--headset] [--no-merge] [--recognizer NAME] [--each]
                                   [--pipecat PYTHON]

DATA holds refs.tsv (id, set, speaker, seconds, text) and the FLAC files it names. Each clip is the first turn of a
call; 1.2 s into the customer's answer the same voice cuts in. Printed, as median and 95th percentile: from the end of
speech to each stage of the answer, from cutting in to silence; and how many clips the customer spoke into, with a
breath or an opener ("Look,"), or with words of content.

Sound comes from a scripted microphone and goes to headphones nobody wears, or, with --headset, through PulseAudio's
virtual devices and PortAudio. With --pipecat the clips go through benchmarks/plain_pipeline.py as well. Wall times:
on a busy machine they say more about the machine.
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.clips import clips, speech_bounds
from dialogue.content.encoder import Scorer
from dialogue.events import PlaybackFinished, PlaybackStarted, Reply, Utterance, WorldEvent
from dialogue.persona import load
from dialogue.session import Session
from ui.calls.driver import Call
from ui.calls.switchboard import Wishes, started_event
from ui.runtime.settings import Settings
from voice.audio import SAMPLE_RATE, AudioClip, Samples
from voice.clock import CallClock
from voice.devices.scripted import ScriptedMicrophone, ScriptedSpeaker
from voice.ear import Ear
from voice.hearing.vad import SileroVad
from voice.mouth import Mouth
from voice.ports import Microphone, Recognizer, Speaker, Synthesizer
from voice.recognition import choose as choose_recognizer
from voice.speaking.line import SpokenLine
from voice.synthesis import choose as choose_voice
from voice.synthesis.pieces import Piece

PACK = "flatpack-bookcase"
SETS = ("ls-test-other", "spokenwoz")
BARGE_IN_SECONDS = 1.2
"""Into the answer."""
PATIENCE_SECONDS = 12.0
HISS_SECONDS = 0.1
"""Where the level of a clip rises by more before a voice is found in it, that was hiss or breath: nobody cuts in so."""


@dataclass
class Turn:
    """Call times of what happened in one call, s."""

    said: float = 0.0
    """When the clip began to be said."""
    begin: float = 0.0
    end: float = 0.0
    """Of the speech in it."""
    guesses: list[float] = field(default_factory=list)
    utterances: list[Utterance] = field(default_factory=list)
    replies: list[tuple[float, Reply]] = field(default_factory=list)
    sounds: list[float] = field(default_factory=list)
    silences: list[tuple[float, float]] = field(default_factory=list)
    """When a line ended, and how much of it had sounded."""
    due: dict[int, float] = field(default_factory=dict)
    """Reply on its way -> when its first word of content is due: it sounds then, unless the line is stopped before."""
    words: list[float] = field(default_factory=list)
    """When such words have sounded. A reply that was taken back leaves its number to the next."""
    cut_in: float = 0.0


class Kept:
    """A voice that outlives the mouth it is given to."""

    def __init__(self, voice: Synthesizer) -> None:
        self._voice = voice
        self.name = voice.name

    def warm_up(self) -> None: ...

    def render(self, text: str, anger: float) -> AudioClip:
        return self._voice.render(text, anger)

    def close(self) -> None: ...


class Sound:
    """Where clips are said: `speak` returns at once."""

    def __init__(self, microphone: Microphone, speaker: Speaker, speak: Callable[[Samples], object]) -> None:
        self.microphone, self.speaker, self.speak = microphone, speaker, speak


@contextlib.contextmanager
def scripted() -> Iterator[Callable[[], Sound]]:
    def make() -> Sound:
        speaker = ScriptedSpeaker()
        microphone = ScriptedMicrophone(real_time=True, speaker=speaker)
        return Sound(microphone, speaker, microphone.speak)

    yield make


@contextlib.contextmanager
def virtual_headset() -> Iterator[Callable[[], Sound]]:
    from testing.virtual_headset import VirtualHeadset

    with tempfile.TemporaryDirectory() as folder:
        headset = VirtualHeadset(Path(folder))
        os.environ.update(headset.environment)
        from voice.devices.microphone import DeviceMicrophone
        from voice.devices.speaker import DeviceSpeaker

        yield lambda: Sound(DeviceMicrophone(), DeviceSpeaker(), lambda clip: headset.say(clip, SAMPLE_RATE))
        headset.close()


async def play(
    clip: Samples, sound: Sound, recognizer: Recognizer, voice: Synthesizer, scorer: Scorer, merge: bool, seed: int
) -> Turn:
    """One call in which the clip is said, answered, and the answer interrupted."""
    pack, clock, turn = load(PACK), CallClock(), Turn()
    started = started_event(pack, Settings.model_construct(), Wishes(seed=seed), {})
    call = Call(pack, Session(pack), started, clock=clock, text_model=scorer)
    call.merges = merge

    def emit(event: WorldEvent) -> None:
        match event:
            case Utterance():
                turn.utterances.append(event)
            case PlaybackStarted():
                turn.sounds.append(event.t)
            case PlaybackFinished():
                turn.silences.append((event.t, event.heard_seconds))
                opener = next(
                    (reply.delivery.opener for _, reply in reversed(turn.replies) if reply.id == event.reply), ""
                )
                if (due := turn.due.pop(event.reply, None)) is not None and len(event.heard_text) > len(opener):
                    turn.words.append(due)
        call.emit(event)

    def guess(whole: Utterance) -> None:
        if whole.words:
            turn.guesses.append(clock.now())
        call.guess(whole)

    ear = Ear(sound.microphone, SileroVad(), recognizer, clock, emit, guess=guess)
    mouth = Mouth(voice, sound.speaker, clock.now, emit, on_speaking=call.customer_speaks)
    say, queue, breathe = mouth.say, mouth._feed.queue, mouth.breathe

    def said(reply: Reply, words_at: float = 0.0) -> None:
        turn.replies.append((clock.now(), reply))
        say(reply, words_at)

    def queued(line: SpokenLine, piece: Piece | None, samples: Samples, pause: float) -> None:
        if piece and piece.text != line.reply.delivery.opener:
            waiting = sound.speaker.pending_samples() / sound.speaker.rate
            turn.due.setdefault(line.reply.id, clock.now() + waiting)
        queue(line, piece, samples, pause)

    def breathed(text: str, anger: float, paused_seconds: float) -> None:
        waiting = sound.speaker.pending_samples()
        breathe(text, anger, paused_seconds)
        if sound.speaker.pending_samples() > waiting:
            turn.sounds.append(clock.now())

    mouth.say, mouth._feed.queue, mouth.breathe = said, queued, breathed  # type: ignore[method-assign]
    call.ear, call.mouth = ear, mouth
    running = asyncio.create_task(call.run())
    await asyncio.sleep(0.6)
    begin, end = speech_bounds(clip)
    turn.said = clock.now()
    turn.begin, turn.end = turn.said + begin, turn.said + end
    sound.speak(clip)
    await _until(lambda: bool(turn.sounds and turn.sounds[-1] > turn.end), end + PATIENCE_SECONDS)
    await asyncio.sleep(BARGE_IN_SECONDS)
    if mouth.speaking:
        turn.cut_in = clock.now()
        first = next((each.start - turn.said for each in turn.utterances if each.text), begin)
        voice_begins = max(begin, first - HISS_SECONDS)
        sound.speak(clip[round(voice_begins * SAMPLE_RATE) :][: round(1.0 * SAMPLE_RATE)])
        before = len(turn.silences)
        await _until(lambda: len(turn.silences) > before, 2.0)
    call.act("hang_up")
    await running
    while not ear.stop():  # the next call has the same recogniser, and it is not free before
        pass
    return turn


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        await asyncio.sleep(0.01)


def print_stages(stages: Mapping[str, Sequence[float]]) -> None:
    """Times in s, by stage."""
    print(f"{'end of speech ->':20} {'median ms':>9} {'p95 ms':>7} {'n':>4}")
    for name, values in stages.items():
        if values:
            print(f"{name:20} {1e3 * np.median(values):9.0f} {1e3 * np.percentile(values, 95):7.0f} {len(values):4}")


def print_turn(turn: Turn, end: float) -> None:
    """What happened in one turn, ms from its end."""

    def after(times: Iterable[float]) -> str:
        return " ".join(f"{1e3 * (t - end):.0f}" for t in times)

    openers = [reply.delivery.opener or "-" for _, reply in turn.replies]
    ends = [utterance.text[-30:] for utterance in turn.utterances]
    print(f"{turn.end - turn.begin:5.1f} s  guesses {after(turn.guesses)} | over {after(u.t for u in turn.utterances)}")
    print(f"  replies {after(t for t, _ in turn.replies)} | sounds {after(turn.sounds)}", end=" ")
    print(f"| words {after(turn.words)} | {openers} {ends}")


def report(turns: list[Turn], *, each: bool) -> None:
    stages: dict[str, list[float]] = defaultdict(list)
    early = false = split = unanswered = 0
    for turn in turns:
        # the end of speech by level; where the last thing heard ended earlier, a breath or a knock made the level
        heard = [utterance for utterance in turn.utterances if utterance.text and utterance.start < turn.end]
        split += len(heard) > 1
        end = min(turn.end, heard[-1].end) if heard else turn.end
        if each:
            print_turn(turn, end)
        early += any(t < end - 0.1 for t in turn.sounds)
        false += any(t < end - 0.1 for t in turn.words)
        first = next((t for t in turn.sounds if t >= end - 0.1), None)
        if not heard or first is None:
            unanswered += 1
            continue
        last = heard[-1]
        guess = max((t for t in turn.guesses if t <= last.t), default=last.t)
        stages["recognised"].append(guess - end)
        stages["endpoint"].append(last.t - end)
        if said := [t for t, _ in turn.replies if t >= last.t]:
            stages["reply chosen"].append(said[0] - end)
        stages["first sound"].append(first - end)
        if words := [t for t in turn.words if t >= first - 0.05]:
            stages["first word"].append(min(words) - end)
        if turn.cut_in and (after := [t for t, _ in turn.silences if t >= turn.cut_in]):
            stages["cut in -> silence"].append(after[0] - turn.cut_in)
    print_stages(stages)
    total = len(turns)
    print(f"the customer was heard within a turn: {early} of {total} ({100 * early / total:.0f} %)")
    print(f"  with words of content: {false} ({100 * false / total:.0f} %); turns heard in two or more parts: {split}")
    print(f"not answered, or not recognised: {unanswered}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", action="append", dest="sets")
    parser.add_argument("--clips", type=int, default=40, help="of each set")
    parser.add_argument("--recognizer", default="auto")
    parser.add_argument("--headset", action="store_true", help="through the virtual headset")
    parser.add_argument("--no-merge", action="store_true", help="answer every part of a turn")
    parser.add_argument("--each", action="store_true", help="print every turn")
    parser.add_argument("--pipecat", metavar="PYTHON", help="an interpreter that has pipecat-ai[silero] and coolhead")
    args = parser.parse_args()
    chosen = clips(args.data, args.sets or SETS, args.clips)
    recognizer = choose_recognizer(args.recognizer)
    recognizer.warm_up()
    pack = load(PACK)
    voice = choose_voice("auto", pack.customer.voice)
    voice.warm_up()
    kept, scorer = Kept(voice), Scorer(pack.wordings)
    scorer.score("a first turn loads what the others use")
    turns: list[Turn] = []
    cpu, wall = time.process_time(), time.monotonic()
    with virtual_headset() if args.headset else scripted() as make:
        for seed, clip in enumerate(chosen):
            turns.append(asyncio.run(play(clip.samples(), make(), recognizer, kept, scorer, not args.no_merge, seed)))
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    report(turns, each=args.each)
    print(f"CPU {100 * cpu / wall:.0f} % of one core; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    voice.close()
    recognizer.close()
    if args.pipecat:
        sets = [option for name in args.sets or () for option in ("--set", name)]
        plain = [args.pipecat, "-m", "benchmarks.plain_pipeline", str(args.data), "--clips", str(args.clips), *sets]
        subprocess.run(plain, check=True)


if __name__ == "__main__":
    main()
