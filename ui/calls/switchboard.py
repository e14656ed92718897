"""Makes a call: pack, session, text model, and sound if there is any, else keyboard.

Loading takes seconds, so screens call `connect` in a thread while it rings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from random import SystemRandom
from typing import TYPE_CHECKING

from dialogue.content.encoder import Encoder, Scorer
from dialogue.events import AudioProblem, CallStarted, WorldEvent
from dialogue.journal import session_for
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import RECORDED
from ui.calls.driver import Call
from ui.calls.ports import Meter
from ui.calls.recordings import record
from ui.calls.sinks import Sink
from ui.calls.sound import damaged, load_recognizer, open_ear, open_mouth, why_not
from ui.records.score_cache import cache_folder, scorer_of_call
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from voice.clock import CallClock

if TYPE_CHECKING:
    from voice.audio import Samples
    from voice.echo.canceller import EchoCanceller
    from voice.echo.watch import EchoWatch
    from voice.monitoring.tap import Tap


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the trainee wants this call."""

    text: bool = False
    """By keyboard, without any sound."""
    cues: bool = True
    """False in test mode."""
    seed: int | None = None
    record: bool = False
    """Keep the sound of it."""


def connect(
    pack: Pack,
    settings: Settings,
    wishes: Wishes,
    sinks: Sequence[Sink] = (),
    past: Sequence[WorldEvent] = (),
    tap: "Tap | None" = None,
) -> Call:
    """A call ready to run. Without sound it is by keyboard, and `status` says why.

    `past` (from `dialogue.debrief.retry.before`) makes it a retry: the call resumes where these events end, and the
    first of them becomes its CallStarted, with today's date. `tap` gets the sound of both voices, the trainee's only
    while the microphone is open.
    """
    scorer = text_model(pack)
    clock = CallClock()
    started = started_event(pack, settings, wishes, {"text": scorer.model})
    if past and isinstance(past[0], CallStarted):
        started = replace(
            past[0],
            app_version=started.app_version,
            models={**past[0].models, **started.models},
            settings={**past[0].settings, "started_at": started.settings["started_at"], RECORDED: "off"},
        )
    call = Call(
        pack,
        session_for(started, pack),
        started,
        clock=clock,
        text_model=scorer,
        sinks=sinks,
        past=past[1:],
    )
    if not wishes.text:
        scorer.score("Hello.")  # the first run is slow, and would hold up the sound
        _add_sound(call, clock, settings, tap)
        if wishes.record:
            record(call)
    if past:
        call.past += _change_of_line(call)
    return call


def _change_of_line(call: Call) -> tuple[AudioProblem, ...]:
    """The event that tells the session when a retried call changes from voice to keyboard or back: only a spoken call
    has silences to blame."""
    problems = [event for event in call.past if isinstance(event, AudioProblem) and event.kind in ("lost", "recovered")]
    spoken = call.started.mode == "voice" and not (problems and problems[-1].kind == "lost")
    if spoken == bool(call.ear) or call.started.mode == "text":
        return ()
    t = max(event.t for event in (call.started, *call.past))
    return (
        AudioProblem(t, "recovered", strings.RETRY_SPOKEN)
        if call.ear
        else AudioProblem(t, "lost", strings.RETRY_TYPED),
    )


def text_model(pack: Pack) -> Scorer:
    """The scorer of the trainee's words. Raises Problem when its model cannot be loaded."""
    try:
        if pack.sha256 not in _scorers:
            _scorers[pack.sha256] = scorer_of_call(pack.wordings, _encoder(), cache_folder())
        return _scorers[pack.sha256]
    except Exception as fault:  # a damaged installation may raise anything
        raise Problem(damaged("The text model", fault)) from fault


_scorers: dict[str, Scorer] = {}
"""By pack: reading all its wordings for the first time takes two seconds, and 500 MB for a moment."""


@cache
def _encoder() -> Encoder:
    """Loaded once for all calls: 0.5 s and 250 MB each otherwise."""
    return Encoder()


def started_event(pack: Pack, settings: Settings, wishes: Wishes, models: dict[str, str]) -> CallStarted:
    """The CallStarted of a call by keyboard; `_add_ear` makes it a spoken one."""
    return CallStarted(
        0.0,
        pack=pack.id,
        pack_sha256=pack.sha256,
        seed=wishes.seed if wishes.seed is not None else SystemRandom().randrange(1_000_000),
        mode="text",
        app_version=version("coolhead"),
        difficulty=settings.difficulty,
        models=models,
        settings={
            "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "cues": "on" if wishes.cues else "off",
        },
        baseline=settings.baseline,
    )


def _add_sound(call: Call, clock: CallClock, settings: Settings, tap: "Tap | None") -> None:
    """Give the call an ear and a mouth, as far as the devices allow: each works without the other."""
    from voice.echo.canceller import EchoCanceller, available
    from voice.echo.watch import EchoWatch

    canceller = EchoCanceller() if not settings.headset and available() else None
    echo = EchoWatch() if settings.headset or canceller else None  # not needed in half duplex

    def played(block: "Samples") -> None:
        if echo:
            echo.played(block, of_line=call.mouth.speaking)
        if canceller:
            canceller.played(block)
        if tap:
            tap.played(block)

    def heard(block: "Samples") -> None:
        if echo:
            echo.heard(block)
        if tap:
            tap.heard(block)

    if tap:
        tap.muted = lambda: call.gate.closed
    deaf = why_not("Hearing", lambda: load_recognizer(settings))
    mute = why_not("The voice", lambda: _add_mouth(call, clock, settings, played))
    deaf = deaf or why_not("Hearing", lambda: _add_ear(call, clock, settings, echo, heard, canceller))
    if mute or deaf:
        call.status = strings.no_sound(deaf, mute)
    elif not settings.headset:
        call.status = strings.NO_HEADSET[bool(canceller)]


def _add_mouth(call: Call, clock: CallClock, settings: Settings, played: "Callable[[Samples], None]") -> None:
    mouth, voice = open_mouth(settings, call.pack.customer.voice, clock, call.emit, call.customer_speaks, played)
    call.mouth, call.silent = mouth, False
    call.meter = lambda: Meter(customer_speaking=mouth.speaking)
    call.started = replace(call.started, models={**call.started.models, "voice": voice})


def _add_ear(
    call: Call,
    clock: CallClock,
    settings: Settings,
    echo: "EchoWatch | None",
    heard: "Callable[[Samples], None]",
    canceller: "EchoCanceller | None",
) -> None:
    def hears_customer(on: bool) -> None:
        call.barge_in = call.merges = bool(settings.headset or canceller) and not on

    ear, recognizer = open_ear(settings, clock, call.emit, call.guess, echo, heard, hears_customer, canceller)
    call.ear = ear
    call.on_typed = ear.typed
    hears_customer(False)
    call.meter = lambda: Meter(
        level_dbfs=ear.meter.level_dbfs,
        speaking=ear.meter.speaking,
        customer_speaking=call.mouth.speaking,
        listening="microphone" if ear.listening else "keyboard",
        muted_dbfs=ear.meter.muted_dbfs,
    )
    models = {**call.started.models, recognizer.name: recognizer.model_hash}
    mode = call.started.mode if call.past else "voice"
    call.started = replace(call.started, mode=mode, models=models)
