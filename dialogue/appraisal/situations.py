"""What a turn did that only the state can know: how late it came, what it passed over, what it repeats. Pure."""

import re
from collections.abc import Iterator, Sequence

from dialogue import turns
from dialogue.appraisal.evidence import in_words
from dialogue.appraisal.promises import taken_back
from dialogue.content.clauses import split
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.content.rules.denial import ABSOLVED
from dialogue.events import Behaviour, Utterance
from dialogue.language import normal, quote, sentences
from dialogue.mood import Finding
from dialogue.mood.effects import ACKNOWLEDGING, EFFECTS, HARMS, SOLVING
from dialogue.mood.weighing import RAISED_BOUND
from dialogue.phases import settled
from dialogue.state import CallState, Case
from dialogue.tone import Tone
from dialogue.understanding.expected_answers import takes_up, wants_a_name
from dialogue.understanding.offering import LOOKING
from dialogue.understanding.topics import Meant

APOLOGY_SECONDS = 7.0
"""An apology longer than this does harm (techniques: apology policy)."""
APOLOGY_WORDS_EACH = 12
"""Most words that a single "sorry" accounts for."""
APOLOGIES_ENOUGH = 2
NAMES_ENOUGH = 4
"""Using the name two to four times is warm; more sounds trained."""
BESIDE_MIN_WORDS = 4
"""A turn of fewer words is too short to be called an answer beside the point."""
HALF_HEARD = 0.5
"""Share of the charge for passing over what they said, where they had been asked or acknowledged before."""
IDLE_WORDS = 0.5
"""Share of the charge for an answer beside the point, for a sentence that only fills time. Angry customers only."""
HOT = frozenset({"angry", "furious"})
KEPT_FROM_SECONDS = 4.0
"""A stated wait that was shorter than this was hardly a promise to keep."""

CIRCLES_FROM = 3
"""Turns running without a step forward, once the customer has been heard, from which kindness is only words."""
CIRCLES_MOST = 3.0
"""Most times its first charge that one more such turn costs."""

_OPENING = frozenset({"greeting", "own_name", "name_use"})
"""What says hello and no more."""
_APOLOGY_WORDS = re.compile(
    r"\b(?:sorry|apolog\w+|regret|forgive|ashamed|embarrass\w+|feel (?:so |really )?(?:bad|terrible|awful))\b",
    re.I,  # and never in lower case, which may be longer: "İ" becomes two letters
)
_LISTENS = re.compile(r"\b(?:i hear you|i see|i understand|that sounds)\b")
"""Little, but an answer."""
CLOSES_EARLY = 0.4
"""Share of the charge for a goodbye too soon, for asking "anything else?" while nothing has been solved."""
OWNED_UP = 0.35
"""Share of the charge for a broken promise, where the trainee says so before the customer finds out."""
UNPROMPTED = 0.6
"""Share of the points for showing concern, where the pack has no fact that answers it."""
_QUESTION = re.compile(r"(?:^|(?<=[.!?;]))[^.!?;]+\?")  # tried at the beginning of a sentence only
_SOMEBODY = r"(?:she|he|they|you|your \w+|everyone|everybody|anyone|anybody|the (?:baby|children|kids|dog|cat))"
_HOW_ARE_THEY = re.compile(
    rf"\b(?:is|are|was|were) {_SOMEBODY} (?:\w+ ){{0,2}}?(?:all right|alright|okay|ok|safe|hurt|injured|unharmed|warm"
    r"|breathing|in pain|comfortable|coping|better)\b"
    r"|\bhow(?:'s| is| are) (?!you\b)"
    rf"{_SOMEBODY}(?:(?: \w+){{0,2}}? (?:now|doing|feeling|coping|today)\b|\?)"
)
_NARRATES = re.compile(
    r"\b(?:let me|i'll|i will|i'm going to|i want to) (?:just |now |quickly )?(?:tell|explain|show|walk|talk|take|go) "
    r"(?:through |over )?(?:you|it|this|that)\b(?! about our)|\bi'm (?:doing|on it|with you)\b"
)
"""Leads up to an answer, or says that one is under way."""
_INVITES = re.compile(
    r"\b(?:i'm (?:listening|all ears)|take (?:all the|your|as much) time|no (?:hurry|rush)|go on|go ahead|carry on"
    r"|(?:at|in) your own (?:pace|time)|tell me (?:more|everything|all)"
    r"|(?:i've got|i have|there's) (?:plenty of|all the|enough) time)\b"
)


