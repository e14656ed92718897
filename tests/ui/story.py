"""A short scripted call for the screens' tests: every kind of event a screen draws, at fixed times."""

from dialogue.events import (
    Appraisal,
    AudioProblem,
    Behaviour,
    CallEnded,
    CallStarted,
    Cue,
    Delivery,
    Event,
    LedgerRow,
    Mood,
    MoodChanged,
    Partial,
    PhaseChanged,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SpeechStarted,
    Utterance,
)
from dialogue.mood import at
from dialogue.persona import Pack

BASELINE = Prosody(12.0, -27.0, 180.0, 5.0, 4.1, 0.12, -14.0)
THRESHOLDS = (25.0, 50.0, 75.0)


def pack() -> Pack:
    """A small pack of its own, so that no change of a shipped one changes a picture."""
    return Pack.model_validate(
        {
            "format": 1,
            "id": "test-kettle",
            "title": "The kettle that bit",
            "summary": "Her new kettle trips the fuse each morning, and the shop sent her away.",
            "level": 2,
            "minutes": 6,
            "skills": ["letting them finish", "a plan with a time"],
            "customer": {"name": "Rosa Okafor", "voice": "woman"},
            "story": "The socket is the cause, not the kettle.",
            "desk": {
                "company": "Brightware",
                "role": "customer care",
                "account": {"Order": "KT-2207, delivered 3 May", "Customer since": "2016"},
                "policy": ["Exchange within 30 days.", "An electrician's check is never demanded."],
                "authority": ["Exchange or refund up to 80 euro.", "Send a courier."],
                "lookups": [
                    {"id": "stock", "title": "Stock of the K7", "seconds": 8, "result": "41 pieces"},
                    {"id": "fuse", "title": "Known faults of the K7", "seconds": 20, "result": "none"},
                ],
            },
            "mood": {"start": 62, "resting": 58, "floor": 40},
            "vent": ["It trips the fuse.", "And the shop laughed at me."],
            "facts": [
                {
                    "id": "socket",
                    "title": "the socket",
                    "wordings": ["which socket", "where do you plug it in", "have you tried another socket"],
                    "answers": "The one by the sink.",
                }
            ],
            "settlement": [
                {
                    "id": "courier",
                    "title": "a courier",
                    "kind": "offer",
                    "wordings": ["I will send a courier", "we pick it up", "a courier comes"],
                }
            ],
            "lines": {},
            "outcomes": {
                "satisfied": "Rosa keeps the kettle.",
                "hung_up": "Rosa buys elsewhere.",
                "abandoned": "Rosa waits.",
            },
        }
    )


