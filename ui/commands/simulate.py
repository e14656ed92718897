"""`coolhead simulate PACK TURNS.json...`: a trainee's typed turns against a pack, and what each of them did.

A turn is heard as if it had been spoken at an unhurried pace: after `pause_before` seconds of silence it lasts its
words / 2.5 s, and the customer's lines last theirs. So silence and the three-minute mark are those of a real call.
A file that ends before the call does is hung up by the trainee.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path

from dialogue.events import (
    Appraisal,
    CallStarted,
    LedgerRow,
    MoodChanged,
    Phase,
    Prosody,
    Reply,
    SessionEvent,
)
from dialogue.files import finite
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from ui.calls.ports import TextModel
from ui.runtime.problems import Problem
from ui.runtime.streams import encodable

USUAL_PAUSE_SECONDS = 0.6
"""Before a turn that does not say."""
BASELINE = Prosody(
    seconds=30.0,
    loudness_dbfs=-26.0,
    pitch_hz=160.0,
    pitch_range_st=6.0,
    rate_syllables_s=4.0,
    pause_share=0.15,
    tilt_db=-14.0,
)
"""The voice that a turn's `prosody` is understood against: whatever it leaves out is as here."""
MOST = 10_000.0
"""Of any number of a turn, in its unit, and of the letters of its text."""
_RATIO = frozenset({"rate_syllables_s"})
_SEMITONES = frozenset({"pitch_hz"})


def run(*, pack: str, turns: list[Path], seed: int | None, json_lines: bool) -> int:
    scenario = load(pack)
    calls = [(path, _read(path)) for path in turns]
    model = text_model(scenario)
    for path, call in calls:
        for row in simulate(scenario, call, seed=seed or 0, model=model):
            shown = {"file": str(path), **row}
            print(json.dumps(shown, ensure_ascii=False) if json_lines else _told(shown), flush=True)
    return 0


def text_model(pack: Pack) -> TextModel:
    from dialogue.content.encoder import Scorer

    return Scorer(pack.wordings)


def simulate(
    pack: Pack, turns: list[Mapping[str, object]], *, seed: int, model: TextModel | None
) -> Iterator[dict[str, object]]:
    """One row a turn, as `coolhead simulate --json` prints them, and a last one with the outcome."""
    started = CallStarted(
        0.0, pack.id, pack.sha256, seed, "voice", version("coolhead"), settings={"cues": "on"}, baseline=BASELINE
    )
    line = Line(Session(pack), started)
    anger_start = line.anger
    ended = 0
    for number, turn in enumerate(turns, 1):
        text = encodable(str(turn["text"]))
        if line.ended:
            ended += 1
            yield {"turn": number, "text": text, "not_said": True}
            continue
        before = len(line.said)
        pause = turn.get("pause_before", USUAL_PAUSE_SECONDS)
        line.wait(float(pause) if isinstance(pause, (int, float)) else USUAL_PAUSE_SECONDS)
        if line.ended:
            ended += 1
            yield {"turn": number, "text": text, "not_said": True}
            continue
        line.speak(text, scores=model.score(text) if model else None, prosody=prosody(turn.get("prosody")))
        yield _row(number, text, line.said[before:], line.session.state.case.phase, line.anger)
    if not line.ended:
        line.act("hang_up")
    assert line.ended
    yield {
        "outcome": line.ended.outcome,
        "why": line.ended.why,
        "anger_start": round(anger_start, 3),
        "anger_end": round(line.anger, 3),
        "seconds": round(line.now, 1),
    }


def prosody(given: object) -> Prosody | None:
    """The voice of a turn. Keys are those of `coolhead measure`; `relative` holds differences from the baseline (a
    ratio for the rate, semitones for pitch, dB for loudness and tilt), `raised` alone a voice so far raised."""
    if not isinstance(given, Mapping):
        return None
    known = {one.name for one in fields(Prosody)}
    values: dict[str, float | None] = {name: getattr(BASELINE, name) for name in known}
    relative = given.get("relative")
    raised = given.get("raised")
    if isinstance(raised, (int, float)) and not (set(given) & known) and not isinstance(relative, Mapping):
        return _raised_voice(float(raised))
    for name, value in relative.items() if isinstance(relative, Mapping) else ():
        base = values.get(name)
        if name in known and isinstance(value, (int, float)) and base is not None:
            if name in _SEMITONES:
                values[name] = base * 2 ** (value / 12)
            else:
                values[name] = base * value if name in _RATIO else base + value
    for name in known & set(given):
        value = given[name]
        if isinstance(value, (int, float)):
            values[name] = float(value)
    return Prosody(**values)  # type: ignore[arg-type]


