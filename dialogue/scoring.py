"""What a debrief needs from a call's events: turning points, what went well, what to say instead, what was left open.

Pure functions over a list of events, whole or cut off. Screens and reports only lay out what these return.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogue.events import Appraisal, CallEnded, Event, LedgerRow, Mood, MoodChanged, Reply, TraineeAction, Utterance
from dialogue.persona import Pack

TURNING_POINTS = 4
LEAST_POINTS = 2.0
"""Anger points: a turn that did less is no turning point."""


@dataclass(frozen=True, slots=True)
class TurnScore:
    """One turn of the trainee and what it did."""

    turn: int
    t: float
    said: str
    answered: str
    """The customer's line to it."""
    delta: float
    """Anger points by its own causes, relaxation left out."""
    anger: float
    rows: tuple[LedgerRow, ...]
    """Its causes, the weightiest first."""
    raised: float
    """0..1, how far the voice stood above its baseline."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a cause does to a customer, and what to say instead ("" where the cause is a good one)."""

    why: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    outcome: str
    """"" when the record ends before the call does."""
    seconds: float
    anger_start: float
    anger_end: float
    anger_peak: float
    trust_start: float
    trust_end: float
    turns: tuple[TurnScore, ...]
    turning_points: tuple[TurnScore, ...]
    """Those that moved the call most, in order of time."""
    went_well: tuple[LedgerRow, ...]
    """The strongest good causes, one of each kind."""
    instead: tuple[tuple[TurnScore, LedgerRow, Advice], ...]
    """Where it hurt, by what, and what would have done better; in order of time."""
    notes: tuple[str, ...]
    """What the pack's author points out for this call."""
    met: tuple[str, ...]
    open: tuple[str, ...]
    """Titles of the needs that were met and left open."""
    silences: int
    """How often the customer had to ask into a silence."""
    holds: int


ADVICE: Mapping[str, Advice] = {
    "rude": Advice(
        "Contempt ends the conversation, whatever comes after it.", "I hear you. Let me see what I can do about it."
    ),
    "blaming": Advice(
        "Whoever is blamed defends themselves instead of helping you.",
        "That can happen to anyone. Let's see what we need now.",
    ),
    "calm_down": Advice(
        "Being told how to feel is one more thing done to them.",
        "You have every reason to be upset. Let me take this on.",
    ),
    "arguing": Advice(
        "Nobody has to be proved wrong for the problem to be solved.",
        "What I can see here is this. Let's compare it with yours.",
    ),
    "policy": Advice("A rule without a way on is a closed door.", "I can't do that one, but here is what I can do."),
    "dont_know": Advice(
        "A gap is fine; a gap with nothing after it is a stop sign.",
        "Good question. Let me find out and ring you back by four.",
    ),
    "rush": Advice(
        "Asking for data first says that the form matters more than they do.",
        "That sounds awful. So that I can help, may I have your number?",
    ),
    "know_how_feel": Advice(
        "Their experience is theirs; a claim to share it sounds like a contest.", "I can imagine that was hard."
    ),
    "non_apology": Advice("'If' and 'but' take an apology back.", "I'm sorry that this happened to you."),
    "hold_demand": Advice(
        "On hold without being asked means being put away.", "May I put you on hold for a minute to look that up?"
    ),
    "wrong_name": Advice(
        "A wrong name says that you are not looking.", "I beg your pardon. Mrs Whitlock, I have it right now."
    ),
    "empty_promise": Advice(
        "They have been promised things before; only what you can keep counts.",
        "I can't promise that. What I can promise is a call at nine.",
    ),
    "conduct_warning": Advice(
        "A warning without cause is a threat.", "I'd like to help you, and I can do it best if we go step by step."
    ),
    "promise_broken": Advice(
        "A time that is not kept costs more than no time at all.",
        "This takes longer than I thought. May I have two more minutes?",
    ),
    "hold_unannounced": Advice(
        "Sudden music sounds like being cut off.", "May I put you on hold for a minute? I'm checking your order."
    ),
    "hold_too_long": Advice(
        "Holding is waiting without knowing for what.", "I'm still on it. Shall I ring you back in ten minutes?"
    ),
    "dead_air": Advice("On the telephone silence means nobody is there.", "I'm reading your file, one moment."),
    "slow_answer": Advice("A long gap sounds unsure.", "Let me think about that for a second."),
    "cut_off": Advice("Whoever is cut off starts again, louder.", "Sorry, please go on, I want to hear all of it."),
    "too_soon": Advice(
        "A solution before they were heard sounds like getting rid of them.", "Before we fix it: tell me what happened."
    ),
    "no_acknowledgement": Advice(
        "Facts alone, after a feeling, sound as if it did not count.",
        "That must have been hard. Let me look at what we can do.",
    ),
    "beside_the_point": Advice(
        "They asked something, and this was no answer to it.", "You asked when it arrives. Let me look."
    ),
    "apology_runs_on": Advice(
        "After a few seconds an apology is about you.", "I'm sorry. Here is what I'm doing about it."
    ),
    "apology_again": Advice("The third apology without a step is only a word.", "Let me tell you what happens next."),
    "parroting": Advice("A sentence that comes twice sounds read.", "Let me put that in other words."),
    "name_overuse": Advice("A name in every sentence sounds trained.", "Use it two to four times in a call."),
    "raised_voice": Advice(
        "A raised voice takes the good out of good words.", "Breathe out, lower the voice, and say it again slower."
    ),
    "goodbye_too_soon": Advice(
        "Closing while something is open feels like being shown the door.",
        "Before we close: is there anything still open for you?",
    ),
}


