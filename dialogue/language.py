# ruff: noqa: SIM905 - word lists read best as text
"""English as it is spoken to customers: words, times and amounts, on normalised text, and the normalising.

A pack in another language needs another such module, and others of `dialogue.understanding.asking` and `offering`.
"""

import re
from itertools import pairwise

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_NUMBERS = _ONES[:13]
STOP = frozenset(
    (
        "a an the is are was were be been am do does did you your yours i my me we our us it its that this these those "
        "there to of in on at for with and or but so if as by from up out about can could would will shall should may "
        "might have has had not no just please any some what which who when where how why then than them they he she "
        "his her okay ok well right now let tell know want like get got go going really actually sir madam"
    ).split()
)
VAGUE = re.compile(r"^(?:(?:on|by|for|at|around|about|until|take|give me|need)\s+)+")
DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_BACKCHANNEL = frozenset(
    (
        "mm mhm mm-hm mmhm mm-hmm hm hmm uh-huh uhuh uh huh ah oh ok okay yes yeah yep right sure i see of course got "
        "it go on carry please understood absolutely"
    ).split()
)
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_PART = r"(?:morning|afternoon|evening|night|noon|lunchtime)"
_DAY = (
    rf"(?:today|tonight|tomorrow(?: {_PART})?|(?:the )?day after tomorrow|this {_PART}"
    rf"|(?:the )?end of (?:the )?(?:day|week)|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur"
    rf"|sun)day(?: {_PART})?|(?:next|this) (?:week|month)"
    r"|(?:the |this )?weekend)"
)
_CLOCK = (
    rf"(?:(?:half|quarter) (?:past|to) {_HOUR}|half {_HOUR}(?! an? hour)|{_HOUR}(?: thirty| fifteen| forty-five"
    rf"|:\d\d)?"
    rf" ?(?:am|pm|o'clock|sharp|in the {_PART})|{_HOUR} (?:thirty|fifteen|forty-five)(?! minutes)|\d{{1,2}}:\d\d"
    r"|noon|midday|midnight)"
)
_BARE_HOUR = (
    rf"(?:at|by|before|after|until|around|about|from) {_HOUR}"
    r"(?! (?:(?:to|or|and a|of|more|times|people|percent)\b|[a-z]+s\b))"
)
_BETWEEN = rf"between {_HOUR} and {_HOUR}(?: o'clock)?"
_SPAN = rf"(?:from )?{_HOUR} (?:to|till|until) {_HOUR}(?: o'clock)?"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD = rf"(?:{'|'.join([*_ONES[1:], *_TENS])})"
_COUNT = (
    r"(?:half an?|half|(?:a )?quarter of an|three quarters of an|a couple(?: of)?|a few"
    rf"|(?:\d+|{_WORD}(?:[ -]{_WORD})?|an?)(?: and a half)?)"
)
_SORT = r"(?:more|working|business|full|whole|next)"
LASTING = rf"(?:(?:{_COUNT}|the)[- ](?:{_SORT} )?(?:seconds?|minutes?|mins?|hours?|days?|weeks?)(?: and a half)?)"
_BEFORE = (
    r"(?:(?:in|within|for|about|under|take|take about|give me|need|by|before|after|at|around|until|on|next"
    r"|every)\s+)*"
)
TIME = re.compile(
    rf"\b{_BEFORE}(?:{_DAY}(?:,? (?:at |by |around |before |after )?(?:{_SPAN}|{_CLOCK}|{_BETWEEN})| {_BARE_HOUR})?"
    rf"|(?:{_CLOCK}|{_BETWEEN})(?: (?:on )?{_DAY})?|{_BARE_HOUR}(?: (?:on )?{_DAY})?|{LASTING})\b"
)
"""A day, a clock time or a duration, with the words that lead up to it."""
PAST = re.compile(
    r"\b(?:was|were|did|had|came|been|ago|last|yesterday|since|already|lost|dropped|waited|rang|said|told"
    r"|promised|took"
    r"|hasn't|haven't|didn't|wasn't|happened|built|broke|fell|collapsed|went|these|those)\b"
)
"""What tells of what has been: a time beside it promises nothing."""
_UNITS = {"second": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
_SHARES = {"half": 0.5, "half a": 0.5, "half an": 0.5, "quarter of an": 0.25, "three quarters of an": 0.75}
_SHARES |= {"a quarter of an": 0.25, "a couple": 2.0, "a couple of": 2.0, "a few": 3.0, "a": 1.0, "an": 1.0}
_DURATION = re.compile(rf"\b({_COUNT})[- ](?:{_SORT} )?(second|minute|min|hour|day|week)s?\b( and a half)?")


_APART = {"gonna": "going to", "wanna": "want to", "gotta": "got to", "gimme": "give me", "lemme": "let me"}
_RUN_TOGETHER = re.compile(rf"\b(?:{'|'.join(_APART)})\b")
"""As it is spoken, and as recognisers write it."""
_AND_A_HALF = re.compile(rf"(?<=\d)[.,]5(?=[ -](?:{_SORT} )?(?:second|minute|min|hour|day|week)s?\b)")


def normal(text: str) -> str:
    """Lower case, plain apostrophes, digits up to twelve as words, single spaces; question marks are kept."""
    text = _RUN_TOGETHER.sub(lambda found: _APART[found[0]], text.lower().replace("’", "'"))
    text = _AND_A_HALF.sub(" and a half", text)
    text = re.sub(r"[^\w'?:-]+", " ", text)
    text = re.sub(r"\b(\d{1,2})\b(?![:\d])", lambda m: _NUMBERS[int(m[1])] if int(m[1]) <= 12 else m[1], text)
    return " ".join(text.split())


def seconds(plain: str) -> float | None:
    """The first duration stated in normalised text, s."""
    if found := _DURATION.search(plain):
        count = found[1].removesuffix(" and a half")
        number = _SHARES[count] if count in _SHARES else max(amounts(count))
        return (number + 0.5 * ("and a half" in found[0])) * _UNITS[found[2]]
    if re.search(r"\b(?:a|one|just a) (?:moment|sec|tick|bit)\b", plain):
        return 60.0
    return None


def backchannel(text: str) -> bool:
    """Whether the turn only says "I am listening"."""
    words = normal(text).replace("?", "").split()
    return 0 < len(words) <= 4 and all(word in _BACKCHANNEL for word in words)


_SECOND_PERSON = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "am": "are", "we": "you", "we're": "you're", "we've": "you've",
    "our": "your", "us": "you", "you": "we", "your": "our", "yours": "ours", "you're": "we're", "you've": "we've",
}  # fmt: skip


