# ruff: noqa: E501, SIM905 - word groups read best whole
"""What takes from the worth of a phrase: of help, given grudgingly, behind a refusal, in the trade's jargon, or as a
formula that fits every call; of a reproach, that it offers something or is only read out. Pure.

Each is an old rule of the desk: say what you can do before what you cannot, in words they use, about their case.
"""

import re
from collections.abc import Iterable, Iterator
from math import prod

from dialogue.content.doubt import HARMS_WITHOUT_FORMULA, grounds
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.events import Behaviour
from dialogue.language import MOST_READ, PAST, STOP, TIME, VAGUE, normal
from dialogue.mood.effects import EFFECTS, SOLVING
from dialogue.understanding.offering import CUTTING_OFF, OFFERING, REFUSING
from dialogue.understanding.retelling import read_out

# What is left of the effect. The sizes are ours.
GRUDGED = 0.5  # "I suppose I can"
BEHIND_A_NO = 0.75  # "I can't do that, but"
IN_JARGON = 0.6
FORMULA = 0.6  # "we apologise for any inconvenience"
EXCUSED = 0.6  # "sorry, we're swamped today"
SLIGHTED = 0.7  # "these things happen"
NO_LENGTH = 0.6  # "one moment"
TOLD_AGAIN = 0.5  # "just tell me the whole story"
HEDGED = 0.7  # "that should hopefully work"
UNNAMED = 0.6
"""Of an apology that does not say what for."""
THEIR_DOING = 0.0
"""Of a plan or a way that is none: what they did themselves, said back to them."""
IN_AN_OFFER, SURE_OF_A_HARM = 0.3, 0.85
"""Of a reproach that only the classifier hears, less surely than this, in words that offer something."""

OFF_THE_DESK, READ_OUT = 0.1, 0.8
"""Of a contradiction or an accusation, where this share of its sentence stands on the desk: it may be what they asked."""

