from hypothesis import given
from hypothesis import strategies as st

from voice.clock import CallClock


class Monotonic:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_by_keyboard_it_is_monotonic_time_from_zero() -> None:
    monotonic = Monotonic()
    clock = CallClock(monotonic)
    assert clock.now() == 0.0
    monotonic.seconds += 2.5
    assert clock.now() == 2.5


def test_a_microphone_takes_it_over_without_a_jump() -> None:
    monotonic = Monotonic()
    clock = CallClock(monotonic)
    monotonic.seconds += 2.0
    clock.tick(320)  # opened earlier: its first block ends now
    assert clock.now() == 2.0
    monotonic.seconds += 500.0  # nothing to do with it any more
    clock.tick(320 + 16_000)
    assert clock.now() == 3.0
    assert clock.at(320 + 8_000) == 2.5


def test_a_lost_microphone_hands_it_back_without_a_jump_and_a_new_one_takes_it_again() -> None:
    monotonic = Monotonic()
    clock = CallClock(monotonic)
    clock.tick(320)
    clock.tick(320 + 16_000)
    monotonic.seconds += 77.0
    clock.let_go()
    assert clock.now() == 1.0
    assert not clock.following
    monotonic.seconds += 4.0
    assert clock.now() == 5.0
    clock.tick(640)  # another microphone counts from zero
    assert clock.now() == 5.0
    clock.tick(640 + 1_600)
    assert abs(clock.now() - 5.1) < 1e-9


steps = st.lists(
    st.one_of(
        st.tuples(st.just("tick"), st.integers(0, 10_000)),
        st.tuples(st.just("wait"), st.floats(0, 100)),
        st.tuples(st.just("let go"), st.just(0)),
    )
)


@given(steps)
def test_it_never_runs_backwards(steps: list[tuple[str, float]]) -> None:
    monotonic = Monotonic()
    clock = CallClock(monotonic)
    samples = 0
    last = 0.0
    for what, amount in steps:
        if what == "tick":
            samples += int(amount)
            clock.tick(samples)
        elif what == "wait":
            monotonic.seconds += amount
        else:
            clock.let_go()
            samples = 0
        assert clock.now() >= last - 1e-9
        last = clock.now()


def test_picking_up_makes_now_zero_whatever_drives_the_clock() -> None:
    monotonic = Monotonic()
    clock = CallClock(monotonic)
    monotonic.seconds += 3.0
    clock.pick_up()
    assert clock.now() == 0.0
    clock.tick(320)
    clock.tick(320 + 16_000)
    clock.pick_up()
    assert clock.now() == 0.0
    clock.tick(320 + 32_000)
    assert clock.now() == 1.0
    clock.let_go()
    monotonic.seconds += 1.0
    assert clock.now() == 2.0
