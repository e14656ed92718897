"""`coolhead transcribe`: what is said in sound files, through the ear of a call."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from dialogue.events import Utterance
from ui.runtime.problems import EXPECTED, complain


def run(files: list[Path], json_lines: bool, recognizer: str | None) -> int:
    """One JSON line, or paragraph, a file. A file that cannot be read gets a sentence on stderr and exit code 2."""
    from voice.ports import VoiceProblem
    from voice.recognition import choose, siblings
    from voice.recordings.transcription import transcripts

    engine = choose(recognizer or "auto")
    failed = False
    try:
        engine.warm_up()
        with closing(transcripts(files, siblings(engine))) as each:
            for found in each:
                if isinstance(found, VoiceProblem):
                    failed = True
                    complain(found)
                    continue
                if found.recording.remark:
                    complain(found.recording.remark)
                if json_lines:
                    line = _line(found.path, found.utterances, found.recording.seconds, found.seconds)
                    print(json.dumps(line, ensure_ascii=False), flush=True)
                else:
                    _print(found.path, found.utterances, many=len(files) > 1)
    finally:
        engine.close()
    return EXPECTED if failed else 0


def _line(path: Path, utterances: Sequence[Utterance], audio_seconds: float, seconds: float) -> dict[str, Any]:
    """The contract: times in s from the file's beginning; `seconds` is by how much the file made the run longer."""
    return {
        "file": str(path),
        "text": " ".join(each.text for each in utterances),
        "utterances": [
            {
                "start": round(each.start, 3),
                "end": round(each.end, 3),
                "text": each.text,
                "words": [
                    {"text": word.text, "start": round(word.start, 3), "end": round(word.end, 3)}
                    | ({} if word.confidence is None else {"confidence": round(word.confidence, 3)})
                    for word in each.words
                ],
            }
            for each in utterances
        ],
        "audio_seconds": round(audio_seconds, 3),
        "seconds": round(seconds, 3),
    }


def _print(path: Path, utterances: Sequence[Utterance], *, many: bool) -> None:
    if many:
        print(f"{path}:")
    for each in utterances:
        minutes, seconds = divmod(each.start, 60)
        print(f"{int(minutes):3d}:{seconds:04.1f}  {each.text}")
    if not utterances:
        print("  (no speech)")
