"""One stretch of sound through Whisper: spectrogram, encoder, search, alignment, words.

The model was trained on 30 s windows. It is given only as much context as it needs, which is what makes it quick, and
`guards` take away what it makes up for that. The encoder is CTranslate2's, the rest is ours.
"""

import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dialogue.events import Word
from voice.audio import SAMPLE_RATE, Floats, Samples
from voice.ports import VoiceProblem
from voice.recognition.alignment import token_starts
from voice.recognition.endofturn import EndOfTurn
from voice.recognition.guards import sayable
from voice.recognition.mel import FRAMES_PER_SECOND, log_mel
from voice.recognition.search import Memory, Rules, Text, search
from voice.recognition.speculative import follow
from voice.recognition.text_decoder import TextDecoder

WINDOW_SECONDS = 30.0
"""The model takes no more at once."""
SHORTEST_CONTEXT_SECONDS = 10.0
"""Measured by benchmarks/recognition.py: shorter ones make the model loop, longer ones cost time."""
BEAM = 2
"""In a call. Each further text costs a tenth more time."""
TAIL_SECONDS = 1.0
"""Silence behind the sound, so that the last word is not cut."""
SLOWEST_WORD_SECONDS = 0.3
SLOWEST_LETTER_SECONDS = 0.1
"""A word of n letters drawn out as long as anyone would: 0.3 + 0.1 n s."""
TOKENS_PER_SECOND = 12.0
SPARE_TOKENS = 15
"""A text longer than SPARE_TOKENS + TOKENS_PER_SECOND * seconds is not decoded to its end."""
_SPACE = "Ġ"
"""How the vocabulary spells the space in front of a word."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the model makes of a stretch."""

    words: tuple[Word, ...]
    """Times in seconds from the start of the stretch; () when nothing was said."""
    no_speech: float
    """The model's probability that there is no speech, 0..1."""
    mean_log_probability: float
    """Per token, <= 0."""
    finished: float | None = None
    """Log odds that the speaker has, if the sound ends in a pause; None where nothing was said or nobody can tell."""


class Unwanted(Exception):
    """Nobody needs the result any more."""