_CONTRADICTING = frozenset({"arguing", "blaming"})
_REACH = 200
_TOLD_AGAIN = re.compile(
    r"\b(?:you can|you'll (?:have|need) to|you could|just|please) (?:then |just )?(?:tell|explain|repeat|go through|give) (?:it|this|that|them|her|him|everything|your|the (?:whole )?)"
)
_LENGTH = re.compile(r"\b(?:seconds?|minutes?|moment|mins?|secs?|hour)\b")
_OTHERS = r"(?:department|team|colleagues?|courier|supplier|warehouse|driver|branch|office|contractor|landlord|surgery|bank|insurer|manufacturer|airline|carrier|shop|agency)"
_SLIGHTS = {
    "blame passed on": re.compile(
        rf"\b(?:(?:the|our|my|that) (?:other )?(?:\w+ )?{_OTHERS}(?:'s|s')? (?:fault|mistake|job|problem|doing|responsibility|mess)"
        rf"|(?:{_OTHERS}|accounting|billing|accounts|sales|logistics|dispatch|they|he|she) (?:really |clearly )?(?:messed|screwed|botched|got (?:it|that) wrong|(?:is|are) to blame)|(?:not|isn't|wasn't) (?:our|my|down to us|down to me)(?: fault| mistake| doing| problem)?\b(?=[.,!?]| but|$)"
        r"|(?:not|isn't|wasn't) (?:ours|mine|us|me)(?=[.,!?]|$)|nothing to do with (?:us|me))"
    ),
    "played down": re.compile(
        r"\b(?:(?:these |those |such )?(?:things|mistakes|errors|delays|accidents|mix-ups) (?:do |can |will )?(?:just )?happen"
        r"|(?:does|do|can|will|gets?|goes?) (?:\w+ ){0,3}(?:sometimes|occasionally|now and (?:then|again)|from time to time|every so often)"
        r"|(?:sometimes|occasionally) (?:get|go|gets|goes|happens?|\w+ (?:get|go|gets|goes))\b|happens to (?:the best|everyone|everybody|all of us)"
        r"|(?:it|that)(?:'s| is) (?:just |only |merely )?(?:one|a single) (?!(?:moment|minute|second|more|step|click|question|number|form|page|call|thing|way|option|of)\b)\w+(?=[.,!?]|$)"
        r"|(?:probably|surely|likely|must be|might be|may be) (?:just |only )?(?:a|an) (?:\w+ )?(?:glitch|issue|typo|hiccup|oversight|misunderstanding|coincidence))\b"
    ),
    "talked down to": re.compile(
        r"\b(?:that|which)(?:'s| is) (?:usually|generally|normally|typically) (?:how|what|the way|where) (?:it|that|one|you|people)"
        r"|\b(?:as|like) (?:any|every)(?:one|body) (?:knows|could|would)|\bit's not (?:that )?(?:hard|difficult|complicated)\b|\bobviously\b|\bif you (?:think|look) (?:about it )?(?:properly|carefully)"
    ),
    "foretold as useless": re.compile(
        r"\b(?:will|'ll|would|can|is going to|are going to) (?:only|just) (?:tell|say|give|read) (?:to )?(?:you )?(?:exactly )?the same|\bwhat good (?:would|will|does|is)\b"
        r"|\b(?:won't|will not|wouldn't|doesn't|not going to) (?:change|help|make) (?:\w+ )?(?:anything|much|a thing|any difference)\b|\bno point\b|\bwaste of (?:your |our )?time\b"
    ),
}
"""What in a turn makes little of them or of the help in it, though it accuses nobody."""
_END = re.compile(r"[.!?]")
_HELP = SOLVING | {"ownership", "extra_mile", "help_offer", "look_up", "manager_offer", "warm_transfer"}
_GRUDGING = re.compile(
    r"\b(?:i (?:suppose|guess) (?:i|we)(?:'ll| could| can| will| might)|(?:well )?i suppose|if (?:i|we) (?:must|really must|have to)"
    r"|if you (?:absolutely |really |simply )?(?:insist|must|have to)|if (?:it|that) (?:makes|will make|keeps|helps you sleep)"
    r"|if that's what it takes|(?:since|as|because|seeing as|seeing that) you (?:keep|won't|insist|will not|don't stop|never stop)"
    r"|(?:just|only) (?:this|the|for this) once|just for once|i (?:really |probably |strictly )?should(?:n't| not) (?:really |be )"
    r"|(?:i'm|we're) not (?:really |strictly )?(?:supposed|meant) to|against my better judg\w+|to (?:shut you up|keep you (?:happy|quiet))"
    r"|for (?:the sake of peace|a quiet life)|have it your (?:own )?way|reluctantly|as you won't (?:stop|let)"
    r"|don't (?:make a habit|get used|expect it)|(?:doing|do) you a favou?r|this is the last time|not that it(?:'ll| will| matters)"
    r"|what choice do i have|for what it's worth|happy now)\b|^(?:oh |well )?(?:fine|all right then|very well)\b[ ,]+(?:then[ ,]+)?(?:i|we)\b"
)
_NO = re.compile(
    r"\b(?:(?:i|we) (?:can't|cannot|can not|won't|will not|couldn't|don't|do not) (?!worry|want|know|see|say|tell|promise|imagine|rule"
    r"|find|hear|be sure|guarantee|blame|thank|think|have (?:that|the|it|this)|mean|understand|need)"
    r"|you can't|you cannot|(?:is|are|was)(?:n't| not) (?:\w+ )?(?:possible|allowed|refundable|covered|included|negotiable|eligible)"
    r"|no (?:refunds?|exceptions?|exchanges?|returns?)|(?:fee|charge|deposit|rule|deadline) (?:\w+ )?(?:stands|applies|is due|stays))\b"
)
_JARGON = re.compile(
    r"\b(?:slas?|rmas?|kyc|crm|skus?|ivr|rca|kpis?|fcr|aht|csat|etas?|poc|sso|api|dns|dhcp|ssid|isp|olt|dslam|adsl|vdsl|latency|jitter"
    r"|backhaul|provision(?:ed|ing)?|deprovision\w*|re-?provision\w*|backend|front-?end|tier (?:one|two|three|1|2|3)|triaged?"
    r"|escalation (?:matrix|path|queue)|work ?flow|ticketing|disposition\w*|adjudicat\w+|remediat\w+|reconcil\w+|accruals?|chargebacks?"
    r"|ach|bacs|swift code|mandate reference|subrogation|indemnif\w+|excess waiver|load factor|no-show fee code|reason code"
    r"|onboard(?:ed|ing)?|offboard\w*|root cause analysis|change request|incident record|case note|actioned|action it|diarised"
    r"|cross-dock\w*|consignment note|waybill|manifested|milestone scan|exception code|tokeni[sz]\w+|authenticat(?:ion|or) token"
    r"|whitelist\w*|blacklist\w*|cache|bandwidth contention|contention|packet loss|firmware|kernel|registry)\b"
)
_HEDGED = re.compile(
    r"\b(?:(?:i|we|they|he|she|someone|somebody)(?:'ll| will| can| could| might| may|'d|'m going to|'re going to)? (?:just )?(?:try (?:to|and)\b|see about)"
    r"|hopefully|with (?:any|a bit of) luck|fingers crossed|at some (?:point|stage)|in due course|sooner or later|eventually|one of these days|some ?time\b(?! (?:today|between))"
    r"|when(?:ever)? (?:i|we|they|he|she|someone|somebody) (?:can|could|gets?|has|have) (?:(?:round|a (?:chance|minute|moment)|time|to it)\b|(?=with|and)|$)"
    r"|as soon as (?:\w+ ){1,3}(?:can|possibly can|could|able)\b|as soon as possible|if (?:i|we|they) (?:get|find|have) (?:a chance|time|round|a moment)|should(?:n't)? (?:really |hopefully |probably )*(?:be (?:able|that|too|so) \w+|take (?:that|too))"
    r"|(?:might|may) (?:be able|get|have|manage)|(?:no|not any) promises|do (?:my|our) best)\b"
    r"|\bi (?:think|believe|guess)[.,!?]*$"
)
"""Help of which nobody can be sure."""
_UNNAMED = re.compile(
    r"^\W*(?:(?:oh|okay|ok|right|yes|yeah|well|ah)\W+)*(?:(?:i'm|i am|we're|we are) )?(?:so |very |really )?sorry(?: (?:about|for) (?:that|this|it))?"
    r"(?:\W+(?:sir|madam|(?:mr|mrs|ms|miss|dr)\.? \w+))?\W*$"
)
_YOU_DID = re.compile(
    r"\byou(?:'ve|'d)? (?:then |just |even |only )?(?!(?:will|can|could|may|might|should|would|shall|must|get|have|had|need|want|receive|hear|see|do|don't|are"
    r"|pay|choose|decide|prefer|keep|know|and|or|to|on|in|by|at|for|with|within|until|before|after|first|next|today|tonight|tomorrow|this|that|the|a|an|both|all|any|some|again|back|now)\b)[a-z]+\b"
)
"""Tells of what they did or do: "you went by the sheet, one line at a time"."""
_SOMETHING_ELSE = re.compile(
    r"(?:^|[,;:]|\b(?:and|so|but)) *(?:and |so |but )?(?:the|an?|our|my|i|we|they|he|she|someone|somebody)\b"
)
"""Tells of something else besides: "the shelf you ordered leaves on Monday"."""
_AHEAD = re.compile(r"(?:by|before|until|from|within|next|tomorrow|tonight)\b")
_AT = re.compile(rf"{TIME.pattern}|(?<=in the )(?:morning|afternoon|evening|night)\b")
_ONLY_IF = re.compile(
    r"\b(?:if (?:it|that|the (?:topic|subject|matter|chance|question)) (?:comes up|arises|fits|is (?:still )?possible|can be done|works out|suits (?:me|us))"
    r"|if (?:i|we) (?:get|find|have|see) (?:a chance|the chance|(?:the |some |any )?time|round to it|a (?:quiet )?moment|anything (?:left|spare))|if there(?:'s| is) (?:time|room|any left)"
    r"|if (?:at all )?possible|when(?:ever)? (?:i|we) (?:get|find|have) (?:a chance|time|round to it|a moment)|(?:i|we)(?:'ll| will) (?:see (?:if|what|whether)|try\b|think about)"
    r"|hopefully|no promises|(?:can't|cannot|won't) promise)\b"
)
"""An offer that leaves itself a back door."""
_INITIALS = re.compile(r"\b(?:[A-Z]{2,5}|[A-Z]\d{1,2})s?\b")
_KNOWN = frozenset(
    "OK TV ID IDs PIN SMS UK US USA EU GP AM PM NHS VAT CEO IT HR DVD USB PDF ATM CV GPS MOT SOS WC UPS BBC CD PC".split()
)
"""Initials that everybody knows."""
_FORMULA = re.compile(
    r"\b(?:(?:understand|appreciate|apologi[sz]e for|acknowledge|sorry (?:for|about)|hear) (?:your|any|the|all) "
    r"(?:\w+ )?(?:frustrations?|concerns?|inconveniences?|feelings?|situation|feedback)|understand how you(?:'re| are)? (?:feel|feeling)"
    r"|(?:must|may|might|can) be (?:an? |very |quite )*inconvenien\w+|valued? (?:you as )?(?:an? )?(?:customers?|clients?|members?|guests?)"
    r"|your (?:call|business|custom|opinion|satisfaction|feedback|loyalty|concerns?)(?: \w+)? is (?:very |really |extremely |so )*"
    r"(?:important|valuable|valued|our)|take (?:this|that|it|such \w+|these \w+|your \w+|all \w+) (?:very |extremely |really )*seriously"
    r"|(?:always )?striv(?:e|ing) (?:for|to)|(?:top|highest|number one) priority|reaching out|appreciate your (?:loyalty|business|custom)"
    r"|(?:this|that|it)(?:'s| is| must be) (?:clearly |obviously |so |very |really )*important to you"
    r"|(?:admire|applaud|commend|respect|love|appreciate) your (?:passion|energy|enthusiasm|spirit|composure)|admire your patience"
    r"|helps? us (?:to )?(?:improve|learn|grow|get better|do better)|here to (?:help|serve|assist)(?: you)?|commit(?:ted|ment) to (?:quality|excellence|service|our customers))\b"
)


