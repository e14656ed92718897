"""What a trainee's turn is about: which of the pack's facts it asks for and which needs it meets, in any wording.

Two readings are combined: the text model's similarities, which arrive with the utterance, and the pack's word groups.
Pure; without scores the word groups and the words shared with the example wordings decide.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogue.content.clauses import split
from dialogue.events import Scores
from dialogue.persona import Fact, Need, Pack

SURE = 0.66
"""Cosine at which meaning alone decides; MiniLM puts paraphrases of a question at 0.6 to 0.9, other "
"topics below 0.4."""
LIKELY = 0.5
"""Cosine at which one more sign (shared words, half of the word groups) decides."""
MOST_ASKED = 2
"""Questions of one turn that are answered."""
SPREAD_WORDS = 60
"""In turns up to this long an offer's words may stand in different clauses."""
SHARED = 0.62
"""Share of a wording's content words that decides when there are no scores."""

_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_STOP = frozenset(
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
_ASKING = re.compile(
    r"\?|^(?:and |so |but |okay |ok |well |right |now |then |sorry |thanks |great |also |um |uh )*"
    r"(?:what|which|who|when|where|why|how|did|do|does|is|are|was|were|have|has|had|can|could|would|will"
    r"|may|might|any)\b"
    r"|\b(?:can|could|would) you (?:please |just )?(?:tell|check|read|look|describe|give|walk|confirm|say"
    r"|see|try|have)\b"
    r"|\b(?:tell|walk|talk|take) me\b|\b(?:i wonder|i was wondering|may i ask|can i ask|do you know"
    r"|did you|have you|i'd like to"
    r" know|i need to know|let me ask)\b|\bdescribe\b"
)
_OPEN = re.compile(
    r"\b(?:what happened|what's happened|tell me (?:more|everything|all|what|about (?:it|what))"
    r"|walk me through (?:it|what|everything)"
    r"|talk me through (?:it|what|everything)|from the (?:start|beginning|top)|go on|go ahead"
    r"|i'm listening|all ears|carry on"
    r"|keep going|please continue|what's (?:going on|wrong|the problem|been happening)|what (?:is"
    r"|seems to be) the (?:problem|matter|issue|trouble)"
    r"|how can i help|what can i do|how may i help|what's up)\b"
)
_PREFACE = re.compile(r"^(?:\w+ )?(?:can|may|could) i (?:just )?(?:ask|check)(?: you)? (?:about|something|a)\b(?!.*\?)")
_CHECK = re.compile(
    r"\b(?:is that (?:ok|okay|all right|alright|fine|fair)|would that (?:work|help|be|suit)"
    r"|does that (?:sound|work|help|make)"
    r"|how does that sound|sound (?:good|fair|okay)|are you (?:happy|okay|all right|comfortable) with"
    r"|shall we|shall i"
    r"|would you like me|do you want me|can i (?:put|call|offer|send|suggest)|may i (?:put|call|ask"
    r"|suggest)|will that do"
    r"|shall i go ahead)\b"
)
_ELSE = re.compile(
    r"\b(?:is|was) there anything else(?: (?:i|we|that i|that we|you need|you'd like|today)\b|\?|$)"
    r"|\banything else (?:i|we) (?:can|could)\b"
    r"|^(?:and |so )?anything else\?$"
)
_TO_YOU = re.compile(r"\byou(?:'ve|'re|'d)?\b")
_OFFERING = re.compile(
    r"\b(?:i'll|we'll|i will|we will|you'll|you will|let me|let's|i'm (?:going|sending|booking|ordering"
    r"|putting|having|arranging)"
    r"|we're (?:going|sending)|i am|i can|we can|i could|we could|i'd like to|i would like to|i want to"
    r"|i've (?:ordered|booked|sent"
    r"|arranged|just)|i have (?:ordered|booked|sent|arranged|just)|would you like|shall i|shall we|can i"
    r"|may i|how about|what if"
    r"|do you want me|want me to|would (?:it|that|a|an|another)|goes out|will be|it'll|they'll|that'll|happy to"
    r"|(?:i|we)(?: then| also| first| just)? (?:swap|send|test|post|book|run|check|replace|call|ring"
    r"|arrange|reserve|credit|log|keep"
    r"|monitor|get|put|give|change|refund|order|look|compare)|comes (?:out|on|to)|is booked|are booked|arrives?)\b"
)
_VAGUE = re.compile(r"^(?:(?:for|at|around|about|until|take|give me|need)\s+)+")
_DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_REFUSING = re.compile(
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
_TIME = re.compile(
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


@dataclass(frozen=True, slots=True)
class Meant:
    """What one turn is about."""

    asks: tuple[str, ...] = ()
    """Fact ids asked for, in the order of asking."""
    offers: tuple[str, ...] = ()
    """Need ids explained or offered."""
    question: str = ""
    """The last question in it that is about no known fact."""
    open_question: bool = False
    """An invitation to tell."""
    check: bool = False
    """Asks for agreement, or for leave."""
    anything_else: bool = False
    """Asks whether there is anything else."""
    time: str = ""
    """The day, clock time or duration it states, in its words."""
    seconds: float | None = None
    """That duration, where it is one."""


def understand(text: str, scores: Scores | None, pack: Pack) -> Meant:
    """What the turn asks for and what it brings. A statement asks nothing, and a question brings "
    "nothing unless it offers."""
    plain = normal(text)
    spans = [(one.start, one.end, one.facts) for one in scores.clauses] if scores else []
    if not spans:
        spans = [(start, end, {}) for start, end in split(text)]
    needs = [need for need in pack.settlement if need.kind != "learn"]
    asks: list[str] = []
    offers: list[str] = []
    question = ""
    for start, end, cosines in spans:
        clause = normal(text[start:end])
        check = bool(_CHECK.search(clause) or _ELSE.search(clause) or _PREFACE.search(clause))
        asking = bool(_ASKING.search(clause)) or text[start:end].rstrip().endswith("?")
        fact = "" if check else _fact(pack.facts, clause, cosines, asking=asking)
        preface = bool(_PREFACE.search(clause))
        need = "" if fact or preface else _need(needs, clause, cosines, asking=asking)
        if fact and fact not in asks:
            asks.append(fact)
        if need and need not in offers:
            offers.append(need)
        if asking and not (fact or need or check or _OPEN.search(clause)):
            question = text[start:end].strip()
    if len(plain.split()) <= SPREAD_WORDS and not asks and not _REFUSING.search(plain):
        for one in needs:  # an offer may be spread over clauses
            if (
                one.id not in offers
                and _grouped(one.words, plain) == 1.0
                and (one.kind == "explain" or _OFFERING.search(plain))
            ):
                offers.append(one.id)
    time = _TIME.search(plain)
    stated = _VAGUE.sub("", time.group(0).strip()) if time else ""
    return Meant(
        asks=tuple(asks[:MOST_ASKED]),
        offers=tuple(offers),
        question=question,
        open_question=bool(_OPEN.search(plain)),
        check=bool(_CHECK.search(plain)),
        anything_else=bool(_ELSE.search(plain)),
        time=_DAYS.sub(lambda day: day[0].capitalize(), stated),
        seconds=seconds(plain),
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


def _fact(facts: Sequence[Fact], clause: str, cosines: Mapping[str, float], *, asking: bool) -> str:
    """The id of the fact that the clause asks for, "" for none.

    Without a question only a hidden fact may be asked for, by saying it to the customer ("so you skipped step six").
    """
    ranked: list[tuple[float, str]] = []
    for fact in facts:
        cosine, groups, shared = _signs(fact, clause, cosines)
        likely = cosine >= LIKELY and (groups >= 0.5 or shared >= 0.4)
        found = groups == 1.0 or cosine >= SURE or likely or (not cosines and shared >= SHARED)
        told = fact.hidden and groups == 1.0 and (cosine >= LIKELY or not cosines) and _TO_YOU.search(clause)
        if found and (asking or (told and not _OFFERING.search(clause))):
            ranked.append((cosine + 0.3 * groups + 0.2 * shared, fact.id))
    return max(ranked)[1] if ranked else ""


def _need(needs: Sequence[Need], clause: str, cosines: Mapping[str, float], *, asking: bool) -> str:
    """The id of the need that the clause meets, "" for none."""
    if _REFUSING.search(clause):
        return ""
    offering = bool(_OFFERING.search(clause))
    ranked: list[tuple[float, str]] = []
    for need in needs:
        cosine, groups, shared = _signs(need, clause, cosines)
        half = groups >= 0.5 or not need.words
        found = groups == 1.0 or (cosine >= SURE and half) or (not cosines and not need.words and shared >= SHARED)
        if found and (offering or (need.kind == "explain" and not asking)):
            ranked.append((cosine + 0.3 * groups + 0.2 * shared, need.id))
    return max(ranked)[1] if ranked else ""


def _signs(part: Fact | Need, clause: str, cosines: Mapping[str, float]) -> tuple[float, float, float]:
    """Cosine, share of word groups, share of words in common with the nearest wording: each 0..1."""
    return cosines.get(part.id, 0.0), _grouped(part.words, clause), _shared(part.wordings, clause)


def _grouped(groups: Sequence[Sequence[str]], clause: str) -> float:
    """Share of the word groups that occur in the clause; 0 without groups."""
    if not groups:
        return 0.0
    return sum(any(_pattern(word).search(clause) for word in group) for group in groups) / len(groups)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    body = re.escape(normal(word.rstrip("*")))
    return re.compile(rf"\b{body}{'' if word.endswith('*') else chr(92) + 'b'}")


def _shared(wordings: Sequence[str], clause: str) -> float:
    own = _content(clause)
    best = 0.0
    for wording in wordings:
        theirs = _content(normal(wording))
        if len(theirs) >= 2 and own:
            best = max(best, len(own & theirs) / len(theirs) * min(1.0, 0.5 + len(own & theirs) / 4))
    return best


@lru_cache(maxsize=4096)
def _content(plain: str) -> frozenset[str]:
    """Content words, crudely stemmed."""
    words = (word.strip("?':-") for word in plain.split())
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word for word in words if word and word not in _STOP
    )