def turned_round(text: str) -> str:
    """What a customer said, as the trainee would say it to them: "my books, you know" as "your books, we know"."""
    turned = (
        f"{found[1]}{_SECOND_PERSON.get(found[2].lower(), found[2])}{found[3]}"
        for word in text.replace("\u2019", "'").split()
        if (found := re.fullmatch(r"(\W*)(.*?)(\W*)", word))
    )
    return re.sub(r"\byou was\b", "you were", " ".join(turned))


SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
"""One sentence, or what stands before a semicolon, with its mark."""
MOST_READ = 600
"""Letters of a turn in which one wording after another is looked for."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a turn, normalised, for noticing that one comes again; short ones are left out."""
    parts = (normal(part).replace("?", "") for part in re.split(r"[.!?]+", text))
    return tuple(part for part in parts if len(part.split()) >= 5)


MOST_QUOTED = 16
"""Words of a quotation on the ledger: what the eye takes in at once."""
_FIRST_WORDS = re.compile(rf"[\w'\u2019\u201c\"(]\S*(?:\s+\S+){{0,{MOST_QUOTED - 1}}}")
_DANGLING = re.compile(
    r"(?:[^\w'\u2019]+(?:a|an|the|at|of|to|for|and|or|in|on|with|from|by|but|so|that|because))*[^\w'\u2019%)]*$", re.I
)
_MARKS_BEHIND = re.compile(r"[^\w'\u2019%)]*$")


def quote(text: str) -> str:
    """The words of `text` without stray marks at its ends, at most `MOST_QUOTED`, and where words are left out, without
    a dangling "at the": a part of `text`, letter by letter."""
    start = _FIRST_WORDS.search(text)
    cut = start[0].rstrip() if start else text.strip()
    whole = not (start and _FIRST_WORDS.search(text, start.end()))
    return (_MARKS_BEHIND if whole else _DANGLING).sub("", cut) or cut


_WORTH = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_FIGURE = re.compile(r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?!\d)|[a-z]+")
_MONEY = frozenset("pound pounds euro euros dollar dollars quid point and".split())


def amounts(text: str) -> frozenset[float]:
    """Every amount said, in digits or in words: "18.40", "eighteen pounds forty", "six hundred and forty"."""
    numbers: list[tuple[float, int]] = []
    """Value, and index of the word it ended at."""
    total = current = 0.0
    running = False
    words = _FIGURE.findall(text.lower().replace("-", " "))

    def close(at: int) -> None:
        nonlocal total, current, running
        if running:
            numbers.append((total + current, at - 1))
        total, current, running = 0.0, 0.0, False

    last = 0
    for at, word in enumerate(words):
        if word[0].isdigit():
            close(at)
            numbers.append((_digits(word), at))
        elif word in _WORTH:
            worth = _WORTH[word]
            joins = running and ((last >= 20 and last < 100 and worth < 10) or last >= 100)
            if not joins:
                close(at)
            current, running, last = current + worth, True, worth
        elif word in ("hundred", "thousand") and (running or words[at - 1 : at] == ["a"]):
            size = 100 if word == "hundred" else 1000
            current = max(current, 1.0) * size
            if size == 1000:
                total, current = total + current, 0.0
            running, last = True, size
        elif not (word == "and" and running and last >= 100):
            close(at)
    close(len(words))
    found = {value for value, _ in numbers}
    for (whole, at), (part, then) in pairwise(numbers):
        between = words[at + 1 : then]
        near = [word for word in between if word not in _WORTH]
        if part < 100 and part == int(part) and whole == int(whole) and all(word in _MONEY for word in near):
            found.add(whole + part / 100)
    return frozenset(found)


def _digits(word: str) -> float:
    whole, mark, part = word.replace(",", ".").rpartition(".")
    if mark and len(part) <= 2:
        return float(f"{whole.replace('.', '')}.{part}")
    return float(word.replace(",", "").replace(".", ""))
