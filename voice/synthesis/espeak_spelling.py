"""What espeak-ng reads wrongly, written so that it reads it right. Pure text.

By its own phonemes (`espeak_TextToPhonemes`, 1.52): a long pause before an "and" after a number ("six hundred, and
forty"), "£42.50" as "pound forty two point five zero", "9:05" as "nine, five", "/" by its name, and "Mm-hm" letter by
letter.
"""

import re

CURRENCIES = {"£": ("pound", "p"), "$": ("dollar", "cents"), "€": ("euro", "cents")}
SOUNDS = {"mm-hm": "um-hmm", "mhm": "um-hmm", "mm": "hmm", "hm": "hmm", "ugh": "uh", "pfft": "puff"}
_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_AND = re.compile(rf"\b({_UNITS}|{_TENS}|hundred|thousand|million) and\b", re.IGNORECASE)
_MONEY = re.compile(r"([£$€])(\d+(?:,\d{3})*)(?:\.(\d\d))?(?![.,]?\d)")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?=\s?[ap]\.?m\b)|\b([01]?\d|2[0-3]):([0-5]\d)\b", re.IGNORECASE)
_SOUND = re.compile(rf"\b({'|'.join(SOUNDS)})\b", re.IGNORECASE)
_SLASH = re.compile(r"(?<=\d)/(?=\d)")


def readable(text: str) -> str:
    """`text` for espeak-ng: the same words to the ear, e.g. "£42.50 at 9:05" -> "42 pounds 50 at 9 oh 5"."""
    text = _MONEY.sub(_money, text)
    text = _CLOCK.sub(_clock, text)
    text = _SLASH.sub(" ", text)
    text = _SOUND.sub(lambda found: SOUNDS[found[0].lower()], text)
    return _AND.sub(r"\1-and", text)


def _money(found: re.Match[str]) -> str:
    name, small = CURRENCIES[found[1]]
    whole, rest = int(found[2].replace(",", "")), int(found[3] or 0)
    sum_ = f"{whole} {name}{'' if whole == 1 else 's'}"
    if not rest:
        return sum_
    return f"{sum_} {rest}" if whole else f"{rest} {small}"


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4])
    if minute == 0:
        return f"{hour}" if found[1] else f"{hour} o'clock" if hour <= 12 else f"{hour} hundred"
    return f"{hour} oh {minute}" if minute < 10 else f"{hour} {minute}"