def _raised_voice(raised: float) -> Prosody:
    """The least effort, in steps of `dialogue.tone`, that reads as `raised`."""
    from dialogue import tone

    low, high = 0.0, 4.0
    for _ in range(30):
        middle = (low + high) / 2
        reading = tone.read(_effort(middle), BASELINE).raised
        low, high = (middle, high) if reading < raised else (low, middle)
    return _effort(high)


def _effort(steps: float) -> Prosody:
    from dialogue.tone import LOUDNESS_STEP_DB, PITCH_STEP_ST, TILT_STEP_DB

    assert BASELINE.pitch_hz
    return replace(
        BASELINE,
        seconds=3.0,
        loudness_dbfs=BASELINE.loudness_dbfs + steps * LOUDNESS_STEP_DB,
        pitch_hz=BASELINE.pitch_hz * 2 ** (steps * PITCH_STEP_ST / 12),
        tilt_db=BASELINE.tilt_db + steps * TILT_STEP_DB,
    )


def _row(number: int, text: str, events: list[SessionEvent], phase: Phase, anger: float) -> dict[str, object]:
    """`delta` and `because` are what the turn itself did; what silence did before it stands under `before`."""
    own = [event for event in events if isinstance(event, MoodChanged) and event.turn is not None]
    rows = [row for event in own for row in event.because if row.kind != "relaxation"]
    silent = [
        row
        for event in events
        if isinstance(event, MoodChanged) and event.turn is None
        for row in event.because
        if row.kind != "relaxation"
    ]
    behaviours = [one for event in events if isinstance(event, Appraisal) for one in event.behaviours]
    return {
        "turn": number,
        "text": text,
        "behaviours": [{"id": b.id, "confidence": round(b.confidence, 3), "evidence": b.evidence} for b in behaviours],
        "anger": round(anger, 3),
        "delta": round(sum(round(row.delta, 6) for row in rows), 6),  # what `because` adds up to, as it is printed
        "because": [_cause(row) for row in rows],
        "before": [_cause(row) for row in silent],
        "phase": phase,
        "reply": " ".join(event.text for event in events if isinstance(event, Reply)),
    }


def _cause(row: LedgerRow) -> dict[str, object]:
    return {
        "kind": row.kind,
        "cause": row.cause,
        "evidence": row.evidence,
        "title": row.title,
        "delta": round(row.delta, 6),
        "parameter": row.parameter,
    }


def _told(row: Mapping[str, object]) -> str:
    if "outcome" in row:
        return (
            f"{row['file']}: {row['outcome']}, anger {row['anger_start']:.0f} to {row['anger_end']:.0f}. {row['why']}"
        )
    if row.get("not_said"):
        return f"  {row['turn']}. (the call was over) {row['text']}"
    because = row["because"]
    assert isinstance(because, list)
    causes = ", ".join(f"{one['cause']} {one['delta']:+.1f}" for one in because)
    change = f"{row['delta']:+.1f} -> {row['anger']:.0f}"
    return f"  {row['turn']}. YOU {row['text']}\n     {change}  ({causes})\n     THEY {row['reply']}"


def _read(path: Path) -> list[Mapping[str, object]]:
    try:
        text = finite(path).read_text(encoding="utf-8-sig")
        data = json.loads(text, parse_constant=_number, parse_float=_number, parse_int=_number)
    except OSError as problem:
        raise Problem(f"{path} cannot be read: {(problem.strerror or 'unknown reason').lower()}.") from None
    except _Beyond as problem:
        raise Problem(f"{path}: {problem} is no number of a turn; they go up to {MOST:g}.") from None
    except (ValueError, RecursionError) as problem:
        where = f", line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else ""
        raise Problem(f'{path}{where} is not valid JSON; expected {{"turns": [{{"text": "..."}}]}}.') from None
    turns = data.get("turns") if isinstance(data, dict) else None
    if not isinstance(turns, list):
        raise Problem(f'{path}: expected {{"turns": [{{"text": "..."}}]}}.')
    for number, turn in enumerate(turns, 1):
        if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
            raise Problem(f'{path}: turn {number} has no "text"; expected {{"text": "..."}}.')
        if len(turn["text"]) > MOST:
            raise Problem(f"{path}: turn {number} has more than {MOST:g} letters: nobody says so much in one.")
    return turns


def _number(written: str) -> float:
    """Seconds, dB, Hz or semitones of a turn. Raises _Beyond for what no voice has."""
    number = float(written)
    if not abs(number) <= MOST:
        raise _Beyond(written[:20])
    return number


class _Beyond(Exception):
    """A number as it was written."""
