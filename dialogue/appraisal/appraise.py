"""What a trainee's turn did: its behaviours in context, its tone, and what only the state can know. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dialogue import tone
from dialogue.appraisal.agent_name import agent_name
from dialogue.appraisal.belief import SURELY, believed, left_by, put_so
from dialogue.appraisal.evidence import in_sentence
from dialogue.appraisal.said import GIVING_BACK, behaviours_said, stated, told
from dialogue.appraisal.situations import HALF_HEARD, NAMES_ENOUGH, heard_line, may_solve, situations
from dialogue.content.doubt import grounds
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.content.tact import tact
from dialogue.events import Behaviour, Utterance
from dialogue.language import normal, quote
from dialogue.mood import Finding
from dialogue.mood.effects import ACKNOWLEDGING, BEHAVIOURS, EFFECTS, HANDOVER, HARMS, SOLVING
from dialogue.phases import awaited_needs
from dialogue.state import CallState
from dialogue.tone import Tone
from dialogue.understanding.address import mistitled
from dialogue.understanding.askedagain import asked_again
from dialogue.understanding.expected_answers import answer, passed_over, scripted
from dialogue.understanding.offering import ends_call
from dialogue.understanding.retelling import fidelity, read_out, retold_wrongly
from dialogue.understanding.specifics import misquoted
from dialogue.understanding.topics import Meant, opening, understand

LOW_CONFIDENCE = 0.45
"""Mean word confidence under which a turn is taken as not understood: the customer asks again and nothing is held
against the trainee, so that no accent costs anyone the call."""
REMARKED_FROM = 0.35
"""Share of a harm from which they say something about it."""
APOLOGY_POLICY = {"due": 1.0, "experience": 0.8, "not_due": 0.4}
CLEARLY_WELL = 0.7
"""Log odds of tact from which a turn in which nothing else was found is not taken to be for nothing."""
OPENER = 0.3
"""What an offer or a question is worth before the customer has said what it is about."""
PASSED_OVER = 0.5
"""Of an answer beside the point, where a question was asked and the turn holds something, but not what it wants."""
_CONTRADICTING = frozenset({"arguing", "blaming"})
OFF_THE_DESK, READ_OUT = 0.1, 0.8
"""Of a contradiction or an accusation, where this share of its sentence stands on the desk."""
NOTICED_FROM = 0.05
"""Share of an acknowledgement that has to be left for it to be one: a quarter lost two turns of decent agents."""
CARING = frozenset({"empathy", "paraphrase"})
"""Behaviours beside which `rush` costs only the share `HALF_HEARD`: the customer was hurried, but also heard. A bare
"sorry to hear that" is not enough."""
LOOSELY = 0.25
"""Share of the points for giving their story back that is lost where none of the words were the customer's."""
TOO_SOON = 0.2
"""What a way out is worth to somebody who has not been heard: less than what it costs, for every temper."""
LOYALTY_STATED, LOYALTY_GUESSED = 1.5, 0.4
"""How much it counts to acknowledge long custom: where the pack states it, and where it is only a phrase."""

_GOODBYE = re.compile(
    r"\b(?:goodbye|good bye|bye|cheerio|(?<!a )good ?night(?! (?:out|in|sleep))|"
    r"have a (?:nice|good|great|lovely) (?:day|evening|one)|take care(?! (?:of|that|to)\b))\b"
)
GREETED_BY = 2
"""Turns within which one greets."""
_PARTING = re.compile(
    r"(?:[.!?,;]\s*|\b(?:and|then|so)\s)(?:a (?:very )?)?good (?:afternoon|evening|morning|day)(?: to you)?"
    r"(?:,? (?:m(?:r|rs|s|iss)\b\.? ?)?[^\s.!?,]+)?[.!\s]*$",
    re.I,
)
"""A greeting at the end of a later turn, behind something else, parts: "thank you, and good afternoon, Mr Lang"."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the trainee, understood."""

    number: int
    text: str
    behaviours: tuple[Behaviour, ...]
    ids: frozenset[str]
    meant: Meant
    tone: Tone
    findings: tuple[Finding, ...]
    """All that goes to the weighing, the session's own findings behind the behaviours."""
    harm: str = ""
    """The worst thing in it, "" when there is none."""
    goodbye: bool = False
    agent: str = ""
    """The name the trainee gave, if they did."""

    @property
    def notices(self) -> bool:
        """Whether it holds something for how the customer feels."""
        return bool(self.ids & ACKNOWLEDGING) or any(one.id in _NOTICING for one in self.findings)