def situations(
    state: CallState, utterance: Utterance, behaviours: Sequence[Behaviour], meant: Meant, voice: Tone
) -> list[Finding]:
    """The session's own findings in a turn, behind its `behaviours`."""
    ids = frozenset(one.id for one in behaviours)
    harmful = bool(ids & HARMS)
    found = [*_delivery(state, utterance, voice), *_too_much(state, utterance.text, behaviours)]
    if broken := taken_back(utterance.text, state.memory.promise):
        found.append(Finding("promise_broken", quote(broken), OWNED_UP))
    caring = [name for name in meant.asks if state.pack.fact(name).caring and name not in state.case.asked]
    if caring and not harmful and state.case.told:
        words = meant.words.get(caring[0]) or quote(utterance.text)
        found.append(Finding("concern", words, title=state.pack.fact(caring[0]).title))
    elif not harmful and state.case.told and (asked := asks_after(utterance.text)):
        found.append(Finding("concern", quote(asked), UNPROMPTED))
    elif listens(state, utterance.text, meant) and not harmful:
        found.append(Finding("listened", quote(utterance.text)))
    absolved = "" if harmful or not state.case.told else absolves(utterance.text)
    if absolved:
        found.append(Finding("absolved", in_words(utterance.text, absolved)))
    if meant.anything_else and state.case.told and not (state.case.met or state.case.agreed):
        found.append(Finding("goodbye_too_soon", quote(utterance.text), CLOSES_EARLY))
    noticed = bool(ids & ACKNOWLEDGING) or bool(caring) or bool(absolved)
    left_out = _left_out(state, utterance.text, behaviours, meant, noticed=noticed)
    if left_out:
        found.append(left_out)
    idle = idle_turns(state, meant)
    begins_to_look = not state.case.looked and bool(LOOKING.search(normal(utterance.text)))
    if idle >= CIRCLES_FROM and not begins_to_look:
        evidence = f"{idle} turns without a step forward"
        found.append(Finding("no_progress", evidence, min(idle - CIRCLES_FROM + 1.0, CIRCLES_MOST)))
    return found


def idle_turns(state: CallState, meant: Meant) -> int:
    """How many turns running, this one included, have brought a customer who was heard nothing they came for."""
    case = state.case
    if not case.heard or case.agreed or settled(case, state.pack) or meant.asks or meant.anything_else:
        return 0
    brought = any(name not in case.met and name not in case.partly for name in meant.offers)
    completed = bool(meant.time) and bool(case.partly)
    return 0 if brought or completed else state.memory.turn + 1 - case.progress_turn


def heard_line(state: CallState) -> str:
    """The customer's last line as far as it sounded: nobody has to answer what they could not hear."""
    line, lost = state.memory.last_line, len(state.floor.unheard.split())
    return " ".join(line.split()[:-lost]) if lost else line


def may_solve(case: Case) -> bool:
    """Whether they have been heard enough to be offered a way out."""
    return case.heard or case.acknowledged or bool(case.met)


def asks_after(text: str) -> str:
    """The question in `text` that asks how somebody is; "" for none."""
    return next((one.strip() for one in _QUESTION.findall(text) if _HOW_ARE_THEY.search(normal(one))), "")


def absolves(text: str) -> str:
    """The words of `text` that take blame or doubt off whoever is spoken to; "" for none."""
    turn = plain(text)
    taken = next((hit for hit in find(turn) if hit.rule.name.startswith(ABSOLVED) and not hit.blocked), None)
    return turn.quoted(text, taken.start, taken.end) if taken else ""


def listens(state: CallState, text: str, meant: Meant) -> bool:
    """Whether the turn lets a customer go on who has begun to tell and has more to tell. Who begins with "what can I do
    for you?" when they have begun by themselves was absent."""
    more = 0 < state.case.told < len(state.pack.vent) and not state.case.heard
    asks_on = meant.open_question and state.memory.turn > 0
    return more and (asks_on or bool(_INVITES.search(normal(text))))


def _delivery(state: CallState, utterance: Utterance, voice: Tone) -> Iterator[Finding]:
    """How and when it was said."""
    floor = state.floor
    if voice.raised > RAISED_BOUND:
        yield Finding("raised_voice", ", ".join(voice.reasons), voice.raised)
    if state.by_keyboard:
        return
    late = turns.slow_seconds(floor, utterance.start)
    if late > 0:
        yield Finding("slow_answer", f"{late + turns.SLOW_ANSWER_SECONDS:.1f} s of silence", late)
    if floor.granted_for and floor.answered_after >= KEPT_FROM_SECONDS:
        yield Finding("promise_kept", f"{floor.answered_after:.0f} s of {floor.granted_seconds:.0f} s")
    if turns.cut_off(floor, utterance.overlap_seconds):
        lost = f'"{floor.unheard}" was not heard' if floor.unheard else f"{utterance.overlap_seconds:.1f} s at once"
        yield Finding("cut_off", lost)


