"""What the trainer of a class does to a call is in its journal, and a replay of it is equal."""

import pytest

from dialogue import journal
from dialogue.events import (
    CallEnded,
    CallStarted,
    Event,
    MoodChanged,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    Steered,
    Step,
    TimePassed,
    Utterance,
    WorldEvent,
)
from dialogue.mood import at
from dialogue.persona import Pack, load
from dialogue.session import Session

PACK = load("flatpack-bookcase")


class Line:
    """A call by keyboard or voice, whose journal is kept."""

    def __init__(self, pack: Pack = PACK, mode: str = "voice") -> None:
        self.session = Session(pack)
        self.pack = pack
        self.events: list[Event] = []
        self.send(CallStarted(0.0, pack.id, pack.sha256, 7, "text" if mode == "text" else "voice", "0"))

    def send(self, event: WorldEvent) -> list[Event]:
        answers = list(self.session.receive(event))
        self.events += [event, *answers]
        return list(answers)

    def steer(self, t: float, step: Step, text: str = "", points: float = 0.0) -> list[Event]:
        return self.send(Steered(t, step, text, points))

    def replays(self) -> bool:
        return journal.replay([journal.encode(event) for event in self.events], self.pack) is None


def _reply(answers: list[Event]) -> Reply:
    return next(one for one in answers if isinstance(one, Reply))


@pytest.mark.parametrize("points", [10.0, -10.0, 100.0, -100.0])
def test_a_nudge_is_a_ledger_row_of_the_trainer(points: float) -> None:
    line = Line()
    before = line.session.state.mood.anger
    (changed,) = line.steer(1.0, "nudge", points=points)
    assert isinstance(changed, MoodChanged)
    rows = {row.cause: row.delta for row in changed.because}
    assert rows["trainer"] == points
    assert changed.mood.anger == pytest.approx(before + sum(rows.values()))
    assert 0.0 <= changed.mood.anger <= 100.0
    assert line.replays()


def test_the_customer_speaks_the_trainers_words_and_no_others() -> None:
    line = Line()
    for number in range(1, 6):
        said = _reply(line.steer(float(number), "speak", f" I want that in writing, number {number}. "))
        assert said.text == f"I want that in writing, number {number}."
        line.send(PlaybackStarted(number + 0.1, said.id))
        line.send(PlaybackFinished(number + 0.5, said.id, 0.4, said.text))
    assert line.replays()


def test_a_curveball_is_thrown_once_and_has_to_be_answered() -> None:
    line, ball = Line(), PACK.curveballs[0]
    said = _reply(line.steer(2.0, "curveball", ball.id))
    assert said.act == f"curveball:{ball.id}"
    assert line.session.state.case.facing == ball.id
    assert line.steer(3.0, "curveball", ball.id) == []
    assert line.steer(3.0, "curveball", "no such") == []
    assert line.replays()


def test_the_customer_asks_for_a_manager_once() -> None:
    line = Line()
    assert _reply(line.steer(2.0, "manager")).act == "manager_demand"
    assert line.session.state.case.manager_asked
    assert line.steer(9.0, "manager") == []
    assert line.replays()


def test_a_pause_stops_time_for_the_customer() -> None:
    line = Line()
    line.steer(1.0, "pause")
    anger = line.session.state.mood.anger
    assert line.send(TimePassed(600.0)) == []
    line.steer(600.0, "go_on")
    assert line.session.state.mood.anger == pytest.approx(anger)
    assert line.session.due() is not None
    assert not any(isinstance(one, Reply) for one in line.send(TimePassed(601.0)))
    assert any(isinstance(one, Reply) for one in line.send(TimePassed(640.0)))  # the patience begins anew
    assert line.replays()


def test_nothing_that_happens_in_a_pause_sets_time_going() -> None:
    """A nudge, and a turn that was still on its way, act at once; the mood stands where they leave it."""
    line = Line()
    line.steer(1.0, "nudge", points=-15.0)  # below rest: time would lead up again
    line.steer(2.0, "pause")
    line.steer(3.0, "nudge", points=-5.0)
    line.send(Utterance(4.0, 2.0, 4.0, "Hello, this is Sam. How can I help?", "voice"))
    mood = line.session.state.mood
    assert mood.anger < mood.resting
    assert at(mood, 600.0) == mood.anger
    (gone_on,) = line.steer(600.0, "go_on")
    assert isinstance(gone_on, MoodChanged)
    assert gone_on.because == ()
    assert at(line.session.state.mood, 650.0) > mood.anger
    assert line.replays()


def test_a_curveball_without_a_line_that_fits_is_not_asked_to_be_answered() -> None:
    ball = PACK.curveballs[0].model_copy(update={"lines": {"any": ("You said {promise}.",)}})  # nothing was promised
    line = Line(PACK.model_copy(update={"curveballs": (ball,)}))
    assert line.steer(2.0, "curveball", ball.id) == []
    assert line.session.state.case.facing == ""
    said = line.send(Utterance(4.0, 2.0, 4.0, "Well, that is bananas for the table.", "voice"))
    causes = {row.cause for one in said if isinstance(one, MoodChanged) for row in one.because}
    assert f"curveball:{ball.id}" not in causes


def test_without_a_pause_the_same_silence_is_not_borne() -> None:
    line = Line()
    assert any(isinstance(one, Reply) for one in line.send(TimePassed(600.0)))


def test_the_trainer_ends_the_call_and_nobody_is_to_blame() -> None:
    line = Line()
    ended = line.steer(5.0, "end")[-1]
    assert isinstance(ended, CallEnded)
    assert ended.outcome == "stopped"
    assert line.steer(6.0, "nudge", points=5.0) == []
    assert line.replays()


@pytest.mark.parametrize("step", ["whisper", "mark"])
def test_words_for_people_do_nothing_to_the_customer(step: Step) -> None:
    line, plain = Line(), Line()
    assert line.steer(1.0, step, "Slow down.") == []
    turn = Utterance(4.0, 2.0, 4.0, "Hello, this is Sam. How can I help?", "voice")
    assert line.send(turn) == plain.send(turn)
    assert line.replays()
