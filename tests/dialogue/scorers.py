"""The real text model in tests: loaded once a process, and a pack's wordings, seconds of reading, are read once."""

from collections.abc import Mapping, Sequence
from functools import cache

from dialogue.content.classifier import Classifier
from dialogue.content.encoder import Encoder, Scorer, models_folder
from dialogue.persona import load


@cache
def _models() -> tuple[Encoder, Classifier]:
    return Encoder(), Classifier(models_folder() / "judgement")


def scorer_for(wordings: Mapping[str, Sequence[str]]) -> Scorer:
    encoder, classifier = _models()
    return Scorer(wordings, encoder=encoder, classifier=classifier)


@cache
def scorer_of(pack: str) -> Scorer:
    """What reads the turns of calls with the pack of that id."""
    return scorer_for(load(pack).wordings)
