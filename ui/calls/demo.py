"""The demo: recorded turns of a trainee go through the real ear, judgement, session and voice."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import personas
from dialogue.events import CallEnded, CallStarted, Event, PlaybackFinished, PlaybackStarted
from dialogue.persona import load
from dialogue.session import Session
from ui.calls.driver import Call
from ui.calls.ports import Meter
from ui.calls.switchboard import Wishes, started_event, text_model
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from voice.audio import SAMPLE_RATE, Samples
from voice.clock import CallClock
from voice.devices.scripted import ScriptedMicrophone, ScriptedSpeaker
from voice.ear import Ear
from voice.mouth import Mouth
from voice.ports import Speaker, VoiceProblem

GREETING_SECONDS = 0.8
"""Between picking up and the trainee's first word."""
PAUSE_SECONDS = 0.6
"""Between the customer's last word and the trainee's first, where the script says nothing else."""


@dataclass(frozen=True, slots=True)
class ScriptedTurn:
    """One recorded turn."""

    text: str
    clip: Path
    pause_seconds: float
    """Between the customer's last word and this one's first."""
    cut_in_seconds: float | None
    """Said so long after the customer began to speak, instead of after they finished."""


@dataclass(frozen=True, slots=True)
class Script:
    """The trainee's part of a demo. The customer answers for real."""

    pack: str
    seed: int
    lines: tuple[ScriptedTurn, ...]


def read_script(name: str) -> Script:
    """`good` or `bad`, from personas/demo. Raises Problem when it is damaged."""
    folder = Path(personas.__path__[0]) / "demo"
    try:
        data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        lines = tuple(
            ScriptedTurn(
                each["text"],
                folder / each["clip"],
                each.get("pause_seconds", PAUSE_SECONDS),
                each.get("cut_in_seconds"),
            )
            for each in data["lines"]
        )
        return Script(data["pack"], data["seed"], lines)
    except (OSError, ValueError, KeyError) as error:
        raise Problem(f"The demo's script {name}.json is damaged ({error}): install Coolhead again.") from error


class Trainee:
    """A sink of the call that says each line of the script through a scripted microphone when it is its turn."""

    def __init__(
        self,
        script: Script,
        microphone: ScriptedMicrophone,
        *,
        hear: Callable[[Samples], None],
        hang_up: Callable[[], None],
    ) -> None:
        """`hear` is given each clip as it is said; `hang_up` is called when there is nothing left to say."""
        self._lines = [(line, _samples(line.clip)) for line in script.lines]
        self._microphone = microphone
        self._hear = hear
        self._hang_up = hang_up

    def __call__(self, event: Event) -> None:
        match event:
            case CallStarted():
                self._say(GREETING_SECONDS)
            case PlaybackStarted() if self._lines and (wait := self._lines[0][0].cut_in_seconds) is not None:
                self._say(wait)
            case PlaybackFinished() if not self._microphone.busy:
                if self._lines:
                    self._say(self._lines[0][0].pause_seconds)
                else:
                    self._hang_up()
            case CallEnded():
                self._lines.clear()  # the microphone runs on: its clock plays the customer's last line

    def _say(self, after_seconds: float) -> None:
        _, samples = self._lines.pop(0)
        self._microphone.speak(samples, after_seconds)
        self._hear(samples)


class HeardSpeaker(ScriptedSpeaker):
    """The scripted headphones, which also play on real ones for whoever watches the demo."""

    def __init__(self, real: Speaker) -> None:
        super().__init__(24_000)
        self._real = real

    def play(self, samples: Samples) -> None:
        super().play(samples)
        self.hear(samples, self.rate)

    def stop(self) -> None:
        super().stop()
        self._real.stop()

    def hear(self, samples: Samples, rate: int = SAMPLE_RATE) -> None:
        """Play on the real headphones only. If they fail the demo goes on in silence."""
        from voice.devices.resampling import resample

        with contextlib.suppress(VoiceProblem):
            self._real.play(resample(samples, rate, self._real.rate))

    def close(self) -> None:
        super().close()
        self._real.close()


def connect(script: Script, settings: Settings, *, real_time: bool, aloud: bool) -> Call:
    """A call with the script's trainee on the line. `aloud`: also through this computer's speaker, if it has one."""
    from voice import recognition, synthesis
    from voice.hearing.vad import SileroVad
    from voice.prosody import baseline, measure

    pack = load(script.pack)
    scorer = text_model(pack)
    recognizer = recognition.choose(settings.recognizer)
    recognizer.warm_up()
    synthesizer = synthesis.choose(settings.voice, pack.customer.voice)
    synthesizer.warm_up()
    calm = baseline([measure(_samples(script.lines[0].clip))])
    models = {"text": scorer.model, recognizer.name: recognizer.model_hash, "voice": synthesizer.name}
    started = started_event(pack, settings, Wishes(seed=script.seed), models)
    started = replace(started, mode="voice", baseline=calm, difficulty="normal")
    clock = CallClock()
    call = Call(pack, Session(pack), started, clock=clock, text_model=scorer)
    call.merges = True  # as with a headset: there is no echo

    speaker = _speaker(settings) if aloud and real_time else ScriptedSpeaker()
    microphone = ScriptedMicrophone(
        real_time=real_time, speaker=speaker, settle=(lambda: None) if real_time else _settle(call)
    )
    ear = Ear(microphone, SileroVad(), recognizer, clock, call.emit)
    call.ear = ear
    call.mouth = mouth = Mouth(synthesizer, speaker, clock.now, call.emit, on_speaking=ear.customer_speaking)
    speaker.watched = lambda: mouth.busy
    call.meter = lambda: Meter(ear.meter.level_dbfs, ear.meter.speaking, mouth.speaking, "file")
    hear = speaker.hear if isinstance(speaker, HeardSpeaker) else lambda samples: None
    call.silent = not isinstance(speaker, HeardSpeaker)
    call.sinks.append(Trainee(script, microphone, hear=hear, hang_up=lambda: call.act("hang_up")))
    return call


def _settle(call: Call) -> Callable[[], None]:
    """Waits, in the microphone's thread, until the call has nothing left to do at this moment."""

    def settle() -> None:
        if call.loop and call.loop.is_running() and isinstance(mouth := call.mouth, Mouth):
            asyncio.run_coroutine_threadsafe(call.quiet(lambda: mouth.settled), call.loop).result()

    return settle


def _speaker(settings: Settings) -> ScriptedSpeaker:
    from voice.devices.speaker import DeviceSpeaker

    try:
        return HeardSpeaker(DeviceSpeaker(settings.speaker))
    except VoiceProblem:
        return ScriptedSpeaker()


def _samples(path: Path) -> Samples:
    from voice.recordings.reading import read

    return read(path).samples
