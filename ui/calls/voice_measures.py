"""The trainee's last turn beside their own baseline: loudness and pace, as numbers. Measured, never interpreted."""

from dialogue import tone
from dialogue.events import Prosody
from ui import strings

LEAST_DB, LEAST_PERCENT = 2, 10
"""Smaller differences are as usual: nobody says the same sentence twice alike."""


def in_words(turn: Prosody | None, baseline: Prosody | None) -> str:
    """ "You: 3 dB louder, 10 % faster"; "" when there is nothing to measure or to measure it by."""
    relative = tone.read(turn, baseline).relative
    if not relative.keys() & {"loudness_dbfs", "rate_syllables_s"}:
        return ""
    louder = round(relative.get("loudness_dbfs", 0.0))
    faster = round(100 * (relative.get("rate_syllables_s", 1.0) - 1.0))
    parts = []
    if abs(louder) >= LEAST_DB:
        parts.append(strings.YOUR_LOUDNESS[louder > 0].format(difference=abs(louder)))
    if abs(faster) >= LEAST_PERCENT:
        parts.append(strings.YOUR_PACE[faster > 0].format(difference=abs(faster)))
    return strings.YOUR_VOICE.format(measures=", ".join(parts) or strings.YOUR_USUAL)
