"""English as it is spoken to customers: does a clause bring something? Offers, grants, refusals, reports, times ahead.

Patterns on text that `dialogue.language.normal` has made plain; `asking` has the other half.
"""

import re
from collections.abc import Sequence

from dialogue.language import DAYS, LASTING, PAST, STOP, TIME, VAGUE
from dialogue.understanding.asking import LEAD, LOOKING_BACK, WANTING_TO_KNOW, asks

_STATIVE = (
    "am|are|was|were|see|saw|understand|know|knew|think|thought|hope|hear|heard|mean|meant|feel|felt|need|have|had|did|do"
    "|guess|believe|wish|want|agree|appreciate|apologise|apologize|said|told|got|gave|went|came|ask|cannot|can|could|never"
    "|only|really|read|found|find|sorry|wonder|remember|realise|imagine|like|love|look(?! (?:at|back|over))|must|should"
    "|would|will|may|might"
    "|shall|notice|both|all|thank"
)
"""Verbs, and what stands before verbs, that say nothing of what will be done: "we understand", "I really"."""
OFFERING = re.compile(
    r"\b(?:(?:i|we|you|it|they|that|there|someone|somebody)(?:'ll| will)\b|(?:i|we)(?:'d| would)(?: like to| also"
    r"| then)?\b"
    r"|let(?: me|'s| us)\b(?! (?:just )?(?:have a |take a )?(?:look|see|pull up|find out|read|listen|get this)\b)"
    r"|(?:i|we)(?:'m| am|'re| are) (?:also |just |now |going to )*(?!calling|looking|asking|wondering|thinking|saying"
    r"|listening|trying|hoping|talking|feeling|being)\w+ing\b"
    r"|(?:i|we)(?:'ve| have) (?:just |already |also )?(?:ordered|booked|sent|arranged|got|put|set|asked|reserved"
    r"|posted)\b"
    r"|(?:i|we)(?:'ve| have)(?: got)? (?:[\w-]+ ){1,4}?(?:pencilled in|lined up|booked|reserved"
    r"|standing by|on standby)\b|there(?:'s| is| are)\b.{1,40}\bfor you\b"
    r"|(?:i|we) (?:can|could|want to|may)\b|(?:can|could|shall|may|should) (?:i|we)\b"
    r"|would you (?:also |still |rather )?like|how about"
    r"|what if"
    r"|do you want me|want me to|do you want (?:that |if )?(?:i|we)\b|would (?:it|that|a|an|another)\b"
    r"|goes out|(?:is|are) (?:on (?:its|the) way|booked)"
    r"|(?:will|should) (?:be|come|go|call|ring|arrive|send|get|help)|happy to|you(?:'re| are) getting"
    rf"|(?:i|we)(?: then| also| first| just| now)? (?!(?:{_STATIVE})\b)(?!\w+(?:ed|n't)\b)[a-z]+"
    r"|(?:is|are)(?: now| then)? (?:on|due|scheduled|planned|set)|from (?:now on|today|tomorrow)"
    r"|(?:you (?:can|may)|^(?:and |so |then |but )*you could(?!'ve))"
    r"(?! (?:be|have|see|imagine|hear|tell|say|understand)\b)"
    r"|(?:sounds?|is|are|works?|suits?)(?: absolutely| very)?(?: ok| okay| good| fine| fair| right| great)?"
    r" (?:to|by|with|for) me"
    r"|comes (?:out|on|to)|arrives?|(?:the one|somebody|someone) who \w+s|one of (?:us|our \w+|my \w+) (?:can"
    r"|will|comes)"
    r"|(?:fitter|engineer|technician|colleague|manager|someone|somebody) (?:can|calls|comes|visits|rings|goes))\b"
)
PROPOSING = re.compile(
    rf"^{LEAD}(?:what (?:do|would) you (?:think|say|reckon) (?:about|of|to|if)\b"
    r"|how (?:does|do|would|will) .{1,80}\b(?:sound|suit you|work for you|be for you)\b)"
)
"""An offer put as a question about what they think of it: "what would you say to Friday?"."""
GRANTING = re.compile(
    rf"^{LEAD}(?:yes |yeah |of course |certainly |absolutely )*"
    r"(?:(?:(?:that's|that is|it's|that'd be|that will be|with|from|by) )?me\b(?! (?:too|neither|either)\b)"
    r"|i (?:will|do|am|can)$)"
    rf"|^{LEAD}(?:yes |yeah |sure |of course |certainly |gladly |absolutely )*(?:(?:i|we)(?:'ll| will|'m going to"
    r"| am going to| can|'ve just| have just)) (?:gladly |also |then |just |happily )*(?:do|send|give|get|put|pay|book"
    r"|order|arrange|bring|fix|change|make|move|cancel|organi[sz]e|write|post|replace|refund|release|sort)"
    r" (?:it|that|this|them|one|those)(?: out| off| back| in| up| sorted| done)?(?: to you| for you| to them)?"
    rf"(?: {TIME.pattern}){{0,4}}$"
    rf"|^{LEAD}i(?:'m| am|'ll| will) (?:taking|take|on) (?:this|that|it)(?: one)?(?: on| over)?(?: now| myself)*$"
    rf"|^{LEAD}(?:(?:it|that)(?:'s| is|'ll be| will be) )?{TIME.pattern}(?: then| latest| at the latest)?$"
)
"""Grants what was just asked for, without naming it: "I'll do that today", "me, tonight", "Saturday, eight to ten".
Few times may follow: a long row could be cut up in exponentially many ways."""
AGREEING = re.compile(
    rf"^{LEAD}(?:(?:yes|yeah|yep|sure|fine|agreed|done|deal|of course|certainly|absolutely|gladly|with pleasure)\b ?)+"
    r"(?:(?:i|we) (?:can|will|do|shall))?(?: (?:sir|madam|(?:mr|mrs|ms|miss|dr) \w+))?$"
    rf"|^{LEAD}(?:i|we) (?:can|will|shall)$"
)
"""Says yes, and no more."""
COMING = re.compile(
    r"^(?!so\b)(?!(?:.*\b)?(?<!where )(?<!how )(?:you|i|we)(?:'re| are|'ve| have) )"
    r"(?=.*\b(?:will|won't|can|going to|is|are|gets?|goes"
    r"|stops?|stays?|comes?|hears?|reach(?:es)?|sets? off|starts?|brings?|takes?|leads?|sends?|reads?|belongs?"
    r"|tells?|shows?|gives?|rings?|writes?)\b)"
)
"""Says what is going to be, whoever does it: "our people will carry it down", "you hear from me at four"."""
REQUESTING = re.compile(r"\b(?:can|could|would|will) you\b|^(?:and )?please\b")
"""Asks the customer to do something, which may be part of a plan: "could you leave it on tonight?"."""
INSTRUCTING = re.compile(
    rf"^{LEAD}(?:please )?(?<=just )(?!(?:a|because|that|like|as|so)\b)[a-z]+ (?:your|the|it|this|that|all)\b"
    r"|\bplease [a-z]+ (?:me |us )?your\b"
)
"""Tells them what to do ("just empty your basket", "please state your name"), which explains nothing."""
TERSE_NEVER = re.compile(
    r"\b(?:is|are|was|were|did|has|had|does|came|sent|said|told|been|never|not|no|none|nobody|nothing|you|your"
    r"|they|she"
    r"|he|should|i|we|again|it|that)\b|n't\b|\?"
)
"""What an offer in telegraph style ("engineer Thursday morning if the test fails") never has."""
WOULD_SUIT = re.compile(
    r"^(?:and |so |then |okay )*(?:would|does|will|is) .{0,60}\b(?:suit|work for|help|do|be (?:good|okay"
    r"|all right|fine|convenient|too late|(?:soon|early|late) enough))\b.{0,30}$"
    r"|\bhow about\b|\bwhat about (?:if|me|us|i)\b"
)
"""An offer put as a question: "would Wednesday suit you for the new shelf?"."""
ENDING = re.compile(
    r"\b(?:i'm|i am|i'll|i will|we're|we are) (?:now |therefore )?(?:going to )?(?:end|ending|terminat\w+"
    r"|disconnect\w*|hang(?:ing)? up|clos(?:e|ing))\b(?:(?!\bif\b).)*\b(?:call|now|up|here|conversation)\b"
)
_THREATENING = re.compile(r"\b(?:if|unless|otherwise|or (?:i|we|else)|will have to|next time|again)\b")
CUTTING_OFF = re.compile(
    r"\b(?:end\w*|terminat\w+|clos\w+|hang\w* up|stop) (?:on |the |this |our )*(?:you|call|conversation)\b"
)
"""Speaks of ending the call, whatever else is near it."""
WISHING = re.compile(
    r"\b(?:i|we) (?:(?:only|just|really|do) )*wish\b|\bif only\b|\bought to\b"
    r"|\b(?:somebody|someone|anybody|anyone|they|people) (?:should|must)\b"
    r"|\bwould(?: \w+ly| only| just| also)? (?:be|have been)(?: \w+ly| very| so)?"
    r" (?:an? |the )?(?:\w+ )?(?:dream|nice|great|good|lovely|fair|something|ideal|perfect|best|right|thing|case)\b"
    r"(?!.*\bif (?:i|we)\b)"
)
"""Says how it had better be, and does nothing for it: "a date would be nice", "somebody should own this"."""
SUPPOSING = re.compile(
    r"\b(?:that|this|it|which|there) (?:could|might|may)(?: well| also| just)? be (?:an?|the|your|more|why)\b"
    r"|\bshould have been\b|\bi (?:suppose|guess|imagine|bet)\b"
)
"""Says how it may be: "that could be the problem"."""
FEWEST_STRUNG = 5
"""Words from which on a clause without any that joins them says nothing."""


