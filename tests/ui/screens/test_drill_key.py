"""A drill that asks for a key says so where one would type."""

from random import Random

import pytest
from textual.widgets import Input

from dialogue import drills
from tests.ui.drilling import RulesAlone
from ui import strings
from ui.app import CoolheadApp
from ui.runtime.settings import Settings
from ui.screens.drill import DrillScreen


@pytest.mark.parametrize(
    ("name", "asked"), [("spot-the-turn", strings.DRILL_PRESS), ("a-kind-limit", strings.DRILL_TYPE)]
)
async def test_the_field_says_whether_words_or_the_key_are_wanted(name: str, asked: str) -> None:
    screen = DrillScreen(
        drills.load(name),
        Settings.model_construct(),
        by_text=True,
        random=Random(1),
        make_reader=lambda: lambda wordings: RulesAlone(),
    )
    async with CoolheadApp(first=screen).run_test() as pilot:
        for _ in range(200):
            if screen.query_one(Input).placeholder != strings.DRILL_WAIT:
                break
            await pilot.pause(0.02)
        assert screen.query_one(Input).placeholder == asked
