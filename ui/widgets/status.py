"""The status line: who may speak, the trainee's level, their last turn against their baseline, problems."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from ui import strings
from ui.calls.call_view import CallView
from ui.calls.ports import Meter
from ui.widgets.level import LevelMeter
from ui.widgets.text import Note, Steady


class StatusLine(Horizontal):
    def __init__(self, customer: str, baseline_dbfs: float | None, *, id: str) -> None:
        """`customer`: the first name."""
        super().__init__(id=id)
        self._customer, self._baseline_dbfs = customer, baseline_dbfs

    def compose(self) -> ComposeResult:
        yield Steady("", id="state", markup=False)
        yield LevelMeter(self._baseline_dbfs, id="level")
        yield Steady("", id="yours", markup=False)
        yield Note("", id="note", markup=False)

    def show(self, view: CallView, meter: Meter, now: float, note: str) -> None:
        """`now`: call time, s. `note`: a sentence about the sound."""
        state, doing = self.query_one("#state", Steady), self._state(view, meter, now)
        state.show(strings.RECORDED_STATE.format(state=doing) if view.recorded and not view.ended else doing)
        state.set_class(bool(view.not_heard), "-away")
        state.set_class(doing in (strings.YOUR_TURN, strings.YOU_SPEAK), "-yours")
        self.query_one(LevelMeter).show(-120.0 if view.muted else meter.level_dbfs)
        self.query_one("#yours", Steady).show(view.your_voice)
        self.query_one("#note", Note).show(note)

    def _state(self, view: CallView, meter: Meter, now: float) -> str:
        if view.ended:
            return strings.PHASES["ended"].capitalize()
        if view.paused:
            return strings.PAUSED
        if view.hold_since is not None:
            return strings.ON_HOLD.format(time=strings.clock(now - view.hold_since))
        if view.muted:
            return strings.MUTED
        if meter.customer_speaking:
            return strings.CUSTOMER_SPEAKS.format(name=self._customer)
        if meter.speaking:
            return strings.YOU_SPEAK
        said = next((line.who for line in reversed(view.lines) if line.who != "aside"), "customer")
        return strings.YOUR_TURN if said == "customer" else strings.CUSTOMER_LISTENS.format(name=self._customer)
