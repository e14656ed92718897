"""What goes over the wire: topics, payloads and their limits. `docs/classroom.md` says it in words.

Nothing that arrives is believed: whatever is not of the form below raises Malformed, in one sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from dialogue.events import Step
from dialogue.journal import MOST_SECONDS
from dialogue.printable import cleaned
from ui.classroom.untrusted import PACK, Malformed

ROOT = "coolhead/1"
"""The number is the protocol's: what a reader of another one would misread gets a new number, and nobody hears it."""
MOST_BYTES = 262_144
"""Of a payload; the broker refuses larger packets. The longest lines are turns of many sentences, with their scores."""
MOST_TEXT = 500
"""Characters of a whisper, a note or a line for the customer."""
MOST_NAME = 40
BATCH_BYTES = 32_768
"""A batch is closed when it reaches this size: catching up goes in pieces that the broker takes."""

LISTEN_SECONDS = 6.0
"""The longest that a trainer may listen without asking again."""
SOUND_BYTES = 1600
"""A tenth of a second of a call: 16 kHz, mu-law."""

DESK, TRAINER = "desk", "trainer"
"""User names: the host's own, and the first trainer's."""

_ID = re.compile(r"[a-z]-[0-9a-f]{8}|trainer|desk")
_CALL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")


@dataclass(frozen=True, slots=True)
class Topics:
    """The class's topics. `person` is a user name, `call` the name of a journal without its ending."""

    class_id: str

    @property
    def root(self) -> str:
        return f"{ROOT}/{self.class_id}"

    def state(self, person: str) -> str:
        return f"{self.root}/people/{person}/state"

    def journal(self, person: str, call: str) -> str:
        return f"{self.root}/people/{person}/journal/{call}"

    def sound(self, person: str) -> str:
        return f"{self.root}/people/{person}/sound"

    def have(self, person: str, call: str) -> str:
        return f"{self.root}/people/{person}/have/{call}"

    def told(self, person: str) -> str:
        return f"{self.root}/people/{person}/told"

    def ask(self, person: str) -> str:
        return f"{self.root}/ask/{person}"

    def copy(self, reader: str, person: str, call: str) -> str:
        return f"{self.root}/copy/{reader}/{person}/{call}"

    def join(self, account: str, client: str) -> str:
        return f"{self.root}/join/{account}/{client}"

    def joined(self, account: str, client: str) -> str:
        return f"{self.root}/joined/{account}/{client}"

    def parts(self, topic: str) -> list[str]:
        """The levels below the class's own. Raises Malformed for a topic of anything else."""
        head = f"{self.root}/"
        if not topic.startswith(head):
            raise Malformed(f"{topic} is no topic of this class")
        return topic[len(head) :].split("/")


def person_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise Malformed("that is no person's id")
    return text


def call_id(text: str) -> str:
    """A call's name, fit for a file's. Raises Malformed."""
    if not _CALL.fullmatch(text):
        raise Malformed("that is no call's name")
    return text


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of a journal, byte for byte, the first of them number `first` (from 1). Without lines it only asks how
    many have arrived."""

    first: int
    lines: tuple[bytes, ...]
    """Each with its end."""

    def encode(self) -> bytes:
        return b"%d\n" % self.first + b"".join(self.lines)

    @staticmethod
    def decode(payload: bytes) -> "Batch":
        head, end, rest = payload.partition(b"\n")
        if not end or not head.isdigit() or len(head) > 7:
            raise Malformed("the batch does not begin with the number of its first line")
        if rest and not rest.endswith(b"\n"):
            raise Malformed("the batch ends within a line")
        return Batch(int(head), tuple(line + b"\n" for line in rest.split(b"\n")[:-1]))


def batches(lines: Sequence[bytes], first: int) -> list[Batch]:
    """`lines`, of which the first has the number `first`, in pieces of a size that the broker takes."""
    made: list[Batch] = []
    piece: list[bytes] = []
    size = 0
    for line in lines:
        if piece and size + len(line) > BATCH_BYTES:
            made.append(Batch(first, tuple(piece)))
            first += len(piece)
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    return [*made, Batch(first, tuple(piece))] if piece else made


Text = Annotated[str, Field(max_length=MOST_TEXT)]
Name = Annotated[str, Field(max_length=MOST_NAME)]
CallName = Annotated[str, Field(max_length=100)]
Difficulty = Literal["easy", "normal", "hard"]
Status = Literal["waiting", "ringing", "in_call", "debrief", "away", "lost"]


@dataclass(frozen=True, slots=True)
class State:
    """Retained: who somebody is and what they are at. The broker sets "lost" when they vanish (last will)."""

    name: Name
    status: Status
    call: CallName = ""
    pack: Annotated[str, Field(max_length=100)] = ""
    help: bool = False
    """Has asked for the trainer."""
    trouble: Text = ""
    """Why the call that was started last did not come about."""
    sound: bool = False
    """This call is spoken, and the trainer may listen to it."""
    at: Annotated[float, Field(ge=0.0, le=MOST_SECONDS)] | None = None
    """When this was said, on the call's clock, s; None outside a call."""


