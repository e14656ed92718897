"""The Textual app: which screen follows which. Screens read events; only the call's driver makes them."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from dialogue.events import Event
from dialogue.persona import Pack, PackProblem
from ui import strings
from ui.calls.live_call import LiveCall, MakeCall, Retry, hang_up_unheard
from ui.practice.breathing import Pace
from ui.practice.pacer_choice import pace
from ui.records.archive import calls_folder
from ui.records.history import pack_of
from ui.records.scenarios import pack_titles
from ui.runtime.log import record_fault
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from ui.screens.base_app import BaseApp
from ui.screens.briefing import BriefingScreen
from ui.screens.call import CallScreen
from ui.screens.call_keys import LETTERS
from ui.screens.confirm import HangUp
from ui.screens.debrief import DebriefScreen
from ui.screens.disk import CarefulDisk, Disk
from ui.screens.drill import DrillScreen
from ui.screens.drills import DrillsScreen
from ui.screens.help import HelpScreen
from ui.screens.history import HistoryScreen
from ui.screens.lobby import LobbyScreen
from ui.screens.message import MessageScreen, RingingScreen
from ui.screens.progress import ProgressScreen
from ui.screens.setup import SetupScreen
from ui.screens.theme import after
from voice.ports import VoiceProblem

THREADS_WAIT_SECONDS = 0.0005
"""Python's thread switch interval: with the default of 5 ms the audio threads wait a quarter of a frame for screens."""
NOT_KEPT_SECONDS = 8.0
"""How long a notice stays that something could not be saved."""
READING = "reading"
"""The group of what reads past calls in a thread: the newest wish alone counts."""
EXPECTED = (Problem, PackProblem, VoiceProblem, OSError)
"""Failures that are explained in one sentence; any other ends the app and is logged."""