def worth(one: Behaviour, text: str, heard: str, stated: Iterable[str]) -> tuple[float, str]:
    """What is left of an effect of the turn `text`, as a factor, and why ("" where nothing takes from it).

    `heard`: the customer's last line; a word of the trade that they used themselves is no jargon to them. `stated`:
    what the trainee reads off the desk, which accuses nobody.
    """
    effect = EFFECTS[one.id]
    sentence = _sentence(text, one.evidence)
    if effect.kind == "harm":
        if one.id in _CONTRADICTING and read_out(sentence, stated) >= READ_OUT:
            return OFF_THE_DESK, "read off the desk"
        unsure = one.id in HARMS_WITHOUT_FORMULA and one.confidence < SURE_OF_A_HARM
        kindly = unsure and one.id not in grounds(find(plain(text))) and _offers(normal(one.evidence))
        return (IN_AN_OFFER, "in an offer") if kindly else (1.0, "")
    taken: list[tuple[float, str]] = []
    slight = next((why for why, form in _SLIGHTS.items() if form.search(_lower(text[:MOST_READ]))), "")
    if slight:
        taken.append((SLIGHTED, slight))
    if effect.kind == "kindness":
        if _FORMULA.search(sentence) or (_FORMULA.search(_lower(text[:MOST_READ])) and not _plainly(one.id, sentence)):
            taken.append((FORMULA, "a formula"))
        hollow = any(hit.rule.behaviour == "non_apology" and not hit.blocked for hit in find(plain(text)))
        if one.id == "apology" and hollow:
            taken.append((EXCUSED, "with an excuse"))
        if one.id == "apology" and _UNNAMED.search(sentence) and not _takes_up(text, heard):
            taken.append((UNNAMED, "for nothing that is named"))
        if one.id == "hold_permission" and not _LENGTH.search(_lower(text[:MOST_READ])):
            taken.append((NO_LENGTH, "no length named"))
    else:
        if one.id == "warm_transfer" and _TOLD_AGAIN.search(_lower(text[:MOST_READ])):
            taken.append((TOLD_AGAIN, "they tell it again"))
        if _GRUDGING.search(sentence):
            taken.append((GRUDGED, "given grudgingly"))
        if one.id in _HELP and _behind_a_no(text, one.evidence):
            taken.append((BEHIND_A_NO, "behind a no"))
        if one.id in SOLVING and _did_it_themselves(sentence, heard):
            taken.append((THEIR_DOING, "what they did themselves"))
        if one.id in _HELP and (_HEDGED.search(sentence) or _ONLY_IF.search(sentence)):
            taken.append((HEDGED, "not for sure"))
        jargon = any(word not in heard.lower() for word in _JARGON.findall(sentence))
        if jargon or any(word not in heard for word in _initials(text)):
            taken.append((IN_JARGON, "in jargon"))
    return prod(factor for factor, _ in taken), ", ".join(why for _, why in taken)


