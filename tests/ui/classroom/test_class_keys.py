"""The keys of a trainee in class fit into a small window; the trainer chooses among scenarios by difficulty."""

from types import SimpleNamespace

import pytest
from textual.binding import Binding
from textual.clock import MockClock
from textual.widgets._footer import FooterKey

from dialogue.persona import available, load
from tests.ui.stage import at_rest
from tests.ui.story import good_call, pack
from ui import strings
from ui.calls.journal_player import Player
from ui.classroom import trainee_app
from ui.classroom.screens import console
from ui.classroom.screens.asking import Choose
from ui.classroom.screens.console import ConsoleScreen
from ui.classroom.trainee_app import TraineeApp
from ui.screens.call import CallScreen
from ui.widgets.keylines import COMPACT_PADDING


@pytest.mark.parametrize("mode", ["voice", "text"])
async def test_a_trainees_keys_fit_80_columns(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def left(classroom: object) -> None: ...

    monkeypatch.setattr(trainee_app, "leave", left)
    there = SimpleNamespace(consent=lambda: ("To whom: the trainer.",))
    app = TraineeApp(there, mode == "text")  # type: ignore[arg-type]
    clock = MockClock(50.0)
    async with app.run_test(size=(80, 24)) as pilot:
        app.classroom = SimpleNamespace()  # type: ignore[assignment]
        call = Player(pack(), good_call(mode), now=lambda: clock.time)
        call.ear = None if mode == "text" else object()  # type: ignore[attr-defined]
        monkeypatch.setattr(trainee_app, "Call", Player)
        app.push_screen(CallScreen(call))
        await at_rest(pilot)
        keys = list(app.screen.query(FooterKey))
        names = [key.description for key in keys]
        assert {"Help", "Trainer"} <= set(names)
        assert ("Sound" in names) is (mode == "voice"), "there is no sound of who types"
        assert max(key.region.right for key in keys) <= 80


def test_the_trainers_most_needed_keys_fit_one_line_of_80_columns() -> None:
    shown = [each for each in ConsoleScreen.BINDINGS if isinstance(each, Binding) and each.show]
    beside = [strings.KEY_OPEN_CALL, strings.KEY_HELP]  # of the board and of the app
    names = [*(each.description for each in shown), *beside]
    assert sum(1 + len(name) + COMPACT_PADDING for name in names) <= 80
    assert {strings.KEY_START_ALL, strings.KEY_WHISPER, strings.KEY_END_CALL} <= set(names)


async def test_scenarios_are_offered_by_difficulty(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[list[tuple[str, str]]] = []

    class Offered(Choose):
        def __init__(self, question: str, options: list[tuple[str, str]]) -> None:
            offered.append(options)
            super().__init__(question, options)

    async def left(question: object) -> None: ...

    monkeypatch.setattr(console, "Choose", Offered)
    person = SimpleNamespace(id="t-1", state=SimpleNamespace(status="waiting", name="Anna"))
    app = SimpleNamespace(push_screen_wait=left)
    screen = SimpleNamespace(
        _may_steer=lambda: True, person=person, app=app, group=SimpleNamespace(present=lambda: [person])
    )
    await ConsoleScreen.action_start.__wrapped__(screen, True)  # type: ignore[attr-defined]
    [(options)] = offered
    levels = [load(id).level for id, _ in options]
    assert levels == sorted(levels)
    assert len(levels) == len(available())
    assert options[0][1].startswith(strings.LEVEL_SHAPES[levels[0]])
