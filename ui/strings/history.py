"""Past calls, on the screen and as lines."""

from collections.abc import Sequence
from typing import Final

from ui.strings.debrief import LIST_JOIN
from ui.strings.keys import DELETE_ASK

HISTORY_TITLE: Final = "Your calls"
HISTORY_WHERE: Final = "{calls}, kept in {folder}"
HISTORY_LEFT_OUT: Final = "Left out, for they are no calls: {names}."
HISTORY_LEFT_OUT_MORE: Final = "Left out, for they are no calls: {names}, and {more} more."
HISTORY_NONE: Final = "No call yet. Take the first one from the lobby: `coolhead call`, or Esc if you came from there."
HISTORY_NO_MATCH: Final = "No call matches “{text}”."
HISTORY_SEARCH: Final = "Search by title, date or outcome"
HISTORY_NO_DATE: Final = "no date"
HISTORY_CUT_OFF: Final = "the record stops before the end"
HISTORY_CUT_OFF_SHAPE: Final = "…"
HISTORY_TEST: Final = "test"
HISTORY_CORRECTED: Final = "corrected"
HISTORY_AGAIN: Final = "tried again"
DELETE_RETRIES: Final = "{ask} What was tried again from it begins with its words, so that goes too: {count}."
STILL_GOING_ON: Final = "The call in {path} is still going on: hang up there first."
HISTORY_GONE: Final = "Deleted."
HISTORY_UNREADABLE: Final = "It cannot be opened: {problem}"
PLAIN_PAST: Final = "{number:>3}  {when}  {title}: {result}, {time}"
PLAIN_DELETED: Final = "Deleted: {when}, {title}."
PLAIN_DELETE_ASK: Final = "Type yes to delete it: "
PLAIN_DELETE_YES: Final = "yes"
PLAIN_NOT_DELETED: Final = "Nothing was deleted."
PLAIN_NO_CALLS: Final = "No call yet; take one with `coolhead call`. Calls will be kept in {folder}."
INDEX_REBUILT: Final = "{calls} read in {seconds:.1f} s; the index is {where}."
PURGE_NONE: Final = "No call is older than {days} days."
PURGE_ASK: Final = "Older than {days} days, or tried again from such: {calls}. Delete for good?"
PURGED: Final = "Deleted: {calls}."
FORGET_WHAT: Final = "This deletes all that Coolhead keeps of you on this machine, for good:"
FORGET_LINE: Final = "  {path}"
FORGET_INDEX: Final = "  your calls in the index {where}"
FORGET_KEPT: Final = "Kept are the scenarios that you wrote and the speech models, in {folder}."
FORGET_ASK: Final = "Type yes to forget everything: "
FORGOTTEN: Final = "Everything is forgotten."
FORGET_NOTHING: Final = "There is nothing to forget."


def kind(title: str, *, test: bool, again: bool, corrected: bool) -> str:
    """The title with what sort of call it was, where it was not simply one for practice."""
    kinds = [
        name for name, holds in ((HISTORY_TEST, test), (HISTORY_AGAIN, again), (HISTORY_CORRECTED, corrected)) if holds
    ]
    return f"{title} ({', '.join(kinds)})" if kinds else title


def left_out(files: Sequence[str], most: int = 3) -> str:
    """What lies among the calls and is none: the first names, and how many more; "" when there is nothing."""
    if not files:
        return ""
    names, more = LIST_JOIN.join(files[:most]), len(files) - most
    return (HISTORY_LEFT_OUT_MORE if more > 0 else HISTORY_LEFT_OUT).format(names=names, more=more)


def delete_question(title: str, when: str, retries: int) -> str:
    """Whether to delete the call, and what goes with it."""
    ask = DELETE_ASK.format(title=title, when=when)
    return DELETE_RETRIES.format(ask=ask, count=retries) if retries else ask
