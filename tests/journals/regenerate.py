"""Makes the journals of this folder anew from the example calls, with the text model's scores inside.

Run `python -m tests.journals.regenerate` after a pack or the anger model was changed on purpose; look at the diff.
"""

from pathlib import Path

from dialogue.events import CallStarted
from dialogue.journal import encode
from dialogue.persona import available, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from ui.commands.simulate import BASELINE, _read, prosody, text_model

HERE = Path(__file__).parent
CALLS = HERE.parent / "dialogue" / "calls"
USUAL_PAUSE = 0.6


def main() -> None:
    for entry in (one for one in available() if (CALLS / one.id).is_dir()):
        pack = load(entry.path)
        model = text_model(pack)
        for path in sorted((CALLS / pack.id).glob("*.json")):
            settings = {"cues": "on"}
            line = Line(
                Session(pack), CallStarted(0.0, pack.id, pack.sha256, 7, "voice", "0", "normal", {}, settings, BASELINE)
            )
            for turn in _read(path):
                pause = turn.get("pause_before", USUAL_PAUSE)
                line.wait(float(pause))  # type: ignore[arg-type]
                if line.ended:
                    break
                text = str(turn["text"])
                line.speak(text, scores=model.score(text), prosody=prosody(turn.get("prosody")))
            if not line.ended:
                line.act("hang_up")
            target = HERE / f"{pack.id}-{path.stem}.jsonl"
            target.write_text("".join(encode(event) + "\n" for event in line.journal))
            print(target.name, line.ended.outcome if line.ended else "", len(line.journal))


if __name__ == "__main__":
    main()