def _takes_up(text: str, heard: str) -> bool:
    """Whether any word that carries matter is theirs: "I'm so sorry. No heating, and a baby in the house!"."""
    return bool((set(normal(text).split()) - STOP) & set(normal(heard).split()))


def _offers(clause: str) -> bool:
    return bool(OFFERING.search(clause)) and not (REFUSING.search(clause) or CUTTING_OFF.search(clause))


def _did_it_themselves(sentence: str, heard: str) -> bool:
    """Whether it tells what they did, or do at a time that they have just named."""
    clause = normal(sentence)
    does = _YOU_DID.search(clause)
    if not does or OFFERING.search(clause) or _SOMETHING_ELSE.search(sentence):
        return False
    times = [VAGUE.sub("", found[0]).split() for found in _AT.finditer(clause) if not _AHEAD.match(found[0])]
    known = set(normal(heard).split())
    return bool(PAST.search(does[0]) or does[0].endswith("ed") or (times and known.issuperset(times[0])))


def doubtful(text: str, words: str) -> bool:
    """Whether the offer made with `words` of the turn `text` holds only if it suits whoever makes it."""
    return bool(_ONLY_IF.search(_sentence(text, words)))


def _plainly(behaviour: str, sentence: str) -> bool:
    """Whether a cue says so in that very sentence."""
    return any(hit.rule.behaviour == behaviour and not hit.blocked for hit in find(plain(sentence)))


def _sentence(text: str, words: str) -> str:
    """The sentence around `words`, as far as `_REACH` letters on either side, lower-cased with plain apostrophes."""
    place = max(text.find(words), 0)
    before = _END.split(text[max(place - _REACH, 0) : place])[-1]
    after = _END.split(text[place + len(words) : place + len(words) + _REACH], maxsplit=1)[0]
    return _lower(before + text[place : place + len(words)] + after).strip()


def _initials(text: str) -> Iterator[str]:
    """Abbreviations in capitals that not everybody knows; none in a text that has no small letters."""
    if not text.isupper():
        yield from (word for word in _INITIALS.findall(text[:MOST_READ]) if word not in _KNOWN)


def _lower(text: str) -> str:
    return text.lower().replace("\u2019", "'")


def _behind_a_no(text: str, evidence: str) -> bool:
    """Whether a refusal or a rule stands before `evidence`."""
    place = max(text.find(evidence), 0)
    if _NO.search(_lower(text[max(place - _REACH, 0) : place])):
        return True
    turn = plain(text)
    rules = (hit for hit in find(turn) if hit.rule.behaviour == "policy")
    return any(turn.original(hit.start, hit.end)[1] <= place for hit in rules)
