"""A turn read ahead is not read twice, and one that was read in vain is nobody's answer."""

from dialogue.events import Scores, Utterance
from tests.ui.driven import until
from ui.calls.text_scoring import TextScoring


class Model:
    def __init__(self) -> None:
        self.read: list[str] = []

    def score(self, text: str) -> Scores:
        self.read.append(text)
        if not text:
            raise ValueError("nothing to read")
        return Scores(text, ())


def turn(text: str) -> Utterance:
    return Utterance(2.0, start=1.0, end=2.0, text=text, source="voice")


async def test_what_was_read_ahead_is_not_read_again() -> None:
    model, then = Model(), list[Utterance]()
    scoring = TextScoring(model)
    scoring.ahead(turn("I am sorry."), then.append)
    assert await scoring.scores("I am sorry.") == Scores("I am sorry.", ())
    await until(lambda: then)
    assert (model.read, then[0].scores) == (["I am sorry."], Scores("I am sorry.", ()))
    assert await scoring.scores("I am sorry, Sam.") == Scores("I am sorry, Sam.", ())
    assert not scoring.busy


async def test_only_the_last_guess_is_told_of_and_one_that_fails_is_not() -> None:
    model, then = Model(), list[Utterance]()
    scoring = TextScoring(model)
    for text in ("I am", "I am sorry."):
        scoring.ahead(turn(text), then.append)
    await until(lambda: then)
    scoring.ahead(turn(""), then.append)
    await until(lambda: "" in model.read)
    await scoring.scores("more")
    assert [each.text for each in then] == ["I am sorry."]


async def test_without_a_model_nothing_is_read() -> None:
    then = list[Utterance]()
    scoring = TextScoring(None)
    scoring.ahead(turn("Hello."), then.append)
    assert (then, await scoring.scores("Hello.")) == ([turn("Hello.")], None)
