"""`coolhead measure`: how something was said, against the speaker's own baseline.

With --json one line a file: `seconds` is the file's length; the measures are those of `dialogue.events.Prosody`, with
`pitch_hz` and `pitch_range_st` null where too little is voiced. `relative` holds the same keys against the baseline:
differences in dB (`loudness_dbfs`, `tilt_db`), in semitones (`pitch_hz`, `pitch_range_st`), of shares (`pause_share`)
and a ratio (`rate_syllables_s`). Without a baseline `relative` is empty and `raised` and `raised_no_level` are null:
there is nothing to stand above.
"""

import json
from pathlib import Path

from dialogue import tone
from dialogue.events import Prosody
from ui.runtime.problems import EXPECTED, complain
from voice.ports import VoiceProblem

MEASURES = ("loudness_dbfs", "pitch_hz", "pitch_range_st", "rate_syllables_s", "pause_share", "tilt_db")
_DECIMALS = 3
_SHARE_DECIMALS = 6


def run(*, files: list[Path], json_lines: bool, baseline: list[Path]) -> int:
    """Measure each file. A file that cannot be read costs one sentence on stderr and the exit code, not the others.

    Raises VoiceProblem when a baseline cannot be had: every figure would be another.
    """
    from voice import prosody
    from voice.recordings.reading import read

    own = prosody.baseline([prosody.measure(read(path).samples) for path in baseline]) if baseline else None
    code = 0
    for path in files:
        try:
            recording = read(path)
        except VoiceProblem as problem:
            complain(problem)
            code = EXPECTED
            continue
        if recording.remark:
            complain(recording.remark)
        measured = prosody.measure(recording.samples)
        line = _line(path, recording.seconds, measured, own)
        print(json.dumps(line, ensure_ascii=False) if json_lines else _sentence(path, measured, own), flush=True)
    return code


def _line(path: Path, seconds: float, measured: Prosody, own: Prosody | None) -> dict[str, object]:
    heard = tone.read(measured, own)
    return {
        "file": str(path),
        "seconds": round(seconds, 3),
        **{name: _rounded(getattr(measured, name)) for name in MEASURES},
        "relative": {name: _rounded(heard.relative[name]) for name in MEASURES if name in heard.relative},
        "raised": round(heard.raised, _SHARE_DECIMALS) if own else None,
        "raised_no_level": round(heard.raised_no_level, _SHARE_DECIMALS) if own else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def _sentence(path: Path, measured: Prosody, own: Prosody | None) -> str:
    if measured.seconds <= 0:
        return f"{path}: no speech"
    pitch = "no pitch" if measured.pitch_hz is None else f"{measured.pitch_hz:.0f} Hz"
    text = (
        f"{path}: {measured.loudness_dbfs:.1f} dBFS, {pitch}, {measured.rate_syllables_s:.1f} syllables/s, "
        f"pauses {100 * measured.pause_share:.0f} %, tilt {measured.tilt_db:.1f} dB"
    )
    if own is None:
        return text
    heard = tone.read(measured, own)
    because = f" ({', '.join(heard.reasons)})" if heard.reasons else ""
    return f"{text}; raised {heard.raised:.2f}, without level {heard.raised_no_level:.2f}{because}"
