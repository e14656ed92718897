"""The live call. Every event is read once; what moves by itself (level, time, anger) is polled 15 times a second."""

from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.clock import Clock
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Input, Static

from dialogue.events import Action, CallEnded, CallStarted, Event
from dialogue.persona import Pack
from ui import strings
from ui.call import Meter, Sink
from ui.callview import CallView
from ui.screens.confirm import Confirm
from ui.widgets.curve import AngerCurve
from ui.widgets.desk import DeskPanel
from ui.widgets.gauge import AngerGauge
from ui.widgets.level import LevelMeter
from ui.widgets.line import Steady
from ui.widgets.pacer import Pacer
from ui.widgets.reasons import Reasons
from ui.widgets.transcript import Transcript

POLLS_PER_SECOND = 15
WIDE_COLUMNS, TALL_ROWS = 100, 32
"""From here on the screen has room for more than the least."""

LETTERS = {
    "call.mute": "m",
    "call.hold": "h",
    "call.breathe": "b",
    "call.desk": "d",
    "call.hang_up": "x",
    "app.help": "question_mark",
}
"""Keymap in force unless words are typed: then letters are words, and the function keys below hold."""


class LiveCall(Protocol):
    """What a screen needs of a call: `ui.call.Call`, or `ui.player.Player`."""

    pack: Pack
    started: CallStarted
    sinks: list[Sink]
    status: str

    def now(self) -> float: ...

    def meter(self) -> Meter: ...

    def say(self, text: str) -> None: ...

    def act(self, action: Action) -> None: ...

    async def run(self) -> CallEnded: ...


