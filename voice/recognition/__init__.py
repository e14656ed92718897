"""Speech to text: the engines behind the Recognizer port, and the choice between them."""

import os
from pathlib import Path

from voice.models import weights
from voice.ports import Recognizer, VoiceProblem

ENGINES = ("vosk", "whisper")


def choose(name: str = "auto", language: str = "en") -> Recognizer:
    """A recogniser for the language (BCP 47 primary tag); it loads its model at `warm_up` or at first use.

    `name` is an engine, a model of the manifest ("vosk-model-small-en-us-0.15"), a model's folder, or "auto": Vosk when
    the user has installed one of its models for the language, else Whisper base, which comes with Coolhead.
    """
    if name == "auto":
        name = "vosk" if _vosk_model(language) else "whisper"
    if name == "whisper":
        from voice.recognition.whisper import Whisper

        return Whisper(language=language)
    if name == "vosk":
        folder = _vosk_model(language)
        if folder is None:
            names = [model.name for model in _vosk_models(language)]
            advice = f"coolhead models install {names[-1]}" if names else "coolhead models list"
            raise VoiceProblem(f"No Vosk model for language {language!r} is installed: try `{advice}`.")
        return _from_folder(folder)
    if any(name == model.name for model in weights.manifest()):
        return _from_entry(weights.entry(name), language)
    if Path(name).is_dir():
        return _from_folder(Path(name), language)
    raise VoiceProblem(
        f"There is no recogniser called {name!r}: choose auto, {', '.join(ENGINES)}, or the folder of a model."
    )


def siblings(recognizer: Recognizer) -> list[Recognizer]:
    """As many recognisers on one model as it pays to use at once, each in a thread of its own; warm it up before."""
    from voice.recognition.whisper import Whisper

    if isinstance(recognizer, Whisper) and (os.cpu_count() or 1) > 1:
        return [recognizer, recognizer.sibling()]
    return [recognizer]


def _vosk_models(language: str) -> list[weights.ModelEntry]:
    return [model for model in weights.manifest() if model.engine == "vosk" and model.language == language]


def _vosk_model(language: str) -> Path | None:
    """The best installed Vosk model for the language."""
    folders = (weights.installed_dir(model.name) for model in _vosk_models(language))
    return next((folder for folder in folders if folder is not None), None)


def _from_entry(model: weights.ModelEntry, language: str) -> Recognizer:
    if model.engine == "whisper":
        return choose("whisper", language)
    if model.engine != "vosk":
        raise VoiceProblem(f"The model {model.name} is for {model.purpose}, not for recognition.")
    folder = weights.installed_dir(model.name)
    if folder is None:
        raise VoiceProblem(f"{model.name} is not installed: try `coolhead models install {model.name}`.")
    return _from_folder(folder)


def _from_folder(folder: Path, language: str = "en") -> Recognizer:
    """The engine whose model this folder holds."""
    if (folder / "model.bin").is_file():
        from voice.recognition.whisper import Whisper

        return Whisper(folder, language=language)
    from voice.recognition.vosk import Vosk

    return Vosk(folder)
