# ruff: noqa: E501 - one cue a line reads best
"""Taking charge, plans, promises, and the lack of them."""

from dialogue.content.rules.rule import Rule
from dialogue.content.rules.words import ADVS, CAN_NOT, ME, MY, NEXT_STEP, TIME, WILL, I, any_of, gap, maybe

_DO = (
    r"(?:call|ring|phone|email|e-mail|text|send|ship|book|arrange|schedule|order|refund|credit|replace|fix|repair|check|"
    r"update|contact|get|have|let|chase|come|visit|deliver|issue|process|raise|file|open|put|make|give|reset|restart|"
    r"swap|test|run|cancel|change|set|follow|write|look|speak|talk|ask|escalate|release|post|dispatch|return|report|push|pass|log|tell|confirm|investigate|sort|resolve|finish|complete|provide|upgrade|expedite|waive|remove|add|reverse|restore|hear|be|find|pull|start|do|move|collect|go|take|walk|stay|review|forward|drop|message|lend|pause|freeze|keep|extend|reserve|unblock|unlock|switch|print|reprint|copy|read|rebook|correct|cover|lower|transfer|mail|connect|activate)"
)
_CHARGE = (
    r"(?:take care of|handle|sort|see to|look after|fix|deal with|get to the bottom|see (?:this|it|that) through|own|chase|"
    r"make (?:this|it|that|things|sure|certain)|put (?:this|it|that|things) right|follow (?:this|it|that|up)|stay (?:on|with)|"
    r"take (?:charge|ownership|responsibility|this|it|over|full)|keep (?:on|an eye|hold|you)|track|personally|find out|"
    r"look into|investigate|stick with|resolve|get (?:this|it|that) (?:sorted|fixed|done|resolved|moving)|work (?:on|through)|do everything|turn this around)"
)
_NO_STEP = NEXT_STEP
_WE_ARE = r"(?:i am|we are)(?: now| already| just| personally)?(?! getting (?:\w+ )?(?:tired|sick|fed|bored|annoyed|cross|angry|confused|worried|frustrated|used|nowhere|late))"
_DOING = r"(?!mov\w+ on\b|(?:say|tell|ask|talk|be|go|try|look|think|hop|wonder|los|hang|end|clos|leav|finish|explain|read|hear|listen|sitt|stand|work|hav|wait|com|warn|tir|start|run|assum|guess|do|enjoy|deal)\w*ing )\w{3,}ing"
"""What somebody does who does something about it."""
_AT_ONCE = r"(?:now|right away|straight away|straightaway|at once|immediately|as we speak|while (?:you|we|i)|this (?:very )?(?:minute|second|instant|moment)|first thing)"
_NOT_TOLD = r"(?<!this\s)(?<!that\s)(?<!it\s)(?<!there\s)(?<!which\s)(?<!he\s)(?<!she\s)(?<!what\s)"
"""Asks "is Friday good?", does not tell "that is a shock in the morning"."""
_DONE = (
    r"(?:sent|put|done|fixed|brought|cut|rebuilt|redone|paid|taken|made|back to you|to you|out to you|\w{3,}ed(?: |$))"
)

