"""The built-in trainees: they do what their names say, in words of their own, and no call gets stuck."""

from dataclasses import replace

import pytest

from dialogue.authoring import lint, reachability
from dialogue.authoring.readability import grade, syllables
from dialogue.events import Reply
from dialogue.language import sentences
from dialogue.persona import Pack, available, load
from dialogue.persona.loading import PACKS, SHARED
from dialogue.persona.schema import FILE, text
from dialogue.rehearsal import TRAINEES, Played, play, report
from dialogue.rehearsal import bank as words
from dialogue.rehearsal.helpful import _KIND_ORDER, _SAYABLE
from dialogue.rehearsal.listening import Listener
from dialogue.rehearsal.report import own_lines
from dialogue.rehearsal.styles import HELPFUL, UNHELPFUL
from testing.random_calls import random_call, vocabulary


@pytest.fixture(scope="module")
def calls(flatpack: Pack) -> dict[str, list[Played]]:
    """Three calls of every trainee, judged by the rules alone."""
    listener = Listener(flatpack)
    return {name: [play(flatpack, name, seed, listener=listener) for seed in range(3)] for name in TRAINEES}


def _outcomes(played: list[Played]) -> set[str]:
    return {call.line.ended.outcome for call in played if call.line.ended}


def test_every_call_comes_to_an_end(calls: dict[str, list[Played]]) -> None:
    assert not any(call.dead_end or call.line.ended is None for played in calls.values() for call in played)


def test_trainees_fare_as_their_names_say(calls: dict[str, list[Played]]) -> None:
    assert _outcomes(calls["excellent"]) == {"satisfied"}
    for name in UNHELPFUL:
        assert "satisfied" not in _outcomes(calls[name])
    anger = {name: sum(call.line.anger for call in played) for name, played in calls.items()}
    assert anger["excellent"] < anger["interrupter"] < anger["dismissive"]


def test_the_same_seed_is_the_same_call(flatpack: Pack, calls: dict[str, list[Played]]) -> None:
    again = play(flatpack, "average", 1)
    assert again.line.journal == calls["average"][1].line.journal
    assert again.line.journal != calls["average"][0].line.journal


def test_the_interrupter_talks_over_the_customer(calls: dict[str, list[Played]]) -> None:
    def overlapped(name: str) -> int:
        return sum(getattr(e, "overlap_seconds", 0) > 0 for call in calls[name] for e in call.line.journal)

    assert overlapped("interrupter") > 0
    assert overlapped("excellent") == 0


def test_trainees_do_not_recite_the_pack(flatpack: Pack, calls: dict[str, list[Played]]) -> None:
    own = {wording for examples in flatpack.wordings.values() for wording in examples}
    said = [e.text for call in calls["good"] for e in call.line.journal if e.type == "utterance"]
    assert sum(text in own for text in said) < 0.2 * len(said)


def test_offers_are_put_in_other_frames_and_with_a_time(flatpack: Pack) -> None:
    need = flatpack.need("new_shelf")
    offers = words.offering(need, times=True)
    beginnings = [{" ".join(text.split()[:3]) for text in texts} for texts in (offers, need.wordings)]
    assert len(beginnings[0] - beginnings[1]) > 4
    assert not any(words.timeless(text) for text in offers)
    assert any(words.timeless(text) for text in words.offering(need, times=False))


def test_the_customers_words_are_given_back_from_the_other_side() -> None:
    assert (
        words.given_back("What? I told my sister about it yesterday. Yes.") == "you told your sister about it yesterday"
    )
    assert words.given_back("Hello?") == ""


def test_the_bank_has_all_that_is_called_for(flatpack: Pack) -> None:
    names = words.Names("Robin", "Dana", "Larkwood")
    for category in {*_KIND_ORDER, *_SAYABLE, *(one for style in HELPFUL.values() for one in style.slips)} - {"trap"}:
        assert len(set(words.sentences(category))) >= 1
    for trainee in UNHELPFUL:
        assert {"any", "greeting", "when", "manager", "close"} <= set(words.kinds(trainee))
        assert len(words.kinds(trainee)["any"]) >= 18
    assert all("{" not in text for text in vocabulary(flatpack))
    assert names.fill("{agent} to {customer}: {x}", x="y") == "Robin to Dana: y"


