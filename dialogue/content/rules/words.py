# ruff: noqa: E501 - one cue a line reads best
"""Word groups that the rules share. All are pattern fragments over the plain form (see `dialogue.content.plain`)."""


def any_of(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


def maybe(*words: str) -> str:
    """Optional, with its trailing space."""
    return "(?:(?:" + "|".join(words) + ") )?"


def gap(most: int) -> str:
    """Up to `most` arbitrary words but no negation, each with its trailing space."""
    return rf"(?:(?!not |never )[\w':.-]+ ){{0,{most}}}?"


I = r"(?:i|we)"  # noqa: E741
ME = r"(?:me|us)"
MY = r"(?:my|our)"
WORD = r"[\w':.-]+"

ADV = (
    "so|very|really|truly|deeply|terribly|awfully|extremely|incredibly|sincerely|absolutely|genuinely|honestly|completely|"
    "totally|just|certainly|definitely|fully|do|quite|also|obviously|personally|most|entirely|perfectly|only|all|too|"
    "pretty|rather|simply|actually|of course|still|both|bloody|damn|well|already|immediately|right|as"
)
ADVS = rf"(?:(?:{ADV}) )*"
"""Any number of intensifiers, each with its trailing space."""

KIN = (
    r"(?:father|mother|husband|wife|partner|brother|sister|son|daughter|dad|mum|mom|friend|dog|cat|grandmother|grandfather|"
    r"grandad|gran|nan|uncle|aunt|cousin|parents?|child|baby|neighbou?r)"
)
_YOURS = rf"(?:your|the) (?:\w+ )?{KIN}"
_STOPS = r"(?=\s(?:[,.!?]|and|it|i|you)(?:\s|$)|$)"
"""Nothing follows that would make it another matter: "gone to the wrong address"."""
_DIED = rf"(?:died|passed away|(?:passed|passed on|gone){_STOPS}|no longer with us|dying)"
_ILL = r"(?:\w+ )?(?:ill|unwell|poorly|sick(?! (?:of|and|to))|not (?:\w+ )?well(?! \w+ed)|in (?:\w+ )?(?:hospital|intensive care|hospice))"
MOURNED = (
    rf"(?:(?:(?:for|about|of|on) )?(?:your|the) (?:loss(?! of)|loss of your (?:\w+ )?{KIN}|passing|bereavement|death|(?:\w+ ){{0,2}}funeral)|"
    rf"(?:for|about|of) (?:you and )?(?:{_YOURS}|your (?:\w+ )?family|your (?:\w+ )?(?:illness|diagnosis|miscarriage)){_STOPS}|"
    rf"(?:about |that )?(?:{_YOURS}|he|she|they) (?:(?:has|have|had|is|are) )?(?:\w+ )?{_DIED}|"
    rf"(?:for |about |of )?{_YOURS}(?:'s)? (?:\w+ )?(?:death|passing|funeral)|"
    rf"(?:about |of )?{_YOURS}(?:'s)? (?:\w+ )?(?:illness|diagnosis|operation|accident)|"
    rf"(?:that )?(?:{_YOURS}|he|she) (?:is|was|has been|have been) {_ILL}|(?:that )?you (?:are|were|have been) {_ILL}|"
    rf"(?:that )?you (?:have |had |just |recently )*lost (?:(?:your|a) (?:\w+ )?{KIN}|(?:him|her){_STOPS}))"
)
"""What one is sorry about in sympathy, not in apology: a death, an illness, somebody close. The plain form may have cut
the ending of "your husband's"."""
LOSING = rf"(?:losing|to lose) (?:your|a|one's) (?:\w+ )?{KIN}|(?:did not know|had no idea) (?:that )?(?:{_YOURS}|he|she) (?:had |has |is |was |would )?{_DIED}"
"""And what says so in a sentence of its own, behind a bare "sorry" ("he'd" is read as "he would")."""

CAN = "(?:can|could|will|would|may|might|should|must|am able to|are able to|am going to|are going to|would like to|want to)"
WILL = (
    "(?:will|shall|am going to|are going to|am gonna|can|would like to|want to|intend to|am about to|am happy to|"
    "am willing to|promise to|need to)"
)
CAN_NOT = (
    "(?:can not|could not|will not|would not|am not able to|are not able to|am unable to|are unable to|"
    "am not allowed to|are not allowed to|am not going to|are not going to|do not)"
)

NUMBER = (
    r"(?:\d+(?:[.:]\d+)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"forty five|forty-five|sixty|ninety|half an|half a|a couple of|a few|couple of|few|twenty four|forty eight|"
    r"seventy two|another|the next)"
)
UNIT = r"(?:second|seconds|minute|minutes|hour|hours|day|days|week|weeks|month|months|moment|moments)"
DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|tonight)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night|noon|lunchtime|lunch|midday|midnight|week|month|weekend)"
CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a\.m|p\.m|o'clock))|\d{1,2}[:.]\d\d|noon|midday|midnight|"
    r"(?:half past |quarter past |quarter to )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
    r"(?: thirty| fifteen| forty five)?(?: o'clock| am| pm| a\.m| p\.m| sharp| in the (?:morning|afternoon|evening)))"
)
MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
TIME = rf"""(?:
within {maybe("the", "the next")}{maybe(NUMBER)}(?:to \d+ |or two |to {NUMBER} )?{maybe("business", "working", "full")}{UNIT}
|in {maybe("about", "around", "under", "less than", "the next", "roughly", "no more than", "exactly", "just")}{NUMBER} (?:or two |to {NUMBER} |or {NUMBER} )?{maybe("business", "working", "full", "more")}{UNIT}
|in {maybe("the")}next {NUMBER} {maybe("business", "working")}{UNIT}
|in an hour|in half an hour|(?:in|within) (?:a |the )?(?:quarter|three quarters) of an hour|within the hour
|(?:by|before|on|until|this|next|first thing|no later than|come|from|for) {maybe("the end of", "end of", "close of", "next", "this", "first thing", "the close of", "later", "early", "late")}{maybe("the")}{DAY}(?: {PART_OF_DAY})?
|{DAY}(?: {PART_OF_DAY})?
|this (?:{PART_OF_DAY})|next (?:week|month)|overnight|end of {maybe("the")}(?:business |working )?(?:day|week|month|business)
|(?:by|at|before|around|about|after|until|between) {maybe("around", "about", "exactly")}{CLOCK}
|(?:by|at|before|around) {maybe("about")}(?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half past {WORD}|quarter (?:past|to) {WORD})
|every {maybe(NUMBER, "other")}(?:{UNIT}|{DAY}|morning|afternoon|evening)|(?:once|twice) {maybe("every", "a", "an")}{NUMBER} {UNIT}
|{NUMBER} {UNIT} from now|the day after tomorrow|on the \w+(?:st|nd|rd|th)|(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: of {MONTH})?|{MONTH} (?:the )?\d+\w*
|(?:takes?|take|need|give me|for|only|about|next) {maybe("about", "around", "the next", "just", "another", "only", "up to", "under")}{NUMBER} {maybe("business", "working", "more", "full", "to " + NUMBER)}{UNIT}
|(?:by|at|before|around|after|until) {maybe("about", "around")}(?:half|(?:a )?quarter (?:past|to)|ten past|ten to|five past|five to|twenty past|twenty to) {WORD}
|(?:by|before|after|at|over) (?:lunch|lunchtime|breakfast|dinner|close|closing|teatime)
|later today|right after lunch|first thing in the morning|in the morning|same day
)""".replace("\n", "")
"""A day, a clock time or a duration. "soon" and "shortly" are none."""

