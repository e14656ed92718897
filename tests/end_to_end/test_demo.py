"""The demo: recorded turns through the real ear, judgement, session and voice, and a journal that replays equal."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

import personas
from dialogue import journal
from dialogue.events import CallEnded, Event, MoodChanged, PlaybackFinished, Utterance
from tests.end_to_end import coolhead

pytestmark = pytest.mark.real


@cache
def journal_lines(script: str) -> tuple[str, ...]:
    """What `coolhead demo --json` prints, once a script: it takes its time."""
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        done = coolhead.run("demo", *(["--bad"] if script == "bad" else []), "--plain", "--json", home=Path(home))
    assert done.returncode == 0, done.stderr
    return tuple(done.stdout.splitlines())


def events(script: str) -> list[Event]:
    return [journal.decode(line) for line in journal_lines(script)]


def words(text: str) -> list[str]:
    digits = {"1": "one", "2": "two", "5": "five", "6": "six", "7": "seven"}
    return [digits.get(word, word) for word in re.findall(r"[a-z0-9']+", text.lower())]


def errors(said: list[str], heard: list[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1]


@pytest.mark.parametrize("script", ["good", "bad"])
def test_what_the_trainee_says_is_understood(script: str) -> None:
    said = json.loads((Path(personas.__path__[0]) / "demo" / f"{script}.json").read_text(encoding="utf-8"))["lines"]
    heard = [event.text for event in events(script) if isinstance(event, Utterance) and event.text]
    spoken = [word for line in said[: len(heard)] for word in words(line["text"])]
    assert len(heard) >= 3
    assert errors(spoken, words(" ".join(heard))) <= 0.10 * len(spoken), heard


@pytest.mark.parametrize(("script", "direction"), [("good", -1), ("bad", +1)])
def test_the_anger_goes_the_way_the_call_goes_and_every_change_has_its_cause(script: str, direction: int) -> None:
    moods = [event for event in events(script) if isinstance(event, MoodChanged)]
    first, last = moods[0].mood.anger, moods[-1].mood.anger
    assert (last - first) * direction > 15
    anger = first
    for change in moods[1:]:
        anger += sum(row.delta for row in change.because)
        assert change.mood.anger == pytest.approx(anger, abs=1e-6)
        assert all(row.cause and row.evidence for row in change.because)


def test_the_good_call_ends_satisfied_and_the_bad_one_does_not() -> None:
    [good] = [event for event in events("good") if isinstance(event, CallEnded)]
    [bad] = [event for event in events("bad") if isinstance(event, CallEnded)]
    assert good.outcome == "satisfied"
    assert bad.outcome in ("hung_up", "escalated", "abandoned", "resigned")


def test_the_customer_is_heard_to_the_end_except_where_they_are_cut_off() -> None:
    assert not any(event.interrupted for event in events("good") if isinstance(event, PlaybackFinished))
    assert all(event.heard_seconds > 0.5 for event in events("good") if isinstance(event, PlaybackFinished))
    cut = [event for event in events("bad") if isinstance(event, PlaybackFinished) and event.interrupted]
    assert cut
    assert cut[0].heard_text


@pytest.mark.parametrize("script", ["good", "bad"])
def test_replay_accepts_what_the_demo_printed(script: str, tmp_path: Path) -> None:
    done = coolhead.run("replay", "-", home=tmp_path, said="\n".join(journal_lines(script)) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
