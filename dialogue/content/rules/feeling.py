# ruff: noqa: E501 - one cue a line reads best
"""Feelings: validated, claimed as one's own, or forbidden."""

from dialogue.content.rules.rule import Rule
from dialogue.content.rules.words import ADV, ADVS, CAN, FEELING_NOUN, HARDSHIP, I, any_of, gap, maybe

_SEE = r"(?:understand|see|imagine|appreciate|hear|get|realize|recognize|sense|tell|acknowledge|feel|picture)"
_QUIET = r"(?:calm(?:ing)? (?:yourself )?down|relax|settle (?:yourself )?down|simmer down|chill|cool (?:it|down|off)|be calm|stay calm|keep calm|quieten down|get a grip|pull yourself together|compose yourself)"
_LOUD = r"(?:shout(?:ing)?|yell(?:ing)?|scream(?:ing)?|rais(?:e|ing) your voice|swear(?:ing)?|be(?:ing)? so (?:angry|upset|loud|dramatic|emotional|aggressive)|get(?:ting)? (?:so )?(?:upset|angry|worked up|hysterical|emotional|excited|loud|wound up|stroppy)|be(?:ing)? (?:upset|angry|hysterical|aggressive)|freak(?:ing)? out|panic(?:king)?|overreact(?:ing)?|take that tone)"
_MINE = r"(?:let me|help(?:s|ed)? me|i will|i need to|i have to|i try to|i am trying to|i must|my|when (?:things|it)|it to)(?: \w+)? ?$"
_NO_ORDER = (
    r"(?:not|never|nobody|no one|far be it|hate to|rather than|instead of) (?:\w+ ){0,4}?(?:ask|asks|asking|tell|tells|telling|say|saying|want|need|expect|"
    r"expecting|have to|order|suggest|hear|demand|going to|supposed to|be)(?! (?:\w+ )?(?:again|anything|any (?:further|more)|help))|do not(?: \w+)? ?$|not have to"
    r"|(?:mean|meant|mean to|meant to) (?:\w+ ){1,4}not ?$"
)
"""An order to calm down that is not given."""

