"""The state of a call as screens show it, folded from its events. No Textual here: the line mode uses it too."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Literal

from dialogue.events import (
    Appraisal,
    AudioProblem,
    CallEnded,
    CallStarted,
    Cue,
    Event,
    LedgerRow,
    Mood,
    MoodChanged,
    Partial,
    Phase,
    PhaseChanged,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SpeechStarted,
    Steered,
    TraineeAction,
    Utterance,
)
from dialogue.mood import at
from dialogue.turns import not_sounded
from ui import strings
from ui.calls.voice_measures import in_words

REASONS_KEPT = 40
RECORDED = "recorded"
"""In `CallStarted.settings`: "on" where the sound is kept."""


def is_test(started: CallStarted) -> bool:
    """Whether nothing coaches the trainee before the end: no cues, and not why the anger moves."""
    return started.settings.get("cues") == "off"


@dataclass(slots=True)
class TranscriptLine:
    """One line of the transcript."""

    who: Literal["customer", "you", "aside"]
    """An aside is a remark by the program."""
    text: str
    t: float
    number: int
    """The reply's id, or the number of the trainee's turn; 0 for one that was not judged."""
    delta: float | None = None
    """The change of anger by this turn of the trainee; None until judged."""
    unheard: str = ""
    """The end of the customer's text that was never played."""


