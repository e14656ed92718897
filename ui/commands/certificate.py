"""`coolhead certificate make|check|key`: what a test came to, signed, and checked by anybody without a network."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dialogue.debrief.correction import corrections
from dialogue.debrief.record import settled
from dialogue.debrief.rubric import load_rubric, score
from dialogue.events import CallEnded, CallStarted
from dialogue.files import finite
from dialogue.journal import JournalProblem, replay
from dialogue.persona import load
from ui import strings
from ui.records.archive import lines_of, read_journal
from ui.records.call_reference import journal_named
from ui.records.certificate import checked, fingerprint, new_key, own_key, signed
from ui.records.history import RETRY_TURN
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

OUTCOMES = {str(outcome): words for outcome, words in strings.OUTCOMES.items()}
"""Of a certificate, which may be made by another version of this program."""


def make(*, journal: Path, name: str, output: Path, key: Path | None, seed: int | None) -> int:
    """Write the certificate. Raises Problem for a call that is no test, or was not passed, and says why."""
    facts = _facts(journal_named(journal), " ".join(name.split()), seed)
    signing = key or own_key()
    text = signed({**facts, "attested": "trainer" if key else "self"}, signing)
    try:
        write_private(output, text)
    except OSError as error:
        raise Problem(f"The certificate cannot be written to {output}: {error.strerror}.") from error
    print(strings.CERTIFICATE_WRITTEN.format(path=output, fingerprint=fingerprint(signing)))
    if key is None:
        print(strings.CERTIFICATE_SELF)
    return 0


def check(*, file: Path, key: str | None) -> int:
    """0 when it is genuine (and signed with that `key`, where one is given), 1 when it is not."""
    try:
        told = checked(finite(file).read_bytes().decode())
    except OSError as error:
        raise Problem(f"The certificate {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        told = None
    if told is None:
        print(strings.CERTIFICATE_CHANGED)
        return 1
    facts = told.facts
    print(strings.CERTIFICATE_GOOD.format(fingerprint=told.fingerprint))
    print(strings.CERTIFICATE_LINE.format(**{**facts, "outcome": OUTCOMES.get(facts["outcome"], facts["outcome"])}))
    if key is not None and key.strip().lower() != told.fingerprint:
        print(strings.CERTIFICATE_OTHER_KEY.format(key=key))
        return 1
    print(strings.CERTIFICATE_KNOWN_KEY if key else strings.CERTIFICATE_WHO.get(facts["attested"], ""))
    return 0


def make_key(*, file: Path) -> int:
    """A trainer's key, in a file that was not there before."""
    print(strings.CERTIFICATE_KEY.format(path=file, fingerprint=fingerprint(new_key(file))))
    return 0


def _facts(path: Path, name: str, seed: int | None) -> dict[str, Any]:
    """What a certificate says of that call. Raises Problem when it may not be certified."""
    if not name:
        raise Problem("A certificate is for somebody: give --name.")
    events = read_journal(path)
    started = events[0]
    assert isinstance(started, CallStarted)
    ended = next((event for event in events if isinstance(event, CallEnded)), None)
    pack = load(started.pack)
    reasons = {
        "it was practice, with coaching (`coolhead call --test` is a test)": started.settings.get("cues") != "off",
        "it took up a moment of an earlier call": RETRY_TURN in started.settings,
        "what was heard in it has been corrected": bool(corrections(events)),
        f"its seed is {started.seed}": seed is not None and started.seed != seed,
        "it did not come to a good end": ended is None or ended.outcome not in pack.success,
    }
    against = next((reason for reason, holds in reasons.items() if holds), "")
    data = path.read_bytes()
    try:
        against = against or ("" if replay(lines_of(data)) is None else "its record does not replay equal")
    except JournalProblem as problem:
        against = str(problem)
    if against or ended is None:
        raise Problem(f"This call cannot be certified: {against}.")
    card = score(events, load_rubric(), settled(events, pack))
    return {
        "name": name,
        "date": started.settings.get("started_at", "")[:10],
        "scenario": pack.id,
        "title": pack.title,
        "scenario_sha256": pack.sha256,
        "seed": started.seed,
        "mode": started.mode,
        "difficulty": started.difficulty,
        "outcome": ended.outcome,
        "score": None if card.total is None else round(card.total),
        "journal_sha256": sha256(data).hexdigest(),
        "made_with": f"Coolhead {version('coolhead')}",
    }
