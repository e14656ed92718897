"""The Textual app: which screen follows which. Screens read events; only the call's driver makes them."""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from dialogue.events import Event
from dialogue.persona import Pack, PackProblem
from ui import strings
from ui.problems import Problem
from ui.screens.call import LETTERS, CallScreen, LiveCall
from ui.screens.debrief import DebriefScreen
from ui.screens.help import HelpScreen
from ui.screens.lobby import BriefingScreen, LobbyScreen
from ui.screens.message import MessageScreen
from ui.theme import DEFAULT_THEME, THEMES
from voice.ports import VoiceProblem

MakeCall = Callable[[str], LiveCall]
"""Pack id -> a call ready to run. May take seconds (models load) and is called in a thread."""
EXPECTED = (Problem, PackProblem, VoiceProblem, OSError)


class CoolheadApp(App[None]):
    """Give it a ready `call` and it opens on the dashboard; a `debrief`, and it shows that; neither: the lobby.

    A call taken from the lobby is made by `make_call`; afterwards one is back in the lobby. A call or a debrief that
    was given is all there is: leaving it ends the app.
    """

    CSS_PATH = "styles.tcss"
    TITLE = strings.APP_TITLE
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
        debrief: tuple[Sequence[Event], Pack | None] | None = None,
        packs: Sequence[Pack] = (),
        last_results: Mapping[str, str] | None = None,
        theme: str = DEFAULT_THEME,
        reduced_motion: bool = False,
        on_theme: Callable[[str], None] = lambda name: None,
    ) -> None:
        """`last_results`: pack id -> one short line for its card. `on_theme` is told what the user chose."""
        no_color = "NO_COLOR" in os.environ  # Textual takes it out of the environment
        super().__init__()
        self._make_call = make_call
        self._call = call
        self._debrief = debrief
        self._packs = list(packs)
        self._last_results = dict(last_results or {})
        self.still = reduced_motion or no_color or self.animation_level == "none"
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme if theme in {each.name for each in THEMES} else DEFAULT_THEME
        self._on_theme = on_theme
        self.set_keymap(LETTERS)
        self._failure: Exception | None = None

    def on_mount(self) -> None:
        if self._call is not None:
            self.push_screen(CallScreen(self._call, still=self.still))
        elif self._debrief is not None:
            self.push_screen(DebriefScreen(*self._debrief))
        else:
            self.push_screen(LobbyScreen(self._packs, self._last_results))

    @property
    def failure(self) -> Exception | None:
        """What ended the call or the app against its will, for the command that started it to raise again."""
        return self._failure or self._exception

    # --- from screen to screen ----------------------------------------------------------------------------------------

    def on_lobby_screen_chosen(self, message: LobbyScreen.Chosen) -> None:
        self.push_screen(BriefingScreen(message.pack, still=self.still))

    def on_briefing_screen_picked_up(self, message: BriefingScreen.PickedUp) -> None:
        self._ring(message.pack.id)

    @work(exclusive=True, group="ring")
    async def _ring(self, pack: str) -> None:
        """Load what the call needs while it rings, then put it through."""
        if self._make_call is None:
            return
        ringing = MessageScreen(strings.RINGING)
        self.push_screen(ringing)
        try:
            call = await asyncio.to_thread(self._make_call, pack)
        except Exception as problem:
            self._explain(problem)
            return
        self._back_to_lobby()
        self.push_screen(CallScreen(call, still=self.still))

    def on_call_screen_ended(self, message: CallScreen.Ended) -> None:
        self.set_keymap(LETTERS)
        screen = self.screen
        if isinstance(screen, CallScreen):
            self.switch_screen(DebriefScreen(message.events, screen.call.pack, again=self._make_call is not None))

    def on_call_screen_failed(self, message: CallScreen.Failed) -> None:
        self._failure = message.problem
        self.set_keymap(LETTERS)
        self._explain(message.problem)

    def on_debrief_screen_left(self, message: DebriefScreen.Left) -> None:
        if self._make_call is None:
            self.exit()
        elif message.again and message.pack:
            self._ring(message.pack.id)
        else:
            self._back_to_lobby()

    def _back_to_lobby(self) -> None:
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def _explain(self, problem: Exception) -> None:
        """One sentence, then back where one can choose again. What was not foreseen ends the app and is logged."""
        if not isinstance(problem, EXPECTED):
            self._failure = problem
            self.exit(return_code=1)
            return
        self.switch_screen(
            MessageScreen(strings.CALL_FAILED.format(problem=problem), strings.NOTHING_LOST, closes=True)
        )

    def on_message_screen_closed(self) -> None:
        if self._make_call is None:
            self.exit()
        else:
            self._back_to_lobby()

    # --- everywhere ---------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_next_theme(self) -> None:
        names = [each.name for each in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.notify(strings.NEXT_THEME.format(name=strings.THEME_NAMES[self.theme]), timeout=2)
        self._on_theme(self.theme)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every key of the present screen is also a command."""
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            if enabled and binding.description and binding.action not in ("command_palette",):
                yield SystemCommand(
                    binding.description,
                    tooltip or binding.tooltip,
                    lambda action=binding.action: self._run_on(screen, action),
                )

    def _run_on(self, screen: Screen[object], action: str) -> None:
        self.call_later(screen.run_action, action)
