"""What benchmarks share: a score that tells two kinds apart, and what a process costs."""

import math
import os

from benchmarks.figures import area, cpu_seconds, memory_mb


def test_the_area_is_how_often_a_wanted_one_scores_higher_and_ties_count_half() -> None:
    assert area([0.1, 0.2, 0.8, 0.9], [False, False, True, True]) == 1.0
    assert area([0.8, 0.9, 0.1, 0.2], [False, False, True, True]) == 0.0
    assert area([0.1, 0.5, 0.5, 0.9], [False, False, True, True]) == 0.875
    assert math.isnan(area([0.5], [True]))


def test_a_process_costs_what_the_system_says() -> None:
    assert 0.0 < cpu_seconds(os.getpid()) <= sum(os.times()[:4]) + 0.1
    assert 10.0 < memory_mb(os.getpid()) < 10_000.0
