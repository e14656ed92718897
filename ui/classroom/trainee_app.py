"""A trainee in class, on screens: consent, waiting, and the calls that the trainer starts."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dialogue.events import Event
from ui import dashboard, strings
from ui.app import EXPECTED, CoolheadApp
from ui.calls.driver import Call
from ui.calls.live_call import LiveCall
from ui.calls.switchboard import Wishes
from ui.classroom.earpiece import Earpiece
from ui.classroom.joining import Where, call_for, leave, pack_for
from ui.classroom.protocol import Start
from ui.classroom.screens.briefing import ClassBriefingScreen
from ui.classroom.screens.consent import ConsentScreen
from ui.classroom.screens.waiting import WaitingScreen
from ui.classroom.trainee import Classroom
from ui.debrief.retry import taken_up
from ui.records.archive import JournalFile
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from ui.screens.briefing import BriefingScreen
from ui.screens.call import CallScreen
from ui.screens.debrief import DebriefScreen
from ui.screens.message import MessageScreen

TOLD_SECONDS = 8.0
"""How long a sentence from the class stands beside the call."""


class TraineeApp(CoolheadApp):
    """Calls come from the trainer; after each debrief one waits again."""

    CSS = (
        "#heard { dock: top; height: 1; padding: 0 1; background: $band-angry; color: $background; text-style: bold; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "call_trainer", strings.KEY_CALL_TRAINER, tooltip=strings.TIP_CALL_TRAINER),
        Binding("f10", "change_sound", strings.KEY_ALLOW_SOUND, tooltip=strings.TIP_ALLOW_SOUND),
    ]

    def __init__(self, there: Where, text: bool, **given: Any) -> None:
        """`text`: calls by keyboard."""
        super().__init__(**given, retry=self._taken_up, first=ConsentScreen(there))
        self._there, self._text = there, text
        self.classroom: Classroom | None = None
        self._rings: Start | None = None
        """The newest call that the trainer has started."""
        self._listened = False
        """The trainer hears the call now."""
        self.left_behind = ""
        """One sentence about what has not reached the trainer."""

    def on_mount(self) -> None:
        """Beside what the app does then, as below."""
        self.screen_change_signal.subscribe(self, self._screen_changed)

    @work
    async def on_consent_screen_agreed(self, message: ConsentScreen.Agreed) -> None:
        self.switch_screen(MessageScreen(strings.CLASS_JOINING))
        try:
            folder, entrance = await self._there.take_seat()
        except EXPECTED as problem:
            self._failure = problem
            self.exit()
            return
        self.classroom = Classroom(folder, entrance, self._tell)
        self.classroom.on_start = self._start
        self.classroom.on_ear = Earpiece(lambda: self.settings, self._tell).say
        self.classroom.on_heard = partial(self.call_later, self._show_heard)  # widgets are made in the app's context
        self.classroom.allow_sound(message.sound)
        self.classroom.open()
        classroom = self.classroom
        self.switch_screen(WaitingScreen(entrance, lambda: classroom.trouble))

    def on_consent_screen_declined(self) -> None:
        self.left_behind = strings.CONSENT_NO
        self.exit()

    def on_waiting_screen_left(self) -> None:
        self.exit()

    def _tell(self, sentence: str) -> None:
        """The newest alone: they lie over the call."""
        self.clear_notifications()
        self.notify(sentence, timeout=TOLD_SECONDS)

    @work(group="ring")
    async def _start(self, start: Start) -> None:
        """It rings: the trainee reads what is on their desk, and picks up."""
        try:
            pack = await asyncio.to_thread(pack_for, start)
        except Problem as problem:
            self.push_screen(MessageScreen(str(problem), strings.CLASS_TRAINER_KNOWS, closes=True))
            self._not_taken(problem)
            return
        self._tell(strings.CLASS_IN_CALL.format(title=pack.title))
        self._rings = start
        self.push_screen(ClassBriefingScreen(pack, cues=start.cues, pace=self.pace))

    def on_briefing_screen_picked_up(self, message: BriefingScreen.PickedUp) -> None:
        """Instead of what the app does then: it has no call of its own to make."""
        message.prevent_default()
        self.pop_screen()
        if self.classroom and self._rings:
            self._put_through(partial(call_for, self._rings, self.settings, self.classroom.tap, text=self._text))

    def on_class_briefing_screen_left(self) -> None:
        self.pop_screen()
        if self.classroom:
            self.classroom.back()

    def _explain(self, problem: Exception) -> None:
        super()._explain(problem)
        self._not_taken(problem)

    def _not_taken(self, problem: Exception) -> None:
        if self.classroom and isinstance(problem, EXPECTED):
            self.classroom.not_taken(problem)

    @on(MessageScreen.Closed)
    def _message_closed(self, message: MessageScreen.Closed) -> None:
        """Instead of what the app does then, which would end it: one stays in the class."""
        message.prevent_default()
        self._back_to_lobby()

    async def _show_heard(self, on: bool) -> None:
        """That the trainer hears the call stands at the top of the screen all the while, whichever screen that is."""
        self._listened = on
        for screen in self.screen_stack:
            if not on or screen is not self.screen:
                await screen.query("#heard").remove()
        if on and not self.screen.query("#heard"):
            await self.screen.mount(Static(strings.CLASS_LISTENED, id="heard", markup=False))

    def _screen_changed(self, _: Screen[object]) -> None:
        if self._listened:
            self.call_later(lambda: self._show_heard(self._listened))  # it may be over by then

    def _take(self, call: LiveCall, *, kept: bool = True) -> None:
        super()._take(call, kept=kept)
        file = call.sinks[0]
        if self.classroom and isinstance(call, Call) and isinstance(file, JournalFile):
            self.classroom.attach(call, file.path)

    def _taken_up(self, events: Sequence[Event], turn: int) -> Call:
        assert self.classroom
        return taken_up(events, turn, self.settings, Wishes(text=self._text), self.classroom.tap)

    def on_debrief_screen_retried(self, message: DebriefScreen.Retried) -> None:
        """Beside what the app does then, as below: the trainer starts no call over it."""
        if self.classroom:
            self.classroom.ringing()

    def on_ringing_screen_left(self) -> None:
        """Beside what the app does then: Textual calls both."""
        if self.classroom:
            self.classroom.back()

    def _back_to_lobby(self) -> None:
        """There is none in class: one waits for the trainer."""
        self._leave_all()
        if self.classroom:
            self.classroom.back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        screen = self.screen_stack[-1] if self.screen_stack else None
        call = screen.call if isinstance(screen, CallScreen) else None
        typed = isinstance(call, Call) and call.ear is None
        if action == "change_sound" and typed:
            return False  # there is no sound of who types
        return self.classroom is not None or action not in ("call_trainer", "change_sound")

    def action_call_trainer(self) -> None:
        if self.classroom:
            self.classroom.ask_for_help()

    def action_change_sound(self) -> None:
        if self.classroom:
            self.classroom.change_sound()

    async def on_unmount(self) -> None:
        if self.classroom:
            try:
                await leave(self.classroom)
            except Problem as problem:
                self.left_behind = str(problem)


def show(there: Where, settings: Settings, *, text: bool) -> int:
    """0 when the class was left, or not joined."""
    made: list[TraineeApp] = []

    def make(_make_call: object, **given: Any) -> TraineeApp:
        for name in ("first", "retry"):
            given.pop(name)  # a class has its own
        made.append(TraineeApp(there, text, **given))
        return made[0]

    try:
        return dashboard.show(settings, make_app=make, wishes=Wishes(text=text))
    finally:
        if made and made[0].left_behind:
            print(made[0].left_behind)