class Story:
    """Writes events in order and keeps the customer's mood, so that the ledger adds up."""

    def __init__(self, *, mode: str = "voice") -> None:
        started = CallStarted(
            0.0,
            "test-kettle",
            "",
            7,
            "voice" if mode == "voice" else "text",
            "0.1.0",
            baseline=BASELINE if mode == "voice" else None,
        )
        self.mode = mode
        self.events: list[Event] = [started]
        self.mood = Mood(0.0, 62.0, 30.0, "angry", 58.0, 150.0)
        self.replies = 0
        self.turns = 0
        self.events.append(MoodChanged(0.0, self.mood, ()))
        self.events.append(PhaseChanged(0.0, "greeting", "picked up"))

    def customer(self, t: float, text: str, seconds: float, *, heard: str | None = None) -> "Story":
        self.replies += 1
        self.events.append(Reply(t, self.replies, text, Delivery(self.mood.anger)))
        self.events.append(PlaybackStarted(t, self.replies))
        cut = heard is not None
        self.events.append(PlaybackFinished(t + seconds, self.replies, seconds, heard if cut else text, cut))
        return self

    def you(self, t: float, text: str, *causes: tuple[str, str, float], loud: float = -26.0) -> "Story":
        """`t` is when the turn ends; causes are (id, evidence, anger points)."""
        self.turns += 1
        words = text.split()
        start = t - len(words) / 2.5
        if self.mode == "voice":
            self.events.append(SpeechStarted(start))
            half = " ".join(words[: len(words) // 2])
            self.events.append(Partial((start + t) / 2, half))
            prosody = Prosody(t - start, loud, 190.0, 5.0, 4.4, 0.1, -13.0)
            self.events.append(Utterance(t, start, t, text, "voice", confidence=0.93, prosody=prosody))
        else:
            self.events.append(Utterance(t, start, t, text, "keyboard"))
        behaviours = tuple(Behaviour(cause, 0.9, evidence) for cause, evidence, _ in causes)
        self.events.append(Appraisal(t, self.turns, behaviours))
        before = at(self.mood, t)
        rows = [LedgerRow(t, "relaxation", "relaxation", "time", before - self.mood.anger)]
        rows += [LedgerRow(t, "impulse", cause, evidence, delta) for cause, evidence, delta in causes]
        anger = before + sum(delta for _, _, delta in causes)
        limited = min(100.0, max(0.0, anger))
        if limited != anger:
            rows.append(LedgerRow(t, "limit", "limit", "the scale ends", limited - anger))
        index = sum(limited >= edge for edge in THRESHOLDS)
        band = ("calm", "irritated", "angry", "furious")[index]
        self.mood = Mood(t, limited, 40.0, band, self.mood.resting, 150.0)  # type: ignore[arg-type]
        self.events.append(MoodChanged(t, self.mood, tuple(rows), turn=self.turns))
        return self

    def phase(self, t: float, phase: str) -> "Story":
        self.events.append(PhaseChanged(t, phase, "story"))  # type: ignore[arg-type]
        return self

    def cue(self, t: float, text: str) -> "Story":
        self.events.append(Cue(t, "hint" if text else "", text))
        return self

    def problem(self, t: float, text: str) -> "Story":
        self.events.append(AudioProblem(t, "lost", text))
        return self

    def end(self, t: float, outcome: str, why: str) -> "Story":
        self.events.append(CallEnded(t, outcome, why))  # type: ignore[arg-type]
        return self


def good_call(mode: str = "voice") -> list[Event]:
    story = Story(mode=mode)
    story.customer(0.5, "Finally. Is this a person, or another recording?", 3.0)
    story.you(
        7.0,
        "Good morning, this is Jo at Brightware, and yes, I am a person.",
        ("greeting", "Good morning", -1.0),
        ("own_name", "this is Jo", -1.5),
    )
    story.phase(7.2, "venting")
    story.cue(7.3, "Let them finish. A short “I see” is enough.")
    story.customer(
        7.8,
        "Your kettle blows my fuse every single morning, I am late for work every single morning, "
        "and the shop laughed at me!",
        9.0,
    )
    story.you(23.0, "Okay but you have to calm down.", ("calm_down", "you have to calm down", 11.0), loud=-18.0)
    story.cue(23.2, "Say what it was like for them, in their words.")
    story.customer(
        23.8, "Calm down? I have been calm for three weeks! Do you even know", 4.0, heard="Calm down? I have been calm"
    )
    story.you(
        36.0,
        "You are right, I'm sorry. Late for work three weeks running, and then to be laughed at.",
        ("cut_off", "0.8 s of overlap", 5.0),
        ("apology", "I'm sorry", -6.0),
        ("paraphrase", "Late for work three weeks running", -7.0),
    )
    story.phase(36.2, "explaining")
    story.cue(36.4, "Ask what only they can know.")
    story.customer(37.0, "Well. Yes. Exactly that.", 2.5)
    story.you(
        46.0,
        "Which socket do you plug it in, the one by the sink?",
        ("clarify", "Which socket do you plug it in", -5.0),
    )
    story.customer(46.8, "The one by the sink, yes. Why?", 3.0)
    story.phase(47.0, "negotiating")
    story.you(
        63.0,
        "I will send a courier tomorrow before ten with a new one, and pay an electrician to look at that socket.",
        ("plan_time", "tomorrow before ten", -9.0),
        ("ownership", "I will send a courier", -6.0),
    )
    story.phase(63.3, "resolving")
    story.cue(63.4, "Sum up what you agreed.")
    story.customer(64.0, "Before ten. And I don't pay for that?", 3.0)
    story.you(
        78.0,
        "Nothing at all. So: courier before ten, electrician on Thursday, and my name is Jo if anything is off.",
        ("recap", "So: courier before ten, electrician on Thursday", -8.0),
    )
    story.customer(79.0, "All right, Jo. Thank you for listening.", 3.0)
    story.phase(79.2, "closing")
    story.you(
        88.0,
        "Thank you for telling us, Rosa. Have a good day.",
        ("thanks", "Thank you for telling us", -3.0),
        ("name_use", "Rosa", -2.0),
    )
    story.end(89.0, "satisfied", "The kettle comes tomorrow, and somebody listened.")
    return sorted(story.events, key=lambda event: event.t)