RULES = (
    Rule("ownership/mistake", rf"{MY} (?:\w+ )?(?:mistake|fault|error|responsibility|bad|oversight|doing|failure|failing|slip|mix-?up|blunder|mess|job to|problem to)", 0.9, before="(?:how is (?:that|this|it)|why is (?:that|this|it)|is (?:that|it)|whether|if)"),
    Rule("ownership/we_failed", rf"{I} (?:have |clearly |really |did |simply |obviously |should have |had )*(?:messed (?:up|this)|screwed|got (?:this|it|that|your \w+|the \w+) wrong|dropped the ball|let you down|failed(?: you)?|made (?:a|an|the|this|that) (?:\w+ )?(?:mistake|error|mess)|slipped up|fell short|were wrong|was wrong|caused (?:this|that)|sent (?:you )?the wrong|lost your|forgot|overlooked|missed (?:it|that|this|your|the)|mishandled|should have (?:told|called|caught|checked|let|done|been|sent|noticed))", 0.85),
    Rule("ownership/on_us", r"(?:that|this|it|the (?:blame|fault|delay|mistake|mix-?up)) (?:is|was|lies|sits|rests|falls) (?:entirely |all |squarely |completely |fully |totally |with us |with )?(?:on )?(?:me|us|our side|our end|my end)", 0.85),
    Rule("ownership/take", r"(?:take|taking|accept|accepting|have|took|takes) (?:full |complete |personal |total |the |entire |all )*(?:responsibility|ownership|charge|blame)", 0.95, before="(?:you (?:should|need to|have to|must)|refuse)"),
    Rule("ownership/own", rf"{I} {WILL} {ADVS}{maybe('personally')}{_CHARGE}", 0.75),
    Rule("ownership/own_it", rf"{I} (?:will |do |am going to |)?{ADVS}own (?:this|it|that|the)", 0.95),
    Rule("ownership/let_me", rf"let me (?:just |personally |please |go |quickly |now |first )*(?:{_CHARGE}|check|see what|dig|get this|help|put|find|chase|speak to)", 0.7, after="(?:be clear|(?:right|straight|clear|correct)(?! for you| now| today))"),
    Rule("ownership/leave", rf"leave (?:this|it|that|everything|all of (?:this|that|it)|the rest) (?:entirely |all )?(?:with|to) {ME}", 0.97),
    Rule("ownership/i_have", r"(?:i have got (?:this|it|you)|i am on it|consider it done|i am your (?:person|point|contact)|my personal|count on me|you can rely on me|rely on me|i am the (?:one|person) who will|it stops with me|buck stops)", 0.85),
    Rule("ownership/until", r"(?:i will not (?:rest|stop|give up|leave|let (?:this|it|go)|hang up|close|drop)|until (?:it|this|that|everything|the problem) is (?:fixed|sorted|resolved|solved|done|right|working))", 0.7, negatable=False),
    Rule("plan_time/act", rf"{I} (?:\w+ )?{WILL} {gap(2)}{_DO} {gap(12)}{TIME}", 0.9, before="(?:unless|may|might)", reportable=True),
    Rule("plan_time/let_me", rf"let me {_DO} {gap(12)}{TIME}", 0.8),
    Rule("plan_time/you_get", rf"(?:will|should|to|can expect|expect|going to|can) (?:have|get|receive|hear|be|arrive|see|reach|go|come|land|expect|call|ring|phone|leave|ship|visit|deliver|show|take|start|happen|follow|run) {gap(10)}{TIME}", 0.75, before="(?:should have|opening|open)"),
    Rule("plan_time/time_first", rf"{TIME} (?:at the latest )?(?:{I} (?:will|am|can|are)|you will|there will|it will|someone will|an? \w+ will|the \w+ will)", 0.8),
    Rule("plan_time/booked", rf"(?:booked|scheduled|arranged|reserved|ordered|set|confirmed|coming|arriving|arrives|goes out|going out|shipping|leaves|due|sending|calling|delivered|delivery|refund(?:ed)?|processed|lands?) {gap(8)}{TIME}", 0.65, before="(?:was|were|should have been|why|did)"),
    Rule("plan_time/how_about", rf"(?:how about|what about|shall we|would|does|{_NOT_TOLD}is) {gap(9)}{TIME}", 0.5),
    Rule("step_offer/will", rf"{I} {WILL} {ADVS}{_DO}", 0.6, before=r"nothing(?!.* but )"),
    Rule("step_offer/let", rf"let me {ADVS}{_DO}", 0.55),
    Rule("step_offer/going", any_of(
        r"i am (?:sending|booking|ordering|raising|arranging|refunding|issuing|putting|replacing|escalating|opening|logging|resetting)",
        r"i have (?:just |already |now )?(?:sent|booked|ordered|raised|arranged|refunded|issued|replaced|escalated|opened|logged|reset|asked|put|changed|corrected|cancelled|canceled|unlocked|fixed|flagged|added|removed|paid|moved|updated|credited|waived|reversed|repaired|released|blocked|stopped)",
        rf"{_WE_ARE} {_DOING} {gap(8)}{_AT_ONCE}", rf"{_WE_ARE} (?:having|getting) {gap(6)}{_DONE}", rf"let me {ADVS}(?!tell|say|explain|know|ask|finish|speak|talk|be|guess|remind)\w+ {gap(8)}{_AT_ONCE}",
    ), 0.8),
    Rule("dont_know/know", rf"{I} (?:\w+ )?{maybe('honestly', 'really', 'just')}(?:do not|would not|could not|can not) (?:\w+ )?(?:know|tell you|say|have (?:any|an|the) (?:idea|clue|answer|information))", 0.75, negatable=False, after=rf"(?:{gap(8)}(?:yet|but|let me|i will|how (?:frustrat|hard|sorry|much|difficult|you feel)|what you are going))", anywhere=_NO_STEP),
    Rule("dont_know/idea", r"(?:no idea|no clue|not a clue|beats me|who knows|haven't the faintest|not the faintest|your guess is|search me|could not say|dunno|hard to say|anyone guess|not sure what to (?:tell|say)|out of ideas)", 0.9, negatable=False, before="had ?$", anywhere=_NO_STEP),
    Rule("dont_know/nothing", rf"(?:nothing|not (?:much|a lot|anything)|not a thing|no way|very little) (?:else |more |that |here )*(?:{I} can|{I} could|to be done|can be done|{ME} to)", 0.9, negatable=False, anywhere=_NO_STEP),
    Rule("dont_know/not_mine", rf"(?:not|is not|never) (?:really |actually |something |part of )*(?:{MY} (?:department|job|area|problem to|responsibility|remit|team|desk|thing|side)|{I} (?:deal|handle|do|cover|can|work)|for me to)", 0.85, negatable=False, anywhere=_NO_STEP),
    Rule("dont_know/other", r"(?:(?:you will|you would|you) (?:have|need|want) to (?:call|ask|contact|ring|try|speak to|phone|take (?:it|that) up with|go to|check with|email) (?:someone|somebody|another|the|a different|them|your|billing|sales|support)|(?:a different|another|some other|the other|someone else) (?:department|team|desk|area|problem|job)|try (?:calling|ringing) (?:back|again|another))", 0.6, anywhere=_NO_STEP),
    Rule("dont_know/cant", rf"{I} (?:really |just |simply |honestly )?{CAN_NOT} (?:really |actually )?(?:help|do (?:anything|much|that|it|more)|answer|assist)", 0.65, negatable=False, anywhere=_NO_STEP),
    Rule("dont_know/stuck", r"(?:all i (?:can|know|have)|that is all (?:i|we|there)(?! (?:would )?(?:ask|want|need|like)(?:ed)?\b)|no information|nothing (?:here|on my screen|in my notes|shows)|above my (?:pay|head)|beyond me|not trained|my (?:screen|system) does not (?:say|show|tell)|out of my hands|wish i (?:knew|could))", 0.6, negatable=False, anywhere=_NO_STEP),
    Rule("find_out/gap", any_of(
        rf"(?:good|great|fair|excellent) question {gap(4)}(?:let me|i will|i would)", rf"(?:do not|not|am not|are not) (?:\w+ )?(?:know|sure|certain|have (?:the|that|an) answer|have that) {gap(8)}(?:but|so|let me|i will) {gap(5)}(?:find|check|ask|get|look|call)",
        rf"(?:let me|i will|i am going to|i would like to|i want to|i can) {ADVS}(?:find (?:that |this |it )?out|check (?:that|this|with|it)|ask (?:our|the|a|my|someone)|look (?:that|it|this) up|get (?:you )?(?:the|an) answer|confirm (?:that|this)|verify)",
        r"get back to you", r"come back to you with",
    ), 0.8),
    Rule("empty_promise/guarantee", r"(?:guarantee|guaranteed|guarantees|swear|i promise you (?:it|this|that|nothing|everything|we|there)|promise (?:it|this|that|you) will (?:never|always|not)|my word)", 0.8, after=r"(?:period|card|certificate|number|terms|department|claim|document|is|runs|covers|to call|to ring|to keep|to do my|that i will (?:call|ring|do my|keep|look))", before="(?:your|the|under|year|warranty or|extended|a|money back) ?$"),
    Rule("empty_promise/never_again", r"(?:never|not ever|will not ever|not(?! (?:\w+ )?(?:promise|guarantee|swear|say|tell you))|no more|will not) (?:\w+ ){0,4}(?:happen(?: to you)? (?:again|ever)|again ever|have (?:a|any|another|to worry)(?: \w+){0,3} (?:problem|issue|fault|trouble)s?(?: again| ever)?|ever (?:happen|fail|break|go wrong|drop|occur)|occur again|fail again|go wrong again|see (?:this|that) (?:problem|issue|fault|error) again|problems? ever again|break (?:down )?again)", 0.85, negatable=False, before="(?:not (?:\\w+ )?(?:promise|guarantee|swear|say|tell you)|so (?:that )?(?:it|this)|to make sure|make sure|hope|try|want|ensure|working to)"),
    Rule("empty_promise/hundred", r"(?:(?:100|hundred|one hundred|a hundred|thousand|200|110) ?(?:%|percent|per cent)|without (?:a |any )?(?:doubt|fail|question)|no doubt|beyond (?:any |all )?doubt|no matter what|mark my words|cross my heart|on my (?:life|mother)|bet my|stake my|zero chance|no chance (?:it|this|that)|absolutely certain|dead certain|rest assured|trust me|for sure|definitely (?:be|arrive|work|solve|get|fix|have|never)|certainly (?:be|never)|in no time|perfect(?:ly)? (?:from now|forever|always)|forever|for good|always work|once and for all)", 0.6, after="(?:sure (?:what|why))"),
    Rule("empty_promise/will_all", r"(?:everything|all of (?:it|this)|every (?:single )?(?:problem|issue)|whatever you (?:want|ask|like)|anything you (?:want|ask|like)) (?:will|is going to|you will|is yours)", 0.7),
)  # fmt: skip
