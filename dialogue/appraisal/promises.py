"""Promises with a back door, and a time promised that is taken back: honest, and yet a promise not kept. Pure."""

import re

from dialogue.appraisal.evidence import in_sentence
from dialogue.language import MOST_READ, SENTENCE, VAGUE, normal

_FAILS = (
    r"(?:can't|cannot|can not|won't|will not|couldn't|not going to|isn't going to|not able to) "
    r"(?:be able to )?(?:make|hold|keep|manage|meet|do|happen|work|be)\b"
)
_OWNED = re.compile(
    rf"\b{_FAILS}|\b(?:wrong|mistake|mistaken|mixed|muddled|too soon|too early|shouldn't have|wishful|daft|silly|rash"
    r"|forget|take (?:it|that|this) back|correct (?:myself|that)|fall(?:s|en)? through|fell through)\b"
)
"""What says of an earlier word that it does not hold."""
_EARLIER = re.compile(r"\b(?:(?:i|we)(?:'ve| have|'d| had)? (?:just )?(?:said|told|promised|gave|given|mentioned))\b")
_TAKEN_BACK = re.compile(
    r"\b(?:(?:have to |must |need to |'ll |let me )?take (?:that|it|this) back|scratch that|(?:i|we) spoke too soon"
    r"|forget (?:what |that )?(?:i|we) (?:said|told|promised))\b"
)
_CHANCE = r"(?:a chance|the chance|(?:the |some |any )?time|round to it|a (?:quiet )?moment)"
_ONLY_IF = re.compile(
    r"\b(?:if (?:it|that|the (?:topic|subject|matter|chance|question)) "
    r"(?:comes up|arises|fits|is (?:still )?possible|can be done|works out|suits (?:me|us))"
    rf"|(?:if|when(?:ever)?) (?:i|we) (?:get|find|have|see) {_CHANCE}|if there(?:'s| is) (?:time|room|any left)"
    r"|if (?:at all )?possible|(?:i|we)(?:'ll| will) (?:see (?:if|what|whether)|try\b|think about)"
    r"|hopefully|no promises|(?:can't|cannot|won't) promise)\b"
)
"""An offer that leaves itself a back door."""
_IF = re.compile(r"\b(?:if|unless|in case|should)\b")


def taken_back(text: str, promise: str) -> str:
    """The sentence of `text` that takes back the time promised earlier; "" where none does. `promise`: that time, as it
    was said; "" for none."""
    if not promise:
        return ""
    time = re.escape(VAGUE.sub("", normal(promise)))
    denied = re.compile(
        rf"\b(?:not|no longer|isn't|won't be|can't be|won't make|can't make|not going to be) "
        rf"(?:(?:on|by|in|at|for|the) )*{time}\b"
        rf"|\b{time} (?:after all )?(?:{_FAILS}|isn't (?:possible|going|happening)|is (?:off|gone|out)\b|falls through)"
    )
    told = re.compile(rf"\b(?:{time}|that|it)\b")
    sentences: list[str] = SENTENCE.findall(text[:MOST_READ])
    for at, one in enumerate(sentences):
        said = normal(one)
        if _IF.search(said) or said.endswith("?"):
            continue
        behind = " ".join(map(normal, sentences[at : at + 2]))
        spoken_of = _EARLIER.search(said) and told.search(said) and _OWNED.search(behind)
        if denied.search(said) or _TAKEN_BACK.search(said) or spoken_of:
            return one.strip()
    return ""


def doubtful(text: str, words: str) -> bool:
    """Whether the offer made with `words` of the turn `text` holds only if it suits whoever makes it."""
    return bool(_ONLY_IF.search(normal(in_sentence(text, words))))