def _too_much(state: CallState, text: str, behaviours: Sequence[Behaviour]) -> Iterator[Finding]:
    """Good things done once too often, or for too long."""
    shown = {one.id: one.evidence for one in behaviours}
    used = state.memory.used
    if "name_use" in shown and used.get("name_use", 0) >= NAMES_ENOUGH:
        yield Finding("name_overuse", f"{used['name_use'] + 1} times")
    if "apology" in shown:
        runs = _apology_seconds(text)
        if runs > APOLOGY_SECONDS:
            yield Finding("apology_runs_on", f"{runs:.0f} s of apology")
        if used.get("apology", 0) >= APOLOGIES_ENOUGH and not shown.keys() & SOLVING:
            yield Finding("apology_again", shown["apology"])
    repeated = [one for one in sentences(text) if one in state.memory.trainee]
    if repeated:
        yield Finding("parroting", quote(repeated[0]))


def _left_out(
    state: CallState, text: str, behaviours: Sequence[Behaviour], meant: Meant, *, noticed: bool
) -> Finding | None:
    """The one thing a turn passed over that weighs most: what they went through before a way out, an answer, or a
    feeling that two turns running hold nothing for."""
    memory, case = state.memory, state.case
    if len(text.split()) < BESIDE_MIN_WORDS:
        return None
    shown = {one.id: one.evidence for one in behaviours}
    solving = shown.keys() & SOLVING
    if solving and not noticed and memory.turn > 0 and state.pack.hear_first and not may_solve(case):
        return Finding("too_soon", shown[min(solving)], HALF_HEARD if case.asked else 1.0)
    beside = _beside_the_point(state, text, frozenset(shown), meant)
    if beside and not noticed:
        return Finding("beside_the_point", quote(text), beside)
    only_opens = memory.turn == 0 and bool(shown) and shown.keys() <= _OPENING | {"help_offer", "clarify"}
    listening = only_opens or meant.open_question or bool(_INVITES.search(normal(text)))
    raw = not case.acknowledged or (state.mood.band in HOT and not solving)
    told = memory.emotional and bool(heard_line(state)) and not memory.noticed
    if told and raw and not noticed and not listening:
        return Finding("no_acknowledgement", quote(text), HALF_HEARD if case.acknowledged else 1.0)
    return None


def _beside_the_point(state: CallState, text: str, ids: frozenset[str], meant: Meant) -> float:
    """1 where the customer asked something, or told of a feeling, and the turn holds nothing of any use; `IDLE_WORDS`
    where they are angry and it holds nothing either; else 0."""
    memory, heard = state.memory, heard_line(state)
    answers = (
        meant.time
        or ids & EFFECTS.keys() - _OPENING
        or ("own_name" in ids and wants_a_name(heard))
        or meant.asks
        or meant.offers
        or meant.question
        or meant.open_question
        or meant.check
        or (meant.anything_else and (state.case.met or state.case.agreed))
        or memory.last_act.kind == "look_up"
        or _LISTENS.search(normal(text))
        or _INVITES.search(normal(text))
        or _NARRATES.search(normal(text))
        or takes_up(text, heard)
    )
    if memory.turn == 0 or not heard or answers:
        return 0.0
    if memory.emotional or heard.endswith("?"):
        return 1.0
    return IDLE_WORDS if state.mood.band in HOT else 0.0


def _apology_seconds(text: str) -> float:
    """How long the trainee goes on apologising, at unhurried speech: the longest run of sentences that apologise, each
    as far as the clause of its last apology, s. A question only begs pardon for itself."""
    longest = run = 0
    for sentence, mark in re.findall(r"([^.!?;]+)([.!?;]*)", text):
        found = [] if "?" in mark else list(_APOLOGY_WORDS.finditer(sentence))
        words = 0
        if found:
            words = len(sentence[: next(end for _, end in split(sentence) if end >= found[-1].end())].split())
        if len(found) == 1:  # recognised speech has no full stops: one apology does not fill all that follows
            words = min(words, APOLOGY_WORDS_EACH)
        run = run + words if found else 0
        longest = max(longest, run)
    return longest / turns.WORDS_PER_SECOND