class WhisperModel:
    """Weights, vocabulary and settings; `decode` is all it does, for any number of threads at once."""

    def __init__(self, folder: Path, *, language: str, threads: int, end_of_turn: EndOfTurn | None = None) -> None:
        """Load from a folder in CTranslate2's form: model.bin, config.json, vocabulary.txt, tokenizer.json.
        `end_of_turn` is the one for this encoder."""
        # A thread that waits for another must not spin: the voice and the screen want that core. Read once, at import.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        # oneDNN keeps its plans for the last 1,024 shapes, and no two sounds are as long: a megabyte for each turn.
        # A few are as quick (measured: 80 sounds of 2 to 9 s, 18 s of CPU either way, 2 MB more afterwards, not 86).
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")
        import ctranslate2
        from tokenizers import Tokenizer

        for name in ("model.bin", "config.json", "tokenizer.json"):
            if not (folder / name).is_file():
                raise VoiceProblem(f"{folder} is not a Whisper model for CTranslate2: it has no {name}.")
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._model = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=threads
            )
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            heads = [(int(layer), int(head)) for layer, head in config.get("alignment_heads", ())]
            self._decoder = TextDecoder(folder, heads, threads=threads)
        except Exception as problem:  # both libraries raise bare RuntimeError or Exception for a file they cannot read
            raise VoiceProblem(f"The Whisper model in {folder} cannot be read ({problem}): reinstall it.") from problem
        self._storage = ctranslate2.StorageView
        self._end_of_turn = end_of_turn
        self._prompt = [self._id("<|startoftranscript|>")]
        if self._model.is_multilingual:
            self._prompt += [self._id(f"<|{language}|>"), self._id("<|transcribe|>")]
        self._prompt.append(self._id("<|notimestamps|>"))
        self._rules = self._rules_of(config)

    def decode(
        self,
        samples: Samples,
        *,
        least_seconds: float = SHORTEST_CONTEXT_SECONDS,
        beam: int = BEAM,
        guess: str = "",
        wanted: Callable[[], bool] = lambda: True,
    ) -> Decoded:
        """At most 30 s of 16 kHz sound as words with times and probabilities.

        `least_seconds` is the context given to the model where the sound is shorter; `beam` how many texts compete.
        With a `guess` at the text none compete, and the more of it is right the quicker it goes. Raises Unwanted soon
        after `wanted` has become False.
        """
        if len(samples) == 0:
            return Decoded((), 1.0, 0.0)
        seconds = len(samples) / SAMPLE_RATE
        encoded = np.array(self._encode(samples, least_seconds))
        heard = self._decoder.begin(encoded)
        nothing = self._decoder.nothing(heard)

        def step(tokens: npt.NDArray[np.int64], memory: Memory) -> tuple[Floats, Memory]:
            if not wanted():
                raise Unwanted
            return self._decoder.step(heard, tokens, memory)

        if guess:
            tokens = self._tokenizer.encode(f" {guess}", add_special_tokens=False).ids
            text = follow(step, nothing, self._rules, tokens, longest=self._longest(seconds))
        else:
            text = search(step, nothing, self._rules, beam=beam, longest=self._longest(seconds))
        words = sayable(self._words(text, seconds) if text.tokens else (), seconds)
        finished = self._end_of_turn.log_odds(encoded[0], len(samples)) if self._end_of_turn and words else None
        return Decoded(words, text.no_speech, text.mean_log_probability, finished)

    def _encode(self, samples: Samples, least_seconds: float) -> Any:
        needed = max(least_seconds, len(samples) / SAMPLE_RATE + TAIL_SECONDS)
        frames = 2 * math.ceil(min(needed, WINDOW_SECONDS) * FRAMES_PER_SECOND / 2)
        return self._model.encode(self._storage.from_array(log_mel(samples, frames)[None]))

    def _longest(self, seconds: float) -> int:
        return min(SPARE_TOKENS + round(seconds * TOKENS_PER_SECOND), self._decoder.longest - len(self._prompt))

    def _rules_of(self, config: Mapping[str, Any]) -> Rules:
        """What a text may be made of, as the model's own configuration has it."""
        return Rules(
            prompt=tuple(self._prompt),
            end=self._id("<|endoftext|>"),
            no_speech=self._id("<|nocaptions|>", "<|nospeech|>"),
            never=np.array(config.get("suppress_ids", ()), np.int64),
            not_first=np.array(config.get("suppress_ids_begin", ()), np.int64),
        )

    def _words(self, text: Text, seconds: float) -> tuple[Word, ...]:
        """Tokens to words. A word's confidence is the mean probability of its tokens."""
        tokens = text.tokens
        starts = np.full(len(tokens) + 1, seconds)
        starts[: text.seen.shape[1]] = np.minimum(token_starts(text.seen, seconds), seconds)
        first = [n for n, token in enumerate(tokens) if n == 0 or self._begins_word(token)]
        words = []
        for begin, end in zip(first, [*first[1:], len(tokens)], strict=True):
            spelled = str(self._tokenizer.decode(list(tokens[begin:end]))).strip()
            confidence = float(np.mean(np.exp(text.log_probabilities[begin:end])))
            if spelled:
                start, stop = _without_pause(spelled, float(starts[begin]), float(starts[end]), leads=begin == 0)
                words.append(Word(spelled, start, stop, round(confidence, 3)))
        return tuple(words)

    def _begins_word(self, token: int) -> bool:
        return str(self._tokenizer.id_to_token(token)).startswith(_SPACE)

    def _id(self, *names: str) -> int:
        """The number of a token, under whichever of its names this model knows it."""
        found = next((number for name in names if (number := self._tokenizer.token_to_id(name)) is not None), None)
        if found is None:
            raise VoiceProblem(f"The Whisper model here does not know {names[0]}: choose another model or language.")
        return int(found)


def _without_pause(text: str, start: float, end: float, *, leads: bool) -> tuple[float, float]:
    """A word's time without the pause that the alignment adds behind it, or in front of the first word."""
    longest = SLOWEST_WORD_SECONDS + SLOWEST_LETTER_SECONDS * len(text)
    if end - start <= longest:
        return start, end
    return (end - longest, end) if leads else (start, start + longest)
