"""The real model on real speech, rendered here by the bundled voice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.wording import word_error
from tests.voice.recognition.stretches import feed, recognise, silence
from voice.audio import SAMPLE_RATE, Samples
from voice.hearing.finished import EVEN_LOG_ODDS
from voice.models import weights
from voice.ports import VoiceProblem
from voice.recognition.decoding import Decoded, WhisperModel
from voice.recognition.endofturn import SILENCE_SECONDS
from voice.recognition.whisper import Whisper

pytestmark = pytest.mark.real

SENTENCES = (
    "Thank you for calling, my name is Robin, how can I help you today?",
    "I am really sorry that the bookcase arrived with the wrong screws.",
    "Let me find out what happened to your order and call you back before five.",
    "It sounds like the last two weeks have been very frustrating for you.",
    "I can send a technician on Thursday morning, would that suit you?",
    "You have been a customer for eleven years and we would like to keep you.",
    "The connection drops every evening because the line is too noisy.",
    "Could you please read me the number on the back of the box?",
)


@pytest.fixture(scope="module")
def say() -> Callable[[str], Samples]:
    import soxr
    from hibari import Hibari

    voice = Hibari()
    said: dict[str, Samples] = {}

    def render(text: str) -> Samples:
        if text not in said:
            samples = np.asarray(voice(text), dtype=np.float32)
            said[text] = soxr.resample(samples, 24_000, SAMPLE_RATE).astype(np.float32)
        return said[text]

    return render


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths, in samples, of whatever the model is made to decode."""
    lengths: list[int] = []
    decode = WhisperModel.decode

    def counted(self: WhisperModel, samples: Samples, **options: Any) -> Decoded:
        lengths.append(len(samples))
        return decode(self, samples, **options)

    monkeypatch.setattr(WhisperModel, "decode", counted)
    return lengths


