"""Draws a call from its view. Knows neither the call nor its keys."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from dialogue.events import CallStarted
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import CallView, is_test
from ui.calls.ports import Meter
from ui.widgets.curve import AngerCurve
from ui.widgets.desk import DeskPanel
from ui.widgets.gauge import AngerGauge
from ui.widgets.reasons import Reasons
from ui.widgets.side import Side
from ui.widgets.status import StatusLine
from ui.widgets.text import Steady
from ui.widgets.transcript import Transcript


class CallBoard(Vertical):
    def __init__(self, pack: Pack, started: CallStarted, side: Side, *, captions: bool, why: bool = True) -> None:
        """`captions`: show what the customer says; `why`: show what moved the anger."""
        super().__init__(id="board")
        self._pack, self._started, self._side = pack, started, side
        self._captions, self._why = captions, why

    def compose(self) -> ComposeResult:
        customer, baseline = self._pack.customer, self._started.baseline
        with Horizontal(id="top"):
            yield Static(f"{customer.name} · {self._pack.title}", id="who", markup=False)
            yield Steady("", id="phase", markup=False)
            yield Steady("", id="time")
        with Horizontal(id="stage"):
            yield Transcript(customer.first_name, captions=self._captions, id="transcript")
            yield self._side
        yield Steady("", id="cue", markup=False)
        yield Input(placeholder=strings.SPEAK_HINT, id="say")
        yield StatusLine(customer.first_name, baseline.loudness_dbfs if baseline else None, id="status")

    def on_mount(self) -> None:
        if not self._why:
            self.query_one(Reasons).none = strings.WHY_IN_TEST

    async def show_events(self, view: CallView, now: float) -> None:
        """Draw what changes with events. `now`: call time, s."""
        self.query_one(Reasons).show(view.reasons if self._why else ())
        if view.mood:
            self.query_one(AngerGauge).show(view.anger_at(now) or 0.0, view.mood.band, view.last_delta)
        await self.query_one(Transcript).show(view)  # last: mounting waits

    def show_moving(self, view: CallView, meter: Meter, now: float, note: str, *, may_leave: bool) -> None:
        """Draw what moves by itself; called many times a second. `note`: a sentence about the sound."""
        self.query_one("#time", Steady).show(strings.clock(now))
        self.query_one("#phase", Steady).show(self._phase(view))
        self.query_one(StatusLine).show(view, meter, now, note)
        self._show_cue(view, may_leave)
        self.query_one(DeskPanel).poll()
        anger = view.anger_at(now)
        if view.mood and anger is not None:
            self.query_one(AngerGauge).show(anger, view.mood.band, view.last_delta)
            self.query_one("#curve", AngerCurve).follow(view.moods, view.anger_at, now)

    def _phase(self, view: CallView) -> str:
        phase = strings.PHASES[view.phase]
        if not self.screen.has_class("-wide") or view.phase not in strings.PHASE_PATH:
            return phase
        step = strings.PHASE_PATH.index(view.phase) + 1
        return strings.PHASE_STEP.format(phase=phase, step=step, steps=len(strings.PHASE_PATH))

    def _show_cue(self, view: CallView, may_leave: bool) -> None:
        cue = self.query_one("#cue", Steady)
        if view.ended:
            text = strings.CALL_OVER.format(
                shape=strings.OUTCOME_SHAPES[view.ended.outcome], outcome=strings.OUTCOMES[view.ended.outcome]
            )
            cue.show(f"{text} {strings.CALL_OVER_KEY}" if may_leave else text)
        elif view.cue:
            cue.show(f"{strings.CUE_MARK} {view.cue.text}")
        elif all(line.who == "aside" for line in view.lines):
            cue.show("" if view.you_speak else strings.GREET_THEM)
        else:
            cue.show(strings.NO_CUES_IN_TEST if is_test(self._started) else "")
        cue.set_class(bool(view.cue or view.ended), "-says")
        cue.set_class(bool(view.ended), "-over")
