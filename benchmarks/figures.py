"""Figures that several benchmarks give: what a process costs (Linux), how well a score tells two kinds apart."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np


def cpu_seconds(pid: int) -> float:
    """Used by the process so far, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Its resident set, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def area(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    """Under the receiver's curve: the chance that a wanted one scores above another, ties counting half. NaN where
    there is only one kind."""
    values, want = np.asarray(scores, float), np.asarray(wanted, bool)
    above, below = values[want][:, None], values[~want]
    if not above.size or not below.size:
        return float("nan")
    return float(np.mean(above > below) + 0.5 * np.mean(above == below))
