"""The pacer keeps the time of its clock, draws only what changes, and stands still where motion is not wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.clock import MockClock

from tests.ui.driven import until
from ui import strings
from ui.commands.breathe import lines, run, whole_breaths
from ui.practice.breathing import DEFAULT, PATTERNS, Pace, Pattern, Step, breath_at
from ui.runtime.problems import Problem
from ui.screens.pacer_app import PacerApp
from ui.widgets.pacer import Pacer, lens


@pytest.mark.parametrize(
    ("t", "step", "count"),
    [(0, "in", 1), (2.99, "in", 3), (3, "hold", 1), (7.99, "hold", 5), (8, "out", 1), (10.99, "out", 3), (11, "in", 1)],
)
def test_three_five_three(t: float, step: str, count: int) -> None:
    breath = breath_at(t)
    assert (breath.step, breath.count) == (step, count)


@given(st.floats(0, 3600))
def test_extent_stays_in_bounds_and_is_full_while_held(t: float) -> None:
    breath = breath_at(t)
    assert 0.0 <= breath.extent <= 1.0
    assert breath.step != "hold" or breath.extent == 1.0


@given(st.floats(0, 3600))
def test_the_breath_never_jumps(t: float) -> None:
    assert abs(breath_at(t + 1 / 30).extent - breath_at(t).extent) < 0.06


@given(
    st.integers(0, 36_000).map(lambda n: 0.1 * n + 0.03), st.sampled_from([*PATTERNS.values(), Pattern(2.5, 0.5, 4.2)])
)
def test_what_is_shown_changes_just_when_it_is_said_to(t: float, pattern: Pattern) -> None:
    """At moments beside the boundaries, which floating point may put on either side."""
    now = breath_at(t, pattern)
    assert 0.0 <= now.left <= 1.0
    for share in (0.0, 0.5, 0.99):
        meanwhile = breath_at(t + share * now.left, pattern)
        assert (meanwhile.step, meanwhile.count) == (now.step, now.count)
    then = breath_at(t + now.left + 1e-6, pattern)
    assert (then.step, then.count) != (now.step, now.count)


def test_after_ten_minutes_the_phase_is_still_the_clocks() -> None:
    """No drift can build up: the breath is a function of the time alone, not of the frames drawn."""
    for k in range(54):
        start = k * DEFAULT.seconds
        assert breath_at(start + 1e-6).step == "in"
        assert breath_at(start + 1e-6).breaths == k


def test_the_lens_grows_with_the_breath_and_keeps_inside_its_place() -> None:
    areas = [sum(lens(extent / 20, 28, 10)) for extent in range(21)]
    assert areas == sorted(areas)
    assert areas[-1] > 3 * areas[0]
    assert all(half <= 28 for half in lens(1.0, 28, 10))
    assert lens(1.0, 0, 10) == lens(1.0, 28, 0) == ()


class Sounded:
    """Remembers what the ear was given."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, float] | None] = []

    def step(self, step: Step, seconds: float) -> None:
        self.steps.append((step, seconds))

    def stop(self) -> None:
        self.steps.append(None)


class OnePacer(App[None]):
    CSS_PATH = None
    CSS = ".pacer--lens {color: blue;} .pacer--word {color: white;} .pacer--quiet {color: white;}"

    def __init__(self, clock: MockClock, *, still: bool = False) -> None:
        super().__init__()
        self.sounded = Sounded()
        self.pacer = Pacer(clock=clock, pace=Pace(sound=self.sounded, still=still), note="note")

    def compose(self) -> ComposeResult:
        yield self.pacer


def shown(pacer: Pacer) -> str:
    return "\n".join(pacer.render_line(y).text for y in range(pacer.size.height))


async def test_an_unchanged_frame_draws_nothing() -> None:
    clock = MockClock(100.0)
    app = OnePacer(clock)
    async with app.run_test(size=(30, 14)) as pilot:
        app.pacer.start()
        clock.set_time(104.2)  # held: nothing moves until the next count
        app.pacer.tick()
        await pilot.pause()
        drawn: list[bool] = []
        app.pacer.refresh = lambda *a, **k: drawn.append(True) or app.pacer  # type: ignore[method-assign,func-returns-value]
        for step in range(20):
            clock.set_time(104.2 + step / 30)
            app.pacer.tick()
        assert drawn == []
        clock.set_time(105.01)
        app.pacer.tick()
        assert drawn == [True]


