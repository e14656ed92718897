"""How `coolhead browser` starts the program for each tab."""

import pytest

from ui.commands import browser


def test_the_command_is_quoted_as_the_systems_shell_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """cmd.exe reads double quotes alone: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd"""
    monkeypatch.setattr("sys.platform", "linux")
    assert browser.for_shell(["/opt/my python", "-m", "ui.cli", "call"]) == "exec '/opt/my python' -m ui.cli call"
    monkeypatch.setattr("sys.platform", "win32")
    python = r"C:\Users\Ann Lee\python.exe"
    assert browser.for_shell([python, "-m", "ui.cli", "call"]) == f'"{python}" -m ui.cli call'
    assert browser.for_shell([r"C:\python.exe", "-m"]) == r"C:\python.exe -m"
