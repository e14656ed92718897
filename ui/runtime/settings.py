"""The user's choices: a JSON file, overridden by COOLHEAD_* variables, overridden by flags."""

import getpass
import json
import os
import reprlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, JsonConfigSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from dialogue.events import Prosody
from dialogue.files import finite
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem


def settings_path() -> Path:
    """The settings file; COOLHEAD_SETTINGS names another one."""
    named = os.environ.get("COOLHEAD_SETTINGS")
    return Path(named) if named else Path(platformdirs.user_config_dir("coolhead", appauthor=False)) / "settings.json"


ENCODING = "utf-8-sig"
"""UTF-8 with or without the byte order mark that some editors write."""
Words = Annotated[str, Field(max_length=1000)]
"""No name is longer. With a limit pydantic also refuses lone surrogates."""


class Settings(BaseSettings):
    """Every setting has a default that works on a fresh machine."""

    model_config = SettingsConfigDict(env_prefix="COOLHEAD_", extra="ignore", frozen=True)

    agent_name: Words = ""
    """The trainee's own first name, for greeting with a name."""
    recognizer: Words = "auto"
    """auto, vosk, whisper, or a model's name or folder."""
    voice: Literal["auto", "hibari", "pyttsx3"] = "auto"
    """The customer's voice; auto is hibari, or pyttsx3 if that cannot be loaded."""
    microphone: Words | None = None
    """Name of the input device; None is the system's default."""
    speaker: Words | None = None
    """Name of the output device; None is the system's default."""
    headset: bool = True
    """With a headset the customer can be interrupted; without one the microphone is closed while they speak."""
    telephone: bool = False
    """Play the customer through a telephone line, 300 to 3,400 Hz."""
    theme: Literal["coolhead-dark", "coolhead-light", "coolhead-contrast", "coolhead-colour-blind"] = "coolhead-dark"
    """Colours of the screens; Ctrl+T changes them."""
    reduced_motion: bool = False
    """The pacer shows words and counts, without the shape that breathes."""
    captions: bool = True
    """Show what the customer says even if they can be heard."""
    pacer: Literal["3-5-3", "4-2-6", "4-7-8"] = "3-5-3"
    """Seconds of breathing in, holding and breathing out: a name in `ui.practice.breathing.PATTERNS`."""
    pacer_sound: bool = False
    """A soft tone that rises and falls with the breath."""
    difficulty: Literal["easy", "normal", "hard"] = "normal"
    """How angry the customer is at first, how forgiving and how patient: a name in the pack's `difficulties`."""
    index_url: Words = ""
    """Database of the index of calls, as SQLAlchemy writes it (postgresql+psycopg://...); "" is a file of SQLite."""
    keep_days: int | None = Field(default=None, ge=1, le=36_500)
    """Calls older than this are deleted after the next call; None keeps them."""
    baseline: Prosody | None = Field(default=None)
    """How the trainee sounds when calm: from the set-up, then from calm turns of calls."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags over environment over file."""
        return init_settings, env_settings, JsonConfigSettingsSource(settings_cls, settings_path(), ENCODING)


def load_settings(**flags: object) -> Settings:
    """The settings in force. Flags that are None do not count. Raises Problem for a broken file or value."""
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        _check_file(settings_path())
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Problem(
            f'The setting "{where}" cannot be {reprlib.repr(first.get("input"))}: {first["msg"]}. '
            f"Mend it in {settings_path()}, in COOLHEAD_{where.partition('.')[0].upper()} or on the command line."
        ) from error
    except (ValueError, TypeError, OSError, RecursionError) as error:  # not JSON, not text, or JSON that is no object
        reason = error.strerror if isinstance(error, OSError) else error
        raise Problem(
            f"The settings file {settings_path()} cannot be read as a JSON object ({reason}): mend it or delete it."
        ) from error


def _check_file(path: Path) -> None:
    """Raises ValueError for a file that the settings library would silently ignore."""
    if path.exists() and not isinstance(_written(path), dict):
        raise ValueError("it holds something else")


def _written(path: Path) -> object:
    return json.loads(finite(path).read_text(encoding=ENCODING))


def unknown_settings() -> list[str]:
    """Names in the settings file that are not settings, mostly misspelt. Call it when the file can be read."""
    path = settings_path()
    written = _written(path) if path.exists() else {}
    return sorted(written.keys() - Settings.model_fields.keys()) if isinstance(written, dict) else []


def login_name() -> str:
    """This user's login name; "" without one, as for a bare user id in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def remember(changes: Mapping[str, object]) -> None:
    """Change these settings in the file and no others: flags and environment variables are not stored.

    A file that cannot be read is replaced. Raises OSError when the file cannot be written.
    """
    path = settings_path()
    try:
        kept = _written(path)
    except (OSError, ValueError, RecursionError):
        kept = {}
    kept = {**kept, **changes} if isinstance(kept, dict) else dict(changes)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(path, json.dumps(kept, indent=2, ensure_ascii=False))
