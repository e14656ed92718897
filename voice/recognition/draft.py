"""What the screen shows while somebody is still speaking: quick and rough, replaced by the careful decode."""

from voice.audio import SAMPLE_RATE, Samples
from voice.recognition.decoding import TAIL_SECONDS, WhisperModel

LONGEST_SECONDS = 4.5
"""A tail longer than this gives up its front words as said, so that a draft costs the same however long one speaks."""
UNSETTLED_SECONDS = 1.5
"""Words this near to the end may still change with what follows."""
LEAST_CONTEXT_SECONDS = 3.0


class Draft:
    """The words of one growing stretch so far. Words once settled are not decoded again."""

    def __init__(self) -> None:
        self._settled: list[str] = []
        self._from_sample = 0

    def text(self, model: WhisperModel, samples: Samples) -> str:
        """The text of `samples` (16 kHz), which begin as at the last call and have grown since."""
        tail = samples[self._from_sample :]
        seconds = len(tail) / SAMPLE_RATE
        context = max(LEAST_CONTEXT_SECONDS, seconds + TAIL_SECONDS)
        words = model.decode(tail, least_seconds=context, beam=1).words
        text = " ".join([*self._settled, *(word.text for word in words)])
        if seconds > LONGEST_SECONDS:
            said = [word for word in words if word.end < seconds - UNSETTLED_SECONDS]
            self._settled += [word.text for word in said]
            settled_seconds = said[-1].end if said else seconds - LONGEST_SECONDS
            self._from_sample += int(settled_seconds * SAMPLE_RATE)
        return text
