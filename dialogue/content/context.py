"""What the judgement needs to know about the call besides the words themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    customer_name: str = ""
    """As on the account, e.g. "Dana Whitlock" or "Mr Chen"; "" when unknown."""
    heard: str = ""
    """The customer's last line, as far as it sounded; "" at the start."""
    agent_name: str = ""
    heard_out: bool = True
    """The customer has been let to tell the story."""
    customer_asked: str = ""
    """The question of the customer that is still open; "" when there is none."""
    mourns: bool = False
    """They have told of a death or a grave illness, or the desk says so."""
