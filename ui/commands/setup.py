"""`coolhead setup`: devices, level, echo, baseline, captions, pacer and colours; on the screen or line by line."""

import threading
import time
from collections.abc import Iterable
from dataclasses import asdict

from ui import strings
from ui.calls.setup_sound import (
    READING_SECONDS,
    DeviceSound,
    SetupSound,
    baseline_in_words,
    echo_in_words,
    level_in_words,
    measured,
)
from ui.line_mode.typed_input import choice
from ui.runtime import keyboard
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings, remember, settings_path
from ui.runtime.terminal import on_screen
from voice.audio import SILENCE_DBFS
from voice.ports import VoiceProblem
from voice.soundcheck import Listener

LEVEL_SECONDS = 4.0
POLL_SECONDS = 0.05


def run(*, plain: bool) -> int:
    """0 when it was left, whatever was chosen. Raises Problem when choices cannot be kept (line mode)."""
    settings = load_settings()
    if not plain and on_screen():
        from ui import dashboard
        from ui.screens.setup import SetupScreen

        return dashboard.show(settings, first=SetupScreen(settings))
    try:
        in_lines(DeviceSound(settings))
    except OSError as error:
        raise Problem(
            f"Choices cannot be kept in {settings_path()} ({error.strerror}): free some room, or name another file in "
            "COOLHEAD_SETTINGS."
        ) from error
    return 0


def in_lines(sound: SetupSound) -> None:
    """Every question of the screen, one after the other; Enter (or the end of input) leaves things as they are."""
    _ask_about_sound(sound)
    settings = load_settings()
    for name, label, choices in strings.SETUP_CHOICES:
        _ask(name, label, choices.items(), getattr(settings, name))
    print(strings.SETUP_KEPT.format(path=settings_path()))
    print(strings.PLAIN_SETUP_DONE)


def _ask_about_sound(sound: SetupSound) -> None:
    settings = load_settings()
    try:
        microphones, headphones = sound.microphones(), sound.headphones()
    except VoiceProblem as problem:
        print(strings.SETUP_NO_SOUND.format(problem=problem))
        return
    if not (microphones or headphones):
        print(strings.SETUP_NO_SOUND.format(problem=strings.SETUP_NO_DEVICES))
        return
    for name, label, found, now in (
        ("microphone", strings.SETUP_MICROPHONE, microphones, settings.microphone),
        ("speaker", strings.SETUP_HEADPHONES, headphones, settings.speaker),
    ):
        if found:
            _ask(name, label, [(None, strings.SETUP_DEFAULT), *((each, each) for each in found)], now)
    if headphones:
        _ask("telephone", strings.SETUP_TELEPHONE, strings.TELEPHONES.items(), settings.telephone)
    settings = load_settings()
    listener: Listener | None = None
    try:
        if microphones:
            listener = sound.listen(settings.microphone)
            _check_level(listener)
        if headphones and _wanted(strings.SETUP_HEAR, strings.SETUP_HEAR_HOW_PLAIN):
            heard = sound.say(settings.speaker, listener)
            print(echo_in_words(heard))
            if heard is not None:
                remember({"headset": not heard.heard})
        if listener:
            _ask("headset", strings.SETUP_HEADSET, strings.HEADSETS.items(), load_settings().headset)
            print(f"{strings.SETUP_BASELINE}: {baseline_in_words(settings.baseline)}")
            if _wanted(strings.SETUP_BASELINE, strings.SETUP_BASELINE_HOW_PLAIN):
                _read(listener)
    except VoiceProblem as problem:
        print(strings.SETUP_NO_SOUND.format(problem=problem))
    finally:
        if listener:
            listener.close()


def _check_level(listener: Listener) -> None:
    print(strings.PLAIN_SETUP_LEVEL.format(seconds=LEVEL_SECONDS), flush=True)
    loudest = SILENCE_DBFS
    end = time.monotonic() + LEVEL_SECONDS
    while time.monotonic() < end and not listener.problem:
        loudest = max(loudest, listener.level_dbfs)
        time.sleep(POLL_SECONDS)
    print(listener.problem or level_in_words(loudest))


def _read(listener: Listener) -> None:
    print(strings.READING)
    print(strings.PLAIN_SETUP_READ.format(seconds=READING_SECONDS), flush=True)
    done = threading.Event()
    listener.record()
    threading.Thread(target=_until_enter, args=(done,), daemon=True).start()
    done.wait(READING_SECONDS)
    sound = listener.recorded()
    if not done.is_set():  # or the line typed next would be taken for it
        print(strings.PLAIN_SETUP_ENOUGH, flush=True)
        done.wait()
    try:
        baseline = measured(sound)
    except VoiceProblem as problem:
        print(listener.problem or problem)
        return
    remember({"baseline": asdict(baseline)})
    print(strings.BASELINE_KEPT, baseline_in_words(baseline))


def _wanted(label: str, how: str) -> bool:
    print(strings.PLAIN_SETUP_YES.format(label=label, how=how), end="", flush=True)
    return keyboard.answer().lower() in ("y", "yes")


def _ask(name: str, label: str, choices: Iterable[tuple[object, str]], now: object) -> None:
    """Remember the setting `name` if a number was typed."""
    options = list(choices)
    for number, (value, option) in enumerate(options, 1):
        is_now = strings.PLAIN_SETUP_NOW if value == now else ""
        print(strings.PLAIN_SETUP_OPTION.format(number=number, option=option, now=is_now))
    print(strings.PLAIN_SETUP_ASK.format(label=label), end="", flush=True)
    answer = keyboard.answer()
    if chosen := choice(answer, len(options)):
        remember({name: options[chosen - 1][0]})
    elif answer:
        print(strings.PLAIN_SETUP_NOT_ONE)


def _until_enter(done: threading.Event) -> None:
    keyboard.answer()
    done.set()
