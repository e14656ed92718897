"""English as it is spoken to customers: questions, offers, refusals, times. Patterns on normalised text, and the
normalising. A pack in another language needs another such module.
"""

import re

_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "do",
        "does",
        "did",
        "you",
        "your",
        "yours",
        "i",
        "my",
        "me",
        "we",
        "our",
        "us",
        "it",
        "its",
        "that",
        "this",
        "these",
        "those",
        "there",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "and",
        "or",
        "but",
        "so",
        "if",
        "as",
        "by",
        "from",
        "up",
        "out",
        "about",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "may",
        "might",
        "have",
        "has",
        "had",
        "not",
        "no",
        "just",
        "please",
        "any",
        "some",
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "why",
        "then",
        "than",
        "them",
        "they",
        "he",
        "she",
        "his",
        "her",
        "okay",
        "ok",
        "well",
        "right",
        "now",
        "let",
        "tell",
        "know",
        "want",
        "like",
        "get",
        "got",
        "go",
        "going",
        "really",
        "actually",
        "sir",
        "madam",
    ]
)
ASKING = re.compile(
    r"\?|^(?:and |so |but |okay |ok |well |right |now |then |sorry |thanks |great |also |um |uh )*"
    r"(?:what|which|who|when|where|why|how|did|do|does|is|are|was|were|have|has|had|can|could|would|will"
    r"|may|might|any)\b"
    r"|\b(?:can|could|would) you (?:please |just )?(?:tell|check|read|look|describe|give|walk|confirm|say"
    r"|see|try|have)\b"
    r"|\b(?:tell|walk|talk|take) me\b|\b(?:i wonder|i was wondering|may i ask|can i ask|do you know"
    r"|did you|have you|i'd like to"
    r" know|i need to know|let me ask)\b|\bdescribe\b"
    r"|\b(?:when|where|how|what) (?:exactly )?(?:do|does|did) (?:it|you|they|the)\b"
    r"|\bis (?:everyone|everybody|anyone|anybody)\b|\bare you (?:both )?(?:all right|alright|okay|ok|hurt|safe)\b"
)
OPEN = re.compile(
    r"\b(?:what happened|what's happened|tell me (?:more|everything|all|what|about (?:it|what))"
    r"|walk me through (?:it|what|everything)"
    r"|talk me through (?:it|what|everything)|from the (?:start|beginning|top)|go on|go ahead"
    r"|i'm listening|all ears|carry on"
    r"|keep going|please continue|what's (?:going on|wrong|the problem|been happening)|what (?:is"
    r"|seems to be) the (?:problem|matter|issue|trouble)"
    r"|how can i help|what can i do|how may i help|what's up)\b"
)
PREFACE = re.compile(r"^(?:\w+ )?(?:can|may|could) i (?:just )?(?:ask|check)(?: you)? (?:about|something|a)\b(?!.*\?)")
CHECK = re.compile(
    r"\b(?:is that (?:ok|okay|all right|alright|fine|fair)|would that (?:work|help|be|suit)"
    r"|does that (?:sound|work|help|make)"
    r"|how does that sound|sound (?:good|fair|okay)|are you (?:happy|okay|all right|comfortable) with"
    r"|shall we|shall i"
    r"|would you like me|do you want me|can i (?:put|call|offer|send|suggest)|may i (?:put|call|ask"
    r"|suggest)|will that do"
    r"|shall i go ahead)\b"
)
ELSE = re.compile(
    r"\b(?:is|was) there anything else(?: (?:i|we|that i|that we|you need|you'd like|today)\b|\?|$)"
    r"|\banything else (?:i|we) (?:can|could)\b"
    r"|\banything else\s*\?|^(?:and |so |okay |right )*anything else$"
)
TO_YOU = re.compile(r"\byou(?:'ve|'re|'d)?\b")
OFFERING = re.compile(
    r"\b(?:i'll|we'll|i will|we will|i'd (?:do|run|send|book|call|suggest)"
    r"|you'll|you will|let me|let's|i'm (?:going|sending|booking|ordering"
    r"|putting|having|arranging)"
    r"|we're (?:going|sending)|i am|i can|we can|i could|we could|i'd like to|i would like to|i want to"
    r"|i've (?:ordered|booked|sent"
    r"|arranged|just)|i have (?:ordered|booked|sent|arranged|just)|would you like|shall i|shall we|can i"
    r"|may i|how about|what if"
    r"|do you want me|want me to|would (?:it|that|a|an|another)|goes out|will be|it'll|they'll|that'll|happy to"
    r"|(?:i|we)(?: then| also| first| just)? (?:swap|send|test|post|book|run|check|replace|call|ring"
    r"|arrange|reserve|credit|log|keep"
    r"|monitor|get|put|give|change|refund|order|look|compare)|comes (?:out|on|to)|is booked|are booked|arrives?"
    r"|(?:fitter|engineer|technician|colleague|someone|somebody) (?:calls|comes|visits|rings|goes))\b"
)
NOT_TERSE = re.compile(
    r"\b(?:was|were|did|had|came|sent|said|told|been|never|not|no|none|nobody|nothing|you|your|they|she|he|should"
    r"|i|we|again|it|that)\b|n't\b|\?"
)
"""What an offer in telegraph style ("engineer Thursday morning if the test fails") never has."""
VAGUE = re.compile(r"^(?:(?:for|at|around|about|until|take|give me|need)\s+)+")
DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day")
REFUSING = re.compile(
    r"\b(?:(?:i|we|you|company|they) (?:can't|cannot|can not|won't|will not|couldn't|don't|do not|never)"
    r"|unable|not able|isn't possible|not possible|not allowed|not going to|no way)\b(?! worry)"
)
_BACKCHANNEL = frozenset(
    [
        "mm",
        "mhm",
        "mm-hm",
        "mmhm",
        "mm-hmm",
        "hm",
        "hmm",
        "uh-huh",
        "uhuh",
        "uh",
        "huh",
        "ah",
        "oh",
        "ok",
        "okay",
        "yes",
        "yeah",
        "yep",
        "right",
        "sure",
        "i",
        "see",
        "of",
        "course",
        "got",
        "it",
        "go",
        "on",
        "carry",
        "on",
        "please",
        "understood",
        "absolutely",
    ]
)
TIME = re.compile(
    r"\b(?:(?:in|within|for|about|under|take|take about|give me|need|by|before|after|at|around|until|on"
    r"|next|this|every)\s+)*"
    r"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty"
    r"|forty-five|sixty|ninety"
    r"|a couple of|half an|a few|\d+)[- ](?:more |working |business |full )?(?:seconds?|minutes?|mins?"
    r"|hours?|days?|weeks?)"
    r"|today|tonight|tomorrow(?: (?:morning|afternoon|evening))?|this (?:morning|afternoon|evening)"
    r"|end of (?:the )?(?:day|week)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening))?|noon|midday"
    r"|\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:o'clock|am|pm))\b"
)
_UNITS = {"second": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
_AMOUNTS = {
    **{word: float(number) for number, word in enumerate(_NUMBERS)},
    **{"a": 1.0, "an": 1.0, "half an": 0.5, "a couple of": 2.0, "a few": 3.0, "fifteen": 15.0, "twenty": 20.0},
    **{"thirty": 30.0, "forty": 40.0, "forty-five": 45.0, "sixty": 60.0, "ninety": 90.0},
}
_DURATION = re.compile(
    r"\b(half an|a couple of|a few|forty-five|[a-z]+|\d+)[- ](?:more )?(second|minute|min|hour|day|week)s?\b"
)


def normal(text: str) -> str:
    """Lower case, plain apostrophes, digits up to twelve as words, single spaces; question marks are kept."""
    text = text.lower().replace("’", "'")
    text = re.sub(r"[^\w'?:-]+", " ", text)
    text = re.sub(r"\b(\d{1,2})\b(?![:\d])", lambda m: _NUMBERS[int(m[1])] if int(m[1]) <= 12 else m[1], text)
    return " ".join(text.split())


def seconds(plain: str) -> float | None:
    """The first duration stated in normalised text, s."""
    for amount, unit in _DURATION.findall(plain):
        number = _AMOUNTS.get(amount, float(amount) if amount.isdigit() else None)
        if number is not None:
            return number * _UNITS[unit]
    if re.search(r"\b(?:a|one|just a) (?:moment|sec|tick|bit)\b", plain):
        return 60.0
    return None


def backchannel(text: str) -> bool:
    """Whether the turn only says "I am listening"."""
    words = normal(text).replace("?", "").split()
    return 0 < len(words) <= 4 and all(word in _BACKCHANNEL for word in words)


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


def quote(text: str) -> str:
    """The words of `text` without stray marks or a dangling "at the" at its ends, at most `MOST_QUOTED`: a part of
    `text`, letter by letter."""
    start = _FIRST_WORDS.search(text)
    cut = start[0].rstrip() if start else text.strip()
    return _DANGLING.sub("", cut) or cut
