"""`coolhead judge`: a trainee's lines on stdin, the behaviours in each on stdout. One line in, one line out, always."""

import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from dialogue.content import BY_ID, Context, judge
from dialogue.events import Behaviour
from ui.runtime.problems import complain
from ui.runtime.streams import encodable

_LONGEST_LINE = 100_000
"""Bytes; the rest of a longer line is not read."""


def run(json_lines: bool, customer_name: str | None) -> int:
    """Returns the exit code: 0 when every line was understood, 1 when a line was broken JSON."""
    from dialogue.content.encoder import Scorer

    scorer = Scorer()
    broken = 0
    for number, line in enumerate(_lines(sys.stdin), 1):
        request, problem = read_request(line, customer_name or "")
        if problem:
            broken += 1
            complain(f"line {number}: {problem}")
        text, context = request
        behaviours = () if problem else judge(text, scorer.score(text), context)
        print(_as_json(text, behaviours, problem) if json_lines else _as_text(text, behaviours), flush=True)
    return 1 if broken else 0


def read_request(line: str, customer_name: str) -> tuple[tuple[str, Context], str]:
    """The text and context of one input line, and what is wrong with it ("" when nothing is).

    A line that begins with "{" is a JSON object with `text` and optional `name` and `heard`; every other line is the
    trainee's text itself. A broken object is judged as nothing rather than as speech.
    """
    plain = (line, Context(customer_name=customer_name))
    if not line.lstrip().startswith("{"):
        return plain, ""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return plain, f'not JSON ({_one_line(fault)}); give plain text or an object with "text".'
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return plain, 'the object needs a "text" that is a string.'
    name, heard = _string(item, "name") or customer_name, _string(item, "heard")
    return (_string(item, "text"), Context(customer_name=name, heard=heard)), ""


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return encodable(value) if isinstance(value, str) else ""


def _one_line(fault: Exception) -> str:
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines as they come, without their ends; bytes that are no UTF-8 become replacement characters."""
    while line := stream.buffer.readline(_LONGEST_LINE):
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.buffer.readline(_LONGEST_LINE)
        yield line.decode(errors="replace").rstrip("\r\n")


def _as_json(text: str, behaviours: tuple[Behaviour, ...], problem: str) -> str:
    shown: dict[str, Any] = {
        "text": text,
        "behaviours": [{"id": b.id, "confidence": b.confidence, "evidence": b.evidence} for b in behaviours],
    }
    if problem:
        shown["error"] = problem
    return json.dumps(shown, ensure_ascii=True)


def _as_text(text: str, behaviours: tuple[Behaviour, ...]) -> str:
    if not behaviours:
        return f"{text!r}: nothing"
    marks = {"helpful": "+", "harmful": "-", "neutral": "="}
    said = (f"{marks[BY_ID[b.id].kind]}{b.id} {b.confidence:.2f} {b.evidence!r}" for b in behaviours)
    return f"{text!r}: " + ", ".join(said)
