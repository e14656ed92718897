"""The name by which a trainee calls themselves. Pure."""

import re

from dialogue.content.names import FIRST_NAMES
from dialogue.content.plain import FILLERS
from dialogue.persona import Pack

_INTRODUCED = re.compile(
    r"\b(?i:my name is|my name's|this is|i am|i'm|it's(?: me,?)?|(?:that's|ask for) me,?"
    r"|you(?:'re| are) (?:speaking|through|talking) (?:to|with)|the name(?:'s| is))\s+([A-Z][a-z]+)\b"
)
_IS_HERE = r",? (?:speaking|here|on the (?:line|phone)|(?:is|that's|it's) me)\b"
_SPEAKING = re.compile(rf"\b([A-Z][a-z]+){_IS_HERE}")
_IN_FULL = re.compile(rf"\b([A-Z][a-z]+) [A-Z][a-z]+{_IS_HERE}")
_PUT_THROUGH = re.compile(
    r"\b(?i:here is|here's|(?:you're|you are) with|you(?:'ve| have)? (?:got|reached|come through to|got through to))"
    r"\s+([A-Z][a-z]+)\b"
)
"""Says a name or something else: taken for one where it is known as one, or ends there."""
_ENDS = re.compile(r"\s*(?:[.,!]|$|(?:at|from|in|on)\b)")
_BY_FIRST_NAME = re.compile(r"\b(?:i am|i'm|(?:it's|that's|ask for) me,?)\s+([a-z]+)\b")
"""As far as it is one: recognised speech has no capitals."""
_NAMED = re.compile(r"\b(?:my name is|my name's)\s+([a-z]+)\b")
_ASKED_FOR = re.compile(
    r"\b(?i:it's|it is|i'm|i am|this is|the name's|call me) (?:me,? )?([A-Z][a-z]+)\b"
    r"|^(?:(?:Yes|Sure|Sorry|Oh|Me)[,.]? )?"
    r"(?!(?:Yes|No|Sure|Sorry|Oh|Me|Okay|Well|Why|What|Nothing|Nobody|Listen|Look)\b)"
    r"([A-Z][a-z]+)(?: [A-Z][a-z]+)?[.!]?$"
)
_HESITATES = re.compile(rf",? ?\b(?:{'|'.join(sorted(FILLERS, key=len, reverse=True))})\b,?", re.I)
_ALONE = re.compile(r"(?:^|(?<=[.!?] ))([A-Z][a-z]+)(?: [A-Z][a-z]+)?[.!](?= |$)")
"""A sentence that is a name."""
_AMONG = re.compile(r"(?<=, )([A-Z][a-z]+) [A-Z][a-z]+(?=[.,!]|$)")
"""A name in full between commas: "Kestrel Telephone, billing, Priya Nair, good morning". Without the company's before
it, it is somebody's that they speak to."""
_NOT_NAMES = frozenset(["A", "An", "Afraid", "Calling", "Customer", "Glad", "Going", "Happy", "Here", "Just"])
_NOT_NAMES |= {f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}
_NOT_NAMES |= {"Listening", "Not", "Really", "Service", "So", "Sorry", "Support", "Sure", "The", "Very"}


def agent_name(text: str, pack: Pack, *, first: bool = False) -> str:
    """The name that is given: "my name is Noor", "Priya speaking", "Tom here", in the `first` turn a bare "Tom." too,
    also behind the company's name; "" for none. The customer's own and the company's are none."""
    company = pack.desk.company.split()
    text = _HESITATES.sub("", text.replace("\u2019", "'"))
    text = re.sub(rf"\b({'|'.join(map(re.escape, company))}),", r"\1.", text)
    lower = text.lower()
    known_first = [name for name in _BY_FIRST_NAME.findall(lower) if name in FIRST_NAMES]
    greets = first and any(re.search(rf"\b{re.escape(word)}\b", text) for word in company)
    bare = (*(_ALONE.findall(text) if first else ()), *(_AMONG.findall(text) if greets else ()))
    alone = [name for name in bare if name.lower() in FIRST_NAMES]
    put_through = [
        one[1]
        for one in _PUT_THROUGH.finditer(text)
        if one[1].lower() in FIRST_NAMES or (first and _ENDS.match(text, one.end()))
    ]
    in_full = [name for name in _IN_FULL.findall(text) if name.lower() in FIRST_NAMES]
    found = (
        *in_full,
        *put_through,
        *_INTRODUCED.findall(text),
        *_SPEAKING.findall(text),
        *_NAMED.findall(lower),
        *known_first,
        *alone,
    )
    known = _NOT_NAMES | set(pack.customer.name.split()) | set(company)
    return next((name.title() for name in found if name.title() not in known), "")


def name_asked_for(text: str) -> str:
    """The name in an answer to "who are you?", which may be shorter than any other: "Priya."; "" for none."""
    found = _ASKED_FOR.search(text.replace("\u2019", "'"))
    return (found[1] or found[2]) if found else ""
