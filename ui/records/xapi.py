"""Calls as statements of the Experience API (xAPI 1.0.3, part 2), for a learning record store."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from ui.records.history import PastCall

HOME = "https://coolhead.invalid"
"""The namespace of the activities; `.invalid` belongs to nobody (RFC 2606)."""
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"


def statement(
    call: PastCall, *, title: str, actor: str, success: bool | None = None, score: float | None = None
) -> dict[str, object]:
    """The statement that `actor` completed the call: completion only, unless `success` or `score` (of the scorecard,
    0..100) is given. The same call has the same id each time.

    `actor` is an e-mail address, or any name by which the record store knows the trainee.
    """
    when = (call.began or datetime.fromtimestamp(call.path.stat().st_mtime, UTC)).astimezone(UTC)
    result: dict[str, object] = {"completion": True}
    if success is not None:  # completion alone has no duration: a very short one would give the result away
        result |= {"success": success, "duration": f"PT{call.seconds:.2f}S"}
    if score is not None:
        result["score"] = {"scaled": round(score / 100.0, 4), "raw": round(score, 2), "min": 0, "max": 100}
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{HOME}/calls/{call.path.stem}/{actor}")),
        "actor": _agent(actor),
        "verb": {"id": COMPLETED, "display": {"en": "completed"}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/scenarios/{call.pack}",
            "definition": {"type": SIMULATION, "name": {"en": title}},
        },
        "result": result,
        "context": {"platform": "Coolhead", "language": "en"},
        "timestamp": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # and no version: a provider should not set it (2.4.10)


def _agent(actor: str) -> Mapping[str, object]:
    if "@" in actor:
        return {"objectType": "Agent", "mbox": f"mailto:{actor}"}
    return {"objectType": "Agent", "account": {"homePage": HOME, "name": actor}}
