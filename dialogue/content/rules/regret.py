# ruff: noqa: E501 - one cue a line reads best
"""Saying sorry, and what only looks like it."""

from dialogue.content.rules.rule import Rule
from dialogue.content.rules.words import ADVS, MOURNED, MY, I, any_of, gap, maybe

_ASKS_AGAIN = (
    r"(?:what|could you (?:say|repeat)|can you (?:say|repeat)|would you (?:say|repeat)|i did not (?:catch|get|quite|hear)|"
    r"you are breaking|come again|say (?:that|it) again|pardon|who|i missed that|\?)"
)
_HOLLOW = (
    r"(?:if|you feel|that you feel|you felt|you think|that you think|you are (?:upset|angry|unhappy|offended|not happy)|"
    r"that you are (?:upset|angry|unhappy|offended|not happy)|but|no|not|you see it|you took|you misunderstood|"
    r"for yourself|excuse|that you (?:misunderstood|took|find)|i can not (?!imagine|believe|tell|say|apologize)|we can not|"
    r"that is (?:our|the|how|just)|there is nothing|it is (?:our|the) (?:policy|rule)|to (?:disappoint|burst|say|tell)|"
    r"you will have to|you have to|you should)"
)
_EXCUSE = (
    r"(?:(?:we|our \w+|they|it|there|everyone|the (?:\w+ )?\w+) (?:(?:just|simply|really|only|all) )?(?:was|were|had|have (?:all )?been|has been) "
    r"(?!sent|fixed|put|sorted|working on|made|able to|fully|refunded|solved|now|already|asked|told|given)|"
    r"(?:(?!(?:i|me|you|your) )[\w':-]+ ){1,6}?(?:(?:is|are|was|were|have|has|been|always|just|so|really|very|a bit|all) )*"
    r"(?:off (?:sick|ill|today)|sick|ill|on (?:holiday|leave|strike)|busy|short(?:[- ]staffed| of \w+)|under-?staffed|over(?:loaded|worked|whelmed)|stretched|swamped|snowed under|mad|crazy|hectic|chaos|only human|hard to (?:read|find|get|understand)|bank holiday|busiest|rush hour|peak (?:time|season)))"
)
"""A reason of ours, where an apology should have ended: not what has been done about it."""
_IN_MOURNING = rf"(?:to (?:hear|read|learn|see) )?{MOURNED}"
_SORRY_FOR = r"(?:for|about|that (?:this|we|it|our|the|you have|you had|you were)|we|this|you had|you have (?:had|been)|you were)"

RULES = (
    Rule("apology/sorry_for", rf"sorry (?!{MOURNED}){_SORRY_FOR}", 0.95, before="feel(?:ing)?", after=_HOLLOW),
    Rule("apology/am_sorry", rf"{I} (?:am|are) {ADVS}sorry", 0.85, after=f"(?:{_HOLLOW}|{_ASKS_AGAIN}|to (?:hear|bother|interrupt|ask)|{_IN_MOURNING})"),
    Rule("apology/to_hear", r"sorry to hear", 0.6, after=_IN_MOURNING),
    Rule("apology/bare", rf"{ADVS}sorry", 0.5, before="(?:am|are|feel|be|^no ?,?|[,.] no ?,? ?$)", after=f"(?:{_HOLLOW}|{_ASKS_AGAIN}|to|who|{_IN_MOURNING})"),
    Rule("apology/apologize", rf"{I} {gap(4)}apologi[sz]e", 0.95, after="if", before="(?:why should|should|need to|have to|going to|what)"),
    Rule("apology/apologize_for", r"apologi[sz]e (?:for|that|on behalf|sincerely|profusely|about)", 0.9, after=r"for (?:how you feel|your)"),
    Rule("apology/apologies", rf"(?:{MY} {gap(2)}apolog(?:y|ies)|apologies (?:for|that|about)|an apology)", 0.9, after="if", before="(?:want|expect(?:ing)?|already|demand(?:ing)?)"),
    Rule("apology/forgive", r"(?:forgive (?:me|us)|beg your pardon for|i ask your forgiveness|please excuse (?:our|my|the|us))", 0.8),
    Rule("apology/regret", rf"{I} {ADVS}(?:regret|feel (?:terrible|awful|bad|dreadful) (?:about|that|for))", 0.8),
    Rule("apology/how_sorry", r"(?:how|say|tell you how) (?:truly |very |deeply |really |terribly )?sorry (?:i am|we are|i|we)", 0.9, negatable=False, reportable=False),
    Rule("apology/owe", rf"{I} (?:do )?owe you {gap(3)}apology", 0.9),
    Rule("non_apology/feel", rf"sorry {maybe('that')}you (?:are )?(?:feel|felt|think|see it|took|misunderstood|find|offended|not happy|unhappy|upset)", 0.9),
    Rule("non_apology/if", r"(?:sorry|apologi[sz]e|apologies|apology) (?:but only |only |of course )?if (?!i may|i could)", 0.9),
    Rule("non_apology/but", rf"sorry (?:(?:about (?:that|this|it) |sir |madam |mr \w+ |ms \w+ |mrs \w+ )?but (?!i am|i will|let|first|thank|could|can|may)|(?:[\w':.-]+ ){{0,14}}?(?:but|only|though|although|it is just that|the thing is|you see) {_EXCUSE})", 0.8),
    Rule("non_apology/refusal", r"sorry (?:sir |madam )?(?:no|there is nothing|that is (?:our|the) (?:policy|rule)|you will have to|it is (?:our )?policy)", 0.8),
    Rule("non_apology/inconvenience", r"sorry for any inconvenience", 0.5),
    Rule("self_blame/person", any_of(
        r"i am (?:so |such )?(?:stupid|useless|an idiot|a failure|hopeless|terrible at|bad at|the worst|rubbish at)",
        r"i (?:always|keep) (?:mess|screw|get(?:ting)? (?:this|it|everything) wrong)", r"it is all my fault", r"i ruin(?:ed)? everything",
        r"i should have known better", r"blame me", r"i hate myself", r"i am not (?:good|smart|clever) enough", r"i can not do anything right",
    ), 0.85, negatable=False),
)  # fmt: skip
