"""How far a voice stands above its own baseline. Observable measures only: nobody's feelings are named here.

What is measured is vocal effort. A speaker who raises their voice becomes louder, higher and brighter together, so
loudness, pitch and tilt are three readings of one thing; each is brought to the same unit, the **step** from a normal
to a raised voice:

- loudness 6 dB (ANSI S3.5-1997: normal 62.4 dB at 1 m, raised 68.3, loud 74.9, shouted 82.3);
- pitch 3 semitones (mean F0 rises by about half a semitone per dB: Gramming et al. 1988);
- tilt 4 dB (the alpha ratio rises by about two thirds of a dB per dB: Nordenberg & Sundberg 2004).

Speech that is faster than the baseline adds to it. A measure below the baseline takes off little, for the question is
how far the voice stands above it, and a pressed voice may be low. The numbers come from what is known of loud speech,
not from a fit to the recordings they are judged by (`benchmarks/tone.py`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogue.events import Prosody

LOUDNESS_STEP_DB = 6.0
PITCH_STEP_ST = 3.0
TILT_STEP_DB = 4.0
HURRY_STEP = math.log(1.25)
"""Log ratio of syllable rates: a quarter faster..."""
HURRY_SLACK = math.log(1.25)
"""...beyond a quarter faster, for a short turn holds too few syllables to tell less..."""
HURRY_WEIGHT = 0.25
"""...adds this much: raised voices are faster on average, but by little and not always (Juslin & Laukka 2003)."""

HALF_RAISED_STEPS = 1.0
"""Effort at which `raised` is one half: the standard's difference between a normal and a raised voice."""
STEEPNESS = 5.0
"""Of the logistic curve, per step: `raised` is 0.01 at the baseline, 0.08 half a step and 0.92 one and a half above."""
GREATEST_FALL_STEPS = 0.25
"""What a measure below the baseline takes off at most."""
GREATEST_RISE_STEPS = 3.0
"""What one measure can add to the mean: from a normal voice to a shout. More than that is a microphone that moved."""
LEVEL_LAG_STEPS = 1.0
"""Loudness that lags this far behind pitch and tilt has been evened out by a gain control."""
FULL_EVIDENCE_SECONDS = 0.8
"""In shorter stretches the measures are uncertain and count in proportion."""
REASON_STEPS = 0.5
"""A measure is named as a reason from this on."""

CALM_RAISED = 0.1
"""A stretch may move the baseline while `raised` stays under this..."""
SHORTEST_CALM_SECONDS = 1.0
"""...and it is at least this long."""
LEAST_MEMORY_SECONDS, GREATEST_MEMORY_SECONDS = 20.0, 120.0
"""The baseline weighs as much as this much speech: no one turn moves it far, and it follows a voice that warms up."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A stretch of speech beside its speaker's baseline."""

    raised: float = 0.0
    """0..1: how far the voice stands above its own baseline; from one half on it is plainly raised."""
    raised_no_level: float = 0.0
    """0..1: the same without loudness."""
    reasons: tuple[str, ...] = ()
    """The measures that stand out, strongest first: "loudness +7 dB", "pitch +4 semitones"."""
    relative: Mapping[str, float] = field(default_factory=dict)
    """By the names of Prosody: differences in dB (loudness_dbfs, tilt_db), semitones (pitch_hz, pitch_range_st) and
    shares (pause_share), and a ratio (rate_syllables_s). What could not be measured is left out."""
    level_trusted: bool = True
    """False when loudness stayed behind pitch and tilt, as under automatic gain control, and so was not relied on."""


def read(prosody: Prosody | None, baseline: Prosody | None) -> Tone:
    """How `prosody` stands to `baseline`; an empty Tone when either is missing or holds no speech.

    `raised` and `raised_no_level` never fall when a voice is louder, higher, brighter or faster. Where either has too
    little voiced sound for a pitch (breath, a whisper, noise) nothing can be said of effort, and both are 0.
    """
    if prosody is None or baseline is None or prosody.seconds <= 0 or baseline.seconds <= 0:
        return Tone()
    relative = _relative(prosody, baseline)
    if "pitch_hz" not in relative:
        return Tone(relative=relative)
    loudness = relative["loudness_dbfs"] / LOUDNESS_STEP_DB
    pitch = relative["pitch_hz"] / PITCH_STEP_ST
    tilt = relative["tilt_db"] / TILT_STEP_DB
    hurry = _hurry(relative.get("rate_syllables_s", 1.0))

    without_level = _effort(pitch, tilt)
    least_loudness = without_level - LEVEL_LAG_STEPS
    level_trusted = loudness >= least_loudness
    with_level = _effort(pitch, tilt, max(loudness, least_loudness))

    evidence = min(1.0, prosody.seconds / FULL_EVIDENCE_SECONDS)
    steps = {"pitch_hz": pitch, "tilt_db": tilt, "rate_syllables_s": hurry}
    if level_trusted:
        steps["loudness_dbfs"] = loudness
    return Tone(
        raised=_share((with_level + HURRY_WEIGHT * hurry) * evidence),
        raised_no_level=_share((without_level + HURRY_WEIGHT * hurry) * evidence),
        reasons=_reasons(steps, relative),
        relative=relative,
        level_trusted=level_trusted,
    )


