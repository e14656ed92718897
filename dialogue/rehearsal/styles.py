"""The seven built-in trainees: how each of them handles a call, as shares of the turns in which they do a thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """A trainee who means to help. Shares are 0..1: how often they do it where it is called for."""

    name: str
    introduces: float
    """Greets with their own name."""
    hears_out: float
    """Lets the customer tell the next piece before asking or offering."""
    kind: float
    """Has a kind word where feeling was shown."""
    looks_closer: int
    """Questions asked beyond what the case turns on."""
    finds: float
    """Asks for what was left out, or explains the cause, before offering."""
    remembers: float
    """Thinks of an offer that the case needs before the customer has to bring it up."""
    responds: float
    """Answers what the customer brings up with the matter itself."""
    times: float
    """Puts a time on an offer by themselves."""
    optional: float
    """Offers what is not strictly needed, too."""
    recaps: float
    checks: float
    """Asks whether it suits."""
    slips: Mapping[str, float] = field(default_factory=dict)
    """Category of the bank -> how often it comes out in place of a kind word; "trap" is what this pack warns of."""
    talks_over: float = 0.0
    """Cuts into the customer's line."""
    gives_up_after: int = 5
    """Turns without anything left to offer before they say goodbye."""
    pause_seconds: float = 0.7


EXCELLENT = Style(
    "excellent", introduces=1.0, hears_out=1.0, kind=1.0, looks_closer=2, finds=1.0, remembers=1.0, responds=1.0,
    times=1.0, optional=1.0, recaps=1.0, checks=0.5,
)  # fmt: skip
GOOD = Style(
    "good", introduces=1.0, hears_out=0.85, kind=0.7, looks_closer=1, finds=0.9, remembers=0.9, responds=0.9,
    times=0.75, optional=0.4, recaps=0.7, checks=0.3, pause_seconds=0.9,
    slips={"flat": 0.12, "slip_sorry": 0.05, "slip_vague": 0.04, "slip_policy": 0.02},
)  # fmt: skip
AVERAGE = Style(
    "average", introduces=0.5, hears_out=0.4, kind=0.2, looks_closer=1, finds=0.55, remembers=0.42, responds=0.45,
    times=0.4, optional=0.2, recaps=0.0, checks=0.15, pause_seconds=1.5, gives_up_after=3,
    slips={
        "flat": 0.2, "slip_sorry": 0.08, "slip_vague": 0.07, "slip_policy": 0.06, "slip_feel": 0.04,
        "slip_dont_know": 0.04, "slip_non_apology": 0.04, "slip_calm": 0.03, "slip_argue": 0.03, "slip_blame": 0.02,
        "data_first": 0.03, "trap": 0.04,
    },
)  # fmt: skip
INTERRUPTER = Style(
    "interrupter", introduces=0.6, hears_out=0.15, kind=0.2, looks_closer=0, finds=0.8, remembers=0.8, responds=0.8,
    times=0.6, optional=0.25, recaps=0.2, checks=0.1, pause_seconds=0.1, talks_over=0.6,
    slips={"slip_rush": 0.5, "flat": 0.1, "data_first": 0.05},
)  # fmt: skip
HELPFUL: Mapping[str, Style] = {one.name: one for one in (EXCELLENT, GOOD, AVERAGE, INTERRUPTER)}
UNHELPFUL = ("dismissive", "sycophant", "robotic")
TRAINEES = ("excellent", "good", "average", "dismissive", "sycophant", "robotic", "interrupter")
"""All of them, in the order in which they are shown."""
