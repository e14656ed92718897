"""English as it is spoken to customers: does a clause ask, and for what? Questions, checks, courtesies.

Patterns on text that `dialogue.language.normal` has made plain; `offering` has the other half.
"""

import re

LEAD = r"(?:and |so |but |okay |ok |well |right |now |then |sorry |thanks |great |also |um |uh |first of all |just )*"
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
    rf"^{LEAD}(?:(?:what|which|who|whose|whom|when|where|why|how)\b(?!(?:'ll|'d)? {_WHO}\b)"
    rf"|(?:at|in|on|for|to|by|from|with|until|till|since|of|under|through) (?:what|which|whom?|how)\b(?! {_WHO}\b)"
    rf"|{_NO_SUBJECT}{_AUX}\b|what about\b)"
    r"|\b(?:can|could|would) you (?:please |just |maybe |perhaps |possibly )*(?:tell|check|read|look|describe"
    r"|give|walk"
    r"|confirm|say|see|try|have|count|open|verify|take|find|list|explain|go through|talk)\b"
    r"|\bwould you mind\b|^(?:and )?please (?:tell|check|read|look|count|try|see|have|give|open)\b"
    r"|\bplease (?:state|provide|confirm|spell|name) (?:me |us )?(?:your|the)\b"
    r"|(?:(?<!\byou )|\b(?:can|could|would|will|if) you )\b(?:tell|walk|talk|take|run) me\b"
    r"|\b(?:i wonder|i was wondering|may i ask|can i ask|may i have|can i have"
    r"|could i (?:have|take)|can i (?:take|get)|do you know|did you|have you|i'd (?:like|love) to (?:know|hear)"
    r"|i need to know|i (?:just )?need (?:your|the)|let me ask)\b|\bdescribe\b"
    r"|\b(?:when|where|how|what|which|who) (?:exactly |many |much |long |often )?(?:do|does|did|is|was|are|were"
    r"|has|have)"
    r" (?:it|you|they|the|your|there|that)\b"
    r"|\bis (?:everyone|everybody|anyone|anybody)\b|\bare you (?:both )?(?:all right|alright|okay|ok|hurt|safe)\b"
    r"|\b(?:isn't|wasn't|aren't|weren't|didn't|don't|doesn't|haven't|hasn't) (?:it|you|they|there|that)$"
    r"|n't \b.*\b(?:is|was|were|are|did|do|does) (?:it|you|they|there)$|\bi hope$|^i hope (?:nobody|no one|nothing)\b"
    rf"|^{LEAD}(?:have )?you (?:followed|used|tried|checked|had|did|put|went|built|fitted|skipped)\b.*\bthen$"
)
"""An asking clause, with or without a question mark: recognised speech often has none."""
RHETORICAL = re.compile(
    rf"^{LEAD}what (?:(?:has|had|must have|may have|might have|probably|will) )*happen(?:s|ed)?\b[^?]* (?:is|was)\b"
    rf"[^?]*$|^{LEAD}what (?!(?:is|was|does|has)\b)\w+s(?: \w+){{0,3}}? (?:is|was) (?:(?:that )?(?:i|we|you|they|he|she"
    r"|the|your|my|our|there)|to)\b[^?]*$"
    r"|^(?:and |but |oh |well )?(?:(?:is|was) that (?:i|we|he|she|they|you|the|our|your)\b(?!.*\?)"
    r"|what (?:people|i|we|you|they|he|she|it)\b[^?]* (?:is|was) [^?]*$"
    r"|who knows\b|what an? \b(?!.*\?)"
    r"|who wouldn't\b|which is (?:why|what)\b|which means\b"
    r"|how (?:awful|terrible|frustrating|horrible|annoying|upsetting|dreadful|scary|frightening|stressful"
    r"|unpleasant)\b"
    r"|(?:is|was|are|were|do|did|does|have|has|can|would) (?:not|no one|nobody)\b|no wonder\b|why wouldn't\b)"
)
"""Has the form of a question and asks nothing: "what happens now is that I ring them"."""
STATING = re.compile(
    rf"^{LEAD}(?:(?:when|where)(?!(?:'s|'re|'d|'ll)) (?!{_AUX}\b"
    r"|(?:exactly|roughly|about|abouts|else|to|from|on|in|at|then|precisely)\b)\w"
    r"|which (?:(?:is|was|are|were|has|have|will|would|can|should|must|may|might|only|nobody|no one|everybody)\b"
    r"(?! (?:it|one|of|you|i|we|they|that|this|yours?|the|my|our)\b)"
    r"|(?:makes?|means?|gives?|leaves?|helps?|takes?|brings?|only) (?:it|you|us|me|them|him|her|that|the|your)\b)"
    r"(?!.*\bor\b))(?!.*\?$)|^(?:oh |and )?how (?!many |much |few )\w+ of (?:you|him|her|them|us)\b"
)
"""Goes on with a statement though it begins as a question does: "which is better than ours", "when it is confirmed"."""
CLEFT = re.compile(rf"^{LEAD}(?:what|where|how|why)\b(?!.*\?$)")
CLEFT_REST = re.compile(r"^(?:is|was) (?:that|to|this|i|we|you|the)\b(?!.*\?$)")
"""Its two halves, where something stands between them: "what happens now, and you may write it down, is that ..."."""
_WH = r"(?:what|which|whose|where|when|who|how|why)"
INDIRECT = re.compile(rf"\b(?:tell|show|see|know|learn|check|look|ask|explain|say|read|find out)\b.*\b{_WH}\b")
INDIRECT_TOO = re.compile(rf"^(?:and |or )*{_WH}\b(?!.*\?$)")
"""Goes on with what such a clause will answer: "I'll tell you which one, and where in it"."""
TAG = re.compile(r",\s*(?:is that )?(?:okay|ok|all right|alright|deal|agreed|fine|good)\s*\?$", re.I)
"""Asks, behind a statement, for agreement with it: "twenty seconds, okay?"."""
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
    r"|what (?:exactly |is it |that )*(?:do |would )?you(?:'d)? (?:need|want|like) to (?:know|hear|ask)"
    r"|how can i help|what can i do|how may i help|what's up"
    r"|(?:what|why) (?:are|were) you (?:ringing|calling|phoning)"
    r"|(?:what|tell|describe|explain)\b.{1,30}\byour (?:problem|issue|concern|complaint|query|enquiry|request))\b"
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
    rf"^{LEAD}(?:(?:can|could|may|might|would) (?:i|you) (?:please |just )*(?:ask|tell|check|say|explain|repeat"
    r"|confirm)(?: (?:me|you|us|that|it|this|again|something|a question))*"
    r"|do you (?:know|remember|recall|mind|see|mean)(?: that)?"
    r"|(?:is|was) (?:that|it) (?:right|so|it|correct|all|true)|what(?:'s| is| was) that|you (?:know|see))\??$"
)
"""Leads up to a question, or makes sure of one: none of its own."""
OF_ITS_OWN = re.compile(
    rf"^{LEAD}(?!.*\b(?:it|that|this|them|those|these|one)\b)"
    r"(?:(?:what|which|who|whose|when|where|why|how)\b.*\w \w.*\?$|\w+ \w+ \w.*\?$)"
)
"""A question that stands without the one beside it: it says what it asks for. "And how old is it?" asks on."""
FIRST_PERSON = re.compile(
    rf"^{LEAD}(?:(?:can|could|may|might|shall|should|did|do|have|had|was|were|am|are|would) (?:i|we)\b"
    rf"(?! (?:ask|enquire|inquire) (?:\w+ )?{_WH}\b| (?:ask|enquire|inquire) (?:if|whether)\b)"
    r"|(?:is it|would it be|are you) (?:all right|alright|okay|ok|fine|happy) (?:with you )?if (?:i|we)\b"
    r"|(?:do|would) you mind if (?:i|we)\b|(?:where|what) (?:was|were) (?:i|we)\b)"
)
"""Asks about what the trainee did or said or may do: "can I take something back?"."""
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
    r"|thank(?:s| you) for (?:waiting|holding|your patience|calling))\b"
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
    r"|would that (?:work|help|be|suit|do)"
    r"|does that (?:sound|work|help|make)|how does that sound|^sounds? (?:good|fair|okay)"
    r"|would it help(?: you)? if (?:i|we)"
    r"|are you (?:happy|okay|all right|comfortable) with (?:that|this|it)|will that do|shall i go ahead)\b"
    r"|\bhow(?:'s| is| would) that(?: be| for (?:you|a start))?\??$|\bwhat do you say\??$"
    r"|^(?:and |so )?how about (?:this|that)[:?]*$"
    r"|^(?:and |so )?(?:is it a )?(?:fair|deal|agreed|okay|ok|all right|alright|good|fine|right)"
    r"(?: enough| so far| with you| for you)?\?$"
    rf"|^(?!{LEAD}(?:(?:until|till|on|at|in|to|by) )?(?:what|which|who|when|where|why|how)\b)(?!.*\bor\b).*"
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
WHICH_OF_THEM = re.compile(rf"^{LEAD}(?:is|was|are|were) (?:it|this|that|these|those)\b")
"""What stands before it is then one of the choices, and no question of its own: "is it the bill, or ..."."""
ELSE = re.compile(
    r"\bis (?:some|any)thing else (?:i|we|that (?:i|we))\b|\b(?:is|was) there (?:some|any)thing else(?: (?:i"
    r"|we|that i|that we|you need|you'd like|today)\b|(?: for you)?"
    r"(?: (?:mr|mrs|ms|miss|dr) \w+| sir| madam)?(?:\?|$))"
    r"|\banything else (?:i|we) (?:can|could)\b"
    r"|\b(?:need|want|do|have|add|be) anything else\s*\?|^(?:and |so |okay |right )*anything else\b\s*\??$"
    r"|\banything else (?:that(?:'s| is) )?(?:on your mind|you(?:'d| would)? (?:want|like|need)\b"
    r"|bother\w+|troubl\w+|worr\w+)"
    r"|\b(?:any|more|other|further) (?:more |other |further )*(?:questions|concerns|queries|worries)\b.*\?$"
)
WISHES = re.compile(r"\bwhat\b.*\byou(?:'d| would)? (?:need|want|like|expect|hope|wish)\b(?!.*\bfor\??$)")
"""Asks what they are after, which is nothing that they hide."""
ABOUT_YOU = re.compile(
    r"\byou(?:'ve|'re|'d)?\b(?= (?!(?:on|at|about|for|in|to|with|from|by|back|and|but|or|that|this|the|an?|your|again"
    r"|up|when|because|if|so|then|now|today|tomorrow|yesterday)\b))|\byour(?:s|self)?\b"
)
"""Says what they did or have: "so you skipped it", not "he tried to phone you"."""
REQUEST = re.compile(
    r"\b(?:(?:can|could|will|would) you|(?:do|are) we (?:agree\w*|clear)|(?:may|can) i have"
    r"|is that (?:possible|a deal|agreed)|deal|agreed)\b[^?]*\?$"
)
"""Ends by asking for something that a yes grants."""
LOOKING_BACK = re.compile(rf"^{LEAD}(?:did|have|has|had|was|were|do|does) (?!(?:i|we|you want)\b)")
"""A question about what has been, or about them, is no offer."""
DECLARATIVE = re.compile(
    rf"^{LEAD}(?!(?:{_AUX}|what|which|who|whose|whom|when|where|why|how|can|could|would|anything|any|no"
    rf"|not)(?:n't)?\b)"
    r"(?!.*\b(?:what|which|who|when|where|why|how|(?:do|did|are|were|is|was|have|has|can|could|would) you)\b).+\?$"
)
"""A statement that only its question mark, or the voice, makes a question: "at six in the morning, you said?"."""
RESUMING = re.compile(r"^(?:that|this|it|they|those|these)\b.*\?$")
"""Asks about what has just been named: "that went in, didn't it?"."""
WOULD_DO = re.compile(r"^(?:and |then )?(?:would|will) (?!(?:you|there|any\w+|some\w+)\b)")
"""Asks what something would do, which nobody knows who has not tried it: "would the code work again?"."""
WANTING_TO_KNOW = re.compile(
    rf"^{LEAD}(?:(?:until|till|on|at|in|to|by) )?(?:what|which|who|when|where|why|how)\b(?! (?:about|if)\b)"
    rf"(?! (?:i|we)(?:'\w+)?\b)(?! (?:the|it|that|this|an?) )"
)
"""Nor is one that begins with a question word: "when can i call you?"."""


def asks(clause: str) -> bool:
    """Whether the normalised clause wants an answer. A question mark says so, unless it is rhetorical."""
    if RHETORICAL.search(clause) or SPARING.search(clause) or STATING.search(clause):
        return False
    return clause.endswith("?") or bool(ASKING.search(clause))
