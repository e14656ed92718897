"""Opens ear and mouth for a call or a drill, as set up. Audio libraries and models are only imported here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dialogue.events import Utterance, WorldEvent
from ui.runtime.log import record_fault
from ui.runtime.settings import Settings
from voice.clock import CallClock
from voice.ports import VoiceProblem

if TYPE_CHECKING:
    from voice.audio import Samples
    from voice.echo.canceller import EchoCanceller
    from voice.echo.watch import EchoWatch
    from voice.lasting_ear import LastingEar
    from voice.mouth import Mouth
    from voice.ports import Recognizer

Emit = Callable[[WorldEvent], None]

_idle: "dict[str, Recognizer]" = {}
"""Loaded recognisers not in use, by the setting that chose them, for the next call."""


def open_mouth(
    settings: Settings,
    voice: str,
    clock: CallClock,
    emit: Emit,
    on_speaking: Callable[[bool], None],
    played: "Callable[[Samples], None] | None" = None,
) -> "tuple[Mouth, str]":
    """A warmed-up mouth with that customer's `voice`, and the engine's name. Raises VoiceProblem without headphones or
    voice. `played` gets every block that the headphones play."""
    from voice import memory
    from voice.devices import portaudio
    from voice.devices.lasting_speaker import LastingSpeaker
    from voice.devices.speaker import DeviceSpeaker
    from voice.mouth import Mouth
    from voice.synthesis import choose

    portaudio.find("output", settings.speaker)
    synthesizer = choose(settings.voice, voice, telephone=settings.telephone)
    try:
        synthesizer.warm_up()  # before the headphones stream: loading blocks their callbacks
        memory.settle()
        speaker = LastingSpeaker(lambda lost: DeviceSpeaker(settings.speaker, lost, played))
    except Exception:
        synthesizer.close()
        raise
    return Mouth(synthesizer, speaker, clock.now, emit, on_speaking=on_speaking), synthesizer.name


def load_recognizer(settings: Settings) -> None:
    """Load the recogniser for `open_ear` before any device streams: loading blocks callbacks for 0.3 s. Raises
    VoiceProblem without a microphone or recogniser."""
    from voice.devices import portaudio
    from voice.recognition import choose

    portaudio.find("input", settings.microphone)
    recognizer = _idle.pop(settings.recognizer, None) or choose(settings.recognizer)
    recognizer.warm_up()
    _idle[settings.recognizer] = recognizer


def open_ear(
    settings: Settings,
    clock: CallClock,
    emit: Emit,
    guess: Callable[[Utterance], None] = lambda turn: None,
    echo: "EchoWatch | None" = None,
    heard: "Callable[[Samples], None] | None" = None,
    on_echo: Callable[[bool], None] = lambda on: None,
    canceller: "EchoCanceller | None" = None,
) -> "tuple[LastingEar, Recognizer]":
    """A warmed-up ear, not yet listening, and its recogniser. Raises VoiceProblem without a microphone or recogniser.

    `heard` gets every block of the microphone, after echo cancellation.
    """
    from voice import memory
    from voice.devices.microphone import DeviceMicrophone
    from voice.echo.canceller import CleanMicrophone
    from voice.hearing.vad import SileroVad
    from voice.lasting_ear import LastingEar
    from voice.recognition import choose

    def idle() -> None:
        _idle[settings.recognizer] = recognizer
        memory.give_back()

    def open_microphone() -> "DeviceMicrophone | CleanMicrophone":
        if canceller:
            return CleanMicrophone(settings.microphone, canceller, heard)
        return DeviceMicrophone(settings.microphone, heard=heard)

    ear = LastingEar(
        open_microphone,
        SileroVad(),
        recognizer := _idle.pop(settings.recognizer, None) or choose(settings.recognizer),
        clock,
        emit,
        guess,
        echo=echo,
        on_echo=on_echo,
        on_done=idle,
    )
    try:
        recognizer.warm_up()
    except Exception:
        ear.stop()
        raise
    return ear, recognizer


def damaged(what: str, fault: Exception) -> str:
    """The sentence for any exception of a damaged installation; the traceback goes to the log."""
    record_fault(fault)
    return f"{what} cannot be loaded ({type(fault).__name__}: {fault}): install Coolhead again."


def why_not(part: str, add: Callable[[], None]) -> str:
    """Call `add`; one sentence why that `part` of the sound failed, "" when it works."""
    try:
        add()
    except VoiceProblem as problem:
        return str(problem)
    except Exception as fault:
        return damaged(part, fault)
    return ""
