"""The customer's voice: the neural one by default, pyttsx3 where that cannot be had."""

from dataclasses import replace
from typing import TYPE_CHECKING

from voice.ports import VoiceProblem
from voice.synthesis.voices import VOICES, Voice, find

if TYPE_CHECKING:
    from voice.synthesis.delivered import DeliveredVoice

__all__ = ["ENGINES", "VOICES", "Voice", "choose"]

ENGINES = ("hibari", "pyttsx3")


def choose(name: str = "auto", voice: str = "woman", *, telephone: bool = False) -> "DeliveredVoice":
    """The engine called `name` ("auto", "hibari", "pyttsx3") with a customer's voice from VOICES, loaded and ready.

    With `telephone` they are heard through a telephone line. "auto" is hibari, or pyttsx3 when hibari cannot be loaded;
    then `.reason` says why. Takes about half a second. Raises VoiceProblem for an unknown name or voice, and when the
    engine (for "auto": both) cannot be loaded.
    """
    from voice.synthesis.delivered import DeliveredVoice

    customer = replace(find(voice), telephone=telephone)
    if name not in ("auto", *ENGINES):
        raise VoiceProblem(f"There is no voice engine called {name!r}: choose auto, {' or '.join(ENGINES)}.")
    reason = ""
    if name != "pyttsx3":
        from voice.synthesis.hibari import HibariEngine

        try:
            return DeliveredVoice(HibariEngine(customer), customer)
        except VoiceProblem as problem:
            if name == "hibari":
                raise
            reason = str(problem)
    from voice.synthesis.pyttsx3_engine import Pyttsx3Engine

    try:
        return DeliveredVoice(Pyttsx3Engine(customer), customer, reason)
    except VoiceProblem as problem:
        raise VoiceProblem(f"{reason} {problem}".strip()) from problem
