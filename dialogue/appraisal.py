"""What a trainee's turn did: its behaviours in context, its tone, and what only the state can know. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogue import tone, turns
from dialogue.content import judge
from dialogue.content.context import Context
from dialogue.events import Behaviour, Utterance
from dialogue.language import ELSE, normal, quote, sentences
from dialogue.mood import Finding
from dialogue.mood.effects import ACKNOWLEDGING, BEHAVIOURS, EFFECTS, SOLVING
from dialogue.mood.weighing import RAISED_BOUND
from dialogue.state import CallState
from dialogue.tone import Tone
from dialogue.understanding import Meant, understand

LOW_CONFIDENCE = 0.45
"""Mean word confidence under which a turn is taken as not understood: the customer asks again and nothing is held
against the trainee, so that no accent costs anyone the call."""
DOUBTED, CERTAIN, LEAST_CERTAINTY = 0.55, 0.85, 0.15
"""Confidence of a harmful behaviour up to which only `LEAST_CERTAINTY` of it counts, and from which all of it does."""
REMARKED_FROM = 0.35
"""Share of a harm from which they say something about it."""
APOLOGY_SECONDS = 7.0
"""An apology longer than this does harm (techniques: apology policy)."""
APOLOGY_WORDS_EACH = 12
"""Most words that a single "sorry" accounts for."""
APOLOGIES_ENOUGH = 2
NAMES_ENOUGH = 4
"""Using the name two to four times is warm; more sounds trained."""
BESIDE_MIN_WORDS = 4
APOLOGY_POLICY = {"due": 1.0, "experience": 0.8, "not_due": 0.4}

_GOODBYE = re.compile(r"\b(?:goodbye|good bye|bye|have a (?:nice|good|great|lovely) (?:day|evening|one)|take care)\b")
_APOLOGY_WORDS = re.compile(
    r"\b(?:sorry|apolog\w+|regret|forgive|ashamed|embarrass\w+|feel (?:so |really )?(?:bad|terrible|awful))\b"
)
_AGENT = re.compile(
    r"\b(?:my name is|my name's|this is|i am|i'm|it's|you're (?:speaking|through|talking) (?:to|with))"
    r"\s+([A-Z][a-z]+)\b"
)
_LISTENS = re.compile(r"\b(?:i hear you|i see|i understand|i'm listening|that sounds|take your time|go on)\b")
"""Little, but an answer."""
_NOT_NAMES = frozenset(
    [
        "The",
        "A",
        "An",
        "So",
        "Very",
        "Really",
        "Sorry",
        "Not",
        "Just",
        "Going",
        "Here",
        "Glad",
        "Happy",
        "Afraid",
        "Sure",
        "Listening",
        "Calling",
        "Customer",
        "Support",
        "Service",
    ]
)


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


def not_understood(utterance: Utterance) -> bool:
    return utterance.confidence is not None and utterance.confidence < LOW_CONFIDENCE


def appraise(state: CallState, utterance: Utterance) -> Turn:
    text = utterance.text
    number = state.memory.turn + 1
    meant = understand(text, utterance.scores, state.pack, state.story.facts)
    behaviours = tuple(
        replace(one, evidence=quote(one.evidence))
        for one in judge(text, utterance.scores, context(state))
        if not (one.id == "extra_mile" and ELSE.search(normal(one.evidence)))  # a closing question is no extra effort
    )
    ids = frozenset(one.id for one in behaviours)
    voice = tone.read(utterance.prosody, state.started.baseline or state.opening_voice)
    findings = [
        Finding(one.id, one.evidence, _amount(one.id, state) * _certainty(one), one.about)
        for one in behaviours
        if one.id in BEHAVIOURS
    ]
    findings += _situational(state, utterance, behaviours, meant, voice)
    findings = [
        one for one in findings if not (one.id == "name_use" and state.memory.used.get("name_use", 0) >= NAMES_ENOUGH)
    ]
    harms = [one for one in findings if EFFECTS[one.id].kind == "harm" and _remarked(one)]
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
        bool(_GOODBYE.search(normal(text))),
        _agent(text, state) if number <= 3 or not state.memory.agent else "",
    )


def context(state: CallState) -> Context:
    memory = state.memory
    asked = memory.last_line if memory.last_line.rstrip().endswith("?") else ""
    return Context(
        customer_name=state.pack.customer.name,
        heard=memory.last_line,
        agent_name=memory.agent,
        heard_out=state.story.heard,
        customer_asked=re.split(r"(?<=[.!?])\s+", asked)[-1],
    )


def _remarked(one: Finding) -> bool:
    """Whether the customer says something about this harm."""
    return one.id not in _NO_ANSWER and one.amount > REMARKED_FROM


_NO_ANSWER = frozenset(
    {"self_blame", "slow_answer", "no_acknowledgement", "name_overuse", "curveball", "apology_runs_on"}
)
"""Harm that is felt but not remarked on."""


def _amount(name: str, state: CallState) -> float:
    if name == "apology":
        return APOLOGY_POLICY[state.pack.apology]
    if name == "manager_offer" and state.story.manager_asked:
        return 0.2  # past the point of no return it is only what they demanded
    if name == "conduct_warning" and state.pack.conduct.vulgar:
        return 0.0
    if name in SOLVING and state.pack.hear_first and not _may_solve(state):
        return 0.5
    return 1.0


def _certainty(one: Behaviour) -> float:
    """How much of a harm counts when the judgement is not sure of it: nobody should lose a call to a misreading."""
    if EFFECTS[one.id].kind != "harm":
        return 1.0
    return min(max((one.confidence - DOUBTED) / (CERTAIN - DOUBTED), LEAST_CERTAINTY), 1.0)


def _may_solve(state: CallState) -> bool:
    return state.story.heard or state.story.acknowledged or bool(state.story.met)


def _situational(
    state: CallState, utterance: Utterance, behaviours: Sequence[Behaviour], meant: Meant, voice: Tone
) -> list[Finding]:
    ids = frozenset(one.id for one in behaviours)
    shown = {one.id: one.evidence for one in behaviours}
    text, memory, story, floor = utterance.text, state.memory, state.story, state.floor
    found: list[Finding] = []
    words = text.split()
    harmful = any(EFFECTS[one].kind == "harm" for one in ids if one in EFFECTS)
    if voice.raised > RAISED_BOUND:
        found.append(Finding("raised_voice", ", ".join(voice.reasons), voice.raised))
    if not state.by_keyboard:
        late = turns.slow_seconds(floor, utterance.start)
        if late > 0:
            found.append(Finding("slow_answer", f"{late + turns.SLOW_ANSWER_SECONDS:.1f} s of silence", late))
        if turns.cut_off(floor, utterance.overlap_seconds):
            what = f'"{floor.unheard}" was not heard' if floor.unheard else f"{utterance.overlap_seconds:.1f} s at once"
            found.append(Finding("cut_off", what))
    if memory.used.get("name_use", 0) >= NAMES_ENOUGH and "name_use" in ids:
        found.append(Finding("name_overuse", f"{memory.used['name_use'] + 1} times"))
    if "apology" in ids:
        runs = _apology_seconds(text)
        if runs > APOLOGY_SECONDS:
            found.append(Finding("apology_runs_on", f"{runs:.0f} s of apology"))
        if memory.used.get("apology", 0) >= APOLOGIES_ENOUGH and not ids & SOLVING:
            found.append(Finding("apology_again", shown["apology"]))
    caring = [name for name in meant.asks if state.pack.fact(name).caring and name not in story.asked]
    if caring and not harmful:
        found.append(
            Finding("concern", meant.words.get(caring[0]) or quote(text), title=state.pack.fact(caring[0]).title)
        )
    repeated = [one for one in sentences(text) if one in memory.trainee]
    if repeated:
        found.append(Finding("parroting", quote(repeated[0])))
    solving = ids & SOLVING if not harmful else frozenset()
    early = memory.turn > 0 and state.pack.hear_first and not _may_solve(state)
    unnoticed = not ids & ACKNOWLEDGING and not caring and len(words) >= BESIDE_MIN_WORDS and not harmful
    raw = not story.acknowledged or state.mood.band in ("angry", "furious")
    if solving and early and unnoticed:
        found.append(Finding("too_soon", shown[min(solving)]))
    elif memory.emotional and raw and unnoticed:
        found.append(Finding("no_acknowledgement", quote(text)))
    helpful = {one for one in ids if one in EFFECTS and EFFECTS[one].kind != "harm"} - {
        "greeting",
        "own_name",
        "name_use",
    }
    if (
        memory.turn > 0
        and (memory.emotional or memory.last_line.endswith("?"))
        and not meant.time
        and not harmful
        and not helpful
        and not meant.asks
        and not meant.offers
        and not meant.question
        and not meant.open_question
        and not meant.check
        and not meant.anything_else
        and memory.last_act != "look_up"
        and not _LISTENS.search(normal(text))
        and len(words) >= BESIDE_MIN_WORDS
    ):
        found.append(Finding("beside_the_point", quote(text)))
    return found


def _apology_seconds(text: str) -> float:
    """How long the trainee goes on apologising, at unhurried speech: the longest run of sentences that apologise, s."""
    longest = run = 0
    for sentence in re.split(r"[.!?;]+", text):
        found = list(_APOLOGY_WORDS.finditer(sentence.lower()))
        words = len(sentence.split())
        if len(found) == 1:  # recognised speech has no full stops: one apology does not fill all that follows
            words = min(words, APOLOGY_WORDS_EACH)
        run = run + words if found else 0
        longest = max(longest, run)
    return longest / turns.WORDS_PER_SECOND


def _agent(text: str, state: CallState) -> str:
    name = _AGENT.search(text) or re.search(r"\b(?:my name is|my name's)\s+([a-z]+)\b", text.lower())
    if not name or name[1].title() in _NOT_NAMES or name[1].title() in state.pack.customer.name.split():
        return ""
    return name[1].title()


def spoken(turn: Turn, used: dict[str, int]) -> dict[str, int]:
    """How often each effect has worked, this turn included."""
    counts = dict(used)
    for one in turn.findings:
        counts[one.id] = counts.get(one.id, 0) + 1
    return counts


def with_findings(turn: Turn, *more: Finding) -> Turn:
    return replace(turn, findings=(*turn.findings, *more))
