"""`raised` rises with each measure, is near 0 at the baseline, and says why."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogue import tone
from dialogue.events import Prosody

BASELINE = Prosody(
    seconds=12.0,
    loudness_dbfs=-32.0,
    pitch_hz=140.0,
    pitch_range_st=6.0,
    rate_syllables_s=4.0,
    pause_share=0.1,
    tilt_db=-14.0,
)


def heard(
    louder_db: float = 0.0, higher_st: float = 0.0, brighter_db: float = 0.0, faster: float = 1.0, seconds: float = 2.0
) -> Prosody:
    assert BASELINE.pitch_hz is not None
    return replace(
        BASELINE,
        seconds=seconds,
        loudness_dbfs=BASELINE.loudness_dbfs + louder_db,
        pitch_hz=BASELINE.pitch_hz * 2 ** (higher_st / 12),
        tilt_db=BASELINE.tilt_db + brighter_db,
        rate_syllables_s=BASELINE.rate_syllables_s * faster,
    )


def read(**moved: float) -> tone.Tone:
    return tone.read(heard(**moved), BASELINE)


shifts = st.fixed_dictionaries(
    {
        "louder_db": st.floats(-20, 25),
        "higher_st": st.floats(-12, 18),
        "brighter_db": st.floats(-12, 15),
        "faster": st.floats(0.3, 2.5),
        "seconds": st.floats(0.2, 20),
    }
)


@given(shifts, st.sampled_from(["louder_db", "higher_st", "brighter_db", "faster"]), st.floats(0, 10))
def test_more_of_anything_is_never_less_raised(shift: dict[str, float], measure: str, more: float) -> None:
    before, after = read(**shift), read(**(shift | {measure: shift[measure] + more}))
    assert after.raised >= before.raised - 1e-12
    assert after.raised_no_level >= before.raised_no_level - 1e-12


@given(shifts, st.sampled_from(["louder_db", "higher_st", "brighter_db", "faster"]))
def test_a_hair_more_is_at_most_a_hair_more_raised(shift: dict[str, float], measure: str) -> None:
    before, after = read(**shift), read(**(shift | {measure: shift[measure] + 1e-4}))
    assert after.raised - before.raised < 1e-3


@given(shifts)
def test_it_stays_between_none_and_one(shift: dict[str, float]) -> None:
    read_now = read(**shift)
    assert 0.0 <= read_now.raised <= 1.0
    assert 0.0 <= read_now.raised_no_level <= 1.0


@given(shifts, st.floats(-20, 25))
def test_loudness_does_not_enter_the_reading_without_level(shift: dict[str, float], louder_db: float) -> None:
    assert read(**shift).raised_no_level == read(**(shift | {"louder_db": louder_db})).raised_no_level


def test_the_baseline_itself_is_not_raised() -> None:
    at_baseline = read()
    assert at_baseline.raised < 0.02
    assert at_baseline.raised_no_level < 0.02
    assert at_baseline.reasons == ()


def test_one_step_in_every_measure_is_half_raised() -> None:
    assert read(louder_db=6, higher_st=3, brighter_db=4).raised == pytest.approx(0.5)


@pytest.mark.parametrize("ordinary", [{"louder_db": 3}, {"higher_st": 2}, {"brighter_db": 3}, {"faster": 1.3}])
def test_what_calm_speech_does_from_turn_to_turn_is_not_raised(ordinary: dict[str, float]) -> None:
    assert read(**ordinary).raised < 0.1


def test_reasons_name_what_stands_out_strongest_first_and_nothing_else() -> None:
    assert read(louder_db=7, higher_st=4, brighter_db=1).reasons == ("pitch +4 semitones", "loudness +7 dB")
    assert read(louder_db=12, higher_st=1, brighter_db=6).reasons == ("loudness +12 dB", "brightness +6 dB")
    assert read(louder_db=8, faster=1.9).reasons == ("faster by 90 %", "loudness +8 dB")
    assert read(louder_db=-9, higher_st=-4, brighter_db=-3, faster=0.6).reasons == ()


def test_a_level_evened_out_by_gain_control_is_not_gone_by() -> None:
    shouting = {"higher_st": 9.0, "brighter_db": 8.0}
    evened = read(**shouting, louder_db=1.0)
    assert not evened.level_trusted
    assert evened.raised > 0.9
    assert not any("loudness" in reason for reason in evened.reasons)
    natural = read(**shouting, louder_db=14.0)
    assert natural.level_trusted
    assert natural.reasons[0].startswith("pitch")
    assert any("loudness" in reason for reason in natural.reasons)


def test_a_microphone_moved_nearer_is_not_a_raised_voice() -> None:
    assert read(louder_db=9).raised < 0.1


def test_no_measure_alone_however_far_off_makes_a_voice_fully_raised() -> None:
    assert read(louder_db=60.0).raised <= 0.5
    assert read(brighter_db=60.0).raised < 0.75
    assert read(higher_st=36.0).raised < 0.75


def test_a_soft_low_voice_is_not_raised_by_its_brightness_alone() -> None:
    assert read(louder_db=-6, higher_st=-3, brighter_db=5).raised < 0.1


def test_relative_gives_differences_and_a_ratio() -> None:
    relative = read(louder_db=7, higher_st=4, brighter_db=-2, faster=1.5).relative
    assert relative == pytest.approx(
        {
            "loudness_dbfs": 7.0,
            "pitch_hz": 4.0,
            "pitch_range_st": 0.0,
            "rate_syllables_s": 1.5,
            "pause_share": 0.0,
            "tilt_db": -2.0,
        }
    )


@pytest.mark.parametrize(
    ("prosody", "baseline"),
    [
        (None, None),
        (None, BASELINE),
        (BASELINE, None),
        (replace(BASELINE, seconds=0.0), BASELINE),
        (BASELINE, replace(BASELINE, seconds=0.0)),
    ],
)
def test_without_speech_or_baseline_nothing_is_said(prosody: Prosody | None, baseline: Prosody | None) -> None:
    assert tone.read(prosody, baseline) == tone.Tone()


def test_without_a_pitch_there_is_no_effort_to_speak_of() -> None:
    whisper = replace(heard(louder_db=-12, brighter_db=14), pitch_hz=None, pitch_range_st=None)
    read_now = tone.read(whisper, BASELINE)
    assert (read_now.raised, read_now.raised_no_level, read_now.reasons) == (0.0, 0.0, ())
    assert read_now.relative["tilt_db"] == pytest.approx(14)
    assert "pitch_hz" not in read_now.relative


def test_a_baseline_without_syllables_gives_no_ratio() -> None:
    assert "rate_syllables_s" not in tone.read(heard(), replace(BASELINE, rate_syllables_s=0.0)).relative


def test_a_single_short_word_counts_less_than_a_sentence() -> None:
    moved = {"louder_db": 6.0, "higher_st": 4.0, "brighter_db": 5.0}
    assert read(**moved, seconds=0.3).raised < 0.2 < read(**moved, seconds=2.0).raised


def test_calm_speech_draws_the_baseline_towards_it_a_little() -> None:
    calm = heard(louder_db=2, higher_st=1, brighter_db=-1, seconds=4.0)
    after = tone.updated(BASELINE, calm)
    assert after.loudness_dbfs == pytest.approx(BASELINE.loudness_dbfs + 2 * 4 / 24)
    assert BASELINE.pitch_hz is not None
    assert after.pitch_hz is not None
    assert BASELINE.pitch_hz < after.pitch_hz < BASELINE.pitch_hz * 2 ** (1 / 12)
    assert after.seconds == pytest.approx(16.0)


@pytest.mark.parametrize(
    "unfit",
    [
        heard(louder_db=10, higher_st=6, brighter_db=6),
        heard(higher_st=5, brighter_db=4),
        heard(seconds=0.6),
        replace(heard(), pitch_hz=None),
        replace(heard(), seconds=0.0),
    ],
    ids=["raised", "raised under gain control", "short", "unvoiced", "silent"],
)
def test_other_stretches_leave_the_baseline_alone(unfit: Prosody) -> None:
    assert tone.updated(BASELINE, unfit) == BASELINE


@given(st.lists(shifts, min_size=1, max_size=30))
def test_the_baseline_stays_within_what_was_heard(turns: list[dict[str, float]]) -> None:
    baseline, stretches = BASELINE, [heard(**turn) for turn in turns]
    for stretch in stretches:
        baseline = tone.updated(baseline, stretch)
    levels = [BASELINE.loudness_dbfs, *(stretch.loudness_dbfs for stretch in stretches)]
    assert min(levels) - 1e-9 <= baseline.loudness_dbfs <= max(levels) + 1e-9


@given(st.floats(8, 20), st.integers(1, 40))
def test_a_shout_never_becomes_the_baseline(louder_db: float, turns: int) -> None:
    assume(read(louder_db=louder_db, higher_st=6, brighter_db=5).raised > 0.5)
    baseline = BASELINE
    for _ in range(turns):
        baseline = tone.updated(baseline, heard(louder_db=louder_db, higher_st=6, brighter_db=5))
    assert baseline == BASELINE
