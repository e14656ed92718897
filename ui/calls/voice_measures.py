"""The trainee's last turn beside their own baseline: loudness and pace, as numbers. Measured, never interpreted."""

from dialogue import tone
from dialogue.events import Prosody
from ui import strings


def in_words(turn: Prosody | None, baseline: Prosody | None) -> str:
    """ "+3 dB, pace x1.1"; "" when there is nothing to measure or to measure it by."""
    relative = tone.read(turn, baseline).relative
    parts = []
    if "loudness_dbfs" in relative:
        parts.append(strings.YOUR_LOUDNESS.format(difference=round(relative["loudness_dbfs"])))
    if "rate_syllables_s" in relative:
        parts.append(strings.YOUR_PACE.format(ratio=relative["rate_syllables_s"]))
    return strings.YOUR_VOICE.format(measures=", ".join(parts)) if parts else ""