def strung(clause: str) -> bool:
    """Whether the words of the normalised clause are only strung together: "filter new send socket hall"."""
    words = clause.split()
    return len(words) >= FEWEST_STRUNG and not any(word in STOP or "'" in word for word in words)


LACKED = re.compile(
    r"\b(?:instead of|rather than|without|no|(?:never|didn't|did not) (?:get|got|have|had|receive|received))"
    r"(?: (?!(?:i|we|you|it|they|he|she|and|but|so|then|or)\b)[\w-]+(?!')\b){1,4}"
)
"""Names what they go without: "a video instead of a call back"."""
CONDITION = re.compile(r"^(?:and |but |so |then |or )*(?:if|in case|should|once|when|as soon as|unless)\b")
"""Says when something holds; what holds stands behind it."""
NEGATED = re.compile(r"n't\b|\b(?:not|never|no|nobody|nothing|none|neither)\b")
REFUSING = re.compile(
    r"\b(?:(?:i|we|company|they) (?:can't|cannot|can not|won't|will not|couldn't|don't|do not|never)|you can't"
    r"|you cannot"
    r"|unable|not able|isn't possible|not possible|not allowed|not going to|no way)\b(?! worry)"
)
_LOOK = r"(?:check|look (?:at|into|in|up|for|through|whether|if)|have a (?:quick )?look|find out)"
LOOKING = re.compile(
    r"\b(?:let me|let's|(?:i|we)(?:'ll| will|'m going to| am going to|'re going to|'d like to| want to| can))"
    rf"(?: \w+ly| just| now| first)* (?:{_LOOK}|see (?:what|whether|if|where|why)|read (?:the|your|what))\b"
    rf"|^(?:\w+ )?i (?:now |just )?{_LOOK}\b|^whether\b"
)
"""Looks for an answer: not yet one."""
GOING_ON = re.compile(r"(?:n't|\bnot|\bnever) (?:\w+ )?(?:stop|quit|give up|cut|drop|hold back|step back)")
"""Refuses to refrain."""
_RECORD = (
    r"(?:screens?|systems?|computers?|monitors?|records?|files?|logs?|notes?|maps?|trackers?|readings?|lists?|diary)"
)
_OTHERS = rf"(?:he|she|they|people|some(?:body|one)|nobody|(?:the|my|our|your) (?!(?:\w+ )?{_RECORD}\b)(?:\w+ )?\w+)"
"""Somebody other than who speaks; what the screen says is said by whoever reads it out."""
REPORTING = re.compile(
    r"(?<!if )\byou (?:just |only |still )?(?:think|thought|feel|felt|say(?! (?:on |at |by |around )?(?:mon|tues"
    r"|wednes|thurs|fri|satur|sun|to|half|next|\d))|said|believe|fear|want(?! (?:me|us) to\b| (?:that "
    r"|if )?(?:i|we)\b)|wanted|told"
    r"|heard|hear(?! (?:back )?from (?:me|us)\b)|mean|meant)\b"
    r"|\byou(?:'re| are| were|'ve been| have been) (?:still )?(?:worried|afraid|told|promised|asked|saying|thinking"
    r"|wondering|waiting)\b"
    rf"|\b{_OTHERS} (?:said|told|thought|promised)\b"
    rf"|(?<!whatever )(?<!what )(?<!once )(?<!when )(?<!if )(?<!soon as )\b{_OTHERS} (?:says?|tells?|thinks?)\b"
    rf"(?!(?: it(?:'s| is|'ll be))? {TIME.pattern})"
    r"|\b(?!(?:i|we|and|have|not|never)\b)\w+ (?:told|promised) (?:you|me|us)\b"
)
"""Gives back what somebody else said or thinks: "you think I stole it", "the chat says it will break"."""


