"""`coolhead doctor`: what works here, what does not, and what to do about it. Every check tries the real thing."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from dialogue.persona import PackProblem
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings, load_settings, settings_path, unknown_settings
from voice.ports import VoiceProblem

State = Literal["ok", "note", "fault"]
PROBE_BYTES = 4096
MARKS: dict[State, str] = {"ok": "ok   ", "note": "note ", "fault": "FAULT"}


@dataclass(frozen=True, slots=True)
class Finding:
    """`note`: a spoken call lacks something, or a choice has no effect. `fault`: no call can be taken."""

    check: str
    state: State
    text: str


def run(*, json_lines: bool) -> int:
    """0 when a call can be taken (by keyboard at least), 1 when not."""
    findings = []
    for finding in _findings():
        findings.append(finding)
        if json_lines:
            print(json.dumps(asdict(finding)), flush=True)
        else:
            print(f"{MARKS[finding.state]} {finding.check + ':':<15}{finding.text}", flush=True)
    states = {finding.state for finding in findings}
    if not json_lines:
        print(
            "No call can be taken until the faults are mended."
            if "fault" in states
            else "Calls can be taken; see the notes."
            if "note" in states
            else "All is well: put on the headset and run `coolhead call`."
        )
    return int("fault" in states)


def _findings() -> Iterator[Finding]:
    yield from of_settings()
    settings = _settings()
    yield _try("calls folder", "note", _folder)
    yield _try("packs", "fault", _packs)
    yield _try("text model", "fault", _text_model)
    yield _try("microphone", "note", lambda: _device("input", settings.microphone))
    yield _try("headphones", "note", lambda: _device("output", settings.speaker))
    yield _try("recogniser", "note", lambda: _recognizer(settings.recognizer))
    for engine in ("hibari", "pyttsx3"):
        yield _try(f"voice {engine}", "note", lambda engine=engine: _voice(engine))  # type: ignore[misc]


def of_settings() -> Iterator[Finding]:
    """Nothing where all of the file is understood."""
    try:
        load_settings()
        unknown = ", ".join(unknown_settings())
    except Problem as problem:
        yield Finding("settings", "fault", str(problem))
        return
    if unknown:
        known = ", ".join(Settings.model_fields)
        yield Finding("settings", "note", f"{settings_path()} names what is no setting: {unknown}. There are {known}.")


def _settings() -> Settings:
    try:
        return load_settings()
    except Problem:
        return Settings.model_construct()


def _try(check: str, otherwise: State, examine: Callable[[], str]) -> Finding:
    try:
        return Finding(check, "ok", examine())
    except (VoiceProblem, PackProblem, Problem) as problem:
        return Finding(check, otherwise, str(problem))
    except OSError as problem:
        return Finding(check, otherwise, f"{problem.strerror or problem} ({problem.filename}).")
    except Exception as fault:  # a damaged installation is what a doctor is for
        return Finding(check, otherwise, f"{type(fault).__name__}: {fault}: install Coolhead again.")


def _folder() -> str:
    from ui.records.archive import calls_folder

    folder = calls_folder()
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            probe.write_bytes(bytes(PROBE_BYTES))  # an empty file has room on a full disk
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written ({error.strerror}), so calls go to the temporary folder: free some room, or "
            "name another folder in COOLHEAD_DATA."
        ) from error
    return str(folder)


def _packs() -> str:
    from dialogue.persona import available

    found = [pack.id for pack in available()]
    if not found:
        raise Problem("No scenario pack was found: install Coolhead again.")
    return ", ".join(found)


def _text_model() -> str:
    from dialogue.content.encoder import Scorer

    started = time.perf_counter()
    scorer = Scorer({})
    scorer.score("I am sorry that happened to you.")
    return f"{scorer.model}, ready in {time.perf_counter() - started:.1f} s"


def _device(direction: Literal["input", "output"], wanted: str | None) -> str:
    """Open it for a moment: it opens only when sound comes or goes."""
    from voice.devices.listing import devices
    from voice.devices.microphone import DeviceMicrophone
    from voice.devices.speaker import DeviceSpeaker

    open_device = DeviceMicrophone if direction == "input" else DeviceSpeaker
    device = open_device(wanted)  # refuses a device that opens but stays silent
    device.close()
    names = [each.name for each in devices() if (each.default_input if direction == "input" else each.default_output)]
    return f"{wanted or (names[0] if names else 'the default')}, {device.rate} Hz"


def _recognizer(name: str) -> str:
    from voice.recognition import choose

    started = time.perf_counter()
    recognizer = choose(name)
    recognizer.warm_up()
    recognizer.close()
    return f"{recognizer.name}, ready in {time.perf_counter() - started:.1f} s"


def _voice(engine: str) -> str:
    from voice.synthesis import choose

    synthesizer = choose(engine)
    try:
        started = time.perf_counter()
        clip = synthesizer.render("Hello? Is anybody there?", anger=40.0)
        return f"{clip.seconds:.1f} s of speech in {(time.perf_counter() - started) * 1000:.0f} ms"
    finally:
        synthesizer.close()
