# ruff: noqa: E501 - word groups read best whole
"""What in a turn makes little of the customer, of their case or of the help in it, though it accuses nobody. Pure.

Mostly grammar tells: whom a statement is about (others, the desk itself, things in general, not them), who is left with
the work, whether their word is taken. No coach misses it, and the classifier has no behaviour for it.
"""

import re
from collections.abc import Iterator, Mapping

from dialogue.content.rules.words import AGENT_ID

_MOST_READ = 600
"""Letters of a turn in which a slight is looked for."""
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
_OTHERS = r"(?:department|team|colleagues?|courier|supplier|warehouse|driver|branch|office|contractor|landlord|surgery|bank|insurer|manufacturer|airline|carrier|shop|agency)"
_PEOPLE = r"(?:people|customers?|clients?|folks?|callers?|guests?|passengers?|tenants?|parents?|patients?|families|members?|users?|drivers?|households?|streets?|shops?|companies|firms|banks|places|homes|houses|buyers|orders|parcels|cases|complaints|claims|requests|others)"
_MANY = r"(?:most|many|plenty of|lots of|a lot of|loads of|nearly all|almost all|all|all our|all the other|(?:quite )?a few|some|the other|other|hundreds of|thousands of|millions of)"
DATA_FIRST = "their data first"
_LITTLE = (
    r"(?:just |simply |only |also |really |probably |clearly |obviously |perhaps |maybe |of course |then |still )*"
)
_PLURAL = r"(?!this\b|his\b|is\b|was\b|has\b|as\b|yes\b|thanks\b|us\b|always\b|perhaps\b|unless\b|besides\b|sometimes\b|does\b|details\b|congratulations\b|apologies\b|cheers\b|its\b|hours\b|minutes\b|days\b|weeks\b|months\b|years\b|times\b|sorts\b)[a-z]{3,}(?<!s)s"
_SLIGHTS: Mapping[str, tuple[re.Pattern[str], float]] = {
    "their word in doubt": (
        re.compile(
            r"(?:^|[,:] |^(?:so|but|well|okay|right) )you (?:do )?(?:say|claim|reckon|allege) (?:that )?(?:you|it|we|he|she|they)\b|\byou(?:'re| are)? (?:only |just |still )?(?:claim|claiming|allege|alleging)\b"
            rf"|\byou(?:'ll| will| must| may| might| could|'ve| have) {_LITTLE}have {_LITTLE}(?:mis\w+|got it wrong|mixed|confused|forgotten|overlooked|imagined|dreamt|dropped|knocked|left|pressed|clicked|deleted|moved|given|typed|entered|used|touched)\b"
            r"|\bif (?:that's|it's|that is|it is|that was|it was) (?:really |actually |indeed |truly )(?:what|how|true|so|right|the case|as)|\b(?:are|were) you (?:quite |really |absolutely |completely )?(?:sure|certain|positive)(?! (?:you'd (?:like|prefer)|you want|about going))"
            r"|\b(?:have|got|you'd have|is there) (?:any |some )?(?:proof|evidence) (?:of|for|that)|\bsupposedly\b|\ballegedly\b|\bso you (?:say|claim|think)\b|^(?:and )?why (?:do|would) you (?:want|need) (?:that|it|this|my|to know|to speak|to see|one)\b|\bthe (?:alleged|supposed|so-called)\b"
        ),
        0.75,
    ),
    "said before": (
        re.compile(
            r"(?:^|, |\band )(?:well,? )?(?:as|like) (?:i|we)(?:'ve| have)? (?:already |just )?(?:said|told|explained|mentioned|stated)(?! (?:i|we) would)|\b(?:i|we)(?:'ve| have)? (?:already|just) (?:told|said|explained)"
        ),
        0.75,
    ),
    "blame passed on": (
        re.compile(
            rf"(?<!not )(?<!n't )\b(?:(?:the|our|my|that) (?:other )?(?:\w+ )?{_OTHERS}(?:'s|s')? (?:fault|mistake|job|problem|doing|responsibility|mess)"
            rf"|(?:{_OTHERS}|accounting|billing|accounts|sales|logistics|dispatch|they|he|she) (?:really |clearly )?(?:messed|screwed|botched|got (?:it|that) wrong|(?:is|are) to blame)|(?:not|isn't|wasn't) (?:our|my|down to us|down to me)(?: fault| mistake| doing| problem)?\b(?=[.,!?]| but|$)"
            r"|(?<!decision )(?<!choice )(?:not|isn't|wasn't) (?:ours|mine|us|me)(?=[.,!?]|$)|nothing to do with (?:us|me))"
        ),
        0.75,
    ),
    "played down": (
        re.compile(
            r"\b(?:(?:these |those |such )?(?:things|mistakes|errors|delays|accidents|mix-ups) (?:do |can |will )?(?:just )?happen"
            r"|(?:does|do|can|will|gets?|goes?) (?:\w+ ){0,3}(?:sometimes|occasionally|now and (?:then|again)|from time to time|every so often)"
            r"|(?:sometimes|occasionally) (?:get|go|gets|goes|happens?|\w+ (?:get|go|gets|goes))\b|happens to (?:the best|everyone|everybody|all of us)"
            r"|(?:it|that)(?:'s| is) (?:just |only |merely )?(?:one|a single) (?!(?:moment|minute|second|more|step|click|question|number|form|page|call|thing|way|option|of)\b)\w+(?=[.,!?]|$)"
            r"|at least (?:you|it|it's|that|that's|nobody|no one|she|he|they|there's|there was|your)\b(?! (?:can|could|should|need|deserve))"
            r"|(?:isn't|is not|aren't|wasn't|was not|hardly|not) (?:that |really |exactly |very |so |too |particularly |unusually )?(?:long|much|far|bad|late|a lot|unusual|uncommon|expensive)(?:(?: really| actually)?(?=[.,!]|$)| (?:for|considering|when you|by|as \w+ go))"
            r"|(?:probably|surely|likely|must be|might be|may be) (?:just |only )?(?:a|an) (?:\w+ )?(?:glitch|issue|typo|hiccup|oversight|misunderstanding|coincidence))\b"
        ),
        0.75,
    ),
    "talked down to": (
        re.compile(
            r"\b(?:that|which)(?:'s| is) (?:usually|generally|normally|typically) (?:how|what|the way|where) (?:it|that|one|you|people)"
            r"|\b(?:as|like) (?:any|every)(?:one|body) (?:knows|could|would)|\bit's not (?:that )?(?:hard|difficult|complicated)\b|(?<!you )(?<!you've )\bobviously\b|\bif you (?:think|look) (?:about it )?(?:properly|carefully)"
        ),
        0.75,
    ),
    "foretold as useless": (
        re.compile(
            r"\b(?:will|'ll|would|can|is going to|are going to) (?:only|just) (?:tell|say|give|read) (?:to )?(?:you )?(?:exactly )?the same|\bwhat good (?:would|will|does|is)\b"
            r"|\b(?:won't|will not|wouldn't|doesn't|not going to) (?:change|help|make) (?:\w+ )?(?:anything|much|a thing|any difference)\b|\bno point\b|\bwaste of (?:your |our )?time\b"
        ),
        0.75,
    ),
    "others compared": (
        re.compile(
            rf"(?<!save )(?<!warn )(?<!spare )(?<!protect )(?<!help )(?<!in front of )\b(?:{_MANY} (?:of )?(?:our |the |my |other )?{_PEOPLE}|(?:most|other|all the other|nearly all) (?:of our )?[a-z]{{3,}}s)(?: (?!who\b|that\b)\w+)? (?:have|has|had|do|does|did|don't|doesn't|are|aren't|is|would|wouldn't|manage|wait|find|get|got|pay|read|can|will|seem|just|like|prefer|accept|understand|know|want|waiting)\b"
            rf"|\b(?:for|to|with|goes for|same for|like) (?:{_MANY} (?:of )?(?:our |the )?{_PEOPLE}|everybody|everyone|all of (?:them|us)|anybody (?:who|that|in)|anyone (?:who|that|in))\b(?!'s| else)"
            r"|\b(?:everybody|everyone) (?:is|has|gets|waits|pays|does|knows|wants|had|else)\b|\b(?:anybody|anyone|nobody|no one) else (?:would|has|had|does|minds?|complain\w*|seems?|manages?)\b"
        ),
        0.6,
    ),
    "called normal": (
        re.compile(
            r"(?<!not )(?<!n't )(?<!never )\b(?:(?:quite|pretty|very|perfectly|fairly|completely|totally|entirely|absolutely|just|only|all) (?:common|normal|usual|standard|typical|routine|average)|(?:it|that|this)(?:'s| is) (?:standard|normal|common|routine|usual|typical)\b"
            r"|(?:standard|normal|usual|common) (?:practice|procedure|thing|wear)|to be expected|part and parcel|(?:is|'s) what (?:we|you|they)(?:'d|'ll| would| should)? expect|(?:happens?|comes? up) (?:a lot|all the time|every (?:day|week|time)))\b|\b(?:i|we|they|he|she) (?:do |would )?(?:always|usually|normally|generally|typically) (?!be there|be here|remember)\w+"
        ),
        0.6,
    ),
    "the desk's own troubles": (
        re.compile(
            r"\b(?:we|i)(?:'ve| have)(?: got| had)?(?: \w+){0,2}? (?:hundreds?|thousands?|dozens?|so many|other (?:calls|people|customers|jobs|work|callers))\b(?! (?:and|pounds|euros|dollars|in|left))"
            r"|\b(?:we|i)(?:'re| are|'m| am|'ve been| have been)(?: all| just| only| really| very| so| terribly| a bit| rather)* (?:busy|short[- ](?:staffed|handed)|short of|short on|swamped|understaffed|under-staffed|stretched|overloaded|overworked|snowed under|only human|doing (?:my|our|the) best|working (?:as|flat|very|really)|run off)"
            r"|\b(?:been|was|it's|is) (?:a |an |very |really |so |absolute )*(?:nightmare|chaos|hectic|mad|madness|rough|hard|tough|busy)(?: \w+){0,4} (?:for (?:us|all of us|me|everyone here|the team)|here|(?:day|week|month|season|time))(?! (?:for|with|of) you)"
        ),
        0.6,
    ),
    "left to them": (
        re.compile(
            rf"(?<!before )(?<!so )(?<!if )(?<!what )\byou(?:'ll| will|'d| would)? {_LITTLE}(?:have|need|want) to {_LITTLE}(?!worry|repeat|explain|do a thing|do anything|chase|feel|hear|tell me|be |know|lift|go through|wait|pay|find out|say)\w+"
            r"|\byou(?:'re| are|'d be| would be) (?:best|better) (?:off )?\w+ing\b|\b(?:it's|they're|that's|is|are|they are|it is) (?:all )?(?:there )?(?:on|in) (?:the|our|your) (?:website|app|site|leaflet|faq|help pages|brochure|booklet|manual|handbook|small print|letter we sent)\b|\b(?:that|this|it)(?:'s| is) (?:really |entirely |all )?up to you\b(?! (?:which|what|when|how|whether|if))|\bthat(?:'s| is| was) your (?:own )?(?:decision|choice|responsibility)\b"
        ),
        0.6,
    ),
    "not straight": (
        re.compile(
            r"(?<!what )(?<!any )(?<!that )(?<!this )(?<!some )(?<!a )(?<!the )\b(?:sort of|kind of|more or less|i (?:suppose|guess)(?! (?:i|we) do)|or something(?=[.,!]|$)|somehow|as far as i (?:can tell|know)|i'd imagine|presumably)\b(?! (?:you|thing|day|call|problem|mistake|person|news|service))"
        ),
        0.4,
    ),
    "sells instead": (
        re.compile(
            r"\b(?:have you (?:thought (?:about|of)|considered)|(?:tell|talk to) you (?:about|through)|interest(?:ed)? (?:you )?in|did you know (?:about|that|we|our)|why not (?:try|upgrade|switch)|(?:you )?might like) (?:\w+ ){0,4}?(?:offers?|packages?|plans?|upgrades?|upgrading|deals?|bundles?|premium|memberships?|subscriptions?|insurance|cover|paperless|tariffs?|newsletters?|loyalty|switching|online banking)\b"
        ),
        0.75,
    ),
    DATA_FIRST: (
        re.compile(
            rf"^(?!.*\b(?:so (?:that )?(?:i|we)|to (?:find|look|check|see|get|open|pull)|because|then i)\b).*\b(?:(?:can|could|may|might) (?:i|you) (?:just |please |first |quickly )*(?:have|get|take|ask (?:you )?for|give me|confirm|tell me|read me)|what(?:'s| is)|i(?:'ll| will)? need|do you have|give me) (?:\w+ )?(?:your|the|a|an) (?:\w+ ){{0,2}}?{AGENT_ID}(?: (?:number|code|id|details|name|reference|date)\b)?(?: please)?(?=[,.?!]| and\b| on\b| first\b|$)"
        ),
        0.3,
    ),
    "in general terms": (
        re.compile(
            rf"(?:^|, but |\bbut |, )(?:well,? |look,? |honestly,? |sadly,? |unfortunately,? |i'm afraid,? |you see,? |to be fair,? )?(?:(?!the\b|our\b|your\b|my\b|both\b|his\b|her\b|their\b|its\b|two\b|three\b|four\b|five\b|six\b|these\b|those\b|and\b|so\b)[a-z-]+ )?(?:people|{_PLURAL}) (?:(?:do|can|will|just|always|often|sometimes|usually|never|only|also|may|might) )*(?:do|get|go|happen|are|have|take|tend|come|cost|break|run|vary|change|work|fail|fall|make|don't|aren't|can't|won't|differ|wear|say|post|write|forget|lose)\b(?! (?:on|out|to|grand|you|your|now|this (?:minute|moment)))"
        ),
        0.4,
    ),
}
"""Why -> its forms, in one sentence, lower-cased with plain apostrophes; and how much of it there is, as a share of what
such a sentence costs at most. The sizes are ours."""
_ASKS = frozenset({"their word in doubt", "said before", "sells instead", "foretold as useless", DATA_FIRST})
"""Slights that a question may be as well."""
_CHEERS = re.compile(
    r"^(?:oh )?(?:great|brilliant|perfect|awesome|lovely|wonderful|fantastic|super|excellent|cool|amazing|no worries|not to worry|good stuff)(?: (?:stuff|news|no worries))?(?:[,!. ]|$)(?! (?:thank|question|point|idea|to\b|i (?:can|will|'ll)))"
)
"""Cheerful, as one is at good news."""
_GOOD_NEWS = re.compile(
    r"\b(?:thanks?|good|great|nice|yes|yeah|okay|ok|fine|right|sure|deal|works?|done|suits?|lovely|perfect)\b"
)
_THANKS = re.compile(r"\b(?:[Tt]hank|[Bb]ye|[Gg]oodbye)")
CHEERFUL = 0.6


def slight(text: str, heard: str) -> tuple[str, str, float]:
    """Why the turn `text` slights them, its words, and how much (0..1); ("", "", 0) where it does not.

    `heard`: the customer's last line: cheer is out of place where it held nothing good.
    """
    found = max(_slights(text[:_MOST_READ], heard), key=lambda one: one[2], default=None)
    return found or ("", "", 0.0)


def _slights(text: str, heard: str) -> Iterator[tuple[str, str, float]]:
    for place, one in enumerate(_SENTENCE.findall(text)):
        words = one.strip()
        plain = words.lower().replace("\u2019", "'")
        for why, (form, size) in _SLIGHTS.items():
            if (why in _ASKS or not plain.endswith("?")) and form.search(plain):
                yield why, words, size
        if (
            place == 0
            and heard
            and not _THANKS.search(text)
            and _CHEERS.search(plain)
            and not _GOOD_NEWS.search(heard.lower())
        ):
            yield "cheerful at the wrong moment", words, CHEERFUL
