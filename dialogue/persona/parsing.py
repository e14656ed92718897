"""YAML 1.2 as plain data with the line of every key, whatever is in the file: refused in one sentence and quickly."""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dialogue.printable import UNSEEN

MAX_DEPTH = 20
MAX_BRACKETS = 50
MAX_ENTRIES = 25_000
"""Commas and ends of lines, each of which may be an entry; ten times those of the longest of our packs."""
_NESTED_ON_A_LINE = re.compile(rf"^[ ]*(?:[-?:][ ]+){{{MAX_DEPTH + 1}}}", re.M)
"""Lists in lists in lists, "- - - ...": the C parser goes down one call each, and dies of it."""

_INDENTED_BY_TAB = re.compile(r" *\t")
_UNSEEN = re.compile(rf"(?![\n\t]){UNSEEN}")

Key = tuple[str | int, ...]


class PackProblem(Exception):
    """One clear sentence: which file, which line, what is expected there."""


def parse(text: str, name: str) -> tuple[object, dict[Key, int]]:
    """Plain data, and the line on which each key path stands. Nothing but YAML's own scalars is built."""
    _bounded(text, name)
    yaml = YAML(typ="safe")  # the C parser where it is installed: eight times as fast, the same nodes
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else 1  # the C parser may point past the end
        if _INDENTED_BY_TAB.match(text.split("\n")[line - 1]):
            raise PackProblem(f"{name}, line {line}: a tab stands before the text; indent with spaces.") from None
        raise PackProblem(f"{name}, line {line}: not valid YAML: {problem.problem or 'unexpected text'}.") from None
    except (YAMLError, RecursionError, ValueError) as problem:
        reason = str(problem).strip().splitlines()
        line = text.count("\n", 0, getattr(problem, "position", 0)) + 1
        raise PackProblem(
            f"{name}, line {line}: not valid YAML: {reason[0] if reason else 'unexpected text'}."
        ) from None
    if node is None:
        raise PackProblem(f"{name}, line 1: the file is empty.")
    where: dict[Key, int] = {}
    data = _plain(node, (), where, set(), name)
    return data, where


def _bounded(text: str, name: str) -> None:
    """What costs the parser time, or its stack, without end is refused before it sees it."""
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > MAX_BRACKETS:
            line = text.count("\n", 0, bracket.start()) + 1
            raise PackProblem(f"{name}, line {line}: more than {MAX_BRACKETS} brackets are open; nested too deep.")
    nested = _NESTED_ON_A_LINE.search(text)
    if nested:
        line = text.count("\n", 0, nested.start()) + 1
        raise PackProblem(f"{name}, line {line}: nested more than {MAX_DEPTH} deep.")
    for count, mark in enumerate(re.finditer(r"[,\n]", text)):
        if count > MAX_ENTRIES:
            line = text.count("\n", 0, mark.start()) + 1
            raise PackProblem(f"{name}, line {line}: more than {MAX_ENTRIES} lines and list entries by here; too many.")


def _plain(node: Node, key: Key, where: dict[Key, int], seen: set[int], name: str) -> object:
    line = node.start_mark.line + 1
    where.setdefault(key, line)
    if id(node) in seen:
        raise PackProblem(f"{name}, line {line}: aliases (*name) are not used in packs; write the text out.")
    seen.add(id(node))
    if len(key) > MAX_DEPTH:
        raise PackProblem(f"{name}, line {line}: nested more than {MAX_DEPTH} deep.")
    if isinstance(node, MappingNode):
        result: dict[str, object] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, ScalarNode):
                raise PackProblem(f"{name}, line {key_node.start_mark.line + 1}: expected a word before the colon.")
            inner = _seen(str(key_node.value), key_node.start_mark.line + 1, name)
            if inner in result:
                raise PackProblem(f"{name}, line {key_node.start_mark.line + 1}: {inner!r} stands here a second time.")
            where[(*key, inner)] = key_node.start_mark.line + 1
            result[inner] = _plain(value, (*key, inner), where, seen, name)
        return result
    if isinstance(node, SequenceNode):
        return [_plain(item, (*key, index), where, seen, name) for index, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node, line, name)


def _seen(text: str, line: int, name: str) -> str:
    """The text, which nobody's terminal needs to fear."""
    found = _UNSEEN.search(text)
    if found:
        raise PackProblem(
            f"{name}, line {line}: the text holds U+{ord(found[0]):04X}, which cannot be seen; take it out, or type "
            "the words anew."
        )
    return text


def _scalar(node: ScalarNode, line: int, name: str) -> object:
    kind = str(node.tag).rsplit(":", 1)[-1]
    text: str = node.value
    try:
        match kind:
            case "str":
                return _seen(text, line, name)
            case "int":
                return int(text.replace("_", ""), 0)
            case "float":
                return float(text.replace("_", ""))
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
    except ValueError:
        pass
    raise PackProblem(
        f"{name}, line {line}: {text[:40]!r} is neither text, a number, true nor false; put it in quotes."
    )
