"""Under which name one joins a class: never under that of the login unseen."""

import pytest

from ui import strings
from ui.classroom import joining
from ui.classroom.code import JoinCode, write
from ui.commands import classroom

pytestmark = pytest.mark.usefixtures("home")
CODE = write(JoinCode("127.0.0.1", 1, "trainee", b"0" * 16, "abcdef", "00" * 10))


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names under which it was gone on."""
    names: list[str] = []

    async def in_lines(there: joining.Where, *_: object, **__: object) -> int:
        names.append(there.name)
        return 0

    monkeypatch.setattr(joining, "in_lines", in_lines)
    monkeypatch.setattr("ui.runtime.settings.login_name", lambda: "root")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return names


@pytest.mark.parametrize(("typed", "name"), [("Anna\n", "Anna"), ("\n", "root")])
def test_who_gives_no_name_is_asked(
    joined: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, name: str
) -> None:
    monkeypatch.setattr("sys.stdin.readline", lambda *_: typed, raising=False)
    assert classroom.join(code=CODE, name="", text=True, plain=True) == 0
    assert joined == [name]
    assert strings.CLASS_ASK_NAME.format(login="root") in capsys.readouterr().out


def test_who_gives_one_is_not(joined: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert classroom.join(code=CODE, name="Ben", text=True, plain=True) == 0
    assert joined == ["Ben"]
    assert capsys.readouterr().out == ""
