"""Better words while nothing is on the table yet: of the scenario's own matter, and of no other's."""

import re
from collections.abc import Callable

import pytest

from dialogue.debrief.advice import ADVICE
from dialogue.debrief.betterwords import BetterWords, contexts
from dialogue.persona import Pack, available, load
from dialogue.rehearsal import Line

FOREIGN = re.compile(r"\b(?:order|parcel|file|invoice|router|arrives?|delivery)\b")
"""Matters that only some scenarios are about."""


@pytest.mark.parametrize("name", [each.id for each in available()])
def test_nobody_is_advised_to_speak_of_what_the_call_is_not_about(
    name: str, ring: Callable[[Pack], Line], play: Callable[..., Line]
) -> None:
    pack = load(name)
    text = pack.model_dump_json().lower()
    for line in (ring(pack), play(pack, ["Hello, this is Sam."])):
        state = contexts(line.journal, pack)[-1]
        assert state is not None
        for cause in ADVICE:
            words = BetterWords(pack)
            told = words.instead(cause, state, "")
            assert told
            assert all(each in text for each in FOREIGN.findall(told)), told
            assert not FOREIGN.search(words.plain(cause))


@pytest.mark.parametrize("cause", ["hold_unannounced", "hold_demand", "dead_air"])
def test_a_hold_before_the_story_is_for_what_the_desk_can_look_up(
    cause: str, broadband: Pack, ring: Callable[[Pack], Line]
) -> None:
    state = contexts(ring(broadband).journal, broadband)[-1]
    assert state is not None
    assert "router log" in BetterWords(broadband).instead(cause, state, "")
