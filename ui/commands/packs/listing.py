"""`coolhead packs list`: the scenarios here."""

import json

from dialogue.persona import Pack, PackProblem, available, load
from ui.runtime.problems import EXPECTED, complain


def list_packs(*, json_lines: bool) -> int:
    """One line a pack; a broken one is told on stderr and does not hide the others."""
    trouble = 0
    for entry in available():
        try:
            pack = load(entry.path)
        except PackProblem as problem:
            complain(problem)
            trouble = EXPECTED
            continue
        if json_lines:
            print(json.dumps(row(pack), ensure_ascii=False))
        else:
            print(f"{pack.id:24} level {pack.level}  {pack.minutes:2} min  {pack.title}\n{'':24} {pack.summary}")
    return trouble


def row(pack: Pack) -> dict[str, object]:
    return {
        "id": pack.id,
        "title": pack.title,
        "summary": pack.summary,
        "customer": pack.customer.name,
        "voice": pack.customer.voice,
        "level": pack.level,
        "minutes": pack.minutes,
        "skills": pack.skills,
        "company": pack.desk.company,
        "difficulties": sorted(pack.difficulties),
        "lines": sum(1 for _ in pack.every_line()),
        "sha256": pack.sha256,
    }