def updated(baseline: Prosody, prosody: Prosody) -> Prosody:
    """The baseline after a stretch of speech: drawn a little towards it if it was calm, else unchanged.

    A running mean weighted by seconds of speech, in dB, octaves and shares. Raised stretches never count, so a call
    that grows heated cannot become its own measure.
    """
    tone = read(prosody, baseline)
    if prosody.seconds < SHORTEST_CALM_SECONDS or max(tone.raised, tone.raised_no_level) >= CALM_RAISED:
        return baseline
    if prosody.pitch_hz is None or baseline.pitch_hz is None:
        return baseline
    memory = min(max(baseline.seconds, LEAST_MEMORY_SECONDS), GREATEST_MEMORY_SECONDS)
    share = prosody.seconds / (memory + prosody.seconds)

    def drawn(before: float, now: float) -> float:
        return before + share * (now - before)

    return Prosody(
        seconds=min(baseline.seconds + prosody.seconds, GREATEST_MEMORY_SECONDS),
        loudness_dbfs=drawn(baseline.loudness_dbfs, prosody.loudness_dbfs),
        pitch_hz=2.0 ** drawn(math.log2(baseline.pitch_hz), math.log2(prosody.pitch_hz)),
        pitch_range_st=drawn(baseline.pitch_range_st or 0.0, prosody.pitch_range_st or 0.0),
        rate_syllables_s=drawn(baseline.rate_syllables_s, prosody.rate_syllables_s),
        pause_share=drawn(baseline.pause_share, prosody.pause_share),
        tilt_db=drawn(baseline.tilt_db, prosody.tilt_db),
    )


def _relative(prosody: Prosody, baseline: Prosody) -> dict[str, float]:
    relative = {
        "loudness_dbfs": prosody.loudness_dbfs - baseline.loudness_dbfs,
        "pause_share": prosody.pause_share - baseline.pause_share,
        "tilt_db": prosody.tilt_db - baseline.tilt_db,
    }
    if prosody.pitch_hz and baseline.pitch_hz:
        relative["pitch_hz"] = 12.0 * math.log2(prosody.pitch_hz / baseline.pitch_hz)
    if prosody.pitch_range_st is not None and baseline.pitch_range_st is not None:
        relative["pitch_range_st"] = prosody.pitch_range_st - baseline.pitch_range_st
    if baseline.rate_syllables_s > 0:
        relative["rate_syllables_s"] = prosody.rate_syllables_s / baseline.rate_syllables_s
    return relative


def _hurry(rate_ratio: float) -> float:
    """Steps of haste, 0 for anything up to the slack."""
    return max(0.0, math.log(max(rate_ratio, 1.0)) - HURRY_SLACK) / HURRY_STEP


def _effort(*steps: float) -> float:
    """Mean of the readings, each between -GREATEST_FALL_STEPS (levelling off smoothly) and GREATEST_RISE_STEPS."""
    fall = GREATEST_FALL_STEPS
    counted = (min(step, GREATEST_RISE_STEPS) if step > 0 else fall * math.tanh(step / fall) for step in steps)
    return sum(counted) / len(steps)


def _share(effort_steps: float) -> float:
    """0..1, strictly rising, 0.01 at no effort."""
    return 1.0 / (1.0 + math.exp(min(-STEEPNESS * (effort_steps - HALF_RAISED_STEPS), 700.0)))


def _reasons(steps: Mapping[str, float], relative: Mapping[str, float]) -> tuple[str, ...]:
    standing_out = sorted((-step, name) for name, step in steps.items() if step >= REASON_STEPS)
    return tuple(_said(name, relative[name]) for _, name in standing_out)


def _said(name: str, value: float) -> str:
    match name:
        case "loudness_dbfs":
            return f"loudness +{value:.0f} dB"
        case "pitch_hz":
            return f"pitch +{value:.0f} semitones"
        case "tilt_db":
            return f"brightness +{value:.0f} dB"
        case _:
            return f"faster by {100 * (value - 1):.0f} %"
