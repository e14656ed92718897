"""How the regression of ends of turns is taught: turns, their sound, and the fit."""

import numpy as np
import pytest

from models.endofturn import room, texts
from models.endofturn.pauses import BEHIND_SECONDS, CONTEXT_SECONDS, pauses
from models.endofturn.speakers import Ending, Speakers, bent, ending, silence
from models.endofturn.texts import Part, turn, written
from models.endofturn.train import area, fit, unseen
from voice.audio import SAMPLE_RATE
from voice.hearing.vad import SileroVad

SENTENCES = ["I can send you a new one tomorrow.", "Who told you that? It is not so.", "Thank you."]


def turns(count: int) -> list[list[Part]]:
    return [turn(SENTENCES, np.random.default_rng(seed)) for seed in range(count)]


def test_only_the_last_part_of_a_turn_ends_it_and_every_other_has_a_pause_behind_it() -> None:
    for parts in turns(200):
        assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
        assert parts[-1].pause_seconds == 0.0
        least, most = texts.PAUSE_SECONDS
        assert all(least <= part.pause_seconds <= most for part in parts[:-1])
        assert all(any(map(str.isalpha, part.text)) for part in parts)


def test_turns_are_broken_off_in_many_ways() -> None:
    held = [part.text for parts in turns(300) for part in parts[:-1]]
    endings = {text[-1] for text in held}
    assert {",", "."} <= endings
    assert any(character.isalpha() for character in endings)
    assert any(text.endswith(texts.LINKS) for text in held)
    assert any(text.rstrip(",.").endswith(("um", "uh")) for text in held)


def test_the_texts_are_the_training_sentences_and_many() -> None:
    found = written()
    assert len(found) > 14_000
    assert len(set(found)) == len(found)


def test_turns_and_rooms_are_the_same_for_the_same_seed() -> None:
    sound = np.sin(np.arange(SAMPLE_RATE) / 20.0).astype(np.float32)
    first, second, other = (room.heard(sound, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("seed", range(12))
def test_a_room_keeps_the_length_and_stays_within_full_scale(seed: int) -> None:
    sound = np.concatenate([silence(0.5), np.sin(np.arange(SAMPLE_RATE) / 20.0), silence(0.501)]).astype(np.float32)
    heard = room.heard(sound, np.random.default_rng(seed))
    assert heard.dtype == np.float32
    assert len(heard) == len(sound)
    assert np.isfinite(heard).all()
    assert 0.0 < np.abs(heard).max() <= 1.0


def frames(count: int = 160, hz: float = 200.0) -> list[np.ndarray]:
    """hibari's, of one long vowel."""
    spectra = [np.zeros((601, count), np.float32) for _ in range(5)]
    return [*spectra, np.full(count, hz, np.float32)]


def last_hz(ending: Ending) -> float:
    random = np.random.default_rng(3)
    return float(bent(frames(), ending, random)[-1][-1] / bent(frames(), Ending(), np.random.default_rng(3))[-1][-1])


def test_an_ending_moves_pitch_loudness_and_length() -> None:
    assert last_hz(Ending(semitones=12.0)) == pytest.approx(2.0, rel=0.01)
    assert last_hz(Ending(semitones=-12.0)) == pytest.approx(0.5, rel=0.01)
    plain, slow, soft = (
        bent(frames(), each, np.random.default_rng(3)) for each in (Ending(), Ending(2.0), Ending(decibels=-8.0))
    )
    assert slow[0].shape[1] - plain[0].shape[1] == pytest.approx(24, abs=6)  # .3 s at 80 frames a second
    assert soft[0][0, -1] == pytest.approx(-8.0 * np.log(10.0) / 20.0, abs=0.05)
    assert plain[0][0, -1] == 0.0
    assert len({each.shape[-1] for each in slow}) == 1


def test_who_goes_on_draws_the_end_out_and_who_has_finished_falls() -> None:
    random = np.random.default_rng(0)
    held, over = ([ending(Part("It came.", last, 0.5), random) for _ in range(400)] for last in (False, True))
    assert np.mean([each.slower for each in held]) > np.mean([each.slower for each in over]) + 0.2
    assert np.mean([each.semitones for each in held]) > 0.0 > np.mean([each.semitones for each in over])
    asked = [ending(Part("Did it come?", True, 0.0), random).semitones for _ in range(400)]
    assert np.mean(asked) > np.mean([each.semitones for each in over]) + 1.0


@pytest.mark.real
def test_a_spoken_turn_pauses_where_it_was_told_to_and_ends_once() -> None:
    speakers = Speakers()
    parts = [Part("I looked at your order, and", False, 0.8), Part("it left on Monday.", True, 0.0)]
    try:
        for seed in (0, 1, 2, 3):
            engine, sound = speakers.say(parts, np.random.default_rng(seed))
            found = list(pauses(sound, SileroVad()))
            assert engine in ("hibari", "espeak")
            assert [pause.over for pause in found].count(True) == 1
            assert found[-1].over
            assert any(pause.seconds == pytest.approx(0.8, abs=0.25) for pause in found)
            assert all(len(pause.silence) == BEHIND_SECONDS * SAMPLE_RATE for pause in found)
            assert all(len(pause.sound) <= CONTEXT_SECONDS * SAMPLE_RATE for pause in found)
    finally:
        speakers.close()


def test_silence_has_no_pauses() -> None:
    assert list(pauses(silence(2.0), SileroVad())) == []


def test_the_fit_finds_a_rule_that_is_there_on_rows_it_has_not_seen() -> None:
    random = np.random.default_rng(0)
    features = random.normal(2.0, 3.0, (600, 8))
    wanted = features @ np.arange(8.0) - 5.0
    over = wanted > 0.0
    weights, bias = fit(features, wanted, over, ridge=1e-6)
    assert weights == pytest.approx(np.arange(8.0), abs=1e-3)
    assert bias == pytest.approx(-5.0, abs=1e-2)
    groups = np.arange(600) % 4
    assert unseen(features, wanted, over, groups, ridge=1e-6) == pytest.approx(wanted, abs=1e-2)
    chance = unseen(features, random.permutation(wanted), over, groups, ridge=1.0)
    assert abs(np.corrcoef(chance, wanted)[0, 1]) < 0.2


def test_a_strong_ridge_says_the_mean_of_ends_and_pauses() -> None:
    random = np.random.default_rng(0)
    features, wanted = random.normal(size=(50, 4)), random.normal(1.5, 1.0, 50)
    over = np.arange(50) < 10
    weights, bias = fit(features, wanted, over, ridge=1e9)
    assert np.abs(weights).max() < 1e-5
    assert bias == pytest.approx(0.5 * (wanted[over].mean() + wanted[~over].mean()), abs=1e-4)  # ends weigh as much


def test_area_is_how_often_an_end_stands_above_a_pause() -> None:
    over = np.array([True, True, False, False])
    assert area(over, np.array([3.0, 1.0, 2.0, 0.0])) == 0.75
    assert area(over, np.array([1.0, 1.0, 1.0, 1.0])) == 0.5
