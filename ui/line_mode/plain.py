"""The call as lines of text: for screen readers, pipes and terminals that cannot do more. Everything a screen shows.

A sink: give it events in order. One fact a line, who speaks first, numbers with their words; nothing is overwritten.
"""

from collections.abc import Callable, Iterator, Sequence

from dialogue.events import (
    AudioProblem,
    CallEnded,
    CallStarted,
    Cue,
    Event,
    MoodChanged,
    PhaseChanged,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    Steered,
    TraineeAction,
    Utterance,
)
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import CallView, is_test
from ui.debrief.annotated_transcript import transcript
from ui.debrief.next_steps import by_command
from ui.debrief.retry_comparison import futures
from ui.debrief.review import review
from ui.debrief.wording import (
    causes,
    change_in_words,
    corrected,
    evidence,
    figures,
    first_name,
    headline,
    ledger_lines,
    moved,
    outcome_text,
    sections,
    signed,
    worth_telling,
)

LEDGER_WIDTH = 110
"""Columns of the ledger's lines."""
LEAST_TOLD = 0.5
"""Anger points: smaller causes are in the debrief's ledger."""


class PlainSink:
    """Writes each event as readable lines through `write` (one line a call, without its end)."""

    def __init__(self, pack: Pack, write: Callable[[str], None] = print, *, echo_typed: bool = False) -> None:
        """`echo_typed`: also write turns that were typed; not in a terminal, where they stand already."""
        self._pack = pack
        self._write = write
        self._echo_typed = echo_typed
        self.view = CallView()
        self._shown = 0
        self._phase = ""
        self._hint: str | None = None
        """What to try after a line that is still to sound; None while none waits."""
        self.captions = True
        """Whether what the customer says is written."""

    def __call__(self, event: Event) -> None:
        self.view.read(event)
        for line in self._lines(event):
            self._write(line)

    def _lines(self, event: Event) -> Iterator[str]:
        yield from self._customer_lines()
        match event:
            case CallStarted():
                yield strings.PLAIN_STARTED.format(name=self._pack.customer.name, title=self._pack.title)
            case Utterance(text=text, source=source):
                if text and (source == "voice" or self._echo_typed):  # a cough has no words
                    yield f"{strings.YOU}: {text}"
                if text and self.view.your_voice:
                    yield strings.PLAIN_YOUR_VOICE.format(voice=self.view.your_voice)
            case PlaybackFinished(interrupted=True, heard_text=heard):
                name = self._pack.customer.first_name
                sentence = strings.PLAIN_CUT_OFF if heard else strings.PLAIN_CUT_OFF_AT_ONCE
                yield sentence.format(name=name, heard=heard)
            case MoodChanged():
                yield from self._mood(event)
            case PhaseChanged(phase=phase) if phase not in (self._phase, "ended"):
                self._phase = phase
                yield strings.PLAIN_PHASE.format(phase=strings.PHASES[phase])
            case Cue(text=text):
                yield from self._hinted(text)
            case TraineeAction(action=action):
                yield strings.PLAIN_ACTION[action]
            case AudioProblem(text=text):
                yield strings.PLAIN_PROBLEM.format(text=text)
            case Steered(step=step, text=text) if step in strings.STEERED:
                yield strings.STEERED[step].format(text=text)
            case CallEnded(outcome=outcome):
                yield strings.PLAIN_ENDED.format(outcome=strings.OUTCOMES[outcome])
            case Reply():
                self._hint = self._hint or ""
            case PlaybackStarted():
                pass

    def _hinted(self, text: str) -> Iterator[str]:
        """A hint stands below the line that it is about: whoever hears it read out has to know that first."""
        if self._hint is not None:
            self._hint = text
        elif text:
            yield strings.PLAIN_CUE.format(text=text)

    def _customer_lines(self) -> Iterator[str]:
        """The customer's lines as they begin to sound; what was typed or said is written by its own event."""
        for line in self.view.lines[self._shown :]:
            if line.who == "customer":
                yield f"{self._pack.customer.first_name}: {line.text if self.captions else strings.CAPTIONS_OFF}"
                if hint := self._hint:
                    yield strings.PLAIN_CUE.format(text=hint)
                self._hint = None
        self._shown = len(self.view.lines)

    def _mood(self, event: MoodChanged) -> Iterator[str]:
        mood = event.mood
        felt = [row for row in event.because if row.kind != "relaxation"]
        told = [row for row in felt if worth_telling(row, LEAST_TOLD)]
        first = len(self.view.moods) == 1
        crossed = not first and self.view.moods[-2].band != mood.band
        if not (told or first or crossed):
            return
        moved = sum(row.delta for row in felt)
        yield strings.PLAIN_ANGER.format(anger=mood.anger, band=strings.BANDS[mood.band], change=change_in_words(moved))
        if self.view.started and is_test(self.view.started):
            return  # why is for the debrief
        for row in told:
            shown = evidence(row)
            yield strings.PLAIN_CAUSE.format(
                delta=row.delta,
                cause=strings.cause(row.cause, row.title),
                evidence=strings.PLAIN_EVIDENCE.format(evidence=shown) if shown else "",
            )


def debrief_lines(
    events: Sequence[Event],
    pack: Pack | None,
    own_notes: str = "",
    *,
    with_transcript: bool = True,
    named: str | None = None,
) -> Iterator[str]:
    """The debrief as lines: the same facts as the screen, in the same order. `own_notes`: the trainee's.
    `with_transcript`: also the call itself, with its notes; who has just had it on the screen needs it no more.
    `named`: what names the call in a command, "" for the newest; None where it is kept nowhere."""
    call = review(events, pack)
    yield headline(call)
    for line in (outcome_text(call, pack), figures(call), *corrected(events)):
        if line:
            yield line
    if both := futures(events):
        yield ""
        yield f"{both.title}:"
        yield from (f"  {line}" for line in both.lines)
    for title, moments, none in (
        (strings.DEBRIEF_TURNING, call.turning, ""),
        (strings.DEBRIEF_INSTEAD, call.instead, "" if call.silent else strings.DEBRIEF_NO_INSTEAD),
        (strings.DEBRIEF_WELL, call.well, "" if call.silent else strings.DEBRIEF_NO_WELL),
    ):
        if moments or none:
            yield ""
            yield f"{title}:"
        if not moments and none:
            yield f"  {none}"
        for moment in moments:
            what = "  ".join(filter(None, (moved(moment, signed), causes(moment))))
            yield strings.PLAIN_MOMENT.format(time=strings.clock(moment.t), causes=what)
            if moment.said and moments is not call.turning:
                yield strings.PLAIN_SAID.format(said=moment.said)
            if moment.advice and moments is call.instead:
                yield strings.PLAIN_TRY.format(advice=moment.advice, why=moment.why)
    if steps := tuple(by_command(events, call, named)):
        yield ""
        yield f"{strings.DEBRIEF_NEXT}:"
        yield from (f"  {step}" for step in steps)
    for title, told in sections(events, call, pack, own_notes, signed):
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in told)
    if with_transcript and (lines := tuple(transcript(events, call, first_name(pack), signed))):
        yield ""
        yield f"{strings.DEBRIEF_TRANSCRIPT}:"
        for _, time, line in lines:
            yield strings.NOTED_LINE.format(time=time, line=line)
    if call.rows:
        yield ""
        yield f"{strings.DEBRIEF_LEDGER}:"
        for _, line in ledger_lines(call.rows, call.start, LEDGER_WIDTH):
            yield strings.PLAIN_LEDGER.format(line=line)
