"""What is no language is told from what is misspelt, foreign or short."""

from collections.abc import Callable

import pytest

from dialogue.events import MoodChanged, Reply
from dialogue.persona import available, load
from dialogue.rehearsal import Line
from dialogue.understanding.gibberish import gibberish

PACKS = [one.id for one in available()]


@pytest.mark.parametrize("text", ["asdf jkl;", "hjkhjk khjkh", "fdsa", "sdfsdf", "asdfghjkl", "gfhgf dfg dfg"])
def test_struck_keys_are_no_words(text: str) -> None:
    assert all(gibberish(text, load(one)) for one in PACKS)


@pytest.mark.parametrize(
    "text",
    [
        "sory about that",
        "must of been realy anoying",
        "Postcode please",
        "ok thank you bye",
        "lol ok",
        "Zbigniew Szczepanski speaking",
        "And your IBAN, Mr Wrzesniewski?",
        "SW1A 2AA",
        "hmm",
        "Goodbye",
        "Understood",
    ],
)
def test_what_is_misspelt_foreign_or_short_is_read(text: str) -> None:
    assert not any(gibberish(text, load(one)) for one in PACKS)


def test_who_is_told_nothing_asks_again_and_holds_it_against_nobody(play: Callable[..., Line]) -> None:
    pack = load("forty-minutes-on-hold")
    line = play(pack, ["Hello, how can I help?"])
    before, said = line.session.state.case.told, len(line.said)
    line.speak("asdf jkl;")
    after = line.said[said:]
    assert [one.act for one in after if isinstance(one, Reply)] == ["ask_again"]
    assert not [row for one in after if isinstance(one, MoodChanged) for row in one.because if row.kind == "impulse"]
    assert line.session.state.case.told == before
