"""Which line of a pack a complaint is about that names things rather than places."""

import re

_REFERS = (
    r"(?:facts|tells|after|reveals|needs_met|needs_open|facts_known|facts_open|until|met|missed|look_up|brings_up"
    r"|behaviours?|any_behaviour|unless|expects)"
)
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")


def line_of(message: str, text: str) -> int | None:
    """The line of `text` on which the thing stands that `message` quotes: where it is referred to, else where it is
    defined, else where the words stand; None when they do not."""
    for name in reversed([one or two for one, two in _QUOTED.findall(message.partition(";")[0])]):
        word = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
        refers, defines = rf"^.*\b{_REFERS}:[^\n]*{word}", rf"^.*\bid: *{word}"
        if "twice" in message:
            refers = rf"{defines}[\s\S]*{defines}"  # the second of them
        for pattern in (refers, defines, re.escape(name)):
            found = re.search(pattern, text, re.MULTILINE)
            if found:
                return text.count("\n", 0, found.end()) + 1
    return None