@dataclass(slots=True)
class CallView:
    """Read every event in order; then look at the fields."""

    started: CallStarted | None = None
    lines: list[TranscriptLine] = field(default_factory=list)
    partial: str = ""
    you_speak: bool = False
    customer_speaks: bool = False
    moods: list[Mood] = field(default_factory=list)
    """In time order; the last one holds now."""
    reasons: list[LedgerRow] = field(default_factory=list)
    """Ledger rows except relaxation, newest last. Those of one moment add up to its change."""
    last_delta: float = 0.0
    """The newest change of anger that was not just relaxation, in points."""
    cue: Cue | None = None
    phase: Phase = "greeting"
    your_voice: str = ""
    """The trainee's last spoken turn compared with their baseline, in numbers."""
    muted: bool = False
    paused: bool = False
    """The trainer of a class has paused the call."""
    hold_since: float | None = None
    lost: str = ""
    """What is wrong with the sound, from a loss until it is back."""
    notice: str = ""
    """A passing trouble with the sound, or that it is back; until the trainee's next turn."""
    ended: CallEnded | None = None
    t: float = 0.0
    """Time of the newest event, s."""
    _waiting: list[Reply] = field(default_factory=list)
    _baseline: Prosody | None = None
    """The baseline given, else the trainee's first turn; the session does the same."""

    @classmethod
    def of(cls, events: Iterable[Event]) -> "CallView":
        """The view after all these events."""
        view = cls()
        for event in events:
            view.read(event)
        return view

    @property
    def recorded(self) -> bool:
        """Whether its sound is being recorded."""
        return self.started is not None and self.started.settings.get(RECORDED) == "on"

    @property
    def not_heard(self) -> str:
        """A sentence for a trainee who speaks while the customer cannot hear them; "" when the customer can."""
        if self.paused:
            return strings.NOT_HEARD_PAUSED
        if self.hold_since is not None:
            return strings.NOT_HEARD_ON_HOLD
        return strings.NOT_HEARD_MUTED if self.muted else ""

    @property
    def problem(self) -> str:
        """One sentence about the sound, "" when all is well."""
        return self.notice or self.lost

    @property
    def mood(self) -> Mood | None:
        return self.moods[-1] if self.moods else None

    def anger_at(self, t: float) -> float | None:
        """Anger at `t`, 0..100, carried forward from the mood that held then; None before the first one."""
        held = None
        for mood in reversed(self.moods):
            held = mood
            if mood.t <= t:
                break
        return None if held is None else at(held, max(t, held.t))

    def read(self, event: Event) -> None:
        self.t = max(self.t, event.t)
        match event:
            case CallStarted():
                self.started = event
                self._baseline = event.baseline
            case SpeechStarted():
                self.you_speak = True
                self.partial = ""
            case Partial(text=text):
                self.partial = text
            case Utterance():
                self._show_waiting()
                self.you_speak = False
                self.partial = ""
                if event.text:  # a cough has no words
                    self.notice = ""
                    self.your_voice = in_words(event.prosody, self._baseline)
                    self._baseline = self._baseline or event.prosody
                    self.lines.append(TranscriptLine("you", event.text, event.t, 0))
            case Appraisal(turn=turn):
                mine = next((line for line in reversed(self.lines) if line.who == "you"), None)
                if mine is not None:
                    mine.number = turn
            case Reply():
                self._waiting.append(event)
            case PlaybackStarted(reply=reply):
                self._show_waiting(up_to=reply)
                self.customer_speaks = True
            case PlaybackFinished():
                self.customer_speaks = False
                if event.interrupted and not event.heard_text:  # if it had not begun, it never will
                    self._waiting = [reply for reply in self._waiting if reply.id != event.reply]
                self._mark_unheard(event)
            case MoodChanged():
                self._take_mood(event)
            case PhaseChanged(phase=phase):
                self.phase = phase
            case Cue():
                self.cue = event if event.id else None
            case TraineeAction(action=action, t=t):
                self._take_action(action, t)
            case AudioProblem(text=text, kind=kind):
                self.lost = text if kind == "lost" else "" if kind == "recovered" else self.lost
                self.notice = "" if kind == "lost" else text
            case Steered(step=step) if step in strings.STEERED:
                self.aside(strings.STEERED[step].format(text=event.text), event.t)
                self.paused = {"pause": True, "go_on": False}.get(step, self.paused)
            case CallEnded():
                self._show_waiting()
                self.ended = event
                self.partial = ""
                self.you_speak = self.customer_speaks = False
                self.hold_since = None
            case _:
                pass

    def ahead(self, facts: Sequence[Event]) -> "CallView":
        """A copy that also shows the lines in the provisional `facts`: captions must not lag behind the sound."""
        view = copy(self)
        view.lines, view._waiting = list(map(copy, self.lines)), list(self._waiting)
        for fact in facts:
            if isinstance(fact, (Utterance, Reply, PlaybackStarted)):
                view.read(fact)
        return view

    def aside(self, sentence: str, t: float) -> None:
        """Add a remark by the program at call time `t`, s."""
        self.lines.append(TranscriptLine("aside", sentence, t, 0))

    def _show_waiting(self, up_to: int | None = None) -> None:
        """Show replies whose playback started; one that never starts is shown with the trainee's next turn."""
        shown = [r for r in self._waiting if up_to is None or r.id <= up_to]
        self._waiting = [r for r in self._waiting if r not in shown]
        self.lines.extend(TranscriptLine("customer", r.text, r.t, r.id) for r in shown)

    def _mark_unheard(self, event: PlaybackFinished) -> None:
        for line in reversed(self.lines):
            if line.who == "customer" and line.number == event.reply:
                line.unheard = not_sounded(line.text, event.heard_text) if event.interrupted else ""
                return

    def _take_mood(self, event: MoodChanged) -> None:
        self.moods.append(event.mood)
        felt = [row for row in event.because if row.kind != "relaxation"]
        self.reasons.extend(felt)
        del self.reasons[:-REASONS_KEPT]
        if not felt:
            return
        self.last_delta = sum(row.delta for row in felt)
        if event.turn is None:
            return
        for line in reversed(self.lines):
            if line.who == "you" and line.number == event.turn:
                line.delta = self.last_delta
                return

    def _take_action(self, action: str, t: float) -> None:
        match action:
            case "mute":
                self.muted = True
            case "unmute":
                self.muted = False
            case "hold":
                self.hold_since = t
            case "resume":
                self.hold_since = None
            case _:
                pass
