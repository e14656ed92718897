"""What each harm does to a customer, and how the better words for it are put together.

A form has slots that `betterwords` fills from the very moment: what the customer had told, which need was open, what
the trainee said. The forms of a cause stand in order of preference; one whose slots cannot be filled is passed by.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.persona.pack import Setting


@dataclass(frozen=True, slots=True)
class Advice:
    """What a cause does to a customer, and what to say instead."""

    why: str
    forms: tuple[str, ...]
    """With slots of `SLOTS`; the last has none, so that there are words for every moment."""
    unanswered: str = ""
    """The reason where the customer had asked something, with the slot `question`; "" where that is all the same."""

    @property
    def instead(self) -> str:
        """The better words that fit any moment."""
        return self.forms[-1]


SLOTS = frozenset(
    {
        "ack", "mirror", "next", "answer", "step", "way", "ask", "topic", "record", "course", "lookup", "may", "name",
        "said", "good", "calm", "asked", "lost", "promise", "open", "closing", "upset",
    }
)  # fmt: skip
"""ack: a sentence for what they went through. mirror: that, in their own words turned round. step: what the open
need takes, said; way: that, where it is something to do. ask: what has to be asked, or an invitation to tell while
they have not been heard. next: any of these; answer: that, where it is about what the customer had asked. topic: the
title of the need that is on the table; open: of the one that comes next, if it can be said or done; course: those of
all that are open, in order. record: what the desk can look up; lookup: that, where it is about what the customer had
asked. may: what the desk may decide. name: what the customer is called. said: the trainee's own words; good: those,
where all that was wrong with them is what they lacked; calm: those of a turn that was about a need, without the
name. upset: that they have a reason to be, while they are. closing: whether there is anything else, once nothing is.
asked: how to ask for what the trainee asked for. lost: what the customer could not say.
promise: the time that was stated."""


HALF = "Half of it leaves them waiting for the other half: say who does what, and by when."
"""Why a need that was met by half could be better."""


def _advice(why: str, *forms: str, unanswered: str = "") -> Advice:
    return Advice(why, forms, unanswered)


ADVICE: Mapping[str, Advice] = {
    "rude": _advice(
        "Contempt ends the conversation, whatever comes after it.",
        "{ack} {next}",
        "I hear you. {next}",
        "I hear you. Let me see what I can do about it.",
    ),
    "blaming": _advice(
        "Whoever is blamed defends themselves instead of helping you.",
        "I'll go by what you tell me. {mirror}. {ask}",
        "Let's find out together where it went wrong. {ask}",
        "However it came about, I'm here to put it right. {next}",
        "I don't know yet where it went wrong. Let's look at it together.",
    ),
    "calm_down": _advice(
        "Being told how to feel is one more thing done to them.",
        "{upset} {mirror}. Let me take this on.",
        "{upset} {next}",
        "{upset} Let me take this on.",
        "{next}",
        "{closing}",
        "I hear you. Let me take this on.",
    ),
    "arguing": _advice(
        "Nobody has to be proved wrong for the problem to be solved.",
        "I'd like to understand how it looks from your side. {ask}",
        "I take your word for it. {next}",
        "What I can see here is this. Let's compare it with yours.",
    ),
    "policy": _advice(
        "A rule without a way on is a closed door.",
        "Here is what I can do. {way}",
        "I'd rather look for a way than for a rule. {ask}",
        "I can't do that one. Let me see what I can do about {topic}.",
        "I can't do that one. Tell me what would help you most, and I'll see what I can do.",
    ),
    "rule": _advice(
        "A rule explains nothing to somebody it has hurt: say what it means for them, or what you do.",
        "{ack} {next}",
        "Never mind the rule, it has to work for you. {next}",
        "Never mind the rule. Let me see what it means for you, and what I can do.",
    ),
    "dont_know": _advice(
        "A gap is fine; a gap with nothing after it is a stop sign.",
        "I don't know that yet, and I won't guess. Half a minute, I'm looking it up: {lookup}.",
        "I don't have that here. I'll find out about {topic} and come back to you by four.",
        "{ack} I don't have the answer myself. I'll find out who does, and come back to you by four.",
        "I don't have the answer myself. I'll find out who does, and come back to you by four.",
    ),
    "rush": _advice(
        "Hurry, or asking for data first, says that the clock or the form matters more than they do.",
        "{ack} So that I can help: {asked}",
        "{ack} Take your time, the details can wait.",
        "Take your time. Tell me what happened, the details can wait.",
    ),
    "know_how_feel": _advice(
        "Their experience is theirs; a claim to share it sounds like a contest.",
        "I can only imagine what that was like for you. {mirror}.",
        "I can only imagine what that was like for you. {next}",
        "I can imagine that was hard.",
    ),
    "non_apology": _advice(
        "'If' and 'but' take an apology back.",
        "I'm sorry that this happened to you. {mirror}. {next}",
        "I'm sorry that this happened to you. {next}",
        "I'm sorry that this happened to you.",
    ),
    "hold_demand": _advice(
        "On hold without being asked means being put away.",
        "May I put you on hold for a minute while I look into {topic}?",
        "May I put you on hold for a minute to look something up: {record}?",
        "May I put you on hold for a minute to look that up?",
    ),
    "wrong_name": _advice(
        "A wrong name says that you are not looking.",
        "I beg your pardon, {name}. I have it right now.",
        "I beg your pardon. May I ask for your name again?",
    ),
    "empty_promise": _advice(
        "They have been promised things before; only what you can keep counts.",
        "What I can promise you is this. {way}",
        "That I can't promise yet. {ask}",
        "I can't promise that. I can promise to look into {topic} and to ring you at nine.",
        "I can't promise that. What I can promise is a call at nine.",
    ),
    "conduct_warning": _advice(
        "A warning without cause is a threat.",
        "I'd like to help you, and I can do it best if we go step by step. {next}",
        "I'd like to help you, and I can do it best if we go step by step.",
    ),
    "promise_broken": _advice(
        "A time that is not kept costs more than no time at all.",
        "I said {promise}, and it takes longer. May I have two more minutes?",
        "This takes longer than I thought. May I have two more minutes?",
    ),
    "hold_unannounced": _advice(
        "Sudden music sounds like being cut off.",
        "May I put you on hold for a minute? I want to check about {topic}.",
        "May I put you on hold for a minute? I want to look something up: {record}.",
        "May I put you on hold for a minute? There is something I want to check for you.",
    ),
    "hold_too_long": _advice(
        "Holding is waiting without knowing for what.",
        "I'm still on {topic}. Shall I ring you back in ten minutes?",
        "I'm still on it. Shall I ring you back in ten minutes?",
    ),
    "dead_air": _advice(
        "On the telephone silence means nobody is there.",
        "I'm looking into {topic} for you, that takes a moment.",
        "I'm reading what we have about {topic}, please bear with me.",
        "I'm looking something up for you: {record}. Please bear with me.",
        "I'm still here, and still on it. One moment.",
    ),
    "slow_answer": _advice(
        "A long gap sounds unsure.",
        "Let me think about that for a second.",
    ),
    "cut_off": _advice(
        "Whoever is cut off starts again, louder.",
        "Sorry, I spoke over you. You were saying: \u201c{lost}\u201d?",
        "Sorry, please go on, I want to hear all of it.",
    ),
    "too_soon": _advice(
        "A solution before they were heard sounds like getting rid of them.",
        "{ack} Tell me the rest, and then we'll see to {topic}.",
        "Before we fix it: tell me what happened.",
    ),
    "no_acknowledgement": _advice(
        "Facts or formulas alone, after a feeling, sound as if it did not count.",
        "{ack} {good}",
        "{ack} {next}",
        "That must have been hard. Let me look at what we can do.",
    ),
    "beside_the_point": _advice(
        "They asked something, and this was no answer to it.",
        "{answer}",
        "{ack} {next}",
        "That was not what you asked me. Let me look.",
        unanswered="They had asked: \u201c{question}\u201d This was no answer to it.",
    ),
    "misheard": _advice(
        "Said back wrongly, their story counts as not listened to.",
        "Let me get this right. {mirror}. Is that how it was?",
        "Let me make sure I have it right. Could you tell me that part again?",
    ),
    "no_progress": _advice(
        "Kind words without a step forward wear out.",
        "Here is what comes next. {step}",
        "One thing will help us on. {ask}",
        "Let me tell you what I'll do next, and by when.",
    ),
    "apology_runs_on": _advice(
        "After a few seconds an apology is about you.",
        "I'm sorry. {next}",
        "I'm sorry. Here is what I'm doing about it.",
    ),
    "apology_again": _advice(
        "The third apology without a step is only a word.",
        "Enough of sorry, here is what I'm doing. {step}",
        "Sorry alone doesn't help you. {ask}",
        "Let me tell you what happens next.",
    ),
    "parroting": _advice(
        "A sentence that comes twice sounds read.",
        "{ack} {next}",
        "Let me put that in other words.",
    ),
    "asked_again": _advice(
        "They had just told you: to be asked again is not to have been heard.",
        "{ack} {next}",
        "{next}",
        "{closing}",
        "Use what they told you: say it back, and ask the next thing.",
    ),
    "badly_put": _advice(
        "The same help, put another way, would have done more: no excuse, no hedge, nothing about others.",
        "{ack} {next}",
        "{next}",
        "{closing}",
        "Say it to them, about them, and for sure.",
    ),
    "name_overuse": _advice(
        "A name in every sentence sounds trained: two to four times in a call are warm.",
        "{calm}",
        "The same words without the name.",
    ),
    "raised_voice": _advice(
        "A raised voice takes the good out of good words.",
        "Breathe out, lower the voice, and say it again slower: \u201c{said}\u201d",
        "Breathe out, lower the voice, and say it again slower.",
    ),
    "goodbye_too_soon": _advice(
        "Closing while something is open feels like being shown the door.",
        "Before we close, one thing is still open: {open}. {next}",
        "Before we close, I'm not done yet. {next}",
        "Before we close: is there anything still open for you?",
    ),
}
"""By cause. A missed curveball and a trap take their reason from the pack."""

OMISSIONS: Mapping[str, Advice] = {
    "unanswered": _advice(
        "They were waiting for an answer, and nothing of this brought it nearer.",
        "{answer}",
        "You've waited long enough for a straight answer. {next}",
        "Let me answer that first, and then tell you what comes next.",
        unanswered="They had asked: \u201c{question}\u201d Nothing of this brought the answer nearer.",
    ),
    "parted": _advice(
        "Who hangs up while something is open leaves them alone with it.",
        "Before we part, one thing is still open: {open}. {next}",
        "Before we part, one more thing. {ask}",
        "Before we part: what is still open for you?",
        unanswered="They had asked: \u201c{question}\u201d Who hangs up on that leaves them alone with it.",
    ),
}
"""By what was left out where the ledger has no row, because nothing moved."""

OPENINGS: Mapping[Setting, str] = {
    "customer": "Good morning, {company}, my name is ... (yours). What can I do for you?",
    "colleague": "Good that you come to me. What is on your mind?",
}
"""For a first turn that went wrong in its words, before they have told anything."""

ANSWERS: Mapping[str, Advice] = {
    "own_name": _advice("", "My name is ... (yours), and I'm staying with this. {next}"),
    "look_up": _advice(
        "",
        "I'm looking something up for you right now: {record}. Half a minute, and I'll tell you what I see.",
        "I'm looking at it right now, and I'll tell you what I see as I go.",
    ),
    "hold_permission": _advice("", "I won't leave you without asking, and not without saying how long. {next}"),
    "find_out": _advice("", "I don't know that yet, and I won't guess. I'll find out and come back to you by four."),
    "authority": _advice("", "Here is what I may do without asking anyone: {may}."),
    "manager_offer": _advice("", "I'll bring in somebody who can decide that, and tell them all of it for you."),
    "loyalty": _advice("", "You've been with us for so long, and that counts. {next}"),
    "feedback_thanks": _advice("", "Thank you for telling me that, I'm glad you did. {next}"),
    "process": _advice("", "Here is how we go about it: {course}. {step}", "Here is how we go about it: {course}."),
    "boundary": _advice("", "I'm on your side, and I can help best if we take one thing at a time. {next}"),
    "park_topic": _advice("", "Let's leave that one for ten minutes, I'll come back to it. {next}"),
    "together": _advice("", "Let's go through it together. {next}"),
    "empathy": _advice("", "{ack} {next}", "{ack}"),
    "own_up": _advice("", "{ack} {next}", "I hear you. {next}", "I hear you. Here is what I'll do."),
}
"""By what a curveball expects; "own_up" stands for all that is not here. The reason is the pack's."""