def debrief(events: Sequence[Event], pack: Pack) -> Debrief:
    """Everything a debrief shows. A record that was cut off is scored as far as it goes."""
    moods = [event for event in events if isinstance(event, MoodChanged)]
    feelings = [event.mood for event in moods] or [_blank()]
    rows = [row for event in moods for row in event.because if row.kind == "impulse"]
    scores = turns(events)
    ended = next((event for event in events if isinstance(event, CallEnded)), None)
    met = {row.cause.removeprefix("need:") for row in rows if row.cause.startswith("need:")}
    acts = [event.act for event in events if isinstance(event, Reply)]
    decisive = sorted((one for one in scores if abs(one.delta) >= LEAST_POINTS), key=lambda one: -abs(one.delta))
    return Debrief(
        outcome=ended.outcome if ended else "",
        seconds=max((event.t for event in events), default=0.0),
        anger_start=feelings[0].anger,
        anger_end=feelings[-1].anger,
        anger_peak=max(mood.anger for mood in feelings),
        trust_start=feelings[0].trust,
        trust_end=feelings[-1].trust,
        turns=scores,
        turning_points=tuple(sorted(decisive[:TURNING_POINTS], key=lambda one: one.turn)),
        went_well=_best_of_each(rows),
        instead=tuple((one, row, ADVICE[row.cause]) for one in scores for row in one.rows if _hurt(row)),
        notes=notes(pack, reached(events, pack)),
        met=tuple(need.title for need in pack.settlement if need.id in met),
        open=tuple(need.title for need in pack.settlement if need.id not in met),
        silences=acts.count("are_you_there"),
        holds=sum(isinstance(event, TraineeAction) and event.action == "hold" for event in events),
    )


def turns(events: Sequence[Event]) -> tuple[TurnScore, ...]:
    """The trainee's turns by the session's own count: empty and misheard utterances do not shift them."""
    found: list[TurnScore] = []
    said, appraisal = "", None
    for index, event in enumerate(events):
        match event:
            case Utterance(text=text):
                said = text
            case Appraisal():
                appraisal = event
            case MoodChanged(turn=int(number)) if appraisal is not None and appraisal.turn == number:
                felt = [row for row in event.because if row.kind != "relaxation"]
                impulses = sorted((row for row in felt if row.kind == "impulse"), key=lambda row: -abs(row.delta))
                delta = sum(row.delta for row in felt)
                anger, answer = event.mood.anger, _answer(events, index)
                found.append(TurnScore(number, event.t, said, answer, delta, anger, tuple(impulses), appraisal.raised))
            case _:
                pass
    return tuple(found)


def reached(events: Sequence[Event], pack: Pack) -> frozenset[str]:
    """Ids of the facts told, needs met and curveballs handled."""
    ids: set[str] = set()
    for event in events:
        match event:
            case Reply(act=act) if act.split(":")[0] in {"answer", "again"}:
                ids.add(act.partition(":")[2])
            case MoodChanged(because=because):
                for row in because:
                    kind, _, name = row.cause.partition(":")
                    if kind == "need" or (kind == "curveball" and row.delta < 0):
                        ids.add(name)
            case _:
                pass
    for need in pack.settlement:
        if need.id in ids:
            ids |= {*need.facts, *need.tells}
    for fact in pack.facts:
        if fact.id in ids:
            ids |= set(fact.reveals)
    return frozenset(ids)


def notes(pack: Pack, ids: frozenset[str]) -> tuple[str, ...]:
    """The author's remarks that hold for what was reached."""
    return tuple(
        note.text for note in pack.debrief if (note.met and note.met in ids) or (note.missed and note.missed not in ids)
    )


def _answer(events: Sequence[Event], index: int) -> str:
    """The customer's line between this turn and the next."""
    for event in events[index:]:
        if isinstance(event, Reply):
            return event.text
        if isinstance(event, Utterance):
            break
    return ""


def _best_of_each(rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    best: dict[str, LedgerRow] = {}
    for row in rows:
        if row.delta < best.get(row.cause, row).delta or (row.delta < 0 and row.cause not in best):
            best[row.cause] = row
    return tuple(sorted(best.values(), key=lambda row: row.delta)[:6])


def _hurt(row: LedgerRow) -> bool:
    return row.delta > 0 and row.cause in ADVICE


def _blank() -> Mood:
    return Mood(0.0, 0.0, 0.0, "calm", 0.0, 60.0)