def test_sentences_are_understood_with_their_words_in_time(whisper: Whisper, say: Callable[[str], Samples]) -> None:
    pairs = []
    for sentence in SENTENCES:
        samples = say(sentence)
        heard = recognise(whisper, samples, t0=100.0)
        pairs.append((sentence, heard.text))
        assert heard.words
        assert heard.text == " ".join(word.text for word in heard.words)
        times = [time for word in heard.words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert 100.0 <= heard.words[0].start < heard.words[-1].end <= 100.0 + len(samples) / SAMPLE_RATE + 1e-6
        assert all(word.confidence is not None and 0.0 <= word.confidence <= 1.0 for word in heard.words)
    assert word_error(pairs) <= 0.05


def test_word_times_follow_the_sound(whisper: Whisper, say: Callable[[str], Samples]) -> None:
    first, second = say(SENTENCES[1]), say(SENTENCES[4])
    heard = recognise(whisper, np.concatenate([first, silence(1.5), second]))
    assert heard.words
    [send] = [word for word in heard.words if word.text == "send"]
    assert len(first) / SAMPLE_RATE + 1.5 < send.start < len(first) / SAMPLE_RATE + 3.5
    assert next(word for word in heard.words if word.text == "bookcase").end < len(first) / SAMPLE_RATE


def test_silence_after_the_end_of_speech_is_not_decoded_again(
    whisper: Whisper, say: Callable[[str], Samples], decodes: list[int]
) -> None:
    samples = say(SENTENCES[3])
    whisper.begin(10.0)
    feed(whisper, samples)
    feed(whisper, silence(0.16))
    early = whisper.partial(settled=True)
    assert early
    feed(whisper, silence(0.4))
    count = len(decodes)
    final = whisper.finish(end=10.0 + len(samples) / SAMPLE_RATE)
    assert len(decodes) == count
    assert final.text == early.text
    assert word_error([(SENTENCES[3], final.text)]) <= 0.1


def test_speech_that_went_on_after_the_early_decode_is_decoded(
    whisper: Whisper, say: Callable[[str], Samples], decodes: list[int]
) -> None:
    first, second = say("Let me see."), say("I can send a technician on Thursday.")
    whisper.begin(0.0)
    feed(whisper, first)
    whisper.partial(settled=True)
    feed(whisper, second)
    heard = whisper.finish(end=(len(first) + len(second)) / SAMPLE_RATE)
    assert decodes[-1] == len(first) + len(second)
    assert "technician" in heard.text


def test_drafts_grow_while_speaking_and_cost_no_more_for_a_long_turn(
    whisper: Whisper, say: Callable[[str], Samples], decodes: list[int]
) -> None:
    samples = np.concatenate([say(sentence) for sentence in SENTENCES[:3]])
    whisper.begin(0.0)
    drafts = []
    for at in range(0, len(samples), SAMPLE_RATE // 2):
        feed(whisper, samples[at : at + SAMPLE_RATE // 2])
        drafts.append(whisper.partial())
    texts = [draft.text for draft in drafts if draft]
    assert any("calling" in text and "wrong" not in text for text in texts)
    assert word_error([(" ".join(SENTENCES[:3]), texts[-1])]) <= 0.35
    assert max(decodes[: len(samples) // SAMPLE_RATE]) <= 6 * SAMPLE_RATE


def test_a_guess_saves_passes_and_changes_no_word(
    whisper: Whisper, say: Callable[[str], Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples, passes = say(SENTENCES[2]), [0]
    model = whisper._model()
    step = model._decoder.step

    def counted(*args: Any) -> Any:
        passes[0] += 1
        return step(*args)

    monkeypatch.setattr(model._decoder, "step", counted)
    texts, needed = [], []
    for guess in ("-", "Let me find out what happened to your daughter and call", SENTENCES[2]):
        passes[0] = 0
        texts.append([word.text for word in model.decode(samples, guess=guess).words])
        needed.append(passes[0])
    assert texts[1] == texts[2] == texts[0]
    assert needed[0] >= 15
    assert 6 >= needed[2] < needed[1] < needed[0]


def test_a_draft_that_nobody_wants_any_more_is_given_up(whisper: Whisper, say: Callable[[str], Samples]) -> None:
    whisper.begin(0.0)
    feed(whisper, say(SENTENCES[1]))
    assert whisper.partial(wanted=lambda: False) is None
    draft = whisper.partial()
    assert draft
    assert "bookcase" in draft.text


def test_a_sentence_sounds_finished_at_its_end_and_more_so_than_a_word_before_it(
    whisper: Whisper, say: Callable[[str], Samples]
) -> None:
    quiet, ends, before = silence(SILENCE_SECONDS), list[float](), list[float]()
    for sentence in SENTENCES:
        samples = say(sentence)
        words = recognise(whisper, samples).words
        assert words
        ends.append(heard_up_to(whisper, samples, words[-1].end, quiet))
        before.append(heard_up_to(whisper, samples, words[-2].end, quiet))
    assert np.median(ends) > EVEN_LOG_ODDS
    clearly = [end - odds > 0.5 for end, odds in zip(ends, before, strict=True)]
    assert sum(clearly) >= 0.75 * len(clearly)


def test_another_model_knows_nothing_of_the_end_of_a_turn(say: Callable[[str], Samples]) -> None:
    theirs = Whisper(weights.packaged_dir("whisper-base"))
    theirs.begin(0.0)
    feed(theirs, say(SENTENCES[1]))
    found = theirs.partial(settled=True)
    assert found
    assert found.finished is None


def heard_up_to(whisper: Whisper, samples: Samples, seconds: float, quiet: Samples) -> float:
    """The log odds that the turn is over there."""
    whisper.begin(0.0)
    feed(whisper, np.concatenate([samples[: round(seconds * SAMPLE_RATE)], quiet]))
    found = whisper.partial(settled=True)
    whisper.abort()
    assert found
    assert found.finished is not None
    return found.finished


def test_a_monologue_of_a_minute_is_heard_to_its_end(
    whisper: Whisper, say: Callable[[str], Samples], decodes: list[int]
) -> None:
    sentences = (SENTENCES * 2)[:14]
    samples = np.concatenate([piece for sentence in sentences for piece in (say(sentence), silence(0.3))])
    assert len(samples) > 55 * SAMPLE_RATE
    heard = recognise(whisper, samples)
    assert word_error([(" ".join(sentences), heard.text)]) <= 0.08
    assert max(decodes) <= 30 * SAMPLE_RATE
    assert heard.words
    starts = [word.start for word in heard.words]
    assert starts == sorted(starts)
    assert heard.words[-1].end > len(samples) / SAMPLE_RATE - 3.0


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(100, np.float32), np.zeros(48_000, np.float32)])
def test_nothing_gives_no_text(whisper: Whisper, samples: Samples) -> None:
    heard = recognise(whisper, samples, t0=3.0)
    assert (heard.text, heard.words) == ("", ())
    assert whisper.partial() is None


def test_an_aborted_turn_leaves_nothing(whisper: Whisper, say: Callable[[str], Samples]) -> None:
    whisper.begin(0.0)
    feed(whisper, say(SENTENCES[0]))
    whisper.abort()
    assert recognise(whisper, silence(1.0)).text == ""


def test_a_folder_that_is_no_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoiceProblem, match="holds no speech model"):
        Whisper(tmp_path / "nowhere").warm_up()
    (tmp_path / "model.bin").write_bytes(b"not weights")
    with pytest.raises(VoiceProblem, match=r"has no config\.json"):
        Whisper(tmp_path).warm_up()


def test_damaged_weights_are_one_sentence(tmp_path: Path) -> None:
    from voice.models.weights import packaged_dir

    whole = packaged_dir("whisper-base")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes((whole / name).read_bytes())
    (tmp_path / "model.bin").write_bytes((whole / "model.bin").read_bytes()[:1_000_000])
    with pytest.raises(VoiceProblem, match="cannot be read"):
        Whisper(tmp_path).warm_up()


def test_an_unknown_language_is_one_sentence() -> None:
    with pytest.raises(VoiceProblem, match="language"):
        Whisper(language="xx").warm_up()
