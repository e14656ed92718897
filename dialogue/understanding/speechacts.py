"""English as it is spoken to customers: what a clause does. Asks, invites, checks, offers, refuses.

Patterns on text that `dialogue.language.normal` has made plain.
"""

import re
from collections.abc import Sequence

from dialogue.language import DAYS, PAST, TIME, VAGUE

_LEAD = r"(?:and |so |but |okay |ok |well |right |now |then |sorry |thanks |great |also |um |uh |first of all |just )*"
_AUX = r"(?:am|should|did|do|does|is|are|was|were|have|has|had|can|could|would|will|may|might|any)"
_MODAL = r"(?:should|can|could|would|will|may|might)"
_NO_SUBJECT = (
    rf"(?!{_MODAL} (?:be|take|get|come|arrive|go|have|do|work|reach|only|probably|definitely|certainly)\b"
    r"|(?:is|are) (?:on (?:its|the|their) way|done|sorted|ready|due|booked|ordered|sent|coming)\b|do apologi[sz]e\b)"
)
"""Where nobody stands between such a verb and the next, a statement has lost its first word: "should be there on
Thursday"."""
_WHO = r"(?:i|we|you|it|they|he|she|the|your|my|our|this|that|these|those|there)"
ASKING = re.compile(
    rf"^{_LEAD}(?:(?:what|which|who|whose|whom|when|where|why|how)\b(?!(?:'ll|'d)? {_WHO}\b)"
    rf"|(?:at|in|on|for|to|by|from|with|until|till|since|of|under|through) (?:what|which|whom?|how)\b(?! {_WHO}\b)"
    rf"|{_NO_SUBJECT}{_AUX}\b|what about\b)"
    r"|\b(?:can|could|would) you (?:please |just |maybe |perhaps |possibly )*(?:tell|check|read|look|describe"
    r"|give|walk"
    r"|confirm|say|see|try|have|count|open|verify|take|find|list|explain|go through|talk)\b"
    r"|\bwould you mind\b|^(?:and )?please (?:tell|check|read|look|count|try|see|have|give|open)\b"
    r"|\b(?:tell|walk|talk|take|run) me\b|\b(?:i wonder|i was wondering|may i ask|can i ask|may i have|can i have"
    r"|could i (?:have|take)|can i (?:take|get)|do you know|did you|have you|i'd (?:like|love) to (?:know|hear)"
    r"|i need to know|i (?:just )?need (?:your|the)|let me ask)\b|\bdescribe\b"
    r"|\b(?:when|where|how|what|which|who) (?:exactly |many |much |long |often )?(?:do|does|did|is|was|are|were"
    r"|has|have)"
    r" (?:it|you|they|the|your|there|that)\b"
    r"|\bis (?:everyone|everybody|anyone|anybody)\b|\bare you (?:both )?(?:all right|alright|okay|ok|hurt|safe)\b"
    r"|\b(?:isn't|wasn't|aren't|weren't|didn't|don't|doesn't|haven't|hasn't) (?:it|you|they|there|that)$"
    r"|n't \b.*\b(?:is|was|were|are|did|do|does) (?:it|you|they|there)$|\bi hope$|^i hope (?:nobody|no one|nothing)\b"
    rf"|^{_LEAD}(?:have )?you (?:followed|used|tried|checked|had|did|put|went|built|fitted|skipped)\b.*\bthen$"
)
"""An asking clause, with or without a question mark: recognised speech often has none."""
RHETORICAL = re.compile(
    r"^(?:and |but |oh |well )?(?:(?:is|was) that (?:i|we|he|she|they|you|the|our|your)\b(?!.*\?)"
    r"|what (?:people|i|we|you|they|he|she|it)\b[^?]* (?:is|was) [^?]*$"
    r"|who knows\b|what (?:has )?happened (?:is|was|here is)\b|what an? \b(?!.*\?)"
    r"|who wouldn't\b|which is (?:why|what)\b|which means\b"
    r"|how (?:awful|terrible|frustrating|horrible|annoying|upsetting|dreadful|scary|frightening|stressful"
    r"|unpleasant)\b"
    r"|(?:is|was|are|were|do|did|does|have|has|can|would) (?:not|no one|nobody)\b|no wonder\b|why wouldn't\b)"
)
"""Has the form of a question and asks nothing."""
SPARING = re.compile(
    r"\b(?:(?:i|we)(?: won't| will not|'m not going to| am not going to| don't need| do not need)"
    r" (?:ask|make|need|bother)?|you (?:don't|do not|needn't|won't) (?:need|have)\b|no need to\b"
    r"|(?:don't|do not) worry about|never mind)\b(?!.*\?)"
)
"""Takes a question back: "you don't have to read me the log"."""
OPEN = re.compile(
    r"\b(?:what happened|what's happened|tell me (?:more|everything|all|what|the (?:rest|whole)|about (?:it|what))"
    r"|(?:walk|talk|take) me through (?:it|what|everything)"
    r"|^(?:\w+ ){0,2}(?:please |so |then )?tell me(?: then| please)?$|from the (?:start|beginning|top)|go on|go ahead"
    r"|i'm listening|all ears|carry on"
    r"|keep going|please continue|what's (?:going on|wrong|the problem|the matter|been happening)"
    r"|what(?:'s| is) (?:on your mind|bothering you|troubling you)|what (?:is"
    r"|seems to be) the (?:problem|matter|issue|trouble)"
    r"|how can i help|what can i do|how may i help|what's up)\b"
)
PREFACE = re.compile(r"^(?:\w+ )?(?:can|may|could) i (?:just )?(?:ask|check)(?: you)? (?:about|something|a)\b(?!.*\?)")
PERSONAL = re.compile(
    r"\bhow are you (?:doing|feeling|holding up|coping|getting on|today|now)\b|\bhow are you\??$|\bhow do you feel\b"
    r"|\bhow(?:'s| is| has) (?:your|the) day\b|\bhow are things\b|\bare you (?:feeling|doing|coping) (?:all right"
    r"|okay|ok)"
    r"|\bhow have you been\b|\bare you (?:all right|okay|ok|alright)(?: now| so far)?\??$|\bhow do you do\b"
    r"|\bdo you need a (?:moment|minute|break)\b|\bhow are you (?:and|both)\b"
)
"""Asks how they are."""
LEADING_UP = re.compile(
    rf"^{_LEAD}(?:(?:can|could|may|might|would) (?:i|you) (?:please |just )*(?:ask|tell|check|say|explain|repeat"
    r"|confirm)(?: (?:me|you|us|that|it|this|again|something|a question))*"
    r"|do you (?:know|remember|recall|mind|see|mean)(?: that)?"
    r"|(?:is|was) (?:that|it) (?:right|so|it|correct|all|true)|what(?:'s| is| was) that|you (?:know|see))\??$"
)
"""Leads up to a question, or makes sure of one: none of its own."""
OF_ITS_OWN = re.compile(
    rf"^{_LEAD}(?:(?:what|which|who|whose|when|where|why|how)\b.*\w \w.*\?$"
    r"|(?!.*\b(?:it|that|this|them|those|these|one)\b)\w+ \w+ \w.*\?$)"
)
"""A question that stands without the one beside it: it says what it asks for, or begins with the question word."""
HELPING = re.compile(
    r"\bhow (?:(?:can|may|might|could) (?:i|we)|(?:i|we) (?:can|may|could)) (?:help|assist)(?: you)?(?: please"
    r"| today)*\??$"
    r"|\bwhat can (?:i|we) do for you(?: today)?\??$|\bwhat seems to be the (?:problem|matter|trouble)\b"
    r"|\bwhat(?:'s| is) (?:up|the matter|on your mind|bothering you|troubling you)\??$"
)
"""Opens the conversation: an invitation to tell, not a question about what they want in the end."""
WELCOMING = re.compile(
    r"^(?:(?:hello|hi|good (?:morning|afternoon|evening|day)|welcome)(?: there)?\b(?!.*\b(?:i'll|will|can|let)\b)"
    r"|(?:you're through to|you are through to|you're speaking (?:to|with)|thank you for calling)\b.{0,40}$)"
)
"""Greets, or says who is on the line: "good day, you're through to Corbel"."""
PHRASE = re.compile(
    r"\b(?:on hold|hold on|hold the line|calm down|with you in (?:a|one) (?:second|minute|moment|tick)"
    r"|have a (?:nice|lovely|good|great|pleasant) \w+|everything (?:i|we) can|(?:my|our) (?:very )?best|bear with me"
    r"|thank you for (?:waiting|holding|your patience|calling))\b"
)
"""Carries the conversation and brings nothing to the case, however near its words are to something."""
STILL_THERE = re.compile(
    r"(?:^|\b(?:hello|sorry|so|and|right|okay) )"
    r"(?:(?:are )?you (?:still )?(?:there|with me|on the line)|still (?:there|with me|on the line)"
    r"|are we (?:still )?connected|can you (?:still )?hear me(?: (?:now|all right|alright|okay|better|clearly|well))*"
    r"|(?:have i|i have|i've|did i|did we) (?:still )?(?:got|lost|lose) you|hello"
    r"|is (?:anybody|anyone|somebody|someone) (?:still )?(?:there|on the line|with me))\?*$"
)
"""Asks whether anybody hears them: about the line, and about nothing in the case."""
CHECK = re.compile(
    r"\b(?:is that (?:ok|okay|all right|alright|fine|fair|right|correct|it|what you)"
    r"|(?:have i|did i) (?:got|get|understood?) (?:that|it|this|you)(?: all)? (?:right|correctly)"
    r"|would that (?:work|help|be|suit)"
    r"|does that (?:sound|work|help|make)|how does that sound|^sounds? (?:good|fair|okay)"
    r"|are you (?:happy|okay|all right|comfortable) with (?:that|this|it)|will that do|shall i go ahead)\b"
    r"|\bhow(?:'s| is| would) that(?: be| for (?:you|a start))?\??$|\bwhat do you say\??$"
    r"|^(?:and |so )?(?:is it a )?(?:fair|deal|agreed|okay|ok|all right|alright|good|fine|right)"
    r"(?: enough| so far| with you| for you)?\?$"
    rf"|^(?!{_LEAD}(?:(?:until|till|on|at|in|to|by) )?(?:what|which|who|when|where|why|how)\b)(?!.*\bor\b).*"
    r"\b(?:shall (?:we|i)|would you like me|do you want (?:me|(?:that |if )?(?:i|we))|can i (?:put|call|offer"
    r"|send|suggest)"
    r"|may i (?:put|call|suggest))\b"
)
"""Asks for agreement or for leave. "When can i call you?" and "by post, or shall i mail it?" ask for more than that."""
CHOOSING = re.compile(
    r"\b(?:do you want|would you like|would you (?:rather|prefer)) to (?:speak|talk|wait|hold|be \w+)\b"
)
"""Leaves the next step to them: asks whether, not why."""
OR_MORE = re.compile(
    r"^or (?:is there |was there |is it )?(?:something|anything|someone|somebody|anyone|anybody|more)"
    r"(?: else)?(?: to it| behind it| as well| too| besides)?\??$"
)
"""Leaves open what else there may be: "or something else as well?"."""
WHICH_OF_THEM = re.compile(rf"^{_LEAD}(?:is|was|are|were) (?:it|this|that|these|those)\b")
"""What stands before it is then one of the choices, and no question of its own: "is it the bill, or ..."."""
ELSE = re.compile(
    r"\bis (?:some|any)thing else (?:i|we|that (?:i|we))\b|\b(?:is|was) there (?:some|any)thing else(?: (?:i"
    r"|we|that i|that we|you need|you'd like|today)\b|(?: for you)?"
    r"(?: (?:mr|mrs|ms|miss|dr) \w+| sir| madam)?(?:\?|$))"
    r"|\banything else (?:i|we) (?:can|could)\b"
    r"|\b(?:need|want|do|have|add|be) anything else\s*\?|^(?:and |so |okay |right )*anything else\b\s*\??$"
)
TO_YOU = re.compile(r"\byou(?:'ve|'re|'d)?\b")
_STATIVE = (
    "am|are|was|were|see|saw|understand|know|knew|think|thought|hope|hear|heard|mean|meant|feel|felt|need|have|had|did|do"
    "|guess|believe|wish|want|agree|appreciate|apologise|apologize|said|told|got|gave|went|came|ask|cannot|can|could|never"
    "|only|really|read|found|find|sorry|wonder|remember|realise|imagine|like|love|look|must|should|would|will|may|might"
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
    r"|(?:i|we) (?:can|could|want to|may)\b|(?:can|could|shall|may|should) (?:i|we)\b|would you like|how about"
    r"|what if"
    r"|do you want me|want me to|do you want (?:that |if )?(?:i|we)\b|would (?:it|that|a|an|another)\b"
    r"|goes out|(?:is|are) (?:on (?:its|the) way|booked)"
    r"|(?:will|should) (?:be|come|go|call|ring|arrive|send|get|help)|happy to|you(?:'re| are) getting"
    rf"|(?:i|we)(?: then| also| first| just| now)? (?!(?:{_STATIVE})\b)(?!\w+(?:ed|n't)\b)[a-z]+"
    r"|(?:is|are)(?: now| then)? (?:on|due|scheduled|planned|set)|from (?:now on|today|tomorrow)"
    r"|you (?:can|may)(?! (?:be|see|imagine|hear|tell|say|understand)\b)"
    r"|(?:sounds?|is|are|works?|suits?)(?: absolutely| very)?(?: ok| okay| good| fine| fair| right| great)?"
    r" (?:to|by|with|for) me"
    r"|comes (?:out|on|to)|arrives?|(?:the one|somebody|someone) who \w+s|one of (?:us|our \w+|my \w+) (?:can"
    r"|will|comes)"
    r"|(?:fitter|engineer|technician|colleague|manager|someone|somebody) (?:can|calls|comes|visits|rings|goes))\b"
)
PROPOSING = re.compile(
    rf"^{_LEAD}(?:what (?:do|would) you (?:think|say|reckon) (?:about|of|to|if)\b"
    r"|how (?:does|do|would|will) .{1,80}\b(?:sound|suit you|work for you|be for you)\b)"
)
"""An offer put as a question about what they think of it: "what would you say to Friday?"."""
GRANTING = re.compile(
    rf"^{_LEAD}(?:yes |yeah |of course |certainly |absolutely )+"
    r"(?:(?:that's|that is|it's|that'd be|that will be|with) me\b|i (?:will|do|am|can)$)"
    rf"|^{_LEAD}(?:yes |yeah |sure |of course |certainly |gladly |absolutely )*(?:(?:i|we)(?:'ll| will|'m going to"
    r"| am going to| can|'ve just| have just)) (?:gladly |also |then |just |happily )*(?:do|send|give|get|put|pay|book"
    r"|order|arrange|bring|fix|change|make|move|cancel|organi[sz]e|write|post|replace|refund|release|sort)"
    r" (?:it|that|this|them|one|those)(?: out| off| back| in| up| sorted| done)?(?: to you| for you| to them)?"
    rf"(?: {TIME.pattern}){{0,4}}$"
    rf"|^{_LEAD}i(?:'m| am|'ll| will) (?:taking|take|on) (?:this|that|it)(?: one)?(?: on| over)?(?: now| myself)*$"
    rf"|^{_LEAD}(?:(?:it|that)(?:'s| is|'ll be| will be) )?{TIME.pattern}(?: then| latest| at the latest)?$"
)
"""Grants what was just asked for, without naming it: "I'll do that today", "yes, that's me", "Saturday, eight to ten".
Few times may follow: a long row could be cut up in exponentially many ways."""
AGREEING = re.compile(
    rf"^{_LEAD}(?:(?:yes|yeah|yep|sure|fine|agreed|done|deal|of course|certainly|absolutely|gladly|with pleasure)\b ?)+"
    r"(?:(?:i|we) (?:can|will|do|shall))?(?: (?:sir|madam|(?:mr|mrs|ms|miss|dr) \w+))?$"
    rf"|^{_LEAD}(?:i|we) (?:can|will|shall)$"
)
"""Says yes, and no more."""
REQUEST = re.compile(
    r"\b(?:(?:can|could|will|would) you|(?:do|are) we (?:agree\w*|clear)|(?:may|can) i have"
    r"|is that (?:possible|a deal|agreed)|deal|agreed)\b[^?]*\?$"
)
"""Ends by asking for something that a yes grants."""
COMING = re.compile(
    r"^(?!so\b)(?!(?:.*\b)?(?:you|i|we)(?:'re| are|'ve| have) )(?=.*\b(?:will|won't|can|going to|is|are|gets?|goes"
    r"|stops?|stays?|comes?|hears?|reach(?:es)?|sets? off|starts?|brings?|takes?|leads?|sends?|reads?|belongs?)\b)"
)
"""Says what is going to be, whoever does it: "our people will carry it down", "you hear from me at four"."""
REQUESTING = re.compile(r"\b(?:can|could|would|will) you\b|^(?:and )?please\b")
"""Asks the customer to do something, which may be part of a plan: "could you leave it on tonight?"."""
INSTRUCTING = re.compile(
    rf"^{_LEAD}(?:please )?(?<=just )(?!(?:a|because|that|like|as|so)\b)[a-z]+ (?:your|the|it|this|that|all)\b"
)
"""Tells them what to do ("just empty your basket"), which explains nothing."""
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
    r"\byou (?:just |only |still )?(?:think|thought|feel|felt|say(?! (?:on |at |by |around )?(?:mon|tues"
    r"|wednes|thurs|fri|satur|sun|to|half|next|\d))|said|believe|fear|want(?! (?:me|us) to\b| (?:that "
    r"|if )?(?:i|we)\b)|wanted|told"
    r"|heard|hear|mean|meant)\b"
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
SWEEPING = re.compile(r"\bnever\b.*\b(?:again|any)\b|\b(?:always|guarantee\w*)\b")
"""Promises what nobody can."""
LOOKING_BACK = re.compile(rf"^{_LEAD}(?:did|have|has|had|was|were|do|does) (?!(?:i|we|you want)\b)")
"""A question about what has been, or about them, is no offer."""
DECLARATIVE = re.compile(
    rf"^{_LEAD}(?!(?:{_AUX}|what|which|who|whose|whom|when|where|why|how|can|could|would|anything|any|no"
    rf"|not)(?:n't)?\b)"
    r"(?!.*\b(?:what|which|who|when|where|why|how|(?:do|did|are|were|is|was|have|has|can|could|would) you)\b).+\?$"
)
"""A statement that only its question mark, or the voice, makes a question: "at six in the morning, you said?"."""
WANTING_TO_KNOW = re.compile(
    rf"^{_LEAD}(?:(?:until|till|on|at|in|to|by) )?(?:what|which|who|when|where|why|how)\b(?! (?:about|if)\b)"
    rf"(?! (?:i|we)(?:'\w+)?\b)(?! (?:the|it|that|this|an?) )"
)
"""Nor is one that begins with a question word: "when can i call you?"."""


