"""The trainee's loudness on a fixed scale, with a mark at their calm baseline."""

from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from ui import strings

QUIETEST_DBFS, LOUDEST_DBFS = -60.0, 0.0
"""The scale never adapts: a quiet voice must not look like a shout."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def filled_eighths(level_dbfs: float, width: int) -> int:
    """How many eighths of a cell a bar of `width` cells fills at `level_dbfs`."""
    share = (level_dbfs - QUIETEST_DBFS) / (LOUDEST_DBFS - QUIETEST_DBFS)
    return round(min(1.0, max(0.0, share)) * width * 8)


class LevelMeter(Widget):
    """A bar of `bar_width` cells; draws only when an eighth of a cell changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"level--rest", "level--loud", "level--mark"}

    eighths: reactive[int] = reactive(0)
    decibels: reactive[int] = reactive(-120)

    def __init__(self, baseline_dbfs: float | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._baseline_dbfs = baseline_dbfs

    @property
    def bar_width(self) -> int:
        return max(4, self.size.width - 10)

    def show(self, level_dbfs: float) -> None:
        """The current level, dB re full scale."""
        self.eighths = filled_eighths(level_dbfs, self.bar_width)
        self.decibels = round(level_dbfs)

    def render(self) -> Text:
        width = self.bar_width
        whole, part = divmod(self.eighths, 8)
        bar = "█" * whole + (_EIGHTHS[part] if part else "")
        text = Text(no_wrap=True, end="")
        rest = self.get_visual_style("level--rest").rich_style
        text.append(bar)
        text.append("·" * (width - len(bar)), style=rest)
        if self._baseline_dbfs is not None:
            mark = min(width - 1, filled_eighths(self._baseline_dbfs, width) // 8)
            text.plain = text.plain[:mark] + "│" + text.plain[mark + 1 :]
            text.stylize(self.get_visual_style("level--mark").rich_style, mark, mark + 1)
        heard = self.decibels > QUIETEST_DBFS
        text.append(strings.LEVEL.format(level=self.decibels) if heard else strings.LEVEL_NONE, style=rest)
        return text