def test_a_listener_knows_what_was_said(flatpack: Pack) -> None:
    listener = Listener(flatpack)
    line = flatpack.need("new_shelf").ask_when["any"][0]
    heard = listener.hear(f"Look, {line[0].lower()}{line[1:]}")
    assert heard.ids("ask_when") == ("new_shelf",)
    assert not listener.hear("Something else altogether.").acts


@pytest.mark.parametrize("entry", available(PACKS), ids=lambda entry: entry.id)
def test_random_calls_do_not_get_stuck(entry) -> None:  # type: ignore[no-untyped-def]
    pack = load(entry.path)
    texts = vocabulary(pack)
    played = [random_call(pack, texts, seed) for seed in range(2)]
    assert [(call.problem, set(call.repeats)) for call in played] == [("", set())] * 2
    assert all(call.turns for call in played)


def test_the_report_finds_what_is_wrong(flatpack: Pack, calls: dict[str, list[Played]]) -> None:
    good = report(flatpack, calls["excellent"])
    assert not good.failures
    assert 0.1 < good.lines_used < 1
    stuck = replace(calls["excellent"][0], dead_end=True, trainee="average")
    line = stuck.line
    long = next(one for one in line.said if isinstance(one, Reply) and sentences(one.text))
    twice = replace(stuck, line=replace(line, said=[*line.said, long]))
    assert line.said  # replace() starts a new call on the same session: only `said` of it is read
    bad = report(flatpack, [twice])
    found = "\n".join(bad.failures)
    assert "average: 100% of the calls end satisfied, expected at most 60%" in found
    assert "a line came twice" in found
    assert "came to no end" in found


def test_what_so_few_calls_miss_by_chance_is_said_to_be(flatpack: Pack, calls: dict[str, list[Played]]) -> None:
    good, bad = (replace(calls[name][0], trainee="average") for name in ("excellent", "dismissive"))
    for won, of, told in ((14, 20, True), (18, 20, False), (70, 100, False)):
        (failure,) = report(flatpack, [good] * won + [bad] * (of - won)).failures
        assert ("within chance" in failure) == told


def _shared_sentence(pack: Pack) -> str:
    """One of five words and more that any customer may say."""
    own = set(own_lines(pack))
    return next(line for line in pack.every_line() if line not in own and len(sentences(line)) == line.count(".") == 1)


def test_a_line_that_cannot_be_followed_or_heard_is_told(flatpack: Pack) -> None:
    hard = "Notwithstanding institutional particularities, administrative considerations necessitate "
    hard += "the reorganisation of absolutely everything in operation."
    own = (
        *own_lines(flatpack),
        hard,
        "Fine, {promise soon.",
        "Six in the morning it was, and dark. Yes.",
        "Six in the morning it was, and dark. No.",
        f"Well, well. {_shared_sentence(flatpack)}",
    )
    ball = flatpack.curveballs[0].model_copy(
        update={"when": flatpack.curveballs[0].when.model_copy(update={"anger_at_least": 99})}
    )
    trap_fact = flatpack.facts[0].model_copy(update={"withheld_above": 99.0})
    pack = flatpack.model_copy(update={"curveballs": (ball,), "facts": (trap_fact, *flatpack.facts[1:])})
    found = "\n".join(reachability.complaints(pack, own))
    for expected in (
        "hard to follow by ear",
        "no slot",
        "stands in 2 lines",
        "shared by all packs",
        "never thrown",
        "withheld only above 99",
    ):
        assert expected in found
    assert syllables("frustrated") == 3
    assert grade(["I want my lamp."]) < 3 < grade([hard])


def test_the_template_is_a_good_pack(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "my-pack.yaml"
    path.write_text((SHARED / "template.yaml").read_text().replace("NAME", "my-pack"))
    pack = load(path)
    assert not lint.complaints(pack) + reachability.complaints(pack, own_lines(pack))
    assert _outcomes([play(pack, "excellent", seed) for seed in range(3)]) == {"satisfied"}
    assert "satisfied" not in _outcomes([play(pack, "sycophant", seed) for seed in range(3)])


def test_the_schema_for_editors_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: python -m dialogue.persona.schema"
