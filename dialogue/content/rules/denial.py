# ruff: noqa: E501 - one cue a line reads best
"""What a denial turns round: blame and doubt taken back, fault admitted instead, regret refused, and firm contradiction."""

from dialogue.content.rules.rule import COUNTER, Rule
from dialogue.content.rules.words import ADVS, LOSING, MOURNED, MY, TIME, I, any_of, gap

ABSOLVED = "blaming/absolved"
"""The cue that blame or doubt is taken off the customer: `doubt` lets no accusation stand beside it unless it is all but certain."""
CONDOLENCE = "empathy/condolence"
"""The cue of sympathy for a death or an illness: `content.condolence` hears no apology in it."""
_WE = rf"(?:{I}|he|she|they|{MY} \w+|the \w+)"

RULES = (
    Rule(ABSOLVED, any_of(
        rf"(?:(?:nobody|no one|none of us)(?: here)?(?: is| would)?|{I} (?:am|are|do|did|would|will)?(?: not| never)(?: going| here| trying| about)?(?: to)?(?: ever)?) (?:\w+ )?(?:say|says|saying|suggest|suggesting|claim|claiming|imply|implying|mean|call|calling) (?:for a (?:moment|second) )?(?:that )?(?:you (?!read|did not|should|could|know|understand|have|get|can|are right|need|want)|it (?:is|was) (?:you|down to))",
        rf"(?:(?:nobody|no one|none of us)(?: here)?|{I} (?:am|are|do|did|would|will|have)?(?: not| never| no reason)(?: here| going| trying)?(?: to)?) (?:\w+ ){{0,4}}?(?:(?:accuse|accusing|blame|blames|blaming|thinks) (?:you|any|this was you|it was you)|doubt|doubts|doubting|question|questioning|disputes?|disputing) ",
        r"nothing you (?:did|have done)", r"(?:not|never|nothing|hardly) (?:\w+ ){0,5}?(?:your (?:\w+ )?(?:fault|doing|mistake|slip|error|side|end)|(?:nothing|anything) you did|down to you|because of (?:you|anything you)|user error)",
        r"you (?:have )?(?:did|done) (?:nothing|not do anything|everything (?:right|you could))(?: wrong)?", r"you (?:were not to know|(?:could|would) not have (?:\w+ )?(?:known|seen|guessed|noticed|spotted|stopped))",
        r"(?:had no (?:idea|clue|notion)|(?:did|was|were|had) not (?:realize[sd]?|aware|known?))(?: of| about)? (?:that|how|it|the|this|our|what|there|they)(?! you)",
        r"(?:anyone|anybody|everyone) (?:would|could) have (?:thrown|missed|done|read|thought|believed|pressed|clicked|made)",
        rf"(?:{I}|anyone|anybody|everyone|most people) (?:would|could|might) have (?:\w+ ){{1,3}}(?:very |exactly )?(?:the )?same", r"(?:nothing|no (?:reason|need|cause))(?: \w+)? to (?:feel|be) (?:\w+ )?(?:silly|foolish|stupid|ashamed|embarrassed|guilty|bad|sorry)",
    ), COUNTER, negatable=False, reportable=False, anywhere=r"(?:(?:just|only|simply) saying|not what|you should have|you (?:must|might|could) have (?!known)|if you had|but (?!i|we|let))"),
    Rule("ownership/us_not_you", any_of(
        rf"(?:not|never) (?:you|yours|your \w+|(?:the|a) \w+(?: \w+)?) (?:it|that) (?:was|is) (?:us|me|down to us|{MY} \w+|ours|mine)", r"(?:wrong|careless|sloppy|poor|bad|thoughtless|unfair) of (?:us|me)",
        rf"(?:error|fault|mistake|failure|bug|slip) (?:was |is )?(?:in|on|at|with|within) {MY}", r"(?:fault|mistake|error|blame) (?:is|was) (?:\w+ )?(?:ours|mine)", r"(?:faulty|broken|wrong|damaged|cracked) when it left us",
    ), 0.85, before="(?:no|not a|never|say)"),
    Rule("ownership/admits", rf"{I} (?:really |just |clearly )?(?:(?:should never|never should|should not) have|bungled|botched|muddled|fumbled|blew|made a (?:hash|mess)|lost track|put the wrong)", 0.8, negatable=False),
    Rule("ownership/takes_on", any_of(
        rf"{I} (?:will|am going to|am) {ADVS}(?:see to|untangle|take (?:this|that|it) (?:on|over|from here)|taking (?:this|that|it) (?:on|over|from here)|off to (?:ask|find|check|get)|going to walk)", r"(?:stays?|sits?|rests?) (?:with me|on my desk)", r"(?:my|our) full attention",
        r"you (?:do|will) not (?:have|need) to (?:chase|ring round|explain (?:it|this|that|yourself) (?:again|to))",
    ), 0.8, negatable=False),
    Rule("plan_time/present", rf"(?:{I} (?:file|send|post(?! me)|cancel|order|ring|call|book|refund|issue|come|email|text|put|raise|ship|transfer|release|pay|deliver|collect|fix|replace|start)|you (?:get|hear|receive)|(?:he|she|they|an? \w+|someone|somebody|the \w+|my \w+|our \w+) (?:rings|calls|comes|brings|collects|delivers|reads|writes|checks|fixes|looks|picks|pays|sends|posts|ships|releases|issues|installs|repairs|transfers|arrives|is with you)) {gap(8)}{TIME}", 0.6, after="(?:on|up) ", before="(?:on hold|to hold|when|if|did|do|may|can|could|shall|why|how|which|should|must|because|before|says|said)"),
    Rule("arguing/no_apology", rf"(?:(?:not|never) (?:going to |about to )?(?:say (?:we are |i am )?sorry|apologi[sz]e|apologi[sz]ing) for|(?:nothing|anything) (?:\w+ ){{0,3}}to (?:say sorry|apologi[sz]e) for|why should {I} (?:say sorry|apologi[sz]e))", 0.7, negatable=False, after="(?:asking|calling|checking|ringing|being|taking)"),
    Rule("arguing/was_fine", r"(?:was|were|is|worked) (?:\w+ )?(?:working|fine|in order|whole|intact|perfect|complete|clean|ok|dry|sealed) when (?:it|they|we|i) (?:left|sent|shipped|went|checked|packed|tested|looked)", 0.75, negatable=False),
    Rule("arguing/holds_against", any_of(
        r"have you down as (?:having|agreeing|accepting|signing|collecting|cancelling|not)", rf"assure you (?:that )?(?:nobody|no one|{_WE} (?:did|do|never|was|were|has|have|is|are)|nothing of)", r"you (?:are|must be|have|have got|were) (?:mixing|confusing|muddling|mixed up|thinking of (?:a|another|the))",
        r"(?:sure|certain|positive) (?:that )?you are not (?:mixing|confusing|mistaken|thinking|muddling|just)", r"(?:so you (?:say|claim)|you (?:keep saying|claim)|whatever you were told|allegedly)",
        r"(?:would|could|can) (?:not|never) have (?:told|said|promised|lost|left|charged|sent|taken) (?:you|that|it|a thing)", r"(?:nobody|no one|none of (?:us|my colleagues|our \w+)) (?:here )?(?:laughed|said|told|promised|refused|hung up|shouted|would (?:say|tell|do))",
        r"(?:is|was) always (?:polite|careful|on time|professional|friendly)", r"(?:i|we) see it differently",
    ), 0.7, negatable=False, before="(?:if|whether|when)"),
    Rule("policy/no_provision", r"(?:rules?|terms|contract|agreement|tariff|statutes?|by-?laws?|regulations?|conditions|warranty|guarantee|policy|insurer|procedure) (?:\w+ )?(?:do|does|will) not (?:\w+ )?(?:allow|permit|provide|cover|let|include|say anything)", 0.75, negatable=False, anywhere=r"(?:but (?:i|we|let|what)|instead|what i can|let me|i will)"),
    Rule("rude/threat", r"or (?:else )?(?:i|we) (?:will|am going to|are going to|am|are) (?:just |simply |have to )*(?:end|ending|hang|hanging|put the phone|putting the phone|disconnect|terminate|close)", 0.7, negatable=False),
    Rule("rude/belittles", any_of(
        r"(?:calm down|relax|chill|cool it|settle down|easy|come on|please|steady)(?: \w+){0,2} (?:it|that) is (?:only|just) ", r"(?:no need|no reason|no point|do not|not|stop|quit|all this|such a|so much)(?: \w+){0,4} (?:upset|worked up|angry|excited|fuss|shouting|drama|hysterical|emotional|carried away) (?:over|about) (?:a|an|some|one|two|three|five|ten|\d+|such|nothing)",
        r"(?:take|use|taking|using) that (?:tone|attitude)", r"makes? you (?:go away|stop|shut up|happy then)|gets? you off (?:the|my) (?:line|phone|back)", r"not as if (?:anyone|anybody|someone|you|it is|the)",
        r"i have (?:already )?(?:said|told|explained|been through|gone through|answered)(?: \w+){0,4} (?:(?:two|three|four|five|six|ten|several|many|enough|\d+|a (?:hundred|dozen|thousand)) times|twice)",
    ), 0.7, negatable=False),
    Rule("rude/waves_away", r"(?:get (?:this|it) over (?:and done )?with|not go (?:through|over) (?:\w+ ){0,3}(?:story|it all|that|everything) again|save (?:the|your|that)(?: \w+)? (?:story|speech|details?|drama|rest|breath)|life story|whole saga|spare me|i get it you are \w+|(?:less talk|chop chop|tick tock|wrap it up|cut to the chase))", 0.65, negatable=False),
    Rule(CONDOLENCE, rf"(?:(?:sorry|sad) (?:to (?:hear|read|learn|see) )?{MOURNED}|{LOSING}|condolences|(?:my|our|deepest|have) (?!(?:no|little|zero) )(?:\w+ )?sympath(?:y|ies)|(?:heart|thoughts) (?:goes out to|go out to|are with) you)", 0.85),
)  # fmt: skip