def not_understood(utterance: Utterance) -> bool:
    return utterance.confidence is not None and utterance.confidence < LOW_CONFIDENCE


def appraise(state: CallState, utterance: Utterance) -> Turn:
    text = utterance.text
    number = state.memory.turn + 1
    meant = understand(text, utterance.scores, state.pack, state.case.facts, awaited_needs(state))
    if not state.case.told:
        meant = opening(meant, state.pack)
    known, desk, heard = tuple(told(state)), tuple(stated(state)), heard_line(state)
    wrong = misquoted(text, known, desk) or quote(retold_wrongly(text, known, heard, desk)) if state.case.told else ""
    odds, words = tact(text, utterance.scores)
    read = utterance.scores and utterance.scores.clauses and utterance.scores.clauses[0].labels
    put, cues = odds if read else None, grounds(find(plain(text)))
    said = tuple(behaviours_said(state, utterance, meant, giving_back=not wrong))
    shares = {one.id: _share(one, text, desk, put, grounded=one.id in cues) for one in said}
    behaviours = tuple(one for one in said if shares[one.id] and _arrives(one, put))
    ids = frozenset(one.id for one in behaviours)
    voice = tone.read(utterance.prosody, state.started.baseline or state.opening_voice)
    findings = [
        _finding(one, state, text, (*known, heard), ids, shares[one.id], left_by(one.id, put))
        for one in behaviours
        if one.id in BEHAVIOURS and not (one.id == "name_use" and _used_up(state, text, behaviours))
    ]
    if not any(one.id in HARMS for one in findings) and (again := asked_again(text, heard)):
        findings.append(Finding("asked_again", quote(again)))
    if wrong:
        findings.append(Finding("misheard", wrong))
    findings += situations(state, utterance, behaviours, meant, voice)
    findings = list(_answered(findings, text, heard, ids, meant, put))
    if odds > CLEARLY_WELL:
        findings = [one for one in findings if one.id != "beside_the_point"]
    if state.case.told:  # how calls are opened is a matter of form
        findings += put_so(odds, words, (one.id for one in said))
    harms = [one for one in findings if one.id in HARMS and _remarked(one)]
    worst = max(harms, key=lambda one: EFFECTS[one.id].anger * one.amount, default=None)
    return Turn(
        number,
        text,
        behaviours,
        ids,
        meant,
        voice,
        tuple(findings),
        worst.id if worst else "",
        bool(_GOODBYE.search(normal(text)))
        or ends_call(normal(text))
        or (number > GREETED_BY and bool(_PARTING.search(text))),
        agent_name(text, state.pack, first=number == 1) if number <= 3 or not state.memory.agent else "",
    )


def _used_up(state: CallState, text: str, behaviours: Sequence[Behaviour]) -> bool:
    """Whether their name does nothing for them any more, or stands behind a title that is not theirs."""
    wrong = mistitled(text, behaviours, state.pack.customer, typed=state.by_keyboard)
    return wrong or state.memory.used.get("name_use", 0) >= NAMES_ENOUGH


def _remarked(one: Finding) -> bool:
    """Whether the customer says something about this harm."""
    return one.id not in _NO_ANSWER and one.amount > REMARKED_FROM


_NOTICING = frozenset({"concern", "absolved"})
"""Situations that do so, too."""
_NO_ANSWER = frozenset(
    {
        "self_blame",
        "slow_answer",
        "no_acknowledgement",
        "no_progress",
        "name_overuse",
        "curveball",
        "trap",
        "apology_runs_on",
        "asked_again",
        "badly_put",
    }
)
"""Harm that is felt but not remarked on."""


