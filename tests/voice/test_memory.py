"""What is loaded is not gone through again while sound plays, and nothing of an earlier call stays for it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from voice.memory import settle


class Loaded:
    """Part of a ring, as calls, screens and engines are."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_not_gone_through_again() -> None:
    loaded = Loaded()
    settle()
    assert gc.get_freeze_count() > 10_000
    assert not any(each is loaded for each in gc.get_objects())


def test_what_an_earlier_call_left_behind_goes_at_the_next() -> None:
    call = Loaded()
    settle()
    gone = weakref.ref(call)
    del call
    gc.collect()
    assert gone() is not None, "it was gone through after all"
    settle()
    assert gone() is None