def ends_call(plain: str) -> bool:
    """Whether the normalised turn says that the call is over, not that it might be."""
    return bool(ENDING.search(plain)) and not _THREATENING.search(plain)


FAREWELL = re.compile(
    r"\b(?:all the best|have an? (?!look\b)|enjoy|good luck|see you|until then|speak (?:to you )?(?:soon|then))\b"
)
"""Wishes something for later: a day in it is no promise."""


def offers(clause: str, *, explains: bool = False, named: bool = False) -> bool:
    """Whether the normalised clause brings something: says that it will be done, asks whether it may, asks the customer
    for a hand in it, or puts it in telegraph style. `explains`: telling how things are is enough. `named`: all words
    that are telling for it are there."""
    if REFUSING.search(clause) or CUTTING_OFF.search(clause) or (explains and INSTRUCTING.search(clause)):
        return False
    if PROPOSING.search(clause):
        return True
    if LOOKING_BACK.search(clause) or REPORTING.search(clause) or (WANTING_TO_KNOW.search(clause) and asks(clause)):
        return False
    if OFFERING.search(clause) or WOULD_SUIT.search(clause) or (named and REQUESTING.search(clause)):
        return True
    if asks(clause):
        return False
    return explains or (named and not TERSE_NEVER.search(clause)) or bool(COMING.search(clause))


