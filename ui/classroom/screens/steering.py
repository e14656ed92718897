"""The trainer's keys: the same on the board and in front of one call."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from dialogue.events import Step
from dialogue.persona import Pack, PackProblem, load
from ui import strings
from ui.classroom.group import Group
from ui.classroom.listening import Listening, open_speaker
from ui.classroom.person import Person
from ui.classroom.screens.asking import AskText, Choose
from ui.debrief.wording import first_name
from ui.runtime.settings import load_settings
from ui.screens.confirm import Confirm
from voice.ports import VoiceProblem

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[None]
else:
    _Base = object

NUDGE_POINTS = 10.0


class Steering(_Base):
    """For a screen that says whom its keys are about: `person`."""

    STEERING: ClassVar[list[BindingType]] = [
        Binding("w", "words('whisper')", strings.KEY_WHISPER, tooltip=strings.TIP_WHISPER),
        Binding("e", "words('ear')", strings.KEY_EAR, show=False, tooltip=strings.TIP_EAR),
        Binding("l", "listen", strings.KEY_HEAR_CALL, tooltip=strings.TIP_HEAR_CALL),
        Binding("t", "words('speak')", strings.KEY_SPEAK_AS, show=False, tooltip=strings.TIP_SPEAK_AS),
        Binding("c", "curveball", strings.KEY_CURVEBALL, show=False, tooltip=strings.TIP_CURVEBALL),
        Binding(
            "plus,equals_sign",
            "nudge(1)",
            strings.KEY_ANGRIER,
            show=False,
            key_display="+",
            tooltip=strings.TIP_ANGRIER,
        ),
        Binding("minus", "nudge(-1)", strings.KEY_CALMER, show=False, key_display="-", tooltip=strings.TIP_CALMER),
        Binding("g", "step('manager')", strings.KEY_MANAGER, show=False, tooltip=strings.TIP_MANAGER),
        Binding("p", "pause", strings.KEY_PAUSE_CALL, tooltip=strings.TIP_PAUSE_CALL),
        Binding("m", "words('mark')", strings.KEY_MARK, show=False, tooltip=strings.TIP_MARK),
        Binding("x", "end", strings.KEY_END_CALL, tooltip=strings.TIP_END_CALL),
        Binding("a", "seen", strings.KEY_SEEN, show=False, tooltip=strings.TIP_SEEN),
    ]
    """The footer shows those that a trainer needs in every call; help and palette list all."""
    group: Group

    @property
    def person(self) -> Person | None:
        raise NotImplementedError

    # --- keys ---------------------------------------------------------------------------------------------------------

    def action_step(self, step: Step) -> None:
        if person := self._in_call():
            self._sent(person, self.group.steer(person.id, step))

    def action_nudge(self, direction: int) -> None:
        if person := self._in_call():
            self._sent(person, self.group.steer(person.id, "nudge", points=direction * NUDGE_POINTS))

    def action_pause(self) -> None:
        if person := self._in_call():
            self._sent(person, self.group.steer(person.id, "go_on" if person.paused else "pause"))

    def action_seen(self) -> None:
        person = self.person
        if person and self._may_steer():
            self._sent(person, self.group.seen(person.id))

    @work
    async def action_words(self, step: Step) -> None:
        person = self._in_call()
        if person is None:
            return
        pack = _pack(person)
        question = {
            "whisper": strings.ASK_WHISPER,
            "ear": strings.ASK_EAR,
            "mark": strings.ASK_MARK,
            "speak": strings.ASK_SPEAK_AS,
        }[step].format(name=person.state.name, customer=first_name(pack))
        words = await self.app.push_screen_wait(AskText(question))
        if words:
            self._sent(person, self.group.steer(person.id, step, words))

    @work
    async def action_listen(self) -> None:
        """To this trainee, to another one than before, or to nobody any more. One press after the other: two at once
        would leave a listener that nobody can stop."""
        async with self.group.tuning:
            await self._tune()

    async def _tune(self) -> None:
        person, before, app = self._in_call(), self.group.listening, self.app
        same = before is not None and before.person is person and not before.over
        if before:
            await before.close()
            self.group.listening = None
            app.notify(strings.LISTENING_OVER.format(name=before.person.state.name))
        if person is None or same:
            return
        if not person.state.sound:
            app.notify(strings.NO_SOUND_OF.format(name=person.state.name))
            return
        try:
            speaker = await asyncio.to_thread(open_speaker, load_settings())
        except VoiceProblem as problem:
            app.notify(str(problem), severity="error")
            return
        self.group.listening = Listening(self.group, person, speaker)
        app.notify(strings.LISTENING_TO.format(name=person.state.name))

    @work
    async def action_curveball(self) -> None:
        person = self._in_call()
        pack = _pack(person) if person else None
        if person is None or pack is None:
            return
        left = [(ball.id, f"{ball.title} ({ball.id})") for ball in pack.curveballs if ball.id not in person.thrown]
        if not left:
            self.app.notify(strings.NO_CURVEBALL_LEFT)
            return
        question = strings.ASK_CURVEBALL.format(customer=pack.customer.first_name)
        chosen = await self.app.push_screen_wait(Choose(question, left))
        if chosen:
            self._sent(person, self.group.steer(person.id, "curveball", chosen))

    @work
    async def action_end(self) -> None:
        person = self._in_call()
        if person is None:
            return
        question = strings.ASK_END_CALL.format(name=person.state.name)
        if await self.app.push_screen_wait(Confirm(question, strings.END_CALL_KEYS)):
            self._sent(person, self.group.steer(person.id, "end"))

    # --- what they share ----------------------------------------------------------------------------------------------

    def _in_call(self) -> Person | None:
        """Whom the key is about, if they are in a call and one may steer; else it is said why not."""
        person = self.person
        if person is None or not self._may_steer():
            return None
        if not person.in_call:
            self.app.notify(strings.NOT_IN_CALL.format(name=person.state.name))
            return None
        return person

    def _may_steer(self) -> bool:
        if not self.group.steers:
            self.app.notify(strings.NOT_ALLOWED)
        return self.group.steers

    def _sent(self, person: Person, sent: bool) -> None:
        tell = partial(self.app.notify, timeout=2)
        if sent:
            tell(strings.SENT.format(name=person.state.name))
        else:
            tell(strings.NOT_SENT, severity="error")


def _pack(person: Person) -> Pack | None:
    try:
        return load(person.view.started.pack) if person.view.started else None
    except PackProblem:
        return None