async def test_it_says_the_step_and_the_count() -> None:
    clock = MockClock(0.0)
    app = OnePacer(clock)
    async with app.run_test(size=(30, 14)) as pilot:
        app.pacer.start()
        for t, words in ((1.5, "Breathe in  2"), (4.5, "Hold  2"), (9.5, "Breathe out  2")):
            clock.set_time(t)
            app.pacer.tick()
            await pilot.pause()
            assert words in shown(app.pacer)


async def test_the_ear_gets_each_step_once_and_silence_at_the_end() -> None:
    clock = MockClock(0.0)
    app = OnePacer(clock)
    async with app.run_test(size=(30, 14)) as pilot:
        await pilot.resize_terminal(31, 14)
        assert app.sounded.steps == []  # it does not breathe yet
        app.pacer.start()
        for frame in range(30 * 12):
            clock.set_time(frame / 30)
            app.pacer.tick()
        app.pacer.stop()
        await pilot.resize_terminal(30, 14)
        assert app.sounded.steps == [("in", 3.0), ("hold", 5.0), ("out", 3.0), ("in", 3.0), None]


async def test_still_means_words_without_shape_and_a_change_a_second() -> None:
    clock = MockClock(0.0)
    app = OnePacer(clock, still=True)
    frames = set()
    async with app.run_test(size=(30, 14)):
        app.pacer.start()
        for frame in range(30 * 11):
            clock.set_time(frame / 30)
            app.pacer.tick()
            frames.add(app.pacer.frame)
            assert not set(shown(app.pacer)) & set("█▀▄▌▐▘▝▖▗▛▜▙▟")
    assert len(frames) == 11


@pytest.mark.parametrize("how", ["setting", "no_color", "animations"])
def test_reduced_motion_is_honoured_however_it_is_asked_for(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if how == "no_color":
        monkeypatch.setenv("NO_COLOR", "1")
    if how == "animations":
        monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    app = PacerApp(1, pace=Pace(still=how == "setting"))
    assert app._pacer.pace.still


async def test_alone_it_ends_after_its_breaths() -> None:
    clock = MockClock(0.0)
    app = PacerApp(2, clock=clock)
    async with app.run_test(size=(60, 20)):
        clock.set_time(12.0)
        second = strings.PACER_LEFT.format(number=2, breaths=2)
        await until(lambda: str(app.query_one("#breaths-left").render()) == second)
        clock.set_time(22.0)
        await until(lambda: app._exit)


def test_lines_come_at_their_times_whatever_writing_them_costs() -> None:
    now = [50.0]
    seen: list[tuple[float, str]] = []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    for line in lines(2, lambda: now[0], sleep):
        seen.append((now[0] - 50.0, line))
        now[0] += 0.4
    words = [strings.BREATHE_IN, strings.BREATHE_HOLD, strings.BREATHE_OUT]
    expected = [f"{word} {n}" for word, n in zip(words * 2, (3, 5, 3) * 2, strict=True)] + [strings.PACER_DONE]
    assert [line for _, line in seen] == expected
    assert [t for t, _ in seen] == pytest.approx([0, 3, 8, 11, 14, 19, 22])


def test_minutes_become_whole_breaths() -> None:
    assert whole_breaths(1.0) == 5
    assert whole_breaths(0.01) == 1
    assert whole_breaths(1.0, Pattern(4, 7, 8)) == 3


def test_another_pattern_by_name() -> None:
    assert {name: pattern.seconds for name, pattern in PATTERNS.items()} == {"3-5-3": 11, "4-2-6": 12, "4-7-8": 19}
    with pytest.raises(Problem, match="4-7-8"):
        run(minutes="1", pattern="9-9-9", plain=True)


@pytest.mark.parametrize("minutes", ["0", "-1", "61", "nan", "abc"])
def test_a_length_that_makes_no_sense_is_refused(minutes: str) -> None:
    with pytest.raises(Problem, match="minutes"):
        run(minutes=minutes, plain=True)
