"""Who has the floor: speech, silence, holds and interruptions, as pure steps from one `Floor` to the next.

Silence belongs to the trainee from the moment the customer's line is over. In a call by keyboard nobody is punished for
typing slowly: the customer asks only after a long while, and it costs nothing.
"""

from dataclasses import dataclass, replace

from dialogue.persona import Pack, Tuning
from dialogue.state import Floor, Hold

WORDS_PER_SECOND = 2.5
"""Unhurried speech, 150 words a minute."""
LINE_GRACE_SECONDS = 8.0
"""How much longer than that a line may take before it counts as over although the mouth reported nothing."""
KEYBOARD_PATIENCE_SECONDS = 60.0
OPENING_PATIENCE_SECONDS = 4.0
"""Silence after the call connects, before the customer starts by themselves."""
SLOW_ANSWER_SECONDS = 3.0
"""A gap this long is heard as a gap; people leave about 0.2 s, and a considered answer takes one or two."""
SLOW_ANSWER_MOST = 3.0
"""Seconds beyond that bound that count: then dead air takes over."""
PROMPTS_BEFORE_HANGING_UP = 3
UNSTATED_HOLD_SECONDS = 45.0
"""After which a hold of no stated length annoys, and every so often again."""
PROMISE_GRACE_SECONDS = 10.0
PROMISE_GRACE_SHARE = 0.25
"""A stated time may run over by this much before it counts as broken."""
START_TOGETHER_SECONDS = 0.8
"""Whoever begins so soon after the customer did not talk over them: both began at once. Saying a word takes 0.6 s from
the decision to say it (Levinson and Torreira, "Timing in turn-taking", 2015), the customer's sound takes 0.1 s to the
ear, and the trainee's is noticed 0.1 s late."""
OVERLAP_BOUND_SECONDS = 0.6
"""Overlap shorter than this happens in every smooth conversation."""
UNHEARD_WORDS = 3
"""A line that began and lost fewer words than this was not really cut off: it is neither charged nor said again."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that time itself brings."""

    t: float
    kind: str


def due(floor: Floor, pack: Pack, tuning: Tuning, *, by_keyboard: bool, first: bool) -> Due | None:
    """The next thing that silence or a hold brings, and when."""
    if floor.hold:
        return Due(_hold_limit(floor.hold), "hold_overdue")
    if floor.trainee_speaking:
        return None
    if floor.line is not None:
        return Due(floor.line_until, "line_over")
    if floor.silent_since is None:
        return None
    return Due(floor.silent_since + patience(floor, pack, tuning, by_keyboard=by_keyboard, first=first), "dead_air")


def patience(floor: Floor, pack: Pack, tuning: Tuning, *, by_keyboard: bool, first: bool) -> float:
    """Seconds of silence that this customer bears now."""
    if by_keyboard:
        return KEYBOARD_PATIENCE_SECONDS
    own = OPENING_PATIENCE_SECONDS if first else pack.mood.patience_seconds
    return own * tuning.patience + floor.granted_seconds


def trainee_starts(floor: Floor, t: float) -> Floor:
    waited = t - floor.silent_since if floor.silent_since is not None else 0.0
    over_them = floor.playing_since is not None and t - floor.playing_since >= START_TOGETHER_SECONDS
    return replace(
        floor,
        silent_since=None,
        trainee_speaking=True,
        answered_after=waited if not floor.trainee_speaking else floor.answered_after,
        talked_over=floor.talked_over or over_them,
    )


def trainee_done(floor: Floor, t: float) -> Floor:
    """The turn is over; until the customer answers nobody owes words but the customer."""
    return replace(
        floor,
        trainee_speaking=False,
        silent_since=t,
        prompts=0,
        granted_seconds=0.0,
        granted_for="",
        answered_after=0.0,
        talked_over=False,
        unheard="",
    )


def line_given(floor: Floor, t: float, line: int, text: str) -> Floor:
    """The customer is about to say `text`; a line already in the mouth comes first."""
    begin = max(t, floor.line_until) if floor.line is not None else t
    until = begin + len(text.split()) / WORDS_PER_SECOND + LINE_GRACE_SECONDS
    return replace(floor, line=line, line_until=until, silent_since=None)


def line_started(floor: Floor, t: float, text: str) -> Floor:
    until = max(floor.line_until, t + len(text.split()) / WORDS_PER_SECOND + LINE_GRACE_SECONDS)
    return replace(floor, playing_since=t, line_until=until)


def line_finished(floor: Floor, t: float, line: int, *, unheard: str = "") -> Floor:
    """A line ended; the last one passes the floor to the trainee."""
    if floor.line is None or line < floor.line:
        return replace(floor, playing_since=None)
    silent = None if floor.trainee_speaking else t
    return replace(floor, line=None, playing_since=None, silent_since=silent, unheard=unheard)


def granted(floor: Floor, seconds: float, words: str = "") -> Floor:
    """The trainee said that they are busy: the customer bears that much more silence. `words`: those that stated how
    much it is; "" where none did."""
    return replace(floor, granted_seconds=seconds, granted_for=words)


def put_on_hold(floor: Floor, hold: Hold) -> Floor:
    return replace(
        floor,
        hold=hold,
        line=None,
        playing_since=None,
        silent_since=None,
        granted_seconds=0.0,
        granted_for="",
        unheard="",  # what the music covered is told again or not; nobody was talked over
        talked_over=False,
    )


def hold_cost(floor: Floor) -> Floor:
    assert floor.hold
    return replace(floor, hold=replace(floor.hold, costs=floor.hold.costs + 1))


def back_from_hold(floor: Floor, t: float) -> Floor:
    return replace(floor, hold=None, silent_since=t, trainee_speaking=False, prompts=0)


def slow_seconds(floor: Floor, start: float) -> float:
    """How many seconds too late the trainee's turn began; 0 when that was announced or complained about before."""
    if floor.prompts or floor.granted_seconds:
        return 0.0
    waited = floor.answered_after
    if not floor.trainee_speaking and floor.silent_since is not None:
        waited = start - floor.silent_since
    return min(max(waited - SLOW_ANSWER_SECONDS, 0.0), SLOW_ANSWER_MOST)


def cut_off(floor: Floor, overlap_seconds: float) -> bool:
    """Whether the trainee took the floor from the customer in mid-line. A line that was stopped before it began to
    sound or just after, or one that began while the trainee was speaking, was not talked over."""
    return floor.talked_over and (bool(floor.unheard) or overlap_seconds >= OVERLAP_BOUND_SECONDS)


def not_sounded(text: str, heard: str) -> str:
    """The end of a line of which only `heard` sounded; "" where all of it did."""
    words, sounded = text.split(), heard.split()
    begins = range(len(words) - len(sounded) + 1)  # not with the first word where the opener was left out
    begin = next((n for n in begins if words[n : n + len(sounded)] == sounded), 0)
    end = begin + len(sounded)
    return "".join(text.split(None, end)[end:])


def unheard_part(text: str, heard: str) -> str:
    """What is lost of a line of which only `heard` sounded; "" where so little is left that nothing was.

    A line of which nothing sounded is lost however short it is.
    """
    left = not_sounded(text, heard)
    return left if len(left.split()) >= UNHEARD_WORDS or not heard.split() else ""


def _hold_limit(hold: Hold) -> float:
    own = hold.stated_seconds * (1 + PROMISE_GRACE_SHARE) + PROMISE_GRACE_SECONDS if hold.stated_seconds else 0.0
    return hold.since + (own or UNSTATED_HOLD_SECONDS) + hold.costs * UNSTATED_HOLD_SECONDS