@dataclass(frozen=True, slots=True)
class Start:
    """Take this call: the same customer, and with a seed the same choices, for all."""

    id: Annotated[str, Field(max_length=40)]
    pack: Annotated[str, Field(pattern=f"^{PACK}$")]
    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    cues: bool = True
    difficulty: Difficulty = "normal"
    order: Literal["start"] = "start"


@dataclass(frozen=True, slots=True)
class Steer:
    """Step into that call, while it goes on."""

    id: Annotated[str, Field(max_length=40)]
    call: CallName
    step: Step
    text: Text = ""
    points: Annotated[float, Field(ge=-100.0, le=100.0)] = 0.0
    at: float | None = None
    """When it was given, on the call's clock as far as the console knows it, s."""
    order: Literal["steer"] = "steer"


@dataclass(frozen=True, slots=True)
class Answer:
    """The request for help has been seen."""

    id: Annotated[str, Field(max_length=40)]
    order: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Listen:
    """The trainer hears that call for that many seconds more, unless this comes again; 0: no longer. So nobody who has
    lost the connection goes on listening."""

    id: Annotated[str, Field(max_length=40)]
    call: CallName
    seconds: Annotated[float, Field(ge=0.0, le=LISTEN_SECONDS)]
    at: float | None = None
    order: Literal["listen"] = "listen"


Order = Start | Steer | Answer | Listen


@dataclass(frozen=True, slots=True)
class Ask:
    """A reader wants lines of a journal that it has missed, from number `first` on; or, without a call, all calls."""

    person: Annotated[str, Field(max_length=40)] = ""
    call: CallName = ""
    first: Annotated[int, Field(ge=1, le=9_999_999)] = 1


@dataclass(frozen=True, slots=True)
class Seat:
    """The answer to a request to join: an account of one's own, or why there is none."""

    user: Annotated[str, Field(max_length=40)] = ""
    password: Annotated[str, Field(max_length=100)] = ""
    class_name: Annotated[str, Field(max_length=100)] = ""
    refused: Text = ""


@dataclass(frozen=True, slots=True)
class Request:
    """To join, under that name."""

    name: Name


_STATE: TypeAdapter[State] = TypeAdapter(State)
_ORDER: TypeAdapter[Order] = TypeAdapter(Annotated[Order, Field(discriminator="order")])
_ASK, _SEAT, _REQUEST = TypeAdapter(Ask), TypeAdapter(Seat), TypeAdapter(Request)


def encode(message: State | Order | Ask | Seat | Request) -> bytes:
    adapter: TypeAdapter[Any] = _ORDER if isinstance(message, get_args(Order)) else TypeAdapter(type(message))
    return adapter.dump_json(message)


def state(payload: bytes) -> State:
    one: State = _decoded(_STATE, payload)
    return replace(one, name=cleaned(one.name), trouble=cleaned(one.trouble))


def order(payload: bytes) -> Order:
    one: Order = _decoded(_ORDER, payload)
    return replace(one, text=cleaned(one.text)) if isinstance(one, Steer) else one


def ask(payload: bytes) -> Ask:
    one: Ask = _decoded(_ASK, payload)
    return replace(one, person=person_id(one.person), call=call_id(one.call)) if one.call else one


def seat(payload: bytes) -> Seat:
    one: Seat = _decoded(_SEAT, payload)
    return one


def request(payload: bytes) -> Request:
    name = cleaned(_decoded(_REQUEST, payload).name)
    if not name:
        raise Malformed("a name is needed to join")
    return Request(name)


def _decoded(adapter: TypeAdapter[Any], payload: bytes) -> Any:
    if len(payload) > MOST_BYTES:
        raise Malformed("it is too large")
    try:
        return adapter.validate_json(payload)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Malformed(f"{where or 'it'}: {first['msg'].lower()}") from None
    except RecursionError:
        raise Malformed("it is nested too deeply") from None
