"""Taking a seat: from a join code to an account in the class, stored for coming back."""

import asyncio
from pathlib import Path

from dialogue.printable import cleaned
from ui import strings
from ui.classroom import protocol, tls
from ui.classroom.code import JoinCode
from ui.classroom.host import join_account
from ui.classroom.link import Address, Link, Message
from ui.classroom.protocol import Request, Seat, Topics
from ui.classroom.register import Entrance, classes_folder, newest
from ui.classroom.untrusted import Malformed
from ui.runtime.problems import Problem

ANSWER_SECONDS = 10.0
FILE = "seat.json"
CALLS = "calls"
"""File with the names of the journals of the class, one a line; what the trainer lacks is sent on coming back."""


def kept(code: JoinCode | None, file: str = FILE) -> tuple[Path, Entrance] | None:
    """The seat stored on this machine: in the class of the code or, without one, in the class joined last."""
    path = classes_folder() / code.class_id / file if code else newest(file)
    return (path.parent, Entrance.read(path)) if path and path.exists() else None


async def take(code: JoinCode, name: str, file: str = FILE) -> tuple[Path, Entrance]:
    """Ask for a seat under that name and store it. Raises Problem: wrong or expired code, no class there, no seat left,
    or a full disk on either side."""
    pem = await asyncio.to_thread(tls.fetch_known, code.host, code.port, code.fingerprint)
    address = Address(code.host, code.port, tls.trusting(pem))
    link, topics = Link(address, join_account(code.role), code.secret), Topics(code.class_id)
    answered: asyncio.Future[Seat] = asyncio.get_running_loop().create_future()

    def up() -> None:
        link.subscribe(topics.joined(link.user, link.client_id))
        link.publish(topics.join(link.user, link.client_id), protocol.encode(Request(name)))

    def down() -> None:
        if link.refused and not answered.done():
            answered.set_exception(Problem(strings.CLASS_CODE_REFUSED))

    def take_answer(message: Message) -> None:
        if not answered.done():
            try:
                answered.set_result(protocol.seat(message.payload))
            except Malformed:
                answered.set_exception(Problem(strings.CLASS_NO_ANSWER))

    link.on_up, link.on_down, link.on_message = up, down, take_answer
    link.open()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            seat = await answered
    except TimeoutError as error:
        raise Problem(strings.CLASS_NO_ANSWER) from error
    finally:
        await link.close()
    if seat.refused:
        raise Problem(seat.refused)
    class_name = cleaned(seat.class_name)
    entrance = Entrance(code.class_id, class_name, code.host, code.port, pem, seat.user, seat.password, name)
    folder = classes_folder() / code.class_id
    try:
        entrance.keep(folder / file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Problem(strings.CLASS_SEAT_NOT_KEPT.format(path=folder / file, reason=reason)) from error
    return folder, entrance
