"""A drill that asks for a key says so where one would type."""

from random import Random

import pytest
from textual.widgets import Input
from textual.widgets._footer import FooterKey

from dialogue import drills
from tests.ui.drilling import RulesAlone
from tests.ui.driven import until
from tests.ui.stage import at_rest, press
from ui import strings
from ui.app import CoolheadApp
from ui.runtime.settings import Settings
from ui.screens.drill import DrillScreen
from ui.screens.drills import DrillsScreen
from ui.screens.help import HelpScreen


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
    async with CoolheadApp(first=screen).run_test():
        await until(lambda: screen.query_one(Input).placeholder != strings.DRILL_WAIT)
        assert screen.query_one(Input).placeholder == asked


async def test_a_question_mark_in_an_answer_is_one_and_f1_helps() -> None:
    app = CoolheadApp(first=DrillsScreen(Settings.model_construct(), by_text=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await press(pilot, "enter", "question_mark")
        assert isinstance(app.screen, DrillScreen)
        assert app.screen.query_one(Input).value == "?"
        assert [key.key_display for key in app.screen.query(FooterKey) if key.description == "Help"] == ["f1"]
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, DrillsScreen)
        assert [key.key_display for key in app.screen.query(FooterKey) if key.description == "Help"] == ["?"]