RULES = (
    Rule("empathy/see_how", rf"{I} (?:{CAN} |{ADV} |{ADV} {CAN} |{CAN} {ADV} )?{_SEE} (?:how|why|that|what|where) ", 0.75, cancelled_by_but=True, after=r"(?:the (?:system|account)|you (?:did|have) not|your (?:order|account|payment))"),
    Rule("empathy/see_feeling", rf"{I} {ADVS}(?:{CAN} )?{ADVS}{_SEE} {gap(4)}(?:{HARDSHIP}|{FEELING_NOUN})", 0.9, cancelled_by_but=True),
    Rule("empathy/imagine", rf"{CAN} (?:only )?{ADVS}imagine", 0.85, negatable=False, cancelled_by_but=True),
    Rule("empathy/hardship", rf"(?:that|this|it|what|which|you) (?:must|would|has to|had to|sounds?|sounded|seems?|can|could|really|is|was|has) {gap(4)}{HARDSHIP}", 0.7, cancelled_by_but=True),
    Rule("empathy/sounds", rf"(?:sounds?|sounded|must have been|must be|must feel|would be|would have been) (?:like )?{gap(4)}{HARDSHIP}", 0.85, cancelled_by_but=True),
    Rule("empathy/how_hard", rf"(?:how|what) (?:a |an |very |really |incredibly |truly )?{HARDSHIP}", 0.85, cancelled_by_but=True),
    Rule("empathy/right_to", r"(?:every|all the|a) (?:right|reason) to (?:be|feel|expect|complain)", 0.95, cancelled_by_but=True),
    Rule("empathy/anyone", r"(?:anyone|anybody|everyone|most people|any person|who would not|any customer|any of us|i would|i would also) (?:in your (?:shoes|position|place|situation) )?(?:would|would have|will)? ?(?:be|feel|felt|have felt|have been|react|want)", 0.8, cancelled_by_but=True, before="(?:if i were you|advise)"),
    Rule("empathy/shoes", r"in your (?:shoes|position|place|situation)", 0.75, before="(?:i have been|i was|i am|been)", cancelled_by_but=True),
    Rule("empathy/no_wonder", r"(?:no wonder|i do not blame you|do not blame you|can not blame you|could not blame you|nobody could blame you)", 0.95, negatable=False, cancelled_by_but=True),
    Rule("empathy/understandable", rf"(?:{ADVS}understandable|understandably|makes (?:perfect |complete |total )?sense (?:that )?you|valid|justified|only natural|only human to feel)", 0.85, cancelled_by_but=True, after="(?:id|ticket|card|code|order|account)"),
    Rule("empathy/hear_you", r"i hear (?:you|how|the|your|that)", 0.7, cancelled_by_but=True),
    Rule("empathy/you_feel", rf"you (?:must|are|were|feel|felt|sound|seem|have been|have every) (?:be |feel |been |have been |so |very |really |clearly |understandably |rightly )*{HARDSHIP}", 0.7, cancelled_by_but=True, before="(?:sorry|sorry that|if|being|why|why are)", after=r"\?"),
    Rule("empathy/not_what", r"(?:not (?:the|what|how) (?:\w+ )?(?:you|anyone|experience|we want)|last thing (?:you|anyone)|deserve(?:d|s)? (?:so much |much |far )?better|should not have (?:to|had to)|should (?:never|not) have (?:gone|come|been|got|reached|happened|turned|taken|cost)|you should have (?:heard|been (?:told|called|rung|phoned|warned|asked|given|offered)|had (?:a|an|our|it|that|your))|more than (?:anyone|enough)|after (?:all|everything) (?:you|that)|nobody (?:wants|likes|should|enjoys)|no one (?:wants|likes|should|enjoys))", 0.65, negatable=False, cancelled_by_but=True),
    Rule("empathy/impact", r"(?:mess(?:es|ed)? up|ruin(?:s|ed)?|spoil(?:s|ed|t)?|disrupt(?:s|ed)?|throw(?:s|n)? off|wreck(?:s|ed)?|cost(?:s|ing)? you|took up|eaten (?:up|into)) (?:your|you|the whole|a whole)", 0.55, cancelled_by_but=True),
    Rule("know_how_feel/know", r"(?:know|understand) (?:exactly |just |precisely |completely |totally |perfectly |very well )*(?:how|what) you (?:feel|are feeling|felt|must feel|must be feeling|are going through|went through|mean i have)", 0.9, after="(?:would|might|could)", before="(?:want to|like to|help me)"),
    Rule("know_how_feel/been_there", r"(?:i|we) (?:have |had )?(?:all |totally |just |also |been )*been (?:there|in your (?:shoes|position|situation)|through (?:this|that|it|the same|exactly|something|worse)|exactly)", 0.95, negatable=True),
    Rule("know_how_feel/happened", r"(?:same|similar|exact|exactly that|something like (?:that|this)|that|this|it|worse)(?: \w+){0,4} happened to (?:me|my|us)", 0.95),
    Rule("know_how_feel/feeling", r"(?:i )?know (?:the|that|exactly the|this) feeling", 0.9),
    Rule("know_how_feel/same", r"(?:i|we) (?:feel|felt) (?:exactly |just |precisely )?(?:the same|as you do|like you|that way too|your pain|it too)", 0.85, before="(?:would have|would|anyone)"),
    Rule("know_how_feel/relate", r"i (?:can |could )?(?:totally |completely |really |definitely |so )?relate", 0.85),
    Rule("know_how_feel/own_story", r"(?:when|last (?:week|month|year|summer|winter)|once|yesterday)(?: \w+){0,3} (?:my own|mine|i had|i was|my (?:\w+ )?(?:phone|router|car|wife|husband|mother|dad|father|sister|brother|bank|boiler|laptop|flight|internet|wifi|parcel|delivery|broadband|washing|fridge|kitchen|holiday|son|daughter|landlord|neighbou?r|friend|cousin|dog|cat))", 0.7, before="(?:colleague|customer)"),
    Rule("know_how_feel/own_thing", r"(?:my own|my) (?:\w+ )?(?:phone|router|car|wife|husband|mother|dad|father|sister|brother|bank|boiler|laptop|flight|internet|wifi|parcel|delivery|broadband|washing machine|fridge|kitchen|holiday|son|daughter|aunt|uncle|cousin|friend) (?:\w+ )?(?:did|does|had|has|was|broke|died|went|got|is|once|never|also|too|arrived|takes|took|crashed|failed|waited)", 0.65),
    Rule("know_how_feel/me_too", r"(?:(?:me|same) here|happens to me|i had (?:exactly )?(?:the|a) (?:same|very same|similar|identical)|i went through|i have (?:had|dealt with) (?:the|this|that) (?:same|exact|very)|i have had (?:this|that|it) (?:myself|too)|join the club|tell me about it|you and me both|i also (?:had|have|got|lost))", 0.75),
    Rule("calm_down/order", _QUIET, 0.9, negatable=False, before=rf"{_MINE}|{_NO_ORDER}", after="(?:period|pack|music|for a moment while i)"),
    Rule("calm_down/not_loud", rf"(?:stop|quit|enough (?:of the|with the)|no (?:need|reason|point)(?: for you)? (?:to|in|for)|do not|there is no (?:need|reason|point|call)(?: for you)? (?:to|in|for)|without|lay off(?: the)?|cut out(?: the)?|drop(?: the)?|can not help you if you|if you (?:keep|continue|carry on)) (?:all |this |that |the |your |be |with )*{_LOUD}", 0.9, negatable=False, before="(?:i|we|i will|we will|i can|i am|i would) "),
    Rule("calm_down/voice", r"(?:lower|watch|mind|keep|check|drop|moderate|adjust) your (?:voice|tone|volume|language|temper|attitude)(?: down)?", 0.9),
    Rule("calm_down/breath", r"(?:take a (?:deep |big |slow |few )*(?:breath|breaths|minute to breathe|chill pill|moment to compose)|just breathe|breathe (?:for|in|with|please)|deep breaths?)", 0.85, before=_MINE),
    Rule("calm_down/easy", r"(?:take it easy|easy (?:now|there|tiger|does it)|keep it down|keep your (?:voice|hair|shirt|cool)(?: down| on)?|tone it down|dial it (?:down|back)|less (?:shouting|yelling|noise|volume|aggressive)|quiet(?:er)? please|be (?:more )?(?:quiet|reasonable|civil|patient)|speak (?:more )?(?:quietly|calmly|nicely)|stop (?:getting|being) (?:so )?(?:angry|upset|loud|emotional|hysterical|aggressive)|stop (?:the )?(?:shouting|yelling|screaming))", 0.85),
    Rule("calm_down/when_calm", r"(?:when|once|until|unless|if) you (?:have |can |could |are |will )*(?:calm(?:ed)?|quieten|settled|relax|stop (?:shouting|yelling|screaming))", 0.8, before="(?:i|we) (?:will|would) not ask"),
    Rule("calm_down/down_now", any_of("do not (?:be|get) (?:so )?(?:angry|upset|mad|cross|emotional|hysterical|dramatic|rude|silly)", "you need to (?:calm|relax|chill|breathe)", "less emotion(?:al)?", f"do not {_LOUD}"), 0.85, negatable=False, before=f"(?:i|we|please i) |{maybe('hope')}that you|so that you|help you"),
)  # fmt: skip
