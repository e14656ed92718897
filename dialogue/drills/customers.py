"""Customers of the packs, for the drills that play with them."""

import contextlib
from collections.abc import Iterator
from random import Random

from dialogue.persona import Pack, PackProblem, available, load


def customers(random: Random) -> Iterator[Pack]:
    """Every pack once, in any order; none whose customer swears, and none that cannot be read."""
    entries = list(available())
    random.shuffle(entries)
    for entry in entries:
        with contextlib.suppress(PackProblem):  # a user's own, half written
            pack = load(entry.path)
            if not pack.conduct.vulgar:
                yield pack
