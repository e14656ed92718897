"""The text shown while somebody is still speaking: quick and rough, later replaced by the careful decode."""

from collections.abc import Callable

from voice.audio import SAMPLE_RATE, Samples
from voice.recognition.decoding import TAIL_SECONDS, WhisperModel

LONGEST_SECONDS = 4.5
"""When the part being decoded grows longer than this, its first words are settled: so a draft never takes longer."""
UNSETTLED_SECONDS = 1.5
"""Words this near to the end may still change."""
LEAST_CONTEXT_SECONDS = 3.0


class Draft:
    """The words so far of a stretch that grows. Settled words are not decoded again."""

    def __init__(self) -> None:
        self._settled: list[str] = []
        self._from_sample = 0
        self._last: list[str] = []
        """The words after the settled ones, as of the last call."""

    def text(self, model: WhisperModel, samples: Samples, wanted: Callable[[], bool]) -> str:
        """The text of `samples` (16 kHz), which begin as at the last call and have grown since. Raises Unwanted."""
        tail = samples[self._from_sample :]
        seconds = len(tail) / SAMPLE_RATE
        context = max(LEAST_CONTEXT_SECONDS, seconds + TAIL_SECONDS)
        words = model.decode(tail, least_seconds=context, beam=1, guess=" ".join(self._last), wanted=wanted).words
        text = " ".join([*self._settled, *(word.text for word in words)])
        self._last = [word.text for word in words]
        if seconds > LONGEST_SECONDS:
            said = [word for word in words if word.end < seconds - UNSETTLED_SECONDS]
            self._settled += [word.text for word in said]
            self._last = self._last[len(said) :]
            settled_seconds = said[-1].end if said else seconds - LONGEST_SECONDS
            self._from_sample += int(settled_seconds * SAMPLE_RATE)
        return text
