"""All words in one place: no module of it may quietly take away a name from another."""

import ast
from collections import Counter
from pathlib import Path

from ui import strings


def test_no_two_texts_have_one_name() -> None:
    names = Counter[str]()
    for path in Path(strings.__file__).parent.glob("*.py"):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                    names[name] += 1
                case ast.FunctionDef(name=name):
                    names[name] += 1
    assert len(names) > 600
    assert [name for name, times in names.items() if times > 1] == []
