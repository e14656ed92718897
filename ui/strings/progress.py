"""Progress over many calls."""

from collections.abc import Mapping
from typing import Final

PROGRESS_TITLE: Final = "Your progress"
PROGRESS_NONE: Final = "There is no finished call yet to learn from; take one with `coolhead call`."
PROGRESS_NONE_HERE: Final = (
    "There is no finished call yet to learn from. Esc, then Enter on a caller: after the first call you find here how "
    "it went, and what to practise next."
)
PROGRESS_CALLS: Final = "{calls}; the customer was satisfied in {satisfied}."
PROGRESS_STREAK: Final = "The last {streak} in a row."
PROGRESS_WEEKS: Final = "Week by week, averages (mind who called: some are harder)"
PROGRESS_WEEK: Final = (
    "{week:<18} {calls:<9} {satisfied:>2} satisfied   anger {start:>2.0f} → {end:<3.0f}  scorecard {score}"
)
PROGRESS_WEEKS_AGO: Final[Mapping[int, str]] = {0: "this week", 1: "last week"}
PROGRESS_WEEK_OF: Final = "week of {monday}"
PROGRESS_NO_SCORE: Final = "–"
PROGRESS_HEAD: Final = "What your calls show (newer calls count more; ? is too few of them)"
PROGRESS_SKILL: Final = "{bar} {share:>4.0%}  {title}  {note}"
PROGRESS_SURE: Final = "({low:.0%} to {high:.0%})"
PROGRESS_UNSURE: Final = "({low:.0%} to {high:.0%}?)"
PROGRESS_BESTS: Final = "Your best call of each customer"
PROGRESS_BEST: Final = "{result}  {title}"
PROGRESS_DRILL: Final = (
    "Next drill: coolhead drill {id} ({title}), because “{point}” was missed in {missed} of {calls}."
)
PROGRESS_DRILL_KEY: Final = "d: drill “{title}”, because “{point}” was missed in {missed} of {calls}"
PROGRESS_CALL: Final = "Next call: coolhead call {id} ({title}). {why}"
PROGRESS_CALL_HERE: Final = "Esc, then Enter: call “{title}”. {why}"
PROGRESS_DRILLS: Final = "Your drills, rounds passed (the last result on the right)"
PROGRESS_DRILLED: Final = "{title}: {course}  ({times}, last on {when})"
PROGRESS_COURSE: Final = "  "
PROGRESS_BAR_FULL: Final = "━"
PROGRESS_BAR_EMPTY: Final = "─"
KEY_PROGRESS: Final = "Progress"
TIP_PROGRESS: Final = "What your calls show, week by week, and what to practise next."
HELP_PROGRESS: Final = """\
Each line under “What your calls show” is a part of the scorecard: the share of its points that you met, and in \
brackets how sure that is. Moments that were tried again do not count.

`coolhead scorecard` shows the points of one call, with their quotes."""
