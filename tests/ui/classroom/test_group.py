"""The console's idea of a trainee's call, without a network: above all of its clock, by which orders are dated."""

from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import (
    CallStarted,
    Delivery,
    Event,
    Mood,
    MoodChanged,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    SpeechStarted,
    Steered,
    TimePassed,
    TraineeAction,
    Utterance,
)
from ui.classroom import protocol, tls
from ui.classroom.group import Group
from ui.classroom.link import Message
from ui.classroom.person import CLOCK_SECONDS, Person
from ui.classroom.protocol import Batch, State, Status, Topics
from ui.classroom.register import Entrance

ANNA, CALL = "t-00000001", "2026-11-22T10-00-00-flatpack-bookcase"
STARTED = CallStarted(0.0, "flatpack-bookcase", "0", 1, "text", "0")


class Console:
    """A group whose clock is `here`."""

    def __init__(self, folder: Path) -> None:
        _, pem = tls.make("127.0.0.1", folder)
        self.here = 1_000.0
        entrance = Entrance("abcdef", "Monday", "127.0.0.1", 1, pem.read_text(), "trainer", "")
        self.group = Group(entrance, lambda: self.here)
        self._topics, self._next = Topics("abcdef"), 1

    @property
    def anna(self) -> Person:
        return self.group.people[ANNA]

    def clock(self) -> float | None:
        return self.anna.clock(self.here)

    def lines(self, *events: Event, live: bool = True, call: str = CALL) -> None:
        """That come now, from the trainee, or as a copy from the desk."""
        batch = Batch(self._next, tuple(f"{journal.encode(event)}\n".encode() for event in events))
        self._next += len(events)
        at = self._topics
        topic = at.journal(ANNA, call) if live else at.copy("trainer", ANNA, call)
        self.group.take(Message(topic, batch.encode(), False))

    def state(self, at: float | None, *, retained: bool = False, call: str = CALL) -> None:
        state = State("Anna", "in_call", call, at=at)
        self.group.take(Message(self._topics.state(ANNA), protocol.encode(state), retained))


@pytest.fixture
def console(tmp_path: Path) -> Console:
    return Console(tmp_path)


def test_the_clock_is_that_of_the_freshest_line(console: Console) -> None:
    console.state(0.0)
    console.lines(STARTED)
    console.here += 5.0
    console.lines(SpeechStarted(4.9))  # a tenth of a second under way
    assert console.clock() == pytest.approx(5.0)
    console.here += 5.0
    console.lines(SpeechStarted(9.99), SpeechStarted(10.0))
    assert console.clock() == pytest.approx(10.0)


def test_a_console_that_comes_late_does_not_guess(console: Console) -> None:
    console.state(60.0, retained=True)
    console.lines(STARTED, SpeechStarted(60.0), live=False)
    console.state(60.0, retained=True)  # lay there, as at the beginning
    assert console.clock() is None
    console.lines(SpeechStarted(90.0))
    assert console.clock() == pytest.approx(90.0)


def test_lines_that_come_late_do_not_hold_the_clock_back(console: Console) -> None:
    """The network was away for a minute, and nothing has happened in the call for long."""
    console.state(0.0)
    console.lines(STARTED, live=False)
    console.here += 60.0
    console.state(60.0)  # what a trainee says first when the line is back
    console.lines(SpeechStarted(5.0))
    assert console.clock() == pytest.approx(60.0)


def test_when_the_trainees_machine_has_slept_the_clock_is_found_again(console: Console) -> None:
    console.state(0.0)
    console.lines(STARTED, SpeechStarted(0.0))
    console.here += 100.0
    console.lines(SpeechStarted(60.0))  # it slept for 40 s
    assert console.clock() == pytest.approx(60.0)
    console.here += CLOCK_SECONDS / 2
    console.lines(SpeechStarted(70.0))  # but one that has only been under way for long says nothing
    assert console.clock() == pytest.approx(60.0 + CLOCK_SECONDS / 2)