class CallScreen(Screen[None]):
    """One call, from picking up to its end; then it says so and waits for Enter."""

    class Ended(Message):
        """The call is over and the trainee wants to go on."""

        def __init__(self, events: list[Event]) -> None:
            super().__init__()
            self.events = events

    class Failed(Message):
        """The call cannot go on. `problem` is what was raised."""

        def __init__(self, problem: Exception, events: list[Event]) -> None:
            super().__init__()
            self.problem = problem
            self.events = events

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "mute", strings.KEY_MUTE, id="call.mute", tooltip=strings.TIP_MUTE),
        Binding("f3", "hold", strings.KEY_HOLD, id="call.hold", tooltip=strings.TIP_HOLD),
        Binding("f4", "breathe", strings.KEY_BREATHE, id="call.breathe", tooltip=strings.TIP_BREATHE),
        Binding("f5", "desk", strings.KEY_DESK, id="call.desk", tooltip=strings.TIP_DESK),
        Binding("f8", "hang_up", strings.KEY_HANG_UP, id="call.hang_up", tooltip=strings.TIP_HANG_UP),
        Binding("enter", "debrief", strings.KEY_DEBRIEF, id="call.debrief"),
        Binding("escape", "back", strings.KEY_BACK, show=False),
        Binding("pageup", "page(-1)", strings.KEY_PAGE_UP, show=False),
        Binding("pagedown", "page(1)", strings.KEY_PAGE_DOWN, show=False),
    ]
    HELP = strings.HELP_CALL

    def __init__(self, call: LiveCall, *, still: bool = False, clock: Clock | None = None) -> None:
        """`still`: reduced motion. `clock` is the pacer's."""
        super().__init__()
        self.call = call
        self.view = CallView()
        self.events: list[Event] = []
        self._still = still
        self._clock = clock
        self._stale = True
        self._muted_by_pacer = False
        self._typing: bool | None = None

    # --- what it looks like ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        pack, started = self.call.pack, self.call.started
        baseline = started.baseline.loudness_dbfs if started.baseline else None
        with Horizontal(id="top"):
            yield Static(f"{pack.customer.name} · {pack.title}", id="who", markup=False)
            yield Steady("", id="phase", markup=False)
            yield Steady("", id="time")
        with Horizontal(id="stage"):
            yield Transcript(pack.customer.first_name, id="transcript")
            with Vertical(id="side"):
                yield AngerGauge(id="gauge")
                with ContentSwitcher(initial="why", id="below"):
                    with Vertical(id="why"):
                        yield AngerCurve(id="curve")
                        yield Static(strings.WHY, classes="heading")
                        yield Reasons(id="reasons")
                    yield DeskPanel(pack.desk, self.call.now, id="desk")
                    yield Pacer(clock=self._clock, still=self._still, note=strings.PACER_MUTED, id="pacer")
        yield Steady("", id="cue", markup=False)
        yield Input(placeholder=strings.SPEAK_HINT, id="say")
        with Horizontal(id="status"):
            yield Steady("", id="state", markup=False)
            yield LevelMeter(baseline, id="level")
            yield Steady("", id="note", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.call.sinks.append(self._receive)
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)
        self._take_the_call()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE_COLUMNS, "-wide")
        self.set_class(self.size.height >= TALL_ROWS, "-tall")

    # --- events ---------------------------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def _take_the_call(self) -> None:
        try:
            await self.call.run()
        except Exception as problem:  # shown in one sentence by the app, which knows what was expected
            self.post_message(self.Failed(problem, self.events))

    def _receive(self, event: Event) -> None:
        """The sink: only takes note, so that the driver is never held up by drawing."""
        self.events.append(event)
        self.view.read(event)
        self._stale = True
        if isinstance(event, CallEnded):
            self._end_breathing()
            self.refresh_bindings()

    async def _poll(self) -> None:
        self._show_moving()
        if self._stale:
            self._stale = False
            await self._show_events()

    async def _show_events(self) -> None:
        view = self.view
        self.query_one(Reasons).show(view.reasons)
        self.query_one("#phase", Steady).show(self._phase_text())
        self._show_cue()
        if view.mood:
            self.query_one(AngerGauge).show(view.anger_at(self._now()) or 0.0, view.mood.band, view.last_delta)
        await self.query_one(Transcript).show(view)  # last: mounting waits

    def _phase_text(self) -> str:
        if self.size.width < WIDE_COLUMNS or self.view.phase not in strings.PHASE_PATH:
            return strings.PHASES[self.view.phase]
        return strings.PHASE_STEP.format(
            phase=strings.PHASES[self.view.phase],
            step=strings.PHASE_PATH.index(self.view.phase) + 1,
            steps=len(strings.PHASE_PATH),
        )

    def _show_cue(self) -> None:
        view, cue = self.view, self.query_one("#cue", Steady)
        if view.ended:
            outcome = strings.OUTCOMES[view.ended.outcome]
            cue.show(strings.CALL_OVER.format(shape=strings.OUTCOME_SHAPES[view.ended.outcome], outcome=outcome))
        elif view.cue:
            cue.show(f"{strings.CUE_MARK} {view.cue.text}")
        else:
            cue.show("")
        cue.set_class(bool(view.cue or view.ended), "-says")
        cue.set_class(bool(view.ended), "-over")

    def _show_moving(self) -> None:
        now, view, meter = self._now(), self.view, self.call.meter()
        self.query_one("#time", Steady).show(strings.clock(now))
        self._let_type(meter.listening == "keyboard")
        self.query_one(LevelMeter).show(-120.0 if view.muted else meter.level_dbfs)
        self.query_one("#state", Steady).show(self._state_text(meter, now))
        self.query_one("#state").set_class(view.muted or view.hold_since is not None, "-away")
        self.query_one("#note", Steady).show(view.problem or self.call.status)
        self.query_one(DeskPanel).poll()
        anger = view.anger_at(now)
        if view.mood and anger is not None:
            self.query_one(AngerGauge).show(anger, view.mood.band, view.last_delta)
            self.query_one("#curve", AngerCurve).follow(view.moods, view.anger_at, now)

    def _state_text(self, meter: Meter, now: float) -> str:
        view = self.view
        if view.ended:
            return strings.PHASES["ended"].capitalize()
        if view.hold_since is not None:
            return strings.ON_HOLD.format(time=strings.clock(now - view.hold_since))
        if view.muted:
            return strings.MUTED
        if meter.customer_speaking:
            return strings.CUSTOMER_SPEAKS.format(name=self.call.pack.customer.first_name)
        if meter.listening == "keyboard":
            return strings.YOUR_TURN
        return strings.HEARING_YOU if meter.speaking else strings.LISTENING

    def _let_type(self, typing: bool) -> None:
        """The text field and the function keys, while (and only while) the call is by keyboard."""
        if typing == self._typing:
            return
        self._typing = typing
        self.set_class(typing, "-typing")
        self.app.set_keymap({} if typing else LETTERS)
        (self.query_one(Input) if typing else self.query_one(Transcript)).focus()

    def _now(self) -> float:
        return self.view.ended.t if self.view.ended else self.call.now()

    # --- keys -----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        over = self.view.ended is not None
        if action == "debrief":
            return over
        if action in ("mute", "hold", "breathe", "hang_up"):
            return not over
        return True

    def action_mute(self) -> None:
        self.call.act("unmute" if self.view.muted else "mute")

    def action_hold(self) -> None:
        self.call.act("hold" if self.view.hold_since is None else "resume")

    def action_desk(self) -> None:
        self._end_breathing()
        if self._below == "desk":
            self._show_below("why")
        else:
            self._show_below("desk")
            self.query_one(DeskPanel).open_at_lookups()

    def action_breathe(self) -> None:
        if self._below == "pacer":
            self.action_back()
            return
        self._show_below("pacer")
        if not self.view.muted and self.view.hold_since is None:
            self.call.act("mute")
            self._muted_by_pacer = True
        self.query_one(Pacer).start()

    def action_back(self) -> None:
        """Esc: out of the pacer or the desk."""
        self._end_breathing()
        if self._below == "desk":
            self._show_below("why")

    @work
    async def action_hang_up(self) -> None:
        if await self.app.push_screen_wait(Confirm(strings.HANG_UP_ASK, strings.HANG_UP_KEYS)):
            self._end_breathing()
            self.call.act("hang_up")

    def action_debrief(self) -> None:
        self.post_message(self.Ended(self.events))

    def action_page(self, direction: int) -> None:
        transcript = self.query_one(Transcript)
        (transcript.scroll_page_up if direction < 0 else transcript.scroll_page_down)(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.view.ended:
            self.action_debrief()
            return
        self.call.say(event.value)
        event.input.clear()

    # --- what shows below the gauge -----------------------------------------------------------------------------------

    @property
    def _below(self) -> str | None:
        return self.query_one("#below", ContentSwitcher).current

    def _show_below(self, what: str) -> None:
        self.query_one("#below", ContentSwitcher).current = what
        if what != "desk":
            (self.query_one(Input) if self._typing else self.query_one(Transcript)).focus()

    def _end_breathing(self) -> None:
        """Stop the pacer; be heard again if it was the pacer that muted."""
        if self._below != "pacer":
            return
        self.query_one(Pacer).stop()
        if self._muted_by_pacer and self.view.muted:
            self.call.act("unmute")
        self._muted_by_pacer = False
        self._show_below("why")