class CoolheadApp(BaseApp):
    """Opens with a ready `call`, with the `first` screen or, without either, with the lobby. `make_call` makes the
    lobby's calls; without it there is no lobby, and leaving the opening screen ends the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", strings.KEY_HELP, id="app.help"),
        Binding("ctrl+t", "next_theme", strings.KEY_THEME, id="app.theme", show=False, tooltip=strings.TIP_THEME),
        Binding("ctrl+q", "quit", strings.KEY_QUIT, show=False, priority=True),
    ]

    def __init__(
        self,
        make_call: MakeCall | None = None,
        *,
        call: LiveCall | None = None,
        retry: Retry | None = None,
        demo: Callable[[], LiveCall] | None = None,
        first: Screen[None] | None = None,
        packs: Callable[[], Sequence[Pack]] = tuple,
        cues: bool = True,
        by_text: bool = False,
        settings: Settings | None = None,
        disk: Disk | None = None,
    ) -> None:
        """`retry` makes a call that resumes before one of its turns, `demo` one to watch, which is not saved; `packs`
        loads the scenarios: all called in a thread. `cues`: start with coaching. `by_text`: drills are typed."""
        self.settings = settings or Settings.model_construct()
        super().__init__(self.settings.theme)
        self._make_call = make_call
        self._call = call
        self._retry = retry
        self._demo = demo
        self._first = first
        self._load_packs = packs
        self._packs: Sequence[Pack] = ()
        self._cues = cues
        self._by_text = by_text
        self._disk = CarefulDisk(disk or Disk(), self._warn)
        self._failure: Exception | None = None
        self.set_keymap(LETTERS)

    def on_mount(self) -> None:
        sys.setswitchinterval(THREADS_WAIT_SECONDS)
        self.screen_change_signal.subscribe(self, self._tell_words_from_keys)
        if self._call is not None:
            self._take(self._call)
        elif self._first is not None:
            self.push_screen(self._first)
        else:
            self._open_lobby()

    async def on_event(self, event: events.Event) -> None:
        """Drop keys and pastes from before a call is shown, or behind the sentence that the window is too small: they
        were not meant for it. Quitting stays, and a call in a window too small can be muted and ended."""
        calls = [each for each in self.screen_stack if isinstance(each, CallScreen)]
        unseen = any(not each.answers_keys for each in calls)
        quits = isinstance(event, events.Key) and event.key in ("ctrl+q", "ctrl+c")
        covered = not (calls or quits) and any(each.has_class("-too-small") for each in self.screen_stack[-1:])
        if not ((unseen or covered) and isinstance(event, (events.Key, events.Paste))):
            await super().on_event(event)

    def _tell_words_from_keys(self, screen: Screen[object]) -> None:
        """Letters are keys, except where answers are typed. The call screen switches by itself."""
        if not any(isinstance(each, CallScreen) for each in self.screen_stack):
            self.set_keymap({} if isinstance(screen, DrillScreen) else LETTERS)

    @property
    def pace(self) -> Pace:
        return pace(self.settings, still=self.asked_still)

    def choose(self, **changes: object) -> None:
        """Apply these settings, which the user chose, and save them."""
        self.settings = self.settings.model_copy(update=changes)
        if "theme" in changes:
            self.theme = self.settings.theme
        self._disk.remember(changes)

    @property
    def failure(self) -> Exception | None:
        """The exception that ended the call or the app, for the command that started it to raise again."""
        return self._failure or self._exception

    @work
    async def _open_lobby(self) -> None:
        self.push_screen(MessageScreen(strings.OPENING))
        self._packs = await asyncio.to_thread(self._load_packs)
        self.switch_screen(LobbyScreen(self._packs, await self._disk.past()))

    def _warn(self, trouble: str) -> None:
        self.notify(trouble, severity="error", timeout=NOT_KEPT_SECONDS)

    def _take(self, call: LiveCall, *, kept: bool = True) -> None:
        if kept:
            self._disk.record(call)
        self.push_screen(CallScreen(call, captions=self.settings.captions, pace=self.pace))

    def on_lobby_screen_chosen(self, message: LobbyScreen.Chosen) -> None:
        self.push_screen(BriefingScreen(message.pack, cues=self._cues, pace=self.pace))

    def on_briefing_screen_picked_up(self, message: BriefingScreen.PickedUp) -> None:
        self._cues = message.cues
        self._ring(message.pack.id)

    def _ring(self, pack: str) -> None:
        if self._make_call is not None:
            self._put_through(partial(self._make_call, pack, self._cues))

    @work(group="ring")
    async def _put_through(self, make: Callable[[], LiveCall], *, kept: bool = True) -> None:
        """Make the call in a thread while it rings, then open it, unless Esc was pressed meanwhile."""
        ringing = RingingScreen()
        self.push_screen(ringing)
        try:
            call = await asyncio.to_thread(make)
        except Exception as problem:
            if ringing in self.screen_stack:
                self._explain(problem)
            elif not isinstance(problem, EXPECTED):
                record_fault(problem)
            return
        if ringing in self.screen_stack:
            self._leave_all()
            self._take(call, kept=kept)
        else:
            await hang_up_unheard(call)

    def on_call_screen_noted(self, message: CallScreen.Noted) -> None:
        self._disk.keep_notes(message.call, message.notes)

    def on_call_screen_ended(self, message: CallScreen.Ended) -> None:
        if isinstance(screen := self.screen, CallScreen):
            self.switch_screen(self._debrief(message.events, screen.call.pack, message.notes))

    def _debrief(self, events: Sequence[Event], pack: Pack | None, notes: str) -> DebriefScreen:
        again, retry = self._make_call is not None, self._retry is not None
        return DebriefScreen(events, pack, own_notes=notes, again=again and pack is not None, retry=retry)

    def on_debrief_screen_retried(self, message: DebriefScreen.Retried) -> None:
        if self._retry is not None:
            self._put_through(partial(self._retry, message.events, message.turn))

    def on_call_screen_failed(self, message: CallScreen.Failed) -> None:
        self._failure = message.problem
        self._explain(message.problem)

    def on_debrief_screen_left(self, message: DebriefScreen.Left) -> None:
        if message.again and message.pack and self._make_call:
            self._ring(message.pack.id)
        elif len(self.screen_stack) > 2 and isinstance(self.screen_stack[-2], HistoryScreen):
            self.pop_screen()
        else:
            self._back_to_lobby()

    def on_history_screen_opened(self, message: HistoryScreen.Opened) -> None:
        self.push_screen(self._debrief(message.events, pack_of(message.events), message.notes))

    def on_setup_screen_chosen(self, message: SetupScreen.Chosen) -> None:
        self.choose(**message.changes)

    def on_ringing_screen_left(self) -> None:
        self.pop_screen()

    def _leave_all(self) -> None:
        """Close all screens but the one that the app opened with."""
        while len(self.screen_stack) > 2:
            self.pop_screen()

    @on(HistoryScreen.Left)
    @on(SetupScreen.Left)
    @on(DrillsScreen.Left)
    @on(ProgressScreen.Left)
    @on(MessageScreen.Closed)
    def _back_to_lobby(self) -> None:
        """Open a new lobby, since there may be one more past call. Without a lobby the app ends."""
        if self._make_call is None:
            self.exit()
        else:
            self._open_anew()

    @work(exclusive=True, group=READING)
    async def _open_anew(self) -> None:
        asked_on = self.screen
        past = await self._disk.past()
        if self.screen is asked_on:  # else the user has gone elsewhere meanwhile
            self._leave_all()
            self.switch_screen(LobbyScreen(self._packs, past))

    def _explain(self, problem: Exception) -> None:
        """Show an expected failure in one sentence, then return to the lobby. Any other ends the app and is logged."""
        if not isinstance(problem, EXPECTED):
            self._failure = problem
            self.exit(return_code=1)
            return
        told = strings.CALL_FAILED.format(problem=problem)
        self.switch_screen(MessageScreen(told, strings.NOTHING_LOST, closes=True))

    async def action_quit(self) -> None:
        """Ask before ending a live call, also from a screen on top of it; pressing the key again confirms."""
        over = all(each.view.ended for each in self.screen_stack if isinstance(each, CallScreen))
        if over or isinstance(self.screen, HangUp):
            self.exit()
        else:
            self.push_screen(HangUp(), lambda yes: self.exit() if yes else None)

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_watch(self) -> None:
        if self._demo is not None:
            self._put_through(self._demo, kept=False)

    @work(exclusive=True, group=READING)
    async def action_history(self) -> None:
        asked_on = self.screen
        past, titles = await asyncio.gather(self._disk.past(), asyncio.to_thread(pack_titles))
        if self.screen is asked_on:
            self.push_screen(HistoryScreen(past, titles, calls_folder()))

    @work(exclusive=True, group=READING)
    async def action_progress(self) -> None:
        asked_on = self.screen
        shown = await self._disk.progress()
        if shown is not None and self.screen is asked_on:
            self.push_screen(ProgressScreen(shown))

    @on(DebriefScreen.Drilled)
    @on(ProgressScreen.Drilled)
    def _drill(self, message: DebriefScreen.Drilled | ProgressScreen.Drilled) -> None:
        self.push_screen(DrillScreen(message.drill, self.settings, by_text=self._by_text))

    def action_drills(self) -> None:
        self.push_screen(DrillsScreen(self.settings, by_text=self._by_text))

    def action_setup(self) -> None:
        self.push_screen(SetupScreen(self.settings))

    def action_next_theme(self) -> None:
        self.choose(theme=after(self.theme))
        self.notify(strings.NEXT_THEME.format(name=strings.THEME_NAMES[self.theme]), timeout=2)
