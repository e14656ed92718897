"""Which clauses of a turn want an answer, where they stand."""

import pytest

from dialogue.understanding.clause import clauses_of

ASKED = [
    ("So what happens now, and you may write it down, is that I put the old name back.", []),
    ("What matters to me is that you lead your own calls.", []),
    ("What must have happened is that a page was missing.", []),
    ("Give me twenty seconds and I'll tell you which one, and where in it.", []),
    ("One moment, I look, twenty seconds, okay?", []),
    ("Could you tell me which page that is, and where the number stands?", ["Could you tell me which page that is,"]),
    ("What happens when I read your mails?", ["What happens when I read your mails?"]),
    ("If you tell me how often it was, I can stop it.", ["If you tell me how often it was,"]),
    ("Is the light okay?", ["Is the light okay?"]),
]


@pytest.mark.parametrize(("text", "asking"), ASKED)
def test_what_asks_is_told_from_what_only_has_the_form(text: str, asking: list[str]) -> None:
    found = [one.text for one in clauses_of(text, None)[1] if one.asking]
    assert found[:1] == asking, found


def test_of_a_long_turn_no_clause_is_lost() -> None:
    middle = "and tonight we send you all the messages again,"
    text = (
        f"I get the old name put back by noon, {'and it works, ' * 10}{middle} {'and it works, ' * 10}so that is that."
    )
    assert middle in [one.text for one in clauses_of(text, None)[1]]
