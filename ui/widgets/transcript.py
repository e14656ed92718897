"""The transcript: who says what, as it is said, and how each turn of the trainee changed the anger."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from ui import strings
from ui.calls.call_view import CallView, TranscriptLine
from ui.debrief.wording import change

NAME_WIDTH = 10
"""Cells for a name and a space; after "You" they hold the change of anger."""
STILL_CHANGING = 4
"""Lines at the end that are drawn again: a line is judged or cut off soon after it appears, or never."""


class Turn(Horizontal):
    """One line of the transcript."""

    def __init__(self, who: str, name: str) -> None:
        super().__init__(classes=f"turn -{who}")
        self.who = who
        self._speaker = name if len(name) < NAME_WIDTH else name[: NAME_WIDTH - 2] + "…"
        self._shown: tuple[str, str, float | None, bool] | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._speaker, classes="turn-who", markup=False)
        yield Static("", classes="turn-change", markup=False)
        yield Static("", classes="turn-text", markup=False)

    def show(self, text: str, *, unheard: str = "", delta: float | None = None, partial: bool = False) -> None:
        """`unheard`: the end of `text` that was never played. `delta`: anger points."""
        state = (text, unheard, delta, partial)
        if state == self._shown or not self.query(".turn-text"):  # none when the screen is being left
            return
        self._shown = state
        said = Text(text.removesuffix(unheard) if unheard else text)
        if unheard:
            said.append(f"— {strings.CUT_OFF}", style="italic")
        if partial:
            said.append(" …")
        self.query_one(".turn-text", Static).update(said)
        shown = self.query_one(".turn-change", Static)
        shown.update(change(delta or 0.0))
        shown.set_class((delta or 0.0) > 0, "-up")
        self.set_class(partial, "-partial")


class Transcript(VerticalScroll):
    """Follows its newest line until the reader scrolls up."""

    can_focus = True

    def __init__(self, customer: str, *, captions: bool = True, id: str | None = None) -> None:
        """`captions`: whether the customer's words are shown while the call goes on."""
        super().__init__(id=id)
        self.captions = captions
        self._names = {"customer": customer, "you": strings.YOU, "aside": ""}
        self._captioned = captions
        self._turns: list[Turn] = []
        self._partial: Turn | None = None

    def on_mount(self) -> None:
        self.anchor()

    async def show(self, view: CallView) -> None:
        """Update the lines from the view."""
        shown = self.captions or view.ended is not None
        await self._show_lines(tuple(view.lines), captions=shown)  # more may come while lines are mounted
        heard = not view.muted and view.hold_since is None
        await self._show_partial(view.partial if heard else "", speaking=view.you_speak and heard)

    async def _show_lines(self, lines: Sequence[TranscriptLine], *, captions: bool) -> None:
        await self._remove_revoked(lines)
        settled = max(0, len(self._turns) - STILL_CHANGING) if captions == self._captioned else 0
        self._captioned = captions
        for line in lines[len(self._turns) :]:
            if self._partial is not None:
                await self._partial.remove()
                self._partial = None
            turn = Turn(line.who, self._names[line.who])
            self._turns.append(turn)
            await self.mount(turn)
        for turn, line in zip(self._turns[settled:], lines[settled:], strict=True):
            if line.who == "customer" and not captions:
                turn.show(strings.CAPTIONS_OFF)
            else:
                turn.show(line.text, unheard=line.unheard, delta=line.delta)

    async def _remove_revoked(self, lines: Sequence[TranscriptLine]) -> None:
        """Remove lines of an answer that began too soon and was revoked."""
        kept = 0
        while kept < min(len(self._turns), len(lines)) and self._turns[kept].who == lines[kept].who:
            kept += 1
        for turn in self._turns[kept:]:
            await turn.remove()
        del self._turns[kept:]

    async def _show_partial(self, text: str, *, speaking: bool) -> None:
        if not text and not speaking:
            if self._partial is not None:
                await self._partial.remove()
                self._partial = None
            return
        if self._partial is None:
            self._partial = Turn("you", strings.YOU)
            await self.mount(self._partial)
        self._partial.show(text, partial=True)