def _answered(
    findings: Sequence[Finding], text: str, heard: str, ids: frozenset[str], meant: Meant, put: float | None
) -> Iterator[Finding]:
    """The findings, with what the turn does to the question that stands: an answer to it that nothing else is credited
    for, or none. Whoever answers is not beside the point."""
    harmful = any(one.id in HARMS and one.id in BEHAVIOURS for one in findings)
    said = "" if harmful else answer(text, heard)
    beside = [one for one in findings if one.id == "beside_the_point"]
    yield from (one for one in findings if not (said and one in beside))
    if said and not (meant.offers or ids & _ANSWERING):
        yield Finding("answered", quote(said), left_by("answered", put))
    elif not (said or beside or meant.asks or meant.offers):
        if scripted(text, ids, heard):
            yield Finding("beside_the_point", quote(text))
        elif passed_over(text, ids, heard):
            yield Finding("beside_the_point", quote(text), PASSED_OVER)


_ANSWERING = frozenset({"plan_time", "process", "find_out"})
"""Behaviours that are credited for the answer they hold."""


def _share(one: Behaviour, text: str, desk: Sequence[str], put: float | None, *, grounded: bool) -> float:
    """How much of it is believed. What is read off the desk contradicts nobody: it may be what they asked."""
    share = believed(one, put, grounded=grounded)
    reads = one.id in _CONTRADICTING and read_out(in_sentence(text, one.evidence), desk) >= READ_OUT
    return share * OFF_THE_DESK if reads else share


def _arrives(one: Behaviour, put: float | None) -> bool:
    """Whether enough of it is left by how the turn is put for anybody to notice: a formula acknowledges nothing."""
    return one.id not in ACKNOWLEDGING or left_by(one.id, put) >= NOTICED_FROM


def _finding(
    one: Behaviour,
    state: CallState,
    text: str,
    known: Sequence[str],
    ids: frozenset[str],
    share: float,
    left: float,
) -> Finding:
    """`ids`: all that the turn did. `share`: how much of it is believed. `left`: how much the way in which it is put
    leaves of it."""
    notes = [f"believed: x{share:.2f}"] if share < SURELY else []
    notes += [f"how it is put: x{left:.2f}"] if abs(1.0 - left) > 1.0 - SURELY else []
    amount = _amount(one.id, state, ids) * share * left
    if one.id in GIVING_BACK:
        amount *= 1.0 - LOOSELY * (1.0 - fidelity(text, known))
    return Finding(one.id, one.evidence, amount, one.about, note=", ".join(notes))


_OPENERS = frozenset({"help_offer", "clarify", "apology", "ownership", "empathy"})
"""Nobody can be sorry for, take on, or feel with what has yet to be told."""


def _amount(name: str, state: CallState, ids: frozenset[str]) -> float:
    if name in _OPENERS and not state.case.told:
        return OPENER  # "how can I help?" before anything was said is how calls begin
    if name == "apology":
        return APOLOGY_POLICY[state.pack.apology]
    if name == "rush":
        return HALF_HEARD if ids & CARING else 1.0
    if name == "loyalty":
        return LOYALTY_STATED if state.pack.customer.loyalty else LOYALTY_GUESSED
    if name in HANDOVER and state.case.manager_asked:
        return 0.0  # past the point of no return it is only what they demanded
    if name == "conduct_warning" and state.pack.conduct.vulgar:
        return 0.0
    if name in SOLVING and state.pack.hear_first and not may_solve(state.case):
        return TOO_SOON
    return 1.0


def counted(turn: Turn, used: dict[str, int]) -> dict[str, int]:
    """How often each effect has worked, this turn included."""
    counts = dict(used)
    for one in turn.findings:
        counts[one.id] = counts.get(one.id, 0) + 1
    return counts


def with_findings(turn: Turn, *more: Finding) -> Turn:
    return replace(turn, findings=(*turn.findings, *more))
