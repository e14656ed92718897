"""Recorded sound of calls: only on the trainee's wish, in a folder beside the journal, deleted with it."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dialogue.events import Event
from ui import strings
from ui.calls.call_view import RECORDED, CallView, TranscriptLine
from ui.calls.driver import Call
from ui.records.archive import sound_path
from voice.audio import SAMPLE_RATE
from voice.ear import Ear
from voice.lasting_ear import LastingEar
from voice.mouth import Mouth
from voice.recordings.recorder import Recorder, line_name, turn_name

LOOK_SECONDS = 0.02
"""How often the headphones are looked at while they play."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the call, and the file with its sound."""

    line: TranscriptLine
    sound: Path


def record(call: Call) -> None:
    """Record `call` from its first word on, as far as it has sound, and say so in its status."""
    recorder = Recorder()
    if isinstance(call.mouth, Mouth):
        call.mouth.recorded = recorder.line
    if isinstance(call.ear, (Ear, LastingEar)):
        call.ear.recorded = recorder.turn
    elif not isinstance(call.mouth, Mouth):
        call.status = f"{call.status} {strings.RECORDED_NOTHING}".strip()
        return
    call.sinks.append(recorder)
    call.started = replace(call.started, settings={**call.started.settings, RECORDED: "on"})
    call.status = f"{strings.RECORDED_CONSENT} {call.status}".strip()


@contextlib.contextmanager
def sound_kept(call: Call, journal: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Write the recording beside the journal; `tell` gets trouble as a sentence, on the call's loop."""

    def trouble(sentence: str) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed with the call
            if call.loop:
                call.loop.call_soon_threadsafe(tell, sentence)

    recorders = [sink for sink in call.sinks if isinstance(sink, Recorder)]
    for recorder in recorders:
        recorder.open(sound_path(journal), trouble)
    try:
        yield
    finally:
        for recorder in recorders:
            recorder.close()


def with_sound(events: Sequence[Event], journal: Path) -> list[Spoken]:
    """The lines whose sound was kept, in order."""
    folder = sound_path(journal)
    if not folder.is_dir():
        return []
    said = [line for line in CallView.of(events).lines if line.who != "aside"]
    named = [(line, turn_name(line.t) if line.who == "you" else line_name(line.number)) for line in said]
    return [Spoken(line, folder / name) for line, name in named if (folder / name).exists()]


def play(sound: Path, device: int | str | None, wanted: Callable[[], bool] = lambda: True) -> None:
    """Through the headphones, to its end or until it is not `wanted`. Raises VoiceProblem."""
    from voice.devices.resampling import resample
    from voice.devices.speaker import DeviceSpeaker
    from voice.recordings.reading import read

    samples = read(sound).samples
    speaker = DeviceSpeaker(device)
    try:
        speaker.play(resample(samples, SAMPLE_RATE, speaker.rate))
        while speaker.pending_samples() and wanted() and not speaker.problem:
            time.sleep(LOOK_SECONDS)
    finally:
        speaker.close()
