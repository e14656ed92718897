"""The debrief: result, turning points, what to say instead, what to do next; on a key, the whole record."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from dialogue.debrief.record import turns
from dialogue.debrief.retry import costliest
from dialogue.drills import Drill
from dialogue.events import CallStarted, Event
from dialogue.persona import Pack, PackProblem
from ui import strings
from ui.calls.recordings import with_sound
from ui.debrief.annotated_transcript import transcript
from ui.debrief.correction import correct
from ui.debrief.next_steps import by_key
from ui.debrief.retry_comparison import futures
from ui.debrief.review import MOST_MOMENTS, review
from ui.debrief.wording import corrected, drill_for, figures, first_name, headline, outcome_text, sections
from ui.records.archive import journal_of_call
from ui.runtime.problems import Problem
from ui.screens.anyturn import AnyTurnScreen
from ui.screens.correct import CorrectScreen
from ui.screens.listen import ListenScreen
from ui.screens.longpage import LongPage
from ui.widgets.curve import AngerCurve
from ui.widgets.keylines import KeyLines
from ui.widgets.ledger import Ledger
from ui.widgets.moments import MomentRow, noted_rows, side_by_side


class DebriefScreen(LongPage):
    class Left(Message):
        def __init__(self, pack: Pack | None, *, again: bool) -> None:
            super().__init__()
            self.pack = pack
            self.again = again

    class Retried(Message):
        """The trainee wants to retry the call from before that turn."""

        def __init__(self, events: Sequence[Event], turn: int) -> None:
            super().__init__()
            self.events = events
            self.turn = turn

    class Drilled(Message):
        """The trainee wants to do the suggested drill."""

        def __init__(self, drill: Drill) -> None:
            super().__init__()
            self.drill = drill

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "retry", strings.KEY_RETRY, tooltip=strings.TIP_RETRY),
        *(Binding(str(number), f"retry({number})", show=False) for number in range(1, MOST_MOMENTS + 1)),
        Binding("t", "retry_any", show=False),
        Binding("p", "listen", strings.KEY_LISTEN, tooltip=strings.TIP_LISTEN),
        Binding("d", "drill", strings.KEY_DRILL, tooltip=strings.TIP_DRILL),
        Binding("c", "correct", strings.KEY_CORRECT, tooltip=strings.TIP_CORRECT),
        Binding("e", "record", strings.KEY_RECORD, tooltip=strings.TIP_RECORD),
        Binding("a", "leave(True)", strings.KEY_AGAIN),
        Binding("escape,q", "leave(False)", strings.KEY_LEAVE),
    ]
    HELP = strings.HELP_DEBRIEF

    def __init__(
        self,
        events: Sequence[Event],
        pack: Pack | None,
        *,
        own_notes: str = "",
        again: bool = False,
        retry: bool = False,
        journal: Path | None = None,
    ) -> None:
        """`own_notes`: the trainee's. `again`: offer a new call with this customer. `retry`: offer to retry a turn.
        `journal`: the call's file, if it is not in the calls folder."""
        super().__init__()
        self._events, self._retry = events, retry
        started = events[0]
        self._journal = journal or (journal_of_call(started) if isinstance(started, CallStarted) else None)
        self._sound = with_sound(events, self._journal) if self._journal else []
        self._own_notes = own_notes
        self._pack, self._again = pack, again
        self._review = review(events, pack)
        self._sections = tuple(sections(events, self._review, pack, own_notes))
        self._futures = futures(events)
        self._next_steps = tuple(by_key(events, self._review, first_name(pack), retry=retry, again=again))
        self._transcript = noted_rows(transcript(events, self._review, first_name(pack)))

    def compose(self) -> ComposeResult:
        call = self._review
        with Horizontal(id="top"):
            who = f"{self._pack.customer.name} · {self._pack.title}" if self._pack else strings.DEBRIEF_TITLE
            yield Static(who, id="who", markup=False)
            yield Static(strings.DEBRIEF_TITLE, id="phase")
        with VerticalScroll(id="debrief"):
            yield Static(headline(call), id="outcome", markup=False)
            for line in (outcome_text(call, self._pack), figures(call), *corrected(self._events)):
                if line:
                    yield Static(line, classes="quiet", markup=False)
            if self._futures:
                yield Static(self._futures.title, classes="heading", markup=False)
                yield Static(side_by_side(self._futures.columns))
            if call.moods:
                yield Static(strings.DEBRIEF_CURVE, classes="heading")
                yield AngerCurve(id="whole")
            if call.turning:
                yield Static(strings.DEBRIEF_TURNING, classes="heading")
                for number, moment in enumerate(call.turning, 1):
                    yield MomentRow(moment, f"{number}  {strings.clock(moment.t)}", lesson=False)
            if not call.silent:
                yield from self._lessons()
            if steps := "\n".join(self._next_steps):
                yield Static(strings.DEBRIEF_NEXT, classes="heading")
                yield Static(steps, id="next-steps", markup=False)
            for title, told in self._sections:
                yield Static(title, classes="heading", markup=False)
                yield Static("\n".join(told), classes="prose", markup=False)
            if self._has_record:
                yield Static(strings.DEBRIEF_RECORD, id="record-how", classes="heading", markup=False)
            with Container(id="record"):
                if self._transcript.row_count:
                    yield Static(strings.DEBRIEF_TRANSCRIPT, classes="heading")
                    yield Static(self._transcript)
                if call.rows:
                    yield Static(strings.DEBRIEF_LEDGER, classes="heading")
                    yield Ledger(call.rows, call.start)
        yield KeyLines()

    def _lessons(self) -> ComposeResult:
        call = self._review
        with Container(id="lessons"):
            with Vertical(classes="lesson"):
                yield Static(strings.DEBRIEF_INSTEAD, classes="heading")
                for moment in call.instead:
                    yield MomentRow(moment, strings.clock(moment.t))
                if not call.instead:
                    yield Static(strings.DEBRIEF_NO_INSTEAD, classes="quiet")
            with Vertical(classes="lesson"):
                yield Static(strings.DEBRIEF_WELL, classes="heading")
                for moment in call.well:
                    yield MomentRow(replace(moment, advice=""), strings.clock(moment.t))
                if not call.well:
                    yield Static(strings.DEBRIEF_NO_WELL, classes="quiet")

    @property
    def _has_record(self) -> bool:
        return bool(self._transcript.row_count or self._review.rows)

    def on_mount(self) -> None:
        self.query_one("#record").display = False
        call = self._review
        if call.moods:
            marks = [(moment.t, str(number)) for number, moment in enumerate(call.turning, 1)]
            span = (0.0, max(call.seconds, 1.0))
            self.query_one("#whole", AngerCurve).show_whole(call.moods, call.anger_at, span, marks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("retry", "retry_any"):
            return self._retry
        if action == "correct":
            return self._retry and self._journal is not None
        if action == "listen":
            return bool(self._sound)
        if action == "record":
            return self._has_record
        if action == "drill":
            return drill_for(self._review) is not None
        return self._again if action == "leave" and parameters == (True,) else True

    def action_retry(self, number: int = 0) -> None:
        """Retry from before turning point `number`; 0: before the turn that cost most."""
        turning = self._review.turning
        turn = costliest(self._events) if number == 0 else None
        if 0 < number <= len(turning):
            turn = turning[number - 1].turn
        if turn is None:
            self.notify(strings.RETRY_NO_TURN if number else strings.RETRY_NOTHING)
        else:
            self.post_message(self.Retried(self._events, turn))

    @work
    async def action_retry_any(self) -> None:
        """Retry from before a turn of the trainee's choice."""
        said = turns(self._events)
        turn = await self.app.push_screen_wait(AnyTurnScreen(said)) if said else None
        if turn is not None:
            self.post_message(self.Retried(self._events, turn))
        elif not said:
            self.notify(strings.RETRY_NO_TURN)

    @work
    async def action_listen(self) -> None:
        """Play the recording."""
        await self.app.push_screen_wait(ListenScreen(self._sound, self._pack))

    def action_record(self) -> None:
        """Show or hide every line and every change; hidden at first, for they are as long as all the rest."""
        record = self.query_one("#record")
        record.display = not record.display
        if record.display:
            self.call_after_refresh(self.query_one("#record-how").scroll_visible, top=True, animate=False)

    def action_drill(self) -> None:
        if drill := drill_for(self._review):
            self.post_message(self.Drilled(drill))

    @work
    async def action_correct(self) -> None:
        """Correct what was misheard, then show the debrief of the call judged anew."""
        assert self._journal is not None, "else the key is not offered"
        said = turns(self._events)
        if not said:
            self.notify(strings.CORRECT_NONE)
            return
        chosen = await self.app.push_screen_wait(CorrectScreen(said))
        if chosen is None:
            return
        try:
            anew = await asyncio.to_thread(correct, self._journal, *chosen)
        except (Problem, PackProblem) as problem:
            self.notify(strings.CORRECT_FAILED.format(problem=problem), severity="error")
            return
        self.app.switch_screen(
            DebriefScreen(
                anew,
                self._pack,
                own_notes=self._own_notes,
                again=self._again,
                retry=self._retry,
                journal=self._journal,
            )
        )

    def action_leave(self, again: bool) -> None:
        self.post_message(self.Left(self._pack, again=again))