_REGRETTING = re.compile(r"\b(?:sorry|apologi[sz]e|regret)\b")
_MIRRORING = re.compile(r"^so\b|\byou(?:'d| would) (?:like|rather|prefer)\b|\b(?:i|we|you) (?:\w+ed|paid|need|want)\b")
"""Gives back what they told or would like, or tells of what was done."""


def tells(clause: str) -> bool:
    """Whether the normalised clause says how it is or will be, in whatever form: it neither asks nor refuses, and tells
    neither of what has been, nor of what others say or want, nor how sorry they are for it."""
    forms = (REFUSING, CUTTING_OFF, REPORTING, PAST, _MIRRORING, _REGRETTING)
    return not (asks(clause) or any(one.search(clause) for one in forms))


NAMED_BY = re.compile(
    r"\b(?:to|yester|(?:mon|tues|wednes|thurs|fri|satur|sun))day's\b|\b(?:tomorrow|tonight)'s\b"
    r"(?! (?:fine|good|okay|ok|possible|free|the))"
)
"""What is named by its day: "Monday's visit" holds out no Monday."""


_SPENT = re.compile(rf"(?<!in )(?<!within )(?<!by )\b{LASTING} (?:of|without|with no|in an?|on hold|stuck|\w+ing)\b")
"""A length and how it was spent: "three weeks in a chair", "forty minutes of music"."""


def time_ahead(clauses: Sequence[str]) -> str:
    """The time that is held out: that of an offer before any other, never one that is told of what has been, or in a
    good wish."""
    clauses = [NAMED_BY.sub(" ", one) for one in clauses]
    told = [
        one
        for one in clauses
        if ((PAST.search(one) or _SPENT.search(one)) and not OFFERING.search(one)) or FAREWELL.search(one)
    ]
    ahead = [one for one in clauses if TIME.search(one) and one not in told]
    for one in sorted(ahead, key=lambda one: not OFFERING.search(one)):
        found = TIME.search(one)
        assert found
        stated = VAGUE.sub("", found.group(0).strip())
        return DAYS.sub(lambda day: day[0].capitalize(), stated)
    return ""