HARDSHIP = (
    "(?:frustrat(?:ing|ed|ion)|annoy(?:ing|ed|ance)|upset(?:ting)?|stress(?:ful|ed|ing)?|disappoint(?:ing|ed|ment)|"
    "inconvenien(?:t|ced|ce)|difficult|tough|hard|awful|terrible|worr(?:ying|ied|y|isome)|exhaust(?:ing|ed)|maddening|"
    "infuriat(?:ing|ed)|exasperat(?:ing|ed)|hurt(?:ful)?|scary|frightening|scared|overwhelm(?:ing|ed)|confus(?:ing|ed)|"
    "aggravat(?:ing|ed)|unacceptable|horrible|horrid|painful|rough|rotten|miserable|disruptive|unsettling|"
    "nerve[- ]?(?:w?racking)|draining|tiring|tired|embarrass(?:ing|ed)|humiliat(?:ing|ed)|distress(?:ing|ed)|alarm(?:ing|ed)|"
    "unpleasant|rubbish|galling|wearing|trying|angry|mad|furious|irritat(?:ing|ed|ion)|anxious|let down|fed up|"
    "unfair|a nightmare|a pain|a headache|a lot|a shock|a blow|the last thing|a mess|a nuisance|a hassle|a worry|"
    "a horrible|an awful|a stressful|a frustrating|a terrible|a difficult|a rough|a tough|a hard|a very|a really|such a|"
    "so much|grim|dreadful|livid|tiresome|worn out|worn down|fright|shaken|shaking|jolt|gutted|gutting|sickening|heart ?breaking|hard going|unnerving|beyond a joke|demoralizing|disheartening|bitter|lonely|isolating|desperate|appalling|awkward|costly|crushing|soul[- ]destroying|no way to|so much|anything but|no fun|not (?:easy|fun|good enough|nice|pleasant|ok|fair|right|acceptable)|nerve)"
)
FEELING_NOUN = (
    "(?:frustration|anger|annoyance|disappointment|stress|worry|concern|concerns|upset|irritation|hurt|exhaustion|anxiety|"
    "inconvenience|trouble|hassle|distress|feelings?|pain)"
)

NEXT_STEP = (
    r"(?:let me (?!tell|be clear|guess)|i will (?!not)|we will (?!not)|i am going to (?!have to)|what i can|what we can|here is what|"
    r"i can (?!not|do |add|tell|say)|we can (?!not|do |add|tell|say)|but i|find out|get back to you|call you back|look into|i have asked|connect you|"
    r"put you through|so i am|i know who|someone who|who (?:does|can|will)|give me|however i|happy to|"
    r"i would (?:rather|like to) (?:check|find|ask)|until i have|checking|i would love to)"
)
AGENT_ID = (
    r"(?:account|order|customer|booking|reference|policy|invoice|serial|phone|telephone|mobile|contact|card|ticket|case|"
    r"tracking|membership|contract|post ?code|zip|zip ?code|date of birth|birth ?date|birthday|email|e-?mail|address|full name|"
    r"surname|last name|first name|your name|security|password|passcode|pin|id|identification|digits|maiden|spell|"
    r"confirmation|routing)"
)
