"""espeak-ng in pyttsx3's child process, which may hang or die."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.voice.mouth_stage import PATIENCE_SECONDS, wait_for
from voice.mouth import VOICE_SECONDS
from voice.ports import VoiceProblem
from voice.speaking.rendering import Rendering
from voice.synthesis import VOICES
from voice.synthesis.delivered import DeliveredVoice
from voice.synthesis.delivery import shape
from voice.synthesis.pieces import Piece
from voice.synthesis.pyttsx3_engine import INSTALL_ESPEAK, RENDER_SECONDS, RESTART_SECONDS, Pyttsx3Engine
from voice.synthesis.pyttsx3_worker import EMPTY_AGAIN, Renderer

pytestmark = pytest.mark.real
SENTENCE = "The parcel was left in the rain and everything in it is ruined."


@pytest.fixture
def espeak() -> Iterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine(VOICES["man"])
    yield engine
    engine.close()


def alive(pid: int) -> bool:
    """Runs; a zombie does not."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_missing_espeak_is_said_with_what_to_install(tmp_path, monkeypatch):
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        pass
    else:
        pytest.skip("this machine has espeak-ng of its own")
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(VoiceProblem) as raised:
        Pyttsx3Engine(VOICES["man"])
    assert str(raised.value) == INSTALL_ESPEAK


def test_a_killed_child_is_replaced_before_the_next_render(espeak):
    voice = DeliveredVoice(espeak, VOICES["man"])
    expected = voice.render("Hello there.", 0.0)
    for _ in range(3):
        os.kill(espeak.pid, signal.SIGKILL)
        again = voice.render("Hello there.", 0.0)
        assert len(again.samples) == len(expected.samples)


def test_a_child_killed_in_the_middle_of_a_render_is_replaced(espeak):
    voice = DeliveredVoice(espeak, VOICES["man"])
    expected = voice.render(SENTENCE, 0.0)
    first = espeak.pid
    os.kill(first, signal.SIGSTOP)  # so that the render is under way for certain when the child dies
    threading.Timer(0.5, os.kill, (first, signal.SIGKILL)).start()
    again = voice.render(SENTENCE, 0.0)
    assert len(again.samples) == len(expected.samples)
    assert espeak.pid != first


def test_a_child_that_hangs_is_killed_and_replaced(espeak):
    hung = espeak.pid
    os.kill(hung, signal.SIGSTOP)
    assert DeliveredVoice(espeak, VOICES["man"]).render("Hello there.", 0.0).seconds > 0.3
    assert not alive(hung)


def stop_the_first_child(monkeypatch):
    """Of those that are started from now on; the list of them all grows."""
    children, popen = [], subprocess.Popen

    def stopped_at_first(*arguments, **more):
        children.append(popen(*arguments, **more))
        if len(children) == 1:
            os.kill(children[0].pid, signal.SIGSTOP)
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", stopped_at_first)
    return children


def test_the_very_first_child_is_replaced_too_where_it_does_not_start(monkeypatch):
    children = stop_the_first_child(monkeypatch)
    engine = Pyttsx3Engine(VOICES["man"])
    assert not alive(children[0].pid)
    assert engine.pid == children[1].pid
    engine.close()


def test_a_child_stopped_while_it_starts_is_replaced_while_its_line_is_still_waited_for(espeak, monkeypatch):
    rendering = Rendering(DeliveredVoice(espeak, VOICES["man"]), 22_050)
    expected = rendering.clip(Piece("Hello there.", 0, 12), 0.0).result()
    assert sum(RESTART_SECONDS[:2]) + RENDER_SECONDS[0] < VOICE_SECONDS
    children = stop_the_first_child(monkeypatch)
    os.kill(espeak.pid, signal.SIGKILL)
    again = rendering.clip(Piece("Hello here.", 0, 11), 0.0).result(PATIENCE_SECONDS)
    assert len(again) == pytest.approx(len(expected), rel=0.2)
    assert len(children) >= 2  # on a busy machine the second may not start in time, either
    assert not alive(children[0].pid)
    rendering.close()


def test_espeak_pauses_no_longer_before_the_and_of_a_number_than_elsewhere(espeak):
    manner = shape(0.0, VOICES["man"])

    def seconds(text: str) -> float:
        return espeak.speak(text, manner).seconds

    assert seconds("six hundred and forty") - seconds("six hundred forty") < 0.3


@pytest.mark.parametrize(("empties", "answer"), [(0, b"x" * 50), (2, b"x" * 50), (9, b"x" * 44)])
def test_a_render_that_comes_out_empty_is_tried_again_but_not_for_ever(empties, answer, monkeypatch):
    worker = Renderer.__new__(Renderer)
    worker.espeak = Mock()
    given = iter([b"x" * 44] * empties + [b"x" * 50])
    monkeypatch.setattr(worker, "rendered", lambda text: next(given))
    assert worker.render("Hm.") == answer
    assert worker.espeak.Synchronize.call_count == min(empties, EMPTY_AGAIN)


def test_closing_ends_a_render_the_child_and_its_folder(espeak):
    child, folder = espeak.pid, Path(espeak._folder.name)
    os.kill(child, signal.SIGSTOP)
    raised: list[BaseException] = []

    def render() -> None:
        try:
            DeliveredVoice(espeak, VOICES["man"]).render("Hello there.", 0.0)
        except VoiceProblem as problem:
            raised.append(problem)

    thread = threading.Thread(target=render)
    thread.start()
    wait_for(lambda: espeak._requests == 1)
    espeak.close()
    thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    assert len(raised) == 1
    assert not alive(child)
    assert not folder.exists()
    espeak.close()


@pytest.mark.parametrize("state", ["idle", "stopped"])
def test_no_child_outlives_a_killed_parent_and_no_folder_either(state):
    script = (
        "import os, signal, sys\n"
        "from voice.synthesis.pyttsx3_engine import Pyttsx3Engine\n"
        "from voice.synthesis.voices import VOICES\n"
        "engine = Pyttsx3Engine(VOICES['man'])\n"
        "print(engine.pid, engine._folder.name, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout
    pid, folder = parent.stdout.readline().decode().split()
    child = int(pid)
    assert alive(child)
    assert Path(folder).exists()
    if state == "stopped":
        os.kill(child, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    if state == "stopped":
        os.kill(child, signal.SIGCONT)
    wait_for(lambda: not alive(child) and not Path(folder).exists())
    parent.stdin.close()
    parent.stdout.close()
