"""The report on paper: printed by a browser, whatever was said; and what is said where there is none."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.events import Reply, Utterance
from dialogue.journal import encode
from ui.commands import report as command
from ui.records.archive import read_journal
from ui.report import printed
from ui.runtime.problems import Problem

CALL = Path(__file__).parents[2] / "journals" / "flatpack-bookcase-poor.jsonl"
HOSTILE = (
    "<script>document.title='owned'</script></table></body>",
    "أين طلبي؟ and שלום and back",
    "🤬 👩‍👩‍👧 résumé ☎ 你好 \u202ereversed\u202c",
    "W" * 600,
)


def test_without_a_browser_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(printed, "ELSEWHERE", ())
    with pytest.raises(Problem, match="none is installed: let the name end in"):
        command.run(journal=CALL, output=tmp_path / "call.pdf", audio=False)
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(Problem, match="did not print the report"):
        command.run(journal=CALL, output=tmp_path / "call.pdf", audio=False)
    assert [path.name for path in tmp_path.iterdir()] == ["chromium"]


@pytest.mark.real
@pytest.mark.skipif(not any(map(shutil.which, printed.NAMES)), reason="no browser to print with")
def test_a_hostile_call_is_printed_whole_and_privately(tmp_path: Path) -> None:
    events = [
        replace(event, text=HOSTILE[number % len(HOSTILE)]) if isinstance(event, (Utterance, Reply)) else event
        for number, event in enumerate(read_journal(CALL))
    ]
    journal, out = tmp_path / "hostile.jsonl", tmp_path / "call.pdf"
    journal.write_text("".join(encode(event) + "\n" for event in events), encoding="utf-8")
    assert command.run(journal=journal, output=out, audio=False) == 0
    assert out.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["call.pdf", "hostile.jsonl"]
    printed_page = out.read_bytes()
    title = re.search(rb"/Title <FEFF([0-9A-F]+)>", printed_page)
    assert title
    assert (
        bytes.fromhex(title[1].decode()).decode("utf-16-be").startswith("The bookcase that came down")
    )  # no script ran
    assert len(re.findall(rb"/Type /Page\b", printed_page)) >= 3
