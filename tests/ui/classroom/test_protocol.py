"""Codes, payloads and the outbox, without a network."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import journal
from dialogue.events import CallStarted, SpeechStarted
from dialogue.printable import cleaned
from ui.classroom import code, protocol
from ui.classroom.desk import MOST_MESSAGES, OVER_SECONDS
from ui.classroom.outbox import MOST_A_POKE, RESEND_SECONDS, Outbox
from ui.classroom.protocol import Batch, batches
from ui.classroom.register import Register
from ui.classroom.untrusted import Malformed, event_of
from ui.runtime.problems import Problem

STARTED = CallStarted(0.0, "flatpack-bookcase", "0", 1, "text", "0")
hosts = st.ip_addresses(v=4).map(str) | st.from_regex(r"[a-z]{1,12}(\.[a-z]{2,5})?", fullmatch=True)


@given(hosts, st.integers(1, 65535), st.sampled_from(code.ROLES), st.binary(min_size=29, max_size=29))
def test_a_code_says_what_it_was_made_of(host: str, port: int, role: code.Role, raw: bytes) -> None:
    made = code.JoinCode(host, port, role, raw[:16], raw[16:19].hex(), raw[19:].hex())
    text = code.write(made)
    assert code.read(text) == made
    assert code.read(text.lower().replace("-", " ").replace("O", "0")) == made


@given(st.integers(0, 200), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_mistyped_code_is_refused(at: int, letter: str) -> None:
    made = code.JoinCode("10.0.0.1", 8883, "trainee", bytes(16), "0a0b0c", "00" * 10)
    letters = list(code.write(made).replace("-", ""))
    at %= len(letters)
    if letters[at] != letter:
        letters[at] = letter
        try:
            assert code.read("".join(letters)) == made  # base32's last letter holds bits that nothing reads
        except Problem:
            return
        assert at == len(letters) - 1


@pytest.mark.parametrize("text", ["", "hello", "A" * 500, "ÄÖÜ-12345", "0" * 58])
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Problem):
        code.read(text)


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line)), st.integers(1, 9999))
def test_a_batch_arrives_as_it_was_sent(lines: list[bytes], first: int) -> None:
    whole = tuple(line + b"\n" for line in lines)
    assert Batch.decode(Batch(first, whole).encode()) == Batch(first, whole)


@given(st.binary(max_size=200))
def test_bytes_from_outside_are_a_message_or_malformed(payload: bytes) -> None:
    for read in (Batch.decode, protocol.state, protocol.order, protocol.ask, protocol.seat, protocol.request):
        try:
            read(payload)
        except Malformed:
            continue


def test_large_calls_go_in_pieces_that_the_broker_takes() -> None:
    lines = [b"x" * 20_000 + b"\n"] * 9
    pieces = batches(lines, 5)
    assert [line for piece in pieces for line in piece.lines] == lines
    assert [piece.first for piece in pieces] == [5 + number for number in range(9)]


def test_a_trainees_file_that_a_power_cut_left_shorter_than_the_trainers_is_settled(tmp_path: Path) -> None:
    wire = Wire(Register(tmp_path / "class"))
    own = tmp_path / "call.jsonl"
    lines = [journal.encode(each).encode() + b"\n" for each in (STARTED, SpeechStarted(1.0), SpeechStarted(2.0))]
    wire.register.take("t-00000000", "call", Batch(1, tuple(lines)))
    own.write_bytes(lines[0] + lines[1][:-5])
    wire.outbox.add(own)
    wire.outbox.again()
    wire.deliver()
    assert wire.outbox.waiting == 0
    wire.time += RESEND_SECONDS
    wire.outbox.poke()
    assert not wire._sent  # it does not go on asking


def test_a_line_that_a_power_cut_tore_on_the_trainers_disk_is_sent_again(tmp_path: Path) -> None:
    lines = [journal.encode(each).encode() + b"\n" for each in (STARTED, SpeechStarted(1.0), SpeechStarted(2.0))]
    Register(tmp_path).take("t-00000000", "call", Batch(1, tuple(lines[:2])))
    copy = tmp_path / "people/t-00000000/call.jsonl"
    copy.write_bytes(copy.read_bytes()[:-5])
    register = Register(tmp_path)
    assert list(register.lines("t-00000000", "call", 1)) == lines[:1]
    assert register.have("t-00000000", "call") == 1
    assert register.take("t-00000000", "call", Batch(2, tuple(lines[1:]))) == 3
    assert copy.read_bytes() == b"".join(lines)


def test_names_and_escape_sequences_move_no_cursor() -> None:
    assert cleaned("An\x1b[31mna \x00\x9b") == "An [31mna"
    line = journal.encode(CallStarted(0.0, "flatpack-bookcase", "0", 1, "text", "\x1b[2J")).encode()
    event = event_of(line, 1)
    assert isinstance(event, CallStarted)
    assert "\x1b" not in event.app_version


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "", ".hidden", "x" * 101, "a\x00", "t-12345678/../.."])
def test_ids_from_outside_are_no_paths(name: str, tmp_path: object) -> None:
    with pytest.raises(Malformed):
        protocol.call_id(name)
    with pytest.raises(Malformed):
        protocol.person_id(name)


def test_who_catches_up_is_no_flood(tmp_path: Path) -> None:
    """Each second no more than the desk takes from anybody, and all of it in the end."""
    wire = Wire(Register(tmp_path / "class"))
    events = [STARTED, *(SpeechStarted(float(number)) for number in range(300))]
    for number in range(150):
        path = tmp_path / f"call-{number}.jsonl"
        path.write_text("".join(f"{journal.encode(each)}\n" for each in events[: 2 + number]), encoding="utf-8")
        wire.outbox.add(path)
    wire.outbox.again()
    seconds = 0
    while wire.outbox.waiting:
        assert len(wire._sent) <= MOST_A_POKE
        wire.deliver()
        wire.time += 1.0
        wire.outbox.poke()
        seconds += 1
        assert seconds < 100
    assert MOST_A_POKE * OVER_SECONDS < MOST_MESSAGES
    for path in tmp_path.glob("*.jsonl"):
        assert (tmp_path / "class/people/t-00000000" / path.name).read_bytes() == path.read_bytes()


class Wire:
    """A network that forgets what the test tells it to, and the desk's disk behind it."""

    def __init__(self, register: Register) -> None:
        self.register, self.up, self.time = register, True, 0.0
        self.outbox = Outbox(self._send, lambda: self.time)
        self._sent: list[tuple[str, Batch]] = []

    def _send(self, call: str, batch: Batch) -> bool:
        if self.up:
            self._sent.append((call, batch))
        return self.up

    def deliver(self, *, lose_batches: bool = False, lose_answers: bool = False) -> None:
        while self._sent:
            arrived, self._sent = self._sent, []
            for call, batch in arrived if not lose_batches else ():
                have = self.register.take("t-00000000", call, Batch.decode(batch.encode()))
                if not lose_answers:
                    self.outbox.confirmed(call, have)


@given(st.lists(st.sampled_from(["event", "deliver", "lose", "no answer", "down", "up", "wait"]), max_size=60))
def test_whatever_is_lost_every_line_arrives_once_in_order(happens: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        wire = Wire(Register(Path(folder)))
        sink = wire.outbox.begin("call")
        written = b""
        for number, what in enumerate(["event", *happens]):
            match what:
                case "event":
                    event = SpeechStarted(float(number)) if written else STARTED
                    sink(event)
                    written += journal.encode(event).encode() + b"\n"
                case "deliver":
                    wire.deliver()
                case "lose":
                    wire.deliver(lose_batches=True)
                case "no answer":
                    wire.deliver(lose_answers=True)
                case "down":
                    wire.up = False
                case "up" if not wire.up:
                    wire.up = True
                    wire.outbox.again()
                case "wait":
                    wire.time += RESEND_SECONDS
                    wire.outbox.poke()
        wire.up = True
        wire.outbox.again()
        wire.deliver()
        for _ in range(2):  # what is too much for one second
            wire.time += RESEND_SECONDS
            wire.outbox.poke()
            wire.deliver()
        assert (Path(folder) / "people/t-00000000/call.jsonl").read_bytes() == written
        assert wire.outbox.waiting == 0
