"""The live call. Every event is read once; what moves by itself (level, time, anger) is polled 15 times a second."""

import time
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.clock import Clock
from textual.events import Key
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from dialogue.events import CallEnded, Event
from ui import strings
from ui.calls.call_view import CallView, is_test
from ui.calls.live_call import LiveCall
from ui.calls.microphone_watch import MicrophoneWatch
from ui.line_mode import typed_input
from ui.practice.breathing import USUAL, Pace
from ui.screens.call_keys import ACTIONS, KEYS, KEYS_FOR, LETTERS
from ui.screens.confirm import HangUp
from ui.widgets.board import CallBoard
from ui.widgets.desk import DeskPanel
from ui.widgets.keylines import KeyLines
from ui.widgets.notes import NotePad
from ui.widgets.pacer import Pacer
from ui.widgets.side import Panel, Side
from ui.widgets.transcript import Transcript

POLLS_PER_SECOND = 15
PAUSE_AFTER_END_SECONDS = 1.0
"""How long no key may have come before Enter opens the debrief: whoever is typing at that moment finishes in peace."""


class CallScreen(Screen[None]):
    """A live call, until Enter is pressed after its end."""

    class Ended(Message):
        """The call is over and the trainee has pressed Enter."""

        def __init__(self, events: list[Event], notes: str) -> None:
            super().__init__()
            self.events, self.notes = events, notes

    class Failed(Message):
        """The call was ended by an exception, `problem`."""

        def __init__(self, problem: Exception, events: list[Event]) -> None:
            super().__init__()
            self.problem, self.events = problem, events

    class Noted(Message):
        """The trainee's notes, whole."""

        def __init__(self, call: LiveCall, notes: str) -> None:
            super().__init__()
            self.call, self.notes = call, notes

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    HELP = strings.HELP_CALL

    def __init__(
        self,
        call: LiveCall,
        *,
        captions: bool = True,
        pace: Pace = USUAL,
        clock: Clock | None = None,
    ) -> None:
        """`captions`: show what the customer says even if it can be heard. `clock` is the pacer's."""
        super().__init__()
        self.call = call
        self.view = CallView()
        self.events: list[Event] = []
        self._captions, self._pace, self._clock = captions, pace, clock
        self._stale = True
        self._ahead = 0
        """How many provisional events are shown."""
        self._muted_by_pacer = False
        self._typing: bool | None = None
        self._letters_are_keys = True
        """Which keymap is in force: letters as keys, as when a call begins, or letters as text."""
        self._polls_soon = self._polling = False
        self._microphone = MicrophoneWatch()
        self._told, self._status_told = "", False
        self._last_key = 0.0
        self.answers_keys = False
        """Not before it is shown: keys from before were pressed while it rang."""

    def compose(self) -> ComposeResult:
        pack = self.call.pack
        side = Side(pack.desk, self.call.now, clock=self._clock, pace=self._pace, id="side")
        captions, why = self._captions or self.call.silent, not is_test(self.call.started)
        yield CallBoard(pack, self.call.started, side, captions=captions, why=why)
        yield KeyLines()

    def on_mount(self) -> None:
        self.call.sinks.append(self._receive)
        self.set_interval(1 / POLLS_PER_SECOND, self._poll)
        self._take_the_call()

    # --- events ---------------------------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def _take_the_call(self) -> None:
        try:
            await self.call.run()
        except Exception as problem:  # shown in one sentence by the app, which knows what was expected
            self.post_message(self.Failed(problem, self.events))

    def _receive(self, event: Event) -> None:
        """The sink: only updates the view, so that drawing never delays the driver."""
        self.events.append(event)
        self.view.read(event)
        self._stale = True
        if not self._polls_soon:  # what a key does is seen at once
            self._polls_soon = True
            self.call_later(self._poll)
        if isinstance(event, CallEnded):
            self._last_key = time.monotonic()
            say = self.query_one("#say", Input)
            say.disabled = True
            say.placeholder = strings.SAID_ALL
            self._end_breathing()
            self._settle_focus()  # also out of the notes
            self.refresh_bindings()

    async def _poll(self) -> None:
        """Draw, unless a drawing is under way: timers run as tasks of their own, and drawing awaits what it mounts."""
        self._polls_soon = False
        if self._polling:
            return
        self._polling = True
        try:
            await self._draw()
        finally:
            self._polling = False

    async def _draw(self) -> None:
        meter, board = self.call.meter(), self.query_one(CallBoard)
        self._let_type(meter.listening == "keyboard")
        breathing = self.query_one(Side).panel == "pacer"  # its breaths are not speech into a muted microphone
        heard = "" if breathing else self._microphone.look(meter, self.view, self._now())
        self._tell(self.view.problem or heard or self.call.status)
        ahead = self.call.ahead()
        self._stale |= len(ahead) != self._ahead
        self._ahead = len(ahead)
        view = self.view.ahead(ahead) if ahead else self.view
        board.show_moving(view, meter, self._now(), self._told, may_leave=self._may_leave)
        if self._stale:
            self._stale = False
            await board.show_events(view, self._now())

    def _tell(self, sentence: str) -> None:
        """Show a problem in the status line, as far as it fits, and whole in the transcript when it is new."""
        if sentence != self._told:
            self._told = sentence
            known = sentence == self.call.status and self._status_told
            self._status_told |= sentence == self.call.status
            if sentence and not known:
                self.view.aside(sentence, self._now())
                self._stale = True

    def _let_type(self, typing: bool) -> None:
        """Show the text field and the function keys only while the call is by keyboard."""
        if typing == self._typing:
            return
        self._typing = typing
        self.set_class(typing, "-typing")
        self._settle_focus()

    def _settle_focus(self) -> None:
        """Focus the text field or, when nothing is to be typed, the transcript; then letters are keys."""
        self._let_letters_be_keys(not self._typing)
        (self.query_one("#say") if self._typing and not self.view.ended else self.query_one(Transcript)).focus()

    def _let_letters_be_keys(self, on: bool) -> None:
        """Or text. Only on a change, because a new keymap redraws the footer."""
        if on != self._letters_are_keys:
            self._letters_are_keys = on
            self.app.set_keymap(LETTERS if on else {})

    def _now(self) -> float:
        return self.view.ended.t if self.view.ended else self.call.now()

    # --- keys -----------------------------------------------------------------------------------------------------

    def on_show(self) -> None:
        self.call_later(self.app.call_later, self._answer_keys)  # behind the keys that wait in the app's queue

    def _answer_keys(self) -> None:
        self.answers_keys = True

    @property
    def _may_leave(self) -> bool:
        return self.view.ended is not None and time.monotonic() - self._last_key >= PAUSE_AFTER_END_SECONDS

    def on_key(self, event: Key) -> None:
        if event.key != "enter":
            self._last_key = time.monotonic()

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
        if self._toggle("desk"):
            self.query_one(DeskPanel).open_at_lookups()

    def action_notes(self) -> None:
        if self._toggle("notes"):
            self._let_letters_be_keys(False)
            self.call_after_refresh(self.query_one(NotePad).open_at_end)

    def action_captions(self) -> None:
        self.query_one(Transcript).captions ^= True
        self._stale = True

    def action_breathe(self) -> None:
        if not self._toggle("pacer"):
            return
        if not self.view.muted and self.view.hold_since is None:
            self.call.act("mute")
            self._muted_by_pacer = True
        self.query_one(Pacer).start()

    def action_back(self) -> None:
        """Esc: out of the pacer, the desk or the notes."""
        self._end_breathing()
        if self.query_one(Side).panel != "why":
            self._open("why")

    @work
    async def action_hang_up(self) -> None:
        if await self.app.push_screen_wait(HangUp()):
            self._end_breathing()
            self.call.act("hang_up")

    def action_debrief(self) -> None:
        if self._may_leave:
            self.post_message(self.Ended(self.events, self.query_one(NotePad).text))

    def action_page(self, direction: int) -> None:
        transcript = self.query_one(Transcript)
        (transcript.scroll_page_up if direction < 0 else transcript.scroll_page_down)(animate=False)

    def on_text_area_changed(self) -> None:
        self.post_message(self.Noted(self.call, self.query_one(NotePad).text))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        match typed_input.read(event.value):
            case typed_input.Words() if self.view.not_heard:
                self.view.aside(self.view.not_heard, self._now())
                self._stale = True
                return  # it stays, to be said then
            case typed_input.Words(text=text):
                self.call.say(text)
            case typed_input.Refused(sentence=sentence):
                self.view.aside(sentence, self._now())
                self._stale = True
                return  # it stays, to be mended
            case typed_input.Order(name=name) if name in ACTIONS:
                self.call.act(ACTIONS[name])
            case typed_input.Order(name="note", rest=rest) if rest:
                self.query_one(NotePad).add(rest)
            case typed_input.Order(name=name):
                await self.run_action(KEYS_FOR[name])
        event.input.clear()

    # --- what shows below the gauge -----------------------------------------------------------------------------------

    def _toggle(self, panel: Panel) -> bool:
        """Open the panel, or close it when it is open. Whether it is open now."""
        was_open = self.query_one(Side).panel == panel
        self._end_breathing()
        self._open("why" if was_open else panel)
        return not was_open

    def _open(self, panel: Panel) -> None:
        self.query_one(Side).open(panel)
        if not self.view.ended:
            elsewhere = panel in ("desk", "notes")
            self.query_one("#say", Input).placeholder = strings.ELSEWHERE_HINT if elsewhere else strings.SPEAK_HINT
        if panel != "desk":
            self._settle_focus()

    def _end_breathing(self) -> None:
        """Stop the pacer; be heard again if it was the pacer that muted."""
        if self.query_one(Side).panel != "pacer":
            return
        self.query_one(Pacer).stop()
        if self._muted_by_pacer and self.view.muted:
            self.call.act("unmute")
        self._muted_by_pacer = False
        self._open("why")