def asks(clause: str) -> bool:
    """Whether the normalised clause wants an answer. A question mark says so, unless it is rhetorical."""
    if RHETORICAL.search(clause) or SPARING.search(clause):
        return False
    return clause.endswith("?") or bool(ASKING.search(clause))


def offers(clause: str, *, explains: bool = False, named: bool = False) -> bool:
    """Whether the normalised clause brings something: says that it will be done, asks whether it may, asks the customer
    for a hand in it, or puts it in telegraph style. `explains`: telling how things are is enough. `named`: all words
    that are telling for it are there."""
    if REFUSING.search(clause) or CUTTING_OFF.search(clause) or (explains and INSTRUCTING.search(clause)):
        return False
    if PROPOSING.search(clause):
        return True
    if any(one.search(clause) for one in (LOOKING_BACK, WANTING_TO_KNOW, REPORTING)):
        return False
    if OFFERING.search(clause) or WOULD_SUIT.search(clause) or (named and REQUESTING.search(clause)):
        return True
    if asks(clause):
        return False
    return explains or (named and not TERSE_NEVER.search(clause)) or bool(COMING.search(clause))


NAMED_BY = re.compile(
    r"\b(?:to|yester|(?:mon|tues|wednes|thurs|fri|satur|sun))day's\b|\b(?:tomorrow|tonight)'s\b"
    r"(?! (?:fine|good|okay|ok|possible|free|the))"
)
"""What is named by its day: "Monday's visit" holds out no Monday."""


def time_ahead(clauses: Sequence[str]) -> str:
    """The time that is held out: that of an offer before any other, never one that is told of what has been, or in a
    good wish."""
    clauses = [NAMED_BY.sub(" ", one) for one in clauses]
    told = [one for one in clauses if (PAST.search(one) and not OFFERING.search(one)) or FAREWELL.search(one)]
    ahead = [one for one in clauses if TIME.search(one) and one not in told]
    for one in sorted(ahead, key=lambda one: not OFFERING.search(one)):
        found = TIME.search(one)
        assert found
        stated = VAGUE.sub("", found.group(0).strip())
        return DAYS.sub(lambda day: day[0].capitalize(), stated)
    return ""