def test_who_is_gone_in_mid_call_stays_on_the_board_and_is_told_of(console: Console) -> None:
    news: list[str] = []
    console.group.on_news = news.append
    at = console.group._topics

    def now(status: Status, *, retained: bool = False) -> None:
        console.group.take(Message(at.state(ANNA), protocol.encode(State("Anna", status)), retained))

    console.state(0.0)
    console.lines(STARTED)
    now("lost")
    assert news == ["The line to Anna was lost in the middle of the call."]
    now("lost", retained=True)  # as a console hears it that comes later
    now("debrief")
    console.here += 60.0
    now("away")  # after the debrief one may go
    assert len(news) == 1
    assert [person.state.status for person in console.group.shown()] == ["away"]
    assert console.group.present() == []

    now("in_call")
    console.lines(TraineeAction(50.0, "hang_up"))  # a window that is closed hangs up, and then leaves
    now("debrief")
    console.here += 0.1
    now("away")
    assert news[1:] == ["Anna left in the middle of the call."]


def test_an_absurd_line_is_left_out_and_the_call_goes_on(console: Console) -> None:
    console.state(0.0)
    console.lines(STARTED)
    for line in (b'{"type":"speech_started","t":1e999}\n', b'{"type":"speech_started","t":NaN}\n'):
        console.group.take(Message(Topics("abcdef").journal(ANNA, CALL), Batch(2, (line,)).encode(), False))
    console.lines(SpeechStarted(1.0))
    assert console.anna.lines == 2
    assert console.anna.now(console.here) == pytest.approx(1.0)


def test_a_call_after_a_clock_that_was_set_back_is_the_newest_all_the_same(console: Console) -> None:
    """Calls are named by the trainee's clock."""
    earlier = CALL.replace("T10", "T09")
    console.state(0.0)
    console.lines(STARTED, SpeechStarted(1.0))
    console.state(0.0, call=earlier)
    console._next = 1
    console.lines(STARTED, call=earlier)
    assert (console.anna.call, console.anna.lines) == (earlier, 1)
    console._next = 1
    console.lines(STARTED, SpeechStarted(1.0), live=False)  # the one before is sent on
    assert (console.anna.call, console.anna.lines) == (earlier, 1)


def test_of_somebody_who_is_lost_the_newest_call_is_that_of_the_latest_name(console: Console) -> None:
    console.group.take(Message(Topics("abcdef").state(ANNA), protocol.encode(State("Anna", "lost")), True))
    for hour in ("T09", "T10", "T08"):
        console._next = 1
        console.lines(STARTED, live=False, call=CALL.replace("T10", hour))
    assert console.anna.call == CALL


def test_a_trainee_who_says_nothing_is_shown_as_silent_whatever_the_customer_asks_into_it(console: Console) -> None:
    def line(number: int, begins: float, ends: float) -> tuple[Event, ...]:
        return (
            Reply(begins, number, "Hello?", Delivery(50.0)),
            PlaybackStarted(begins, number),
            PlaybackFinished(ends, number, ends - begins, "Hello?"),
        )

    def seen(t: float, *events: Event) -> str:
        console.here = 1_000.0 + t
        console.lines(*events)
        return console.anna.warning(console.here)

    console.state(0.0)
    seen(0.0, STARTED, MoodChanged(0.0, Mood(0.0, 40.0, 50.0, "irritated", 40.0, 100.0), ()))
    seen(5.0, Utterance(5.0, 4.0, 5.0, "Hello.", "voice"))
    assert seen(17.0, *line(1, 5.5, 17.0)) == "", "theirs was the floor until now"
    assert seen(29.0, *line(2, 27.0, 29.0)) == ""
    assert seen(38.0, *line(3, 36.0, 38.0)) == "silent"
    assert console.anna.silence(console.here) == pytest.approx(21.0)
    assert seen(40.0, SpeechStarted(39.9)) == ""
    assert seen(42.0, Utterance(42.0, 39.9, 42.0, "I am here.", "voice")) == ""
    assert seen(55.0, Steered(50.0, "pause"), Steered(55.0, "go_on")) == ""
    assert seen(76.0, TimePassed(76.0)) == "silent"
